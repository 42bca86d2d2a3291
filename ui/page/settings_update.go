package page

import (
	"context"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// updateCard shows what is installed, looks for updates on a stick or the net, says what they change, and installs or takes back.
type updateCard struct {
	a     Actions
	place *part.Slot
	found *part.Slot
}

func newUpdateCard(a Actions) *updateCard {
	return &updateCard{a: a, place: part.NewSlot(nil), found: part.NewSlot(nil)}
}

// show asks what is installed; a program without updates shows nothing.
func (c *updateCard) show() {
	var s wizard.UpdateState
	var missing error
	c.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		s, missing = d.UpdateState(ctx)
		return nil, nil
	}, func(error) {
		if missing == nil {
			c.lay(s)
		}
	})
}

func (c *updateCard) lay(s wizard.UpdateState) {
	t := c.a.T
	var facts []part.Pair
	for _, f := range view.UpdateFacts(t, s) {
		facts = append(facts, part.Pair{Key: f[0], Value: f[1]})
	}
	ways := part.Flow(10, part.Secondary(t("update.stick"), "usb", c.stick), part.Secondary(t("update.net"), "globe", c.net))
	if s.PacksBefore {
		ways.Add(part.Secondary(t("update.packs.back"), "undo", func() { c.undo(wizard.UpdatePacks) }))
	}
	if s.Before != "" {
		ways.Add(part.Secondary(t("update.program.back", s.Before), "undo", func() { c.undo(wizard.UpdateProgram) }))
	}
	list := part.VStack(12, part.Muted(t("update.note")), part.KeyValue(96, facts...))
	if s.Fault != nil {
		list.Add(part.Notice(part.Warn, c.a.ErrorText(s.Fault)))
	}
	list.Add(ways)
	list.Add(c.found)
	c.place.Set(part.Card(t("update.section"), nil, list))
}

// stick looks in a folder that the person picks, net at an address that she types.
func (c *updateCard) stick() {
	c.a.PickFolder(c.a.T("update.stick.title"), c.look)
}

func (c *updateCard) net() {
	t := c.a.T
	c.a.Prompt(Prompt{Title: t("update.net"), Text: t("update.net.text"), Label: t("update.net.label"), Placeholder: "https://", Yes: t("update.net.yes")}, c.look)
}

func (c *updateCard) look(where string) {
	var list []wizard.Update
	c.a.Run(c.a.T("update.looking"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		list, err = d.LookForUpdates(ctx, where)
		return nil, err
	}, func(err error) {
		if err == nil {
			c.list(list)
		}
	})
}

func (c *updateCard) list(list []wizard.Update) {
	rows := part.VStack(10)
	for _, u := range list {
		r := view.UpdateRowOf(c.a.T, u, c.a.ErrorText)
		row := part.VStack(4, part.HStack(10, part.Grow(part.Strong(r.Title)), part.Muted(r.When)))
		for _, line := range r.Lines {
			row.Add(part.Muted(line))
		}
		if r.Refused != "" {
			row.Add(part.Notice(part.Info, r.Refused))
		} else {
			row.Add(part.Flow(10, part.Primary(c.a.T("update.take"), "download", func() { c.take(u) })))
		}
		rows.Add(part.InnerCard(row))
	}
	c.found.Set(rows)
}

func (c *updateCard) take(u wizard.Update) {
	c.a.Run(c.a.T("update.taking"), func(ctx context.Context, d *wizard.Desk, say func(string, float64)) (*wizard.State, error) {
		return nil, d.TakeUpdate(ctx, u, func(f float64) { say(c.a.T("update.taking"), f) })
	}, func(err error) {
		if err == nil {
			c.over("update.taken")
		}
	})
}

func (c *updateCard) undo(kind wizard.UpdateKind) {
	t := c.a.T
	c.a.Ask(t("update.back.ask"), t("update.back.text"), t("update.back.yes"), func() {
		c.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			return nil, d.UndoUpdate(ctx, kind)
		}, func(err error) {
			if err == nil {
				c.over("update.back.done")
			}
		})
	})
}

func (c *updateCard) over(said string) {
	c.found.Set(nil)
	c.a.Say(c.a.T(said))
	c.show()
}
