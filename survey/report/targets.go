package report

import (
	"strconv"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// targets are the KPIs: each with its baseline, a goal that follows from the rule or the bundle, and how it is measured.
func (m *maker) targets() Chapter {
	t := &Table{Columns: []string{"指标", "基线", "目标", "目标从何而来", "怎么量"}, Widths: []int{25, 25, 15, 18, 17}}
	goal, from := Unknown, "已是最高级或没有规则"
	if r := m.next; r.Level > 0 {
		goal, from = "不低于 "+r.NeedScore.String(), r.Name+"的得分要求"
		if r.HaveScore >= r.NeedScore {
			goal = "保持不低于 " + r.NeedScore.String()
		}
	}
	t.row("评测得分", m.a.Score.String(), goal, from, "每半年按同一版本重评，逐项留证据")
	if r := m.next; r.Level > 0 {
		t.row("达到"+level(r.Level)+"的场景", itoa(r.HaveScenes)+" 个", "不少于 "+itoa(r.NeedScenes)+" 个", r.Name+"的场景要求", "逐个场景对照要求并附截图和记录")
		t.row("其中约束性场景", itoa(r.HaveStars)+" 个", "不少于 "+itoa(r.NeedStars)+" 个", r.Name+"的约束性场景要求", "同上")
	}
	for _, it := range m.a.Items {
		if it.Ratio == nil {
			continue
		}
		measured := "按评测口径每半年重算"
		goal, from := "由企业确定（"+Unknown+"）", or(it.Flip, "没有可引用的标准值")
		if it.Points == it.Max {
			goal, from = "保持", "已在最高档"
		}
		for _, s := range m.a.Steps {
			if s.Item == it.Key && s.Machines > 0 {
				n := it.Ratio.Num + int64(s.Machines)
				measured = "按设备清单每季度重算"
				goal, from = itoa(int(n))+" / "+itoa(int(it.Ratio.Den))+" 台（"+share(n, it.Ratio.Den)+"）", "进入下一档要再有 "+itoa(s.Machines)+" 台"
				break
			}
		}
		t.row(it.Term, it.Ratio.Text+"（"+it.Ratio.Percent+"）", goal, from, measured)
	}
	asked, have := m.proofSum()
	t.row("证明材料齐备", itoa(have)+" / "+itoa(asked)+" 件", itoa(asked)+" / "+itoa(asked)+" 件", "附录 D 的清单", "逐件归档并记摘要")
	for _, it := range m.a.Items {
		if it.Kind == assess.KindFull && it.Ratio == nil && len(it.Behind) > 0 && it.Behind[0].Kind == "year" {
			t.row(it.Term, it.Behind[0].Text, "由企业确定（"+Unknown+"）", "没有可引用的标准值", "年度审计报告和统计报表，同口径逐年比较")
		}
	}
	return Chapter{Key: "targets", Title: "指标：基线、目标、怎么量", Blocks: []Block{
		{Table: t.fit(28, "项"), Source: "基线来自评测和案卷；目标只取规则的要求和清单能算出的数，其余由企业自己定。"},
	}}
}

// risks are what may go wrong, and how the data are kept.
func (m *maker) risks() Chapter {
	t := &Table{Columns: []string{"风险", "现状", "怎么防"}, Widths: []int{22, 38, 40}}
	estimates := 0
	for _, l := range m.b.Lines {
		if l.PriceKind == "estimate" {
			estimates++
		}
	}
	t.row("报价与估价不符", "方案 "+itoa(len(m.b.Lines))+" 行，其中估价 "+itoa(estimates)+" 行", "签约前要书面报价，写明实施、运维、数据导出是否含在内")
	t.row("政策失效或口径改变", or(m.k.Validity, Unknown), "申报前向主管部门核实并录入当年通知")
	t.row("证据不足被现场扣分", itoa(m.missing())+" 件材料还没有", "照附录 D 补齐，按要求留执行记录")
	t.row("清单不准", "未核实是否计入 "+itoa(m.a.Rates.Unknown)+" 台；两种说法未核定 "+itoa(len(m.c.Conflicts))+" 处", "到现场逐台核对铭牌和接线")
	for _, k := range []struct {
		kind survey.ArrangementKind
		name string
	}{
		{survey.ArrangedNetPolicy, "网络安全管理制度"}, {survey.ArrangedNetProduct, "网络安全产品或服务"}, {survey.ArrangedNetBoundary, "边界访问控制"},
		{survey.ArrangedDataPolicy, "数据安全管理制度"}, {survey.ArrangedDataProduct, "数据备份、加密等"}, {survey.ArrangedDataLedger, "数据台账"},
	} {
		have := m.c.Arrangement(k.kind)
		if have.Have == survey.Yes {
			continue
		}
		state := "没有"
		if have.Have == survey.Unknown {
			state = Unknown
		}
		t.row(k.name, state, "联网范围扩大之前先补上，费用见第 8 章")
	}
	exits := &Table{Columns: []string{"方案内产品", "部署", "数据怎么拿回来"}, Widths: []int{34, 18, 48}}
	for _, l := range m.b.Lines {
		exit := ""
		if m.Catalog != nil {
			if o := m.Catalog.Offer(l.Offer); o != nil {
				exit = o.Exit
			}
		}
		exits.row(l.Vendor+" "+l.Title, deploys(l.Deploy), or(exit, Unknown+"：签约前写进合同"))
	}
	blocks := []Block{{Table: t, Source: "案卷、推荐方案、政策规则包；“怎么防”为通用建议。"}}
	if len(exits.Rows) > 0 {
		blocks = append(blocks, Block{Title: "上云之后数据归谁、怎么退出", Table: exits, Source: "产品目录" + m.catalogDate() + "。"})
	}
	return Chapter{Key: "risks", Title: "风险与数据安全", Blocks: append(blocks, Block{Title: "本报告的数据", Text: []string{
		"本报告及其附件数据含企业经营和设备资料，不含银行账户；联系电话已打码。文件本身不加密，由持有它的人保管，不要发到公开的群或网盘。",
		"从本软件每次导出本报告，都先记下谁同意、写到哪里。",
	}})}
}

func deploys(s string) string {
	return or(survey.NameOf(survey.DeploymentNames, survey.Deployment(s)), known(s))
}

func (m *maker) missing() int {
	asked, have := m.proofSum()
	return asked - have
}

// method is the assumptions, the method, and what is not known.
func (m *maker) method() Chapter {
	src := &Table{Columns: []string{"用了什么", "版本与出处", "性质"}, Widths: []int{24, 60, 16}}
	src.row("评测版本", m.a.Edition+"："+m.a.Title, "见下")
	if q := m.Questionnaire; q != nil {
		for _, s := range q.Sources {
			src.row("评测出处 "+s.Key, s.Text, s.Status)
		}
	}
	if m.Catalog != nil {
		src.row("产品目录", m.Catalog.ID+"（"+string(m.Catalog.Date)+"），提供者与厂商的关系："+or(m.Catalog.Sponsor, "未说明"), "价格多为估计")
	}
	if m.k.Policy != "" {
		src.row("政策规则包", m.k.Policy+"@"+strconv.Itoa(m.k.Version)+"："+m.k.Title, or(m.k.Validity, Unknown))
	}
	for _, r := range m.k.Readings {
		if r.OtherAmount != nil { // the rest changes nothing here and stands in the data
			src.row("歧义 "+r.ID+" 的读法", r.Text+"：取“"+r.Choice+"”；若取“"+r.Other+"”则为 "+r.OtherAmount.Display()+" 元", or(r.Clause, "—"))
		}
	}
	open := &Table{Columns: []string{Unknown + "的事", "多少", "会影响什么"}, Widths: []int{50, 18, 32}}
	add := func(n int, unit, what, effect string) {
		if n > 0 {
			open.row(what, itoa(n)+" "+unit, effect)
		}
	}
	var names []string
	for _, k := range m.a.Open {
		names = append(names, m.a.TitleOf(k))
	}
	add(len(names), "项", "还没有回答的题和场景："+some(names, 6, "项"), "按 0 计，答了只会不变或上升")
	add(m.a.Rates.Unknown, "台", "是否算生产设备", "比率的分母")
	add(m.count(func(a *survey.Asset) bool { return a.Digital == survey.Unknown }), "台", "是否数字化设备", "数字化率，暂按否计")
	add(m.count(func(a *survey.Asset) bool { return a.Networked == survey.Unknown }), "台", "是否联网", "联网率，暂按否计")
	add(m.count(func(a *survey.Asset) bool { return a.OnCloud == survey.Unknown }), "台", "是否上云", "上云率，暂按否计")
	add(m.count(func(a *survey.Asset) bool { return way(a) == wayUnknown }), "台", "接口或协议", "接入方式和费用")
	add(len(m.c.Conflicts), "处", "两种说法没有核定的设备资料", "清单和比率")
	add(len(m.c.Drafts), "格", "填了但格式不对、还没有采用的内容", "对应的事实按没有填处理")
	add(len(m.a.Differences), "项", "自报与核算不一致", "按较低者计分")
	add(m.missing(), "件", "证明材料", "现场评定")
	opens := 0
	for _, k := range m.k.Measures {
		for _, t := range k.Conditions {
			if t.Verdict == 0 {
				opens++
			}
		}
	}
	add(opens, "条", "补贴条件（各措施合计）", "能否申报")
	add(len(m.measures), "项", "各措施的实施时间", "路线图的实际进度")
	if len(open.Rows) == 0 {
		open.row("没有", "—", "—")
	}
	return Chapter{Key: "method", Title: "假设、方法与不知道的事", Blocks: []Block{
		para("只用登记过的事实：没有登记的不推测，凡暂按否计的都注明。得分：每题取核算与自报中较低者；等级看得分、场景、约束性场景三项，同时满足才算。",
			"方案：在产品目录内求首年支出最少且覆盖所需的组合；"+or(m.b.Proof.Text, "还没有可行方案")+"。补贴：按政策文本逐条判断，金额向下取整到分，为上限。预测：假定方案用起来之后的推算，不是评定结果。"),
		{Title: "版本与出处", Table: src.fit(34, "条")},
		{Title: Unknown + "清单", Table: open, Source: "案卷。其余歧义条款的读法不影响当前金额，见附件 JSON。"},
	}}
}

// sign is the page that both sides sign.
func (m *maker) sign() Chapter {
	return Chapter{Key: "sign", Title: "签字", Own: true, Blocks: []Block{
		para("企业已阅读本报告，知悉：得分和等级为自评推算，最终以主管部门组织的评定为准；计划支出为预测；补贴为测算上限；写“" + Unknown + "”的事项尚未核实。"),
		para("报告编号 " + number(m.c.ID) + "，基准日 " + known(m.c.AsOf.Chinese()) + "。附件数据的摘要印在每页页脚，与封面二维码一致。"),
		{Signs: []string{"企业负责人", "企业数字化负责人", "诊断人", "复核人"}},
	}}
}
