package money

import (
	"cmp"
	"math/bits"
)

// Share returns part/whole as a rate cut down to a basis point, for printing.
// It reports false when the share is undefined (whole ≤ 0, part < 0) or does
// not fit. Compare against a bound with CompareRatio, not with a cut share.
func Share(part, whole Fen) (Rate, bool) {
	if whole <= 0 || part < 0 {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(part), uint64(One))
	if hi >= uint64(whole) {
		return 0, false
	}
	q, _ := bits.Div64(hi, lo, uint64(whole))
	if q > 1<<63-1 {
		return 0, false
	}
	return Rate(q), true
}

// CompareRatio compares n/d with the bound exactly, without dividing: -1 below,
// 0 equal, +1 above. 24 of 60 machines against 0.40 is 0, so a band that is
// closed above still holds it. It reports false when the ratio is undefined:
// d ≤ 0, or a negative n or bound.
func CompareRatio(n, d int64, bound Rate) (order int, ok bool) {
	if d <= 0 || n < 0 || bound < 0 {
		return 0, false
	}
	leftHigh, leftLow := bits.Mul64(uint64(n), uint64(One))
	rightHigh, rightLow := bits.Mul64(uint64(bound), uint64(d))
	if leftHigh != rightHigh {
		return cmp.Compare(leftHigh, rightHigh), true
	}
	return cmp.Compare(leftLow, rightLow), true
}
