package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// subsidyPackageTab is 材料包与报送: the whole package, the portal's guide with the values to paste, and what follows the award.
type subsidyPackageTab struct {
	p                    *subsidyPage
	body                 fyne.CanvasObject
	scroll               *part.Scroller
	portal, steps, sheet *part.Slot
	packing, duties      *part.Slot
	agentCard, awardCard fyne.CanvasObject
}

func newSubsidyPackage(p *subsidyPage) *subsidyPackageTab {
	t := &subsidyPackageTab{p: p}
	for _, s := range []**part.Slot{&t.portal, &t.steps, &t.sheet, &t.packing, &t.duties} {
		*s = part.NewSlot(nil)
	}
	a := p.a
	make := part.Card(a.T("papers.make"), nil, part.VStack(10, part.Muted(a.T("papers.make.note")),
		part.HStack(0, part.Primary(a.T("papers.make.do"), "folder", t.make))))
	left := part.VStack(12, t.portal, t.steps, t.sheet)
	right := part.VStack(12, make, t.packing, t.agent(), t.award())
	t.scroll = part.PageBody(part.Columns(12, []float32{58, 42}, left, right))
	t.body = t.scroll
	return t
}

func (t *subsidyPackageTab) show(st *wizard.State) {
	a := t.p.a
	dossier, tasks := st.Dossier(), st.Tasks()
	t.portal.Set(t.portalCard(st))
	t.steps.Set(part.Card(a.T("papers.steps"), nil, t.taskList(view.GuideTasks(a.T, st, tasks, false))))
	t.sheet.Set(t.sheetCard(dossier))
	list := part.VStack(6)
	for _, r := range view.PackedRows(dossier) {
		list.Add(part.HStack(8, part.Grow(part.Colored(r.Name, theme.SizeCell, theme.Ink, false)), part.NewBadge(kindOf(r.Tone), r.Note)))
	}
	t.packing.Set(part.Card(a.T("papers.packing"), nil, list))
	t.duties.Set(t.taskList(view.GuideTasks(a.T, st, tasks, true)))
	t.scroll.Refresh()
}

// portalCard names the portal, says plainly what this program does not do, and warns before a plain-HTTP address.
func (t *subsidyPackageTab) portalCard(st *wizard.State) fyne.CanvasObject {
	a, g := t.p.a, st.Guide
	if g == nil {
		g = &apply.Guide{}
	}
	list := part.VStack(10, part.Strong(g.Title), part.Muted(g.Status), part.Muted(apply.NoInterfaceText))
	if g.Address != "" {
		if warn := apply.Warning(g.Address); warn != "" {
			list.Add(part.Notice(part.Warn, warn))
		}
		list.Add(part.HStack(10, part.Grow(part.Small(g.Address)), part.Link(a.T("papers.portal.copy"), func() { t.copyAddress(g.Address) })))
	}
	return part.Card(a.T("papers.portal"), nil, list)
}

// copyAddress asks before a plain-HTTP address is handed out.
func (t *subsidyPackageTab) copyAddress(address string) {
	a := t.p.a
	copied := func() {
		fyne.CurrentApp().Clipboard().SetContent(address)
		a.Say(a.T("papers.copied"))
	}
	if warn := apply.Warning(address); warn != "" {
		a.Ask(a.T("papers.portal.insecure"), warn, a.T("papers.portal.insecure.yes"), copied)
		return
	}
	copied()
}

// taskList shows tasks with their boxes; an unknown day leads to where it is filled in.
func (t *subsidyPackageTab) taskList(rows []view.GuideTask) fyne.CanvasObject {
	a := t.p.a
	list := part.VStack(8)
	for _, r := range rows {
		token := theme.Muted
		switch r.Tone {
		case view.Bad:
			token = theme.Err
		case view.Careful:
			token = theme.Warn
		}
		day := part.HStack(8, part.Grow(part.Colored(r.Day, theme.SizeCell, token, false)))
		if r.Jump != "" {
			day.Add(part.Link(a.T("papers.task.fill"), func() { a.Jump(r.Jump) }))
		}
		list.Add(part.VStack(2, part.NewCheck(r.Title, r.Done, func(on bool) { t.tick(r.Key, on) }), day, part.Small(r.Text)))
	}
	return list
}

