package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// roadTab is 路线图与报价: waves, cash, quotes and the comparison table.
type roadTab struct {
	p   *recommendPage
	all *fyne.Container
	st  *wizard.State
}

func newRoadTab(p *recommendPage) *roadTab { return &roadTab{p: p, all: part.VStack(12)} }

func (t *roadTab) show(st *wizard.State) {
	if t.st == st {
		return
	}
	t.st = st
	t.all.RemoveAll()
	t.all.Add(t.roadCard())
	t.all.Add(t.quoteCard())
	if o := t.compareCard(); o != nil {
		t.all.Add(o)
	}
}

func (t *roadTab) roadCard() fyne.CanvasObject {
	T := t.p.a.T
	m, err := wizard.Roadmap(t.st)
	switch {
	case err != nil:
		return part.Card(T("choose.road"), nil, part.Notice(part.Warn, t.p.a.ErrorText(err)))
	case len(m.Waves) == 0:
		return part.Card(T("choose.road"), nil, part.Muted(T("choose.none.text")))
	}
	waves := part.VStack(10)
	for i, w := range view.Waves(T, &m) {
		if i > 0 {
			waves.Add(part.Hairline())
		}
		waves.Add(part.HStack(8, part.Grow(part.Subtitle(w.Title)), part.Line(w.Cost, theme.SizeStep, theme.Ink, true)))
		for _, k := range w.Tasks {
			waves.Add(part.VStack(0, part.HStack(10, part.Grow(part.Body(k.Title)), part.Line(k.Cost, theme.SizeCell, theme.Muted, false),
				part.Link(T("choose.owner", k.Owner), func() { t.owner(k.Offer) })), part.Muted(k.Note)))
		}
	}
	cash := part.VStack(8, pairs(view.CashRows(T, &m)), part.Muted(m.PeakText))
	draw := func() fyne.CanvasObject { return gantt(T, &m) }
	return part.CardWith(part.HeadRow(T("choose.road"), T("choose.road.note"), saveChart(t.p.a, T("choose.road"), draw)), part.VStack(10, draw(), part.Hairline(),
		part.Fold(840, 16, []float32{1.7, 1}, waves, part.InnerCard(part.VStack(6, part.Strong(T("choose.cashflow")), cash))), part.Small(m.Note)))
}

func gantt(w view.Words, m *recommend.Roadmap) fyne.CanvasObject {
	months, list := view.Spans(w, m)
	spans := make([]part.Span, len(list))
	for i, s := range list {
		spans[i] = part.Span{Name: s.Name, Words: s.Words, From: s.From, To: s.To, Head: s.Wave}
	}
	return part.NewGantt(months, spans)
}

func (t *roadTab) owner(offer string) {
	id, after := t.p.a.Case(), 0
	for _, o := range t.st.Case.Plan.Owners {
		if o.Offer == offer {
			after = o.After
		}
	}
	t.p.a.Prompt(Prompt{Title: t.p.a.T("choose.owner.title"), Label: t.p.a.T("choose.owner.label"), Yes: t.p.a.T("choose.keep")}, func(name string) {
		t.p.a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			return d.Owner(ctx, id, survey.TaskOwner{Offer: offer, Owner: name, After: after})
		})
	})
}

// quoteCard holds what vendors quoted and the ways to more: inquiry, reply, and a form.
func (t *roadTab) quoteCard() fyne.CanvasObject {
	T := t.p.a.T
	c := t.st.Case
	stack := part.VStack(8)
	for _, q := range view.QuoteRows(T, t.st) {
		stack.Add(part.HStack(10, part.Grow(part.VStack(0, part.Body(q.Title), part.Muted(q.Note))), part.Link(T("choose.unquote"), func() { t.unquote(q.ID) })))
	}
	if len(stack.Objects) == 0 {
		stack.Add(part.Muted(T("choose.quotes.none")))
	}
	stack.Add(part.Flow(8,
		part.Secondary(T("choose.ask"), "download", func() { t.p.a.Export(Exporting{Case: c.ID, Firm: c.Firm.Name, Kind: wizard.LeavesInquiry}) }).Small(),
		part.Secondary(T("choose.reply"), "upload", func() { t.p.a.PickFile(T("choose.reply"), []string{".xlsx", ".csv"}, t.reply) }).Small()))
	stack.Add(part.Hairline())
	stack.Add(newQuoteForm(t).body)
	return part.CardWith(part.HeadRow(T("choose.quotes"), T("choose.quotes.note"), nil), stack)
}

func (t *roadTab) unquote(offer string) {
	id := t.p.a.Case()
	t.p.a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.Unquote(ctx, id, offer)
	})
}

func (t *roadTab) reply(_ string, data []byte) {
	id := t.p.a.Case()
	var took wizard.RepliesTaken
	t.p.a.Run(t.p.a.T("recommend.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		st, took, err = d.ImportReply(ctx, id, data)
		return st, err
	}, func(err error) {
		if err != nil {
			return
		}
		text := t.p.a.T("choose.reply.took", took.Taken)
		for i, p := range took.Problems {
			if i == 3 {
				text += "…"
				break
			}
			text += "；" + p
		}
		t.p.a.Say(text)
	})
}

func (t *roadTab) compareCard() fyne.CanvasObject {
	T := t.p.a.T
	rows := view.ComparedRows(T, t.st)
	if len(rows) == 0 {
		return nil
	}
	stack := part.VStack(10)
	for i, r := range rows {
		if i > 0 {
			stack.Add(part.Hairline())
		}
		stack.Add(part.Columns(16, []float32{1, 3}, part.Strong(r.Need), pairs(r.Offers)))
	}
	c := t.st.Case
	take := part.Secondary(T("shelf.compare.take"), "download", func() { t.p.a.Export(Exporting{Case: c.ID, Firm: c.Firm.Name, Kind: wizard.LeavesComparison}) }).Small()
	return part.CardWith(part.HeadRow(T("choose.compare"), T("choose.compare.note"), take), stack)
}
