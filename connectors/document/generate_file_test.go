package document

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey/apply"
)

// kind of a template: how its parts differ.
type templateKind struct {
	body  string
	prose bool
}

const drawNS = ` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

// codeRun is the QR of 15 mm at the right of the header; the filler exchanges the picture.
const codeRun = `<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>-252000</wp:posOffset></wp:positionV><wp:extent cx="540000" cy="540000"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="1" name="QR" descr="申报表编号和数据摘要的二维码"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="qr.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="540000" cy="540000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>`

func headerPart() string {
	return xmlHead + `<w:hdr ` + wNS + drawNS + `>` + para(`<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:line="240" w:lineRule="exact"/><w:ind w:right="964"/>`+leftText,
		run(fangsong, 16, false, "{{.form.title}}　编号：{{.form.number}}")+codeRun) + `</w:hdr>`
}

// footerPart has the page number on the outer side, one character in.
func footerPart(even bool) string {
	side := `<w:ind w:right="280"/>` + rightAt
	if even {
		side = `<w:ind w:left="280"/>` + leftText
	}
	return xmlHead + `<w:ftr ` + wNS + `>` + para(`<w:spacing w:line="360" w:lineRule="exact"/>`+side, run("宋体", 28, false, "— ")+field("PAGE")+run("宋体", 28, false, " —")) +
		para(`<w:spacing w:line="200" w:lineRule="exact"/>`+centred, run(fangsong, 13, false, "数据摘要 SHA-256：{{.form.digest}}")) + `</w:ftr>`
}

func stylesPart(prose bool) string {
	body, head := 24, 28
	if prose {
		body, head = 32, 32
	}
	style := func(id, name, font string, half int) string {
		space := ""
		if id == styleBody && prose {
			space = `<w:spacing w:val="-5"/>`
		}
		return fmt.Sprintf(`<w:style w:type="paragraph" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="a"/><w:qFormat/><w:rPr><w:rFonts w:eastAsia="%s"/>%s<w:sz w:val="%[5]d"/><w:szCs w:val="%[5]d"/></w:rPr></w:style>`, id, name, font, space, half)
	}
	return xmlHead + `<w:styles ` + wNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="` + fangsong + fmt.Sprintf(`"/><w:sz w:val="%d"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>`, body) +
		`<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/></w:style>` + style(styleTitle, "公文标题", xiaobiao, 44) + style(styleHead, "公文一级标题", heiti, head) + style(styleBody, "公文正文", fangsong, body) + `</w:styles>`
}

