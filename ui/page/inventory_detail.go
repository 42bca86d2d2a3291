package page

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// assetDetail is one line of the register with its fields, its conflicts and who said what. The fields are made anew only when another line
// is chosen, so that the cursor stays.
type assetDetail struct {
	a    Actions
	id   string
	form *Form
	card fyne.CanvasObject

	name     *part.Text
	badge    *part.Slot
	disputes *part.Slot
	flows    *part.Slot
	said     *part.Slot
	stock    *part.Slot // photos, and what can be done with the line as a whole
}

func newAssetDetail(a Actions) *assetDetail { return &assetDetail{a: a, form: NewForm(a)} }

// open makes the fields of a line; what was typed for the line before is saved first.
func (d *assetDetail) open(id string) {
	if id == d.id {
		return
	}
	d.form.Save()
	d.id = id
	d.form.Reset()
	d.name, d.badge = part.Heading(""), part.NewSlot(nil)
	d.disputes, d.flows, d.said = part.NewSlot(nil), part.NewSlot(nil), part.NewSlot(nil)
	d.stock = part.NewSlot(nil)
	head := part.HStack(10, part.Icon("chip", 22, theme.Accent), part.Grow(d.name), d.badge)
	body := part.Scroll(part.Pad(14, 16, 16, 16, part.VStack(14, head, d.disputes, d.basics(), part.Hairline(), d.network(), d.flows, part.Hairline(), d.bought(), d.said, d.stock,
		part.HStack(0, part.Danger(d.a.T("inventory.delete"), "trash", d.remove).Small()))))
	d.form.Within(body)
	d.card = part.BareCard(body)
}

func (d *assetDetail) add(name string, f func(part.FieldSpec) part.Field) part.Field {
	return d.form.Add("assets."+d.id+"."+name, f(part.FieldSpec{Label: d.a.T("inventory.field." + name)}))
}

func (d *assetDetail) text(name string) part.Field {
	return d.add(name, func(s part.FieldSpec) part.Field {
		if slices.Contains(hinted, name) {
			s.Hint = d.a.T("inventory.hint." + name)
		}
		return part.NewTextField(s)
	})
}

// hinted lists the text fields that say how to fill them.
var hinted = []string{"via", "ports", "protocols"}

func (d *assetDetail) tri(name string) part.Field {
	return d.add(name, func(s part.FieldSpec) part.Field { return part.NewTriField(s) })
}

func (d *assetDetail) choice(name string, items []view.ListItem) part.Field {
	list := append([]part.Option{{Text: d.a.T("inventory.open")}}, options(items)...)
	return d.add(name, func(s part.FieldSpec) part.Field { return part.NewSelectField(s, list) })
}

func (d *assetDetail) date(name string) part.Field {
	return d.add(name, func(s part.FieldSpec) part.Field { return part.NewDateField(s) })
}

func (d *assetDetail) basics() fyne.CanvasObject {
	count := d.add("count", func(s part.FieldSpec) part.Field {
		s.Unit = d.a.T("inventory.unit")
		return part.NewNumberField(s)
	})
	counted := d.add("counted", func(s part.FieldSpec) part.Field {
		s.Hint = d.a.T("inventory.hint.counted")
		return part.NewChoiceField(s, []part.Option{{Value: part.Unknown, Text: d.a.T("inventory.counted.use")}, {Value: part.Yes, Text: d.a.T("inventory.counted.in")}, {Value: part.No, Text: d.a.T("inventory.counted.out")}})
	})
	return part.VStack(12, d.text("name"), part.Grid(2, 10, d.text("nameplate.model"), count), d.choice("use", view.Named(survey.UseNames)), counted,
		d.choice("class", view.Named(survey.ClassNames)), part.Grid(2, 10, d.text("nameplate.manufacturer"), d.text("assetId")),
		part.Grid(2, 10, d.text("workshop"), d.text("line")), d.text("process"), d.tri("keyStep"), d.tri("numeric"))
}

func (d *assetDetail) network() fyne.CanvasObject {
	functions := d.add("functions", func(s part.FieldSpec) part.Field {
		return part.NewChipsField(s, options(view.Named(survey.FnNames)))
	})
	return part.VStack(12, d.tri("digital"), d.tri("networked"), d.choice("network", view.Named(survey.NetNames)), part.Grid(2, 10, d.text("via"), d.text("ports")),
		part.Grid(2, 10, d.text("protocols"), d.text("control")), d.tri("onCloud"), d.text("platform"), functions)
}

