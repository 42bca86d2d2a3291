package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// SortAssets sorts rows by a column of the table: name, model, class, count, digital, networked, cloud, source; equal rows keep their order.
func SortAssets(rows []AssetRow, column int, rising bool) {
	compare := func(a, b AssetRow) int { return strings.Compare(a.Name, b.Name) }
	tri := map[survey.Tri]int{survey.Yes: 0, survey.Unknown: 1, survey.No: 2}
	by := func(of func(AssetRow) survey.Tri) func(a, b AssetRow) int {
		return func(a, b AssetRow) int { return cmp.Compare(tri[of(a)], tri[of(b)]) }
	}
	switch column {
	case 1:
		compare = func(a, b AssetRow) int { return strings.Compare(a.Model, b.Model) }
	case 2:
		compare = func(a, b AssetRow) int { return strings.Compare(a.Class, b.Class) }
	case 3:
		compare = func(a, b AssetRow) int { return cmp.Compare(a.Count, b.Count) }
	case 4:
		compare = by(func(r AssetRow) survey.Tri { return r.Digital })
	case 5:
		compare = by(func(r AssetRow) survey.Tri { return r.Networked })
	case 6:
		compare = by(func(r AssetRow) survey.Tri { return r.Cloud })
	case 7:
		compare = func(a, b AssetRow) int { return strings.Compare(string(a.Source), string(b.Source)) }
	}
	slices.SortStableFunc(rows, func(a, b AssetRow) int {
		if rising {
			return compare(a, b)
		}
		return compare(b, a)
	})
}

// BulkField is a field that can be set on many machines: its label, and what it can be; Tri fields take yes, no and 待核实.
type BulkField struct {
	Key, Label string
	Tri, Date  bool
	Choices    []ListItem // of a closed list; nil for text
}

// BulkList lists the fields in the order they are offered.
func BulkList(w Words) []BulkField {
	choices := map[string][]ListItem{"class": Named(survey.ClassNames), "use": Named(survey.UseNames), "network": Named(survey.NetNames)}
	var out []BulkField
	for _, key := range wizard.BulkFields() {
		f := BulkField{Key: key, Label: w("bulk.field." + key), Choices: choices[key], Date: key == "bought"}
		f.Tri = slices.Contains([]string{"counted", "keyStep", "numeric", "digital", "networked", "onCloud"}, key)
		out = append(out, f)
	}
	return out
}

// CopyRows gives rows as a spreadsheet takes them from the clipboard: a head, then a line each with tabs between.
func CopyRows(w Words, c *survey.Case, rows map[string]bool) string {
	var out strings.Builder
	line := func(cells ...string) {
		for i, s := range cells {
			if cells[i] = s; strings.ContainsAny(s, "\t\n\"") {
				cells[i] = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
			}
		}
		out.WriteString(strings.Join(cells, "\t") + "\r\n")
	}
	keys := []string{"assetId", "name", "nameplate.model", "nameplate.manufacturer", "count", "workshop", "line", "process", "digital", "networked", "onCloud"}
	head := make([]string, len(keys))
	for i, k := range keys {
		head[i] = w("bulk.field." + k)
	}
	line(head...)
	for i := range c.Assets {
		if !rows[c.Assets[i].ID] {
			continue
		}
		one := &survey.Case{Assets: c.Assets[i : i+1]}
		cells := make([]string, len(keys))
		for k, key := range keys {
			cells[k], _ = wizard.Get(one, "assets."+c.Assets[i].ID+"."+key)
			if word, ok := map[string]string{"yes": "是", "no": "否", "unknown": ""}[cells[k]]; ok && k >= 8 {
				cells[k] = word
			}
		}
		line(cells...)
	}
	return out.String()
}
