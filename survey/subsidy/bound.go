package subsidy

import (
	"math"
	"math/bits"
	"slices"
)

// A price λ between 0 and 1 per application turns its cap into a bound without a cap: for lines that bring s in all,
// min(s, cap) ≤ (1−λ)·cap + λ·s. So no plan brings more than the sum of the first terms and, per line, its highest priced place. Every set of
// prices gives a bound; a fair one follows from a market: an application that draws more lines than its cap holds lowers its price, one that
// draws fewer raises it, in ever smaller steps, and at last each price is set where it serves best alone.

// whole is the price 1.
const whole = 1 << 44

// A market runs in two ways, because each alone gets stuck where the other does not: with steps of shrinking size, and with steps in
// proportion to the price.
const (
	marketSteps = 120
	shrink      = 12 // each step is smaller by 1/shrink
	sizes       = 20 // of the proportional steps: 1/4, 1/8, …
	perSize     = 6
)

// prices gives a price per application of the set.
func (s *searcher) prices() []uint64 {
	m := market{s: s, now: make([]uint64, len(s.apps)), drawn: make([]uint64, len(s.apps))}
	m.mean, m.best, m.least = slices.Clone(m.now), slices.Clone(m.now), s.boundAt(m.now) // every price 0: the sum of the caps
	for _, a := range s.set {
		m.now[a], m.mean[a] = whole, whole
	}
	s.draw(m.now, m.drawn)
	if !slices.ContainsFunc(s.set, func(a int) bool { return m.drawn[a] > s.limit[a] }) {
		return m.now // no cap bites: every line at its best place is a plan
	}
	for size := 2; size < 2+sizes; size++ {
		for range perSize {
			m.step(func(price uint64) uint64 { return price>>size + 1 }, false)
		}
	}
	for first := uint64(whole / 4); first >= whole/64; first /= 16 {
		for step, n := first, 0; n < marketSteps; step, n = step-step/shrink, n+1 {
			m.step(func(uint64) uint64 { return step }, true)
		}
		copy(m.now, m.best)
		copy(m.mean, m.best)
	}
	return s.settlePrices(m.best, m.least)
}

// market is the prices on their way, their mean (in which lines that swing between two places come to rest), and the best ones yet.
type market struct {
	s               *searcher
	now, mean, best []uint64
	drawn           []uint64
	least           uint64
}

// step lets every application move its price by by(price), in proportion to its excess or want where measured.
func (m *market) step(by func(price uint64) uint64, measured bool) {
	s := m.s
	for _, price := range [...][]uint64{m.now, m.mean} {
		if b := s.boundAt(price); b < m.least {
			m.least = b
			copy(m.best, price)
		}
	}
	s.draw(m.now, m.drawn)
	for _, a := range s.set {
		move, drawn, limit := by(m.now[a]), m.drawn[a], s.limit[a]
		if most := max(drawn, limit); measured && most > 0 {
			hi, lo := bits.Mul64(move, max(drawn, limit)-min(drawn, limit))
			move, _ = bits.Div64(hi, lo, most)
		}
		switch {
		case drawn > limit:
			m.now[a] -= min(move, m.now[a])
		case drawn < limit:
			m.now[a] = min(whole, m.now[a]+move)
		}
		m.mean[a] += m.now[a]/8 - m.mean[a]/8
	}
}

// draw tells how much each application draws when every line goes to its highest priced place.
func (s *searcher) draw(price, drawn []uint64) {
	clear(drawn)
	for p := range s.order {
		at, top := -1, uint64(0)
		for _, a := range s.set {
			if v := priced(s.w[a][p], price[a]); v > top {
				at, top = a, v
			}
		}
		if at >= 0 {
			drawn[at] = plus64(drawn[at], s.w[at][p])
		}
	}
}

// settlePrices sets price by price where the bound is least with the others as they are, until nothing gains.
func (s *searcher) settlePrices(price []uint64, least uint64) []uint64 {
	for again := true; again; {
		again = false
		for _, a := range s.set {
			was := price[a]
			price[a] = s.serving(a, price)
			if b := s.boundAt(price); b < least {
				least, again = b, true
			} else {
				price[a] = was
			}
		}
	}
	return price
}

// serving is the price of a at which the lines that it then draws fill its cap: below it they go elsewhere.
func (s *searcher) serving(a int, price []uint64) uint64 {
	type turn struct{ at, w uint64 }
	var turns []turn
	for p := range s.order {
		if s.w[a][p] == 0 {
			continue
		}
		var other uint64
		for _, b := range s.set {
			if b != a {
				other = max(other, priced(s.w[b][p], price[b]))
			}
		}
		if other < s.w[a][p] {
			hi, lo := bits.Mul64(other, whole)
			at, _ := bits.Div64(hi, lo, s.w[a][p])
			turns = append(turns, turn{at, s.w[a][p]})
		}
	}
	slices.SortFunc(turns, func(x, y turn) int {
		if x.at < y.at {
			return -1
		}
		return 1
	})
	var sum uint64
	for _, t := range turns {
		if sum = plus64(sum, t.w); sum >= s.limit[a] {
			return t.at
		}
	}
	return whole
}

// boundAt is the bound under these prices.
func (s *searcher) boundAt(price []uint64) uint64 {
	var sum uint64
	for _, a := range s.set {
		if price[a] < whole {
			sum = plus64(sum, priced(s.limit[a], whole-price[a]))
		}
	}
	for p := range s.order {
		var top uint64
		for _, a := range s.set {
			top = max(top, priced(s.w[a][p], price[a]))
		}
		sum = plus64(sum, top)
	}
	return sum
}

// priced is w × price, cut up.
func priced(w, price uint64) uint64 {
	if price >= whole {
		return w
	}
	hi, lo := bits.Mul64(w, price)
	q, carry := bits.Add64(lo, whole-1, 0)
	return (hi+carry)<<(64-44) | q>>44
}

// cutDown is w × price, cut down.
func cutDown(w, price uint64) uint64 {
	if price >= whole {
		return w
	}
	hi, lo := bits.Mul64(w, price)
	return hi<<(64-44) | lo>>44
}

// less is a − b, 0 when b is larger; what is beyond counting stays so.
func less(a, b uint64) uint64 {
	switch {
	case a == math.MaxUint64:
		return a
	case b >= a:
		return 0
	}
	return a - b
}
