package page

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// picked gives the chosen case; nil when none is.
func (p *home) picked() *view.CaseRow {
	if i := p.table.Selected(); i >= 0 && i < len(p.found.Entries) {
		r := p.row(i)
		return &r
	}
	return nil
}

// rights are the buttons about a firm's data: everything as a bundle, how long it is kept, deletion.
func (p *home) rights() []fyne.CanvasObject {
	with := func(do func(*view.CaseRow)) func() {
		return func() {
			if r := p.picked(); r != nil {
				do(r)
			}
		}
	}
	p.gone = part.Danger(p.a.T("home.delete"), "", with(p.erase)).Off()
	p.keep = part.Secondary(p.a.T("home.keep"), "", with(p.retain)).Off()
	p.pack = part.Secondary(p.a.T("home.bundle"), "", with(func(r *view.CaseRow) {
		p.a.Export(Exporting{Case: r.ID, Firm: r.Firm, Kind: wizard.LeavesBundle, Name: wizard.FileName(p.a.T("home.bundle.name", r.Name))})
	})).Off()
	return []fyne.CanvasObject{p.gone, p.keep, p.pack}
}

// export writes the chosen case as an exchange file.
func (p *home) export() {
	if r := p.picked(); r != nil {
		p.a.Export(Exporting{Case: r.ID, Firm: r.Firm, Kind: wizard.LeavesExchange, Name: wizard.FileName(p.a.T("home.export.name", r.Name))})
	}
}

// retain asks until when the data are kept; nothing is proposed because no policy text states a period.
func (p *home) retain(r *view.CaseRow) {
	id := r.ID
	p.a.Prompt(Prompt{Title: p.a.T("home.keep.title", r.Name), Text: p.a.T("home.keep.text"), Label: p.a.T("home.keep.label"), Placeholder: r.Keep, Yes: p.a.T("home.keep.yes")}, func(day string) {
		p.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			return nil, d.Retain(ctx, id, day)
		}, func(err error) {
			if err == nil {
				p.Show(nil)
			}
		})
	})
}

// erase asks for the firm's name and deletes it for good; the certificate follows at once.
func (p *home) erase(r *view.CaseRow) {
	id, name := r.ID, r.Firm
	if name == "" {
		name = r.ID
	}
	p.a.Prompt(Prompt{Title: p.a.T("home.delete.title", r.Name), Text: p.a.T("home.delete.text"), Label: p.a.T("home.delete.label"), Placeholder: name, Yes: p.a.T("home.delete.yes")}, func(typed string) {
		p.a.Delete(id, typed, p.certify)
	})
}

func (p *home) certify(x wizard.Deletion) { p.a.Certificate(x, func() { p.Show(nil) }) }

// readDeletions looks for certificates that nobody has yet.
func (p *home) readDeletions() {
	var all []wizard.Deletion
	p.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		all, err = d.Deletions(ctx)
		return nil, err
	}, func(error) { p.deletions = all })
}

// reminders tell which retention dates have come and which certificates wait, with what they are about; nil when there is nothing to tell.
func (p *home) reminders() (fyne.CanvasObject, string) {
	what := ""
	list := part.VStack(8)
	if due := view.DueCases(p.a.T, p.found.Due); len(due) > 0 {
		what = strings.Join(due, "、")
		list.Add(part.Notice(part.Warn, p.a.T("home.keep.due", what)))
	}
	if soon := view.SoonCases(p.a.T, p.found.Soon); len(soon) > 0 {
		words := p.a.T("home.soon", len(p.found.Soon), strings.Join(soon, "、"))
		what += words
		list.Add(part.Notice(part.Warn, words))
	}
	for _, x := range p.deletions {
		if x.Erased != nil && !x.Finished.IsZero() {
			what += x.CaseID
			list.Add(part.HStack(10, part.Grow(part.Notice(part.Info, p.a.T("home.certificate.waits", view.Clock(x.Begun)))),
				part.Secondary(p.a.T("home.certificate.save"), "download", func() { p.certify(x) }).Small()))
		}
	}
	if len(list.Objects) == 0 {
		return nil, what
	}
	return list, what
}
