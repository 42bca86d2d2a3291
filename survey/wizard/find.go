package wizard

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Query says which cases to find. What is "" or 0 does not narrow.
type Query struct {
	Text   string // words; each has to occur in name, credit code, place or id
	Region string // the 市州's code, or its beginning
	Level  string // "0" (未达级) to "4", or LevelNone
	State  Group
	Sort   SortKey
	Desc   bool // turns the order of Sort
	Offset int
	Limit  int         // 0: all
	Today  survey.Date // for Found.Due; Desk.Search sets it
}

// LevelNone asks for cases without an assessment (未评测).
const LevelNone = "none"

// Group is a choice of cases by what is to be done.
type Group string

// The groups. A case that is not known yet is in none of the first two; a submit.State may stand for a group as well.
const (
	GroupTodo    Group = "todo"     // 待办: neither sent nor waiting
	GroupMend    Group = "mend"     // 待改: something is to be mended, or the request was refused or returned
	GroupWaiting Group = "waiting"  // 未同步: sealed, no receipt yet
	GroupSent    Group = "received" // 已回执
)

// Groups lists the groups in the order they are offered.
func Groups() []Group { return slices.Clone(counted[1:]) }

// SortKey is what cases are sorted by; the case changed last comes first among equals.
type SortKey string

// The keys. "" is SortUpdated.
const (
	SortUpdated SortKey = "updated" // newest first
	SortName    SortKey = "name"
	SortRegion  SortKey = "region"
	SortLevel   SortKey = "level"
	SortScore   SortKey = "score"
	SortNext    SortKey = "next"
	SortState   SortKey = "state"

	SortDeadline SortKey = "deadline" // what is due first comes first, what has no day last
)

// SortKeys lists the keys.
func SortKeys() []SortKey {
	return []SortKey{SortUpdated, SortName, SortRegion, SortLevel, SortScore, SortNext, SortState, SortDeadline}
}

// Found is what a query leaves.
type Found struct {
	Entries []Entry       `json:"entries"`
	Total   int           `json:"total"`         // without offset and limit
	All     int           `json:"all"`           // cases there are
	Counts  map[Group]int `json:"counts"`        // of the cases that the query leaves without its State; "" is all of them
	Due     []Entry       `json:"due,omitempty"` // of all cases those whose retention date has come

	Today survey.Date `json:"-"`              // the day that Due and Soon were told for
	Soon  []Entry     `json:"soon,omitempty"` // of all cases those with something due until SoonDays from today, or past it; earliest first
}

// SoonDays is how far ahead deadlines are told.
const SoonDays = 14

// counted are the groups whose cases a search counts.
var counted = [5]Group{"", GroupTodo, GroupMend, GroupWaiting, GroupSent}

// Line is an entry prepared for finding.
type Line struct {
	Entry
	text string  // normalised; what a word is looked for in
	name string  // what names are sorted by
	in   [5]bool // by counted
}

// NewLine prepares an entry.
func NewLine(e Entry) *Line {
	place := ""
	if r, ok := survey.RegionByCode(e.Region); ok {
		place = r.Name
	}
	l := &Line{
		Entry: e,
		text:  survey.NormalizeText(strings.Join([]string{e.Name, e.CreditCode, place, e.ID}, "\n")),
	}
	for i, g := range counted {
		l.in[i] = e.In(g)
	}
	return l
}

// In tells whether the entry belongs to a group; "" has all.
func (e *Entry) In(g Group) bool {
	refused := e.Request == submit.StateBlocked || e.Request == submit.StateReturned || e.Request == submit.StateRejected
	sent := e.Receipt && !refused && !e.Problem
	waiting := e.Request != "" && !e.Receipt && !refused
	switch g {
	case "":
		return true
	case GroupTodo:
		return e.Made != "" && !sent && !waiting
	case GroupMend:
		return e.Problem || refused
	case GroupWaiting:
		return waiting
	case GroupSent:
		return sent
	}
	return string(g) == string(e.Request)
}

// Lines are all cases, prepared for finding. One goroutine at a time may use them.
type Lines struct {
	all    []*Line // newest change first
	sorted map[order][]*Line
}

type order struct {
	by   SortKey
	desc bool
}

// NewLines takes lines in any order.
func NewLines(lines []*Line) *Lines {
	slices.SortFunc(lines, func(a, b *Line) int {
		if c := b.Updated.Compare(a.Updated); c != 0 {
			return c
		}
		return strings.Compare(b.ID, a.ID)
	})
	return &Lines{lines, map[order][]*Line{}}
}

