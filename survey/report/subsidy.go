package report

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/rule"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

func priceKind(k string) string {
	return or(survey.NameOf(recommend.PriceKindNames, recommend.PriceKind(k)), Unknown)
}

// subsidy matches the firm with each money measure of the policy.
func (m *maker) subsidy() Chapter {
	if m.k.Policy == "" || len(m.k.Measures) == 0 {
		return Chapter{Key: "subsidy", Title: "补贴匹配", Blocks: []Block{para("没有适用的政策规则包，补贴" + Unknown + "。")}}
	}
	sums := &Table{Columns: []string{"措施", "条款", "条件", "资格", "金额", "截止日"}, Widths: []int{32, 17, 8, 8, 26, 9}}
	for _, k := range m.k.Measures {
		amount := k.AmountText
		if k.IfTitled {
			amount = "若入选 " + amount
		}
		if k.Unverified != "" {
			amount += "（" + k.Unverified + "）"
		}
		sums.row(k.ID+" "+k.Name, k.Clause+" "+k.Paragraph, k.Verdict.Chinese(), k.TitlesHeld.Chinese(), amount, or(k.Due.Chinese(), Unknown))
	}
	conds := &Table{Columns: []string{"措施", "条件", "结论", "依据，或还要什么", "条款"}, Widths: []int{8, 27, 8, 47, 10}}
	for _, x := range m.conditions() {
		who := some(x.who, 5, "项")
		if len(x.who) == len(m.k.Measures) {
			who = "全部"
		}
		conds.row(who, x.trace.Text, x.trace.Verdict.Chinese(), or(found(x.trace), "—"), or(strings.Join(x.clauses, "、"), "—"))
	}
	totals := &Table{Columns: []string{"口径", "金额（测算上限）", "说明"}, Widths: []int{22, 24, 54}}
	for _, t := range []subsidy.Total{m.k.Conservative, m.k.Disjoint, m.k.IfSelected} {
		amount := "没有可计的金额"
		if t.Amount != nil {
			amount = t.Amount.Display() + " 元"
		}
		totals.row(t.Name, amount, t.Note)
	}
	blocks := []Block{
		warn(or(m.k.Validity, "政策是否仍有效"+Unknown) + "。金额为测算上限，不是应得金额。"),
		{Title: "能计多少", Table: totals, Source: m.policySource()},
		{Title: "逐项措施", Table: sums, Source: "截止日来自已录入的申报通知；没有录入的写“" + Unknown + "”。基数：" + m.k.VATBase + "。"},
		{Title: "逐条条件", Table: conds.fit(90, "条"), Source: "每条注明条款；不满足、待核实的，后面写明要什么。"},
	}
	if f := m.k.Forecast; f != nil && f.Text != "" {
		blocks = append(blocks, para(f.Text+"。"))
	}
	if len(m.k.Cards) > 0 {
		var names []string
		for _, c := range m.k.Cards {
			names = append(names, c.Title+"（"+c.Paragraph+"）")
		}
		blocks = append(blocks, Block{Title: "不给钱但可以用的支持", Text: []string{some(names, 12, "项") + "，全文见附件 JSON。"}, Source: "政策文本，括号内为段号。"})
	}
	return Chapter{Key: "subsidy", Title: "补贴匹配", Blocks: blocks}
}

// asked is one condition with the measures that ask for it.
type asked struct {
	trace        rule.Trace
	who, clauses []string
}

// conditions lists every condition once, in the order of the measures.
func (m *maker) conditions() []asked {
	var out []asked
	for _, k := range m.k.Measures {
		for _, t := range slices.Concat(k.Conditions, k.Titles) {
			i := slices.IndexFunc(out, func(x asked) bool {
				return x.trace.Text == t.Text && x.trace.Verdict == t.Verdict && found(x.trace) == found(t)
			})
			if i < 0 {
				out, i = append(out, asked{trace: t}), len(out)
			}
			if !slices.Contains(out[i].who, k.ID) {
				out[i].who = append(out[i].who, k.ID)
			}
			if t.Clause != "" && !slices.Contains(out[i].clauses, t.Clause) {
				out[i].clauses = append(out[i].clauses, t.Clause)
			}
		}
	}
	return out
}

func found(t rule.Trace) string {
	var out []string
	for _, s := range []string{t.Found, t.Needed} {
		if s != "" {
			out = append(out, s)
		}
	}
	for _, p := range t.Parts {
		if x := p.Found; x != "" && t.Found == "" {
			out = append(out, p.Text+"："+p.Verdict.Chinese()+"（"+x+"）")
		}
	}
	return strings.Join(out, "；")
}

func (m *maker) policySource() string {
	out := m.k.Title
	if m.Policy != nil {
		for _, s := range m.Policy.Sources {
			out += "；" + s.Title
			if s.Date != "" {
				out += "（" + string(s.Date) + "）"
			} else {
				out += "（无日期）"
			}
			if s.Checked != "" {
				out += "，查阅于 " + string(s.Checked)
			}
		}
	}
	return out + "。"
}
