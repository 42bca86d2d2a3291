package handover

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// MergeAll merges whole cases. The settlements of both sides are merged first, because the rest follows from them. Lists keep the order of
// the side that arranged its own last; what only the other has comes behind; what
// was moved here carries at.
func MergeAll(mine, theirs []Thread, at time.Time) []Thread {
	type name struct{ kind, id string }
	other := map[name]Thread{}
	for _, t := range theirs {
		other[name{t.Kind, t.ID}] = t
	}
	var pairs [][2]Thread
	for _, t := range mine {
		k := name{t.Kind, t.ID}
		o, ok := other[k]
		if !ok {
			o = NewThread(t.Kind, t.ID)
		}
		delete(other, k)
		pairs = append(pairs, [2]Thread{t, o})
	}
	for _, t := range theirs {
		if _, left := other[name{t.Kind, t.ID}]; left {
			pairs = append(pairs, [2]Thread{NewThread(t.Kind, t.ID), t})
		}
	}
	out := make([]Thread, len(pairs))
	for i, p := range pairs {
		if p[0].Kind == "settlement" {
			out[i] = Merge(p[0], p[1], nil)
		}
	}
	settled := Settled(out)
	for i, p := range pairs {
		if p[0].Kind != "settlement" {
			out[i] = Merge(p[0], p[1], settled)
		}
	}
	arrange(out, mine, theirs, at)
	return out
}

// Settled reads the settlements in force out of threads; what is none is passed over, the store refused it before.
func Settled(threads []Thread) []survey.Settlement {
	var c survey.Case
	for i := range threads {
		if t := &threads[i]; t.Kind == "settlement" {
			if f := t.Fact(t.Head); f != nil {
				_ = c.Assemble([]survey.Fact{*f})
			}
		}
	}
	return c.Settlements
}

// arrange gives the facts in force of every list their places, 0, 1, 2 …
func arrange(out, mine, theirs []Thread, at time.Time) {
	byKind := map[string][]int{}
	for i := range out {
		if t := &out[i]; survey.Listed(t.Kind) && t.Fact(t.Head) != nil {
			byKind[t.Kind] = append(byKind[t.Kind], i)
		}
	}
	for kind, list := range byKind {
		first, second := placesOf(mine, kind), placesOf(theirs, kind)
		if second.last.After(first.last) {
			first, second = second, first
		}
		rank := func(i int) (int, int) {
			if n, ok := first.order[out[i].ID]; ok {
				return 0, n
			}
			return 1, second.order[out[i].ID]
		}
		slices.SortFunc(list, func(a, b int) int {
			g1, n1 := rank(a)
			g2, n2 := rank(b)
			return cmp.Or(g1-g2, n1-n2, strings.Compare(out[a].ID, out[b].ID))
		})
		had, live, moved := map[string]int{}, map[string]bool{}, false
		for _, t := range mine {
			if t.Kind == kind {
				had[t.ID], live[t.ID] = t.Order, t.Fact(t.Head) != nil
			}
		}
		for n, i := range list {
			was, here := had[out[i].ID]
			if here && was != n {
				out[i].Placed = at
			}
			group, _ := rank(i)
			moved = moved || (!live[out[i].ID] || group > 0) && len(had) > 0
			out[i].Order = n
		}
		if moved { // one mark is enough for the list to be the later one
			out[list[len(list)-1]].Placed = at
		}
	}
}

// placing is the order of one list on one side and when it was last arranged.
type placing struct {
	order map[string]int
	last  time.Time
}

func placesOf(threads []Thread, kind string) placing {
	p := placing{order: map[string]int{}}
	for i := range threads {
		t := &threads[i]
		if t.Kind != kind {
			continue
		}
		if t.Placed.After(p.last) { // of one taken out as well
			p.last = t.Placed
		}
		if t.Fact(t.Head) != nil {
			p.order[t.ID] = t.Order
		}
	}
	return p
}
