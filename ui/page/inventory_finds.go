package page

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// findList is the finds of a look at the network: a list with filters, or the picture of who hangs where; and at the right the chosen find
// beside the register. Nothing is ticked beforehand: a person looks and takes.
type findList struct {
	a     Actions
	take  func([]wizard.FindChoice)
	proof func()

	offers  []wizard.FindOffer
	rows    []view.FindRow
	shown   []int // indexes of rows
	nodes   []view.NetNode
	drawn   []view.NetNode // of nodes, those of the filter
	filter  view.FindFilter
	picture bool
	ready   bool // the look is over: finds can be taken
	chosen  string
	ticked  map[string]bool
	apart   map[string]bool // a line of its own, whatever it looks like

	bar   *part.Segmented
	chips *part.Slot
	table *part.Table
	tree  *part.Tree
	main  *part.Slot
	side  *part.Slot
	foot  *part.Slot
	all   fyne.CanvasObject
}

func newFindList(a Actions, take func([]wizard.FindChoice), proof func()) *findList {
	l := &findList{a: a, take: take, proof: proof, chips: part.NewSlot(nil), main: part.NewSlot(nil), side: part.NewSlot(nil), foot: part.NewSlot(nil)}
	l.reset()
	col := func(key string) string { return a.T("scan.column." + key) }
	l.table = part.NewTable([]part.TableColumn{
		{Title: "", Width: 30, Align: fyne.TextAlignCenter}, {Title: col("address"), Width: 118}, {Title: col("name"), Weight: 2}, {Title: col("what"), Weight: 1.8}, {Title: col("into"), Weight: 1.3},
	}, 31, nil).WithEmpty(a.T("scan.none"))
	l.table.OnSelect = func(i int) { l.open(l.rows[l.shown[i]].Key) }
	l.table.OnActivate = func(i int) { l.tick(l.rows[l.shown[i]].Key) }
	l.tree = part.NewTree(nil)
	l.tree.OnSelect = func(i int) { l.open(l.drawn[i].Key) }
	l.bar = part.NewSegmented([]string{a.T("scan.view.list"), a.T("scan.view.picture")}, 0, func(i int) { l.picture = i == 1; l.draw() })
	left := part.BareCard(part.VStack(0, part.Pad(10, 12, 10, 12, part.VStack(8, part.HStack(10, l.bar, part.Spacer(), l.foot), l.chips)), part.Hairline(), part.Grow(l.main)))
	l.all = part.Columns(12, []float32{64, 36}, left, l.side)
	return l
}

func (l *findList) content() fyne.CanvasObject { return l.all }

// reset forgets what was chosen.
func (l *findList) reset() {
	l.chosen, l.filter, l.ticked, l.apart = "", view.AllFinds, map[string]bool{}, map[string]bool{}
}

// show lays the hosts beside the register.
func (l *findList) show(st *wizard.State, hosts []scan.Host, ready bool) {
	l.offers, l.ready = view.Offers(st, hosts), ready
	l.rows = view.FindRows(l.a.T, l.offers)
	l.nodes = view.NetTree(l.a.T, l.offers, hosts)
	l.draw()
}

func (l *findList) draw() {
	var names, counts []string
	for f, key := range view.FindFilters {
		n := 0
		for _, r := range l.rows {
			if r.Fits(view.FindFilter(f)) {
				n++
			}
		}
		names, counts = append(names, l.a.T("scan.filter."+key)), append(counts, strconv.Itoa(n))
	}
	l.chips.Set(part.ChipGroup(names, counts, int(l.filter), func(i int) { l.filter = view.FindFilter(i); l.list() }))
	if l.picture {
		l.main.Set(part.Scroll(part.Pad(4, 8, 8, 8, l.tree)))
	} else {
		l.main.Set(l.table)
	}
	l.list()
	l.button()
	l.detail()
}

func netNodes(list []view.NetNode, a Actions) []part.Node {
	out := make([]part.Node, len(list))
	for i, n := range list {
		out[i] = part.Node{Depth: n.Depth, Name: n.Name, Sub: n.Sub, Edge: n.Port, Icon: "chip"}
		switch {
		case n.Switch:
			out[i].Icon, out[i].Token = "network", theme.Accent
		case n.OT:
			out[i].Icon, out[i].Token = "factory", theme.OK
		}
		if !n.Known && n.Key != "" {
			out[i].Badge = a.T("scan.badge.new")
		}
	}
	return out
}

