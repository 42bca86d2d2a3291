package report

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// Input is what a report is made from. Only Case and Assessment must be there.
type Input struct {
	Case          *survey.Case
	Assessment    *assess.Assessment
	Bundle        *recommend.Bundle
	Claims        *subsidy.Claims
	Questionnaire *assess.Questionnaire
	Catalog       *recommend.Catalog
	Policy        *subsidy.Policy
	Way           *recommend.Way    // the cheapest way to the next level; nil when it was not asked for
	Others        []assess.Standard // other standards that the register answers in part
	Adviser       string            // who made the report
	Program       string            // version of the program, "" when unknown
	Peers         []Peer            // figures of comparable firms; empty prints that there are none
}

// Peer is one figure of comparable firms that may be quoted: without N, Year and Source it is not printed.
type Peer struct {
	Name   string // what is compared, e.g. 联网率
	Value  string
	N      int // firms behind it
	Year   int
	Source string
}

// Report is a whole report, ready to be drawn.
type Report struct {
	Title    string         `json:"title"`
	Firm     string         `json:"firm"`
	Number   string         `json:"number"` // of the case, to match paper and data
	Date     survey.Date    `json:"date"`   // the case's reference day
	Cover    []Pair         `json:"cover"`
	Chapters []Chapter      `json:"chapters"`
	Measures []Measure      `json:"measures"` // every one, ranked
	Proofs   []assess.Proof `json:"proofs"`   // the evidence index
}

// Pair is a name with its value.
type Pair struct{ Name, Value string }

// Chapter is one numbered part of the report.
type Chapter struct {
	Key    string  `json:"key"`
	Title  string  `json:"title"`
	Own    bool    `json:"own,omitempty"` // begins on a page of its own
	Blocks []Block `json:"blocks"`
}

// Block is one thing on the page. Exactly one of its contents is set besides Title and Source.
type Block struct {
	Title  string   `json:"title,omitempty"`
	Text   []string `json:"text,omitempty"`
	List   []Entry  `json:"list,omitempty"`
	Table  *Table   `json:"table,omitempty"`
	Cards  []Card   `json:"cards,omitempty"`
	Radar  []Axis   `json:"radar,omitempty"`
	Bars   []Bar    `json:"bars,omitempty"`
	Path   *Path    `json:"path,omitempty"`
	Net    *Net     `json:"net,omitempty"`
	Phases []Phase  `json:"phases,omitempty"`
	Signs  []string `json:"signs,omitempty"`
	Source string   `json:"source,omitempty"` // where the figures come from
	Warn   bool     `json:"warn,omitempty"`   // the text is a reservation that must not be overlooked
}

// Table is a table; Widths are shares of the page's width.
type Table struct {
	Columns []string   `json:"columns"`
	Widths  []int      `json:"widths"`
	Rows    [][]string `json:"rows"`
	More    string     `json:"more,omitempty"` // what was left out, and where it stands
}

// Card is one figure in large print.
type Card struct {
	Label string `json:"label"`
	Value string `json:"value"`
	Note  string `json:"note,omitempty"`
}

// Entry is one numbered point with its reason.
type Entry struct {
	Head string `json:"head"`
	Text string `json:"text,omitempty"`
}

// Axis is one direction of the radar, in whole per cent. After is -1 when there is no outlook.
type Axis struct {
	Name  string `json:"name"`
	Now   int    `json:"now"`
	After int    `json:"after"`
}

// Bar is one bar: Have of Full, both in the unit of Words; Mark is a goal on the same scale, 0 without one.
type Bar struct {
	Name  string `json:"name"`
	Have  int64  `json:"have"`
	Full  int64  `json:"full"`
	Mark  int64  `json:"mark,omitempty"`
	Words string `json:"words"`
}

// Path is the way of the levels: where the firm stands and where it goes.
type Path struct {
	Names []string `json:"names"` // 未达级 first
	Now   int      `json:"now"`
	Next  int      `json:"next"` // equal to Now at the top
}

// Net is the picture of equipment and network: layers from the cloud down to the machines.
type Net struct{ Layers []Layer }

// Layer is one row of boxes.
type Layer struct {
	Name  string
	Boxes []Box
}

// Box is one thing in the picture. Link tells whether a line to the layer above is known.
type Box struct {
	Head, Text string
	Tone       Tone
	Link       bool
}

// Tone colours a box or a cell.
type Tone string

// The tones.
const (
	TonePlain Tone = ""
	ToneGood  Tone = "good"
	ToneWarn  Tone = "warn"
	ToneBad   Tone = "bad"
)

// Phase is one bar of the roadmap, in whole months from the start.
type Phase struct {
	Name  string   `json:"name"`
	From  int      `json:"from"`
	To    int      `json:"to"`
	Money string   `json:"money"`
	Items []string `json:"items"`
}

// Unknown is printed wherever a fact is not known.
const Unknown = "待核实"

// NoPeers is printed when no figure of comparable firms may be quoted.
const NoPeers = "无可引用的同行数据"