func field(instr string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + instr + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

// whiteCode stands in the template for the QR.
func whiteCode(t *testing.T) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 8, 8))
	for i := range img.Pix {
		img.Pix[i] = color.Gray{Y: 255}.Y
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func generate(t *testing.T, k templateKind) []byte {
	t.Helper()
	fonts := ""
	for _, f := range [][2]string{{fangsong, "仿宋"}, {xiaobiao, "宋体"}, {heiti, "SimHei"}, {kaiti, "KaiTi"}} {
		fonts += fmt.Sprintf(`<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>`, f[0], f[1])
	}
	types, rels := "", ""
	for i, f := range [][2]string{{"styles", "styles"}, {"fontTable", "fontTable"}, {"header1", "header"}, {"footer1", "footer"}, {"header2", "header"}, {"footer2", "footer"}, {"settings", "settings"}} {
		types += fmt.Sprintf(`<Override PartName="/word/%s.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>`, f[0], f[1])
		rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s.xml"/>`, i+1, f[1], f[0])
	}
	const relNS = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	picture := []byte(xmlHead + relNS + `<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/qr.png"/></Relationships>`)
	p := parts{
		{"[Content_Types].xml", []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` + types + `</Types>`)},
		{"_rels/.rels", []byte(xmlHead + relNS + `<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)},
		{"word/document.xml", []byte(xmlHead + `<w:document ` + wNS + `><w:body>` + k.body + `</w:body></w:document>`)},
		{"word/_rels/document.xml.rels", []byte(xmlHead + relNS + rels + `</Relationships>`)},
		{"word/styles.xml", []byte(stylesPart(k.prose))},
		{"word/settings.xml", []byte(xmlHead + `<w:settings ` + wNS + `><w:evenAndOddHeaders/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`)},
		{"word/fontTable.xml", []byte(xmlHead + `<w:fonts ` + wNS + `>` + fonts + `</w:fonts>`)},
		{"word/header1.xml", []byte(headerPart())}, {"word/_rels/header1.xml.rels", picture},
		{"word/header2.xml", []byte(headerPart())}, {"word/_rels/header2.xml.rels", picture},
		{"word/footer1.xml", []byte(footerPart(false))}, {"word/footer2.xml", []byte(footerPart(true))},
		{codePart, whiteCode(t)},
	}
	out, err := p.bytes()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// annexMark numbers the bookmark of the first annex, beyond those of the sections.
const annexMark = 90

// anchored puts a bookmark into a paragraph, for the contents page.
func anchored(n int, paragraph string) string {
	i := strings.Index(paragraph, "</w:pPr>") + len("</w:pPr>")
	return paragraph[:i] + fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="_Toc%04d"/>`, n, n) + paragraph[i:len(paragraph)-len("</w:p>")] + fmt.Sprintf(`<w:bookmarkEnd w:id="%d"/></w:p>`, n)
}

// contents writes the 目录: heads with dots and page fields, which word processors bring up to date.
func (g *generator) contents(a apply.Application) {
	g.WriteString(para(newPage+`<w:spacing w:before="200" w:after="300" w:line="600" w:lineRule="exact"/>`+centred, run(heiti, 36, false, "目　录")))
	line := func(n int, title string) {
		page := strings.Replace(field(fmt.Sprintf(`PAGEREF _Toc%04d \h`, n)), `w:fldCharType="begin"/>`, `w:fldCharType="begin" w:dirty="true"/>`, 1)
		g.WriteString(para(`<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8844"/></w:tabs><w:spacing w:line="480" w:lineRule="exact"/>`+leftText, run(fangsong, 24, false, title)+`<w:r><w:tab/></w:r>`+page))
	}
	for i, s := range a.Sections {
		if s.Key != "cover" {
			line(i, s.Title)
		}
	}
	for _, s := range a.Sections {
		for _, t := range s.Tables {
			if len(t.Keys) > mostColumns {
				line(annexMark, "附表　{{.table."+t.Key+".title}}")
			}
		}
	}
}

// documentBody is the template of one document of the dossier.
func documentBody(d apply.Document) string {
	var g, annex generator
	title := `<w:pStyle w:val="` + styleTitle + `"/><w:spacing w:before="0" w:after="320" w:line="640" w:lineRule="exact"/>` + centred
	g.WriteString(para(title, run(xiaobiao, 44, false, "{{.form.title}}")))
	body := `<w:pStyle w:val="` + styleBody + `"/><w:spacing w:line="579" w:lineRule="exact"/>` + leftText
	for i, s := range d.Sections {
		if s.Title != "" && d.Prose {
			g.WriteString(para(`<w:pStyle w:val="`+styleHead+`"/>`+keep+`<w:spacing w:line="579" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="0"/>`, run(heiti, 32, false, s.Title)))
		} else if s.Title != "" {
			g.WriteString(heading("", s.Title))
		}
		if s.Key == "sign" {
			g.WriteString(para(keep+thinLine, ""))
			g.promise(specs(s.Fields))
			if i+1 < len(d.Sections) {
				g.WriteString(para(thinLine, ""))
			}
			continue
		}
		if len(s.Fields) > 0 {
			g.grid(specs(s.Fields))
		}
		switch {
		case d.Prose && i+1 < len(d.Sections) && d.Sections[i+1].Key == "sign" && len(s.Tables) == 0: // a seal never stands on a page without text
			last := strings.Replace(body, `<w:spacing `, `<w:keepNext/><w:keepLines/><w:spacing `, 1)
			g.WriteString(marker("{{p range .head."+s.Key+"}}") + para(body, bodyRun("{{.}}")) + marker("{{p end}}") + para(last, bodyRun("{{.tail."+s.Key+"}}")))
		case d.Prose:
			g.WriteString(marker("{{p range .text."+s.Key+"}}") + para(body, bodyRun("{{.}}")) + marker("{{p end}}"))
		default:
			g.texts(s.Key)
		}
		for _, t := range s.Tables {
			if len(t.Keys) > mostColumns {
				g.WriteString(para(gridLine+leftText, run(fangsong, 21, false, "{{.table."+t.Key+".title}}：见文末附表。")))
				annex.table(t, 14570, "附表　")
				continue
			}
			g.table(t, 8844, "")
		}
	}
	if !d.Prose {
		g.WriteString(para(`<w:spacing w:before="200" w:after="40"/>`, run(heiti, 18, false, "说明")))
		g.notes()
	}
	page := pageP
	if d.Prose {
		page += `<w:docGrid w:type="lines" w:linePitch="579"/>`
	}
	if annex.Len() == 0 {
		return g.String() + para(thinLine, "") + sect(page)
	}
	return g.String() + sectBreak(page) + annex.String() + para(thinLine, "") + sect(pageL)
}

