package view

import (
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// FormField is one line of the filled form; an empty Value with a Jump can be filled there.
type FormField struct {
	Label, Value, Source, Jump string
	Required                   bool
}

// FormSection is one part of the filled form.
type FormSection struct {
	Key, Title string
	Fields     []FormField
	Empty      int // required fields without a value
	Tables     []apply.Table
	Text       []string
}

// FormSections prepares a filled form for the screen. Places for pen and seal are left out.
func FormSections(st *wizard.State, a apply.Application) []FormSection {
	kinds := map[string]apply.FieldKind{}
	for _, f := range apply.Fields(a.Kind) {
		kinds[f.Key] = f.Kind
	}
	var out []FormSection
	for _, s := range a.Sections {
		sec := FormSection{Key: s.Key, Title: s.Title, Tables: s.Tables, Text: s.Text}
		for _, f := range s.Fields {
			if kinds[f.Key] == apply.KindSpace {
				continue
			}
			v := FormField{Label: f.Label, Value: survey.MaskField(f.Key, f.Value), Source: f.Source, Required: f.Required}
			if v.Value == "" {
				v.Jump = fieldPath(st, f.Key)
			}
			if v.Value == "" && v.Required {
				sec.Empty++
			}
			sec.Fields = append(sec.Fields, v)
		}
		out = append(out, sec)
	}
	return out
}

// fieldPath is the path of the fact behind a field of the form, "" for one that is computed.
func fieldPath(st *wizard.State, key string) string {
	head, rest, _ := strings.Cut(key, ".")
	switch head {
	case "firm", "project", "onboarding":
		if key == "project.deployment" || key == "project.suppliers" || key == "onboarding.protocols" {
			return ""
		}
		if key == "firm.titles" {
			return "titles"
		}
		return key
	case "year":
		y := st.Case.LastYear()
		switch {
		case y == 0 || rest == "year":
			return "asOf"
		case rest == "mainRevenueYuan":
			rest = "mainRevenue"
		case rest == "staffBefore":
			y, rest = y-1, "staff"
		}
		return "years." + strconv.Itoa(y) + "." + rest
	case "cost":
		return "invoices"
	case "aid":
		return "aids"
	}
	return map[string]string{
		"cover.firm": "firm.name", "cover.project": "project.name", "cover.office": "firm.county", "cover.date": "asOf", "cover.measure": "project.measure",
		"claim.measure": "project.measure",
	}[key]
}

// ColumnWidths weighs the columns of a form's table by their widest words, in half characters from 8 to 28.
func ColumnWidths(t apply.Table) []int {
	out := make([]int, len(t.Columns))
	for i, title := range t.Columns {
		out[i] = max(8, halves(title))
		for _, row := range t.Rows {
			if i < len(row) {
				out[i] = max(out[i], halves(row[i]))
			}
		}
		out[i] = min(out[i], 28)
	}
	return out
}

// halves counts a text's width: two for a Chinese character, one for a digit or Latin letter.
func halves(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x2E80 {
			n++
		}
	}
	return n
}

// Todo is one thing to mend before a request may be sent, or worth mending.
type Todo struct {
	Text, Note, Jump string
	Must             bool
}

// Todos lists the findings and missing papers of a filled form, 必改 first.
func Todos(w Words, a apply.Application) []Todo {
	var must, hint []Todo
	put := func(t Todo) {
		if t.Must {
			must = append(must, t)
		} else {
			hint = append(hint, t)
		}
	}
	for _, k := range a.Checks {
		put(Todo{Text: k.Text, Note: k.Clause, Jump: k.Jump, Must: k.Level == apply.LevelMust})
	}
	for _, m := range a.Missing {
		put(Todo{Text: w("subsidy.todo.paper", m.Name), Note: m.Issuer, Jump: m.Jump, Must: m.Must})
	}
	return append(must, hint...)
}
