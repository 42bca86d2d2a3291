package subsidy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// Compute says what policy p grants case c under the readings that the case has switched, else the pack's defaults. It is total: a poor case
// gives open conditions and warnings.
func Compute(p *Policy, c *survey.Case, a assess.Assessment) Claims {
	return ComputeWith(p, c, a, ReadingsOf(c))
}

// ReadingsOf gives the readings that the case has switched ("A5:wide").
func ReadingsOf(c *survey.Case) Readings {
	out := Readings{}
	for _, s := range c.Project.Readings {
		if id, key, ok := strings.Cut(s, ":"); ok {
			out[id] = key
		}
	}
	return out
}

// ComputeWith is Compute with exactly these readings; an ID or a choice that the policy does not know is ignored.
func ComputeWith(p *Policy, c *survey.Case, a assess.Assessment, chosen Readings) Claims {
	d := newDesk(p, c, a, p.settle(chosen))
	ws := d.work()
	_, vat := vatBase(c, d.r)
	out := Claims{
		Policy: p.ID, Version: p.Version, Title: p.Title, Validity: p.ValidityAt(c.AsOf), AsOf: string(c.AsOf), VATBase: vat,
		Conservative: conservative(d, ws), Disjoint: disjoint(d, ws), IfSelected: ifSelected(d, ws), Cards: []Card{}, Measures: []MeasureClaim{},
		Warnings: d.warnings(),
	}
	for _, w := range ws {
		out.Measures = append(out.Measures, w.claim)
	}
	for _, k := range p.Cards {
		out.Cards = append(out.Cards, Card{ID: k.ID, Title: k.Title, Text: k.Text, Paragraph: k.Paragraph})
	}
	out.Others = separate(d, ws, out.Disjoint)
	out.Lines = d.lineClaims(ws, out.Conservative)
	out.Readings = d.readings(a, out.Conservative.Amount)
	out.Forecast = d.forecast()
	d.file(&out)
	return out
}

// settle fills the defaults and drops what the policy does not know.
func (p *Policy) settle(chosen Readings) Readings {
	out := p.Defaults()
	for _, r := range p.Readings {
		if slices.ContainsFunc(r.Choices, func(k Choice) bool { return k.Key == chosen[r.ID] }) {
			out[r.ID] = chosen[r.ID]
		}
	}
	return out
}

func newDesk(p *Policy, c *survey.Case, a assess.Assessment, r Readings) *desk {
	return &desk{p: p, c: c, r: r, facts: rule.Facts{Case: c, Numbers: numbers(a)}, lines: expensesOf(c, r, p.matched)}
}

// numbers hands the assessment's figures to the rules; an assessment that was not run hands over none.
func numbers(a assess.Assessment) map[string]rule.Number {
	if a.Edition == "" {
		return nil
	}
	return map[string]rule.Number{
		"assess.level": rule.OfCount(int64(a.Level)), "assess.score": rule.Number(a.Score), "assess.machines": rule.OfCount(int64(a.Rates.Machines)),
		"assess.networked": rule.OfCount(int64(a.Rates.Networked)), "assess.onCloud": rule.OfCount(int64(a.Rates.OnCloud)),
	}
}

func (d *desk) work() []worked {
	out := make([]worked, len(d.p.Measures))
	for i := range d.p.Measures {
		out[i] = d.measure(&d.p.Measures[i])
	}
	return out
}

// entitled keeps the measures whose conditions and titles all hold.
func entitled(ws []worked) []worked {
	return slices.DeleteFunc(slices.Clone(ws), func(w worked) bool {
		return !w.able || w.claim.Verdict != rule.Met || w.held != rule.Met
	})
}

// best is the 就高 choice: the highest ceiling, then fewer missing pieces of evidence, then the id.
func best(ws []worked) *worked {
	if len(ws) == 0 {
		return nil
	}
	w := slices.MinFunc(ws, func(a, b worked) int {
		return cmp.Or(cmp.Compare(*b.claim.Amount, *a.claim.Amount), cmp.Compare(a.app.missing, b.app.missing), cmp.Compare(a.claim.ID, b.claim.ID))
	})
	return &w
}

func conservative(d *desk, ws []worked) Total {
	t := Total{Name: "保守口径", Note: "只申报一项，取条件和资格均已满足的最高一项（P10.4 就高、不得多头申报）。金额为测算上限，不是应得金额"}
	if w := best(entitled(ws)); w != nil {
		t.single(w)
		return t
	}
	t.Note = "目前没有条件和资格都已满足、且可以测算金额的条款"
	return t
}

