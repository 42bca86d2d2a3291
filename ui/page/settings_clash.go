package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// clashCard lays side by side what two computers left with different values; a person chooses.
type clashCard struct {
	a     Actions
	place *part.Slot
}

func newClashCard(a Actions) *clashCard { return &clashCard{a: a, place: part.NewSlot(nil)} }

func (c *clashCard) show(st *wizard.State) {
	if st == nil || len(st.Clashes) == 0 {
		c.place.Set(nil)
		c.place.Hide()
		return
	}
	list := part.VStack(12, part.Notice(part.Warn, c.a.T("parcel.clash.note", len(st.Clashes))))
	for _, r := range view.ClashRows(c.a.T, st.Clashes) {
		for i, s := range r.Sides {
			list.Add(c.row(r, s, i))
		}
	}
	c.place.Set(part.Card(c.a.T("parcel.clash.title"), nil, list))
	c.place.Show()
}

func (c *clashCard) row(r view.ClashRow, s view.ClashSide, other int) fyne.CanvasObject {
	inner := part.VStack(8, part.Colored(r.Title, theme.SizeCell, theme.Ink, true))
	for _, f := range s.Fields {
		inner.Add(part.Muted(f[0]))
		inner.Add(part.KeyValue(220, part.Pair{Key: r.Mine, Value: f[1]}, part.Pair{Key: s.Theirs, Value: f[2]}))
	}
	use := func(key, how string) *part.Button {
		return part.Secondary(c.a.T("parcel.clash.use."+key), "", func() { c.settle(r, how, other) }).Small()
	}
	ways := part.Flow(8, use("mine", wizard.KeepMine), use("theirs", wizard.KeepTheirs))
	if s.Joins {
		ways.Add(use("both", wizard.KeepBoth))
	}
	inner.Add(ways)
	return part.InnerCard(inner)
}

func (c *clashCard) settle(r view.ClashRow, how string, other int) {
	id := c.a.Case()
	c.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.SettleClash(ctx, id, r.Kind, r.ID, how, other)
	}, func(err error) {
		if err == nil {
			c.a.Say(c.a.T("parcel.clash.settled"))
		}
	})
}