// Find gives what a query leaves.
func (x *Lines) Find(q Query) Found {
	words := strings.Fields(survey.NormalizeText(q.Text))
	out := Found{All: len(x.all), Counts: map[Group]int{}}
	var counts [len(counted)]int
	state := slices.Index(counted[:], q.State)
	kept := make([]*Line, 0, len(x.all))
	for _, l := range x.by(order{q.Sort, q.Desc}) {
		if !l.fits(words, q) {
			continue
		}
		for i, in := range l.in {
			if in {
				counts[i]++
			}
		}
		if state >= 0 && l.in[state] || state < 0 && l.In(q.State) {
			kept = append(kept, l)
		}
	}
	for i, g := range counted {
		out.Counts[g] = counts[i]
	}
	for _, l := range x.all {
		if q.Today != "" && l.Due(q.Today) {
			out.Due = append(out.Due, l.Entry)
		}
	}
	out.Today, out.Soon = q.Today, x.soon(q.Today)
	out.Total = len(kept)
	kept = kept[min(max(q.Offset, 0), len(kept)):]
	if q.Limit > 0 {
		kept = kept[:min(q.Limit, len(kept))]
	}
	out.Entries = make([]Entry, len(kept))
	for i, l := range kept {
		out.Entries[i] = l.Entry
	}
	return out
}

func (x *Lines) soon(today survey.Date) []Entry {
	limit, err := time.Parse("2006-01-02", string(today))
	if err != nil {
		return nil
	}
	last := survey.Date(limit.AddDate(0, 0, SoonDays).Format("2006-01-02"))
	var out []Entry
	for _, l := range x.all {
		if l.Deadline != "" && l.Deadline <= last {
			out = append(out, l.Entry)
		}
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return cmp.Compare(a.Deadline, b.Deadline) })
	return out
}

func (l *Line) fits(words []string, q Query) bool {
	for _, w := range words {
		if !strings.Contains(l.text, w) {
			return false
		}
	}
	if !strings.HasPrefix(l.Region, strings.TrimSuffix(q.Region, "00")) {
		return false
	}
	switch q.Level {
	case "":
		return true
	case LevelNone:
		return l.Made != "" && l.LevelName == ""
	}
	return l.LevelName != "" && q.Level == string(rune('0'+l.Level))
}

// by gives all lines in an order, which is made once.
func (x *Lines) by(o order) []*Line {
	compare := orders[o.by]
	if compare == nil && !o.desc {
		return x.all
	}
	if known, ok := x.sorted[o]; ok {
		return known
	}
	lines := slices.Clone(x.all)
	switch {
	case compare == nil:
		slices.Reverse(lines)
	case o.desc:
		slices.SortStableFunc(lines, func(a, b *Line) int { return compare(b, a) })
	default:
		slices.SortStableFunc(lines, compare)
	}
	x.sorted[o] = lines
	return lines
}

// orders compare two lines, what is unknown first.
var orders = map[SortKey]func(a, b *Line) int{
	SortName:   func(a, b *Line) int { return strings.Compare(a.Name, b.Name) },
	SortRegion: func(a, b *Line) int { return strings.Compare(a.Region, b.Region) },
	SortLevel:  func(a, b *Line) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Score, b.Score)) },
	SortScore: func(a, b *Line) int {
		return cmp.Or(cmp.Compare(min(rank(a), 0), min(rank(b), 0)), cmp.Compare(a.Score, b.Score))
	},
	SortNext:  func(a, b *Line) int { return cmp.Compare(stage(a), stage(b)) },
	SortState: func(a, b *Line) int { return cmp.Compare(standing(a), standing(b)) },
	SortDeadline: func(a, b *Line) int {
		if (a.Deadline == "") != (b.Deadline == "") {
			if a.Deadline == "" {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.Deadline, b.Deadline)
	},
}

// rank is the level, -1 for a case without an assessment.
func rank(l *Line) int {
	if l.LevelName == "" {
		return -1
	}
	return l.Level
}

// stage is the place of the next step: not known, then what is to be mended, then the steps in order, then none.
func stage(l *Line) int {
	switch {
	case l.Made == "":
		return -2
	case l.Problem:
		return -1
	case l.Next == "":
		return len(Steps())
	}
	return slices.Index(Steps(), l.Next)
}

// standing is how far the sending is: refused, none, waiting, received.
func standing(l *Line) int {
	switch {
	case l.In(Group(submit.StateBlocked)), l.In(Group(submit.StateReturned)), l.In(Group(submit.StateRejected)):
		return -1
	case l.Request == "":
		return 0
	case !l.Receipt:
		return 1
	}
	return 2
}
