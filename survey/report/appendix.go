package report

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
)

// answers is every answer in full.
func (m *maker) answers() Chapter {
	t := &Table{Columns: []string{"题号", "题目（官方名称）", "计分的回答", "依据", "得分"}, Widths: []int{6, 24, 27, 35, 8}}
	for i := range m.a.Items {
		it := &m.a.Items[i]
		answer := or(chosen(it, it.Counted), "没有回答")
		if differs(it) {
			answer += "（核算 " + or(strings.Join(it.Computed, ""), "无") + "，自报 " + or(strings.Join(it.Declared, ""), "无") + "）"
		}
		var by []string
		for _, s := range []string{it.Explain, it.Undefined} {
			if s != "" {
				by = append(by, s)
			}
		}
		by = append(by, m.basis(it))
		t.row(it.Key, it.Title+"（"+it.Term+"）", answer, strings.Join(by, "；"), it.Points.String()+" / "+it.Max.String())
	}
	s := &Table{Columns: []string{"场景", "确认的级别", "这一级的意思", "清单的建议与理由"}, Widths: []int{18, 10, 36, 36}}
	for i := range m.a.Scenes {
		x := &m.a.Scenes[i]
		state, means := "没有确认", "—"
		if x.Confirmed != nil {
			state = level(*x.Confirmed)
			if n := *x.Confirmed; n >= 1 && n <= len(x.Levels) {
				means = x.Levels[n-1]
			}
		}
		name := itoa(x.No) + " " + x.Title
		if x.Star {
			name += "（约束性）"
		}
		s.row(name, state, means, "建议 "+level(x.Proposed)+suffix("：", x.Reason))
	}
	return Chapter{Key: "answers", Title: "全部回答", Own: true, Blocks: []Block{
		{Title: "采集项", Table: t, Source: m.a.Title + "；“依据”后的“材料 a / b”为已附与要求的件数。"},
		{Title: "应用场景", Table: s, Source: m.a.Title + "；级别只认人确认过的。"},
	}}
}

func suffix(sep, s string) string {
	if s == "" {
		return ""
	}
	return sep + s
}

func differs(it *assess.Item) bool {
	return it.Computed != nil && it.Declared != nil && strings.Join(it.Computed, "") != strings.Join(it.Declared, "")
}

// glossary explains the words that an owner without IT staff meets here.
func (m *maker) glossary() Chapter {
	t := &Table{Columns: []string{"词", "意思"}, Widths: []int{22, 78}}
	for _, p := range [][2]string{
		{"数字化设备", "带数字接口、能接入网络的设备，如数控机床、机器人、加装了 PLC 的老设备"},
		{"联网率", "已联网生产设备 ÷ 全部生产设备；两化融合的联网率只除以数字化设备，两者不可混用"},
		{"采集项", "评测指标里计分的 15 道题（Q1～Q15）"},
		{"应用场景", "评测指标列出的 16 个业务环节，各分四级；其中 10 个是约束性的，升级时单独计数"},
		{"核算与自报", "核算由设备、系统、年度数据算出；自报是企业自己选的；两者不同取低"},
		{"测算上限", "按政策“不超过”的比例和限额算出的最大数，不是应得金额"},
		{"保守口径", "只申报一项、条件和资格都满足时的最高一项"},
		{"若入选", "假定取得所缺的名单、认定之后的上限，不计入当前金额"},
		{"预测", "假定方案用起来之后的推算"},
		{"待核实", "没有证据，既不当作有，也不当作没有"},
		{"PLC、CNC", "设备上的控制器；有它们通常就能取到数据"},
		{"网关", "把串口等老接口的数据转到网络上的小盒子"},
		{"MES、ERP、PDM、SaaS", "生产执行、企业资源、图纸管理系统；SaaS 是按年租用的云上软件"},
		{"SHA-256", "文件的摘要，改一个字就会变，用来证明附件没有被换过"},
	} {
		t.row(p[0], p[1])
	}
	return Chapter{Key: "glossary", Title: "名词", Blocks: []Block{{Table: t}}}
}
