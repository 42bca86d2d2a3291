package subsidy

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// maxNodes bounds the search for the best sum, and once more the search for the plan to propose among equal sums. Beyond it the answer is
// the best found so far and plan.gap says what could still be missing.
const maxNodes = 400_000

// maxRanked is the largest number of applications whose sets are ranked among equal sums (2¹² sets).
const maxRanked = 12

// fit tells how a cost line stands to an application.
type fit uint8

const (
	misfit  fit = iota
	joins       // only beside a line that anchors
	anchors     // fits by itself
)

// application is one possible dossier: a measure with the lines that fit it.
type application struct {
	id      string
	lump    *money.Fen
	rate    money.Rate
	limit   money.Fen // money.MaxFen when there is no cap
	fits    []fit     // one per line
	missing int       // pieces of evidence not at hand
}

// award is the ceiling on a sum of lines: min(floor(sum × rate), limit).
func (a *application) award(sum money.Fen) money.Fen {
	if a.lump != nil {
		return *a.lump
	}
	return money.Min(a.rate.Of(sum), a.limit)
}

// plan gives each line to at most one application: to[i] is its index, -1 for none.
type plan struct {
	to    []int
	used  []bool
	total money.Fen
	gap   money.Fen // 0: proved best; else no plan brings more than total + gap
}

// assign finds the plan with the highest sum; among equal sums the one with fewer missing pieces of evidence, then fewer dossiers, then
// the ids in order. bases are the lines' amounts; those ≤ 0 are left out.
func assign(bases []money.Fen, apps []application) plan {
	all := make([]int, len(apps))
	for i := range apps {
		all[i] = i
	}
	nodes := maxNodes
	best := search(bases, apps, all, 0, &nodes)
	if best.total == 0 || best.gap > 0 || len(apps) > maxRanked {
		return best
	}
	nodes = maxNodes
	for _, set := range preferred(apps) {
		if got := search(bases, apps, set, best.total-1, &nodes); got.total >= best.total {
			got.gap = 0
			return got
		}
	}
	return best
}

// preferred lists the non-empty sets of applications, the one to propose first at equal sums in front.
func preferred(apps []application) [][]int {
	type choice struct {
		set     []int
		missing int
		ids     []string
	}
	var out []choice
	for mask := 1; mask < 1<<len(apps); mask++ {
		var c choice
		for i := range apps {
			if mask>>i&1 == 1 {
				c.set, c.missing, c.ids = append(c.set, i), c.missing+apps[i].missing, append(c.ids, apps[i].id)
			}
		}
		slices.Sort(c.ids)
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b choice) int {
		return cmp.Or(cmp.Compare(a.missing, b.missing), cmp.Compare(len(a.set), len(b.set)), slices.Compare(a.ids, b.ids))
	})
	sets := make([][]int, len(out))
	for i := range out {
		sets[i] = out[i].set
	}
	return sets
}

// searcher is one depth-first search over the lines, largest first.
type searcher struct {
	bases []money.Fen
	apps  []application
	order []int      // line indexes
	allow [][]int    // per position of order: applications to try, best rate first
	rest  []uint64   // per position: best scaled value of the lines from there on
	room  [][]uint64 // per application and position: what the lines from there on could bring it
	lumps money.Fen
	sum   []money.Fen
	held  []int // anchors held per application
	lines []int // lines held per application
	to    []int
	nodes *int // left
	best  plan
	open  uint64 // highest bound left unexplored when the node limit struck
}

// search finds the best plan over the applications of set that brings more than floor. When there is none, total is 0.
func search(bases []money.Fen, apps []application, set []int, floor money.Fen, nodes *int) plan {
	n := len(apps)
	s := &searcher{bases: bases, apps: apps, nodes: nodes, sum: make([]money.Fen, n), held: make([]int, n), lines: make([]int, n), to: make([]int, len(bases))}
	s.best.total = floor
	for i := range s.to {
		s.to[i] = -1
	}
	for _, a := range set {
		if apps[a].lump != nil {
			s.lumps = plus(s.lumps, *apps[a].lump)
		}
	}
	s.prepare(set)
	if fen(plus64(s.bound(0), scaled(money.One, s.lumps))) > floor {
		s.walk(0)
	}
	if s.best.to == nil {
		return plan{gap: fen(s.open)}
	}
	for _, a := range set {
		if apps[a].lump != nil {
			s.best.used[a] = true
		}
	}
	if top := fen(s.open); top > s.best.total {
		s.best.gap = top - s.best.total
	}
	return s.best
}

