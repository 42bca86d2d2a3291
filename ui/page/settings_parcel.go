package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/handover"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
)

// parcelCard hands the open case over to a contact, takes what others handed over, and shows this computer's card. A contact is entered only
// after a person said that the fingerprints agree.
type parcelCard struct {
	a     Actions
	place *part.Slot

	name, card *part.TextField
	shown      *part.Slot
	read       handover.Card // whose fingerprint is shown
	agree      *part.Check
	enter      *part.Button
}

func newParcelCard(a Actions) *parcelCard {
	return &parcelCard{a: a, place: part.NewSlot(nil), shown: part.NewSlot(nil)}
}

// show asks who is known and lays the card out; without hand-overs in this program nothing is shown.
func (c *parcelCard) show() {
	var mine handover.Card
	var all []handover.Card
	var missing error
	c.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		if mine, missing = d.Card(ctx); missing == nil {
			all, missing = d.Contacts(ctx)
		}
		return nil, nil
	}, func(error) {
		if missing == nil {
			c.lay(mine, all)
		}
	})
}

func (c *parcelCard) lay(mine handover.Card, all []handover.Card) {
	t := c.a.T
	ways := part.Flow(10, part.Primary(t("parcel.take"), "download", c.take))
	list := part.VStack(6)
	for _, k := range all {
		ways.Add(part.Secondary(t("parcel.give", k.Name), "upload", func() { c.give(k.Name) }))
		ways.Add(part.Secondary(t("outbox.parcel", k.Name), "send", func() { c.post(k.Name) }))
		list.Add(part.KeyValue(96, part.Pair{Key: k.Name, Value: k.Fingerprint()}))
	}
	if len(all) == 0 {
		list.Add(part.Muted(t("parcel.contacts.none")))
	}
	own := part.TintCard(part.VStack(6, part.Line(t("parcel.card")+" · "+t("parcel.print"), theme.SizeCell, theme.Muted, true),
		part.Colored(mine.Fingerprint(), 18, theme.Ink, true), part.Muted(t("parcel.print.hint")),
		part.HStack(0, part.Secondary(t("parcel.card.copy"), "download", func() {
			c.a.SaveFiles("", []wizard.File{{Name: t("parcel.card.name", mine.Name), Type: "text/plain", Data: []byte(mine.String() + "\n")}})
		}).Small())))
	c.place.Set(part.Card(t("parcel.section"), nil, part.VStack(14, part.Muted(t("parcel.note")), ways, own,
		part.Strong(t("parcel.contacts")), list, part.Hairline(), c.form())))
}

// form enters a contact.
func (c *parcelCard) form() fyne.CanvasObject {
	t := c.a.T
	c.read = handover.Card{}
	c.shown.Set(nil)
	c.name = part.NewTextField(part.FieldSpec{Label: t("parcel.trust.name")})
	c.card = part.NewTextField(part.FieldSpec{Label: t("parcel.trust.card")})
	c.card.Listen(func(string) { c.forget() }, nil)
	c.agree = part.NewCheck(t("parcel.trust.agree"), false, func(bool) { c.ready() })
	c.enter = part.Secondary(t("parcel.trust.save"), "", c.trust).Off()
	return part.VStack(14, part.Strong(t("parcel.trust")), part.Columns(16, []float32{30, 70}, c.name, c.card),
		part.HStack(0, part.Secondary(t("parcel.trust.read"), "", c.fingerprint)), c.shown, c.agree, part.HStack(0, c.enter))
}

func (c *parcelCard) forget() {
	c.read = handover.Card{}
	c.shown.Set(nil)
	c.agree.Set(false)
	c.ready()
}

func (c *parcelCard) ready() {
	if c.read.Key != "" && c.agree.On() {
		c.enter.Enable()
	} else {
		c.enter.Disable()
	}
}

// fingerprint shows what the person compares with the contact.
func (c *parcelCard) fingerprint() {
	text := c.card.Value()
	var got handover.Card
	var refused error
	c.a.Run("", func(_ context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		got, refused = d.ReadCard(text)
		return nil, nil
	}, func(error) {
		if refused != nil {
			c.card.SetError(c.a.ErrorText(refused))
			return
		}
		c.card.SetError("")
		c.read = got
		if c.name.Value() == "" {
			c.name.SetValue(got.Name)
		}
		c.shown.Set(part.TintCard(part.VStack(6, part.Line(c.a.T("parcel.print"), theme.SizeCell, theme.Muted, true), part.Colored(got.Fingerprint(), 18, theme.Ink, true))))
		c.ready()
	})
}

func (c *parcelCard) trust() {
	name, card, print := c.name.Value(), c.card.Value(), c.read.Fingerprint()
	var got handover.Card
	c.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		got, err = d.Trust(ctx, name, card, print)
		return nil, err
	}, func(err error) {
		if err == nil {
			c.a.Say(c.a.T("parcel.trust.done", got.Name))
			c.show()
		}
	})
}

// give makes a parcel of the open case once the person agreed for the firm.
func (c *parcelCard) give(to string) {
	id := c.a.Case()
	if id == "" {
		c.a.Say(c.a.T("parcel.give.open"))
		return
	}
	c.a.Ask(c.a.T("parcel.give.agree"), wizard.HandoverText(to), c.a.T("parcel.give.yes"), func() {
		var f wizard.File
		c.a.Run(c.a.T("parcel.giving"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
			if st, err = d.AgreeHandover(ctx, id, to); err == nil {
				f, err = d.HandOver(ctx, id, to)
			}
			return st, err
		}, func(err error) {
			if err == nil {
				c.a.SaveFiles(id, []wizard.File{f})
			}
		})
	})
}

// take asks for a parcel and shows what it holds.
func (c *parcelCard) take() {
	c.a.PickFile(c.a.T("parcel.take.title"), []string{parcelFile}, func(_ string, data []byte) { c.examine(data) })
}

// parcelFile is the ending of a parcel's name.
const parcelFile = ".syparcel"

// examine shows what a parcel holds before it is taken.
func (c *parcelCard) examine(data []byte) {
	var in wizard.Inside
	var heard *wizard.Heard
	id := c.a.Case()
	c.a.Run(c.a.T("parcel.taking"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		kind, err := d.ParcelKind(ctx, data)
		if err == nil && kind == handover.KindWords {
			var h wizard.Heard
			if h, err = d.TakeWords(ctx, data); err != nil || id == "" {
				heard = &h
				return nil, err
			}
			heard = &h
			return d.Open(ctx, id)
		}
		if err == nil {
			in, err = d.Examine(ctx, data)
		}
		return nil, err
	}, func(err error) {
		if err != nil {
			return
		}
		if heard != nil {
			c.a.Say(c.a.T("outbox.words", heard.Portal, heard.Receipts, heard.Words, len(heard.Refused)))
			return
		}
		text := c.a.T("parcel.take.inside", in.From, in.Firm, in.Revisions, in.New, in.Files, in.Requests, in.Clashes)
		c.a.Ask(c.a.T("parcel.take.ask"), text, c.a.T("parcel.take.yes"), func() { c.taken(in.From, data) })
	})
}

func (c *parcelCard) taken(from string, data []byte) {
	c.a.Run(c.a.T("parcel.taking"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		st, _, err := d.Take(ctx, data)
		return st, err
	}, func(err error) {
		if err == nil {
			c.a.Say(c.a.T("parcel.taken", from))
		}
	})
}
