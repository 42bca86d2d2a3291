package document

import (
	"path"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

// Data lays a form out for a DOCX template: every field under its key ({{.firm.name}}), every table under
// .table.<key> with .title, .rows (maps by column name) and .total, every section's paragraphs under .text.<section>,
// .notes, a section's paragraphs but for the last one under .head.<section> and the last one as .tail.<section>, and .form with title, number, date and digest.
func Data(a apply.Application, digest string) map[string]any {
	table, text, front, tail := map[string]any{}, map[string]any{}, map[string]any{}, map[string]any{}
	out := map[string]any{
		"form":  map[string]any{"title": a.Title, "number": a.Number, "date": a.Date, "digest": digest},
		"notes": a.Notes, "table": table, "text": text, "head": front, "tail": tail,
	}
	for _, s := range a.Sections {
		text[s.Key], front[s.Key], tail[s.Key] = s.Text, []string{}, ""
		if n := len(s.Text); n > 0 {
			front[s.Key], tail[s.Key] = s.Text[:n-1], s.Text[n-1]
		}
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
		s.Text = []string{"", ""}
		for j := range s.Tables {
			s.Tables[j].Rows = [][]string{make([]string, len(s.Tables[j].Keys))}
		}
	}
	return Data(blank, "")
}

// KnownTo is what the template of that file name may use: the names of the 对接需求表 when it begins with onboarding, of a document of the
// dossier with those of the 申报书, else of the 申报书.
func KnownTo(name string) map[string]any {
	blank := apply.Input{Case: &survey.Case{ID: "00000000-0000-7000-8000-000000000000"}}
	name = strings.TrimSuffix(path.Base(name), ".docx")
	if strings.HasPrefix(name, "onboarding") {
		return Known(apply.FillOnboarding(blank))
	}
	known := Known(apply.Fill(blank))
	if d, ok := apply.BlankDocument(name); ok {
		merge(known, Known(d.Application))
	}
	return known
}

// dataOf is the data for a document's template: the whole form with the document's own parts laid over it.
func dataOf(form, document map[string]any) map[string]any {
	out := map[string]any{}
	merge(out, form)
	merge(out, document)
	return out
}

// merge lays from over to, branch by branch, and shares no branch with from.
func merge(to, from map[string]any) {
	for k, v := range from {
		branch, ok := v.(map[string]any)
		if !ok {
			to[k] = v
			continue
		}
		inner, ok := to[k].(map[string]any)
		fresh := map[string]any{}
		if ok {
			merge(fresh, inner)
		}
		merge(fresh, branch)
		to[k] = fresh
	}
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