func (s *searcher) prepare(set []int) {
	for i, b := range s.bases {
		if b > 0 && slices.ContainsFunc(set, func(a int) bool { return s.takes(a, i) }) {
			s.order = append(s.order, i)
		}
	}
	slices.SortStableFunc(s.order, func(a, b int) int { return cmp.Compare(s.bases[b], s.bases[a]) })
	s.rest = make([]uint64, len(s.order)+1)
	s.room = make([][]uint64, len(s.apps))
	for _, a := range set {
		s.room[a] = make([]uint64, len(s.order)+1)
	}
	s.allow = make([][]int, len(s.order))
	for p := len(s.order) - 1; p >= 0; p-- {
		line, top := s.order[p], uint64(0)
		for _, a := range set {
			s.room[a][p] = s.room[a][p+1]
			if s.takes(a, line) {
				worth := scaled(s.apps[a].rate, s.bases[line])
				s.allow[p], top, s.room[a][p] = append(s.allow[p], a), max(top, worth), plus64(s.room[a][p], worth)
			}
		}
		s.rest[p] = plus64(s.rest[p+1], top)
		slices.SortStableFunc(s.allow[p], func(x, y int) int {
			return cmp.Or(cmp.Compare(s.apps[y].rate, s.apps[x].rate), cmp.Compare(s.apps[x].id, s.apps[y].id))
		})
	}
}

func (s *searcher) takes(a, line int) bool {
	return s.apps[a].lump == nil && s.apps[a].fits[line] != misfit
}

// bound is what the plan so far can still become at most, scaled by money.One and without lumps.
func (s *searcher) bound(p int) uint64 {
	loose, tight := s.rest[p], uint64(0)
	for a, room := range s.room {
		if room == nil || s.apps[a].lump != nil {
			continue
		}
		limit := scaled(money.One, s.apps[a].limit)
		have := scaled(s.apps[a].rate, s.sum[a])
		loose = plus64(loose, min(limit, have))
		tight = plus64(tight, min(limit, plus64(have, room[p])))
	}
	return min(loose, tight)
}

func (s *searcher) walk(p int) {
	top := plus64(s.bound(p), scaled(money.One, s.lumps))
	if fen(top) <= s.best.total {
		return
	}
	if *s.nodes--; *s.nodes < 0 {
		s.open = max(s.open, top)
		return
	}
	if p == len(s.order) {
		s.take()
		return
	}
	line := s.order[p]
	for _, a := range s.allow[p] {
		anchor := 0
		if s.apps[a].fits[line] == anchors {
			anchor = 1
		}
		before := s.sum[a]
		s.sum[a], s.to[line] = plus(before, s.bases[line]), a
		s.lines[a]++
		s.held[a] += anchor
		s.walk(p + 1)
		s.sum[a], s.to[line] = before, -1
		s.lines[a]--
		s.held[a] -= anchor
	}
	s.walk(p + 1)
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
		total = plus(total, s.apps[a].award(s.sum[a]))
	}
	if total <= s.best.total {
		return
	}
	s.best.total, s.best.to, s.best.used = total, slices.Clone(s.to), make([]bool, len(s.apps))
	for a := range s.apps {
		s.best.used[a] = s.lines[a] > 0
	}
}

// plus adds amounts and stays at money.MaxFen.
func plus(a, b money.Fen) money.Fen {
	if a >= money.MaxFen || b >= money.MaxFen {
		return money.MaxFen
	}
	return money.Min(a+b, money.MaxFen)
}

// scaled is amount × rate in ten-thousandths of a fen, at most MaxUint64.
func scaled(r money.Rate, f money.Fen) uint64 {
	if r <= 0 || f <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(r), uint64(f))
	if hi != 0 {
		return math.MaxUint64
	}
	return lo
}

func plus64(a, b uint64) uint64 {
	sum, carry := bits.Add64(a, b, 0)
	if carry != 0 {
		return math.MaxUint64
	}
	return sum
}

// fen cuts a scaled amount down to whole fen.
func fen(scaled uint64) money.Fen { return money.Fen(scaled / uint64(money.One)) }
