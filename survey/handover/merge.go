package handover

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey"
)

// Merge gives mine with every revision of theirs added, those of mine staying at their places, and what is in force then: what one side
// continued is followed; where both went on differently mine stays. Either may be empty.
func Merge(mine, theirs Thread, settled []survey.Settlement) Thread {
	out := mine.Clone()
	at := make([]int, len(theirs.Revisions))
	for i, r := range theirs.Revisions {
		parent := -1
		if r.Parent >= 0 {
			parent = at[r.Parent]
		}
		r.Row = 0
		at[i] = out.Put(parent, r)
	}
	if out.Head < 0 && theirs.Head >= 0 {
		out.Head, out.Order = at[theirs.Head], theirs.Order
	}
	out.Head = out.decide(settled)
	return out
}

// decide gives what is in force once everything known is weighed: what follows on the present value, or was chosen over it by a person
// who knew it. The present one stays when neither is so.
func (t *Thread) decide(settled []survey.Settlement) int {
	in := t.Head
	if in < 0 {
		return in
	}
	held := standing(t.Kind, t.ID, settled)
	leaves := t.leaves()
	for tried := map[int]bool{}; !tried[in]; {
		tried[in] = true
		next := in
		for _, l := range leaves {
			if l != in && (t.before(in, l) || t.beats(l, in, held)) && (next == in || t.later(l, next)) {
				next = l
			}
		}
		in = next
	}
	return in
}

// later orders revisions the same way on every computer.
func (t *Thread) later(a, b int) bool {
	x, y := t.Revisions[a], t.Revisions[b]
	if c := x.At.Compare(y.At); c != 0 {
		return c > 0
	}
	return slices.Compare(x.key[:], y.key[:]) > 0
}

// beats tells whether a person chose a, or what it follows on, knowing b, and nobody chose the other way. That a passed through b's value
// by itself says nothing: whoever said b has not seen a, and a choice taken back passed through it as well.
func (t *Thread) beats(a, b int, held []survey.Settlement) bool {
	return t.chosen(a, b, held) && !t.chosen(b, a, held)
}

// chosen tells whether a settlement stands by which a, or one before it, was kept and b, or one after it, was not.
func (t *Thread) chosen(a, b int, held []survey.Settlement) bool {
	for _, s := range held {
		if kept := t.Place(s.Kept); kept < 0 || !t.before(kept, a) {
			continue
		}
		for _, lost := range s.Lost {
			if l := t.Place(lost); l >= 0 && t.before(b, l) {
				return true
			}
		}
	}
	return false
}

// standing gives the settlements of one fact that no other one took the place of.
func standing(kind, id string, settled []survey.Settlement) []survey.Settlement {
	over := map[string]bool{}
	for _, s := range settled {
		for _, o := range s.Over {
			over[o] = true
		}
	}
	var out []survey.Settlement
	for _, s := range settled {
		if s.Kind == kind && s.Fact == id && !over[s.ID] {
			out = append(out, s)
		}
	}
	return out
}

// Clash (分歧) is one fact that was left with different values by people who did not know of each other's. Mine is in force.
type Clash struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Mine  Side   `json:"mine"`
	Other []Side `json:"other"` // each with another value, the latest first
}

// Side is one value of a clash. Base is what both sides still had in common.
type Side struct {
	Key  string       `json:"key"` // of the revision
	By   string       `json:"by"`
	At   string       `json:"at"`   // RFC 3339, UTC
	Fact *survey.Fact `json:"fact"` // nil: taken out
	Base *survey.Fact `json:"-"`
}

// Clash gives what stands side by side; nil when nothing does.
func (t *Thread) Clash(settled []survey.Settlement) *Clash {
	if t.Head < 0 {
		return nil
	}
	held := standing(t.Kind, t.ID, settled)
	var open []int
	for _, l := range t.leaves() {
		if l == t.Head || same(t.Revisions[l], t.Revisions[t.Head]) || t.beats(t.Head, l, held) {
			continue
		}
		open = append(open, l)
	}
	if len(open) == 0 {
		return nil
	}
	slices.SortFunc(open, func(a, b int) int {
		if t.later(a, b) {
			return -1
		}
		return 1
	})
	c := &Clash{Kind: t.Kind, ID: t.ID, Mine: t.side(t.Head)}
	for i, l := range open {
		if !slices.ContainsFunc(open[:i], func(o int) bool { return same(t.Revisions[o], t.Revisions[l]) }) {
			s := t.side(l)
			s.Base = t.Fact(t.fork(l, t.Head))
			c.Other = append(c.Other, s)
		}
	}
	return c
}

func (t *Thread) side(place int) Side {
	r := t.Revisions[place]
	return Side{Key: t.Key(place), By: r.By, At: r.At.UTC().Format("2006-01-02T15:04:05.999999999Z07:00"), Fact: t.Fact(place)}
}

// Settle gives the record that a person chose among all values of a fact: what is in force now is kept, or goes on to the value that is saved
// together with it; every other end of the tree is lost to it. Id, by and time are the caller's to set.
func (t *Thread) Settle(settled []survey.Settlement) survey.Settlement {
	s := survey.Settlement{Kind: t.Kind, Fact: t.ID, Kept: t.Key(t.Head)}
	for _, l := range t.leaves() {
		if l != t.Head {
			s.Lost = append(s.Lost, t.Key(l))
		}
	}
	for _, o := range standing(t.Kind, t.ID, settled) {
		s.Over = append(s.Over, o.ID)
	}
	return s
}
