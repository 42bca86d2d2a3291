package document

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

var update = flag.Bool("update", false, "write the templates under assets/template anew")

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const wNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// generator writes a template by hand: plain constructs that Word, WPS and LibreOffice all keep.
type generator struct{ bytes.Buffer }

// Fonts by name: officials' machines have them, and fontTable names what to take otherwise.
const (
	fangsong = "仿宋_GB2312"
	heiti    = "黑体"
	kaiti    = "楷体"
	xiaobiao = "方正小标宋简体"
	symbols  = "Segoe UI Symbol"
)

func run(font string, half int, bold bool, text string) string {
	b := ""
	if bold {
		b = "<w:b/>"
	}
	return fmt.Sprintf(`<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="%s" w:hint="eastAsia"/>%s<w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, font, b, half, half, text)
}

func boxRun(half int, tag string) string {
	return fmt.Sprintf(`<w:r><w:rPr><w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[1]s" w:cs="%[1]s"/><w:sz w:val="%[2]d"/></w:rPr><w:t xml:space="preserve">%[3]s</w:t></w:r>`, symbols, half, tag)
}

func para(props, runs string) string { return `<w:p><w:pPr>` + props + `</w:pPr>` + runs + `</w:p>` }

const (
	bodyLine = `<w:spacing w:line="560" w:lineRule="exact"/>`
	centred  = `<w:jc w:val="center"/>`
	leftText = `<w:jc w:val="left"/>`
	rightAt  = `<w:jc w:val="right"/>`
)

func heading(text string) string {
	return para(`<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/>`, run(heiti, 32, false, text))
}

func marker(text string) string { return para("", run(fangsong, 21, false, text)) }

func tableStart(widths ...int) string {
	var b strings.Builder
	total := 0
	for _, w := range widths {
		total += w
	}
	fmt.Fprintf(&b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>`, total)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	return b.String()
}

func tcell(width, span int, shade bool, content string) string {
	s, g := "", ""
	if shade {
		s = `<w:shd w:val="clear" w:color="auto" w:fill="EEF0F3"/>`
	}
	if span > 1 {
		g = fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, span)
	}
	return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s%s<w:vAlign w:val="center"/></w:tcPr>%s</w:tc>`, width, g, s, content)
}

func trow(head bool, cells string) string {
	h := ""
	if head {
		h = `<w:tblHeader/>`
	}
	return `<w:tr><w:trPr><w:cantSplit/>` + h + `</w:trPr>` + cells + `</w:tr>`
}

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
		"maturity.machines", "maturity.status", "claim.measure", "claim.clause", "claim.sentence", "claim.capital", "claim.explain", "claim.ifSelected", "project.before", "project.after",
		"project.goals", "onboarding.operator", "onboarding.protocols", "onboarding.network", "onboarding.note", "cost.gross",
	} {
		if f.Key == k {
			return true
		}
	}
	return false
}

// grid lays fields out two a row, long ones alone.
func (g *generator) grid(fields []apply.FieldSpec) {
	const label, text = 1900, 2522
	g.WriteString(tableStart(label, text, label, text))
	name := func(f apply.FieldSpec) string {
		return tcell(label, 1, true, para(leftText, run(heiti, 21, false, f.Label)))
	}
	for i := 0; i < len(fields); i++ {
		f := fields[i]
		if !longField(f) && i+1 < len(fields) && !longField(fields[i+1]) {
			n := fields[i+1]
			i++
			g.WriteString(trow(false, name(f)+tcell(text, 1, false, para(leftText, value(f.Key)))+name(n)+tcell(text, 1, false, para(leftText, value(n.Key)))))
			continue
		}
		g.WriteString(trow(false, name(f)+tcell(text+label+text, 3, false, para(leftText, value(f.Key)))))
	}
	g.WriteString(`</w:tbl>`)
}

