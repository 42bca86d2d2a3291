package subsidy

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// byNotice is what is printed where the text states no rate and no notice is loaded.
const byNotice = "金额：以当年申报通知为准"

// desk is one computation: the policy, the case and the readings in force.
type desk struct {
	p     *Policy
	c     *survey.Case
	facts rule.Facts
	r     Readings
	lines []Expense
	brief bool // only verdicts and sums are asked for, no words on what to obtain
}

// worked is a measure with its claim and, when it can be computed, its place in the assignment.
type worked struct {
	claim MeasureClaim
	app   application
	held  rule.Verdict // titles
	able  bool         // has an amount above zero
	fits  []fit        // per line, whatever its state
}

func (d *desk) measure(m *Measure) worked {
	w := worked{claim: MeasureClaim{
		ID: m.ID, Name: m.Name, Clause: d.p.clause(m.Paragraph), Paragraph: m.Paragraph, Sentence: d.p.sentence(m.Sentence), Kind: string(m.Kind),
		Base: 0, Note: m.Note, Award: m.Award, BaseName: m.Base, Unverified: d.p.unverified(m),
	}}
	k := &w.claim
	k.Conditions, k.Verdict = d.evaluate(append(slices.Clone(d.p.Conditions), m.Conditions...))
	k.Titles, w.held = d.evaluate(m.Titles)
	k.TitlesHeld = w.held
	k.Missing = d.missing(m)
	notice := d.notice(m.ID)
	t := d.terms(m, notice)
	k.Rate, k.Cap, k.Tier = t.rate, t.cap, t.tier
	fits, verdicts := d.fits(m, notice, t)
	w.app = application{id: m.ID, limit: money.MaxFen, fits: make([]fit, len(d.lines)), missing: len(k.Missing)}
	w.fits = fits
	d.gather(k, &w.app, fits, verdicts)
	d.amount(m, notice, t, &w)
	if !d.brief {
		k.Due = d.due(m, notice)
		k.Settle = d.settle(m, k.Due)
	}
	return w
}

// evaluate answers the conditions that stand under the readings in force.
func (d *desk) evaluate(conds []Condition) ([]rule.Trace, rule.Verdict) {
	traces, all := []rule.Trace{}, rule.Met
	for i := range conds {
		if !d.stands(conds[i].Under) {
			continue
		}
		asked := d.worded(conds[i].Cond)
		v, t := rule.Eval(&asked, d.facts)
		traces, all = append(traces, t), rule.And(all, v)
	}
	return traces, all
}

// worded names the issuer of every title that c asks for, so that the trace says who can settle it.
func (d *desk) worded(c rule.Cond) rule.Cond {
	c.All, c.Any = d.wordedEach(c.All), d.wordedEach(c.Any)
	if c.Not != nil {
		inner := d.worded(*c.Not)
		c.Not = &inner
	}
	if c.Title == nil || c.Needed != "" {
		return c
	}
	for _, t := range d.p.Titles {
		if t.Key == c.Title.Key {
			c.Needed = "登记“" + t.Name + "”的文号、日期并附文件（" + t.Issuer + "出具）"
		}
	}
	return c
}

func (d *desk) wordedEach(list []rule.Cond) []rule.Cond {
	out := make([]rule.Cond, len(list))
	for i := range list {
		out[i] = d.worded(list[i])
	}
	return out
}

func (d *desk) stands(under string) bool {
	id, key, ok := strings.Cut(under, ":")
	return !ok || d.r[id] == key
}

// missing lists the papers that the form asks for and no attachment fills.
func (d *desk) missing(m *Measure) []string {
	var out []string
	for _, p := range append(slices.Clone(d.p.Papers), m.Papers...) {
		roles := append([]string{p.Name, p.Key}, p.Roles...)
		if !p.Made && !slices.ContainsFunc(d.c.Attachments, func(a survey.Attachment) bool { return slices.Contains(roles, a.Role) }) {
			out = append(out, p.Name)
		}
	}
	return out
}

func (d *desk) notice(id string) *survey.Notice {
	for i := range d.c.Notices {
		if d.c.Notices[i].Measure == id {
			return &d.c.Notices[i]
		}
	}
	return nil
}

// fits sorts every line for a measure: by topic, by 自动化装备 (reading A5), by its layer and by the notice's window.
func (d *desk) fits(m *Measure, n *survey.Notice, t terms) ([]fit, []rule.Verdict) {
	fits, verdicts := make([]fit, len(d.lines)), make([]rule.Verdict, len(d.lines))
	for i, e := range d.lines {
		switch topic := survey.Topic(e.Topic); {
		case topic == "" || m.Kind != KindShare && m.Kind != KindOpen || !d.counts(e):
		case slices.Contains(m.Topics, topic):
			fits[i] = anchors
		case slices.Contains(m.With, topic):
			fits[i] = joins
		}
		verdicts[i] = e.State
		if n != nil {
			verdicts[i] = rule.And(e.State, rule.Inside(survey.Date(e.Issued), n.From, n.To))
		}
		if m.Paid && e.Paid < e.Gross {
			verdicts[i] = rule.And(verdicts[i], rule.Open)
		}
		if t.layers == nil {
			continue
		}
		switch _, known := t.layers[e.Layer]; {
		case e.Layer == "": // which rate holds is not settled: the lowest reading counts nothing
			verdicts[i] = rule.And(verdicts[i], rule.Open)
		case !known:
			fits[i] = misfit
		}
	}
	return fits, verdicts
}

// counts applies reading A5: all, without 自动化装备 (the default), or software and cloud only.
func (d *desk) counts(e Expense) bool {
	switch d.r["A5"] {
	case "wide":
		return true
	case "cloud":
		return !e.Automation && (e.Kind == string(survey.CostSoftware) || e.Kind == string(survey.CostCloud))
	}
	return !e.Automation
}

// gather adds up the lines that count now and those still open. Lines that only join need a counted anchor.
func (d *desk) gather(k *MeasureClaim, app *application, fits []fit, verdicts []rule.Verdict) {
	anchored := false
	for i := range fits {
		anchored = anchored || fits[i] == anchors && verdicts[i] == rule.Met
	}
	k.Lines = []string{}
	for i, e := range d.lines {
		switch {
		case fits[i] == misfit || verdicts[i] == rule.NotMet:
		case verdicts[i] == rule.Met && (anchored || fits[i] == anchors):
			app.fits[i] = fits[i]
			k.Lines, k.Base = append(k.Lines, e.Line), plus(k.Base, e.Base)
		default:
			k.Open, k.OpenLines = plus(k.Open, e.Base), append(k.OpenLines, e.Line)
		}
	}
}
