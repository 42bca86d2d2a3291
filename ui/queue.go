package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Times of the queue of a window that stays open.
const (
	flushFirst = 10 * time.Second
	flushLeast = 5 * time.Second
	flushMost  = 5 * time.Minute
)

// flushLater looks after what waits to be sent, again and again while the window is open.
func (u *UI) flushLater(after time.Duration) {
	if u.loop.inline || u.closed {
		return
	}
	if u.queue != nil {
		u.queue.Stop()
	}
	u.queue = time.AfterFunc(min(max(after, flushLeast), flushMost), func() { fyne.Do(u.FlushDue) })
}

// FlushDue sends what is due and asks for news. It gives way at once when the person does something; what arrived is not sent again.
func (u *UI) FlushDue() {
	if u.closed {
		return
	}
	if u.locked {
		u.flushLater(flushMost)
		return
	}
	var round wizard.Round
	var news []string
	var st *wizard.State
	open := ""
	if u.state != nil {
		open = u.state.Case.ID
	}
	u.loop.Quietly(func(ctx context.Context) {
		var err error
		if round, err = u.cfg.Desk.Flush(ctx, false, nil); err != nil || round.Last != nil {
			return // stands with the request, in words; not enrolled and paused are no failures here
		}
		if news, err = u.cfg.Desk.News(ctx); err != nil || open == "" || round.Sent+len(news) == 0 {
			return
		}
		if st, err = u.cfg.Desk.Open(ctx, open); err != nil {
			st = nil
		}
	}, func() {
		switch {
		case len(news) > 0:
			u.Say(u.T("outbox.heard"))
		case round.Sent > 0:
			u.Say(u.T("outbox.sent", round.Sent))
		}
		if st != nil && u.state != nil && u.state.Case.ID == st.Case.ID {
			u.state = st
			u.show()
		}
		next := flushMost
		if round.Next > 0 {
			next = round.Next
		}
		u.flushLater(next)
	})
}