func (g *generator) table(t apply.Table, total int) {
	g.WriteString(para(`<w:keepNext/><w:spacing w:before="160" w:after="80"/>`, run(kaiti, 24, false, "{{.table."+t.Key+".title}}")))
	widths := make([]int, len(t.Keys))
	weights := map[string]int{
		"no": 5, "title": 14, "supplier": 14, "contract": 11, "invoice": 14, "issued": 8, "kind": 7, "net": 10, "tax": 9, "gross": 10, "paid": 10, "name": 16, "text": 18, "files": 20,
		"programme": 16, "project": 16, "voucher": 14, "must": 6, "state": 10, "rule": 16, "percent": 8,
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
		head.WriteString(tcell(widths[i], 1, true, para(centred, run(heiti, 18, false, t.Columns[i]))))
		row.WriteString(tcell(widths[i], 1, false, para(align, run(fangsong, 18, false, "{{."+k+"}}"))))
		foot.WriteString(tcell(widths[i], 1, false, para(align, run(fangsong, 18, true, "{{.table."+t.Key+".total."+k+"}}"))))
	}
	only := func(text string) string { return trow(false, tcell(total, len(widths), false, marker(text))) }
	g.WriteString(trow(true, head.String()))
	g.WriteString(only("{{tr range .table."+t.Key+".rows}}") + trow(false, row.String()) + only("{{tr end}}"))
	g.WriteString(only("{{tr if .table."+t.Key+".hasTotal}}") + trow(false, foot.String()) + only("{{tr end}}"))
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
	g.WriteString(para(bodyLine+`<w:ind w:firstLineChars="200" w:firstLine="480"/><w:jc w:val="left"/>`, run(fangsong, 24, false, "{{.}}")))
	g.WriteString(marker("{{p end}}"))
}

const (
	pageP = `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:bottom="1984" w:left="1587" w:right="1474" w:header="1134" w:footer="1417" w:gutter="0"/>`
	pageL = `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1587" w:bottom="1474" w:left="1134" w:right="1134" w:header="851" w:footer="851" w:gutter="0"/>`
	refs  = `<w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>`
)

func sect(page string) string {
	return `<w:sectPr>` + refs + page + `<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>`
}

func sectBreak(page string) string { return `<w:p><w:pPr>` + sect(page) + `</w:pPr></w:p>` }

func pageBreak() string { return `<w:p><w:r><w:br w:type="page"/></w:r></w:p>` }

// sealBlock is the 80 × 45 mm place for the seal.
func sealBlock(label string) string {
	return `<w:tbl><w:tblPr><w:tblW w:w="4535" w:type="dxa"/><w:jc w:val="right"/><w:tblBorders>` + strings.Join(dashes(), "") + `</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="4535"/></w:tblGrid>` +
		`<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="2551" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="4535" w:type="dxa"/></w:tcPr>` + para("", run(fangsong, 16, false, label)) + `</w:tc></w:tr></w:tbl>`
}

func dashes() []string {
	var out []string
	for _, side := range []string{"top", "left", "bottom", "right"} {
		out = append(out, `<w:`+side+` w:val="dashed" w:sz="4" w:space="0" w:color="999999"/>`)
	}
	return out
}

func (g *generator) cover(fields []apply.FieldSpec) {
	g.WriteString(strings.Repeat(para(bodyLine, ""), 4))
	g.WriteString(para(centred+`<w:spacing w:after="600"/>`, run(xiaobiao, 44, false, "{{.form.title}}")))
	g.WriteString(strings.Repeat(para(bodyLine, ""), 3))
	for _, f := range fields {
		g.WriteString(para(bodyLine+leftText, run(heiti, 32, false, f.Label+"：")+run(fangsong, 32, false, "{{."+f.Key+"}}")))
	}
	g.WriteString(sealBlock("盖章处（打印后加盖公章）"))
	g.WriteString(para("", run(heiti, 18, false, "说明")))
	g.notes()
	g.WriteString(pageBreak())
}

