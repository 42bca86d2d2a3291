package document

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

// package_ makes a .docx with this body.
func docxOf(t testing.TB, body string) []byte {
	t.Helper()
	p := parts{{"[Content_Types].xml", []byte(`<Types/>`)}, {"word/document.xml", []byte(`<w:document ` + wNS + `><w:body>` + body + `</w:body></w:document>`)}}
	out, err := p.bytes()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func text(s string) string { return `<w:p><w:r><w:t>` + s + `</w:t></w:r></w:p>` }

func filled(t *testing.T, body string, data any) string {
	t.Helper()
	out, err := FillDOCX(docxOf(t, body), data)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := openPackage(out)
	if err != nil {
		t.Fatal(err)
	}
	s := string(pkg[1].data)
	return s[strings.Index(s, "<w:body>")+8 : strings.Index(s, "</w:body>")]
}

func TestTagsAreFilled(t *testing.T) {
	data := map[string]any{
		"firm": map[string]any{"name": `<VMC> & "配件"`, "links": "生产管控、客户管理"}, "yes": "x", "no": "",
		"rows": []map[string]any{{"a": "1"}, {"a": "2"}}, "lines": []string{"甲", "乙"}, "long": "第一段\n第二段",
	}
	row := func(s string) string { return `<w:tr><w:tc>` + text(s) + `</w:tc></w:tr>` }
	for name, c := range map[string]struct{ body, want string }{
		"escaped":         {text("{{.firm.name}}"), text("&lt;VMC&gt; &amp; &quot;配件&quot;")},
		"split runs":      {`<w:p><w:r><w:t>甲{</w:t></w:r><w:proofErr/><w:r><w:t>{.fi</w:t></w:r><w:r><w:t>rm.links}}乙</w:t></w:r></w:p>`, `<w:p><w:r><w:t>甲生产管控、客户管理</w:t></w:r><w:proofErr/><w:r><w:t></w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>`},
		"curly quotes":    {text("“{{box .firm.links “生产管控”}}”{{box .firm.links &quot;客户&quot;}}"), text("“☑”☐")},
		"rows":            {`<w:tbl>` + row("{{tr range .rows}}") + row("{{.a}}") + row("{{tr end}}") + `</w:tbl>`, `<w:tbl>` + row("1") + row("2") + `</w:tbl>`},
		"paragraphs":      {text("{{p if .no}}") + text("weg") + text("{{p else}}") + text("da") + text("{{p end}}"), text("da")},
		"paragraph loop":  {text("{{p range .lines}}") + text("{{.}}") + text("{{p end}}"), text("甲") + text("乙")},
		"root in loop":    {text("{{p range .lines}}") + text("{{$.yes}}") + text("{{p end}}"), text("x") + text("x")},
		"new paragraph":   {`<w:p><w:pPr><w:jc/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{{.long}}</w:t></w:r></w:p>`, `<w:p><w:pPr><w:jc/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>第一段</w:t></w:r></w:p><w:p><w:pPr><w:jc/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">第二段</w:t></w:r></w:p>`},
		"nothing to fill": {text("a {b} }} c"), text("a {b} }} c")},
	} {
		if got := filled(t, c.body, data); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

func TestHostileTemplatesAreRefused(t *testing.T) {
	data := map[string]any{"a": "x", "rows": []map[string]any{{"b": "y"}}}
	for name, c := range map[string]struct {
		template []byte
		names    string
	}{
		"no zip":          {[]byte("PK no"), ".docx"},
		"unknown field":   {docxOf(t, text("{{.firm.nmae}}")), ".firm"},
		"unknown in row":  {docxOf(t, text("{{p range .rows}}")+text("{{.c}}")+text("{{p end}}")), ".c"},
		"unclosed loop":   {docxOf(t, text("{{p range .rows}}")), "end"},
		"end too many":    {docxOf(t, text("{{p end}}")), "end"},
		"unclosed tag":    {docxOf(t, text("{{.a")), "}}"},
		"printf":          {docxOf(t, text(`{{printf "%999999999d" 1}}`)), "printf"},
		"define":          {docxOf(t, text(`{{define "x"}}{{template "x"}}{{end}}{{template "x"}}`)), "define"},
		"comment":         {docxOf(t, `<!-- {{.a}} -->`), "XML"},
		"in attribute":    {docxOf(t, `<w:p w:x="{{.a}}"></w:p>`), "正文"},
		"not well-formed": {docxOf(t, `<w:p><w:r><w:t>{{.a}}</w:r></w:t></w:p>`), "document.xml"},
		"unbound prefix":  {docxOf(t, `<w14:checkbox>`+text("{{.a}}")+`</w14:checkbox>`), "document.xml"},
		"nested":          {docxOf(t, strings.Repeat("<w:p>", 50)+"{{.a}}"+strings.Repeat("</w:p>", 50)), "标记"},
		"nested deep":     {docxOf(t, strings.Repeat("<w:p>", 50)+strings.Repeat("</w:p>", 50)), "嵌套"},
		"bomb":            {bomb(t), "MB"},
		"path":            {evil(t, "../x"), "文件名"},
	} {
		_, err := FillDOCX(c.template, data)
		if survey.CodeOf(err) != survey.CodeTemplate || !strings.Contains(survey.DetailOf(err), c.names) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTemplateCheckReadsEveryBranch(t *testing.T) {
	known := Known(blank(apply.KindApplication))
	for body, want := range map[string]string{
		text("{{.firm.name}}{{$.cost.gross}}"):                                      "",
		text("{{if .firm.name}}{{.firm.x}}{{end}}"):                                 ".firm.x",
		text("{{if .firm.name}}{{else}}{{.y}}{{end}}"):                              ".y",
		text("{{range .table.expenses.rows}}{{.supplier}}{{.vendor}}{{end}}"):       ".vendor",
		text("{{range .notes}}{{.}}{{end}}{{range .firm.name}}{{end}}"):             "不是可以循环",
		text(`{{box .project.link "x"}}`):                                           ".project.link",
		text("{{range .table.expenses.rows}}{{$.table.expenses.total.net}}{{end}}"): "",
	} {
		err := CheckTemplate(docxOf(t, body), known)
		if want == "" && err != nil || want != "" && (survey.CodeOf(err) != survey.CodeTemplate || !strings.Contains(survey.DetailOf(err), want)) {
			t.Errorf("%s: %v, want %q", body, err, want)
		}
	}
}

// bomb unpacks to more than the limit.
func bomb(t testing.TB) []byte {
	t.Helper()
	return zipped(t, "word/document.xml", func(w *bytes.Buffer) { w.Write(make([]byte, maxPart+2)) })
}

func evil(t testing.TB, name string) []byte {
	t.Helper()
	return zipped(t, name, func(w *bytes.Buffer) {})
}

func zipped(t testing.TB, name string, write func(*bytes.Buffer)) []byte {
	t.Helper()
	var out, body bytes.Buffer
	write(&body)
	z := zip.NewWriter(&out)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(body.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func FuzzFillDOCX(f *testing.F) {
	f.Add(docxOf(f, text("{{.a}}")))
	f.Add(docxOf(f, `<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{.a}}</w:t></w:r></w:p>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = FillDOCX(data, map[string]any{"a": "x\ny"})
	})
}

// FuzzDocumentXML gets past the zip, to where the tags are read.
func FuzzDocumentXML(f *testing.F) {
	f.Add(text("{{.a}}"))
	f.Add(text("{{p range .rows}}") + text("{{.b}}") + text("{{p end}}"))
	f.Add(`<w:tr><w:p><w:t>{{tr if .a}}</w:t></w:p></w:tr><w:p/><w:t>{</w:t>{.a}}`)
	f.Fuzz(func(t *testing.T, body string) {
		out, err := FillDOCX(docxOf(t, body), map[string]any{"a": "<&\n>", "rows": []map[string]any{{"b": "1"}, {"b": "2"}}})
		if err != nil {
			if survey.CodeOf(err) != survey.CodeTemplate {
				t.Fatalf("%v", err)
			}
			return
		}
		if pkg, err := openPackage(out); err != nil || wellFormed(string(pkg[1].data)) != nil {
			t.Fatalf("%v", err)
		}
	})
}
