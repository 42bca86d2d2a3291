package view

import (
	"strconv"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// CompareLine is one line of a comparison: what it is about and its value for each firm; Best marks the leading firms, where one leads.
type CompareLine struct {
	Head   string
	Values []string
	Best   []bool
}

// CompareNames are the heads of the columns: the firms.
func CompareNames(w Words, list []wizard.FirmBeside) []string {
	out := make([]string, len(list))
	for i, f := range list {
		if out[i] = f.Name; f.Name == "" {
			out[i] = w("case.unnamed")
		}
	}
	return out
}

// CompareLines lays firms beside each other: place, trade, level, score, each dimension, rates, bundle, claim, what is next. What is not known
// says so; no rank is computed over lines of different kinds.
func CompareLines(w Words, list []wizard.FirmBeside) []CompareLine {
	var out []CompareLine
	add := func(head string, value func(f wizard.FirmBeside) string, lead func(f wizard.FirmBeside) (int64, bool)) {
		line := CompareLine{Head: head, Values: make([]string, len(list)), Best: make([]bool, len(list))}
		top, any := int64(0), 0
		for i, f := range list {
			if f.Code != "" {
				line.Values[i] = "—"
				continue
			}
			line.Values[i] = value(f)
			if lead != nil {
				if n, ok := lead(f); ok {
					if any++; any == 1 || n > top {
						top = n
					}
				}
			}
		}
		for i, f := range list {
			if lead != nil && f.Code == "" && any > 1 {
				n, ok := lead(f)
				line.Best[i] = ok && n == top
			}
		}
		out = append(out, line)
	}
	assessed := func(s func(f wizard.FirmBeside) string) func(f wizard.FirmBeside) string {
		return func(f wizard.FirmBeside) string {
			if !f.Assessed {
				return w("home.level.none")
			}
			return s(f)
		}
	}
	add(w("compare.region"), func(f wizard.FirmBeside) string {
		if r, ok := survey.RegionByCode(f.Region); ok {
			return r.Name
		}
		return w("home.region.none")
	}, nil)
	add(w("compare.industry"), func(f wizard.FirmBeside) string {
		if x, ok := survey.IndustryByCode(f.Industry); ok {
			return x.Code + " " + x.Name
		}
		return w("compare.open")
	}, nil)
	add(w("compare.level"), assessed(func(f wizard.FirmBeside) string { return f.LevelName }), func(f wizard.FirmBeside) (int64, bool) { return int64(f.Level), f.Assessed })
	add(w("compare.score"), assessed(func(f wizard.FirmBeside) string { return f.Score.String() }), func(f wizard.FirmBeside) (int64, bool) { return int64(f.Score), f.Assessed })
	for k, title := range compareDimensions(list) {
		at := func(f wizard.FirmBeside) (s string, n int64, ok bool) {
			if !f.Assessed || k >= len(f.Dimensions) {
				return w("home.level.none"), 0, false
			}
			x := f.Dimensions[k]
			return x.Points.String() + " / " + x.Max.String(), int64(x.Points), true
		}
		add("　"+title, func(f wizard.FirmBeside) string { s, _, _ := at(f); return s }, func(f wizard.FirmBeside) (int64, bool) { _, n, ok := at(f); return n, ok })
	}
	orNone := func(s string) string {
		if s == "" {
			return w("compare.open")
		}
		return s
	}
	add(w("compare.machines"), func(f wizard.FirmBeside) string { return strconv.Itoa(f.Machines) + " " + w("inventory.unit") }, nil)
	add(w("compare.digital"), func(f wizard.FirmBeside) string { return orNone(f.Digital) }, nil)
	add(w("compare.networked"), func(f wizard.FirmBeside) string { return orNone(f.Networked) }, nil)
	add(w("compare.bundle"), func(f wizard.FirmBeside) string {
		if f.Bundle == nil {
			return w("compare.bundle.none")
		}
		return w("compare.bundle.cost", f.Bundle.Display(), f.Lines)
	}, nil)
	add(w("compare.claim"), func(f wizard.FirmBeside) string {
		if f.Claim == nil {
			return w("compare.claim.none")
		}
		return w("compare.claim.yuan", f.Claim.Display())
	}, func(f wizard.FirmBeside) (int64, bool) {
		if f.Claim == nil {
			return 0, false
		}
		return int64(*f.Claim), true
	})
	add(w("compare.measure"), func(f wizard.FirmBeside) string { return orNone(f.Measure) }, nil)
	add(w("compare.next"), func(f wizard.FirmBeside) string {
		switch {
		case f.Next == "":
			return w("home.next.none")
		case f.Open > 0:
			return w("compare.next.open", w("step."+string(f.Next)), f.Open)
		}
		return w("step." + string(f.Next))
	}, nil)
	return out
}

func compareDimensions(list []wizard.FirmBeside) []string {
	for _, f := range list {
		if len(f.Dimensions) > 0 {
			out := make([]string, len(f.Dimensions))
			for i, d := range f.Dimensions {
				out[i] = d.Title
			}
			return out
		}
	}
	return nil
}

// CompareSheet is the comparison as a table: a row for each firm, the lines as columns.
func CompareSheet(w Words, list []wizard.FirmBeside) wizard.Sheet {
	s := wizard.Sheet{Name: w("compare.tab"), Title: w("compare.sheet.title"), Head: []string{w("compare.firm")}, Widths: []float64{28}}
	lines := CompareLines(w, list)
	for _, l := range lines {
		s.Head, s.Widths = append(s.Head, l.Head), append(s.Widths, 16)
	}
	for i, name := range CompareNames(w, list) {
		row := []string{name}
		for _, l := range lines {
			row = append(row, l.Values[i])
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// OutgoingRow is one case of a batch in words.
type OutgoingRow struct {
	Name, State, Note string
	Tone              Tone
}

// OutgoingRows tells of each case what stands against sending, or how it ended.
func OutgoingRows(w Words, list []wizard.Outgoing, errText func(error) string) []OutgoingRow {
	out := make([]OutgoingRow, len(list))
	for i, o := range list {
		r := OutgoingRow{Name: o.Name, State: w("batch.ready"), Tone: Under, Note: w("batch.ready.note")}
		if r.Name == "" {
			r.Name = w("case.unnamed")
		}
		switch {
		case o.Sent:
			r.State, r.Tone, r.Note = w("batch.sent"), Good, w("batch.receipt", o.Receipt)
		case o.Code != "":
			r.State, r.Tone, r.Note = w("batch.failed"), Bad, errText(&survey.Error{Code: o.Code, Op: "view", Detail: o.Detail})
			if o.Code == survey.CodeCancelled {
				r.State, r.Tone = w("batch.stopped"), Careful
			}
			if o.Sealed {
				r.State, r.Tone = w("batch.sealed"), Careful
			}
		case len(o.Open) > 0:
			r.State, r.Tone, r.Note = w("batch.open", len(o.Open)), Careful, o.Open[0]
		case o.Agreed:
			r.Note = w("batch.agreed")
		}
		out[i] = r
	}
	return out
}

// BatchSum counts how a batch ended.
func BatchSum(w Words, list []wizard.Outgoing) string {
	sent, open, failed := 0, 0, 0
	for _, o := range list {
		switch {
		case o.Sent:
			sent++
		case o.Code != "":
			failed++
		default:
			open++
		}
	}
	return w("batch.sum", len(list), sent, failed, open)
}

// CompareShort picks the lines that fit beside each other when firms are rows: level, score, the two rates, bundle, claim, what is next; fewer
// with large letters.
func CompareShort(lines []CompareLine, large bool) []int {
	n := len(lines)
	if n < 11 {
		return nil
	}
	if large {
		return []int{2, 3, n - 3}
	}
	return []int{2, 3, n - 6, n - 5, n - 4, n - 3, n - 1}
}
