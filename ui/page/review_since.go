package page

import (
	"context"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// sinceMost is how many changes the card lists; the command line tells all.
const sinceMost = 12

// showSince fills the card 自上次报送以来的变化; it stays away until something of this kind was sent.
func (p *reviewPage) showSince(st *wizard.State) {
	a, kind := p.a, p.kind
	sent := wizard.LastSent(st.Requests, kind)
	p.since.Set(nil)
	if sent == nil {
		p.since.Hide()
		return
	}
	p.since.Show()
	var list []wizard.Difference
	a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		list, err = d.ChangedSince(ctx, st, *sent)
		return nil, err
	}, func(err error) {
		if err != nil || p.st != st || p.kind != kind {
			return
		}
		lines := view.ChangedSince(a.T, *sent, list, sinceMost)
		body := part.VStack(6, part.Small(lines[0]))
		for _, words := range lines[1:] {
			body.Add(part.Muted(words))
		}
		p.since.Set(part.Card(a.T("history.since"), nil, body))
		p.body.Refresh()
	})
}