func ifSelected(d *desk, ws []worked) Total {
	t := Total{Name: "若入选", Note: "所缺资格取得之后的测算上限，不计入当前金额"}
	ws = slices.DeleteFunc(slices.Clone(ws), func(w worked) bool { return !w.able || w.claim.Verdict != rule.Met || w.held == rule.Met || !begun(&w) })
	if w := best(ws); w != nil {
		t.single(w)
		return t
	}
	t.Note = "没有仅差入选资格、且可以测算金额的条款"
	return t
}

// begun keeps flat sums out of 若入选 until the firm holds at least one of their titles: without a cost line and without a title the sum
// would be the same for every firm and say nothing about this one.
func begun(w *worked) bool {
	return w.app.lump == nil || slices.ContainsFunc(w.claim.Titles, func(t rule.Trace) bool { return t.Verdict == rule.Met })
}

func (t *Total) single(w *worked) {
	t.add(Part{Measure: w.claim.ID, Lines: w.claim.Lines, Base: w.claim.Base, Amount: *w.claim.Amount})
}

func (t *Total) add(p Part) {
	sum := p.Amount
	if t.Amount != nil {
		sum = plus(*t.Amount, p.Amount)
	}
	t.Amount, t.Capital, t.Parts = &sum, sum.Capital(), append(t.Parts, p)
}

func disjoint(d *desk, ws []worked) Total {
	t := Total{Name: "费用不重复口径", Note: "多项申报、每行费用至多用一次。政策未写明同一企业可否分别申报，须经主管部门确认"}
	ws = entitled(ws)
	if len(ws) == 0 {
		t.Note = "目前没有条件和资格都已满足、且可以测算金额的条款"
		return t
	}
	plan := assign(d.bases(), apps(ws))
	for i, w := range ws {
		if plan.used != nil && plan.used[i] {
			t.add(d.part(w, func(line int) bool { return plan.to[line] == i }))
		}
	}
	if plan.gap > 0 {
		t.Note += "。组合过多，未穷尽，至多还可多 " + plan.gap.Display() + " 元"
	}
	return t
}

// separate files every line under the measure of its own topic: the way that loses to a single file with the same sum stays visible.
func separate(d *desk, ws []worked, chosen Total) []Total {
	t := Total{Name: "逐项分报", Note: "每行费用归入与其主题对应的条款，分别申报；须经主管部门确认，仅供比较"}
	ws = entitled(ws)
	slices.SortStableFunc(ws, func(a, b worked) int {
		return cmp.Or(cmp.Compare(d.breadth(a.claim.ID), d.breadth(b.claim.ID)), cmp.Compare(a.claim.ID, b.claim.ID))
	})
	taken := make([]bool, len(d.lines))
	for _, w := range ws {
		part := d.part(w, func(line int) bool { return !taken[line] && w.app.lump == nil && w.app.fits[line] == anchors })
		for i := range taken {
			taken[i] = taken[i] || w.app.lump == nil && w.app.fits[i] == anchors
		}
		if part.Amount > 0 {
			t.add(part)
		}
	}
	if len(t.Parts) < 2 || len(t.Parts) == len(chosen.Parts) {
		return nil
	}
	slices.SortFunc(t.Parts, func(a, b Part) int { return cmp.Compare(a.Measure, b.Measure) })
	return []Total{t}
}

// breadth is how many topics a measure takes by itself.
func (d *desk) breadth(id string) int {
	for _, m := range d.p.Measures {
		if m.ID == id {
			return len(m.Topics)
		}
	}
	return 0
}

func (d *desk) part(w worked, takes func(line int) bool) Part {
	p := Part{Measure: w.claim.ID, Lines: []string{}}
	for i, e := range d.lines {
		if w.app.lump == nil && takes(i) {
			p.Lines, p.Base = append(p.Lines, e.Line), plus(p.Base, e.Base)
		}
	}
	p.Amount = w.app.worth(d.bases(), func(i int) bool { return w.app.takes(i) && takes(i) })
	return p
}

func (d *desk) bases() []money.Fen {
	out := make([]money.Fen, len(d.lines))
	for i, e := range d.lines {
		out[i] = e.Base
	}
	return out
}

func apps(ws []worked) []application {
	out := make([]application, len(ws))
	for i, w := range ws {
		out[i] = w.app
	}
	return out
}
