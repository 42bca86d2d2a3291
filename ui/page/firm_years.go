package page

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// yearColumns is the card with one column of figures a year. The columns are made anew only when the years change, so that the
// cursor stays.
type yearColumns struct {
	place *part.Slot
	a     Actions
	form  *Form
	years []int
	last  *survey.Case
	third bool // the person asked for a third year
}

func newYearColumns(a Actions, form *Form) *yearColumns {
	return &yearColumns{place: part.NewSlot(nil), a: a, form: form}
}

func (y *yearColumns) show(c *survey.Case) {
	y.last = c
	years := view.FirmYears(c)
	if y.third && len(years) == 2 {
		years = append(years, years[1]-1)
	}
	if len(years) > 0 && slices.Equal(years, y.years) {
		return
	}
	for _, year := range y.years {
		for _, name := range yearFields {
			y.form.Remove(yearPath(year, name))
		}
	}
	y.years = years
	y.place.Set(y.card())
}

func (y *yearColumns) card() fyne.CanvasObject {
	if len(y.years) == 0 {
		return part.Card(y.a.T("firm.section.years"), nil, part.Muted(y.a.T("firm.years.none")))
	}
	columns := make([]fyne.CanvasObject, len(y.years))
	for i, year := range y.years {
		columns[i] = y.column(year, i == 0)
	}
	var more fyne.CanvasObject
	if len(y.years) == 2 {
		more = part.TextButton(y.a.T("firm.year.more", y.years[1]-1), "plus", func() {
			y.third = true
			y.show(y.last)
		}).Small()
	}
	return part.CardWith(part.HeadRow(y.a.T("firm.section.years"), "", more), part.Columns(16, nil, columns...))
}

// yearFields are the figures of a year in the order of the form.
var yearFields = []string{"staff", "mainRevenue", "revenue", "cost", "profit", "tax", "assets", "energyKgce", "passRates", "page"}

func yearPath(year int, name string) string { return "years." + strconv.Itoa(year) + "." + name }

// column asks for the figures of one year; the form needs staff and main revenue of the newest.
func (y *yearColumns) column(year int, newest bool) fyne.CanvasObject {
	list := part.VStack(12)
	for _, name := range yearFields {
		spec := part.FieldSpec{Label: y.a.T("firm.year."+name, year), Required: newest && (name == "staff" || name == "mainRevenue")}
		list.Add(y.form.Add(yearPath(year, name), y.field(name, spec)))
	}
	return list
}

func (y *yearColumns) field(name string, spec part.FieldSpec) part.Field {
	switch name {
	case "staff":
		spec.Unit = y.a.T("firm.unit.people")
		return part.NewNumberField(spec)
	case "energyKgce":
		spec.Unit = y.a.T("firm.unit.tonnes")
		return part.NewNumberField(spec)
	case "passRates":
		spec.Hint = y.a.T("firm.year.passRates.hint")
		return part.NewTextField(spec)
	case "page":
		return part.NewTextField(spec)
	}
	spec.Hint = y.a.T("firm.yuan.hint")
	return part.NewYuanField(spec, func(s string) (string, string) { return view.YuanEcho(y.a.T, s), "" })
}
