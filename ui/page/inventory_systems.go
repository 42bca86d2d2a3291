package page

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// systemTab is the list of systems at the left and the chosen one at the right.
type systemTab struct {
	whole fyne.CanvasObject
	a     Actions
	st    *wizard.State
	rows  []view.SystemRow
	id    string
	table *part.Table
	side  *part.Slot
	card  fyne.CanvasObject
	form  *Form
	links *part.ChipsField
}

func newSystemTab(a Actions) *systemTab {
	t := &systemTab{a: a, side: part.NewSlot(nil), form: NewForm(a)}
	col := func(key string) string { return a.T("inventory.system." + key) }
	t.table = part.NewTable([]part.TableColumn{
		{Title: col("name"), Weight: 2}, {Title: col("kind"), Weight: 2}, {Title: col("vendor"), Weight: 1.2}, {Title: col("deployment"), Width: 76},
		{Title: a.T("inventory.column.scenes"), Width: 64, Align: fyne.TextAlignTrailing}, {Title: col("ai"), Width: 48, Align: fyne.TextAlignCenter}, {Title: col("inUse"), Width: 54, Align: fyne.TextAlignCenter},
	}, 34, nil).WithEmpty(a.T("inventory.system.none"))
	t.table.OnSelect = func(i int) { t.open(t.rows[i].ID) }
	t.whole = part.Columns(12, []float32{61, 39}, part.BareCard(t.table), t.side)
	return t
}

func (t *systemTab) content() fyne.CanvasObject { return t.whole }

func (t *systemTab) cell(r view.SystemRow, column int) part.Cell {
	switch column {
	case 0:
		return part.Cell{Text: r.Name}
	case 1:
		return part.Cell{Text: r.Kind, Token: theme.Muted}
	case 2:
		return part.Cell{Text: r.Vendor}
	case 3:
		return part.Cell{Text: r.Deployment}
	case 4:
		if r.Scenes == 0 {
			return part.Cell{Text: t.a.T("inventory.system.auto"), Token: theme.Muted}
		}
		return part.Cell{Text: strconv.Itoa(r.Scenes)}
	case 5:
		return triCell(r.AI)
	}
	return triCell(r.InUse)
}

func (t *systemTab) show(st *wizard.State) {
	t.st = st
	t.rows = view.SystemRows(t.a.T, st.Case)
	if st.Case.System(t.id) == nil {
		t.id = ""
		t.form.Reset()
	}
	t.table.SetRows(len(t.rows), func(row, column int) part.Cell { return t.cell(t.rows[row], column) })
	t.table.Select(slices.IndexFunc(t.rows, func(r view.SystemRow) bool { return r.ID == t.id }))
	if t.id == "" {
		t.side.Set(part.BareCard(part.EmptyState("network", t.a.T("inventory.system.choose.title"), t.a.T("inventory.system.choose.text"), nil)))
		return
	}
	others := view.OtherSystems(t.a.T, st.Case, t.id)
	t.links.SetOptions(options(others))
	t.links.SetHint("")
	if len(others) == 0 {
		t.links.SetHint(t.a.T("inventory.system.integrations.hint"))
	}
	t.form.Show(st)
	t.side.Set(t.card)
}

// open makes the fields of a system; what was typed for the one before is saved first.
func (t *systemTab) open(id string) {
	if id != t.id {
		t.form.Save()
		t.id = id
		t.form.Reset()
		body := part.Scroll(part.Pad(14, 16, 16, 16, t.fields()))
		t.form.Within(body)
		t.card = part.BareCard(body)
	}
	t.show(t.st)
}

func (t *systemTab) add(name string, f func(part.FieldSpec) part.Field) part.Field {
	return t.form.Add("systems."+t.id+"."+name, f(part.FieldSpec{Label: t.a.T("inventory.system." + name)}))
}

func (t *systemTab) fields() fyne.CanvasObject {
	text := func(s part.FieldSpec) part.Field { return part.NewTextField(s) }
	tri := func(s part.FieldSpec) part.Field { return part.NewTriField(s) }
	pick := func(items []view.ListItem) func(part.FieldSpec) part.Field {
		return func(s part.FieldSpec) part.Field { return part.NewSelectField(s, options(items)) }
	}
	scenes := t.add("scenes", func(s part.FieldSpec) part.Field {
		s.Hint = t.a.T("inventory.system.scenes.hint")
		return part.NewChipsField(s, options(view.SceneItems(t.st.Assessment)))
	})
	links := t.add("integrations", func(s part.FieldSpec) part.Field {
		t.links = part.NewChipsField(s, nil)
		return t.links
	})
	return part.VStack(12, t.add("name", text), t.add("kind", pick(view.Named(survey.SystemKindNames))), part.Grid(2, 10, t.add("vendor", text), t.add("product", text)),
		t.add("deployment", pick(append([]view.ListItem{{Text: t.a.T("inventory.open")}}, view.Named(survey.DeploymentNames)...))), t.add("inUse", tri), t.add("core", tri), t.add("ai", tri),
		t.add("since", func(s part.FieldSpec) part.Field { return part.NewDateField(s) }), scenes, links, t.add("note", text),
		part.HStack(0, part.Danger(t.a.T("inventory.system.delete"), "trash", t.remove).Small()))
}

func (t *systemTab) remove() {
	id, key := t.a.Case(), t.id
	name := t.rows[max(0, t.table.Selected())].Name
	t.a.Ask(t.a.T("inventory.delete.title", name), t.a.T("inventory.system.delete.text"), t.a.T("inventory.system.delete"), func() {
		t.form.Reset()
		t.a.Do("", func(ctx context.Context, k *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			return k.Remove(ctx, id, wizard.AddSystem, key)
		})
	})
}

func (t *systemTab) save() { t.form.Save() }

func (t *systemTab) jump(path string) bool {
	segs := strings.SplitN(path, ".", 3)
	if len(segs) < 2 || t.st == nil || t.st.Case.System(segs[1]) == nil {
		return false
	}
	t.open(segs[1])
	t.form.Focus(path)
	return true
}
