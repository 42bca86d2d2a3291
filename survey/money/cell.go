package money

import (
	"strconv"
	"strings"
)

// cellDigits is how many significant digits a spreadsheet keeps of a number.
const cellDigits = 15

// ParseCell reads the raw value of a spreadsheet's numeric cell, as the file
// stores it: "12.859999999999999", "1.2864E7". The file holds a binary
// fraction, so the text is first rounded, in decimal, to the 15 significant
// digits that the sheet shows; what is then still finer than a fen is refused.
// Text cells go to ParseUnit. Errors are as for Parse.
func ParseCell(raw string, unit Unit) (Fen, error) {
	f, reason := parseCell(raw, unit)
	if reason != nil {
		return 0, refuse(raw, reason)
	}
	return f, nil
}

func parseCell(raw string, unit Unit) (Fen, error) {
	if raw == "" {
		return 0, ErrEmpty
	}
	if len(raw) > maxText {
		return 0, ErrSyntax
	}
	number, negative := strings.CutPrefix(raw, "-")
	number, power, scaled := strings.Cut(strings.ToUpper(number), "E")
	whole, frac, dotted := strings.Cut(number, ".")
	if !isDigits(whole) || dotted && !isDigits(frac) {
		return 0, ErrSyntax
	}
	exponent := 0
	if scaled {
		var err error
		if exponent, err = strconv.Atoi(power); err != nil || exponent > 400 || exponent < -400 {
			return 0, ErrSyntax
		}
	}
	digits, dropped := roundDigits(strings.TrimLeft(whole+frac, "0"))
	return scale(negative, digits, exponent-len(frac)+dropped+int(unit))
}

// roundDigits keeps cellDigits digits, rounding half up, and returns how many
// it dropped from the end.
func roundDigits(digits string) (kept string, dropped int) {
	if len(digits) <= cellDigits {
		return digits, 0
	}
	n, _ := strconv.ParseInt(digits[:cellDigits], 10, 64)
	if digits[cellDigits] >= '5' {
		n++
	}
	return strconv.FormatInt(n, 10), len(digits) - cellDigits
}

// scale returns digits × 10^places in fen.
func scale(negative bool, digits string, places int) (Fen, error) {
	digits = strings.TrimLeft(digits, "0")
	switch {
	case digits == "":
		return 0, nil
	case places > cellDigits:
		return 0, ErrRange
	case places >= 0:
		return shift(negative, digits, "", places)
	case -places > len(digits):
		digits = strings.Repeat("0", -places-len(digits)) + digits
	}
	cut := len(digits) + places
	return shift(negative, digits[:cut], digits[cut:], 0)
}
