package subsidy

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// maxWork bounds the search for the best sum, and once more the search for the plan to propose among equal sums: one is looking at one
// application, or at one set of lines for it, at one node. Beyond it the answer is the best found so far and plan.gap says what could still be missing.
const maxWork = 400_000

// maxRanked is the largest number of applications whose sets are ranked among equal sums (2¹² sets). With more, superfluous dossiers are
// dropped one by one, those with the most missing evidence first.
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
	rates   []money.Rate // one per line where the rates differ; nil: rate holds for all
	limit   money.Fen    // money.MaxFen when there is no cap
	fits    []fit        // one per line
	missing int          // pieces of evidence not at hand
}

// takes tells whether line i may go into the application.
func (a *application) takes(i int) bool { return a.lump == nil && a.fits[i] != misfit }

// rateOf is the rate of line i.
func (a *application) rateOf(i int) money.Rate {
	if a.rates != nil {
		return a.rates[i]
	}
	return a.rate
}

// weight is what line i of this base brings before the cap, in ten-thousandths of a fen.
func (a *application) weight(i int, base money.Fen) uint64 {
	return scaled(a.rateOf(i), base)
}

// worth is the ceiling on the lines that in takes: min(floor(Σ base × rate), limit), or the flat sum.
func (a *application) worth(bases []money.Fen, in func(i int) bool) money.Fen {
	if a.lump != nil {
		return *a.lump
	}
	var sum uint64
	for i, b := range bases {
		if in(i) {
			sum = plus64(sum, a.weight(i, b))
		}
	}
	return money.Min(fen(sum), a.limit)
}

// plan gives each line to at most one application: to[i] is its index, -1 for none.
type plan struct {
	to    []int
	used  []bool
	total money.Fen
	gap   money.Fen // 0: proved best; else no plan brings more than total + gap
	must  []bool    // applications without which total is out of reach, as far as known; nil: nothing known
}

// assign finds the plan with the highest sum; among equal sums the one with fewer missing pieces of evidence, then fewer dossiers, then
// the ids in order. bases are the lines' amounts; those ≤ 0 are left out.
func assign(bases []money.Fen, apps []application) plan {
	all := make([]int, len(apps))
	for i := range apps {
		all[i] = i
	}
	work := maxWork
	best := search(bases, apps, all, 0, &work)
	if best.total == 0 || best.gap > 0 {
		return best
	}
	work = maxWork
	if len(apps) > maxRanked {
		return leaner(bases, apps, best, &work)
	}
	kept := necessary(bases, apps, best, &work)
	for _, set := range preferred(apps) {
		if !holds(set, kept) || work < 0 {
			continue
		}
		if got := search(bases, apps, set, best.total-1, &work); got.total >= best.total {
			got.gap = 0
			return got
		}
	}
	return best
}

// necessary marks the applications without which the best sum is out of reach.
func necessary(bases []money.Fen, apps []application, best plan, work *int) []bool {
	out, total := make([]bool, len(apps)), best.total
	for a := range apps {
		if out[a] = best.must != nil && best.must[a]; out[a] {
			continue
		}
		got := search(bases, apps, without(apps, func(b int) bool { return a == b }), total-1, work)
		out[a] = got.total < total && got.gap == 0
	}
	return out
}

func holds(set []int, kept []bool) bool {
	n := 0
	for _, a := range set {
		if kept[a] {
			n++
		}
	}
	for _, k := range kept {
		if k {
			n--
		}
	}
	return n == 0
}

// leaner drops applications as long as the sum stays.
func leaner(bases []money.Fen, apps []application, best plan, work *int) plan {
	order := without(apps, func(a int) bool { return !best.used[a] || best.must != nil && best.must[a] })
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(apps[b].missing, apps[a].missing), cmp.Compare(apps[b].id, apps[a].id))
	})
	for _, drop := range order {
		if *work < 0 {
			break
		}
		set := without(apps, func(a int) bool { return a == drop || !best.used[a] })
		if got := search(bases, apps, set, best.total-1, work); got.total >= best.total {
			got.gap = 0
			best = got
		}
	}
	return best
}

func without(apps []application, drop func(a int) bool) []int {
	var out []int
	for a := range apps {
		if !drop(a) {
			out = append(out, a)
		}
	}
	return out
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
