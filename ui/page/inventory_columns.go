package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
)

// units are those that an amount's column can be in.
var units = []string{"元", "千元", "万元", "亿元"}

// amountFields are the fields with a unit.
var amountFields = map[string]bool{"value": true, "price": true}

// preview reads a list and shows how its columns are understood, once for each header: agreed is told what to read. A list whose header
// was agreed before, and what has no columns, is read at once.
func (p *inventory) preview(name string, data []byte) {
	id := p.a.Case()
	var l wizard.Ledger
	var fields []wizard.ColumnField
	p.a.Run(p.a.T("inventory.import.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		if l, err = d.Preview(ctx, id, name, data, nil); err == nil {
			fields = d.Importer.Fields()
		}
		return nil, err
	}, func(err error) {
		switch {
		case err != nil:
		case l.Layout == nil || l.Agreed:
			p.brought(p.a.T("inventory.import.busy"), p.a.T("inventory.brought.file", name), func(ctx context.Context, d *wizard.Desk) (*wizard.State, wizard.Brought, error) {
				return d.Import(ctx, id, name, data)
			})
		default:
			p.ShowTab(tabAssets)
			p.tabs[tabAssets].(*assetTab).ask(columnsCard(p.a, l, fields, p.stopAsking, func(layout survey.Layout) {
				p.brought(p.a.T("inventory.import.busy"), p.a.T("inventory.brought.file", name), func(ctx context.Context, d *wizard.Desk) (*wizard.State, wizard.Brought, error) {
					return d.ImportAs(ctx, id, name, data, layout)
				})
			}))
		}
	})
}

func (p *inventory) stopAsking() { p.tabs[tabAssets].(*assetTab).ask(nil) }

// columnsCard shows each column with its first cells and what it is read as; a person changes and agrees.
func columnsCard(a Actions, l wizard.Ledger, fields []wizard.ColumnField, stop func(), agree func(survey.Layout)) fyne.CanvasObject {
	layout := *l.Layout
	layout.Columns = append([]survey.LayoutColumn(nil), l.Layout.Columns...)
	options := make([]part.Option, len(fields))
	for i, f := range fields {
		options[i] = part.Option{Value: f.Key, Text: f.Name}
	}
	list := part.VStack(12)
	for i, c := range layout.Columns {
		field := part.NewSelectField(part.FieldSpec{Label: c.Header, Hint: samples(l.Samples, i)}, options)
		field.SetValue(c.Field)
		unit := part.NewSelectField(part.FieldSpec{Label: a.T("columns.unit")}, unitOptions())
		unit.SetValue(c.Unit)
		unit.Listen(func(v string) { layout.Columns[i].Unit = v }, nil)
		row := part.NewSlot(nil)
		set := func(v string) {
			layout.Columns[i].Field = v
			if amountFields[v] {
				row.Set(part.Columns(10, []float32{70, 30}, field, unit))
			} else {
				layout.Columns[i].Unit = ""
				row.Set(field)
			}
		}
		field.Listen(set, nil)
		set(c.Field)
		if amountFields[c.Field] {
			layout.Columns[i].Unit = c.Unit
		}
		list.Add(row)
	}
	head := part.VStack(8, part.HStack(8, part.Icon("table", 18, theme.Accent), part.Grow(part.Heading(a.T("columns.title"))), part.IconButton("cross", a.T("columns.close"), stop)),
		part.Body(a.T("columns.text", len(l.Assets), len(l.Problems))),
		part.HStack(8, part.Secondary(a.T("button.cancel"), "", stop).Small(), part.Spacer(), part.Primary(a.T("columns.agree"), "", func() { agree(layout) }).Small()))
	return part.BareCard(part.VStack(0, part.Pad(14, 16, 10, 16, head), part.Hairline(), part.Grow(part.Scroll(part.Pad(12, 16, 14, 16, list)))))
}

func unitOptions() []part.Option {
	out := make([]part.Option, len(units))
	for i, u := range units {
		out[i] = part.Option{Value: u, Text: u}
	}
	return out
}

// samples are the first cells of a column.
func samples(rows [][]string, column int) string {
	out := ""
	for _, r := range rows {
		if column < len(r) && r[column] != "" {
			if out != "" {
				out += " | "
			}
			out += r[column]
		}
	}
	return out
}
