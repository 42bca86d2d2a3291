package subsidy

import (
	"cmp"
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// Steps of the prices at the root, again after lines are barred there, and at every other node.
const (
	rootSteps, barredSteps, nodeSteps = 70, 40, 12
)

// refine closes the gap that the first search left, by the bound of dual.go: a line on whose use the applications disagree is given to each
// of them in turn. What the limit leaves unexplored stays in s.open.
func (s *searcher) refine() {
	d := newDual(s)
	if d == nil {
		return
	}
	limit := s.upper
	s.open = 0
	root := d.least(rootSteps)
	bound := d.total()
	gain := slices.Clone(d.gain)
	if d.reaches(root) {
		d.bar(bound)
		if root = min(root, d.least(barredSteps)); d.reaches(root) {
			d.branch(root)
		}
	}
	s.open = min(s.open, plus64(limit, scaled(money.One, s.lumps)))
	for p, line := range s.order {
		s.move(line, p, -1)
	}
	s.must = make([]bool, len(s.apps))
	for k, a := range s.set {
		s.must[a] = plus(fen(uint64(max(0, bound-gain[k]))), s.lumps) < s.best.total
	}
}

// bar rules out every line at every application where the bound shows that it leads no further than the best plan.
func (d *dual) bar(bound int64) {
	for k := range d.apps {
		for _, p := range d.fits[k] {
			if *d.s.work < 0 {
				return
			}
			d.given[p] = k
			if with := d.pack(k); with <= none || !d.reaches(bound-d.gain[k]+with) {
				d.barred[k][p] = true
			}
			d.given[p] = free
		}
	}
	for k := range d.fits {
		d.fits[k] = slices.DeleteFunc(d.fits[k], func(p int) bool { return d.barred[k][p] })
	}
}

// branch explores the plans that the given lines allow; bound holds for them.
func (d *dual) branch(bound int64) {
	s := d.s
	here := d.least(nodeSteps)
	bound = min(bound, here)
	if here <= none || !d.reaches(bound) {
		return
	}
	p := d.disputed()
	if *s.work < 0 || p < 0 {
		s.leaveOpen(bound)
		return
	}
	type way struct {
		to    int
		bound int64
	}
	var ways []way
	for _, to := range d.takers(p) {
		if d.given[p] = to; *s.work < 0 {
			ways = append(ways, way{to, bound})
			continue
		}
		if b := min(bound, d.total()); b > none {
			ways = append(ways, way{to, b})
		}
	}
	slices.SortStableFunc(ways, func(a, b way) int { return cmp.Compare(b.bound, a.bound) })
	pay := slices.Clone(d.pay)
	for _, w := range ways {
		if !d.reaches(w.bound) {
			break
		}
		if *s.work < 0 {
			s.leaveOpen(w.bound)
			break
		}
		d.given[p] = w.to
		copy(d.pay, pay)
		d.branch(w.bound)
	}
	d.given[p] = free
	copy(d.pay, pay)
}

// disputed is the dearest free line that not exactly one application takes, else the dearest free line at all; -1 when none is free.
func (d *dual) disputed() int {
	d.total()
	at, most := -1, int64(-1)
	for p, wanted := range d.wanted {
		if d.given[p] != free {
			continue
		}
		weight := d.pay[p]
		if wanted > 1 || wanted == 0 && weight > 0 {
			weight += maxScaled
		}
		if weight > most {
			at, most = p, weight
		}
	}
	return at
}

// takers lists who may have the line at place p: applications, then nobody.
func (d *dual) takers(p int) []int {
	var out []int
	for k, a := range d.s.set {
		if d.s.w[a][p] > 0 && !d.barred[k][p] {
			out = append(out, k)
		}
	}
	return append(out, leftOut)
}

// leaveOpen notes a bound that was not explored.
func (s *searcher) leaveOpen(bound int64) {
	s.open = max(s.open, plus64(uint64(bound), scaled(money.One, s.lumps)))
}
