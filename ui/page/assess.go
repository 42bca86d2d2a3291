package page

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register(string(wizard.StepAssess), func(a Actions) Page { return newAssess(a) }) }

// assessPage is 数字化评测: one question at a time beside the running score.
type assessPage struct {
	a    Actions
	form *Form // of the explanation
	keys keyboard

	header, body, foot fyne.CanvasObject
	strip              *part.CellStrip
	card, side         *part.Slot
	bar                *part.BottomBar
	back, skip, next   *part.Button

	st      *wizard.State
	order   []string // keys of the questions
	at      int
	placed  bool // the first open question was found
	shown   *view.Question
	beside  *sideView
	group   *part.OptionGroup
	why     *part.TextField
	facts   bool // the facts behind are open
	more    bool // what counts is open
	scroll  *part.Scroller
	refocus int
}

func newAssess(a Actions) *assessPage {
	p := &assessPage{a: a, form: NewForm(a), card: part.NewSlot(nil), side: part.NewSlot(nil), refocus: -1}
	p.strip = part.NewCellStrip(p.turn)
	p.back = part.Secondary(a.T("assess.back"), "", func() { p.step(-1) })
	p.skip = part.TextButton(a.T("assess.skip"), "", func() { p.step(1) })
	p.next = part.Primary(a.T("assess.next"), "", func() { p.step(1) })
	p.bar = part.NewBottomBar("", p.skip, p.back, p.next)
	p.header = part.PageHeader(a.T("assess.step"), a.T("step.assess"), a.T("assess.note"))
	p.scroll = part.PageBody(part.VStack(12, part.BareCard(part.Pad(8, 20, 8, 20, p.strip)), part.Columns(12, []float32{1.58, 1}, p.card, p.side)))
	p.body, p.foot = p.scroll, p.bar
	p.keys = keyboard{letter: func(c rune) {
		if p.group != nil {
			p.group.Letter(c)
		}
	}, next: func() { p.step(1) }, back: func() { p.step(-1) }}
	return p
}

// Parts implements Page.
func (p *assessPage) Parts() (header, body, foot fyne.CanvasObject) { return p.header, p.body, p.foot }

// Show implements Page.
func (p *assessPage) Show(st *wizard.State) {
	if st == nil {
		return
	}
	p.st, p.order = st, view.Keys(st.Assessment)
	if !p.placed {
		p.placed, p.at = true, firstOpen(st, p.order)
	}
	p.draw()
	p.keys.bind(p.strip)
}

func firstOpen(st *wizard.State, order []string) int {
	for i, key := range order {
		if slices.Contains(st.Assessment.Open, key) {
			return i
		}
	}
	return 0
}

func (p *assessPage) draw() {
	if len(p.order) == 0 {
		p.card.Set(part.Card("", nil, part.EmptyState("question", p.a.T("assess.empty"), p.a.T("assess.empty.text"), nil)))
		return
	}
	groups, words := view.Strip(p.a.T, p.st)
	p.strip.Set(cellGroups(groups), p.at, words)
	p.drawCard()
	p.drawSide()
	p.bar.SetNote(p.st.Assessment.RuleStatus)
	if p.at == len(p.order)-1 {
		p.next.SetText(p.a.T("assess.finish"))
	} else {
		p.next.SetText(p.a.T("assess.next"))
	}
	if p.at == 0 {
		p.back.Disable()
	} else {
		p.back.Enable()
	}
	p.bar.Refresh()    // a longer word needs a wider button
	p.scroll.Refresh() // another question has another height
}

func cellGroups(groups []view.CellGroup) []part.CellGroup {
	out := make([]part.CellGroup, len(groups))
	for i, g := range groups {
		out[i].Title = g.Title
		for _, c := range g.Cells {
			out[i].Cells = append(out[i].Cells, map[view.Cell]part.CellState{view.CellOpen: part.CellOpen, view.CellDone: part.CellDone, view.CellProblem: part.CellProblem}[c])
		}
	}
	return out
}

// turn opens a question by its number.
func (p *assessPage) turn(at int) {
	if p.st == nil || at < 0 || at >= len(p.order) || at == p.at {
		return
	}
	p.form.Save()
	p.at, p.facts, p.more = at, false, false
	p.draw()
	p.scroll.ScrollToOffset(fyne.NewPos(0, 0))
}

// step goes to the next or the last question; behind the last one stands the result.
func (p *assessPage) step(by int) {
	if at := p.at + by; at >= 0 && at < len(p.order) {
		p.turn(at)
		return
	}
	if by > 0 {
		p.form.Save()
		p.a.Go(wizard.StepResult)
	}
}

// Leave implements Leaver.
func (p *assessPage) Leave() {
	p.form.Save()
	p.keys.unbind()
}

// JumpTo implements Jumper: "answers.Q3", "answers.Q3.explanation", "scenes.hr".
func (p *assessPage) JumpTo(path string) bool {
	segs := strings.Split(path, ".")
	if p.st == nil || len(segs) < 2 {
		return false
	}
	at := slices.Index(p.order, segs[1])
	if at < 0 {
		return false
	}
	p.turn(at)
	if !p.form.Focus(path) && p.group != nil {
		p.keys.focus(p.group.Row(0))
	}
	return true
}

// choose sends the person's answer.
func (p *assessPage) choose(chosen []int) {
	q := p.shown
	p.refocus = p.group.Focused()
	id, key := p.a.Case(), q.Key
	if q.Scene {
		if len(chosen) == 1 {
			p.scene(chosen[0])
		}
		return
	}
	letters := p.letters(q, chosen)
	said := p.st.Case.Answer(key)
	why := ""
	if said != nil {
		why = said.Explanation
	}
	p.form.Save()
	p.a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.Answer(ctx, id, key, letters, why)
	})
}

// letters gives the letters of a choice; 无 and the others exclude each other, the one tapped last holds.
func (p *assessPage) letters(q *view.Question, chosen []int) []string {
	var added []int
	for _, i := range chosen {
		if !slices.Contains(q.Chosen, i) {
			added = append(added, i)
		}
	}
	none := slices.ContainsFunc(added, func(i int) bool { return q.Answers[i].None })
	var out []string
	for _, i := range chosen {
		if len(added) == 0 || q.Answers[i].None == none || !q.Multi {
			out = append(out, q.Answers[i].Letter)
		}
	}
	return out
}

func (p *assessPage) scene(level int) {
	id, key := p.a.Case(), p.shown.Key
	p.a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.Scene(ctx, id, key, level)
	})
}

// withdraw takes the firm's own declaration back.
func (p *assessPage) withdraw() {
	id, key := p.a.Case(), p.shown.Key
	p.a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.Answer(ctx, id, key, nil, "")
	})
}
