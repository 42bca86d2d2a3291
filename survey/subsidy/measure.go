package subsidy

import (
	"fmt"
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
		ID: m.ID, Name: m.Name, Clause: clauseOf(m.Paragraph), Paragraph: m.Paragraph, Sentence: m.Sentence, Kind: string(m.Kind), Base: 0,
		Note: m.Note, Award: m.Award, BaseName: m.Base,
	}}
	k := &w.claim
	k.Conditions, k.Verdict = d.evaluate(append(slices.Clone(d.p.Conditions), m.Conditions...))
	k.Titles, w.held = d.evaluate(m.Titles)
	k.TitlesHeld = w.held
	k.Missing = d.missing(m)
	notice := d.notice(m.ID)
	k.Rate, k.Cap = terms(m, notice)
	fits, verdicts := d.fits(m, notice)
	w.app = application{id: m.ID, limit: money.MaxFen, fits: make([]fit, len(d.lines)), missing: len(k.Missing)}
	w.fits = fits
	d.gather(k, &w.app, fits, verdicts)
	d.amount(m, notice, &w)
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

// terms gives rate and cap: the text's own, held down by a notice, or the notice's where the text states none. A rate above 100 % is none.
func terms(m *Measure, n *survey.Notice) (*money.Rate, *money.Fen) {
	rate, limit := m.Rate, m.Cap
	if n == nil || m.Kind != KindShare && m.Kind != KindOpen {
		return rate, limit
	}
	if n.Rate != nil && *n.Rate >= 0 && *n.Rate <= money.One && (rate == nil && m.Kind == KindOpen || rate != nil && *n.Rate < *rate) {
		rate = n.Rate
	}
	if n.Cap != nil && *n.Cap >= 0 && (limit == nil || *n.Cap < *limit) {
		limit = n.Cap
	}
	return rate, limit
}

// fits sorts every line for a measure: by topic, by 自动化装备 (reading A5) and by the notice's window.
func (d *desk) fits(m *Measure, n *survey.Notice) ([]fit, []rule.Verdict) {
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

// amount computes the ceiling and says in words how.
func (d *desk) amount(m *Measure, n *survey.Notice, w *worked) {
	k := &w.claim
	outside := outsideText(k.Conditions)
	switch {
	case k.Verdict == rule.NotMet:
		k.AmountText, k.Explain = "条件不满足，不测算", unmet(k.Conditions)
	case outside != "":
		k.AmountText, k.Note = outside, joinNotes(outside, k.Note)
	case m.Kind == KindExternal:
		k.AmountText = "按另行政策执行，本政策未列金额"
	case m.Kind == KindOpen && k.Rate == nil:
		k.AmountText = byNotice
		k.Explain = "政策文本只写“适当奖补”，未列比例和上限；在“当年申报通知”中填入后测算"
	case m.Kind == KindLump && m.Lump != nil:
		w.set(*m.Lump, "定额 "+m.Lump.Display()+" 元")
		w.app.lump = m.Lump
	case k.Base <= 0:
		k.AmountText = "没有已签合同、已开票、已付清的对应费用，暂不测算"
	case k.Rate == nil:
		k.AmountText = byNotice
	default:
		w.app.rate = *k.Rate
		if k.Cap != nil {
			w.app.limit = *k.Cap
		}
		w.set(w.app.award(k.Base), explain(k.Base, *k.Rate, k.Cap))
	}
	if n != nil {
		k.Note = joinNotes(noticeNote(n), k.Note)
	}
	k.IfTitled = k.Amount != nil && w.held != rule.Met
}

func (w *worked) set(amount money.Fen, why string) {
	w.claim.Amount, w.claim.AmountText, w.claim.Explain = &amount, amount.Display()+" 元", why
	w.able = amount > 0
}

// explain writes 2,880,000.00 × 20% = 576,000.00，未达上限 2,000,000.00.
func explain(base money.Fen, rate money.Rate, limit *money.Fen) string {
	share := rate.Of(base)
	s := fmt.Sprintf("%s × %s = %s", base.Display(), rate.Percent(), share.Display())
	switch {
	case limit == nil:
		return s + "，通知未列上限"
	case share > *limit:
		return s + "，超过上限，取 " + limit.Display()
	case share == *limit:
		return s + "，正好达到上限"
	}
	return s + "，未达上限 " + limit.Display()
}

func noticeNote(n *survey.Notice) string {
	s := "依据人工填入的通知《" + n.Title + "》" + n.DocNo
	if n.Rate != nil && (*n.Rate > money.One || *n.Rate < 0) {
		s += "，其比例超过 100%，未采用，请核对"
	}
	if n.From == "" && n.To == "" {
		s += "，通知未填费用期间，未按期间筛选"
	}
	return s
}

func outsideText(traces []rule.Trace) string {
	for _, t := range traces {
		if t.Outside {
			return t.Needed
		}
		if s := outsideText(t.Parts); s != "" && t.Verdict == rule.Open {
			return s
		}
	}
	return ""
}

func unmet(traces []rule.Trace) string {
	var out []string
	for _, t := range traces {
		if t.Verdict == rule.NotMet {
			out = append(out, t.Text)
		}
	}
	return "不满足：" + strings.Join(out, "、")
}

func joinNotes(notes ...string) string {
	return strings.Join(slices.DeleteFunc(notes, func(s string) bool { return s == "" }), "。")
}
