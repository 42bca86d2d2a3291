package subsidy

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// terms are what a measure grants in this case: by its text, by the tier that holds, by the year's notice and after what was granted before.
type terms struct {
	rate   *money.Rate           // nil when layers hold the rates or none is stated
	layers map[string]money.Rate // by layer key; nil when one rate holds
	cap    *money.Fen
	lump   *money.Fen
	tier   string
	why    string // of open and none
	open   bool   // no tier is settled, but one may hold
	none   bool   // no tier holds
	notes  []string
}

func (d *desk) terms(m *Measure, n *survey.Notice) terms {
	t := terms{rate: m.Rate, cap: m.Cap, lump: m.Lump}
	for _, l := range m.Rates {
		if t.layers == nil {
			t.layers = map[string]money.Rate{}
		}
		t.layers[l.Layer] = l.Rate
	}
	if len(m.Tiers) > 0 {
		d.tier(m, &t)
	}
	t.notify(m, n)
	if m.PerYear && t.cap != nil {
		d.lessGranted(&t)
	}
	return t
}

// tier takes the first tier that holds. A better one before it that is still open is named.
func (d *desk) tier(m *Measure, t *terms) {
	var open []string
	for i := range m.Tiers {
		x, v := &m.Tiers[i], rule.Met
		if x.When != nil {
			_, v = d.evaluate([]Condition{*x.When})
		}
		switch v {
		case rule.Open:
			open = append(open, x.Text)
		case rule.Met:
			t.take(x)
			if better := betterTiers(m.Tiers[:i], x, open); len(better) > 0 {
				t.notes = append(t.notes, "“"+strings.Join(better, "”“")+"”待核实，暂按较低的“"+x.Text+"”测算")
			}
			return
		}
	}
	t.open, t.none = len(open) > 0, len(open) == 0
	t.why = "没有一档的条件满足"
	if t.open {
		t.why = "待核实：" + strings.Join(open, "、")
	}
}

func (t *terms) take(x *Tier) {
	t.tier = x.Text
	if x.Rate != nil {
		t.rate = x.Rate
	}
	if x.Cap != nil {
		t.cap = x.Cap
	}
	if x.Lump != nil {
		t.lump = x.Lump
	}
}

// betterTiers keeps the open tiers that would bring more than x.
func betterTiers(before []Tier, x *Tier, open []string) []string {
	more := func(a, b *money.Fen) bool { return a != nil && (b == nil || *a > *b) }
	var out []string
	for i := range before {
		y := &before[i]
		rates := y.Rate != nil && (x.Rate == nil || *y.Rate > *x.Rate)
		for _, text := range open {
			if text == y.Text && (more(y.Cap, x.Cap) || more(y.Lump, x.Lump) || rates) {
				out = append(out, text)
			}
		}
	}
	return out
}

// notify lays the year's notice over the text: it holds rate and cap down, and gives them where the text states none. A rate above 100 % is
// none.
func (t *terms) notify(m *Measure, n *survey.Notice) {
	if n == nil || m.Kind != KindShare && m.Kind != KindOpen {
		return
	}
	if n.Rate != nil && *n.Rate >= 0 && *n.Rate <= money.One {
		if t.rate == nil && m.Kind == KindOpen || t.rate != nil && *n.Rate < *t.rate {
			t.rate = n.Rate
		}
		for k, r := range t.layers {
			t.layers[k] = min(r, *n.Rate)
		}
	}
	if n.Cap != nil && *n.Cap >= 0 && (t.cap == nil || *n.Cap < *t.cap) {
		t.cap = n.Cap
	}
}

// lessGranted takes what the programme already gave in the year of the reference day off the yearly cap.
func (d *desk) lessGranted(t *terms) {
	var had money.Fen
	for _, a := range d.c.Aids {
		if a.Year == d.c.AsOf.Year() && a.Amount > 0 && d.p.Programme != "" && survey.NormalizeText(a.Programme) == survey.NormalizeText(d.p.Programme) {
			had = plus(had, a.Amount)
		}
	}
	if had == 0 {
		return
	}
	left := max(0, *t.cap-had)
	t.notes = append(t.notes, fmt.Sprintf("%d年已获“%s”%s 元，年度限额 %s 元还剩 %s 元", d.c.AsOf.Year(), d.p.Programme, had.Display(), t.cap.Display(), left.Display()))
	t.cap = &left
}

// rated hands the rates of the terms to the application, line by line where layers hold them.
func (d *desk) rated(t terms, app *application) {
	if t.layers == nil {
		app.rate = *t.rate
		return
	}
	app.rates = make([]money.Rate, len(d.lines))
	for i, e := range d.lines {
		app.rates[i] = t.layers[e.Layer]
	}
}

// explain writes 2,880,000.00 × 20% = 576,000.00，未达上限 2,000,000.00; with layers one product per layer.
func (d *desk) explain(t terms, app *application, k *MeasureClaim) string {
	words := ""
	if t.layers == nil {
		words = fmt.Sprintf("%s × %s", k.Base.Display(), t.rate.Percent())
	}
	for _, l := range d.p.Layers {
		var base money.Fen
		for i, e := range d.lines {
			if app.takes(i) && e.Layer == l.Key {
				base = plus(base, e.Base)
			}
		}
		if r, ok := t.layers[l.Key]; ok && base > 0 {
			if words != "" {
				words += " + "
			}
			words += fmt.Sprintf("%s × %s（%s）", base.Display(), r.Percent(), l.Name)
		}
	}
	uncapped := *app
	uncapped.limit = money.MaxFen
	share := uncapped.worth(d.bases(), app.takes)
	words += " = " + share.Display()
	switch {
	case t.cap == nil:
		return words + "，通知未列上限"
	case share > *t.cap:
		return words + "，超过上限，取 " + t.cap.Display()
	case share == *t.cap:
		return words + "，正好达到上限"
	}
	return words + "，未达上限 " + t.cap.Display()
}

func tierWords(t terms) string {
	if t.tier == "" {
		return ""
	}
	return "（档次：" + t.tier + "）"
}

// unverified says why the figures of a measure are 待核实: their source is a secondary one.
func (p *Policy) unverified(m *Measure) string {
	for _, s := range p.Sources {
		if s.Key == m.Source && s.Secondary {
			return "条件、比例和金额取自二手来源“" + s.Title + "”，待核实"
		}
	}
	return ""
}
