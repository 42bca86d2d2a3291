package assess

import "github.com/shangyuntong/shangyun/survey"

// Points counts thousandths of a point.
type Points = survey.Points

// Full is the whole score, 100 points.
const Full = survey.FullPoints

// ParsePoints reads "1.875": digits with at most three decimals, 0 to 100.
func ParsePoints(s string) (Points, error) { return survey.ParsePoints(s) }

// Assessment is what one questionnaire says of one case. Everything in it is derived; nothing is stored.
type Assessment struct {
	Edition     string       `json:"edition"`          // e.g. "miit-2024"
	Title       string       `json:"title"`            // official name
	Digest      string       `json:"digest,omitempty"` // SHA-256 of the edition's file: which text of the questions was answered
	RuleStatus  string       `json:"ruleStatus"`       // how far the level rule is verified; printed wherever a level is shown
	Items       []Item       `json:"items"`
	Scenes      []SceneLevel `json:"scenes"`
	Dimensions  []Dimension  `json:"dimensions"`
	Score       Points       `json:"score"`     // headline: per item the lower of computed and declared
	Computed    Points       `json:"computed"`  // the register's answers only (declared ones where nothing is computed)
	Declared    Points       `json:"declared"`  // 自报: what the firm declared, computed where it declared nothing
	Level       int          `json:"level"`     // 0 (未达级) to 4, from the headline
	LevelName   string       `json:"levelName"` // "一级 初始级"
	Ladder      []Rung       `json:"ladder"`    // every level with its three counters
	Differences []Difference `json:"differences,omitempty"`
	Open        []string     `json:"open,omitempty"` // item and scene keys without an answer; they count 0 until answered
	Rates       Rates        `json:"rates"`
	Gaps        []Gap        `json:"gaps,omitempty"`        // contradictions between dimensions, in the edition's order
	ProofSource string       `json:"proofSource,omitempty"` // where the documents asked for were read, and how far that is verified
	Steps       []Step       `json:"steps"`                 // possible improvements with their points and counters
}

// Kind tells how an item is answered.
type Kind string

// The kinds of items.
const (
	KindFull Kind = "full" // computed from the register; cannot be typed over
	KindHalf Kind = "half" // partly provable, partly declared
	KindAsk  Kind = "ask"  // asked
)

// Item is the result of one of the 15 采集项.
type Item struct {
	Key            string   `json:"key"`   // "Q3"
	Title          string   `json:"title"` // our plain question
	Term           string   `json:"term"`  // the official term
	Help           string   `json:"help,omitempty"`
	Example        string   `json:"example,omitempty"`
	Dimension      string   `json:"dimension"`
	Multi          bool     `json:"multi"`
	Max            Points   `json:"max"`
	Kind           Kind     `json:"kind"`
	Options        []Option `json:"options"`
	Computed       []string `json:"computed,omitempty"` // option letters; nil when undefined or not computed
	Declared       []string `json:"declared,omitempty"`
	Counted        []string `json:"counted,omitempty"` // the letters that the headline counts
	Points         Points   `json:"points"`            // headline
	ComputedPoints Points   `json:"computedPoints"`
	DeclaredPoints Points   `json:"declaredPoints"`
	Answered       bool     `json:"answered"`
	Undefined      string   `json:"undefined,omitempty"` // why it cannot be computed, e.g. 还没有生产设备
	Explain        string   `json:"explain,omitempty"`   // "21 / 60 台 = 35.0% → C"
	Flip           string   `json:"flip,omitempty"`      // "再联网 4 台 → +1.5 分"
	Behind         []Ref    `json:"behind,omitempty"`    // the facts behind the computed answer
	Ratio          *Ratio   `json:"ratio,omitempty"`
	Links          []string `json:"links,omitempty"`    // scene keys that the register proves (Q4: data come in by themselves, Q5: a system)
	Evidence       []string `json:"evidence,omitempty"` // documents an assessor asks for, whatever the answer
	Papers         []string `json:"papers,omitempty"`   // those asked for with the answer that counts
}

// Option is one choice of an item.
type Option struct {
	Letter string `json:"letter"`
	Text   string `json:"text"`
	Points Points `json:"points"`
	Note   string `json:"note,omitempty"` // what counts
}

// Ratio is a computed share with the bounds of its bands, all integers.
type Ratio struct {
	Num, Den int64  `json:"-"`
	Text     string `json:"text"`    // "21 / 60 台"
	Percent  string `json:"percent"` // "35.0%"
	Bounds   []int  `json:"bounds"`  // per cent: 10, 20, 40, 60
}

