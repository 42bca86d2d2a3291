package assess

import "github.com/shangyuntong/shangyun/survey"

// Questionnaire is one edition of a maturity standard as pure data. Check tells whether it is sound.
type Questionnaire struct {
	Edition    string         `yaml:"edition"` // e.g. "miit-2024"
	Title      string         `yaml:"title"`
	DocNo      string         `yaml:"docNo"`
	Date       survey.Date    `yaml:"date"`
	Trade      string         `yaml:"trade"`
	Status     string         `yaml:"status"` // how far the questions are verified
	Sources    []Source       `yaml:"sources"`
	Dimensions []DimensionDef `yaml:"dimensions"`
	Items      []Question     `yaml:"items"`
	Groups     []string       `yaml:"groups"` // groups of scenes, official order
	Scenes     []Scene        `yaml:"scenes"`
	ProofFrom  string         `yaml:"proofSource"` // Source.Key of the documents asked for, here and in the items
	Proof      []string       `yaml:"proof"`       // documents that each scene level 1–4 generally asks for
	Kinds      []KindScenes   `yaml:"kinds"`
	Rule       LevelRule      `yaml:"rule"`
	Gaps       []GapRule      `yaml:"gaps"`
	Digest     string         `yaml:"-"` // SHA-256 of the edition's file, 64 hex digits; set by whoever read it
	File       []byte         `yaml:"-"` // the file itself, to be kept with a frozen assessment
}

// Source is one text that the edition was taken from.
type Source struct {
	Key    string `yaml:"key"`
	Text   string `yaml:"text"`
	Status string `yaml:"status"` // 官方, 二手 or 待核实
}

// DimensionDef is one scored dimension and its full points.
type DimensionDef struct {
	Key    string `yaml:"key"`
	Title  string `yaml:"title"`
	Points Points `yaml:"points"`
}

// Question is one 采集项 in our plain words with the official number and term beside them.
type Question struct {
	Key       string   `yaml:"key"` // Q1–Q15
	Title     string   `yaml:"title"`
	Term      string   `yaml:"term"`
	Dimension string   `yaml:"dimension"`
	Path      []string `yaml:"path"`    // 二级 and 三级指标
	Weights   []int    `yaml:"weights"` // points of the dimension, then the share in per cent of each 指标 below it
	Points    Points   `yaml:"points"`  // full points; must equal the product of Weights
	Multi     bool     `yaml:"multi"`
	Kind      Kind     `yaml:"kind"`
	Answer    string   `yaml:"answer"` // how the register answers it, one of the closed list of rules; "" for asked items
	Bounds    []int    `yaml:"bounds"` // per cent; bands are open below and closed above, the first one holds 0
	Links     []int    `yaml:"links"`  // least number of links for the second, third … option (Q5)
	Help      string   `yaml:"help"`
	Example   string   `yaml:"example"`
	Options   []Choice `yaml:"options"`
	Evidence  []string `yaml:"evidence"`
}

// Choice is one option of a Question. The first option is always the one without points.
type Choice struct {
	Letter   string                 `yaml:"letter"`
	Text     string                 `yaml:"text"`
	Counts   string                 `yaml:"counts"` // what counts
	Share    int                    `yaml:"share"`  // per cent of the question's points
	Points   Points                 `yaml:"points"` // must equal the share
	None     bool                   `yaml:"none"`   // "无": excludes the rest
	Link     string                 `yaml:"link"`   // scene key whose data collection it names (Q4)
	By       survey.ArrangementKind `yaml:"by"`     // arrangement that proves it (Q1, Q6, Q7)
	Network  survey.NetKind         `yaml:"network"`
	Requires []string               `yaml:"requires"` // letters that must hold too
	Papers   []string               `yaml:"papers"`   // documents of Question.Evidence that an on-site assessor asks for with this answer
	Step     string                 `yaml:"step"`     // what to do to get here; "" when no deed leads here by itself
	Need     string                 `yaml:"need"`     // catalog need that the step asks for, "" for own work
}

// Scene is one 应用场景 of the edition.
type Scene struct {
	Key        string   `yaml:"key"`
	No         int      `yaml:"no"`
	Title      string   `yaml:"title"`
	Group      string   `yaml:"group"`
	Star       bool     `yaml:"star"`       // 约束性场景
	SystemOnly bool     `yaml:"systemOnly"` // even level 1 needs a system: tools prove nothing
	Register   bool     `yaml:"register"`   // the register of machines is itself the level-1 proof
	Levels     []string `yaml:"levels"`     // our plain sentence for level 1–4
	Example    string   `yaml:"example"`
	Evidence   []string `yaml:"evidence"` // per level 1–4; empty follows Questionnaire.Proof
}

// KindScenes maps one kind of system to the scenes it serves when nothing else is recorded.
type KindScenes struct {
	Kind   survey.SystemKind `yaml:"kind"`
	Scenes []string          `yaml:"scenes"`
	Tool   bool              `yaml:"tool"` // a tool: proves level 1 at most and makes no link digitally managed
}

// LevelRule is the rule that turns score and scenes into a level; all three counters of a level must hold.
type LevelRule struct {
	Version string      `yaml:"version"`
	Status  string      `yaml:"status"` // printed wherever a level is shown
	Source  string      `yaml:"source"` // Source.Key
	None    string      `yaml:"none"`   // name of level 0
	Levels  []LevelNeed `yaml:"levels"`
}

// LevelNeed is what one level asks for: points, and scenes (and 约束性 ones among them) at that level or above.
type LevelNeed struct {
	Level  int    `yaml:"level"`
	Name   string `yaml:"name"`
	Score  Points `yaml:"score"`
	Scenes int    `yaml:"scenes"`
	Stars  int    `yaml:"stars"`
}

// Item finds a question by its key, nil when there is none.
func (q *Questionnaire) Item(key string) *Question {
	for i := range q.Items {
		if q.Items[i].Key == key {
			return &q.Items[i]
		}
	}
	return nil
}

// Scene finds a scene by its key, nil when there is none.
func (q *Questionnaire) Scene(key string) *Scene {
	for i := range q.Scenes {
		if q.Scenes[i].Key == key {
			return &q.Scenes[i]
		}
	}
	return nil
}
