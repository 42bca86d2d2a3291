package money

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Fen is an amount of money in fen (0.01 yuan). The zero value is zero yuan;
// an unknown amount is a nil *Fen, never zero.
type Fen int64

// MaxFen is the largest amount that parsing and adding accept, on either side
// of zero: 9,999,999,999,999.99 yuan. It leaves room for every product with a
// rate of at most MaxRate.
const MaxFen Fen = 999_999_999_999_999

// Yuan returns n yuan. It is meant for figures written in code, as in
// money.Yuan(50); it panics when n lies beyond MaxFen. Amounts from outside go
// through Parse.
func Yuan(n int64) Fen {
	limit := int64(MaxFen / 100)
	if n > limit || n < -limit {
		panic("money: Yuan out of range: " + strconv.FormatInt(n, 10))
	}
	return Fen(n * 100)
}

// String returns the amount in yuan with two decimals and no separators,
// "300000.50". It is the form of JSON, YAML and canonical bytes.
func (f Fen) String() string {
	sign, u := f.split()
	return fmt.Sprintf("%s%d.%02d", sign, u/100, u%100)
}

// Display returns the amount in yuan with thousands separators and two
// decimals, "300,000.50".
func (f Fen) Display() string {
	sign, u := f.split()
	digits := strconv.FormatUint(u/100, 10)
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return fmt.Sprintf("%s%s.%02d", sign, b.String(), u%100)
}

// Wan returns the amount in 万元 with two decimals, cut towards zero:
// 128,649.99 yuan is "12.86". Print the exact yuan beside it.
func (f Fen) Wan() string {
	return (f / 10000).String()
}

// WanExact returns the amount in 万元 with as many decimals as it needs, six at
// most: "30", "30.5", "12.864999".
func (f Fen) WanExact() string {
	sign, u := f.split()
	s := fmt.Sprintf("%s%d.%06d", sign, u/1_000_000, u%1_000_000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// split returns the sign and the magnitude; it is right for every int64.
func (f Fen) split() (sign string, magnitude uint64) {
	if f < 0 {
		return "-", uint64(-(f + 1)) + 1
	}
	return "", uint64(f)
}

// ErrRange is the reason of an error about an amount beyond MaxFen.
var ErrRange = errors.New("金额超出范围（最大 9,999,999,999,999.99 元）")

// Add returns a + b, or ErrRange when an operand or the sum lies beyond MaxFen.
func Add(a, b Fen) (Fen, error) {
	if !inRange(a) || !inRange(b) || !inRange(a+b) {
		return 0, ErrRange
	}
	return a + b, nil
}

// Sum returns the sum of the amounts, zero for none. It fails with ErrRange as
// soon as a partial sum lies beyond MaxFen.
func Sum(amounts ...Fen) (Fen, error) {
	var total Fen
	for _, a := range amounts {
		var err error
		if total, err = Add(total, a); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// Min returns the smaller amount: an award is Min(rate.Of(base), limit).
func Min(a, b Fen) Fen {
	return min(a, b)
}

func inRange(f Fen) bool {
	return f <= MaxFen && f >= -MaxFen
}
