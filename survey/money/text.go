package money

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// ErrDecimal is the reason of a ParseError about text in a file that is not in
// the one exact form that files hold.
var ErrDecimal = errors.New("文件中的金额和比例须写成小数，如 \"300000.50\"、\"0.20\"，不带单位、逗号和百分号")

// errNotString is why a JSON number (a float in most readers) or null is refused.
var errNotString = errors.New("money: amounts and rates in JSON are decimal strings such as \"300000.50\"")

// MarshalText returns String; YAML uses it.
func (f Fen) MarshalText() ([]byte, error) {
	return []byte(f.String()), nil
}

// UnmarshalText reads the exact decimal form, "300000.50" or "300000": no
// separators, units, spaces or needless leading zeros, two decimals at most. Errors
// are *ParseError. An empty YAML value never gets here and leaves zero: fields
// that may be unknown are *Fen.
func (f *Fen) UnmarshalText(text []byte) error {
	v, err := decimal(string(text), 2)
	if err != nil {
		return refuse(string(text), err)
	}
	*f = v
	return nil
}

// MarshalJSON returns the amount as a decimal string, "300000.50" in quotes.
func (f Fen) MarshalJSON() ([]byte, error) {
	return []byte(`"` + f.String() + `"`), nil
}

// UnmarshalJSON reads a decimal string. Numbers are refused because other
// readers round them, null because unknown is not zero.
func (f *Fen) UnmarshalJSON(data []byte) error {
	text, err := jsonText(data)
	if err != nil {
		return err
	}
	return f.UnmarshalText(text)
}

func jsonText(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte(`"`)) {
		return nil, errNotString
	}
	if text := data[1:]; bytes.IndexByte(text, '\\') < 0 && bytes.IndexByte(text, '"') == len(text)-1 {
		return text[:len(text)-1], nil // nothing to unescape; what is no decimal is refused by who reads it
	}
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, err
	}
	return []byte(s), nil
}

// decimal reads an exact decimal with at most places decimals and returns it
// times 10^places.
func decimal(s string, places int) (Fen, error) {
	if s == "" {
		return 0, ErrEmpty
	}
	if len(s) > maxText {
		return 0, ErrDecimal
	}
	digits, negative := strings.CutPrefix(s, "-")
	whole, frac, dotted := strings.Cut(digits, ".")
	if !isDigits(whole) || dotted && !isDigits(frac) || len(whole) > 1 && whole[0] == '0' {
		return 0, ErrDecimal
	}
	if len(frac) > places {
		return 0, ErrPrecision
	}
	return shift(negative, whole, frac, places)
}
