package page

import (
	"context"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// logMost is how many lines the card lists; the command line tells all.
const logMost = 12

// showLog makes the card 操作记录 as it is before a person asks for the lines.
func (p *reviewPage) showLog(st *wizard.State) {
	a := p.a
	p.log.Set(part.Card(a.T("audit.title"), part.Link(a.T("audit.show"), func() { p.fillLog(st) }), part.Small(a.T("audit.note"))))
}

// fillLog reads and checks the log and shows its newest lines.
func (p *reviewPage) fillLog(st *wizard.State) {
	a := p.a
	var lines []wizard.Logged
	var check wizard.LogCheck
	a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		if check, err = d.CheckLog(ctx, ""); err == nil {
			lines, err = d.LogOf(ctx, st.Case.ID)
		}
		return nil, err
	}, func(err error) {
		if err != nil || p.st != st {
			return
		}
		body := part.VStack(8)
		if fault := check.Fault(); fault != nil {
			body.Add(part.Notice(part.Err, a.ErrorText(fault)))
		} else {
			body.Add(part.Small(a.T("audit.whole", check.Lines)))
		}
		for _, l := range view.Log(a.T, lines, logMost) {
			if l.Head == "" {
				body.Add(part.Muted(l.Text))
				continue
			}
			body.Add(part.VStack(0, part.Small(l.Head), part.Muted(l.Text)))
		}
		if check.Problem == "" {
			body.Add(part.Small(a.T("audit.head", view.Digest(check.Head))))
		}
		p.log.Set(part.Card(a.T("audit.title"), part.Link(a.T("audit.again"), func() { p.fillLog(st) }), body))
		p.body.Refresh()
	})
}
