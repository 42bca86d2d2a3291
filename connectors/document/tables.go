package document

import (
	"bytes"
	"encoding/csv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Table is a plain table for a spreadsheet: a name (at most 31 characters, without []:*?/\), the head, and rows of text. What reads as a
// whole number or an amount becomes a number, everything else stays text and can never become a formula.
type Table struct {
	Name   string
	Title  string // printed above the head, "" for none
	Head   []string
	Widths []float64 // of the columns, in characters
	Rows   [][]string
}

// Tables writes tables as one XLSX, a sheet each, printed across the page with the head on every page. Equal tables give equal bytes.
func Tables(tables ...Table) ([]byte, error) {
	sheets := make([]sheet, len(tables))
	for i, t := range tables {
		sheets[i] = sheet{name: t.Name, title: t.Title, widths: t.Widths, head: anys(t.Head)}
		for _, r := range t.Rows {
			cells := make([]any, len(r))
			for k, c := range r {
				cells[k] = amountCell(c)
			}
			sheets[i].rows = append(sheets[i].rows, cells)
		}
	}
	return workbook(sheets)
}

// CSV writes the tables under each other, an empty line between, with the mark by which spreadsheets know UTF-8. A text that a spreadsheet
// would take for a formula gets an apostrophe in front.
func CSV(tables ...Table) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for i, t := range tables {
		if i > 0 {
			w.Flush()
			out.WriteString("\r\n")
		}
		for _, r := range append([][]string{t.Head}, t.Rows...) {
			safe := make([]string, len(r))
			for k, c := range r {
				if safe[k] = c; strings.ContainsRune("=+-@\t\r", first(c)) && amountCell(c) == any(c) {
					safe[k] = "'" + c
				}
			}
			if err := w.Write(safe); err != nil {
				return nil, survey.Wrap(survey.CodeInternal, "document.csv", err)
			}
		}
	}
	w.Flush()
	return out.Bytes(), survey.Wrap(survey.CodeInternal, "document.csv", w.Error())
}

// first gives the first character, a letter for an empty text.
func first(s string) rune {
	for _, c := range s {
		return c
	}
	return 'A'
}