// bodyRun is running text of 三号, a little closer than its size so that 28 characters fill a line.
func bodyRun(text string) string {
	return strings.Replace(run(fangsong, 32, false, text), `<w:sz `, `<w:spacing w:val="-5"/><w:sz `, 1)
}

// specs are fields of a document as the grid wants them.
func specs(fields []apply.Field) []apply.FieldSpec {
	var out []apply.FieldSpec
	for _, f := range fields {
		out = append(out, apply.FieldSpec{Key: f.Key, Label: f.Label})
	}
	return out
}

// generated lists every template of the house.
func generated(t *testing.T) map[string]templateKind {
	t.Helper()
	out := map[string]templateKind{"申报书.docx": {body: applicationBody()}, "onboarding.docx": {body: onboardingBody()}}
	for _, name := range apply.DocumentNames() {
		d, ok := apply.BlankDocument(name)
		if !ok {
			t.Fatalf("no document %s", name)
		}
		out[name+".docx"] = templateKind{body: documentBody(d), prose: d.Prose}
	}
	return out
}

// TestTemplatesAreKnown writes the templates with -update; without, it holds the committed ones against the dictionary.
func TestTemplatesAreKnown(t *testing.T) {
	dir := filepath.Join("..", "..", "assets", "template")
	for name, one := range generated(t) {
		if *update {
			if err := os.WriteFile(filepath.Join(dir, name), generate(t, one), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckTemplate(data, KnownTo(name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Word is strict about the order of properties; LibreOffice is not, so no conversion would show it.
func TestTemplatesKeepWordsOrderOfProperties(t *testing.T) {
	order := map[string][]string{
		"w:pPr":  {"w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:pBdr", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:sectPr"},
		"w:rPr":  {"w:rFonts", "w:b", "w:color", "w:spacing", "w:sz", "w:szCs"},
		"w:tcPr": {"w:tcW", "w:gridSpan", "w:tcBorders", "w:shd", "w:vAlign"}, "w:trPr": {"w:cantSplit", "w:trHeight", "w:tblHeader"},
		"w:sectPr": {"w:headerReference", "w:footerReference", "w:pgSz", "w:pgMar", "w:docGrid"},
	}
	for name := range generated(t) {
		pkg, err := openPackage(asset(t, "template/"+name))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pkg {
			if !holdsText(p.name) {
				continue
			}
			for of, want := range order {
				for _, s := range strings.Split(string(p.data), "<"+of+">")[1:] {
					inside, _, _ := strings.Cut(s, "</"+of+">")
					at := -1
					for _, m := range childTag.FindAllStringSubmatch(stripped(inside), -1) {
						k := slices.Index(want, m[1])
						if k < at || k < 0 {
							t.Errorf("%s %s: %s stands out of order in %s", name, p.name, m[1], inside)
						}
						at = max(at, k)
					}
				}
			}
		}
	}
}

var (
	childTag  = regexp.MustCompile(`<(w:\w+)[ />]`)
	innerTags = regexp.MustCompile(`(?s)<(w:tabs|w:pBdr|w:tcBorders)>.*?</(w:tabs|w:pBdr|w:tcBorders)>`)
	innerSect = regexp.MustCompile(`(?s)<w:sectPr>.*`)
)

// stripped leaves the children of a property element without what stands inside them.
func stripped(s string) string {
	return innerSect.ReplaceAllString(innerTags.ReplaceAllString(s, "<$1/>"), "<w:sectPr/>")
}
