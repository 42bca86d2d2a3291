package report

import "github.com/shangyuntong/shangyun/survey/money"

// phaseRule is how measures are shared out, as it stands on the page.
const phaseRule = "分期口径（本软件自定）：前 3 个月做不需采购的；第 4～6 个月买方案内的产品；第 7～12 个月做其余要采购或要询价的。" +
	"这是先后次序的建议，不是工期承诺；各项实际时间" + Unknown + "。"

// roadmap shares the measures out over a year.
func (m *maker) roadmap() Chapter {
	phases := []Phase{
		{Name: "0～3 个月：自己就能做的", From: 0, To: 3, Money: "不需采购（自有人工未计）"},
		{Name: "4～6 个月：方案内的采购", From: 3, To: 6, Money: "还没有可行方案"},
		{Name: "7～12 个月：其余采购与打通", From: 6, To: 12, Money: "按报价另行决定"},
	}
	for _, x := range m.measures {
		at := 2
		switch {
		case !x.buys:
			at = 0
		case x.Planned:
			at = 1
		}
		if at == 2 && !x.Closes && x.Effect < 2 {
			continue // not needed for the next level and of small effect
		}
		phases[at].Items = append(phases[at].Items, x.Title)
	}
	if len(m.b.Lines) > 0 {
		phases[1].Money = "首年 " + m.b.FirstYear.Display() + " 元（预测）"
	}
	if low, n, open := m.rest(phases[2].Items); n > 0 {
		phases[2].Money = "如全部做，各项最低价合计 " + low.Display() + " 元起（" + itoa(n) + " 项有价"
		if open > 0 {
			phases[2].Money += "，" + itoa(open) + " 项需询价"
		}
		phases[2].Money += "），可只选其一"
	}
	for i := range phases {
		if n := len(phases[i].Items); n > 7 {
			phases[i].Items = append(phases[i].Items[:6:6], "另有 "+itoa(n-6)+" 项见附件 JSON")
		}
		if len(phases[i].Items) == 0 {
			phases[i].Items = []string{"没有此类措施"}
		}
	}
	plan := &Table{Columns: []string{"产品", "数量", "首年（元）", "其中一次性（元）", "以后每年（元）", "价格性质与出处"}, Widths: []int{25, 14, 12, 13, 12, 24}}
	for _, l := range m.b.Lines {
		plan.row(l.Vendor+" "+l.Title, l.Metric, l.FirstYear.Display(), l.OneOff.Display(), l.Yearly.Display(), priceKind(l.PriceKind)+"："+l.Source+"，核对于 "+string(l.Checked))
	}
	blocks := []Block{{Phases: phases, Source: phaseRule}}
	if len(plan.Rows) > 0 {
		plan.row("合计", "", m.b.FirstYear.Display(), sum(m, func(i int) money.Fen { return m.b.Lines[i].OneOff }), sum(m, func(i int) money.Fen { return m.b.Lines[i].Yearly }), m.b.Proof.Text)
		blocks = append(blocks, Block{Title: "资金安排（方案内）", Table: plan, Source: "推荐方案；计划支出是预测，不进申报书。预算：" + m.budget()})
	} else {
		blocks = append(blocks, para("还没有可行的推荐方案，资金安排"+Unknown+"。预算："+m.budget()))
	}
	return Chapter{Key: "roadmap", Title: "3、6、12 个月路线与资金", Blocks: blocks}
}

// rest adds the lowest prices of the measures with these titles.
func (m *maker) rest(titles []string) (low money.Fen, priced, open int) {
	want := map[string]bool{}
	for _, t := range titles {
		want[t] = true
	}
	for _, x := range m.measures {
		if !want[x.Title] || x.Planned {
			continue
		}
		if x.low == nil {
			open++
			continue
		}
		next, err := money.Add(low, *x.low)
		if err != nil {
			return 0, 0, 0
		}
		low, priced = next, priced+1
	}
	return low, priced, open
}

func sum(m *maker, of func(int) money.Fen) string {
	var total money.Fen
	for i := range m.b.Lines {
		next, err := money.Add(total, of(i))
		if err != nil {
			return Unknown
		}
		total = next
	}
	return total.Display()
}

func (m *maker) budget() string {
	if m.c.Plan.Budget == nil {
		return "没有填。"
	}
	return "首年 " + m.c.Plan.Budget.Display() + " 元。"
}
