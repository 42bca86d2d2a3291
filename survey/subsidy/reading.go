package subsidy

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// readings lists every ambiguous wording with the choice in force and, where another choice changes the headline, what it would give.
func (d *desk) readings(a assess.Assessment, headline *money.Fen) []Reading {
	out := []Reading{}
	for _, def := range d.p.Readings {
		r := Reading{ID: def.ID, Text: def.Text, Clause: def.Clause, Key: d.r[def.ID]}
		for _, k := range def.Choices {
			if k.Key == r.Key {
				r.Choice = k.Text
				continue
			}
			amount := d.under(a, def.ID, k.Key)
			changed := amount != nil && (headline == nil || *amount != *headline)
			if r.OtherKey == "" || changed && r.OtherAmount == nil {
				r.Other, r.OtherKey = k.Text, k.Key
				if changed {
					r.OtherAmount = amount
				}
			}
		}
		out = append(out, r)
	}
	return out
}

// under is the headline when one reading is switched. Reading A12 decides which of the two totals leads.
func (d *desk) under(a assess.Assessment, id, key string) *money.Fen {
	r := Readings{}
	for k, v := range d.r {
		r[k] = v
	}
	r[id] = key
	other := newDesk(d.p, d.c, a, r)
	ws := other.work()
	if r["A12"] == "across" {
		return disjoint(other, ws).Amount
	}
	return conservative(other, ws).Amount
}

// forecast says what accepted plan lines might bring. It stands alone: nothing of it enters a line, base or total.
func (d *desk) forecast() *Forecast {
	var planned money.Fen
	for _, k := range d.c.Plan.Accepted {
		if k.FirstYear > 0 {
			planned = plus(planned, k.FirstYear)
		}
	}
	if planned == 0 {
		return nil
	}
	f := &Forecast{Planned: planned, Measure: d.p.Forecast}
	f.Text = fmt.Sprintf("预测：方案首年计划支出 %s 元，尚未发生，不进入申报书的任何费用行、基数和合计。", planned.Display())
	for i := range d.p.Measures {
		m := &d.p.Measures[i]
		if m.ID != d.p.Forecast {
			continue
		}
		t := d.terms(m, d.notice(m.ID))
		if t.rate == nil {
			f.Text += byNotice
			if t.layers != nil || t.open {
				f.Text = strings.TrimSuffix(f.Text, byNotice) + "比例按上云层次或档次而定，发生后再测算"
			}
			return f
		}
		amount := t.rate.Of(planned)
		if t.cap != nil {
			amount = money.Min(amount, *t.cap)
		}
		f.Amount = &amount
		f.Text += fmt.Sprintf("如全部实施并取得资格，%s 测算上限 %s 元", m.ID, amount.Display())
	}
	return f
}

// warnings collects what a person should look at before using a figure.
func (d *desk) warnings() []string {
	var out []string
	if d.c.Firm.VATPayer != survey.VATGeneral && d.c.Firm.VATPayer != survey.VATSmall {
		out = append(out, "增值税纳税人类型待核实，暂按较低的不含税口径测算")
	}
	if d.c.AsOf == "" {
		out = append(out, "未填基准日，无法判断上年度和付款是否已发生")
	}
	for _, n := range d.c.Notices {
		if n.Rate != nil && (*n.Rate > money.One || *n.Rate < 0) {
			out = append(out, "通知《"+n.Title+"》的比例超过 100%，未采用，请核对")
		}
	}
	return append(append(out, d.windowWarnings()...), paymentWarnings(d.c)...)
}

// file settles under which measure the form goes: the person's choice, else the headline's.
func (d *desk) file(out *Claims) {
	if len(out.Conservative.Parts) == 1 {
		out.Filing = out.Conservative.Parts[0].Measure
	}
	want := out.Measure(d.c.Project.Measure)
	if want == nil || want.ID == out.Filing {
		return
	}
	if out.Filing != "" {
		out.Warnings = append(out.Warnings, fmt.Sprintf("所选条款 %s（%s）不是就高结果 %s（%s 元），请确认", want.ID, want.AmountText, out.Filing, out.Conservative.Amount.Display()))
	}
	out.Filing = want.ID
}
