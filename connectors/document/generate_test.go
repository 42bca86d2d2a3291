package document

import (
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

var update = flag.Bool("update", false, "write the templates under assets/template anew")

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

func value(key string) string {
	switch key {
	case "project.links":
		var b strings.Builder
		for _, l := range survey.BusinessLinks {
			b.WriteString(boxRun(21, `{{box .project.links "`+l+`"}}`) + run(fangsong, 21, false, l+"　"))
		}
		return b.String()
	case "firm.aboveScale", "firm.independent", "firm.dishonest", "project.promised":
		return boxRun(21, `{{box .`+key+` "是"}}`) + run(fangsong, 21, false, "是　") + boxRun(21, `{{box .`+key+` "否"}}`) + run(fangsong, 21, false, "否")
	}
	return run(fangsong, 21, false, "{{."+key+"}}")
}

func longField(f apply.FieldSpec) bool {
	for _, k := range []string{
		"firm.address", "firm.titles", "firm.products", "project.name", "project.links", "project.summary", "project.suppliers", "maturity.edition", "maturity.counters",
		"maturity.machines", "maturity.status", "claim.measure", "claim.clause", "claim.sentence", "claim.explain", "claim.ifSelected", "project.before", "project.after",
		"project.goals", "onboarding.operator", "onboarding.protocols", "onboarding.network", "onboarding.note", "firm.dishonest",
	} {
		if f.Key == k {
			return true
		}
	}
	return false
}

// lengthy tells the fields that may be longer than a page.
func lengthy(key string) bool {
	return slices.Contains([]string{"project.summary", "project.before", "project.after", "project.goals", "onboarding.note", "onboarding.network"}, key)
}

// inPairs puts the sum in words after the sum in figures, as the PDF does.
func inPairs(specs []apply.FieldSpec) []apply.FieldSpec {
	var fields []apply.Field
	by := map[string]apply.FieldSpec{}
	for _, f := range specs {
		fields = append(fields, apply.Field{Key: f.Key})
		by[f.Key] = f
	}
	var out []apply.FieldSpec
	for _, f := range sideBySide(fields) {
		out = append(out, by[f.Key])
	}
	return out
}

// grid lays fields out two a row, long ones alone. The last two rows stay together.
func (g *generator) grid(specs []apply.FieldSpec) {
	const label, text = 1900, 2522
	g.WriteString(tableStart(label, text, label, text))
	var rows [][]apply.FieldSpec
	fields := inPairs(specs)
	for i := 0; i < len(fields); i++ {
		if !longField(fields[i]) && i+1 < len(fields) && !longField(fields[i+1]) {
			rows = append(rows, fields[i:i+2])
			i++
			continue
		}
		rows = append(rows, fields[i:i+1])
	}
	for i, r := range rows {
		k := ""
		if i == len(rows)-2 || i == 0 {
			k = keep
		}
		name := func(f apply.FieldSpec) string {
			return tcell(label, 1, true, para(k+gridLine+leftText, run(heiti, 21, false, f.Label)))
		}
		if len(r) == 1 {
			props := wholeRow
			if lengthy(r[0].Key) {
				props = cutRow
			}
			g.WriteString(trow(props, name(r[0])+tcell(text+label+text, 3, false, para(k+gridLine+leftText, value(r[0].Key)))))
			continue
		}
		cells := ""
		for _, f := range r {
			align := leftText
			if isAmount(f.Key) {
				align = rightAt
			}
			cells += name(f) + tcell(text, 1, false, para(k+gridLine+align, value(f.Key)))
		}
		g.WriteString(trow(wholeRow, cells))
	}
	g.WriteString(`</w:tbl>`)
}

func (g *generator) table(t apply.Table, total int, title string) {
	g.WriteString(para(keep+`<w:spacing w:before="160" w:after="80" w:line="340" w:lineRule="exact"/>`, run(kaiti, 24, false, title+"{{.table."+t.Key+".title}}")))
	widths := make([]int, len(t.Keys))
	weights := map[string]int{
		"no": 5, "title": 14, "supplier": 14, "contract": 11, "invoice": 17, "issued": 8, "kind": 7, "net": 10, "tax": 9, "gross": 10, "paid": 10, "name": 16, "text": 18, "files": 20,
		"programme": 16, "project": 16, "voucher": 14, "must": 6, "state": 10, "rule": 16, "percent": 8,
		"model": 14, "control": 15, "protocols": 13, "count": 6, "networked": 8, "ports": 9, "maker": 12, "level": 12, "met": 8, "quantity": 6,
	}
	sum := 0
	for _, k := range t.Keys {
		sum += weight(weights, k)
	}
	for i, k := range t.Keys {
		widths[i] = total * weight(weights, k) / sum
	}
	g.WriteString(tableStart(widths...))
	var head, row, foot strings.Builder
	for i, k := range t.Keys {
		align := leftText
		if i < len(t.Right) && t.Right[i] {
			align = rightAt
		}
		head.WriteString(tcell(widths[i], 1, true, para(keep+fineLine+centred, run(heiti, 18, false, t.Columns[i]))))
		row.WriteString(tcell(widths[i], 1, false, para(fineLine+align, run(fangsong, 18, false, "{{."+k+"}}"))))
		foot.WriteString(tcell(widths[i], 1, false, para(fineLine+align, run(fangsong, 18, true, "{{.table."+t.Key+".total."+k+"}}"))))
	}
	across := func(content string) string { return trow(wholeRow, tcell(total, len(widths), false, content)) }
	if t.Key == "rates" { // few rows: on one page
		body := row.String()
		row.Reset()
		row.WriteString(strings.ReplaceAll(body, "<w:p><w:pPr>", "<w:p><w:pPr>"+keep))
	}
	only := func(text string) string { return across(marker(text)) }
	g.WriteString(trow(headRow, head.String()))
	g.WriteString(only("{{tr range .table."+t.Key+".rows}}") + trow(wholeRow, row.String()) + only("{{tr end}}"))
	g.WriteString(only("{{tr if not .table."+t.Key+".rows}}") + across(para(fineLine+leftText, run(fangsong, 18, false, "（未登记）"))) + only("{{tr end}}"))
	g.WriteString(only("{{tr if .table."+t.Key+".hasTotal}}") + trow(wholeRow, foot.String()) + only("{{tr end}}"))
	g.WriteString(`</w:tbl>`)
}

func weight(m map[string]int, k string) int {
	if w, ok := m[k]; ok {
		return w
	}
	return 10
}

// texts prints the paragraphs of a section.
func (g *generator) texts(section string) {
	g.WriteString(marker("{{p range .text." + section + "}}"))
	line, half := gridLine, 21
	if section == "promise" {
		line, half = bodyLine, 28
	}
	g.WriteString(para(line+fmt.Sprintf(`<w:ind w:firstLineChars="200" w:firstLine="%d"/>`, half*20)+leftText, run(fangsong, half, false, "{{.}}")))
	g.WriteString(marker("{{p end}}"))
}

// cover writes title, the fields on ruled lines, the place for the seal and the notes.
func (g *generator) cover(fields []apply.FieldSpec) {
	g.WriteString(para(`<w:spacing w:before="1500" w:after="1300" w:line="640" w:lineRule="exact"/>`+centred, run(xiaobiao, 44, false, "{{.form.title}}")))
	g.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="8844" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="2700"/><w:gridCol w:w="6144"/></w:tblGrid>`)
	line := `<w:spacing w:before="160" w:after="20" w:line="400" w:lineRule="exact"/>` + leftText
	for _, f := range fields {
		g.WriteString(trow(wholeRow, `<w:tc><w:tcPr><w:tcW w:w="2700" w:type="dxa"/></w:tcPr>`+para(line, run(heiti, 28, false, f.Label))+`</w:tc>`+
			`<w:tc><w:tcPr><w:tcW w:w="6144" w:type="dxa"/><w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders></w:tcPr>`+para(line, run(fangsong, 28, false, "{{."+f.Key+"}}"))+`</w:tc>`))
	}
	g.WriteString(`</w:tbl>` + para(`<w:spacing w:before="0" w:after="0" w:line="500" w:lineRule="exact"/>`, ""))
	g.WriteString(sealRow(para(fineLine, "")))
	g.WriteString(para(`<w:spacing w:before="300" w:after="40"/>`, run(heiti, 18, false, "说明")))
	g.notes()
}

func (g *generator) notes() {
	g.WriteString(marker("{{p range .notes}}"))
	g.WriteString(para(fineLine+leftText, run(kaiti, 18, false, "{{.}}")))
	g.WriteString(marker("{{p end}}"))
}

func bySection(fields []apply.FieldSpec, key string) []apply.FieldSpec {
	var out []apply.FieldSpec
	for _, f := range fields {
		if f.Section == key {
			out = append(out, f)
		}
	}
	return out
}

// applicationBody has the wide tables on turned pages at the end.
func applicationBody() string {
	var g, annex generator
	fields := apply.Fields(apply.KindApplication)
	form := blank(apply.KindApplication)
	for i, s := range form.Sections {
		mine := bySection(fields, s.Key)
		before := ""
		if i == 1 || s.Key == "promise" || s.Key == "papers" {
			before = newPage
		}
		switch s.Key {
		case "cover":
			g.cover(mine)
			g.contents(form)
			continue
		case "promise":
			g.WriteString(anchored(i, heading(before, s.Title)))
			g.texts(s.Key)
			g.promise(mine)
			continue
		}
		g.WriteString(anchored(i, heading(before, s.Title)))
		if len(mine) > 0 {
			g.grid(mine)
		}
		g.texts(s.Key)
		for _, t := range s.Tables {
			if len(t.Keys) > mostColumns {
				g.WriteString(para(gridLine+leftText, run(fangsong, 21, false, "{{.table."+t.Key+".title}}：见文末附表。")))
				annex.WriteString(anchored(annexMark, para(thinLine, "")))
				annex.table(t, 14570, "附表　")
				continue
			}
			g.table(t, 8844, "")
		}
	}
	return g.String() + sectBreak(pageP) + annex.String() + para(thinLine, "") + sect(pageL)
}

// promise has the ticked box and the places for pen, seal and date.
func (g *generator) promise(fields []apply.FieldSpec) {
	line := `<w:snapToGrid w:val="0"/><w:spacing w:before="200" w:after="200" w:line="460" w:lineRule="exact"/>` + leftText
	left := ""
	for _, f := range fields {
		p := para(line, run(fangsong, 28, false, f.Label+"：")+strings.ReplaceAll(value(f.Key), `w:val="21"`, `w:val="28"`))
		if strings.HasPrefix(f.Key, "sign.") {
			left += p
			continue
		}
		g.WriteString(p)
	}
	g.WriteString(sealRow(left))
}

func onboardingBody() string {
	var g generator
	g.WriteString(para(`<w:spacing w:after="200" w:line="640" w:lineRule="exact"/>`+centred, run(xiaobiao, 44, false, "{{.form.title}}")))
	fields := apply.Fields(apply.KindOnboarding)
	for _, s := range blank(apply.KindOnboarding).Sections {
		g.WriteString(heading("", s.Title))
		g.grid(bySection(fields, s.Key))
		for _, t := range s.Tables {
			g.table(t, 8844, "")
		}
	}
	return g.String() + para(thinLine, "") + sect(pageP)
}

// blank is a form without facts.
func blank(kind string) apply.Application {
	c := &survey.Case{ID: "00000000-0000-7000-8000-000000000000"}
	if kind == apply.KindOnboarding {
		return apply.FillOnboarding(apply.Input{Case: c})
	}
	return apply.Fill(apply.Input{Case: c})
}
