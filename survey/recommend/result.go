package recommend

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// NeedState is one need of the catalog as the case stands to it.
type NeedState struct {
	Key       string        `json:"key"`
	Title     string        `json:"title"`
	Scene     string        `json:"scene,omitempty"` // scene key it lifts
	Have      bool          `json:"have"`            // the register already covers it
	Suggested bool          `json:"suggested"`       // a gap asks for it
	Why       string        `json:"why"`
	Choice    survey.Tri    `json:"choice"` // the person's word
	Wanted    bool          `json:"wanted"` // what the model uses
	Points    assess.Points `json:"points"` // score it could bring
	Weight    int64         `json:"weight"` // that the model uses: a person's, else the catalog's
}

// Bundle is the answer to "what should we buy": a set of offers proved to be the cheapest that covers the wanted needs within the limits.
type Bundle struct {
	Catalog   string           `json:"catalog"`
	Checked   survey.Date      `json:"checked"` // oldest price check among the lines
	Needs     []NeedState      `json:"needs"`
	Lines     []Line           `json:"lines"`
	FirstYear money.Fen        `json:"firstYear"`
	Net       *money.Fen       `json:"net,omitempty"` // what aid that is held leaves of it; nil where none counts
	ByKind    []KindSum        `json:"byKind"`        // list, quoted, estimate
	Covered   []string         `json:"covered"`
	Uncovered []string         `json:"uncovered,omitempty"` // wanted needs that the budget or the catalog leaves open
	Proof     Proof            `json:"proof"`
	Objective survey.Objective `json:"objective,omitempty"` // what it was chosen by
	Worth     *money.Fen       `json:"worth,omitempty"`     // of a weight point, where the objective needs it
	Budget    *money.Fen       `json:"budget,omitempty"`
	Left      *money.Fen       `json:"left,omitempty"`
	Next      *Breakpoint      `json:"next,omitempty"` // next amount that covers more
	Others    []Alternative    `json:"others,omitempty"`
	Conflict  *Conflict        `json:"conflict,omitempty"`  // set when no set of offers meets the limits
	After     *After           `json:"after,omitempty"`     // 预测 of score, scenes and level once the bundle works
	Front     []Point          `json:"front,omitempty"`     // cost against needs covered, non-dominated
	Inquiries []Inquiry        `json:"inquiries,omitempty"` // 需询价: offers without a price that would cover a wanted need; never optimised in
}

// Inquiry is an offer that has no price in the catalog yet.
type Inquiry struct {
	Offer  string   `json:"offer"`
	Vendor string   `json:"vendor"`
	Title  string   `json:"title"`
	Covers []string `json:"covers"`
	Note   string   `json:"note,omitempty"`
}

// Line is one offer of the bundle with the reason for it.
type Line struct {
	Offer     string      `json:"offer"`
	Vendor    string      `json:"vendor"`
	Title     string      `json:"title"`
	Quantity  int         `json:"quantity"`
	Metric    string      `json:"metric"`
	FirstYear money.Fen   `json:"firstYear"`
	PriceKind string      `json:"priceKind"` // list, quoted, estimate
	Source    string      `json:"source"`
	Checked   survey.Date `json:"checked"`
	Covers    []string    `json:"covers"`
	OnlyHere  []string    `json:"onlyHere,omitempty"` // needs that nothing else in the bundle covers
	Loss      *money.Fen  `json:"loss,omitempty"`     // extra yuan of the cheapest bundle without it, by re-solving; nil when impossible without it
	LossText  string      `json:"lossText"`
	Reasons   []string    `json:"reasons"` // closed list of reason codes
	Deploy    string      `json:"deploy,omitempty"`
	Sponsor   string      `json:"sponsor,omitempty"` // relation of the price's source to the vendor
	Equal     []string    `json:"equal,omitempty"`   // Offer.IDs that could stand here at the same total and coverage: a tie, settled by vendors, lines and the order of ids only
	OneOff    money.Fen   `json:"oneOff"`
	Yearly    money.Fen   `json:"yearly"`
	Range     []string    `json:"range,omitempty"`  // what the source gives for an estimate, per unit
	Assume    []string    `json:"assume,omitempty"` // planning assumptions behind the quantity
	Note      string      `json:"note,omitempty"`
}

// KindSum adds up one price kind.
type KindSum struct {
	Kind  string    `json:"kind"`
	Sum   money.Fen `json:"sum"`
	Lines int       `json:"lines"`
}

// Proof says how sure the answer is.
type Proof struct {
	Optimal bool      `json:"optimal"`
	Bound   money.Fen `json:"bound"` // no bundle is cheaper
	Nodes   int       `json:"nodes"`
	Text    string    `json:"text"`
}

// Breakpoint is the next budget that buys more.
type Breakpoint struct {
	Budget money.Fen `json:"budget"`
	More   money.Fen `json:"more"`
	Needs  []string  `json:"needs"`
	Text   string    `json:"text"`
}

// Alternative is another whole answer with its difference.
type Alternative struct {
	Title     string    `json:"title"`
	Offers    []string  `json:"offers"`
	FirstYear money.Fen `json:"firstYear"`
	Delta     money.Fen `json:"delta"`
	Covered   int       `json:"covered"`
	Vendors   int       `json:"vendors"`
	Text      string    `json:"text"`
}

// Conflict names the smallest set of wishes that cannot hold together, and the smallest change that helps.
type Conflict struct {
	Needs []string   `json:"needs"`
	Text  string     `json:"text"`
	Relax *money.Fen `json:"relax,omitempty"` // budget that would do
	Drop  []string   `json:"drop,omitempty"`  // insisted needs whose release, of least weight together, would do as well
	Unpin []string   `json:"unpin,omitempty"` // the one pinned offer whose release would do, when one alone does
	Ways  []string   `json:"ways,omitempty"`  // the same in words, one sentence each
}

// After is the outlook with the bundle at work: 预测, never an assessment.
type After struct {
	Score  assess.Points `json:"score"`
	Scenes int           `json:"scenes"`
	Stars  int           `json:"stars"`
	Level  int           `json:"level"`
}

// Point is one best bundle of the cost–coverage front.
type Point struct {
	FirstYear money.Fen `json:"firstYear"`
	Covered   int       `json:"covered"`
	Weight    int64     `json:"weight"` // of the covered needs; what the front is non-dominated in
	Offers    []string  `json:"offers"`
}
