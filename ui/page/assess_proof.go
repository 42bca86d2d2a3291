package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// proofCard lists what an assessor asks to see for the answer, with what is attached and a button for the rest; nil when nothing is asked.
func (p *assessPage) proofCard(q *view.Question) fyne.CanvasObject {
	x := q.Proof
	if x == nil {
		return nil
	}
	t := p.a.T
	badge := part.NewBadge(part.Warn, x.Head)
	if x.All {
		badge = part.NewBadge(part.OK, x.Head)
	}
	stack := part.VStack(8, part.HStack(10, part.Grow(part.Strong(t("maturity.proof"))), badge))
	for _, row := range x.Rows {
		line := part.HStack(10, part.Grow(part.Body(row.Document)))
		if row.Missing {
			line.Add(part.Line(row.State, theme.SizeCell, theme.Warn, false))
			line.Add(part.Secondary(t("maturity.proof.attach"), "upload", func() { p.attach(q.Key, row.Document) }).Small())
		} else {
			line.Add(part.Line(row.State, theme.SizeCell, theme.Muted, false))
			line.Add(part.Link(t("maturity.proof.remove"), func() { p.detach(row.ID) }))
		}
		stack.Add(line)
	}
	stack.Add(part.HStack(10, part.Grow(part.Small(x.Source)), part.Link(t("maturity.proof.more"), func() { p.attach(q.Key, wizard.RoleOther) })))
	return part.InnerCard(stack)
}

func (p *assessPage) attach(key, document string) {
	a := p.a
	a.PickFile(a.T("maturity.proof.pick", document), attachable, func(name string, data []byte) {
		a.Do(a.T("maturity.proof.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			return d.AttachProof(ctx, a.Case(), key, document, wizard.File{Name: name, Type: view.MediaType(name), Data: data})
		})
	})
}

func (p *assessPage) detach(id string) {
	a := p.a
	a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.Remove(ctx, a.Case(), "attachments", id)
	})
}
