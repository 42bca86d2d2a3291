package document

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// WalkCodeHead is the head of the column by which a row is known again.
const WalkCodeHead = "识别码（勿改）"

// WalkList (走访表) writes the register as one XLSX with a sheet for each workshop, to be filled in and read back (importer.Walk). Unknown answers
// are empty cells.
func WalkList(w survey.Walk) ([]byte, error) {
	used := map[string]bool{}
	var sheets []sheet
	for _, s := range w.Shops {
		t := sheet{name: tabName(shopName(s), used), title: shopName(s) + "（" + w.Firm + "）"}
		if len(s.Notes) > 0 {
			t.under = "已记：" + strings.Join(s.Notes, "；")
		}
		for _, f := range w.Fields {
			t.head, t.widths = append(t.head, f.Head), append(t.widths, walkWidth(f))
		}
		t.head, t.widths = append(t.head, WalkCodeHead), append(t.widths, 40)
		for _, m := range s.Machines {
			row := make([]any, 0, len(m.Values)+1)
			for i, v := range m.Values {
				if row = append(row, any(v)); w.Fields[i].Key == "count" {
					row[i] = amountCell(v)
				}
			}
			t.rows = append(t.rows, append(row, m.ID))
		}
		sheets = append(sheets, t)
	}
	return workbook(sheets)
}

func walkWidth(f survey.WalkField) float64 {
	switch {
	case f.Yes || f.Key == "count":
		return 8
	case f.Key == "name" || f.Key == "note":
		return 24
	}
	return 14
}

// tabName makes a name that a sheet can have and no other sheet has.
func tabName(name string, used map[string]bool) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return '_'
		}
		return r
	}, name)
	runes := []rune(name)
	base := string(runes[:min(len(runes), 26)])
	if base == "" {
		base = "车间"
	}
	out := base
	for n := 2; used[strings.ToLower(out)]; n++ {
		out = base + "-" + number(n)
	}
	used[strings.ToLower(out)] = true
	return out
}
