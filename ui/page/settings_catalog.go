package page

import (
	"context"

	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// catalogCard lists the shipped product catalog and those that were loaded over it, each with its signer, and adds, compares, switches and drops them.
type catalogCard struct {
	a     Actions
	place *part.Slot
	st    *wizard.State
	told  *part.Slot // differences of one catalog
}

func newCatalogCard(a Actions) *catalogCard {
	return &catalogCard{a: a, place: part.NewSlot(nil), told: part.NewSlot(nil)}
}

// show reads what is loaded; without a folder to keep it in nothing is shown.
func (c *catalogCard) show() {
	var all []wizard.LoadedCatalog
	var base *recommend.Catalog
	c.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		base = d.Packs.Catalog
		all, err = d.Catalogs(ctx)
		return nil, err
	}, func(err error) {
		if err == nil && base != nil {
			c.lay(base, all)
		}
	})
}

func (c *catalogCard) lay(base *recommend.Catalog, all []wizard.LoadedCatalog) {
	t := c.a.T
	list := part.VStack(10, part.Muted(t("shelf.note")))
	first := view.ShippedCatalog(t, base)
	list.Add(part.VStack(2, part.Strong(first.Title), part.Muted(first.Note)))
	for _, l := range all {
		r := view.CatalogRowOf(t, l)
		word := "shelf.off"
		if l.Off {
			word = "shelf.on"
		}
		ways := part.Flow(12)
		if c.a.Case() != "" {
			ways.Add(part.Link(t("shelf.differ"), func() { c.differ(l) }))
		}
		ways.Add(part.Link(t(word), func() {
			c.change(func(ctx context.Context, d *wizard.Desk) error { return d.SwitchCatalog(ctx, l.ID, l.Off) })
		}))
		ways.Add(part.Link(t("shelf.drop"), func() {
			c.a.Ask(t("shelf.drop.ask", l.Title), t("shelf.drop.text"), t("shelf.drop"), func() {
				c.change(func(ctx context.Context, d *wizard.Desk) error { return d.DropCatalog(ctx, l.ID) })
			})
		}))
		list.Add(part.Hairline())
		list.Add(part.VStack(2, part.Strong(r.Title), part.Muted(r.Note), ways))
	}
	list.Add(part.Flow(10, part.Secondary(t("shelf.add"), "upload", func() { c.add(false) }), part.Secondary(t("shelf.add.signed"), "shield", func() { c.add(true) })))
	list.Add(c.told)
	c.place.Set(part.Card(t("shelf.title"), nil, list))
}

// change does something to the loaded catalogs and reckons the open case anew.
func (c *catalogCard) change(do func(ctx context.Context, d *wizard.Desk) error) {
	id := c.a.Case()
	c.told.Set(nil)
	c.a.Run(c.a.T("recommend.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		if err := do(ctx, d); err != nil || id == "" {
			return nil, err
		}
		return d.Open(ctx, id)
	}, func(err error) {
		if err == nil {
			c.show()
		}
	})
}

// add loads a file; a signed one with its signature and the key of whom the person trusts.
func (c *catalogCard) add(signed bool) {
	t := c.a.T
	take := func(name string, data, sig []byte, key string) {
		c.change(func(ctx context.Context, d *wizard.Desk) error {
			_, err := d.AddCatalog(ctx, name, data, sig, key)
			return err
		})
	}
	c.a.PickFile(t("shelf.add"), []string{".yaml", ".yml"}, func(name string, data []byte) {
		if !signed {
			take(name, data, nil, "")
			return
		}
		c.a.PickFile(t("shelf.sig"), []string{".minisig"}, func(_ string, sig []byte) {
			c.a.Prompt(Prompt{Title: t("shelf.key"), Text: t("shelf.key.text"), Label: t("shelf.key.label"), Placeholder: "RW…", Yes: t("shelf.add.yes")},
				func(key string) { take(name, data, sig, key) })
		})
	})
}

// differ shows what a catalog changes at the quantities of the open case.
func (c *catalogCard) differ(l wizard.LoadedCatalog) {
	var list []recommend.Difference
	id := c.a.Case()
	c.a.Run(c.a.T("recommend.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		st, err := d.Open(ctx, id)
		if err != nil {
			return nil, err
		}
		list, err = d.CompareCatalog(ctx, st, l.ID)
		return nil, err
	}, func(err error) {
		if err != nil {
			return
		}
		stack := part.VStack(6, part.Strong(c.a.T("shelf.differ.head", l.Title, len(list))), pairs(view.DifferenceRows(c.a.T, list)))
		c.told.Set(part.InnerCard(stack))
	})
}
