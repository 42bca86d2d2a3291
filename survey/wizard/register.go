package wizard

import (
	"context"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// Brought tells what an import or a scan did to the register.
type Brought struct {
	Ledger    Ledger   `json:"ledger"`
	Added     int      `json:"added"`     // lines added
	Changed   int      `json:"changed"`   // lines completed
	Unchanged int      `json:"unchanged"` // lines known already
	Conflicts int      `json:"conflicts"` // fields that need a person
	Systems   []string `json:"systems"`   // names of the information systems that were recognised
	Newly     int      `json:"newly"`     // of these added to the list
	Programs  int      `json:"programs"`  // installed programs looked through; none is kept but the systems
}

// Host asks this computer and enters it as IT equipment outside the production denominator, and the factory software installed on it as
// systems whose use a person has yet to confirm. Asking twice changes nothing but its facts.
func (d *Desk) Host(ctx context.Context, id string) (*State, Brought, error) {
	if d.Scanner == nil {
		return nil, Brought{}, survey.Fail(survey.CodeNotReady, "wizard.host", "此程序不带本机盘点")
	}
	a, err := d.Scanner.Describe(ctx, d.Now())
	if err != nil {
		return nil, Brought{}, err
	}
	l := Ledger{Assets: []survey.Asset{a}}
	programs := 0
	if d.Software != nil {
		in, err := d.Software.Installed(ctx)
		if err != nil {
			return nil, Brought{}, err
		}
		programs, l.Problems = len(in.Programs), in.Problems
		l.Systems = inventory.Recognise(d.Packs.Software, in, survey.Evidence{Source: survey.SourceHost, By: "installed", At: d.Now().UTC(), Ref: "本机"})
	}
	st, b, err := d.bring(ctx, id, l)
	b.Programs = programs
	return st, b, err
}

// Installed lists what is installed on this computer; nothing of it is kept.
func (d *Desk) Installed(ctx context.Context) (inventory.Installed, error) {
	if d.Software == nil {
		return inventory.Installed{}, survey.Fail(survey.CodeNotReady, "wizard.software", "此程序不带软件清单")
	}
	return d.Software.Installed(ctx)
}

// Preview reads a list as Import would and changes nothing, so that a person can look at how its columns are understood.
func (d *Desk) Preview(ctx context.Context, id, name string, data []byte, layout *survey.Layout) (Ledger, error) {
	if d.Importer == nil {
		return Ledger{}, survey.Fail(survey.CodeNotReady, "wizard.import", "此程序不带台账导入")
	}
	c, err := d.Cases.Load(ctx, id)
	if err != nil {
		return Ledger{}, err
	}
	in := Reading{Systems: c.Systems, Layouts: c.Layouts, At: d.Now()}
	if layout != nil {
		in.Layouts = append([]survey.Layout{*layout}, in.Layouts...)
	}
	return d.Importer.Ledger(name, data, in)
}

// Import reads an equipment list into the register, its columns as they were agreed for this firm or else as they are guessed. The same
// file twice adds nothing.
func (d *Desk) Import(ctx context.Context, id, name string, data []byte) (*State, Brought, error) {
	l, err := d.Preview(ctx, id, name, data, nil)
	if err != nil {
		return nil, Brought{}, err
	}
	return d.bring(ctx, id, l)
}

// ImportAs is Import with the layout that a person has agreed to; the next list with the same header is read alike.
func (d *Desk) ImportAs(ctx context.Context, id, name string, data []byte, layout survey.Layout) (*State, Brought, error) {
	l, err := d.Preview(ctx, id, name, data, &layout)
	if err != nil {
		return nil, Brought{}, err
	}
	if l.Layout == nil || l.Layout.ID != layout.ID {
		return nil, Brought{}, survey.Fail(survey.CodeLayout, "wizard.import", "文件的表头与确认时不同")
	}
	agreed := *l.Layout
	agreed.Name, agreed.Evidence = name, []survey.Evidence{d.person("确认列的读法")}
	return d.bringAs(ctx, id, l, &agreed)
}

func (d *Desk) bring(ctx context.Context, id string, l Ledger) (*State, Brought, error) {
	return d.bringAs(ctx, id, l, nil)
}

func (d *Desk) bringAs(ctx context.Context, id string, l Ledger, agreed *survey.Layout) (*State, Brought, error) {
	b := Brought{Ledger: l, Systems: []string{}}
	st, err := d.Edit(ctx, id, func(c *survey.Case) error {
		m := inventory.Merge(c.Assets, l.Assets, d.NewID)
		c.Assets = m.Assets
		b.Added, b.Changed, b.Unchanged = m.Added, m.Changed, m.Unchanged
		d.dispute(c, m.Conflicts)
		b.Conflicts = len(c.Conflicts)
		c.Systems, b.Newly = inventory.MergeSystems(c.Systems, l.Systems, d.NewID)
		for _, s := range l.Systems {
			b.Systems = append(b.Systems, s.Name)
		}
		if agreed != nil {
			c.Layouts = slices.DeleteFunc(c.Layouts, func(k survey.Layout) bool { return k.ID == agreed.ID })
			c.Layouts = append(c.Layouts, *agreed)
		}
		return nil
	})
	return st, b, err
}

// Settle ends a conflict: take uses the other witness's value, otherwise the register's stands. Either way it is now the person's word.
func (d *Desk) Settle(ctx context.Context, id, conflict string, take bool) (*State, error) {
	return d.Edit(ctx, id, func(c *survey.Case) error {
		i := slices.IndexFunc(c.Conflicts, func(x survey.Conflict) bool { return x.ID == conflict })
		if i < 0 {
			return survey.Fail(survey.CodeUnknownItem, "wizard.settle", "没有这一处冲突")
		}
		x := c.Conflicts[i]
		value := x.Have
		if take {
			value = x.Got
		}
		gone := !slices.ContainsFunc(c.Assets, func(a survey.Asset) bool { return a.ID == x.Asset }) // taken out on another computer
		if err := Set(c, "assets."+x.Asset+"."+x.Field, value, d.By, d.Now()); err != nil && !gone {
			return err
		}
		c.Conflicts = slices.Delete(c.Conflicts, i, i+1)
		return nil
	})
}

// Element kinds that Add and Remove know.
const (
	AddSite     = "sites"
	AddAsset    = "assets"
	AddSystem   = "systems"
	AddTitle    = "titles"
	AddContract = "contracts"
	AddInvoice  = "invoices"
	AddPayment  = "payments"
	AddAid      = "aids"
)

// Add makes an empty element of a list and gives its id; its fields are then Set by path. owner is the invoice for "lines" and the title
// kind for "titles".
func (d *Desk) Add(ctx context.Context, id, list, owner string) (*State, string, error) {
	key := d.NewID()
	ev := []survey.Evidence{d.person("")}
	st, err := d.Edit(ctx, id, func(c *survey.Case) error {
		switch list {
		case AddSite:
			c.Sites = append(c.Sites, survey.Site{ID: key, Evidence: ev})
		case AddAsset:
			c.Assets = append(c.Assets, survey.Asset{ID: key, Count: 1, Evidence: ev})
		case AddSystem:
			c.Systems = append(c.Systems, survey.System{ID: key, Kind: survey.KindOther, InUse: survey.Yes, Evidence: ev})
		case AddTitle:
			c.Titles = append(c.Titles, survey.Title{ID: key, Kind: owner, Evidence: ev})
		case AddContract:
			c.Contracts = append(c.Contracts, survey.Contract{ID: key, Evidence: ev})
		case AddInvoice:
			c.Invoices = append(c.Invoices, survey.Invoice{ID: key, Evidence: ev, Lines: []survey.InvoiceLine{{ID: d.NewID()}}})
		case AddPayment:
			c.Payments = append(c.Payments, survey.Payment{ID: key, Invoice: owner, Evidence: ev})
		case AddAid:
			c.Aids = append(c.Aids, survey.Aid{ID: key, Year: c.LastYear(), Evidence: ev})
		case "lines":
			i := slices.IndexFunc(c.Invoices, func(v survey.Invoice) bool { return v.ID == owner })
			if i < 0 {
				return survey.Fail(survey.CodeUnknownItem, "wizard.add", "没有这张发票")
			}
			c.Invoices[i].Lines = append(c.Invoices[i].Lines, survey.InvoiceLine{ID: key})
		default:
			return survey.Fail(survey.CodeUnknownItem, "wizard.add", "不能添加 %s", clip(list))
		}
		return nil
	})
	return st, key, err
}

// Remove takes one element out of its list. The store keeps it as history.
func (d *Desk) Remove(ctx context.Context, id, list, key string) (*State, error) {
	return d.Edit(ctx, id, func(c *survey.Case) error {
		n := 0
		switch list {
		case AddSite:
			n = drop(&c.Sites, func(v survey.Site) bool { return v.ID == key })
		case AddAsset:
			n = drop(&c.Assets, func(v survey.Asset) bool { return v.ID == key })
			drop(&c.Conflicts, func(v survey.Conflict) bool { return v.Asset == key })
		case AddSystem:
			n = drop(&c.Systems, func(v survey.System) bool { return v.ID == key })
		case AddTitle:
			n = drop(&c.Titles, func(v survey.Title) bool { return v.ID == key })
		case AddContract:
			n = drop(&c.Contracts, func(v survey.Contract) bool { return v.ID == key })
		case AddInvoice:
			n = drop(&c.Invoices, func(v survey.Invoice) bool { return v.ID == key })
		case AddPayment:
			n = drop(&c.Payments, func(v survey.Payment) bool { return v.ID == key })
		case AddAid:
			n = drop(&c.Aids, func(v survey.Aid) bool { return v.ID == key })
		case "attachments":
			n = drop(&c.Attachments, func(v survey.Attachment) bool { return v.ID == key })
		case "snapshots":
			n = drop(&c.Snapshots, func(v survey.Snapshot) bool { return v.Label == key })
			dropEditions(c)
		case "lines":
			for i := range c.Invoices {
				n += drop(&c.Invoices[i].Lines, func(v survey.InvoiceLine) bool { return v.ID == key })
			}
		}
		if n == 0 {
			return survey.Fail(survey.CodeUnknownItem, "wizard.remove", "没有这一项")
		}
		for path := range c.Drafts {
			if _, err := find(c, path, true); err != nil {
				delete(c.Drafts, path)
			}
		}
		return nil
	})
}

func drop[T any](list *[]T, gone func(T) bool) int {
	before := len(*list)
	*list = slices.DeleteFunc(*list, gone)
	return before - len(*list)
}
