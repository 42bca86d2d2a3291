package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// catalogue is the closed list of facts. Adding one is adding one line here.
var catalogue map[string]entry

func init() {
	catalogue = map[string]entry{
		"firm.region": {KindText, "注册地", "填写企业所在市州", func(f Facts) Value {
			return text(f.Case.Firm.Region, "", "行政区划代码", f.Case.Firm.Evidence)
		}},
		"firm.industry": {KindText, "国民经济行业", "填写营业执照或统计登记的行业代码（门类字母加数字，如 C33）", industry},
		"firm.size":     {KindText, "企业规模", "填写从业人员和营业收入，或申报的企业规模", size},
		"firm.vatPayer": {KindText, "增值税纳税人类型", "填写一般纳税人或小规模纳税人", func(f Facts) Value {
			return text(string(f.Case.Firm.VATPayer), "", "纳税人类型", f.Case.Firm.Evidence)
		}},
		"firm.independent": {KindTri, "独立法人", "填写是否独立法人，附营业执照副本", func(f Facts) Value {
			return tri(f.Case.Firm.Independent, "独立法人", f.Case.Firm.Evidence)
		}},
		"firm.dishonest": {KindTri, "严重失信或经营异常", "在信用中国、国家企业信用信息公示系统查询后填写", func(f Facts) Value {
			return tri(f.Case.Firm.Dishonest, "列入严重失信或经营异常名录", f.Case.Firm.Evidence)
		}},
		"firm.aboveScale": {KindTri, "规模以上", "填写是否规模以上企业", func(f Facts) Value {
			return tri(f.Case.Firm.AboveScale, "规模以上", f.Case.Firm.Evidence)
		}},
		"firm.founded": {KindDate, "成立时间", "填写成立日期", func(f Facts) Value {
			d := f.Case.Firm.Founded
			return Value{Known: d != "", Date: d, Found: found(d != "", "成立于"+d.Chinese()+source(f.Case.Firm.Evidence))}
		}},
		"lastYear.mainRevenue": {KindNumber, "上年度主营业务收入", "填写上年度主营业务收入，附审计报告所在页", func(f Facts) Value {
			return yearMoney(f, "主营业务收入", func(y *survey.Year) *money.Fen { return y.MainRevenue })
		}},
		"lastYear.revenue": {KindNumber, "上年度营业收入", "填写上年度营业收入，附审计报告所在页", func(f Facts) Value {
			return yearMoney(f, "营业收入", func(y *survey.Year) *money.Fen { return y.Revenue })
		}},
		"lastYear.staff":    {KindNumber, "上年度从业人员", "填写上年度从业人员平均人数", staff},
		"project.links":     {KindSet, "上云上平台的业务环节", "在项目资料中勾选九个核心业务环节之一", links},
		"project.core":      {KindTri, "核心业务系统上云", "指明在用的核心业务系统及其部署方式，附服务商上云证明、系统截图和登录记录", core},
		"project.promised":  {KindTri, "真实性与不重复申报承诺", "由企业确认承诺书", func(f Facts) Value { return tri(f.Case.Project.Promised, "已承诺", f.Case.Project.Evidence) }},
		"project.useMonths": {KindNumber, "连续使用月数", "填写系统连续使用月数", useMonths},
		"project.start":     {KindDate, "项目开始", "填写项目开始日期", func(f Facts) Value { return date(f.Case.Project.Start, "项目开始", f.Case.Project.Evidence) }},
		"project.end":       {KindDate, "项目结束", "填写项目结束日期", func(f Facts) Value { return date(f.Case.Project.End, "项目结束", f.Case.Project.Evidence) }},
		"systems.kinds":     {KindSet, "在用信息系统", "登记在用信息系统", func(f Facts) Value { return systems(f, false) }},
		"systems.cloud":     {KindSet, "已上云的信息系统", "登记信息系统的部署方式", func(f Facts) Value { return systems(f, true) }},
		"systems.scenes":    {KindSet, "信息系统覆盖的场景", "登记信息系统覆盖的场景", scenes},
		"costs.topics":      {KindSet, "费用主题", "为发票明细选择主题", topics},
		"aids.programmes":   {KindSet, "已获财政资金的项目", "登记已获的财政资金", programmes},
		"assess.level":      {KindNumber, "数字化水平等级", "完成数字化评测", func(f Facts) Value { return figure(f, "assess.level", "评测等级") }},
		"assess.score":      {KindNumber, "数字化评测得分", "完成数字化评测", func(f Facts) Value { return figure(f, "assess.score", "评测得分") }},
		"assess.machines":   {KindNumber, "生产设备台数", "登记生产设备", func(f Facts) Value { return figure(f, "assess.machines", "生产设备") }},
		"assess.networked":  {KindNumber, "联网设备台数", "登记设备联网情况", func(f Facts) Value { return figure(f, "assess.networked", "联网设备") }},
		"assess.onCloud":    {KindNumber, "上云设备台数", "登记设备上云情况", func(f Facts) Value { return figure(f, "assess.onCloud", "上云设备") }},
	}
}

