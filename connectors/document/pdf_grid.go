package document

import (
	"github.com/shangyuntong/shangyun/survey/apply"
)

// fields prints the grid: two fields a row while both are short, else one. The last page never gets a lone row.
func (p *printer) fields(fields []apply.Field) {
	p.font(false, sizeCell)
	rows := p.gridRows(sideBySide(fields))
	for i, r := range rows {
		if i == len(rows)-2 {
			p.keepTogether(r, rows[i+1], nil)
		}
		p.row(r, nil)
	}
}

func (p *printer) gridRows(fields []apply.Field) [][]cell {
	var rows [][]cell
	for i := 0; i < len(fields); i++ {
		if i+1 < len(fields) && p.half(fields[i]) && p.half(fields[i+1]) {
			rows = append(rows, append(p.pair(fields[i], p.width/2), p.pair(fields[i+1], p.width/2)...))
			i++
			continue
		}
		rows = append(rows, p.pair(fields[i], p.width))
	}
	return rows
}

// sideBySide moves the sum in figures (小写) and in words (大写) behind their neighbours, so that they share a row.
func sideBySide(fields []apply.Field) []apply.Field {
	var sum, out []apply.Field
	for _, f := range fields {
		if f.Key == "claim.amount" || f.Key == "claim.capital" {
			sum = append(sum, f)
		}
	}
	for _, f := range fields {
		if f.Key == "claim.amount" || f.Key == "claim.capital" {
			continue
		}
		if out = append(out, f); f.Key == "claim.amountWan" {
			out = append(out, sum...)
		}
	}
	if len(out) < len(fields) {
		return fields
	}
	return out
}

const labelShare = 0.42

// half tells whether a field reads well in half a row: a value of one line and a name of at most three. The sum in words
// stays beside its figures even on three lines.
func (p *printer) half(f apply.Field) bool {
	w, most := p.width/2, 1
	if f.Key == "claim.capital" {
		most = 3
	}
	return len(wrap(shown(f), w*(1-labelShare)-2*pad, p.measure)) <= most && len(wrap(f.Label, w*labelShare-2*pad, p.measure)) <= 3
}

func (p *printer) pair(f apply.Field, width float64) []cell {
	label := p.width / 2 * labelShare
	return []cell{{text: f.Label, width: label, shade: true}, {text: shown(f), width: width - label, right: isAmount(f.Key) && width < p.width}}
}

// amounts are the keys of the fields in yuan or 万元.
var amounts = func() map[string]bool {
	out := map[string]bool{}
	for _, kind := range []string{apply.KindApplication, apply.KindOnboarding} {
		for _, f := range apply.Fields(kind) {
			out[f.Key] = f.Kind == apply.KindYuan || f.Kind == apply.KindWan
		}
	}
	return out
}()

func isAmount(key string) bool { return amounts[key] }
