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
