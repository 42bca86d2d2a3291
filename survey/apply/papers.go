package apply

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Paper is one paper of the packing list. The list is composed after comparable official notices; the policy text
// itself names none.
type Paper struct {
	Key     string   // "C1", "H5-1.1"
	Name    string   // as it stands in the 附件清单
	Roles   []string // Attachment.Role values that prove it
	Must    bool     // 必交
	Issuer  string   // who issues it
	Made    bool     // made by this program together with the form
	Measure string   // "" for every application
}

var commonPapers = []Paper{
	{Key: "C9", Name: "申报书（申报表）", Made: true},
	{Key: "C8", Name: "真实性与不重复申报承诺书（打印后签字盖章）", Roles: []string{"承诺书"}, Issuer: "申报单位", Made: true},
	{Key: "C1", Name: "营业执照副本", Roles: []string{"营业执照"}, Must: true, Issuer: "市场监督管理部门"},
	{Key: "C2", Name: "上年度审计报告", Roles: []string{"审计报告", "财务报表"}, Issuer: "会计师事务所"},
	{Key: "C3", Name: "完税（无欠税）证明与信用报告", Roles: []string{"完税证明", "信用报告"}, Issuer: "税务部门、信用中国"},
	{Key: "C4", Name: "项目合同", Roles: []string{"合同"}, Must: true, Issuer: "申报单位与服务商"},
	{Key: "C5", Name: "发票", Roles: []string{"发票"}, Must: true, Issuer: "服务商"},
	{Key: "C6", Name: "付款凭证（银行回单）", Roles: []string{"付款凭证", "银行回单"}, Must: true, Issuer: "开户银行"},
	{Key: "C7", Name: "投入明细表（Excel）", Made: true},
}

// extraPapers are the further papers per measure, in the order of the form.
var extraPapers = map[string][]Paper{
	"H1-1": {named("平台说明与架构", "服务商或申报单位"), named("接入设备与用户清单", "申报单位"), named("示范项目认定文件", "主管部门"), named("专项审计报告", "会计师事务所")},
	"H1-2": {named("股权转让协议", "交易各方"), named("工商变更登记", "市场监督管理部门"), named("并购付款凭证", "开户银行"), named("资产评估报告", "评估机构"), named("标的为工业互联网公司的证明", "标的公司")},
	"H2-1": {named("工信部试点示范名单（文号及项目所在页）", "工业和信息化部"), named("平台权属证明", "申报单位"), named("服务用户证明", "申报单位")},
	"H2-2": {named("总部协议", "地方政府与平台企业"), named("本地主体登记证明", "市场监督管理部门"), named("著名平台证明", "主管部门"), named("投资审计报告", "会计师事务所")},
	"H3-1": {named("上云证明", "平台服务商"), named("系统运行与登录截图", "申报单位"), named("上云技术方案", "申报单位"), named("上云总结报告", "申报单位")},
	"H4-1": {named("工信部试点示范名单（文号及项目所在页）", "工业和信息化部"), named("项目一致性证明", "申报单位")},
	"H4-2": {named("两化融合试点企业名单", "工业和信息化部"), named("两化融合贯标评定证书", "评定机构")},
	"H5-1": {named("数据来源、模型与效果说明", "申报单位"), named("示范项目认定文件", "主管部门")},
	"H7-1": {named("软件著作权证书", "版权登记机构"), named("产品登记证明", "登记机构"), named("销售或应用合同", "申报单位")},
	"H8-1": {named("工控安全评估报告", "评估机构"), named("等级保护备案或测评报告", "公安机关或测评机构")},
}

func named(name, issuer string) Paper {
	return Paper{Name: name, Roles: []string{name}, Issuer: issuer}
}

// Papers lists the papers for a measure in packing order; "" lists those of every application. 上年度审计报告 is 必交
// for H3-1, whose condition is the revenue that the report proves (政策第三条).
func Papers(measure string) []Paper {
	out := slices.Clone(commonPapers)
	for i := range out {
		if out[i].Key == "C2" && measure == "H3-1" {
			out[i].Must = true
		}
	}
	for i, p := range extraPapers[measure] {
		p.Key, p.Measure = measure+"."+itoa(i+1), measure
		out = append(out, p)
	}
	return out
}

// holders finds the attachments that prove a paper.
func (f *filling) holders(p Paper) []survey.Attachment {
	var out []survey.Attachment
	for _, a := range f.c.Attachments {
		if slices.Contains(p.Roles, strings.TrimSpace(a.Role)) {
			out = append(out, a)
		}
	}
	return out
}

func (f *filling) papers() []Paper {
	if f.claim == nil {
		return Papers("")
	}
	return Papers(f.claim.ID)
}

// paperTable is the packing list: what goes along and what is still missing.
func (f *filling) paperTable() Table {
	t := Table{
		Key: "papers", Title: "附件清单（按装订顺序）", Keys: []string{"no", "name", "must", "state", "files"},
		Columns: []string{"序号", "材料名称", "要求", "状态", "文件"},
	}
	for i, p := range f.papers() {
		must, state, files := "选交", "缺", ""
		if p.Must {
			must = "必交"
		}
		have := f.holders(p)
		for _, a := range have {
			files += "\n" + a.Name
		}
		switch {
		case len(have) > 0:
			state = "已有 " + itoa(len(have)) + " 份"
		case p.Made:
			must, state = "必交", "随本申报书生成"
		}
		t.row(itoa(i+1), p.Name, must, state, files)
	}
	return t
}

// missing lists the papers without an attachment, then what the claim itself still asks for.
func (f *filling) missing() []Missing {
	var out []Missing
	seen := map[string]bool{}
	for _, p := range f.papers() {
		seen[p.Name] = true
		if p.Made || len(f.holders(p)) > 0 {
			continue
		}
		why := "同类申报通知普遍要求的材料"
		if p.Measure != "" {
			why = "申报 " + f.measureName() + " 时用来证明条件的材料"
		}
		out = append(out, Missing{Name: p.Name, Why: why, Must: p.Must, Jump: "attachments", Issuer: p.Issuer})
	}
	if f.claim == nil {
		return out
	}
	for _, name := range f.claim.Missing {
		if name = clean(name); !f.known(name, seen) {
			seen[name] = true
			out = append(out, Missing{Name: name, Why: f.measureName() + " 的条件尚待证明", Jump: "attachments"})
		}
	}
	return out
}

// known tells whether the list already speaks of this paper, or an attachment proves it.
func (f *filling) known(name string, seen map[string]bool) bool {
	for s := range seen {
		if strings.Contains(s, name) || strings.Contains(name, s) {
			return true
		}
	}
	return slices.ContainsFunc(f.c.Attachments, func(a survey.Attachment) bool { return strings.TrimSpace(a.Role) == name }) ||
		slices.ContainsFunc(f.papers(), func(p Paper) bool { return slices.Contains(p.Roles, name) })
}
