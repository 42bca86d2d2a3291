package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// makeParcel makes the papers to show them; nothing is sealed or sent.
func (p *reviewPage) makeParcel() {
	var files []wizard.File
	a, kind := p.a, p.kind
	a.Run(a.T("subsidy.paper.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		files, err = d.Papers(ctx, a.Case(), kind)
		return nil, err
	}, func(err error) {
		if err == nil && kind == p.kind {
			p.papers, p.looking = files, true
			p.Show(p.st)
			p.body.ScrollToTop()
		}
	})
}

// deliver keeps the consent, seals the request as it stands and sends it. The button is open only when nothing is missing and all is ticked.
func (p *reviewPage) deliver() {
	p.form.Save()
	a, kind := p.a, p.kind
	a.Run(a.T("review.busy.send"), func(ctx context.Context, d *wizard.Desk, progress func(string, float64)) (*wizard.State, error) {
		if _, err := d.Agree(ctx, a.Case(), kind); err != nil {
			return nil, err
		}
		progress(a.T("review.busy.seal"), -1)
		if st, _, err := d.Seal(ctx, a.Case(), kind); err != nil {
			return st, err
		}
		return sending(ctx, a, d, kind, progress)
	}, p.told)
}

// again sends what is sealed already.
func (p *reviewPage) again() {
	a, kind := p.a, p.kind
	a.Run(a.T("review.busy.send"), func(ctx context.Context, d *wizard.Desk, progress func(string, float64)) (*wizard.State, error) {
		return sending(ctx, a, d, kind, progress)
	}, p.told)
}

func sending(ctx context.Context, a Actions, d *wizard.Desk, kind submit.Kind, progress func(string, float64)) (*wizard.State, error) {
	return d.Send(ctx, a.Case(), kind, func(p submit.Progress) { progress(view.Uploading(a.T, p)) })
}

func (p *reviewPage) told(err error) {
	if err == nil {
		p.a.Say(p.a.T("review.sent"))
	}
}

// outbox shows the newest request as a card, with its receipt or its problem, and the older ones as lines.
func (p *reviewPage) outbox(st *wizard.State) []fyne.CanvasObject {
	a := p.a
	list := view.Outbox(a.T, st, p.kind)
	if len(list) == 0 {
		return []fyne.CanvasObject{part.Card(a.T("review.outbox"), nil, part.Muted(a.T("review.outbox.none")))}
	}
	steps := syncSteps(view.SyncSteps(a.T, st, list))
	draw := func() fyne.CanvasObject { return part.NewSyncLine(steps) }
	out := []fyne.CanvasObject{part.Card(a.T("sync.title"), saveChart(a, a.T("sync.title"), draw), draw()), p.newest(list[0])}
	if older := list[1:]; len(older) > 0 {
		rows := part.VStack(8)
		for _, s := range older {
			rows.Add(part.HStack(8, part.Grow(part.Muted(s.Title+" · "+s.Sealed+" "+s.Number)), part.NewBadge(kindOf(s.Tone), s.State)))
		}
		out = append(out, part.Card(a.T("review.outbox.older"), nil, rows))
	}
	return out
}

func (p *reviewPage) newest(s view.Sent) fyne.CanvasObject {
	a, r := p.a, s.Request
	card := part.Receipt{
		Title: a.T("review.outbox.newest"), Kind: kindOf(s.Tone), Badge: s.State, Digest: view.Digest(r.SHA256),
		OnCopy: func() {
			fyne.CurrentApp().Clipboard().SetContent(r.SHA256)
			a.Say(a.T("review.copied"))
		},
	}
	if r.Receipt != nil {
		card.Title = a.T("review.receipt")
		card.Pairs = []part.Pair{
			{Key: a.T("review.receipt.number"), Value: s.Number}, {Key: a.T("review.receipt.at"), Value: s.At}, {Key: a.T("review.receipt.revision"), Value: s.Title},
		}
		if n := p.proved[r.SHA256]; n > 0 {
			card.Pairs = append(card.Pairs, part.Pair{Key: a.T("review.receipt.proof"), Value: a.T("review.proved", n)})
		}
		for _, f := range view.AnswerLines(a.T, r) {
			card.Pairs = append(card.Pairs, part.Pair{Key: f.Key, Value: f.Value})
		}
		card.Actions = []fyne.CanvasObject{part.Secondary(a.T("returned.ask"), "refresh", p.follow).Small(), part.Secondary(a.T("outbox.receipt.print"), "doc", func() { p.print(r) }).Small(), part.Secondary(a.T("review.prove"), "shield", func() { p.prove(r) }).Small()}
		return part.ReceiptCard(card)
	}
	card.Pairs = []part.Pair{{Key: a.T("review.receipt.revision"), Value: s.Title}, {Key: a.T("review.sealed.at"), Value: s.Sealed}}
	if s.Problem != nil {
		card.Pairs = append(card.Pairs, part.Pair{Key: a.T("review.problem"), Value: a.ErrorText(s.Problem)})
	}
	if s.Retry {
		card.Actions = []fyne.CanvasObject{part.Primary(a.T("review.retry"), "refresh", p.again).Small()}
	}
	return part.ReceiptCard(card)
}

// follow asks the portal what became of the requests.
func (p *reviewPage) follow() {
	a := p.a
	a.Run(a.T("returned.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.Follow(ctx, a.Case())
	}, func(err error) {
		if err == nil {
			a.Say(a.T("returned.asked"))
		}
	})
}

// print writes the receipt as a page to print, where the person says.
func (p *reviewPage) print(r wizard.Request) {
	var f wizard.File
	p.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		f, err = d.ReceiptPaper(ctx, r)
		return nil, err
	}, func(err error) {
		if err == nil {
			p.a.SaveFiles(r.CaseID, []wizard.File{f})
		}
	})
}

// prove holds what the portal has against what was sealed here, byte for byte.
func (p *reviewPage) prove(r wizard.Request) {
	var n int64
	p.a.Run(p.a.T("review.busy.prove"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		n, err = d.Prove(ctx, r)
		return nil, err
	}, func(err error) {
		if err == nil {
			p.proved[r.SHA256] = n
			p.a.Say(p.a.T("review.proved", n))
			p.Show(p.st)
		}
	})
}
