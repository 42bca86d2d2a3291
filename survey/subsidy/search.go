package subsidy

import (
	"cmp"
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// searcher is one depth-first search over the lines, largest first, under the bound of bound.go. All sums are in ten-thousandths of a fen.
type searcher struct {
	bases []money.Fen
	apps  []application
	set   []int // the applications with a share
	order []int // line indexes; a place is an index of order
	allow [][]int
	ranks [][]int    // room for ranked, per place
	w     [][]uint64 // per application and place what the line brings, at most the cap; 0: does not fit
	limit []uint64
	price []uint64   // see bound.go
	tight []int      // applications with a price below 1
	cost  [][]uint64 // per application and place: what taking it loses against the bound
	leave []uint64   // per place: what leaving it out loses
	room  [][]uint64 // per application and place: what the lines from there on could bring it
	lumps money.Fen
	upper uint64 // bound before anything is settled, without lumps

	sum   []uint64
	held  []int // anchors held per application
	lines []int // lines held per application
	to    []int
	work  *int // left
	best  plan
	open  uint64 // highest bound left unexplored when the limit struck
	must  []bool // see plan
}

// search finds the best plan over the applications of set that brings more than floor. When there is none, total is 0.
func search(bases []money.Fen, apps []application, set []int, floor money.Fen, work *int) plan {
	n := len(apps)
	s := &searcher{bases: bases, apps: apps, work: work, sum: make([]uint64, n), held: make([]int, n), lines: make([]int, n), to: make([]int, len(bases))}
	s.best.total = floor
	for i := range s.to {
		s.to[i] = -1
	}
	for _, a := range set {
		if apps[a].lump != nil {
			s.lumps = plus(s.lumps, *apps[a].lump)
		} else {
			s.set = append(s.set, a)
		}
	}
	s.prepare()
	*work -= len(s.order) * len(s.set) * len(s.set) / 2 // what making the bound costs
	if s.reaches(s.upper) {
		s.begin()
		s.first()
		if s.open > 0 && *work > 0 {
			s.refine()
		}
	}
	if s.best.to == nil {
		return plan{gap: s.gap(floor)}
	}
	for _, a := range set {
		if apps[a].lump != nil {
			s.best.used[a] = true
		}
	}
	s.best.gap, s.best.must = s.gap(s.best.total), s.must
	return s.best
}

// walkShare is the part of the work that the first search may use before the finer bound takes over.
const walkShare = 16

// first walks under the bound of bound.go, which is quick and settles most problems.
func (s *searcher) first() {
	all, share := s.work, *s.work/walkShare
	s.work = &share
	s.walk(0, s.upper)
	s.work, *all = all, *all-*all/walkShare+max(share, 0)
}

// gap is how far the unexplored part of the search might lead beyond total.
func (s *searcher) gap(total money.Fen) money.Fen { return max(0, fen(s.open)-total) }

// reaches tells whether a bound promises more than the best plan so far.
func (s *searcher) reaches(bound uint64) bool { return plus(fen(bound), s.lumps) > s.best.total }

func (s *searcher) prepare() {
	for i, b := range s.bases {
		if b > 0 && slices.ContainsFunc(s.set, func(a int) bool { return s.apps[a].takes(i) && s.apps[a].weight(i, b) > 0 }) {
			s.order = append(s.order, i)
		}
	}
	slices.SortStableFunc(s.order, func(a, b int) int { return cmp.Compare(s.bases[b], s.bases[a]) })
	n, m := len(s.apps), len(s.order)
	s.w, s.cost, s.room = make([][]uint64, n), make([][]uint64, n), make([][]uint64, n)
	s.limit = make([]uint64, n)
	for _, a := range s.set {
		app := &s.apps[a]
		s.w[a], s.cost[a], s.room[a] = make([]uint64, m), make([]uint64, m), make([]uint64, m+1)
		s.limit[a] = scaled(money.One, app.limit)
		for p, line := range s.order {
			if app.takes(line) {
				s.w[a][p] = min(app.weight(line, s.bases[line]), s.limit[a])
			}
		}
		for p := m - 1; p >= 0; p-- {
			s.room[a][p] = plus64(s.room[a][p+1], s.w[a][p])
		}
	}
	s.bound()
}

// bound makes the prices and from them the bound with what every choice loses of it.
func (s *searcher) bound() {
	s.price = s.prices()
	s.upper = s.boundAt(s.price)
	for _, a := range s.set {
		if s.price[a] < whole {
			s.tight = append(s.tight, a)
		}
	}
	s.leave, s.allow, s.ranks = make([]uint64, len(s.order)), make([][]int, len(s.order)), make([][]int, len(s.order))
	for p := range s.order {
		for _, a := range s.set {
			s.leave[p] = max(s.leave[p], priced(s.w[a][p], s.price[a]))
		}
		for _, a := range s.set {
			if s.w[a][p] > 0 {
				s.cost[a][p] = s.leave[p] - priced(s.w[a][p], s.price[a])
				s.allow[p] = append(s.allow[p], a)
			}
		}
		s.ranks[p] = make([]int, 0, len(s.allow[p]))
		slices.SortStableFunc(s.allow[p], func(x, y int) int {
			return cmp.Or(cmp.Compare(s.cost[x][p], s.cost[y][p]), cmp.Compare(s.w[y][p], s.w[x][p]), cmp.Compare(s.apps[x].id, s.apps[y].id))
		})
	}
}

// lost is what the caps that the lines from place p on can no longer reach take of the bound. (What stands above a cap is taken as it comes.)
func (s *searcher) lost(p int) uint64 {
	var out uint64
	for _, a := range s.tight {
		if most := s.sum[a] + s.room[a][p]; most < s.limit[a] {
			out += cutDown(s.limit[a]-most, whole-s.price[a])
		}
	}
	return out
}

// loss is what putting the line at place p into a takes of the bound now.
func (s *searcher) loss(a, p int) uint64 {
	over := less(s.sum[a]+s.w[a][p], max(s.limit[a], s.sum[a]))
	return plus64(s.cost[a][p], cutDown(over, s.price[a]))
}

// ranked gives the applications that may take the line at place p, the one that loses least in front; full ones are left out.
func (s *searcher) ranked(p int) []int {
	out := s.ranks[p][:0]
	for _, a := range s.allow[p] {
		if s.sum[a] >= s.limit[a] && (s.held[a] > 0 || s.apps[a].fits[s.order[p]] != anchors) {
			continue
		}
		i, loss := len(out), s.loss(a, p)
		out = append(out, a)
		for ; i > 0 && s.loss(out[i-1], p) > loss; i-- {
			out[i] = out[i-1]
		}
		out[i] = a
	}
	return out
}

// walk settles the lines from place p on; bound is what the choices so far leave of upper.
func (s *searcher) walk(p int, bound uint64) {
	top := less(bound, s.lost(p))
	if !s.reaches(top) {
		return
	}
	if *s.work -= len(s.set); *s.work < 0 {
		s.open = max(s.open, plus64(top, scaled(money.One, s.lumps)))
		return
	}
	if p == len(s.order) {
		s.take()
		return
	}
	line := s.order[p]
	for _, a := range s.ranked(p) {
		anchor := 0
		if s.apps[a].fits[line] == anchors {
			anchor = 1
		}
		before, loss := s.sum[a], s.loss(a, p)
		s.sum[a], s.to[line] = plus64(before, s.w[a][p]), a
		s.lines[a]++
		s.held[a] += anchor
		s.walk(p+1, less(bound, loss))
		s.sum[a], s.to[line] = before, -1
		s.lines[a]--
		s.held[a] -= anchor
	}
	s.walk(p+1, less(bound, s.leave[p]))
}

// take keeps a complete plan when it is better. An application that only joined lines is no application.
func (s *searcher) take() {
	total := s.lumps
	for a := range s.apps {
		if s.lines[a] == 0 {
			continue
		}
		if s.held[a] == 0 {
			return
		}
		total = plus(total, money.Min(fen(s.sum[a]), s.apps[a].limit))
	}
	if total <= s.best.total {
		return
	}
	s.best.total, s.best.to, s.best.used = total, slices.Clone(s.to), make([]bool, len(s.apps))
	for a := range s.apps {
		s.best.used[a] = s.lines[a] > 0
	}
}
