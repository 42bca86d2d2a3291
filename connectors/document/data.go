package document

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/apply"
)

// Data lays a form out for a DOCX template: every field under its key ({{.firm.name}}), every table under
// .table.<key> with .title, .rows (maps by column name) and .total, every section's paragraphs under .text.<section>,
// .notes, and .form with title, number, date and digest.
func Data(a apply.Application, digest string) map[string]any {
	table, text := map[string]any{}, map[string]any{}
	out := map[string]any{
		"form":  map[string]any{"title": a.Title, "number": a.Number, "date": a.Date, "digest": digest},
		"notes": a.Notes, "table": table, "text": text,
	}
	for _, s := range a.Sections {
		text[s.Key] = s.Text
		for _, f := range s.Fields {
			put(out, f.Key, apply.Printed(f))
		}
		for _, t := range s.Tables {
			rows := []map[string]any{}
			for _, r := range t.Rows {
				rows = append(rows, rowOf(t, r))
			}
			table[t.Key] = map[string]any{"title": t.Title, "rows": rows, "total": rowOf(t, t.Total), "hasTotal": len(t.Total) > 0}
		}
	}
	return out
}

// Known is Data with a value for every name a template of this kind may use; CheckTemplate reads templates against it.
func Known(blank apply.Application) map[string]any {
	blank.Notes = []string{""}
	for i := range blank.Sections {
		s := &blank.Sections[i]
		s.Text = []string{""}
		for j := range s.Tables {
			s.Tables[j].Rows = [][]string{make([]string, len(s.Tables[j].Keys))}
		}
	}
	return Data(blank, "")
}

func put(m map[string]any, key, value string) {
	names := strings.Split(key, ".")
	for _, n := range names[:len(names)-1] {
		inner, ok := m[n].(map[string]any)
		if !ok {
			inner = map[string]any{}
			m[n] = inner
		}
		m = inner
	}
	m[names[len(names)-1]] = value
}

func rowOf(t apply.Table, cells []string) map[string]any {
	out := map[string]any{}
	for i, k := range t.Keys {
		out[k] = ""
		if i < len(cells) {
			out[k] = strings.TrimPrefix(cells[i], "\n")
		}
	}
	return out
}
