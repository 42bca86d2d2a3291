package page

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// ratesCard lists the rates with their rules; a tap on a part lists its machines.
func ratesCard(a Actions, st *wizard.State, close func(), pick func(label string, lines []string)) fyne.CanvasObject {
	list := part.VStack(12, part.HStack(8, part.Icon("chart", 18, theme.Accent), part.Grow(part.Heading(a.T("stock.rates.title"))), part.IconButton("cross", a.T("stock.rates.close"), close)))
	for _, r := range view.RateCards(a.T, st.Case) {
		row := part.Flow(8)
		for _, p := range r.Parts {
			row.Add(part.Secondary(p.Label, "", func() { pick(r.Name+"："+p.Label, p.Lines) }).Small())
		}
		list.Add(part.InnerCard(part.VStack(6, part.HStack(8, part.Grow(part.Strong(r.Name)), part.Line(r.Percent, theme.SizeStep, theme.Accent, true)), part.Muted(r.Text), part.Muted(r.Rule), row)))
	}
	return part.BareCard(part.Scroll(part.Pad(14, 16, 14, 16, list)))
}

// exportCard offers the register in the formats of others; each asks for the consent before anything is written.
func exportCard(a Actions, st *wizard.State, close func()) fyne.CanvasObject {
	list := part.VStack(12, part.HStack(8, part.Icon("upload", 18, theme.Accent), part.Grow(part.Heading(a.T("stock.export.title"))), part.IconButton("cross", a.T("stock.export.close"), close)))
	for _, f := range wizard.RegisterFormats() {
		key := "stock.export." + string(f)
		list.Add(part.VStack(4, part.HStack(0, part.Secondary(a.T(key), "download", func() {
			a.Export(Exporting{Case: st.Case.ID, Firm: st.Case.Firm.Name, Kind: wizard.LeavesRegister, Name: a.T(key + ".file"), Format: f})
		}).Small()), part.Muted(a.T(key+".text"))))
	}
	return part.BareCard(part.Scroll(part.Pad(14, 16, 14, 16, list)))
}

// tidy is what can be done with a line as a whole: parted, made one with another, a witness taken out again.
func (d *assetDetail) tidy(st *wizard.State, count int) fyne.CanvasObject {
	t, id, key := d.a.T, d.a.Case(), d.id
	list := part.VStack(8, part.Line(t("stock.tidy"), theme.SizeCell, theme.Ink, true))
	if count > 1 {
		list.Add(part.HStack(0, part.Secondary(t("stock.split"), "", func() {
			d.a.Prompt(Prompt{Title: t("stock.split"), Text: t("stock.split.text", count), Label: t("stock.split.label"), Yes: t("stock.split.yes")}, func(text string) {
				n, err := strconv.Atoi(strings.TrimSpace(text))
				if err != nil {
					n = 0 // named by the desk
				}
				d.verb(func(ctx context.Context, k *wizard.Desk) (*wizard.State, error) {
					s, _, err := k.Split(ctx, id, key, n)
					return s, err
				})
			})
		}).Small()))
	}
	for _, w := range view.Separable(t, assetOf(st, key)) {
		list.Add(part.HStack(8, part.Grow(part.Muted(w.Text)), part.Secondary(t("stock.unmerge"), "", func() {
			n, _ := strconv.Atoi(w.Value)
			d.verb(func(ctx context.Context, k *wizard.Desk) (*wizard.State, error) {
				s, _, err := k.Unmerge(ctx, id, key, n)
				return s, err
			})
		}).Small()))
	}
	other := part.NewSelectField(part.FieldSpec{Label: t("stock.join.label"), Placeholder: t("stock.join.choose")}, options(view.Others(t, st.Case, key)))
	other.Listen(func(v string) {
		if v != "" {
			d.a.Ask(t("stock.join.title"), t("stock.join.text"), t("stock.join.yes"), func() {
				d.verb(func(ctx context.Context, k *wizard.Desk) (*wizard.State, error) { return k.Join(ctx, id, key, v) })
			})
		}
	}, nil)
	list.Add(other)
	return part.InnerCard(list)
}

// plate says what is not known of a machine, where to look, and takes a picture of its name plate.
func (d *assetDetail) plate(st *wizard.State) fyne.CanvasObject {
	t, id, key := d.a.T, d.a.Case(), d.id
	list := part.VStack(6)
	if u, open := view.NextStep(st, key); open {
		list.Add(part.Colored(t("stock.open", strings.Join(u.Missing, t("stock.comma"))), theme.SizeCell, theme.Warn, true))
		list.Add(part.Muted(t("stock.open.plate", u.Next.Plate)))
		list.Add(part.Muted(t("stock.open.menu", u.Next.Menu, u.Next.Source)))
	}
	for _, name := range view.Photos(st.Case, key) {
		list.Add(part.Muted(t("stock.photo", name)))
	}
	list.Add(part.HStack(0, part.Secondary(t("stock.photo.add"), "camera", func() {
		d.a.PickFile(t("stock.photo.add"), []string{".jpg", ".jpeg", ".png"}, func(name string, data []byte) {
			d.verb(func(ctx context.Context, k *wizard.Desk) (*wizard.State, error) {
				return k.AttachPlate(ctx, id, key, name, data)
			})
		})
	}).Small()))
	return part.InnerCard(list)
}

func (d *assetDetail) verb(do func(context.Context, *wizard.Desk) (*wizard.State, error)) {
	d.form.Save()
	d.a.Do("", func(ctx context.Context, k *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return do(ctx, k)
	})
}
