package document

import (
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
)

// amountCell turns a printed amount or count into the spreadsheet's own number type; anything else stays text. The file
// holds the shortest decimal that reads back as the same number, which is the amount itself up to money.MaxFen (15
// digits): nothing is computed with it here.
func amountCell(s string) any {
	if n, err := strconv.Atoi(s); err == nil && strconv.Itoa(n) == s {
		return n
	}
	f, err := money.Parse(s)
	if err != nil || f.Display() != s && f.String() != s {
		return s
	}
	return number64(f)
}

func wanOf(yuan string) any {
	f, err := money.Parse(yuan)
	if err != nil {
		return yuan
	}
	return amountCell(f.Wan())
}

func number64(f money.Fen) any {
	v, err := strconv.ParseFloat(strings.TrimSpace(f.String()), 64)
	if err != nil {
		return f.String()
	}
	return v
}
