package subsidy

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// Expense is one cost line as a claim sees it: an invoice line with what is known of contract and payment. Planned lines carry Planned
// and may only enter a Forecast.
type Expense struct {
	Line       string       `json:"line"` // InvoiceLine.ID
	Title      string       `json:"title"`
	Supplier   string       `json:"supplier"`
	Contract   string       `json:"contract"` // number, "" when none
	Invoice    string       `json:"invoice"`  // number
	Issued     string       `json:"issued"`
	Topic      string       `json:"topic"`
	Kind       string       `json:"kind"`
	Net        money.Fen    `json:"net"`
	Tax        money.Fen    `json:"tax"`
	Gross      money.Fen    `json:"gross"`
	Paid       money.Fen    `json:"paid"` // part of Gross covered by payments
	Base       money.Fen    `json:"base"` // what counts under the current readings (含税 or 不含税)
	Layer      string       `json:"layer,omitempty"`
	Automation bool         `json:"automation"`
	Planned    bool         `json:"planned,omitempty"`
	Checked    survey.Tri   `json:"checked"` // 已在税务平台查验; unknown or no prints 未验真
	State      rule.Verdict `json:"state"`   // contracted, invoiced and fully paid?
	Why        string       `json:"why,omitempty"`
	AidBy      string       `json:"aidBy,omitempty"` // programme that already paid for this line
}

// MeasureClaim is one money measure applied to the case.
type MeasureClaim struct {
	ID         string       `json:"id"` // "H5-1"
	Name       string       `json:"name"`
	Clause     string       `json:"clause"`    // "政策第五条"
	Paragraph  string       `json:"paragraph"` // "P5.3"
	Sentence   string       `json:"sentence"`  // the policy's own sentence
	Kind       string       `json:"kind"`      // share, open, lump, external
	Rate       *money.Rate  `json:"rate,omitempty"`
	Cap        *money.Fen   `json:"cap,omitempty"`
	Award      string       `json:"award,omitempty"`    // the text's own word: 项目资金 or 奖励
	BaseName   string       `json:"baseName,omitempty"` // 项目投资, 并购投资, 实际发生费用
	Verdict    rule.Verdict `json:"verdict"`            // all conditions together, without the titles
	TitlesHeld rule.Verdict `json:"titlesHeld"`         // all titles together
	Conditions []rule.Trace `json:"conditions"`
	Titles     []rule.Trace `json:"titles"` // 资格前置条件: selections and lists, shown apart
	Lines      []string     `json:"lines"`  // cost lines that count now
	Base       money.Fen    `json:"base"`   // sum of the counted lines
	Open       money.Fen    `json:"open"`   // further lines that are 待核实 (另有 x 元)
	OpenLines  []string     `json:"openLines,omitempty"`
	Amount     *money.Fen   `json:"amount,omitempty"`  // 测算上限 on Base; nil when the text states no rate
	AmountText string       `json:"amountText"`        // "372,000.00 元" or 以当年申报通知为准
	IfTitled   bool         `json:"ifTitled"`          // the amount stands only 若入选: a title is not held yet
	Explain    string       `json:"explain"`           // "2,880,000.00 × 20% = 576,000.00，未达上限"
	Missing    []string     `json:"missing,omitempty"` // evidence a form would ask for and the case lacks
	Note       string       `json:"note,omitempty"`
	Tier       string       `json:"tier,omitempty"`       // the tier in force, in the pack's words
	Unverified string       `json:"unverified,omitempty"` // why the figures are 待核实
	Due        survey.Date  `json:"due,omitempty"`        // last day for handing in, as far as known
	Settle     []Settle     `json:"settle,omitempty"`     // what turns the open conditions into met ones
}

// Settle is one thing to obtain so that an open condition can be met: what, from whom, and whether the time is enough.
type Settle struct {
	Condition string       `json:"condition"`
	Fact      string       `json:"fact,omitempty"`
	Paper     string       `json:"paper"`
	Issuer    string       `json:"issuer"`
	Days      *int         `json:"days,omitempty"` // calendar days the issuer takes; nil is 待核实
	Left      *int         `json:"left,omitempty"` // calendar days from the reference day to Due; nil when either is unknown
	InTime    rule.Verdict `json:"inTime"`         // Days ≤ Left
	Text      string       `json:"text"`           // the same in one sentence
}

