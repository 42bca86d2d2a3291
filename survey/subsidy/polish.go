package subsidy

import (
	"cmp"
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// Before the search walks it makes a good plan: every line goes where it brings most, then pairs of applications divide their lines anew,
// over every way to divide them (up to 2²⁴, two halves of 2¹² against each other). Mostly that reaches the bound and nothing is left to walk.

// mostDivided is the largest number of lines that a pair divides anew.
const mostDivided = 24

// rounds is how often all pairs are tried.
const rounds = 4

func (s *searcher) begin() {
	for p, line := range s.order {
		best, least := -1, s.leave[p]+1
		for _, a := range s.allow[p] {
			if loss := s.loss(a, p); loss < least && s.sum[a] < s.limit[a] {
				best, least = a, loss
			}
		}
		if best >= 0 {
			s.move(line, p, best)
		}
	}
	s.disband()
	for range rounds {
		before := s.best.total
		s.shift()
		s.take()
		for i, a := range s.set {
			for _, b := range s.set[i+1:] {
				if !s.reaches(s.upper) {
					break
				}
				if s.lines[a] > 0 && s.lines[b] > 0 {
					s.divide(a, b)
				}
			}
		}
		if s.best.total == before {
			break
		}
	}
	for p, line := range s.order {
		s.move(line, p, -1)
	}
}

// move puts the line at place p into application a, -1 for none.
func (s *searcher) move(line, p, a int) {
	count := func(a, by int) {
		s.lines[a] += by
		if s.apps[a].fits[line] == anchors {
			s.held[a] += by
		}
	}
	if was := s.to[line]; was >= 0 {
		s.sum[was] -= s.w[was][p]
		count(was, -1)
	}
	if s.to[line] = a; a >= 0 {
		s.sum[a] += s.w[a][p]
		count(a, 1)
	}
}

// shift moves lines one by one, and two at a time where one makes room for the other, as long as the sum grows.
func (s *searcher) shift() {
	for again := true; again; {
		again = false
		for p := range s.order {
			again = s.shiftOne(p) || again
		}
	}
}

// shiftOne finds a better place for the line at place p.
func (s *searcher) shiftOne(p int) bool {
	at := s.to[s.order[p]]
	for _, a := range s.allow[p] {
		if a == at {
			continue
		}
		freed := s.without(at, p)
		if s.value(a, s.sum[a]+s.w[a][p]) > s.value(a, s.sum[a])+freed && s.try(p, a, -1, -1) {
			return true
		}
		for q := range s.order {
			if s.to[s.order[q]] == a && s.shiftTwo(p, a, at, q) {
				return true
			}
		}
	}
	return false
}

// shiftTwo puts the line at p into a and the one at q out of it, where that brings more.
func (s *searcher) shiftTwo(p, a, at, q int) bool {
	grown := s.sum[a] + s.w[a][p] - s.w[a][q]
	for _, b := range s.allow[q] {
		if b == a {
			continue
		}
		now, then := s.value(a, s.sum[a])+s.value(b, s.sum[b]), s.value(a, grown)
		if b == at {
			then += s.value(b, s.sum[b]-s.w[b][p]+s.w[b][q])
		} else {
			now += s.without(at, p)
			then += s.value(b, s.sum[b]+s.w[b][q])
		}
		if then > now && s.try(p, a, q, b) {
			return true
		}
	}
	return false
}

// value is what application a brings with this sum.
func (s *searcher) value(a int, sum uint64) uint64 { return min(sum, s.limit[a]) }

// without is what the application at loses without the line at place p; at −1 loses nothing.
func (s *searcher) without(at, p int) uint64 {
	if at < 0 {
		return 0
	}
	return s.value(at, s.sum[at]) - s.value(at, s.sum[at]-s.w[at][p])
}

// try moves the line at p to a and, with q ≥ 0, the one at q to b, unless an application would be left without a line that anchors.
func (s *searcher) try(p, a, q, b int) bool {
	from, other := s.to[s.order[p]], -1
	s.move(s.order[p], p, a)
	if q >= 0 {
		other = s.to[s.order[q]]
		s.move(s.order[q], q, b)
	}
	for _, x := range [...]int{a, b, from} {
		if x >= 0 && s.lines[x] > 0 && s.held[x] == 0 {
			if q >= 0 {
				s.move(s.order[q], q, other)
			}
			s.move(s.order[p], p, from)
			return false
		}
	}
	return true
}

// disband takes the lines out of applications that hold none that anchors.
func (s *searcher) disband() {
	for p, line := range s.order {
		if a := s.to[line]; a >= 0 && s.held[a] == 0 {
			s.move(line, p, -1)
		}
	}
}

// share is one way to divide some lines: what a and b get of them, and who gets which.
type share struct {
	a, b uint64
	mask uint32
}

// divide finds the best way to divide the lines of a and b between them and takes it when it is better.
func (s *searcher) divide(a, b int) {
	places := s.movable(a, b)
	if len(places) < 2 {
		return
	}
	fixedA, fixedB := s.sum[a], s.sum[b]
	for _, p := range places {
		if s.to[s.order[p]] == a {
			fixedA -= s.w[a][p]
		} else {
			fixedB -= s.w[b][p]
		}
	}
	half := len(places) / 2
	one, two := s.shares(a, b, places[:half]), s.shares(a, b, places[half:])
	slices.SortFunc(two, func(x, y share) int { return cmp.Compare(x.a, y.a) })
	value := func(x, y *share) money.Fen {
		return money.Min(fen(fixedA+x.a+y.a), s.apps[a].limit) + money.Min(fen(fixedB+x.b+y.b), s.apps[b].limit)
	}
	now := money.Min(fen(s.sum[a]), s.apps[a].limit) + money.Min(fen(s.sum[b]), s.apps[b].limit)
	best, bx, by := now, -1, -1
	for i := range one {
		x := &one[i]
		atA, _ := slices.BinarySearchFunc(two, less(s.limit[a], fixedA+x.a), func(y share, want uint64) int { return cmp.Compare(y.a, want) })
		atB, _ := slices.BinarySearchFunc(two, less(s.limit[b], fixedB+x.b), func(y share, want uint64) int { return cmp.Compare(want, y.b) })
		for _, j := range [...]int{0, atA - 1, atA, atB - 1, atB, len(two) - 1} {
			if j >= 0 && j < len(two) {
				if v := value(x, &two[j]); v > best {
					best, bx, by = v, i, j
				}
			}
		}
	}
	if bx < 0 {
		return
	}
	mask := one[bx].mask | two[by].mask<<half
	for i, p := range places {
		to := b
		if mask>>i&1 == 1 {
			to = a
		}
		s.move(s.order[p], p, to)
	}
	s.take()
}

// movable lists the places that a and b may divide, the smallest lines when there are too many. Each keeps one line that anchors.
func (s *searcher) movable(a, b int) []int {
	var out []int
	kept := map[int]bool{}
	for p := len(s.order) - 1; p >= 0; p-- {
		line := s.order[p]
		at := s.to[line]
		if at != a && at != b {
			continue
		}
		if !kept[at] && s.apps[at].fits[line] == anchors {
			kept[at] = true
			continue
		}
		if s.w[a][p] > 0 && s.w[b][p] > 0 && len(out) < mostDivided {
			out = append(out, p)
		}
	}
	return out
}

// shares lists every way to divide the lines at these places.
func (s *searcher) shares(a, b int, places []int) []share {
	out := make([]share, 1, 1<<len(places))
	for i, p := range places {
		for _, x := range out {
			out = append(out, share{x.a + s.w[a][p], x.b, x.mask | 1<<i})
		}
		for j := range 1 << i {
			out[j].b += s.w[b][p]
		}
	}
	return out
}
