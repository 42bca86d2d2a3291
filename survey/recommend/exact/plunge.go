package exact

import "math"

// plunges is at how many nodes plunge is tried once.
const plunges = 50

// plunge goes down from the present point, fixing the column that is nearest to 1 and looking at the relaxation again each time, until an
// answer or a dead end. It costs more than dive and finds what dive cannot. The simplex is left at another point.
func (t *tree) plunge() {
	trail := len(t.b.trail)
	defer t.b.back(trail)
	t.lp.mark(&t.start)
	defer t.lp.back(&t.start)
	for range 200 {
		j, most := none, 0.0
		for c, v := range t.x {
			if t.b.free(c) && t.p.Hi[c] == 1 && v > most && v < 1-1e-6 {
				j, most = c, v
			}
		}
		if j == none {
			t.dive()
			return
		}
		t.b.fix(j, 1)
		for c, v := range t.x { // what stands at 1 stays there
			if t.b.free(c) && t.p.Hi[c] == 1 && v > 1-1e-6 {
				t.b.fix(c, 1)
			}
		}
		if !t.b.propagate(t.cutoff()) || t.s.tired() {
			return
		}
		if i, _ := t.relax(t.pivots()); i >= 0 {
			return
		}
		if math.Ceil(t.lp.value()-1e-6) >= float64(t.cutoff()) {
			return
		}
		t.lp.point(t.x)
	}
}
