package page

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register("home", newHome) }

// home is the 工作台: all cases with what each asks for next.
type home struct {
	a       Actions
	query   wizard.Query
	found   wizard.Found
	tried   map[string]try // cases looked at because they were stale
	looking bool

	tiles, chips, place *part.Slot
	strip               *part.Slot      // what can be done with the ticked cases, or the chosen one
	marked              map[string]bool // ticked cases by id
	find                *part.TextField
	region, level       *part.SelectField
	table               *part.Table
	open, out           *part.Button
	gone, keep, pack    *part.Button
	bar                 *part.BottomBar
	deletions           []wizard.Deletion
	laid                string // what the page shows besides the list: see lay
}

// try is how looking at a case ended.
type try struct {
	at     time.Time // its last change then
	failed bool      // it could not be read
}

// sortKeys are what the columns sort by.
var sortKeys = []wizard.SortKey{wizard.SortName, wizard.SortRegion, wizard.SortLevel, wizard.SortScore, wizard.SortNext, wizard.SortDeadline, wizard.SortState}

func newHome(a Actions) Page {
	p := &home{a: a, tried: map[string]try{}, tiles: part.NewSlot(nil), chips: part.NewSlot(nil), place: part.NewSlot(nil), strip: part.NewSlot(nil), marked: map[string]bool{}}
	p.find = part.SearchBox(a.T("home.search"), func(s string) { p.query.Text = s; p.list() })
	p.region = p.choice("home.region", regions(), func(v string) { p.query.Region = v })
	p.level = p.choice("home.level", levels(a), func(v string) { p.query.Level = v })
	col := func(key string) string { return a.T("home.column." + key) }
	columns := []part.TableColumn{
		{Title: col("name"), Weight: 3.4}, {Title: col("region"), Weight: 1.5}, {Title: col("level"), Width: 118}, {Title: col("score"), Width: 76, Align: fyne.TextAlignTrailing},
		{Title: col("next"), Weight: 2}, {Title: col("due"), Width: 96}, {Title: col("sync"), Width: 104},
	}
	for i := range columns {
		columns[i].Sortable = true
	}
	if large() {
		columns = slices.Delete(columns, 5, 6)
	}
	p.table = part.NewTable(columns, 34, nil).WithChevron().WithEmpty(a.T("home.none")).
		WithMarks(func(i int) bool { return i < len(p.found.Entries) && p.marked[p.found.Entries[i].ID] }, p.markCases)
	p.table.OnSelect = func(int) { p.chosen() }
	p.table.OnActivate = func(i int) { a.Open(p.found.Entries[i].ID) }
	p.table.OnSort = func(column int, rising bool) {
		p.query.Sort = sortKeys[whole(column)]
		p.query.Desc = !rising
		p.list()
	}
	p.open = part.Secondary(a.T("home.open"), "doc", func() {
		if i := p.table.Selected(); i >= 0 {
			a.Open(p.found.Entries[i].ID)
		}
	}).Off()
	p.out = part.Secondary(a.T("home.export"), "download", p.export).Off()
	p.bar = part.NewBottomBar(a.T("home.foot"), append(p.rights(), p.out, p.open)...)
	return p
}

// Parts implements Page.
func (p *home) Parts() (header, body, foot fyne.CanvasObject) {
	header = part.PageHeader("", p.a.T("home.title"), p.a.T("home.note"),
		part.Secondary(p.a.T("home.settings"), "gear", p.a.Settings),
		part.Secondary(p.a.T("home.import"), "upload", p.bring),
		part.Primary(p.a.T("home.new"), "plus", p.begin))
	return header, part.Pad(4, 24, 16, 24, p.place), p.bar
}

// whole turns the number of a shown column into that of all columns: with large letters the next deadline is left out.
func whole(column int) int {
	if large() && column >= 5 {
		return column + 1
	}
	return column
}

// choice is a filter whose first option is all.
func (p *home) choice(key string, options []part.Option, set func(string)) *part.SelectField {
	f := part.NewSelectField(part.FieldSpec{Placeholder: p.a.T(key + ".all")}, append([]part.Option{{Text: p.a.T(key + ".all")}}, options...))
	f.OnChanged = func(v string) { set(v); p.list() }
	f.SetValue("")
	return f
}

