package document

import (
	"bytes"
	"fmt"
	"strings"
)

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
	gridLine = `<w:snapToGrid w:val="0"/><w:spacing w:before="30" w:after="30" w:line="310" w:lineRule="exact"/>`
	fineLine = `<w:snapToGrid w:val="0"/><w:spacing w:before="30" w:after="30" w:line="260" w:lineRule="exact"/>`
	keep     = `<w:keepNext/>`
	newPage  = `<w:pageBreakBefore/>`
)

func heading(before, text string) string {
	return para(keep+before+`<w:spacing w:before="200" w:after="100" w:line="420" w:lineRule="exact"/><w:outlineLvl w:val="0"/>`, run(heiti, 28, false, text))
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

func trow(props, cells string) string {
	return `<w:tr><w:trPr>` + props + `</w:trPr>` + cells + `</w:tr>`
}

// What a row may do: stay whole, be printed again on each page, or (long texts) be cut between lines.
const (
	wholeRow = `<w:cantSplit/>`
	headRow  = `<w:cantSplit/><w:tblHeader/>`
	cutRow   = ``
)

const (
	pageP = `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:bottom="1984" w:left="1587" w:right="1474" w:header="1304" w:footer="1304" w:gutter="0"/>`
	pageL = `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1587" w:bottom="1474" w:left="1134" w:right="1134" w:header="907" w:footer="794" w:gutter="0"/>`
	refs  = `<w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="even" r:id="rId5"/><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId6"/>`
)

func sect(page string) string {
	return `<w:sectPr>` + refs + page + `</w:sectPr>`
}

func sectBreak(page string) string { return `<w:p><w:pPr>` + thinLine + sect(page) + `</w:pPr></w:p>` }

// thinLine is a paragraph that takes no room: between two tables, or to carry a section's end.
const thinLine = `<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>`

// sealRow has text at the left and the 80 × 45 mm place for the seal at the right.
func sealRow(left string) string {
	none, dashed := "", ""
	for _, side := range []string{"top", "left", "bottom", "right"} {
		none += `<w:` + side + ` w:val="nil"/>`
		dashed += `<w:` + side + ` w:val="dashed" w:sz="4" w:space="0" w:color="999999"/>`
	}
	cell := func(width int, borders, content string) string {
		return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:tcBorders>%s</w:tcBorders></w:tcPr>%s</w:tc>`, width, borders, content)
	}
	label := para(fineLine+leftText, `<w:r><w:rPr><w:rFonts w:eastAsia="`+fangsong+`"/><w:color w:val="808080"/><w:sz w:val="16"/></w:rPr><w:t>盖章处（打印后加盖公章）</w:t></w:r>`)
	return `<w:tbl><w:tblPr><w:tblW w:w="8844" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="4309"/><w:gridCol w:w="4535"/></w:tblGrid>` +
		`<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="2551" w:hRule="atLeast"/></w:trPr>` + cell(4309, none, left) + cell(4535, dashed, label) + `</w:tr></w:tbl>`
}
