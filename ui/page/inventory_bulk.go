package page

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// marking keeps which lines of the register are ticked, by their ids.
type marking struct {
	t    *assetTab
	ids  map[string]bool
	said *part.Text
	card fyne.CanvasObject // what can be done with them; nil while none is ticked
}

func newMarking(t *assetTab) *marking { return &marking{t: t, ids: map[string]bool{}} }

func (m *marking) has(row int) bool { return row < len(m.t.shown) && m.ids[m.t.shown[row].ID] }

// put ticks rows or takes the ticks away, and shows what can be done with the ticked ones.
func (m *marking) put(rows []int, on bool) {
	for _, i := range rows {
		if on {
			m.ids[m.t.shown[i].ID] = true
		} else {
			delete(m.ids, m.t.shown[i].ID)
		}
	}
	m.show()
}

// keep drops ticks of lines that are gone.
func (m *marking) keep(rows []view.AssetRow) {
	had := m.ids
	m.ids = map[string]bool{}
	for _, r := range rows {
		if had[r.ID] {
			m.ids[r.ID] = true
		}
	}
	if len(m.ids) != len(had) {
		m.show()
	}
}

func (m *marking) clear() {
	m.ids = map[string]bool{}
	m.t.table.ShowMarks()
	m.show()
}

// show lays the card over the right side, or takes it away when nothing is ticked.
func (m *marking) show() {
	t := m.t
	if len(m.ids) == 0 {
		if m.card != nil && t.told == m.card {
			t.told = nil
		}
		m.card = nil
		t.aside()
		return
	}
	if m.card == nil {
		m.card = m.build()
	}
	m.said.SetText(t.a.T("bulk.count", len(m.ids)))
	t.ask(m.card)
}

// list gives the ids in the order of the register.
func (m *marking) list() []string {
	var out []string
	for _, r := range m.t.rows {
		if m.ids[r.ID] {
			out = append(out, r.ID)
		}
	}
	return out
}

func (m *marking) build() fyne.CanvasObject {
	a, T := m.t.a, m.t.a.T
	m.said = part.Heading("")
	var field, value = "", ""
	place := part.NewSlot(nil)
	apply := part.Primary(T("bulk.apply"), "check", nil).Off()
	fields := view.BulkList(T)
	names := make([]part.Option, len(fields))
	for i, f := range fields {
		names[i] = part.Option{Value: f.Key, Text: f.Label}
	}
	which := part.NewSelectField(part.FieldSpec{Label: T("bulk.which"), Placeholder: T("bulk.choose")}, names)
	which.Listen(func(key string) {
		for _, f := range fields {
			if f.Key == key {
				field, value = key, ""
				if f.Tri {
					value = part.Unknown
				}
				place.Set(bulkInput(T, f, func(v string) { value = v }))
				apply.Enable()
			}
		}
	}, nil)
	apply.SetOnTap(func() { m.apply(field, value) })
	head := part.HStack(8, part.Icon("check", 18, theme.Accent), part.Grow(m.said), part.IconButton("cross", T("bulk.close"), m.clear))
	list := part.VStack(14, head, part.Muted(T("bulk.text")), which, place, part.HStack(8, apply), part.Hairline(),
		part.HStack(8, part.Secondary(T("bulk.copy"), "copy", m.copyOut).Small(), part.Spacer(), part.Danger(T("bulk.delete"), "trash", func() {
			a.Ask(T("bulk.delete.title", len(m.ids)), T("bulk.delete.text"), T("bulk.delete.yes"), m.remove)
		}).Small()))
	return part.BareCard(part.Scroll(part.Pad(14, 16, 14, 16, list)))
}

// bulkInput is the input that fits a field.
func bulkInput(T func(string, ...any) string, f view.BulkField, set func(string)) fyne.CanvasObject {
	spec := part.FieldSpec{Label: f.Label}
	var in part.Field
	switch {
	case f.Tri:
		c := part.NewTriField(spec)
		c.SetValue(part.Unknown)
		in = c
	case f.Choices != nil:
		in = part.NewSelectField(spec, append([]part.Option{{Text: T("inventory.open")}}, options(f.Choices)...))
	case f.Date:
		in = part.NewDateField(spec)
	default:
		in = part.NewTextField(spec)
	}
	in.Listen(set, nil)
	return in
}

func (m *marking) apply(field, value string) {
	id, lines, a := m.t.a.Case(), m.list(), m.t.a
	a.Run(a.T("bulk.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.SetMany(ctx, id, lines, field, value)
	}, func(err error) {
		if err == nil {
			a.Say(a.T("bulk.done", len(lines)))
		}
	})
}

func (m *marking) remove() {
	id, lines, a := m.t.a.Case(), m.list(), m.t.a
	a.Run(a.T("bulk.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.RemoveMany(ctx, id, lines)
	}, func(err error) {
		if err == nil {
			a.Say(a.T("bulk.deleted", len(lines)))
		}
	})
}

// copied gives the ticked lines, or the chosen one, as a spreadsheet takes them.
func (m *marking) copied() string {
	ids := m.ids
	if i := m.t.table.Selected(); len(ids) == 0 && i >= 0 {
		ids = map[string]bool{m.t.shown[i].ID: true}
	}
	if len(ids) == 0 {
		return ""
	}
	m.t.a.Say(m.t.a.T("bulk.copied", len(ids)))
	return view.CopyRows(m.t.a.T, m.t.st.Case, ids)
}

func (m *marking) copyOut() { fyne.CurrentApp().Clipboard().SetContent(m.copied()) }

// paste reads lines that were copied from a spreadsheet, their head first, with the same look at the columns as a list from a file.
func (p *inventory) paste(text string) {
	if strings.TrimSpace(text) == "" {
		p.a.Say(p.a.T("bulk.paste.empty"))
		return
	}
	p.preview(p.a.T("bulk.paste.name"), []byte(text))
}