func found(known bool, s string) string {
	if known {
		return s
	}
	return ""
}

func date(d survey.Date, name string, ev []survey.Evidence) Value {
	return Value{Known: d != "", Date: d, Found: found(d != "", name+"："+d.Chinese()+source(ev))}
}

func figure(f Facts, key, name string) Value {
	n, ok := f.Numbers[key]
	return Value{Known: ok, Number: n, Found: found(ok, name+"："+n.String()+"（按登记资料计算）")}
}

func yearMoney(f Facts, name string, at func(*survey.Year) *money.Fen) Value {
	y := f.Case.Year(f.Case.LastYear())
	if y == nil || at(y) == nil || f.Case.LastYear() == 0 {
		return Value{}
	}
	v, page := *at(y), ""
	if y.Page != "" {
		page = "，见" + y.Page
	}
	return Value{Known: true, Number: OfFen(v), Found: fmt.Sprintf("%d年%s %s 元%s%s", y.Year, name, v.Display(), page, source(y.Evidence))}
}

func staff(f Facts) Value {
	y := f.Case.Year(f.Case.LastYear())
	if y == nil || y.Staff == nil || f.Case.LastYear() == 0 {
		return Value{}
	}
	return Value{Known: true, Number: OfCount(int64(*y.Staff)), Found: fmt.Sprintf("%d年从业人员 %d 人%s", y.Year, *y.Staff, source(y.Evidence))}
}

func useMonths(f Facts) Value {
	m := f.Case.Project.UseMonths
	if m == nil {
		return Value{}
	}
	return Value{Known: true, Number: OfCount(int64(*m)), Found: fmt.Sprintf("连续使用 %d 个月%s", *m, source(f.Case.Project.Evidence))}
}

func links(f Facts) Value {
	p := f.Case.Project
	var ok []string
	for _, l := range p.Links {
		if slices.Contains(survey.BusinessLinks, l) {
			ok = append(ok, l)
		}
	}
	if len(ok) == 0 {
		return Value{}
	}
	return Value{Known: true, Set: ok, Closed: true, Found: "业务环节：" + strings.Join(ok, "、") + source(p.Evidence)}
}

// core answers reading A4: a named system in use that runs the business and is on a cloud. Office tools, sheets and unsorted systems
// leave it open.
func core(f Facts) Value {
	s := f.Case.System(f.Case.Project.CoreSystem)
	if f.Case.Project.CoreSystem == "" || s == nil {
		return Value{}
	}
	shown := "核心业务系统“" + s.Name + "”"
	switch {
	case s.Kind == survey.KindOA || s.Kind == survey.KindSheet || s.Kind == survey.KindOther || s.Kind == "":
		return Value{Found: shown + "属于办公、工具或未分类系统，是否核心业务须核实" + source(s.Evidence)}
	case s.OnCloud() == survey.No || s.InUse == survey.No || s.Core == survey.No:
		return Value{Known: true, Tri: survey.No, Found: shown + "登记为未上云、未使用或非核心" + source(s.Evidence)}
	case s.OnCloud() == survey.Unknown || s.InUse == survey.Unknown:
		return Value{Found: shown + "的部署方式或使用情况未登记" + source(s.Evidence)}
	}
	return Value{Known: true, Tri: survey.Yes, Found: shown + "在用，部署于" + survey.NameOf(survey.DeploymentNames, s.Deployment) + source(s.Evidence)}
}

func systems(f Facts, cloud bool) Value {
	var kinds []string
	for _, s := range f.Case.Systems {
		if s.Kind != "" && s.InUse == survey.Yes && (!cloud || s.OnCloud() == survey.Yes) {
			kinds = append(kinds, string(s.Kind))
		}
	}
	return set(kinds, "信息系统")
}

func scenes(f Facts) Value {
	var keys []string
	for _, s := range f.Case.Systems {
		if s.InUse == survey.Yes {
			keys = append(keys, s.Scenes...)
		}
	}
	return set(keys, "系统覆盖场景")
}

func topics(f Facts) Value {
	var keys []string
	for _, v := range f.Case.Invoices {
		for _, l := range v.Lines {
			if l.Topic != "" {
				keys = append(keys, string(l.Topic))
			}
		}
	}
	return set(keys, "费用主题")
}

func programmes(f Facts) Value {
	var names []string
	for _, a := range f.Case.Aids {
		if a.Programme != "" {
			names = append(names, a.Programme)
		}
	}
	return set(names, "已获资金")
}

// set makes an open set: a register is never known to be complete, so what is missing from it stays 待核实.
func set(keys []string, name string) Value {
	slices.Sort(keys)
	keys = slices.Compact(keys)
	return Value{Known: len(keys) > 0, Set: keys, Found: found(len(keys) > 0, name+"："+strings.Join(keys, "、"))}
}
