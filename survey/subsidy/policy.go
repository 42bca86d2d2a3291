package subsidy

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// Policy is one policy pack: the text by paragraph and the rules read out of it. The YAML tags are the pack's keys.
type Policy struct {
	ID         string       `yaml:"id"`
	Title      string       `yaml:"title"`
	Region     string       `yaml:"region"`   // prefix of GB/T 2260 codes it applies to
	Validity   string       `yaml:"validity"` // printed wherever an amount stands
	From       survey.Date  `yaml:"from"`     // in force from; "" unknown
	To         survey.Date  `yaml:"to"`       // in force until; "" unknown
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

// Source says where a rule comes from.
type Source struct {
	Key     string `yaml:"key"`
	Title   string `yaml:"title"`
	Article string `yaml:"article"`
	Note    string `yaml:"note"`
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
	Under     string `yaml:"under"`
}

// TitleDef declares a title key with the words to ask for it.
type TitleDef struct {
	Key    string `yaml:"key"`
	Name   string `yaml:"name"`
	Issuer string `yaml:"issuer"`
	Clause string `yaml:"clause"`
}

// Paper is one piece of evidence that a form asks for. Made papers are written by the program and never missing.
type Paper struct {
	Key    string   `yaml:"key"`
	Name   string   `yaml:"name"`
	Roles  []string `yaml:"roles"` // further Attachment.Roles that fill it, besides Name
	Issuer string   `yaml:"issuer"`
	Made   bool     `yaml:"made"`
}

// Kind is the kind of a money measure.
type Kind string

// The kinds of measures.
const (
	KindShare    Kind = "share"    // a share of a cost base, with a cap
	KindOpen     Kind = "open"     // a share whose rate and cap only the year's notice states
	KindLump     Kind = "lump"     // a flat sum
	KindExternal Kind = "external" // computed by another policy
)

// Measure is one money measure.
type Measure struct {
	ID         string         `yaml:"id"`
	Name       string         `yaml:"name"`
	Paragraph  string         `yaml:"paragraph"`
	Sentence   string         `yaml:"sentence"` // word for word from Paragraph
	Kind       Kind           `yaml:"kind"`
	Applicant  string         `yaml:"applicant"`
	Award      string         `yaml:"award"` // the text's own word: 项目资金 or 奖励 (reading A8)
	Base       string         `yaml:"base"`  // 项目投资, 并购投资, 实际发生费用
	Rate       *money.Rate    `yaml:"rate"`
	Cap        *money.Fen     `yaml:"cap"`
	Lump       *money.Fen     `yaml:"lump"`
	Topics     []survey.Topic `yaml:"topics"` // lines of these topics fit by themselves
	With       []survey.Topic `yaml:"with"`   // lines of these fit beside at least one line of Topics, as parts of the same project
	Conditions []Condition    `yaml:"conditions"`
	Titles     []Condition    `yaml:"titles"` // 资格前置条件
	Papers     []Paper        `yaml:"papers"`
	Quota      string         `yaml:"quota"`
	Note       string         `yaml:"note"`
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

// numerals name the ten sections.
var numerals = [...]string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

// clauseOf turns "P5.3" into 政策第五条.
func clauseOf(paragraph string) string {
	n := 0
	for i := 1; i < len(paragraph) && paragraph[i] >= '0' && paragraph[i] <= '9' && n < 100; i++ {
		n = n*10 + int(paragraph[i]-'0')
	}
	if n < 1 || n >= len(numerals) {
		return "政策"
	}
	return "政策第" + numerals[n] + "条"
}
