package exact

import "slices"

// grow bounds the root, looks for answers around its point, cuts the relaxation and searches what is left.
func (t *tree) grow(low int64) {
	if t.s.tired() {
		t.s.leave(t.r, low)
		return
	}
	low, ok := t.tighten(low)
	t.s.keep(t)
	if !ok {
		return
	}
	if t.s.o.Relax {
		t.s.leave(t.r, low)
		return
	}
	t.answers()
	if t.s.best == nil || t.r.total(low) < t.s.value-t.s.step+1 {
		t = t.cuts()
		if low, ok = t.tighten(low); t.s.keep(t) && !ok {
			return
		}
		t.answers()
		if low < t.cutoff() && !t.s.sure() {
			t.plunge()
		}
	}
	t.s.say(t.r.total(low))
	t.s.equal = t.s.o.Every != nil
	t.s.aim()
	if low >= t.cutoff() {
		return
	}
	if t.shrink(); !t.b.propagate(t.cutoff()) {
		return
	}
	t.node(low)
}

// answers looks for solutions around the present point and multipliers.
func (t *tree) answers() {
	if t.s.sure() {
		return
	}
	t.lp.point(t.x)
	t.dive()
	if t.g == nil {
		return
	}
	price := make([]float64, len(t.x))
	for j, d := range t.q.rest {
		price[j] = float64(d) / float64(t.q.scale)
	}
	t.s.found(t.r, t.g.build(price, nil))
	t.s.polish(t.r, t.g, price)
}

// keep remembers the root with its multipliers, for common.
func (s *search) keep(t *tree) bool {
	if s.o.Left {
		s.root, s.rootPi = t.r, slices.Clone(t.pi)
	}
	return true
}

// common gives the columns that have one value in every solution as good as the best, and the cuts of the root that bind.
func (s *search) common() (map[int]int64, []Row) {
	fixed := map[int]int64{}
	if s.root == nil {
		return fixed, nil
	}
	s.equal = true
	s.aim()
	r, _ := s.settle(s.root, s.rootPi, 0)
	if r == nil {
		return fixed, nil
	}
	open := make([]bool, len(s.p.Cost))
	for _, j := range r.cols {
		open[j] = true
	}
	for j, v := range r.settle {
		if !open[j] {
			fixed[j] = v
		}
	}
	return fixed, nil
}
