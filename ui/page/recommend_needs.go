package page

import (
	"cmp"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// needsList edits the needs; its rows are made once per catalog, so that the keyboard stays where it is.
type needsList struct {
	p    *recommendPage
	card fyne.CanvasObject
	rows *fyne.Container
	keys []string
	row  map[string]*needRow
	sum  *part.Text
}

type needRow struct {
	badge  *part.Badge
	why    *part.Text
	choice *part.Segmented
	weight *part.Button
}

// needWords are the choices in order: as suggested, wanted, left out.
var needChoices = []survey.Tri{survey.Unknown, survey.Yes, survey.No}

func newNeedsList(p *recommendPage) *needsList {
	l := &needsList{p: p, rows: part.VStack(10), sum: part.Muted("")}
	target := part.NewSelectField(part.FieldSpec{Label: p.a.T("recommend.target"), Hint: p.a.T("recommend.target.hint")}, []part.Option{
		{Value: "0", Text: p.a.T("recommend.target.next")}, {Value: "1", Text: p.a.T("assess.level.1")}, {Value: "2", Text: p.a.T("assess.level.2")},
		{Value: "3", Text: p.a.T("assess.level.3")}, {Value: "4", Text: p.a.T("assess.level.4")},
	})
	p.form.Add("plan.target", target)
	l.card = part.VStack(12, part.Card(p.a.T("recommend.needs"), nil, part.VStack(12, part.Muted(p.a.T("recommend.needs.note")),
		part.Columns(16, []float32{1, 1.6}, target, l.sum), l.levels(), part.Hairline(), l.aims())), part.Card("", nil, l.rows))
	return l
}

// levels are the buttons that choose the needs by the cheapest way to a level.
func (l *needsList) levels() fyne.CanvasObject {
	row := part.Flow(8)
	for level := 1; level <= 4; level++ {
		row.Add(part.Secondary(l.p.a.T("choose.level", l.p.a.T("assess.level."+strconv.Itoa(level))), "", func() { l.p.level(level) }).Small())
	}
	return part.VStack(4, part.Muted(l.p.a.T("choose.level.note")), row)
}

// aims are the objective and the limits beside the budget.
func (l *needsList) aims() fyne.CanvasObject {
	T := l.p.a.T
	spec := func(key string) part.FieldSpec {
		return part.FieldSpec{Label: T("choose." + key), Hint: T("choose." + key + ".hint"), Optional: true, Keys: l.p.keys.fields()}
	}
	var options []part.Option
	for _, o := range survey.ObjectiveNames {
		options = append(options, part.Option{Value: string(o.Value), Text: T("choose.objective." + cmp.Or(string(o.Value), "coverage"))})
	}
	read := func(s string) (string, string) { return view.YuanEcho(T, s), "" }
	goal := spec("objective")
	goal.Placeholder = options[0].Text
	add := func(path string, f part.Field) fyne.CanvasObject { return l.p.form.Add(path, f) }
	return part.VStack(10,
		part.Fold(700, 12, nil, add("plan.objective", part.NewSelectField(goal, options)), add("plan.worth", part.NewYuanField(spec("worth"), read)), add("plan.cash", part.NewYuanField(spec("cash"), read))),
		part.Fold(700, 12, nil, add("plan.start", part.NewDateField(spec("start"))), add("plan.local", part.NewTriField(spec("local")))))
}

func (l *needsList) show() {
	list := view.Needs(l.p.a.T, l.p.st)
	keys := make([]string, len(list))
	wanted, covered := 0, len(l.p.st.Bundle.Covered)
	for i, n := range list {
		keys[i] = n.Key
		if l.p.st.Bundle.Needs[i].Wanted {
			wanted++
		}
	}
	l.sum.SetText(l.p.a.T("recommend.needs.sum", wanted, covered))
	if !slices.Equal(keys, l.keys) {
		l.build(list)
		l.keys = keys
	}
	for _, n := range list {
		r := l.row[n.Key]
		r.badge.Set(kindOf(n.Tone), n.State)
		r.why.SetText(n.Why)
		r.choice.Set(slices.Index(needChoices, n.Choice))
		r.weight.SetText(l.p.a.T("choose.weight", n.Weight))
	}
	l.rows.Refresh()
}

func (l *needsList) build(list []view.Need) {
	l.rows.RemoveAll()
	l.row = map[string]*needRow{}
	group := ""
	words := []string{l.p.a.T("recommend.need.auto"), l.p.a.T("recommend.need.yes"), l.p.a.T("recommend.need.no")}
	for _, n := range list {
		if n.Group != group {
			group = n.Group
			l.rows.Add(part.Heading(group))
		}
		r := &needRow{badge: part.NewBadge(kindOf(n.Tone), n.State), why: part.Muted(n.Why)}
		r.choice = part.NewSegmented(words, -1, func(i int) { l.p.need(n.Key, needChoices[i]) })
		r.weight = part.Link(l.p.a.T("choose.weight", n.Weight), func() { l.p.weigh(n.Key, n.Title) })
		l.row[n.Key] = r
		l.rows.Add(part.HStack(12, part.Grow(part.VStack(2, part.HStack(8, part.Strong(n.Title), r.badge), r.why)), r.weight, r.choice))
		l.rows.Add(part.Hairline())
	}
}
