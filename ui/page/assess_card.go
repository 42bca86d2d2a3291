package page

import (
	"reflect"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// drawCard brings the question card up to date. It is made anew only when something but the marks changed, so that a tap on its way is
// not lost and the explanation keeps the cursor.
func (p *assessPage) drawCard() {
	q := view.QuestionOf(p.a.T, p.st, p.order[p.at])
	if old := p.shown; old == nil || p.group == nil || !sameFrame(*old, *q) {
		p.form.Reset()
		p.why = nil
		p.shown = q
		p.card.Set(p.makeCard(q))
		if p.refocus >= 0 && old != nil && old.Key == q.Key {
			p.keys.focus(p.group.Row(min(p.refocus, len(q.Answers)-1)))
		}
	}
	p.refocus = -1
	p.shown = q
	p.group.Set(q.Chosen...)
	p.form.Show(p.st)
	if p.why != nil && p.why.Value() == "" {
		p.why.SetError(p.a.T("assess.why.empty"))
	}
}

func sameFrame(a, b view.Question) bool {
	a.Chosen, b.Chosen = nil, nil
	return reflect.DeepEqual(a, b)
}

// redraw makes the card anew, e.g. to open a list in it.
func (p *assessPage) redraw() {
	p.form.Save()
	p.shown = nil
	p.drawCard()
	p.scroll.Refresh()
}

func (p *assessPage) makeCard(q *view.Question) fyne.CanvasObject {
	head := part.HStack(12, part.Grow(part.Muted(q.Head)), part.NewBadgeIcon(kindOf(q.Sure), q.Badge, badgeIcon(q)))
	more := p.a.T("assess.more")
	if p.more {
		more = p.a.T("assess.less")
	}
	stack := part.VStack(10, head, part.Colored(q.Title, 18, theme.Ink, true))
	help := part.HStack(12, part.Grow(part.Muted(q.Help)))
	if len(q.More) > 0 {
		help.Add(part.Link(more, func() { p.more = !p.more; p.redraw() }))
	}
	stack.Add(help)
	if p.more {
		lines := part.VStack(4)
		for _, s := range q.More {
			lines.Add(part.Muted(s))
		}
		stack.Add(part.InnerCard(lines))
	}
	for _, o := range []fyne.CanvasObject{p.calcCard(q), p.openCard(q), p.levelCard(q), p.factsCard(q)} {
		if o != nil {
			stack.Add(o)
		}
	}
	stack.Add(p.options(q))
	if o := p.saidCard(q); o != nil {
		stack.Add(o)
	}
	if o := p.proofCard(q); o != nil {
		stack.Add(o)
	} else if q.Papers != "" {
		stack.Add(part.HStack(12, part.Line(p.a.T("assess.papers"), theme.SizeCell, theme.Ink, true), part.Grow(part.Muted(q.Papers))))
	}
	return part.Card("", nil, stack)
}

func badgeIcon(q *view.Question) string {
	switch {
	case q.Calc != nil || q.Undefined != "" && q.Sure == view.Under:
		return "bolt"
	case q.Sure == view.Plain:
		return "question"
	}
	return "person"
}

func (p *assessPage) options(q *view.Question) fyne.CanvasObject {
	specs := make([]part.OptionSpec, len(q.Answers))
	for i, x := range q.Answers {
		specs[i] = part.OptionSpec{Letter: x.Letter, Text: x.Text, Points: x.Points, Note: x.Note, Sub: x.Sub}
	}
	p.group = part.NewOptionGroup(specs, q.Multi, p.choose)
	return p.group
}

// calcCard shows how the register came to the answer.
func (p *assessPage) calcCard(q *view.Question) fyne.CanvasObject {
	c := q.Calc
	if c == nil {
		return nil
	}
	stack := part.VStack(8)
	facts := p.factsLink(q)
	row := part.HStack(10)
	if len(c.Parts) == 2 {
		for _, o := range []fyne.CanvasObject{
			part.Line(c.Parts[0], 18, theme.Ink, true), part.Line("=", 18, theme.Muted, false), part.Line(c.Parts[1], 18, theme.Ink, true),
		} {
			row.Add(o)
		}
	} else {
		row.Add(part.Grow(part.Strong(c.Sentence)))
	}
	row.Add(part.Icon("arrow-right", 16, theme.Muted))
	row.Add(part.Line(c.Result, 18, theme.Accent, true))
	if len(c.Parts) == 2 {
		row.Add(part.Spacer())
	}
	if facts != nil {
		row.Add(facts)
	}
	stack.Add(row)
	if len(c.Parts) == 2 && c.Sentence != "" {
		stack.Add(part.Muted(c.Sentence))
	}
	if len(c.Bands) > 0 {
		bands := make([]part.Band, len(c.Bands))
		for i, b := range c.Bands {
			bands[i] = part.Band{To: b.To, Label: b.Label, Points: b.Points}
		}
		stack.Add(part.NewScoreBand(bands, c.Value, c.Next))
	}
	if c.Flip != "" {
		stack.Add(part.HStack(8, part.Icon("arrow-up", 14, theme.OK), part.Grow(part.Colored(c.Flip, theme.SizeCell, theme.OK, true))))
	}
	return part.TintCard(stack)
}

func (p *assessPage) factsLink(q *view.Question) fyne.CanvasObject {
	if q.Facts == "" {
		return nil
	}
	word := q.Facts
	if p.facts {
		word = p.a.T("assess.behind.close")
	}
	return part.Link(word, func() { p.facts = !p.facts; p.redraw() })
}

// factsCard lists the facts behind an answer, each leading to its place.
func (p *assessPage) factsCard(q *view.Question) fyne.CanvasObject {
	if !p.facts || len(q.Behind) == 0 {
		return nil
	}
	list := part.VStack(4)
	for _, f := range q.Behind {
		row := part.HStack(8, part.Grow(part.Muted(f.Text)))
		if f.Path != "" {
			row.Add(part.Link(p.a.T("assess.see"), func() { p.a.Jump(f.Path) }))
		}
		list.Add(row)
	}
	if len(q.Behind) > 8 {
		return part.InnerCard(part.Sized(0, 210, part.Scroll(list)))
	}
	return part.InnerCard(list)
}

// openCard says what the register lacks and leads there.
func (p *assessPage) openCard(q *view.Question) fyne.CanvasObject {
	if q.Undefined == "" {
		return nil
	}
	words := part.VStack(2, part.Strong(p.a.T("assess.undefined")), part.Muted(q.Undefined))
	return part.TintCard(part.HStack(12, part.Icon("warn", 18, theme.Warn), part.Grow(words),
		part.Secondary(p.a.T("assess.mend"), "", func() { p.a.Jump(q.Mend) }).Small()))
}

// saidCard sets the declaration beside the register's answer.
func (p *assessPage) saidCard(q *view.Question) fyne.CanvasObject {
	s := q.Said
	if s == nil {
		return nil
	}
	head := part.HStack(10, part.Grow(part.Strong(p.a.T("assess.declared"))), part.Link(p.a.T("assess.withdraw"), p.withdraw))
	stack := part.VStack(8, head)
	for _, line := range []string{s.Computed, s.Declared} {
		if line != "" {
			stack.Add(part.Body(line))
		}
	}
	stack.Add(part.Colored(s.Counted, theme.SizeCell, theme.Accent, true))
	if s.Differs {
		p.why = part.NewTextArea(part.FieldSpec{Label: p.a.T("assess.why"), Hint: p.a.T("assess.why.hint"), Required: true, Keys: p.keys.fields()}, 2)
		stack.Add(p.form.Add(s.Path, p.why))
	}
	return part.InnerCard(stack)
}

// levelCard shows the proposal for a scene and what was confirmed.
func (p *assessPage) levelCard(q *view.Question) fyne.CanvasObject {
	l := q.Level
	if l == nil {
		return nil
	}
	state := part.NewBadge(part.Warn, l.State)
	if l.Confirmed {
		state = part.NewBadge(part.OK, l.State)
	}
	row := part.HStack(10, state, part.Spacer())
	if facts := p.factsLink(q); facts != nil {
		row.Add(facts)
	}
	if l.Confirmed {
		row.Add(part.Secondary(p.a.T("assess.withdraw.scene"), "", func() { p.scene(-1) }).Small())
	}
	if len(q.Chosen) == 0 || q.Chosen[0] != l.Proposed {
		row.Add(part.Primary(p.a.T("assess.adopt"), "", func() { p.scene(l.Proposed) }).Small())
	}
	stack := part.VStack(8, part.Body(l.Proposal), row)
	if l.Above != "" {
		stack.Add(part.Colored(l.Above, theme.SizeCell, theme.Warn, false))
	}
	return part.TintCard(stack)
}
