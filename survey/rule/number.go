package rule

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
)

// Number is a number fact or bound in thousandths, so that yuan with fen, counts and points (three decimals) compare exactly.
type Number int64

// OfFen turns an amount into a Number of yuan. It holds every amount up to money.MaxFen.
func OfFen(f money.Fen) Number {
	if f > money.MaxFen {
		f = money.MaxFen
	}
	if f < -money.MaxFen {
		f = -money.MaxFen
	}
	return Number(f) * 10
}

// OfCount turns a count into a Number; counts beyond 10¹⁵ are held there.
func OfCount(n int64) Number {
	const most = math.MaxInt64 / 10_000
	return Number(max(-most, min(n, most))) * 1000
}

// UnmarshalText reads a decimal with at most three places, "10000000.00".
func (n *Number) UnmarshalText(b []byte) error {
	s := string(b)
	whole, frac, dotted := strings.Cut(s, ".")
	if dotted && frac == "" || len(frac) > 3 || len(whole) > 15 || strings.ContainsAny(s, "+ _") {
		return fmt.Errorf("rule: %q is no number", s)
	}
	v, err := strconv.ParseInt(whole+(frac + "000")[:3], 10, 64)
	if err != nil || whole == "" || whole == "-" {
		return fmt.Errorf("rule: %q is no number", s)
	}
	*n = Number(v)
	return nil
}

// String prints the number with as many decimals as it needs.
func (n Number) String() string {
	sign, u := "", int64(n)
	if u < 0 {
		sign, u = "-", -u
	}
	s := fmt.Sprintf("%s%d.%03d", sign, u/1000, u%1000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