// Total is one of the two ways to add up (政策 P10.4).
type Total struct {
	Name    string     `json:"name"`              // 保守口径 or 费用不重复口径
	Amount  *money.Fen `json:"amount,omitempty"`  // nil when nothing can be computed
	Capital string     `json:"capital,omitempty"` // 人民币大写
	Parts   []Part     `json:"parts,omitempty"`
	Note    string     `json:"note"`
}

// Part is one application inside a total.
type Part struct {
	Measure string    `json:"measure"`
	Lines   []string  `json:"lines"`
	Base    money.Fen `json:"base"`
	Amount  money.Fen `json:"amount"`
}

// LineClaim tells what became of one cost line.
type LineClaim struct {
	Expense Expense      `json:"expense"`
	Measure string       `json:"measure,omitempty"` // measure of the headline that takes it
	Amount  *money.Fen   `json:"amount,omitempty"`  // its share of the headline, nil when it has none
	Reason  string       `json:"reason"`            // clause → condition → evidence → sum, in one sentence
	Others  []string     `json:"others,omitempty"`  // measures it would also fit
	State   rule.Verdict `json:"state"`
}

// Card is a non-money measure shown as advice.
type Card struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Paragraph string `json:"paragraph"`
}

// Forecast says what planned lines might bring; it is 预测 and enters no application.
type Forecast struct {
	Planned money.Fen  `json:"planned"`
	Measure string     `json:"measure,omitempty"`
	Amount  *money.Fen `json:"amount,omitempty"`
	Text    string     `json:"text"`
}

// Claims is everything the policy says of the case.
type Claims struct {
	Policy       string         `json:"policy"`  // pack id
	Version      int            `json:"version"` // of the pack
	Title        string         `json:"title"`
	Validity     string         `json:"validity"` // 政策文本无文号、无日期，是否仍有效须核实
	AsOf         string         `json:"asOf"`
	VATBase      string         `json:"vatBase"` // 不含税 or 含税, with the reason
	Measures     []MeasureClaim `json:"measures"`
	Lines        []LineClaim    `json:"lines"`
	Conservative Total          `json:"conservative"`     // headline: one application, the best one whose conditions hold
	Disjoint     Total          `json:"disjoint"`         // several applications on disjoint lines, 须经主管部门确认
	IfSelected   Total          `json:"ifSelected"`       // 若入选: the best one when missing titles were held
	Others       []Total        `json:"others,omitempty"` // losing ways to file, kept visible with their sums
	Filing       string         `json:"filing,omitempty"` // measure the form is filed under: the person's choice, else the headline's
	Readings     []Reading      `json:"readings"`         // ambiguous wording, how it was read, what another reading would give
	Cards        []Card         `json:"cards"`
	Forecast     *Forecast      `json:"forecast,omitempty"`
	Warnings     []string       `json:"warnings,omitempty"`
}

// Reading is one documented way to read an ambiguous sentence.
type Reading struct {
	ID          string     `json:"id"` // "A5"
	Text        string     `json:"text"`
	Choice      string     `json:"choice"` // the reading in force, in words
	Other       string     `json:"other,omitempty"`
	OtherAmount *money.Fen `json:"otherAmount,omitempty"` // headline under the other reading; nil when it changes nothing
	Clause      string     `json:"clause,omitempty"`
	Key         string     `json:"key,omitempty"`      // choice in force
	OtherKey    string     `json:"otherKey,omitempty"` // choice that OtherAmount is of
}

// Measure finds a measure's claim by id, nil when there is none.
func (c Claims) Measure(id string) *MeasureClaim {
	for i := range c.Measures {
		if c.Measures[i].ID == id {
			return &c.Measures[i]
		}
	}
	return nil
}
