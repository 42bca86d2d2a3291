package survey

import (
	"errors"
	"strconv"
	"strings"
)

// Points counts thousandths of a point of a maturity score, so that 1.875 stays exact. JSON and YAML write a decimal string.
type Points int64

// FullPoints is the whole score, 100 points.
const FullPoints Points = 100_000

var errPoints = errors.New("points are a decimal with at most three places, 0 to 100")

// ParsePoints reads "1.875": digits with at most three decimals, 0 to 100.
func ParsePoints(s string) (Points, error) {
	whole, frac, _ := strings.Cut(s, ".")
	if len(whole) == 0 || len(whole) > 3 || len(frac) > 3 || strings.HasSuffix(s, ".") {
		return 0, errPoints
	}
	n, err := strconv.ParseUint(whole+frac+"000"[len(frac):], 10, 32)
	if err != nil || n > uint64(FullPoints) {
		return 0, errPoints
	}
	return Points(n), nil
}

// String prints the points without trailing zeros: "47.75", "8", "-1.5".
func (p Points) String() string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	frac := strconv.FormatInt(int64(p%1000)+1000, 10)[1:]
	return strings.TrimSuffix(strings.TrimRight(sign+strconv.FormatInt(int64(p/1000), 10)+"."+frac, "0"), ".")
}

// MarshalText writes String; JSON holds it as a decimal string.
func (p Points) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what ParsePoints reads, and the same with a minus sign.
func (p *Points) UnmarshalText(b []byte) error {
	text, negative := strings.CutPrefix(string(b), "-")
	n, err := ParsePoints(text)
	if negative {
		n = -n
	}
	*p = n
	return err
}