func (d *assetDetail) bought() fyne.CanvasObject {
	value := d.add("value", func(s part.FieldSpec) part.Field {
		s.Hint = d.a.T("inventory.hint.value")
		return part.NewYuanField(s, func(typed string) (string, string) { return view.YuanEcho(d.a.T, typed), "" })
	})
	return part.VStack(12, d.date("bought"), value, part.Grid(2, 10, d.text("nameplate.serialNumber"), d.text("category")),
		part.Grid(2, 10, d.text("reach.macs"), d.text("reach.addresses")), part.Grid(2, 10, d.text("reach.switch"), d.text("reach.port")), d.text("note"))
}

// show brings the line up to date; a line that is gone closes.
func (d *assetDetail) show(st *wizard.State) {
	if d.id == "" || st == nil {
		return
	}
	i := slices.IndexFunc(st.Case.Assets, func(a survey.Asset) bool { return a.ID == d.id })
	if i < 0 {
		d.form.Reset()
		d.id = ""
		return
	}
	asset := st.Case.Assets[i]
	d.form.Show(st)
	d.name.SetText(asset.Name)
	if asset.Name == "" {
		d.name.SetText(d.a.T("inventory.unnamed"))
	}
	words, tone := view.Denominator(d.a.T, asset)
	d.badge.Set(part.NewBadge(kindOf(tone), words))
	d.showDisputes(view.Disputes(d.a.T, st.Case, d.id))
	d.showList(d.flows, "inventory.flows", view.FlowWords(st.Case, asset.Flows, sceneNames(st)))
	d.showList(d.said, "inventory.said", view.Witnesses(d.a.T, asset.Evidence))
	d.stock.Set(part.VStack(12, d.plate(st), d.tidy(st, asset.Count)))
}

func assetOf(st *wizard.State, id string) *survey.Asset {
	for i := range st.Case.Assets {
		if st.Case.Assets[i].ID == id {
			return &st.Case.Assets[i]
		}
	}
	return &survey.Asset{}
}

func sceneNames(st *wizard.State) func(string) string {
	return func(key string) string {
		for _, s := range st.Assessment.Scenes {
			if s.Key == key {
				return s.Title
			}
		}
		return ""
	}
}

func (d *assetDetail) showList(place *part.Slot, title string, rows []string) {
	if len(rows) == 0 {
		place.Hide()
		return
	}
	list := part.VStack(4, part.Line(d.a.T(title), theme.SizeCell, theme.Ink, true))
	for _, r := range rows {
		list.Add(part.Muted(r))
	}
	place.Set(part.InnerCard(list))
	place.Show()
}

// showDisputes lays the register's value beside the other witness's; a person decides.
func (d *assetDetail) showDisputes(all []view.Dispute) {
	if len(all) == 0 {
		d.disputes.Hide()
		return
	}
	list := part.VStack(10, part.HStack(8, part.Icon("warn", 16, theme.Warn), part.Grow(part.Colored(d.a.T("inventory.dispute", len(all)), theme.SizeCell, theme.Warn, true))))
	for i, x := range all {
		if i > 0 {
			list.Add(part.Hairline())
		}
		list.Add(part.Colored(x.Field, theme.SizeCell, theme.Ink, true))
		list.Add(part.KeyValue(76, part.Pair{Key: d.a.T("inventory.dispute.have"), Value: x.Have}, part.Pair{Key: d.a.T("inventory.dispute.got"), Value: x.Got}, part.Pair{Key: d.a.T("inventory.dispute.by"), Value: x.Witness}))
		list.Add(part.Flow(8, part.Primary(d.a.T("inventory.dispute.take"), "", func() { d.settle(x.ID, true) }).Small(),
			part.Secondary(d.a.T("inventory.dispute.keep"), "", func() { d.settle(x.ID, false) }).Small()))
	}
	d.disputes.Set(part.InnerCard(list))
	d.disputes.Show()
}

func (d *assetDetail) settle(conflict string, take bool) {
	id := d.a.Case()
	d.form.Save()
	d.a.Do("", func(ctx context.Context, k *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return k.Settle(ctx, id, conflict, take)
	})
}

func (d *assetDetail) remove() {
	id, key := d.a.Case(), d.id
	d.a.Ask(d.a.T("inventory.delete.title", d.name.Text()), d.a.T("inventory.delete.text"), d.a.T("inventory.delete"), func() {
		d.form.Reset()
		d.a.Do("", func(ctx context.Context, k *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			return k.Remove(ctx, id, wizard.AddAsset, key)
		})
	})
}