// Ref points at a fact behind a figure.
type Ref struct {
	Kind string `json:"kind"` // asset, system, payment, year, arrangement
	ID   string `json:"id"`
	Text string `json:"text"`
}

// SceneLevel is the result of one 应用场景.
type SceneLevel struct {
	Key       string   `json:"key"`
	No        int      `json:"no"` // 1–16, official order
	Title     string   `json:"title"`
	Group     string   `json:"group"`
	Star      bool     `json:"star"`     // 约束性场景
	Levels    []string `json:"levels"`   // our plain sentence for level 1–4
	Proposed  int      `json:"proposed"` // from systems and integrations
	Reason    string   `json:"reason,omitempty"`
	Confirmed *int     `json:"confirmed,omitempty"` // a person's word; nil until confirmed
	Level     int      `json:"level"`               // what counts: the confirmed level, 0 until confirmed
	Example   string   `json:"example,omitempty"`
	Behind    []Ref    `json:"behind,omitempty"`
	Evidence  []string `json:"evidence,omitempty"` // documents for level 1–4
	Papers    []string `json:"papers,omitempty"`   // those asked for at the level that counts
}

// Dimension sums the items of 数字化基础, 数字化管理 or 数字化成效.
type Dimension struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Points Points `json:"points"`
	Max    Points `json:"max"`
}

// Rung is one level of the rule with what it needs and what there is.
type Rung struct {
	Level      int    `json:"level"` // 1–4
	Name       string `json:"name"`
	NeedScore  Points `json:"needScore"`
	HaveScore  Points `json:"haveScore"`
	NeedScenes int    `json:"needScenes"`
	HaveScenes int    `json:"haveScenes"`
	NeedStars  int    `json:"needStars"`
	HaveStars  int    `json:"haveStars"`
	Met        bool   `json:"met"`
}

// Difference is a declared answer that is not the computed one.
type Difference struct {
	Item      string   `json:"item"`
	Computed  []string `json:"computed"`
	Declared  []string `json:"declared"`
	Explained string   `json:"explained,omitempty"` // the person's explanation; sending needs it
}

// Rates are the register's counts and shares, each named after the rule it follows.
type Rates struct {
	Machines         int        `json:"machines"` // 生产设备 台
	Digital          int        `json:"digital"`
	Networked        int        `json:"networked"`
	OnCloud          int        `json:"onCloud"`
	Unknown          int        `json:"unknown"`          // 台 whose 计入分母 is not settled
	DigitalNetworked int        `json:"digitalNetworked"` // networked among the digital ones (两化融合)
	KeySteps         int        `json:"keySteps"`         // 关键工序
	KeyNumeric       int        `json:"keyNumeric"`       // with ≥ 1 numerically controlled machine
	Lines            []RateLine `json:"lines"`            // printable lines with rule and source
}

// RateLine is one rate ready to print, e.g. 生产设备联网率 35.0% (21 / 60, 工信厅企业〔2024〕56号 Q3).
type RateLine struct {
	Name    string `json:"name"`
	Percent string `json:"percent"` // "" when undefined
	Text    string `json:"text"`
	Rule    string `json:"rule"`
	Source  string `json:"source"` // standard and where it was read
	Status  string `json:"status"` // 官方, 二手, 待核实 or 自有口径
}

// Step is one possible improvement: what to do, and what it would bring. Prices are another room's business.
type Step struct {
	Key      string      `json:"key"`  // "network:4", "scene:oa:2", "item:Q6:C"
	Need     string      `json:"need"` // need key of the catalog that an offer could cover, "" when nothing is bought
	Title    string      `json:"title"`
	Points   Points      `json:"points"` // gain in score
	Scenes   []SceneGain `json:"scenes,omitempty"`
	Machines int         `json:"machines,omitempty"` // 台 to connect or to make digital
	Item     string      `json:"item,omitempty"`
	Options  []string    `json:"options,omitempty"` // letters that the item would have
	Link     string      `json:"link,omitempty"`    // scene key that a system would newly serve
	Group    string      `json:"group,omitempty"`   // of the steps of one group at most one is taken
}

// SceneGain is a scene lifted by a step.
type SceneGain struct {
	Scene string `json:"scene"`
	From  int    `json:"from"`
	To    int    `json:"to"`
}
