package apply

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Document (文书) is one paper of the dossier: some of the one data set's values under a title and an order of its own. Prose is set in the
// official body text, the others in grids and tables.
type Document struct {
	Key   string // "letter"
	Name  string // 申报函: of the template and, behind its number, of the file
	Prose bool
	Open  int // 〔请补充：…〕 that a person has to write
	Application
}

// Dossier (材料包) is everything that is handed in for one application, from one data set.
type Dossier struct {
	Form      Application // 申报书
	Documents []Document  // the other papers, in packing order
	Packing   []Packed    // everything that lies in the package, in order
	Chains    []Chain     // contract ↔ invoice ↔ payment ↔ machine, a cost line each
	Sheet     []Screen    // field sheet for the portal's screens
	City      string      // first part of every file's name
	Firm      string      // second part
}

// DocumentNames are the names of the papers that have a template of their own, in packing order.
func DocumentNames() []string {
	var out []string
	for _, m := range makers {
		out = append(out, m.name)
	}
	return out
}

// maker writes one document.
type maker struct {
	key, name string
	prose     bool
	paper     string // Paper.Key of the packing list; "" lies in no package
	write     func(*writer)
}

// makers in packing order.
var makers = []maker{
	{"packing", "装订清单", false, "", writePacking},
	{"letter", "申报函", true, "P1", writeLetter},
	{"promise", "真实性与不重复申报承诺书", true, "C8", writePromise},
	{"table", "申报表", false, "P2", writeTable},
	{"scheme", "上云技术方案", true, "P3", writeScheme},
	{"summary", "上云总结报告", true, "P4", writeSummary},
	{"identity", "法定代表人身份证明书", true, "P5", writeIdentity},
	{"mandate", "授权委托书", true, "P6", writeMandate},
	{"evidence", "证据索引", false, "P7", writeEvidence},
	{"guide", "报送指引", false, "", writeGuide},
}

// NewDossier fills every paper of the application from in. Equal inputs give equal papers.
func NewDossier(in Input) Dossier {
	f := newFilling(in, KindApplication)
	d := Dossier{Form: Fill(in), City: f.city(), Firm: f.c.Firm.Name, Chains: f.chains()}
	d.Packing = f.packing()
	if in.Guide != nil {
		d.Sheet = in.Guide.sheet(&d.Form)
	}
	for _, m := range makers {
		w := &writer{f: f, form: &d.Form, dossier: &d, value: map[string]Field{}}
		for _, s := range d.Form.Sections {
			for _, v := range s.Fields {
				w.value[v.Key] = v
			}
		}
		w.out = Application{Kind: KindApplication, Title: m.name, Number: d.Form.Number, Date: d.Form.Date, Notes: d.Form.Notes}
		if m.prose {
			w.out.Notes = nil
		}
		m.write(w)
		if m.prose {
			w.indent()
		}
		d.Documents = append(d.Documents, Document{Key: m.key, Name: m.name, Prose: m.prose, Open: w.open, Application: w.out})
	}
	return d
}

// BlankDocument is a document without facts: what its template may name.
func BlankDocument(name string) (Document, bool) {
	d := NewDossier(Input{Case: &survey.Case{ID: "00000000-0000-7000-8000-000000000000"}, Guide: &Guide{Screens: []GuideScreen{{}}, Steps: []GuideStep{{}}}})
	for _, one := range d.Documents {
		if one.Name == name {
			return one, true
		}
	}
	return Document{}, false
}

// writer fills one document.
type writer struct {
	f       *filling
	form    *Application
	dossier *Dossier
	value   map[string]Field
	out     Application
	open    int
}

// section begins a part of the document.
func (w *writer) section(key, title string, text ...string) *Section {
	w.out.Sections = append(w.out.Sections, Section{Key: key, Title: title, Text: text})
	return &w.out.Sections[len(w.out.Sections)-1]
}

// picked begins a part that repeats fields of the form.
func (w *writer) picked(key, title string, fields ...string) *Section {
	s := w.section(key, title)
	for _, k := range fields {
		s.Fields = append(s.Fields, w.value[k])
	}
	return s
}

// all lists the keys of a section of the form.
func (w *writer) all(section string) []string {
	var out []string
	for _, f := range applicationFields {
		if f.Section == section {
			out = append(out, f.Key)
		}
	}
	return out
}

// table repeats a table of the form.
func (w *writer) table(key string) Table {
	for _, s := range w.form.Sections {
		for _, t := range s.Tables {
			if t.Key == key {
				return t
			}
		}
	}
	return Table{Key: key}
}

// say gives the value of a field of the form, a place for the pen when it is unknown.
func (w *writer) say(key string) string {
	if v := strings.TrimSpace(w.value[key].Value); v != "" {
		return strings.ReplaceAll(v, "\n", " ")
	}
	return blankLine
}

// blankLine is a place for the pen inside a sentence.
const blankLine = "＿＿＿＿＿＿"

// ask is what a person has to write.
func (w *writer) ask(what string) string {
	w.open++
	return "〔请补充：" + what + "〕"
}

// lines are the paragraphs of a long value, or what a person has to write.
func (w *writer) lines(key, what string) []string {
	v := w.value[key].Value
	if strings.TrimSpace(v) == "" {
		return []string{w.ask(what)}
	}
	return strings.Split(v, "\n")
}

// sign leaves the places for seal, signature and date.
func (w *writer) sign(labels ...string) {
	s := w.section("sign", "")
	keys := []string{"sign.firm", "sign.legalRep", "sign.agent", "sign.date"}
	for i, l := range labels {
		s.Fields = append(s.Fields, Field{Key: keys[i], Label: l})
	}
}

// indent begins every paragraph of running text with two blanks, but for the addressee.
func (w *writer) indent() {
	for i := range w.out.Sections {
		s := &w.out.Sections[i]
		for k, t := range s.Text {
			if !strings.HasPrefix(t, "　") && (s.Key != "body" || k > 0) {
				s.Text[k] = "　　" + t
			}
		}
	}
}

// city is the 市 in the names of files.
func (f *filling) city() string {
	if r, ok := survey.RegionByCode(f.c.Firm.Region); ok {
		return r.Name
	}
	return "市州未填"
}
