package exact

import "math"

// entering is the ratio test in long steps: as long as the leaving variable stays outside its bounds, columns are flipped to their other
// bound instead of entering. It gives none when nothing can enter.
func (s *simplex) entering(i int, above bool) (enter int, flipped []int32) {
	out := s.head[i]
	slope := s.lo[out] - s.beta[i]
	sign := -1.0
	if above {
		slope, sign = s.beta[i]-s.hi[out], 1
	}
	left := s.left[0][:0]
	for _, v := range s.hit {
		a := sign * s.alpha[v]
		if math.Abs(a) < tolPivot || s.lo[v] == s.hi[v] || (a > 0) == s.up[v] {
			continue
		}
		left = append(left, v)
	}
	s.left[0] = left
	flipped = s.flips[:0]
	for turn := 1; len(left) > 0; turn++ {
		reach := math.Inf(1)
		for _, v := range left {
			a := math.Abs(s.alpha[v])
			reach = min(reach, (math.Abs(s.d[v])+tolCost)/a)
		}
		best, size, sum := int32(none), 0.0, 0.0
		rest := s.left[turn%2][:0]
		from := len(flipped)
		for _, v := range left {
			a := math.Abs(s.alpha[v])
			if math.Abs(s.d[v]) > reach*a {
				rest = append(rest, v)
				continue
			}
			sum += a * (s.hi[v] - s.lo[v])
			flipped = append(flipped, v)
			if a > size {
				best, size = v, a
			}
		}
		s.left[turn%2], s.flips = rest, flipped
		s.work += 2 * len(left)
		if slope -= sum; slope <= 0 || len(rest) == 0 {
			if slope > tolRow && !math.IsInf(sum, 1) {
				return none, nil // even with every column flipped the row cannot hold
			}
			return int(best), flipped[:from]
		}
		left = rest
	}
	return none, nil
}

// pivot lets variable q enter at place i; the leaving variable stops at the bound it broke. It reports false, with nothing changed but
// flips, when row and column disagree about the pivot.
func (s *simplex) pivot(i, q int, above bool, flipped []int32) bool {
	x := s.y
	clear(x)
	if q < s.n {
		for _, e := range s.byCol[q] {
			x[e.at] = e.v
		}
	} else {
		x[q-s.n] = -1
	}
	s.f.ftran(x, s.col, s.etas)
	pivot := s.col[i]
	if math.Abs(pivot-s.alpha[q]) > 1e-6*(1+math.Abs(pivot)) || math.Abs(pivot) < tolPivot {
		return false
	}
	s.flip(flipped)
	out := s.head[i]
	bound := s.lo[out]
	if above {
		bound = s.hi[out]
	}
	move, value := (s.beta[i]-bound)/pivot, s.at(q)
	norm := 0.0
	for _, t := range s.rho {
		norm += t * t
	}
	copy(x, s.rho)
	s.f.ftran(x, s.tau, s.etas)
	count := 0
	for _, a := range s.col {
		if a > 1e-13 || a < -1e-13 {
			count++
		}
	}
	rest := make([]nz, 0, count)
	for k, a := range s.col {
		if k == i || a > -1e-13 && a < 1e-13 {
			continue
		}
		rest = append(rest, nz{int32(k), a})
		s.beta[k] -= move * a
		ratio := a / pivot
		s.steep[k] = max(s.steep[k]-2*ratio*s.tau[k]+ratio*ratio*norm, 1e-4)
	}
	s.work += 4*s.m + len(rest)
	s.beta[i] = value + move
	s.steep[i] = max(norm/(pivot*pivot), 1e-4)
	s.shiftCosts(i, q)
	s.head[i], s.place[q], s.place[out] = int32(q), int32(i), none
	s.up[out] = above
	s.etas = append(s.etas, eta{int32(i), pivot, rest})
	return true
}

// shiftCosts brings the reduced costs along. One that a tolerance has let slip to the wrong side is taken for zero: bound, not the simplex,
// says what it proves.
func (s *simplex) shiftCosts(i, q int) {
	theta := s.d[q] / s.alpha[q]
	for _, v := range s.hit {
		d := s.d[v] - theta*s.alpha[v]
		if s.lo[v] != s.hi[v] && (d < 0) != s.up[v] {
			d = 0
		}
		s.d[v] = d
	}
	s.d[s.head[i]], s.d[q] = -theta, 0
}

// flip moves columns to their other bound.
func (s *simplex) flip(all []int32) {
	if len(all) == 0 {
		return
	}
	x := s.tau
	clear(x)
	for _, v := range all {
		move := s.hi[v] - s.lo[v]
		if s.up[v] {
			move = -move
		}
		s.up[v] = !s.up[v]
		for _, e := range s.byCol[v] {
			x[e.at] += move * e.v
		}
	}
	y := s.y
	s.f.ftran(x, y, s.etas)
	for i, v := range y {
		s.beta[i] -= v
	}
}

// point reads the present values of the columns into x.
func (s *simplex) point(x []float64) {
	for j := range s.n {
		if i := s.place[j]; i != none {
			x[j] = s.beta[i] * s.span[j]
		} else {
			x[j] = s.at(j) * s.span[j]
		}
	}
}

// value is the objective at the present point.
func (s *simplex) value() float64 {
	v := 0.0
	for j, c := range s.p.Cost {
		if i := s.place[j]; i != none {
			v += float64(c) * s.beta[i] * s.span[j]
		} else {
			v += float64(c) * s.at(j) * s.span[j]
		}
	}
	return v
}

// prices reads the multipliers of the rows, in units of the objective.
func (s *simplex) prices(pi []float64) {
	for r := range s.m {
		pi[r] = max(0, s.d[s.n+r]) * s.unit / s.scale[r]
	}
}

// ray reads the multipliers that show that the row at place i cannot hold.
func (s *simplex) ray(above bool, pi []float64) {
	for r, t := range s.rho {
		if !above {
			t = -t
		}
		pi[r] = max(0, t) / s.scale[r]
	}
}

// mark remembers where a probe starts.
type mark struct {
	state
	f    *factor
	etas []eta
}

func (s *simplex) mark(m *mark) {
	m.f, m.etas = s.f, s.etas
	m.head, m.place, m.up = append(m.head[:0], s.head...), append(m.place[:0], s.place...), append(m.up[:0], s.up...)
	m.d, m.beta, m.steep = append(m.d[:0], s.d...), append(m.beta[:0], s.beta...), append(m.steep[:0], s.steep...)
}

// back returns to a mark of the same rows.
func (s *simplex) back(m *mark) {
	copy(s.head, m.head)
	copy(s.place, m.place)
	copy(s.up, m.up)
	copy(s.d, m.d)
	copy(s.beta, m.beta)
	copy(s.steep, m.steep)
	s.f, s.etas = m.f, m.etas
}
