package subsidy

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// dual is the bound that is tight where caps are small: every line has a price, every application takes the set of lines that brings it most
// less their prices (see packer), and no plan brings more than all prices and these gains together. The prices that make the sum least are
// found by steps along the subgradient: a line that several want becomes dearer, one that nobody wants cheaper. Amounts are in ten-thousandths
// of a fen.
type dual struct {
	s      *searcher
	apps   []packer
	fits   [][]int  // per application: places, in the order of the last packing
	barred [][]bool // per application and place: proved not to lead beyond the best plan
	given  []int    // per place: index of the application that has it, free or left out
	pay    []int64  // prices per place
	gain   []int64  // per application under these prices
	wanted []int    // per place: how many applications take it
	steer  []int64  // direction of the last step
}

const (
	free    = -1
	leftOut = -2
)

// maxScaled keeps all sums of a dual inside 64 bits: 4,500 billion fen.
const maxScaled = 1 << 55

// newDual prepares the bound for a searcher; nil when the amounts are too large for it.
func newDual(s *searcher) *dual {
	n, m := len(s.set), len(s.order)
	d := &dual{s: s, apps: make([]packer, n), fits: make([][]int, n), barred: make([][]bool, n), given: make([]int, m), pay: make([]int64, m),
		gain: make([]int64, n), wanted: make([]int, m), steer: make([]int64, m)}
	var all uint64
	for k, a := range s.set {
		var sum uint64
		d.barred[k] = make([]bool, m)
		for p, w := range s.w[a] {
			if w > 0 {
				d.fits[k], sum = append(d.fits[k], p), plus64(sum, w)
			}
		}
		all = plus64(all, sum)
		d.apps[k].limit = int64(min(sum, s.limit[a], maxScaled))
	}
	if all >= maxScaled {
		return nil
	}
	for p := range d.given {
		d.given[p] = free
		for _, a := range s.set { // begin where the market ended
			d.pay[p] = max(d.pay[p], int64(priced(s.w[a][p], s.price[a])))
		}
	}
	return d
}

// pack lets application k choose under the prices.
func (d *dual) pack(k int) int64 {
	a, x := d.s.set[k], &d.apps[k]
	x.items, x.spare, x.now, x.held = x.items[:0], x.spare[:0], x.now[:0], 0
	var sum, cost int64
	for _, p := range d.fits[k] {
		if d.given[p] != free && d.given[p] != k || d.barred[k][p] {
			continue
		}
		it := item{p, int64(d.s.w[a][p]), d.pay[p], d.s.apps[a].fits[d.s.order[p]] == anchors}
		switch {
		case d.given[p] == k:
			x.now, sum, cost = append(x.now, p), sum+it.w, cost+it.pay
			if it.anchor {
				x.held++
			}
		case it.w > it.pay-10_000:
			i := len(x.items)
			for x.items = append(x.items, it); i > 0 && cheaper(it, x.items[i-1]); i-- {
				x.items[i] = x.items[i-1]
			}
			x.items[i] = it
		}
		if it.anchor && it.w <= it.pay && d.given[p] == free {
			x.spare = append(x.spare, it)
		}
	}
	value := x.run(sum, cost)
	*d.s.work -= maxPacking - x.nodes + len(d.fits[k])/4
	return value
}

// total packs all applications and gives the bound under these prices; none when the given lines allow no plan.
func (d *dual) total() int64 {
	var sum int64
	clear(d.wanted)
	for p, price := range d.pay {
		if d.given[p] != leftOut {
			sum += price
		}
	}
	for k := range d.apps {
		d.gain[k] = d.pack(k)
		if d.gain[k] <= none {
			return none
		}
		sum += d.gain[k]
		for _, p := range d.apps[k].pick {
			d.wanted[p]++
		}
	}
	return sum
}

// least moves the prices for some steps and gives the least bound met; the prices of that bound stay. Plans met on the way are kept.
func (d *dual) least(steps int) int64 {
	least, stale, pace := int64(-none), 0, int64(1024)
	best := slices.Clone(d.pay)
	clear(d.steer)
	for step := range steps {
		bound := d.total()
		if bound < least {
			least, stale = bound, 0
			copy(best, d.pay)
		} else if stale++; stale > 5 {
			stale, pace = 0, pace/2
		}
		if bound < least || step%6 == 0 {
			d.round()
		}
		if !d.reaches(least) || *d.s.work < 0 || !d.step(bound, pace) {
			break
		}
	}
	copy(d.pay, best)
	return least
}

// step moves the prices: pace is in 1024ths of the step that would close the gap to the best plan at once. False when nothing moves.
func (d *dual) step(bound, pace int64) bool {
	var norm int64
	for p, wanted := range d.wanted {
		pull := int64(wanted-1) * 256
		if d.given[p] != free || wanted == 0 && d.pay[p] == 0 {
			pull = 0
		}
		d.steer[p] = pull + d.steer[p]/2
		norm += d.steer[p] * d.steer[p]
	}
	if norm /= 256; norm == 0 {
		return false
	}
	gap := bound - int64(scaled(money.One, d.s.best.total-d.s.lumps))
	by := max(gap, 10_000) / 1024 * pace // at most 2⁵⁵
	for p := range d.pay {
		move := by / norm * d.steer[p]
		if by < norm*1000 {
			move = by * d.steer[p] / norm
		}
		d.pay[p] = max(0, d.pay[p]+move)
	}
	return true
}

// reaches tells whether a bound promises more than the best plan so far.
func (d *dual) reaches(bound int64) bool { return bound > none && d.s.reaches(uint64(max(0, bound))) }

// round makes a plan of what the applications chose: a line goes to the one it brings most, then lines move as long as the sum grows.
func (d *dual) round() {
	s := d.s
	to := make([]int, len(s.order))
	for p := range to {
		to[p] = -1
	}
	for k, a := range s.set {
		for _, p := range d.apps[k].pick {
			if to[p] < 0 || s.w[a][p] > s.w[to[p]][p] {
				to[p] = a
			}
		}
	}
	for p, line := range s.order {
		s.move(line, p, to[p])
	}
	s.disband()
	s.shift()
	s.take()
}
