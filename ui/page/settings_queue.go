package page

import (
	"context"
	"strconv"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// queueCard shows what waits to be sent, of all cases, with what stands against it; it sends at once, holds sending back and bounds the line.
type queueCard struct {
	a     Actions
	place *part.Slot
}

func newQueueCard(a Actions) *queueCard { return &queueCard{a: a, place: part.NewSlot(nil)} }

// show asks for the queue and lays the card out.
func (c *queueCard) show() {
	var all []wizard.Waiting
	var paused bool
	var rate int64
	var missing error
	c.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		if all, missing = d.Queue(ctx); missing == nil {
			paused, missing = d.Paused(ctx)
		}
		if missing == nil {
			rate, missing = d.Rate(ctx)
		}
		return nil, nil
	}, func(error) {
		if missing == nil {
			c.lay(all, paused, rate)
		}
	})
}

func (c *queueCard) lay(all []wizard.Waiting, paused bool, rate int64) {
	t := c.a.T
	list := part.VStack(10)
	for _, r := range view.QueueRows(t, all) {
		row := part.VStack(2, part.HStack(8, part.Grow(part.Strong(r.Title)), part.NewBadge(kindOf(r.Tone), r.State)), part.Muted(r.Note))
		if r.Problem != nil {
			row.Add(part.Muted(c.a.ErrorText(r.Problem)))
		}
		list.Add(row)
	}
	if len(all) == 0 {
		list.Add(part.Muted(t("outbox.none")))
	}
	badge, hold := part.NewBadge(part.OK, t("outbox.running")), part.Secondary(t("outbox.pause"), "", func() { c.hold(true) })
	if paused {
		badge, hold = part.NewBadge(part.Warn, t("outbox.paused")), part.Primary(t("outbox.resume"), "", func() { c.hold(false) })
	}
	ways := part.Flow(10)
	if len(all) > 0 && !paused {
		ways.Add(part.Primary(t("outbox.flush"), "send", c.flush))
	}
	ways.Add(hold)
	c.place.Set(part.Card(t("outbox.section"), badge, part.VStack(14, part.Muted(t("outbox.note")), list, ways, part.Columns(16, []float32{50, 50}, c.bound(rate), part.VStack(0)))))
}

// bound chooses how much of the line sending may take.
func (c *queueCard) bound(rate int64) part.Field {
	choices, now := view.RateOptions(c.a.T, rate)
	options := make([]part.Option, len(choices))
	for i, o := range choices {
		options[i] = part.Option{Value: o[0], Text: o[1]}
	}
	f := part.NewSelectField(part.FieldSpec{Label: c.a.T("outbox.rate"), Hint: c.a.T("outbox.rate.hint")}, options)
	f.SetValue(now)
	f.Listen(func(v string) {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return
		}
		c.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			return nil, d.SetRate(ctx, n)
		}, func(error) {})
	}, nil)
	return f
}

// hold pauses sending, or lets it go on and begins at once.
func (c *queueCard) hold(on bool) {
	c.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		if on {
			return nil, d.Pause(ctx)
		}
		return nil, d.Resume(ctx)
	}, func(err error) {
		if err == nil && !on {
			c.flush()
			return
		}
		c.show()
	})
}

// flush sends what waits now; the strip's button stops it, and nothing that arrived is sent again.
func (c *queueCard) flush() {
	var round wizard.Round
	id := c.a.Case()
	c.a.Run(c.a.T("outbox.busy"), func(ctx context.Context, d *wizard.Desk, progress func(string, float64)) (*wizard.State, error) {
		var err error
		round, err = d.Flush(ctx, true, func(_ wizard.Request, p submit.Progress) { progress(view.Uploading(c.a.T, p)) })
		if err != nil || id == "" {
			return nil, err
		}
		return d.Open(ctx, id)
	}, func(err error) {
		if err == nil {
			c.a.Say(c.a.T("outbox.done", round.Sent, round.Left, round.Held))
		}
		c.show()
	})
}

// post puts what waits into a parcel for the portal and asks where to write it.
func (c *parcelCard) post(to string) {
	var packed wizard.Packed
	c.a.Run(c.a.T("parcel.giving"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		packed, err = d.PackRequests(ctx, to)
		return nil, err
	}, func(err error) {
		if err == nil {
			c.a.SaveFiles("", []wizard.File{packed.File})
		}
	})
}