func regions() []part.Option {
	var out []part.Option
	for _, r := range survey.Regions() {
		out = append(out, part.Option{Value: r.Code, Text: r.Name})
	}
	return out
}

func levels(a Actions) []part.Option {
	out := []part.Option{{Value: wizard.LevelNone, Text: a.T("home.level.none")}}
	for _, n := range []string{"0", "1", "2", "3", "4"} {
		out = append(out, part.Option{Value: n, Text: a.T("home.level." + n)})
	}
	return out
}

// Show implements Page.
func (p *home) Show(*wizard.State) {
	p.readDeletions()
	p.list()
}

// list finds the cases anew and shows them, or what to do while there are none.
func (p *home) list() {
	p.a.Find(p.query, func(f wizard.Found) {
		p.fill(f)
		p.look()
	})
}

func (p *home) fill(f wizard.Found) {
	keep := ""
	if i := p.table.Selected(); i >= 0 && i < len(p.found.Entries) {
		keep = p.found.Entries[i].ID
	}
	p.found = f
	p.counters()
	p.table.SetRows(len(f.Entries), func(row, column int) part.Cell { return p.cell(p.row(row), whole(column)) })
	p.table.Select(slices.IndexFunc(f.Entries, func(e wizard.Entry) bool { return e.ID == keep }))
	p.chosen()
	p.lay()
}

// lay puts the page together; only when something comes or goes, so that the search keeps its cursor.
func (p *home) lay() {
	told, what := p.reminders()
	if what += strconv.FormatBool(p.found.All > 0); what == p.laid {
		return
	}
	p.laid = what
	list := part.VStack(12)
	if p.found.All > 0 {
		list.Add(p.tiles)
	}
	if told != nil {
		list.Add(told)
	}
	if p.found.All > 0 {
		width := func(w float32, f fyne.CanvasObject) fyne.CanvasObject { return part.Sized(w*theme.Scale(), 0, f) }
		list.Add(part.HStack(12, part.Grow(p.find), width(150, p.region), width(130, p.level)))
		list.Add(p.chips)
		list.Add(p.strip)
		list.Add(part.Grow(part.BareCard(p.table)))
	} else {
		list.Add(part.Grow(part.Middle(p.empty())))
	}
	p.place.Set(list)
}

func (p *home) row(i int) view.CaseRow {
	e := p.found.Entries[i]
	r := view.CaseOn(p.a.T, e, p.found.Today)
	if p.broken(e) {
		r = view.Unreadable(p.a.T, r)
	}
	return r
}

// broken tells whether a case could not be read as it stands.
func (p *home) broken(e wizard.Entry) bool {
	t := p.tried[e.ID]
	return t.failed && t.at.Equal(e.Updated)
}

func (p *home) empty() fyne.CanvasObject {
	ways := part.HStack(10, part.Secondary(p.a.T("home.new"), "plus", p.begin))
	if sample := p.a.Install().Sample; len(sample) > 0 {
		ways.Add(part.Primary(p.a.T("home.sample"), "eye", func() { p.a.Adopt(sample) }))
	}
	return part.Card("", nil, part.Sized(460, 0, part.EmptyState("folder", p.a.T("home.empty.title"), p.a.T("home.empty.text"), ways)))
}

func (p *home) counters() {
	n := p.found.Counts
	tile := func(g wizard.Group, key string, kind part.Kind) fyne.CanvasObject {
		if n[g] == 0 {
			kind = part.Neutral
		}
		return part.NewCounterTile(strconv.Itoa(n[g]), "", p.a.T("home.count."+key), p.a.T("home.count."+key+".sub"), kind, func() { p.query.State = g; p.list() })
	}
	p.tiles.Set(part.Columns(12, nil, tile("", "cases", part.Neutral), tile(wizard.GroupTodo, "todo", part.Neutral),
		tile(wizard.GroupMend, "mend", part.Warn), tile(wizard.GroupWaiting, "waiting", part.Neutral)))
	names, counts, at := []string{p.a.T("home.filter.all")}, []string{strconv.Itoa(n[""])}, 0
	for i, g := range wizard.Groups() {
		names, counts = append(names, p.a.T("home.count."+string(g))), append(counts, strconv.Itoa(n[g]))
		if g == p.query.State {
			at = i + 1
		}
	}
	p.chips.Set(part.ChipGroup(names, counts, at, func(i int) {
		p.query.State = append([]wizard.Group{""}, wizard.Groups()...)[i]
		p.list()
	}))
}

