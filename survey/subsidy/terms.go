package subsidy

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

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
	Rates      []LayerRate    `yaml:"rates"`   // rate by the layer of the cost line, instead of Rate
	Tiers      []Tier         `yaml:"tiers"`   // rate, cap or lump by level, title or history
	PerYear    bool           `yaml:"perYear"` // the cap is for a calendar year: money of the Programme in the year of the reference day counts against it
	Paid       bool           `yaml:"paid"`    // only what was really paid counts, whatever the reading PAID (实际发生费用)
	Source     string         `yaml:"source"`  // key of the source of the figures
	Windows    []Window       `yaml:"windows"`
	Topics     []survey.Topic `yaml:"topics"` // lines of these topics fit by themselves
	With       []survey.Topic `yaml:"with"`   // lines of these fit beside at least one line of Topics, as parts of the same project
	Conditions []Condition    `yaml:"conditions"`
	Titles     []Condition    `yaml:"titles"` // 资格前置条件
	Papers     []Paper        `yaml:"papers"`
	Quota      string         `yaml:"quota"`
	Note       string         `yaml:"note"`
}

// Layer is one 上云层次 that a scheme sorts cost lines by (IaaS/PaaS/SaaS, or 资源/业务/能力/生态).
type Layer struct {
	Key  string `yaml:"key"`
	Name string `yaml:"name"`
	Text string `yaml:"text"` // what belongs to it
}

// LayerRate is the rate of one layer.
type LayerRate struct {
	Layer string     `yaml:"layer"`
	Rate  money.Rate `yaml:"rate"`
}

// Tier sets rate, cap or flat sum where its condition is 满足; the first such tier of a measure holds. A tier without When always holds.
type Tier struct {
	Text string      `yaml:"text"`
	When *Condition  `yaml:"when"`
	Rate *money.Rate `yaml:"rate"`
	Cap  *money.Fen  `yaml:"cap"`
	Lump *money.Fen  `yaml:"lump"`
}

// Window is one span of days for handing in, both ends included; an empty end is not known (待核实).
type Window struct {
	Name string      `yaml:"name"`
	From survey.Date `yaml:"from"`
	To   survey.Date `yaml:"to"`
	Note string      `yaml:"note"`
}

// Relation says how another policy stands to this one: exclusive (a cost line may be claimed under one of them only, the default) or
// matching (this policy calls itself 配套 and is added).
type Relation struct {
	Policy    string       `yaml:"policy"`    // ID of the other pack
	Programme string       `yaml:"programme"` // name under which the other scheme's money is recorded (Aid.Programme)
	Kind      RelationKind `yaml:"kind"`
	Clause    string       `yaml:"clause"`
	Text      string       `yaml:"text"`
}

// RelationKind is how two programmes stand to each other.
type RelationKind string

// The relations. Exclusive is what holds where no text says otherwise (政策 P10.4).
const (
	Exclusive RelationKind = "exclusive"
	Matching  RelationKind = "matching"
)
