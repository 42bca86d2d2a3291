package page

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// networkTab asks for the twelve network and security arrangements, each with the day since when it is there.
type networkTab struct {
	body *part.Scroller
	form *Form
}

func newNetworkTab(a Actions) *networkTab {
	t := &networkTab{form: NewForm(a)}
	list := part.VStack(12)
	for _, g := range view.ArrangementGroups(a.T) {
		rows := part.VStack(14)
		for _, k := range g.Kinds {
			have := part.NewTriField(part.FieldSpec{Label: k.Text})
			since := part.NewDateField(part.FieldSpec{Label: a.T("inventory.net.date")})
			path := "arrangements." + k.Value
			rows.Add(part.Columns(16, []float32{66, 34}, t.form.Add(path+".have", have), t.form.Add(path+".date", since)))
		}
		list.Add(part.Card(g.Title, nil, rows))
	}
	t.body = part.Scroll(part.Pad(2, 10, 8, 2, list))
	t.form.Within(t.body)
	return t
}

func (t *networkTab) content() fyne.CanvasObject { return t.body }

func (t *networkTab) show(st *wizard.State) { t.form.Show(st) }

func (t *networkTab) save() { t.form.Save() }

func (t *networkTab) jump(path string) bool { return t.form.Focus(path) }
