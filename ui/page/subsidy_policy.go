package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// subsidyPolicy is the card of the policy in force: which pack, what the other programmes of the region would give, what another would change.
type subsidyPolicy struct {
	p       *subsidyPage
	st      *wizard.State
	card    fyne.CanvasObject
	choose  *part.SelectField
	compare *part.SelectField
	others  *part.Slot
	changes *part.Slot
}

func newSubsidyPolicy(p *subsidyPage) *subsidyPolicy {
	t := &subsidyPolicy{p: p, others: part.NewSlot(nil), changes: part.NewSlot(nil)}
	t.choose = part.NewSelectField(p.spec("policy.choose"), nil)
	t.compare = part.NewSelectField(p.spec("policy.compare"), nil)
	t.compare.Listen(func(ref string) { t.against(ref) }, func(string) {})
	t.card = part.CardWith(part.HeadRow(p.a.T("subsidy.policy"), p.a.T("subsidy.policy.note"), nil), part.VStack(12,
		p.form.Add("project.policy", t.choose), t.others, t.compare, t.changes))
	return t
}

func (t *subsidyPolicy) show(st *wizard.State) {
	t.st = st
	t.choose.SetOptions(picks(view.PolicyPicks(t.p.a.T, st)))
	t.compare.SetOptions(picks(view.OtherPolicies(t.p.a.T, st)))
	list := part.VStack(10)
	for i, r := range view.ProgrammeRows(t.p.a.T, st) {
		if i > 0 {
			list.Add(part.Hairline())
		}
		list.Add(t.row(r))
	}
	t.others.Set(list)
	t.against(t.compare.Value())
}

func (t *subsidyPolicy) row(r view.ProgrammeRow) fyne.CanvasObject {
	a := t.p.a
	words := part.VStack(2, part.Colored(r.Title, theme.SizeCell, theme.Ink, true), part.Muted(r.Ref+" · "+r.Text), part.Muted(r.Validity))
	side := part.VStack(4, part.Line(r.Amount, theme.SizeCell, theme.Ink, r.Chosen))
	switch {
	case r.Chosen:
		side.Add(part.HStack(0, part.NewBadge(part.OK, a.T("subsidy.policy.chosen"))))
	case r.Matching:
		side.Add(part.HStack(0, part.NewBadge(part.Info, a.T("subsidy.policy.matching"))))
	default:
		side.Add(part.HStack(0, part.Link(a.T("subsidy.policy.use"), func() { a.Set("project.policy", r.Ref) })))
	}
	return part.HStack(14, part.Grow(words), part.Sized(200*theme.Scale(), 0, side))
}

// against shows what the pack would change; "" shows nothing.
func (t *subsidyPolicy) against(ref string) {
	if t.st == nil || ref == "" {
		t.changes.Set(nil)
		return
	}
	head, rows := view.CompareWith(t.p.a.T, t.st, ref)
	list := part.VStack(8, part.Colored(head, theme.SizeCell, theme.Ink, true))
	for _, r := range rows {
		list.Add(part.InnerCard(part.VStack(2, part.Colored(r.Name, theme.SizeCell, theme.Ink, true), part.Muted(r.Before+" → "+r.After), part.Muted(r.What))))
	}
	if len(rows) == 0 {
		list.Add(part.Muted(t.p.a.T("subsidy.policy.compare.same")))
	}
	t.changes.Set(list)
}
