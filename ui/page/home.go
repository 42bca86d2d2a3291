package page

import (
	"context"
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
	entries []wizard.Entry
	looked  map[string]looked // what was found out about a case, by id
	looking bool
	rows    []view.CaseRow // all
	shown   []view.CaseRow // after filter and search
	filter  view.CaseFilter
	search  string

	tiles, chips, place *part.Slot
	find                *part.TextField
	table               *part.Table
	open, out           *part.Button
	gone, keep, pack    *part.Button
	bar                 *part.BottomBar
	deletions           []wizard.Deletion
	today               survey.Date
}

// looked is a case as it was at its last change.
type looked struct {
	at time.Time
	st *wizard.State
}

// of gives what was found out about a case; nil when nothing was or when the case changed since.
func (l looked) of(e wizard.Entry) *wizard.State {
	if l.at.Equal(e.Updated) {
		return l.st
	}
	return nil
}

func newHome(a Actions) Page {
	p := &home{a: a, looked: map[string]looked{}, tiles: part.NewSlot(nil), chips: part.NewSlot(nil), place: part.NewSlot(nil)}
	p.find = part.SearchBox(a.T("home.search"), func(s string) { p.search = s; p.list() })
	col := func(key string) string { return a.T("home.column." + key) }
	columns := []part.TableColumn{
		{Title: col("name"), Weight: 3}, {Title: col("region"), Weight: 1.3}, {Title: col("level"), Width: 118}, {Title: col("score"), Width: 70, Align: fyne.TextAlignTrailing},
		{Title: col("next"), Weight: 2}, {Title: col("updated"), Width: 136}, {Title: col("sync"), Width: 104},
	}
	if large() {
		columns = slices.Delete(columns, 5, 6)
	}
	p.table = part.NewTable(columns, 34, nil).WithChevron().WithEmpty(a.T("home.none"))
	p.table.OnSelect = func(int) { p.chosen() }
	p.table.OnActivate = func(i int) { a.Open(p.shown[i].ID) }
	p.open = part.Secondary(a.T("home.open"), "doc", func() {
		if i := p.table.Selected(); i >= 0 {
			a.Open(p.shown[i].ID)
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

// Show implements Page.
func (p *home) Show(*wizard.State) {
	p.readDeletions()
	p.a.List(func(all []wizard.Entry) {
		p.entries = all
		p.fill()
		p.look()
	})
}

// fill shows the cases, or what to do while there are none.
func (p *home) fill() {
	p.rows = nil
	for _, e := range p.entries {
		r := view.CaseOf(p.a.T, e, p.looked[e.ID].of(e))
		if p.looked[e.ID].at.Equal(e.Updated) && !r.Known {
			r = view.Unreadable(p.a.T, r)
		}
		p.rows = append(p.rows, r)
	}
	if len(p.rows) == 0 {
		list := part.VStack(12)
		if told := p.reminders(); told != nil {
			list.Add(told)
		}
		list.Add(part.Grow(part.Middle(p.empty())))
		p.place.Set(list)
		return
	}
	p.counters()
	p.list()
	list := part.VStack(12, p.tiles)
	if told := p.reminders(); told != nil {
		list.Add(told)
	}
	list.Add(part.HStack(12, part.Sized(240*theme.Scale(), 0, p.find), part.Grow(p.chips)))
	list.Add(part.Grow(part.BareCard(p.table)))
	p.place.Set(list)
}

func (p *home) empty() fyne.CanvasObject {
	ways := part.HStack(10, part.Secondary(p.a.T("home.new"), "plus", p.begin))
	if sample := p.a.Install().Sample; len(sample) > 0 {
		ways.Add(part.Primary(p.a.T("home.sample"), "eye", func() { p.a.Adopt(sample) }))
	}
	return part.Card("", nil, part.Sized(460, 0, part.EmptyState("folder", p.a.T("home.empty.title"), p.a.T("home.empty.text"), ways)))
}

func (p *home) counters() {
	n := view.CountCases(p.rows)
	tile := func(count int, key string, kind part.Kind, f view.CaseFilter) fyne.CanvasObject {
		if count == 0 {
			kind = part.Neutral
		}
		return part.NewCounterTile(strconv.Itoa(count), "", p.a.T("home.count."+key), p.a.T("home.count."+key+".sub"), kind, func() { p.choose(f) })
	}
	p.tiles.Set(part.Columns(12, nil, tile(n.Cases, "cases", part.Neutral, view.AllCases), tile(n.Todo, "todo", part.Neutral, view.TodoCases),
		tile(n.Mend, "mend", part.Warn, view.MendCases), tile(n.Waiting, "waiting", part.Neutral, view.WaitingCases)))
	names := []string{p.a.T("home.filter.all")}
	for _, key := range []string{"todo", "mend", "waiting", "sent"} {
		names = append(names, p.a.T("home.count."+key))
	}
	counts := []string{strconv.Itoa(n.Cases), strconv.Itoa(n.Todo), strconv.Itoa(n.Mend), strconv.Itoa(n.Waiting), strconv.Itoa(n.Sent)}
	p.chips.Set(part.ChipGroup(names, counts, int(p.filter), func(i int) { p.filter = view.CaseFilter(i); p.list() }))
}

func (p *home) choose(f view.CaseFilter) {
	p.filter = f
	p.counters()
	p.list()
}

func (p *home) list() {
	keep := ""
	if i := p.table.Selected(); i >= 0 && i < len(p.shown) {
		keep = p.shown[i].ID
	}
	p.shown = view.PickCases(p.rows, p.filter, p.search)
	p.table.SetRows(len(p.shown), func(row, column int) part.Cell { return p.cell(p.shown[row], column) })
	at := -1
	for i, r := range p.shown {
		if r.ID == keep {
			at = i
		}
	}
	p.table.Select(at)
	p.chosen()
	p.note()
}

func (p *home) cell(r view.CaseRow, column int) part.Cell {
	if large() && column >= 5 {
		column++ // the time of the last change is left out
	}
	switch column {
	case 0:
		return part.Cell{Text: r.Name}
	case 1:
		return part.Cell{Text: r.Region}
	case 2:
		if r.LevelName == "" {
			return part.Cell{Text: p.a.T("home.level.none"), Meter: 1, Token: mutedToken}
		}
		return part.Cell{Text: r.LevelName, Meter: 1 + r.Level, Bold: r.Level > 0}
	case 3:
		return part.Cell{Text: r.Score}
	case 4:
		if !r.Known {
			return part.Cell{Text: p.a.T("home.next.wait"), Token: mutedToken}
		}
		return part.Cell{Text: r.Next, Dot: r.Problem}
	case 5:
		return part.Cell{Text: r.Updated, Token: mutedToken}
	}
	if !r.Known {
		return part.Cell{}
	}
	return part.Cell{Badge: r.Sync, BadgeKind: kindOf(r.Tone)}
}

// note says how many cases are shown and, of the chosen one, until when it is kept.
func (p *home) note() {
	words := p.a.T("home.foot.count", len(p.shown), len(p.rows))
	if r := p.picked(); r != nil && r.Keep != "" {
		words += " · " + p.a.T("home.keep.until", r.Keep)
	}
	p.bar.SetNote(words)
}

// look opens the cases one after another to find out what follows from them; other verbs come in between.
func (p *home) look() {
	if p.looking {
		return
	}
	for _, e := range p.entries {
		if p.looked[e.ID].at.Equal(e.Updated) {
			continue
		}
		p.looking = true
		var st *wizard.State
		p.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			st, _ = d.Open(ctx, e.ID) // a case that cannot be read says so when a person opens it
			return nil, nil
		}, func(error) {
			p.looking = false
			p.looked[e.ID] = looked{at: e.Updated, st: st}
			p.fill()
			p.look()
		})
		return
	}
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
}

func (p *home) begin() {
	p.a.Prompt(Prompt{Title: p.a.T("home.new.title"), Label: p.a.T("home.new.label"), Placeholder: p.a.T("home.new.place"), Yes: p.a.T("home.new.yes")}, p.a.NewCase)
}

func (p *home) bring() {
	p.a.PickFile(p.a.T("home.import.title"), []string{".json"}, func(_ string, data []byte) { p.a.Adopt(data) })
}
