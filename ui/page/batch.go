package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register("batch", newBatch) }

// batch is 批量报送: what could leave, the consent for each firm, and how each ended.
type batch struct {
	a     Actions
	ids   []string
	list  []wizard.Outgoing
	rows  []view.OutgoingRow
	agree map[string]bool
	ended bool // the list tells how a batch ended

	place *part.Slot
	table *part.Table
	send  *part.Button
	bar   *part.BottomBar
}

func newBatch(a Actions) Page {
	p := &batch{a: a, place: part.NewSlot(nil), agree: map[string]bool{}}
	p.send = part.Primary(a.T("batch.send", 0), "send", p.deliver).Off()
	p.bar = part.NewBottomBar(a.T("batch.foot"), part.Secondary(a.T("many.home"), "home", a.Home), p.send)
	p.table = part.NewTable([]part.TableColumn{{Title: a.T("compare.firm"), Weight: 1.6}, {Title: a.T("batch.column.state"), Width: 118}, {Title: a.T("batch.column.note"), Weight: 2.6}}, 34, nil).
		WithMarks(func(i int) bool { return p.agree[p.list[i].ID] }, p.mark).WithChevron().WithEmpty(a.T("batch.none"))
	p.table.OnActivate = func(i int) { a.Open(p.list[i].ID) }
	return p
}

// Parts implements Page.
func (p *batch) Parts() (header, body, foot fyne.CanvasObject) {
	return part.PageHeader("", p.a.T("batch.title"), p.a.T("batch.note")), part.Pad(4, 24, 16, 24, p.place), p.bar
}

// Show implements Page.
func (p *batch) Show(*wizard.State) {}

// Take implements ManyTaker: it looks at the cases, nothing leaves.
func (p *batch) Take(ids []string) {
	p.ids, p.list, p.rows, p.agree, p.ended = ids, nil, nil, map[string]bool{}, false
	p.show()
	var got []wizard.Outgoing
	p.a.Run(p.a.T("batch.busy.look"), func(ctx context.Context, d *wizard.Desk, progress func(string, float64)) (_ *wizard.State, err error) {
		got, err = d.Outgoings(ctx, ids, submit.Application, func(done int) { progress(p.a.T("many.of", done, len(ids)), float64(done)/float64(max(len(ids), 1))) })
		return nil, err
	}, func(err error) {
		if err != nil {
			p.place.Set(part.Middle(part.Sized(460, 0, part.EmptyState("send", p.a.T("batch.cannot"), p.a.ErrorText(err), part.Flow(8,
				part.Secondary(p.a.T("many.home"), "home", p.a.Home), part.Primary(p.a.T("review.enrol.go"), "gear", p.a.Settings))))))
			return
		}
		p.list = got
		p.show()
	})
}

// show lays out the consent, or the sum of how it ended, over the cases.
func (p *batch) show() {
	p.rows = view.OutgoingRows(p.a.T, p.list, p.a.ErrorText)
	p.table.SetRows(len(p.rows), func(row, column int) part.Cell {
		switch r := p.rows[row]; column {
		case 0:
			return part.Cell{Text: r.Name}
		case 1:
			return part.Cell{Badge: r.State, BadgeKind: kindOf(r.Tone)}
		default:
			return part.Cell{Text: r.Note, Token: theme.Muted}
		}
	})
	stack := part.VStack(12)
	switch {
	case p.ended:
		stack.Add(part.Notice(part.Info, view.BatchSum(p.a.T, p.list)))
	case len(p.list) > 0:
		stack.Add(part.TintCard(part.VStack(4, part.Strong(p.a.T("batch.consent")), part.Muted(p.list[0].Consent), part.Muted(p.a.T("batch.consent.each")))))
	}
	stack.Add(part.Grow(part.BareCard(p.table)))
	p.place.Set(stack)
	p.judge()
}

// mark takes ticks for cases that can be sent only.
func (p *batch) mark(rows []int, on bool) {
	for _, i := range rows {
		if o := p.list[i]; on && o.Ready() {
			p.agree[o.ID] = true
		} else {
			delete(p.agree, o.ID)
		}
	}
	p.judge()
}

func (p *batch) judge() {
	p.send.SetText(p.a.T("batch.send", len(p.agree)))
	if len(p.agree) > 0 {
		p.send.Enable()
	} else {
		p.send.Disable()
	}
	ready := 0
	for _, o := range p.list {
		if o.Ready() {
			ready++
		}
	}
	p.bar.SetNote(p.a.T("batch.foot.count", len(p.list), ready, len(p.agree)))
}

// deliver sends the ticked cases one after another; the others stay as they are.
func (p *batch) deliver() {
	var going []wizard.Outgoing
	var agreed []string
	for _, o := range p.list {
		if p.agree[o.ID] {
			going, agreed = append(going, o), append(agreed, o.ID)
		}
	}
	done := going
	p.a.Run(p.a.T("batch.busy"), func(ctx context.Context, d *wizard.Desk, progress func(string, float64)) (_ *wizard.State, err error) {
		done, err = d.SendMany(ctx, going, submit.Application, agreed, func(at int, o wizard.Outgoing, sent, total int64, _ bool) {
			words := p.a.T("batch.busy.one", at+1, len(going), o.Name)
			if total > 0 {
				words += " · " + p.a.T("review.busy.bytes", view.FileSize(sent), view.FileSize(total))
			}
			progress(words, float64(at)/float64(len(going)))
		})
		return nil, err
	}, func(err error) {
		if err != nil {
			return
		}
		for _, o := range done {
			for i := range p.list {
				if p.list[i].ID == o.ID {
					p.list[i] = o
				}
			}
		}
		p.agree, p.ended = map[string]bool{}, true
		p.show()
	})
}
