package page

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register("visit", newVisit) }

// visit is 走访: the sheets to carry through the workshops, what comes back, photos and notes. It needs no network.
type visit struct {
	a           Actions
	st          *wizard.State
	left, right *part.Slot
	body        *part.Scroller
	told        fyne.CanvasObject // what an import brought, until it is closed
}

func newVisit(a Actions) Page {
	p := &visit{a: a, left: part.NewSlot(nil), right: part.NewSlot(nil)}
	p.body = part.PageBody(part.Columns(12, []float32{58, 42}, p.left, p.right))
	return p
}

// Parts implements Page.
func (p *visit) Parts() (header, body, foot fyne.CanvasObject) {
	t := p.a.T
	return part.PageHeader("", t("visit.title"), t("visit.note")), p.body, part.NewBottomBar(t("visit.foot"),
		part.Secondary(t("many.home"), "home", p.a.Home), part.Secondary(t("visit.register"), "list", func() { p.a.Go(wizard.StepInventory) }),
		part.Primary(t("visit.sheet"), "download", p.sheet))
}

// Show implements Page.
func (p *visit) Show(st *wizard.State) {
	if p.st = st; st == nil {
		return
	}
	var w survey.Walk
	var notes []survey.Remark
	p.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		if w, err = d.WalkOf(ctx, st.Case); err == nil {
			notes, err = d.Notes(ctx, st.Case, survey.RoleVisit)
		}
		return nil, err
	}, func(err error) {
		if err == nil && p.st == st {
			p.lay(w, notes)
		}
	})
}

func (p *visit) lay(w survey.Walk, notes []survey.Remark) {
	t := p.a.T
	left := part.VStack(12)
	for _, s := range view.VisitShops(t, w, notes) {
		rows := part.VStack(6)
		for _, n := range s.Notes {
			rows.Add(part.VStack(0, part.Body(n.Text), part.Small(n.By)))
		}
		if len(s.Notes) == 0 {
			rows.Add(part.Muted(t("visit.notes.none")))
		}
		left.Add(part.Card(s.Name, part.HStack(10, part.Line(s.Count, theme.SizeCell, theme.Muted, false), part.Link(t("visit.write"), func() { p.write(s.About, s.Name) })), rows))
	}
	if len(w.Shops) == 0 {
		left.Add(part.Card("", nil, part.EmptyState("factory", t("inventory.empty.title"), t("visit.empty"), part.Primary(t("visit.register"), "list", func() { p.a.Go(wizard.StepInventory) }))))
	}
	p.left.Set(left)
	right := part.VStack(12)
	if p.told != nil {
		right.Add(p.told)
	}
	right.Add(part.Card(t("visit.back"), nil, part.VStack(10, part.Muted(t("visit.back.text")), part.Flow(8,
		part.Secondary(t("visit.bring"), "table", p.bring).Small(), part.Secondary(t("visit.photos"), "camera", p.photos).Small()))))
	right.Add(p.loose())
	p.right.Set(right)
	p.body.Refresh()
}

// loose lists the photos that nobody knows the machine of.
func (p *visit) loose() fyne.CanvasObject {
	t := p.a.T
	list := part.VStack(10)
	machines := append([]part.Option{{Text: t("visit.loose.choose")}}, options(view.MachineItems(t, p.st.Case))...)
	n := 0
	for _, x := range p.st.Case.Attachments {
		if x.Role != survey.RolePhoto || x.For != "" {
			continue
		}
		if n++; n > 20 {
			continue
		}
		f := part.NewSelectField(part.FieldSpec{Label: x.Name, Placeholder: t("visit.loose.choose")}, machines)
		f.Listen(func(asset string) {
			if asset != "" {
				p.a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
					return d.FilePhoto(ctx, p.st.Case.ID, x.ID, asset)
				})
			}
		}, nil)
		list.Add(f)
	}
	if n == 0 {
		list.Add(part.Muted(t("visit.loose.none")))
	} else if n > 20 {
		list.Add(part.Small(t("visit.loose.more", n-20)))
	}
	return part.Card(t("visit.loose", n), nil, list)
}

func (p *visit) sheet() {
	if p.st != nil {
		p.a.Export(Exporting{Case: p.st.Case.ID, Firm: p.st.Case.Firm.Name, Kind: wizard.LeavesWalk})
	}
}

func (p *visit) write(about, name string) {
	id := p.a.Case()
	p.a.Prompt(Prompt{Title: p.a.T("visit.write.title", name), Label: p.a.T("visit.write.label"), Yes: p.a.T("visit.write.yes")}, func(text string) {
		p.a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			return d.Note(ctx, id, survey.RoleVisit, about, text)
		})
	})
}

// bring reads a filled-in list back and tells what it did.
func (p *visit) bring() {
	id, t := p.a.Case(), p.a.T
	p.a.PickFile(t("visit.bring"), []string{".xlsx", ".csv"}, func(name string, data []byte) {
		var b wizard.Walked
		p.a.Run(t("inventory.import.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
			st, b, err = d.BringWalk(ctx, id, name, data)
			return st, err
		}, func(err error) {
			if err == nil {
				p.tell(t("visit.brought", name), append([]string{t("visit.brought.sum", b.Filled, b.Added, b.Proposals, b.Same)}, b.Problems...), b.Proposals > 0)
			}
		})
	})
}

// photos takes a folder of photos and tells where each went.
func (p *visit) photos() {
	id, t := p.a.Case(), p.a.T
	p.a.Photos(t("visit.photos"), func(list []wizard.Photo) {
		var taken []wizard.PhotoTaken
		p.a.Run(t("visit.photos.busy"), func(ctx context.Context, d *wizard.Desk, progress func(string, float64)) (st *wizard.State, err error) {
			st, taken, err = d.TakePhotos(ctx, id, list, func(done int) { progress(t("many.of", done, len(list)), float64(done)/float64(max(len(list), 1))) })
			return st, err
		}, func(err error) {
			if err == nil {
				p.tell(t("visit.photos.title", len(taken)), view.PhotoLines(t, taken, p.a.ErrorText), false)
			}
		})
	})
}

// tell shows at the right what came in.
func (p *visit) tell(title string, lines []string, settle bool) {
	t := p.a.T
	list := part.VStack(6, part.HStack(8, part.Icon("check", 18, theme.OK), part.Grow(part.Heading(title)), part.IconButton("cross", t("inventory.brought.close"), func() { p.told = nil; p.Show(p.st) })))
	const most = 30
	for i, l := range lines {
		if i == most {
			list.Add(part.Small(t("visit.more", len(lines)-most)))
			break
		}
		list.Add(part.Muted(strings.TrimSpace(l)))
	}
	if settle {
		list.Add(part.HStack(0, part.Secondary(t("inventory.brought.settle"), "", func() { p.a.Go(wizard.StepInventory) }).Small()))
	}
	p.told = part.Card("", nil, list)
	p.Show(p.st)
}
