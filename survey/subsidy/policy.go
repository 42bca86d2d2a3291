package subsidy

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// Policy is one policy pack: the text by paragraph and the rules read out of it. The YAML tags are the pack's keys.
type Policy struct {
	ID         string       `yaml:"id"`
	Version    int          `yaml:"version"` // 1, 2, …; a case names the pack it was computed under by ID and version
	Title      string       `yaml:"title"`
	Region     string       `yaml:"region"`    // prefix of GB/T 2260 codes it applies to
	Validity   string       `yaml:"validity"`  // printed wherever an amount stands
	From       survey.Date  `yaml:"from"`      // in force from; "" unknown
	To         survey.Date  `yaml:"to"`        // in force until; "" unknown
	Summary    bool         `yaml:"summary"`   // the paragraphs sum up secondary sources and are not the text itself
	Programme  string       `yaml:"programme"` // name under which money of this scheme is recorded (Aid.Programme), for caps per year
	Relations  []Relation   `yaml:"relations"`
	Windows    []Window     `yaml:"windows"`
	Layers     []Layer      `yaml:"layers"`
	Sources    []Source     `yaml:"sources"`
	Sections   []Section    `yaml:"sections"`
	Paragraphs []Paragraph  `yaml:"paragraphs"`
	Conditions []Condition  `yaml:"conditions"` // of every money measure
	Titles     []TitleDef   `yaml:"titles"`     // what the conditions may ask for
	Papers     []Paper      `yaml:"papers"`     // evidence common to all money measures
	Measures   []Measure    `yaml:"measures"`
	Cards      []CardDef    `yaml:"cards"`
	NoCard     []NoCard     `yaml:"no_card"`
	Readings   []ReadingDef `yaml:"readings"`
	Forecast   string       `yaml:"forecast"` // measure under which planned cloud spending is forecast
	Examples   []Example    `yaml:"examples"`
}

// Source says where a rule comes from. Figures of a secondary source are printed with 待核实.
type Source struct {
	Key       string      `yaml:"key"`
	Title     string      `yaml:"title"`
	Article   string      `yaml:"article"`
	Date      survey.Date `yaml:"date"`      // of the document; "" when it carries none
	Checked   survey.Date `yaml:"checked"`   // day on which somebody read it
	Secondary bool        `yaml:"secondary"` // not the issuing office's own text
	Note      string      `yaml:"note"`
}

// Section is one numbered part of the text (一 to 十).
type Section struct {
	No    int    `yaml:"no"`
	Title string `yaml:"title"`
}

// Paragraph is one paragraph of the text, word for word. ID is P<section>.<paragraph>.
type Paragraph struct {
	ID   string `yaml:"id"`
	Text string `yaml:"text"`
}

// Condition is a condition that may stand under one choice of a reading only ("A7:both").
type Condition struct {
	rule.Cond `yaml:",inline"`
	Under     string   `yaml:"under"`
	Evidence  []string `yaml:"evidence"` // keys of the papers that settle it
}

// TitleDef declares a title key with the words to ask for it.
type TitleDef struct {
	Key    string `yaml:"key"`
	Name   string `yaml:"name"`
	Issuer string `yaml:"issuer"`
	Clause string `yaml:"clause"`
	Days   *int   `yaml:"days"` // calendar days until the issuer has given it; nil is 待核实
}

// Paper is one piece of evidence that a form asks for. Made papers are written by the program and never missing.
type Paper struct {
	Key    string   `yaml:"key"`
	Name   string   `yaml:"name"`
	Roles  []string `yaml:"roles"` // further Attachment.Roles that fill it, besides Name
	Issuer string   `yaml:"issuer"`
	Days   *int     `yaml:"days"` // calendar days until the issuer has given it; nil is 待核实
	Made   bool     `yaml:"made"`
}

// CardDef is a non-money measure or an unquantified support. Every sentence is word for word from Paragraph.
type CardDef struct {
	ID        string   `yaml:"id"`
	Title     string   `yaml:"title"`
	Text      string   `yaml:"text"`
	Paragraph string   `yaml:"paragraph"`
	Sentences []string `yaml:"sentences"`
	Also      []Quote  `yaml:"also"` // further places of the text the card stands for
}

// Quote is a sentence with its paragraph.
type Quote struct {
	Paragraph string `yaml:"paragraph"`
	Sentence  string `yaml:"sentence"`
}

// NoCard says why a sentence of the text makes neither a measure nor a card. Paragraph "S1" is the heading of section 1.
type NoCard struct {
	Paragraph string `yaml:"paragraph"`
	Sentence  string `yaml:"sentence"`
	Because   string `yaml:"because"`
}

// ReadingDef is one ambiguous wording with its choices; the first is the default.
type ReadingDef struct {
	ID      string   `yaml:"id"`
	Clause  string   `yaml:"clause"`
	Text    string   `yaml:"text"`
	Choices []Choice `yaml:"choices"`
}

// Choice is one way to read an ambiguous wording.
type Choice struct {
	Key  string `yaml:"key"`
	Text string `yaml:"text"`
}

// Readings maps a reading's ID to the key of the choice in force. A missing ID means the default.
type Readings map[string]string

// Defaults gives the first choice of every reading.
func (p *Policy) Defaults() Readings {
	out := Readings{}
	for _, r := range p.Readings {
		if len(r.Choices) > 0 {
			out[r.ID] = r.Choices[0].Key
		}
	}
	return out
}

// Text finds a paragraph; "" when there is none.
func (p *Policy) Text(paragraph string) string {
	for _, q := range p.Paragraphs {
		if q.ID == paragraph {
			return q.Text
		}
	}
	return ""
}

// TitleName gives the plain name of a title key, the key itself when it is not declared.
func (p *Policy) TitleName(key string) string {
	for _, t := range p.Titles {
		if t.Key == key {
			return t.Name
		}
	}
	return key
}
