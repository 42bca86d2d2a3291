package handover

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// MergeAll merges whole cases. The settlements of both sides are merged first, because the rest follows from them. Elements of a list stand in the
// order in which they first came.
func MergeAll(mine, theirs []Thread) []Thread {
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
	arrange(out)
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

// arrange gives the facts in force of every list their places, 0, 1, 2 …: in the order in which they first came, which is the same on every
// computer; people add to lists and take out of them, they do not sort them.
func arrange(out []Thread) {
	byKind := map[string][]*Thread{}
	for i := range out {
		if t := &out[i]; survey.Listed(t.Kind) && t.Fact(t.Head) != nil {
			byKind[t.Kind] = append(byKind[t.Kind], t)
		}
	}
	for _, list := range byKind {
		slices.SortFunc(list, func(a, b *Thread) int {
			x, y := a.first(), b.first()
			return cmp.Or(x.At.Compare(y.At), x.Order-y.Order, strings.Compare(a.ID, b.ID))
		})
		for n, t := range list {
			t.Order = n
		}
	}
}

// first gives the earliest revision.
func (t *Thread) first() Revision {
	return slices.MinFunc(t.Revisions, func(a, b Revision) int { return cmp.Or(a.At.Compare(b.At), a.Order-b.Order) })
}
