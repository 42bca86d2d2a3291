package assess

import (
	"cmp"
	"math/bits"
)

// wide is an unsigned 128-bit product, so that shares of money are compared without dividing.
type wide struct{ hi, lo uint64 }

// product multiplies two numbers that are not negative; a negative one counts as 0.
func product(a, b int64) wide {
	hi, lo := bits.Mul64(uint64(max(a, 0)), uint64(max(b, 0)))
	return wide{hi, lo}
}

func (w wide) cmp(v wide) int {
	if d := cmp.Compare(w.hi, v.hi); d != 0 {
		return d
	}
	return cmp.Compare(w.lo, v.lo)
}

// quotient gives a·b ÷ d cut down, with the rest; false when it does not fit. d must be positive.
func quotient(a, b, d int64) (q, rest int64, ok bool) {
	w := product(a, b)
	if w.hi >= uint64(d) {
		return 0, 0, false
	}
	whole, left := bits.Div64(w.hi, w.lo, uint64(d))
	return int64(whole), int64(left), whole < 1<<62
}
