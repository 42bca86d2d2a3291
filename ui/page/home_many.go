package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
)

// markCases ticks cases or takes the ticks away.
func (p *home) markCases(rows []int, on bool) {
	for _, i := range rows {
		if on {
			p.marked[p.found.Entries[i].ID] = true
		} else {
			delete(p.marked, p.found.Entries[i].ID)
		}
	}
	p.offer()
}

// markedIDs gives the ticked cases, those in view first in their order.
func (p *home) markedIDs() []string {
	var out []string
	for _, e := range p.found.Entries {
		if p.marked[e.ID] {
			out = append(out, e.ID)
		}
	}
	return out
}

// offer shows what can be done with the ticked cases, or with the chosen one.
func (p *home) offer() {
	t := p.a.T
	ids := p.markedIDs()
	r := p.picked()
	var words string
	var ways []fyne.CanvasObject
	switch {
	case len(ids) > 0:
		words = t("home.marked", len(ids))
		ways = []fyne.CanvasObject{
			part.Secondary(t("home.compare"), "chart", func() { p.a.Many("compare", p.markedIDs()) }).Small(),
			part.Secondary(t("home.batch"), "send", func() { p.a.Many("batch", p.markedIDs()) }).Small(),
			part.TextButton(t("bulk.close"), "", func() { p.marked = map[string]bool{}; p.table.ShowMarks(); p.offer() }).Small(),
		}
	case r != nil:
		words = r.Name
		if r.Due != "" {
			words += " · " + r.Due
		}
		id := r.ID
		ways = []fyne.CanvasObject{
			part.Secondary(t("home.visit"), "factory", func() { p.a.Enter(id, "visit") }).Small(),
			part.Secondary(t("home.check"), "eye", func() { p.a.Enter(id, "check") }).Small(),
		}
	default:
		p.strip.Set(part.HStack(8, part.Grow(part.Muted(t("home.mark.hint")))))
		return
	}
	row := part.HStack(8, part.Grow(part.Line(words, theme.SizeCell, theme.Ink, true)))
	for _, w := range ways {
		row.Add(w)
	}
	p.strip.Set(row)
}