func (p *home) cell(r view.CaseRow, column int) part.Cell {
	switch column {
	case 0:
		return part.Cell{Text: r.Name}
	case 1:
		return part.Cell{Text: r.Region}
	case 2:
		if !r.Known {
			return part.Cell{}
		}
		if r.LevelName == "" {
			return part.Cell{Text: p.a.T("home.level.none"), Meter: 1, Token: mutedToken}
		}
		return part.Cell{Text: r.LevelName, Meter: 1 + r.Level, Bold: r.Level > 0 && !r.Stale, Token: staleToken(r)}
	case 3:
		return part.Cell{Text: r.Score, Token: staleToken(r)}
	case 4:
		if !r.Known {
			return part.Cell{Text: p.a.T("home.next.wait"), Token: mutedToken}
		}
		return part.Cell{Text: r.Next, Dot: r.Problem, Token: staleToken(r)}
	case 5:
		if r.DueDay != "" && r.DueTone != view.Plain {
			return part.Cell{Text: r.DueDay, Dot: true, Bold: r.DueTone == view.Bad}
		}
		return part.Cell{Text: r.DueDay, Token: mutedToken}
	}
	return part.Cell{Badge: r.Sync, BadgeKind: kindOf(r.Tone)}
}

// staleToken mutes what was made by other packs or another program.
func staleToken(r view.CaseRow) fyne.ThemeColorName {
	if r.Stale {
		return mutedToken
	}
	return ""
}

// note says how many cases are shown and, of the chosen one, until when it is kept.
func (p *home) note() {
	words := p.a.T("home.foot.count", p.found.Total, p.found.All)
	if r := p.picked(); r != nil {
		if r.Keep != "" { // first: what does not fit is cut
			words += " · " + p.a.T("home.keep.until", r.Keep)
		}
		words += " · " + p.a.T("home.changed", r.Updated)
	}
	p.bar.SetNote(words)
}

// renewed is how many cases are looked at before the list is shown anew and other verbs come in between.
const renewed = 20

// look finds out what follows from the cases that are not known or stale.
func (p *home) look() {
	var stale []wizard.Entry
	for _, e := range p.found.Entries {
		if len(stale) < renewed && e.Stale && !p.tried[e.ID].at.Equal(e.Updated) {
			stale = append(stale, e)
		}
	}
	if p.looking || len(stale) == 0 {
		return
	}
	p.looking = true
	tried := map[string]try{}
	p.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		for _, e := range stale {
			err := d.Renew(ctx, e.ID) // a case that cannot be read says so when a person opens it
			tried[e.ID] = try{e.Updated, err != nil}
		}
		return nil, nil
	}, func(error) {
		p.looking = false
		maps.Copy(p.tried, tried)
		p.list()
	})
}

// chosen offers what can be done with a case only while one is chosen.
func (p *home) chosen() {
	for _, b := range []*part.Button{p.open, p.out, p.gone, p.keep, p.pack} {
		b.Enable()
		if p.table.Selected() < 0 {
			b.Disable()
		}
	}
	p.note()
	p.offer()
}

func (p *home) begin() {
	p.a.Prompt(Prompt{Title: p.a.T("home.new.title"), Label: p.a.T("home.new.label"), Placeholder: p.a.T("home.new.place"), Yes: p.a.T("home.new.yes")}, p.a.NewCase)
}

func (p *home) bring() {
	p.a.PickFile(p.a.T("home.import.title"), []string{".json", ".sycase"}, func(_ string, data []byte) { p.a.Adopt(data) })
}
