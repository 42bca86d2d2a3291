package money

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strings"
)

// Rate is a share in basis points (0.01 %): 0.20 is 2000.
type Rate int64

// One is the whole: 1.00 or 100 %.
const One Rate = 10000

// MaxRate is the largest rate that parsing accepts: 2.00 or 200 %. It lets a
// 加计扣除 of 100 % or 120 % pass and stops a 20 that was meant as 20 %.
const MaxRate = 2 * One

// ErrRate is the reason of a ParseError about a rate.
var ErrRate = errors.New("不是可识别的比例，请写成 0.20 或 20%（0 至 200%，最细 0.01%）")

// ParseRate reads a rate as people write it: "0.20", "20%", "１２．５％". It
// refuses negative rates, rates above MaxRate and anything finer than a basis
// point, with a *ParseError.
func ParseRate(s string) (Rate, error) {
	if len(s) > maxText {
		return 0, refuse(s, ErrRate)
	}
	text, percent := strings.CutSuffix(strings.TrimSpace(strings.Map(foldRune, s)), "%")
	places := 4
	if percent {
		places = 2
	}
	v, err := decimal(strings.TrimSpace(text), places)
	if err != nil || v < 0 || Rate(v) > MaxRate {
		return 0, refuse(s, ErrRate)
	}
	return Rate(v), nil
}

// String returns the rate as a decimal with two to four places: "0.20",
// "0.125", "0.0625".
func (r Rate) String() string {
	sign, u := Fen(r).split()
	s := fmt.Sprintf("%s%d.%04d", sign, u/10000, u%10000)
	for range 2 {
		s = strings.TrimSuffix(s, "0")
	}
	return s
}

// Percent returns the rate in percent with as many decimals as it needs:
// "20%", "12.5%".
func (r Rate) Percent() string {
	s := strings.TrimRight(Fen(r).String(), "0")
	return strings.TrimSuffix(s, ".") + "%"
}

// Of returns the rate's share of the amount, multiplied in 128 bits and cut
// towards zero to whole fen (政策文本无取整规则，向下取整). It is exact for every
// parsed amount and rate; a product beyond 64 bits, which only code can ask
// for, is held at the largest Fen.
func (r Rate) Of(amount Fen) Fen {
	rs, ru := Fen(r).split()
	as, au := amount.split()
	hi, lo := bits.Mul64(ru, au)
	q := uint64(math.MaxInt64)
	if hi < uint64(One) {
		quotient, _ := bits.Div64(hi, lo, uint64(One))
		q = min(q, quotient)
	}
	if rs != as {
		return -Fen(q)
	}
	return Fen(q)
}

// MarshalText returns String; YAML uses it.
func (r Rate) MarshalText() ([]byte, error) {
	return []byte(r.String()), nil
}

// UnmarshalText reads the exact decimal form "0.20", from 0 to MaxRate with at
// most four places. A percent sign is refused: packs hold one form.
func (r *Rate) UnmarshalText(text []byte) error {
	v, err := decimal(string(text), 4)
	switch {
	case err != nil:
		return refuse(string(text), ErrDecimal)
	case v < 0 || Rate(v) > MaxRate:
		return refuse(string(text), ErrRate)
	}
	*r = Rate(v)
	return nil
}

// MarshalJSON returns the rate as a decimal string, "0.20" in quotes.
func (r Rate) MarshalJSON() ([]byte, error) {
	return []byte(`"` + r.String() + `"`), nil
}

// UnmarshalJSON reads a decimal string; numbers and null are refused.
func (r *Rate) UnmarshalJSON(data []byte) error {
	text, err := jsonText(data)
	if err != nil {
		return err
	}
	return r.UnmarshalText(text)
}