func (l *findList) list() {
	l.shown = nil
	for i, r := range l.rows {
		if r.Fits(l.filter) {
			l.shown = append(l.shown, i)
		}
	}
	rows, shown := l.rows, l.shown // the table may be drawn again before the next rows are in it
	l.table.SetRows(len(shown), func(row, column int) part.Cell { return l.cell(rows[shown[row]], column) })
	at := -1
	for i, k := range l.shown {
		if l.rows[k].Key == l.chosen {
			at = i
		}
	}
	l.table.Select(at)
	l.drawn = view.NetOf(l.nodes, l.rows, l.filter)
	l.tree.Set(netNodes(l.drawn, l.a), slices.IndexFunc(l.drawn, func(n view.NetNode) bool { return n.Key != "" && n.Key == l.chosen }))
}

func (l *findList) cell(r view.FindRow, column int) part.Cell {
	switch column {
	case 0:
		if l.ticked[r.Key] {
			return part.Cell{Icon: "check", IconToken: theme.OK}
		}
		return part.Cell{Icon: "minus", IconToken: theme.Faint}
	case 1:
		return part.Cell{Text: r.Address}
	case 2:
		return part.Cell{Text: r.Name, Dot: r.Dispute, Bold: r.OT}
	case 3:
		return part.Cell{Text: r.What, Token: theme.Muted}
	}
	return part.Cell{Text: r.Into, Token: theme.Muted}
}

// button says how many are taken and takes them.
func (l *findList) button() {
	if !l.ready {
		l.foot.Set(part.Muted(l.a.T("scan.wait", len(l.rows))))
		return
	}
	var choices []wizard.FindChoice
	for _, o := range l.offers {
		if key := o.Host.Key(); l.ticked[key] {
			choices = append(choices, wizard.FindChoice{Address: key, New: l.apart[key]})
		}
	}
	take := part.Primary(l.a.T("scan.take", len(choices)), "", func() { l.take(choices) }).Small()
	if len(choices) == 0 {
		take.Disable()
	}
	l.foot.Set(part.HStack(8, part.Secondary(l.a.T("scan.proof"), "download", l.proof).Small(), take))
}

func (l *findList) tick(key string) {
	l.ticked[key] = !l.ticked[key]
	l.list()
	l.button()
	l.detail()
}

func (l *findList) open(key string) {
	l.chosen = key
	l.detail()
}

// detail shows the chosen find beside the register's line.
func (l *findList) detail() {
	for _, o := range l.offers {
		if o.Host.Key() == l.chosen {
			l.side.Set(l.card(o))
			return
		}
	}
	l.side.Set(part.BareCard(part.EmptyState("scan", l.a.T("scan.choose.title"), l.a.T("scan.choose.text"), nil)))
}

func (l *findList) card(o wizard.FindOffer) fyne.CanvasObject {
	t, key := l.a.T, o.Host.Key()
	list := part.VStack(10, part.Heading(o.Asset.Name), part.KeyValue(76, findPairs(view.FindFacts(t, o))...))
	if o.Line == "" {
		list.Add(part.Notice(part.Info, t("scan.into.new.text")))
	} else {
		list.Add(part.Notice(part.Info, t("scan.into.line.text", o.LineName, view.Comma(t, o.Gains))))
		if len(o.Disputes) > 0 {
			list.Add(part.Notice(part.Warn, t("scan.into.dispute", view.Comma(t, o.Disputes))))
		}
		list.Add(part.NewCheck(t("scan.apart"), l.apart[key], func(on bool) { l.apart[key] = on; l.button() }))
	}
	if l.ready {
		list.Add(part.NewCheck(t("scan.tick"), l.ticked[key], func(bool) { l.tick(key) }))
	}
	return part.BareCard(part.Scroll(part.Pad(14, 16, 14, 16, list)))
}

func findPairs(list []view.FindFact) []part.Pair {
	out := make([]part.Pair, len(list))
	for i, f := range list {
		out[i] = part.Pair{Key: f.Label, Value: f.Value}
	}
	return out
}