func (t *subsidyPackageTab) tick(key string, on bool) {
	t.p.a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.Tick(ctx, t.p.a.Case(), key, on)
	})
}

// sheetCard lists the values in the order of the portal's screens, each with a way to copy it whole.
func (t *subsidyPackageTab) sheetCard(d apply.Dossier) fyne.CanvasObject {
	a := t.p.a
	list := part.VStack(8, part.Muted(a.T("papers.sheet.note")))
	for _, s := range d.Sheet {
		list.Add(part.Hairline())
		list.Add(part.Strong(s.Title))
		if s.Note != "" {
			list.Add(part.Small(s.Note))
		}
		list.Add(part.Small(s.Source))
		for _, r := range view.SheetRows(s) {
			value := part.VStack(0, part.Colored(r.Shown, theme.SizeCell, theme.Ink, false))
			if r.Note != "" {
				value.Add(part.Colored(r.Note, theme.SizeCell, theme.Warn, false))
			}
			row := part.HStack(8, part.Grow(part.Columns(10, []float32{40, 60}, part.Muted(r.No+" "+r.Label), value)))
			if r.Copy != "" {
				row.Add(part.Link(a.T("papers.sheet.copy"), func() {
					fyne.CurrentApp().Clipboard().SetContent(r.Copy)
					a.Say(a.T("papers.copied"))
				}))
			}
			list.Add(row)
		}
	}
	return part.Card(a.T("papers.sheet"), nil, list)
}

func (t *subsidyPackageTab) spec(label string) part.FieldSpec {
	return part.FieldSpec{Label: t.p.a.T(label), Keys: t.p.keys()}
}

// agent is the card of who hands the papers in.
func (t *subsidyPackageTab) agent() fyne.CanvasObject {
	a, f := t.p.a, t.p.form
	return part.Card(a.T("papers.agent"), nil, part.VStack(10, part.Muted(a.T("papers.agent.note")),
		part.Columns(12, nil, f.Add("project.agent.name", part.NewTextField(t.spec("papers.agent.name"))), f.Add("project.agent.org", part.NewTextField(t.spec("papers.agent.org")))),
		part.Columns(12, nil, f.Add("project.agent.phone", part.NewMaskedField(t.spec("papers.agent.phone"), survey.Mask)), f.Add("project.agent.until", part.NewDateField(t.spec("papers.agent.until"))))))
}

// award is the card of what follows: the days that the decision sets, the duties, and the calendar.
func (t *subsidyPackageTab) award() fyne.CanvasObject {
	p, a, f := t.p, t.p.a, t.p.form
	return part.Card(a.T("papers.award"), nil, part.VStack(10, part.Muted(a.T("papers.award.note")),
		part.Columns(12, nil, f.Add("project.award.date", part.NewDateField(t.spec("papers.award.date"))), f.Add("project.award.docNo", part.NewTextField(t.spec("papers.award.docNo")))),
		part.Columns(12, nil, f.Add("project.award.amount", part.NewYuanField(t.spec("papers.award.amount"), view.Echo(a.T))), f.Add("project.award.selfReview", part.NewDateField(t.spec("papers.award.selfReview")))),
		part.Columns(12, nil, f.Add("project.award.inspection", part.NewDateField(t.spec("papers.award.inspection"))), f.Add("project.award.keepUntil", part.NewDateField(t.spec("papers.award.keepUntil")))),
		part.Hairline(), t.duties,
		part.HStack(0, part.Secondary(a.T("papers.calendar"), "calendar", func() {
			f.Save()
			a.Export(Exporting{Case: a.Case(), Firm: p.st.Case.Firm.Name, Kind: wizard.LeavesTasks, Name: a.T("papers.calendar.file")})
		}).Small())))
}

// make writes the whole package into a folder, after the consent.
func (t *subsidyPackageTab) make() {
	a := t.p.a
	t.p.form.Save()
	a.Export(Exporting{Case: a.Case(), Firm: t.p.st.Case.Firm.Name, Kind: wizard.LeavesDossier})
}