func (g *generator) notes() {
	g.WriteString(marker("{{p range .notes}}"))
	g.WriteString(para(leftText, run(kaiti, 18, false, "{{.}}")))
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

func applicationBody() string {
	var g generator
	fields := apply.Fields(apply.KindApplication)
	form := blank(apply.KindApplication)
	for _, s := range form.Sections {
		mine := bySection(fields, s.Key)
		switch s.Key {
		case "cover":
			g.cover(mine)
			continue
		case "promise":
			g.WriteString(pageBreak() + heading(s.Title))
			g.texts(s.Key)
			for _, f := range mine {
				g.WriteString(para(`<w:spacing w:before="240"/>`+leftText, run(fangsong, 24, false, f.Label+"：")+value(f.Key)))
			}
			g.WriteString(sealBlock("盖章处（打印后加盖公章）"))
			g.WriteString(para("", ""))
			continue
		case "cost":
			g.WriteString(heading(s.Title))
			g.grid(mine)
			g.WriteString(sectBreak(pageP))
			for _, t := range s.Tables {
				g.table(t, 14570)
			}
			g.WriteString(sectBreak(pageL))
			continue
		}
		g.WriteString(heading(s.Title))
		if len(mine) > 0 {
			g.grid(mine)
		}
		g.texts(s.Key)
		for _, t := range s.Tables {
			g.table(t, 8844)
		}
		g.WriteString(para("", ""))
	}
	return g.String() + sect(pageP)
}

func onboardingBody() string {
	var g generator
	g.WriteString(para(centred+`<w:spacing w:after="400"/>`, run(xiaobiao, 44, false, "{{.form.title}}")))
	fields := apply.Fields(apply.KindOnboarding)
	for _, s := range blank(apply.KindOnboarding).Sections {
		g.WriteString(heading(s.Title))
		g.grid(bySection(fields, s.Key))
		for _, t := range s.Tables {
			g.table(t, 8844)
		}
	}
	g.WriteString(para("", ""))
	return g.String() + sect(pageP)
}

// blank is a form without facts.
func blank(kind string) apply.Application {
	c := &survey.Case{ID: "00000000-0000-7000-8000-000000000000"}
	if kind == apply.KindOnboarding {
		return apply.FillOnboarding(apply.Input{Case: c})
	}
	return apply.Fill(apply.Input{Case: c})
}

func field(instr string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + instr + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func generate(t *testing.T, body string) []byte {
	t.Helper()
	fonts := ""
	for _, f := range [][2]string{{fangsong, "仿宋"}, {xiaobiao, "宋体"}, {heiti, "SimHei"}, {kaiti, "KaiTi"}} {
		fonts += fmt.Sprintf(`<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>`, f[0], f[1])
	}
	p := parts{
		{"[Content_Types].xml", []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>`)},
		{"_rels/.rels", []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)},
		{"word/document.xml", []byte(xmlHead + `<w:document ` + wNS + `><w:body>` + body + `</w:body></w:document>`)},
		{"word/_rels/document.xml.rels", []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>`)},
		{"word/styles.xml", []byte(xmlHead + `<w:styles ` + wNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="` + fangsong + `"/><w:sz w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/></w:style></w:styles>`)},
		{"word/fontTable.xml", []byte(xmlHead + `<w:fonts ` + wNS + `>` + fonts + `</w:fonts>`)},
		{"word/header1.xml", []byte(xmlHead + `<w:hdr ` + wNS + `>` + para(`<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="000000"/></w:pBdr>`+leftText, run(fangsong, 16, false, "{{.form.title}}　编号：{{.form.number}}")) + `</w:hdr>`)},
		{"word/footer1.xml", []byte(xmlHead + `<w:ftr ` + wNS + `>` + para(centred, run("宋体", 28, false, "— ")+field("PAGE")+run("宋体", 28, false, " —")) + para(centred, run(fangsong, 13, false, "数据摘要 SHA-256：{{.form.digest}}")) + `</w:ftr>`)},
	}
	out, err := p.bytes()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestTemplatesAreKnown writes the templates with -update; without, it holds the committed ones against the dictionary.
func TestTemplatesAreKnown(t *testing.T) {
	dir := filepath.Join("..", "..", "assets", "template")
	for name, one := range map[string]struct{ kind, body string }{
		"申报书.docx": {apply.KindApplication, applicationBody()}, "onboarding.docx": {apply.KindOnboarding, onboardingBody()},
	} {
		if *update {
			if err := os.WriteFile(filepath.Join(dir, name), generate(t, one.body), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckTemplate(data, Known(blank(one.kind))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
