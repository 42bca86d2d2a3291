package subsidy

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// Example is one worked example of a pack in the words of policy staff: a firm, its titles and its contracted, invoiced and paid lines,
// with what must come out. Amounts are 不含税 unless the firm is a small taxpayer.
type Example struct {
	Name     string          `yaml:"name"`
	AsOf     survey.Date     `yaml:"asOf"`
	Region   string          `yaml:"region"`
	Industry string          `yaml:"industry"`
	Size     string          `yaml:"size"`
	VAT      survey.VATPayer `yaml:"vat"`
	Revenue  *money.Fen      `yaml:"revenue"` // 上年度主营业务收入
	Core     string          `yaml:"core"`    // kind of the core system on the cloud; "" none named
	Links    []string        `yaml:"links"`
	Level    int             `yaml:"level"`  // assessed 数字化水平等级, 0 none
	Months   *int            `yaml:"months"` // 连续使用月数
	Aids     []ExampleAid    `yaml:"aids"`
	Titles   []ExampleTitle  `yaml:"titles"`
	Lines    []ExampleLine   `yaml:"lines"`
	Notice   *ExampleNotice  `yaml:"notice"`
	Planned  *money.Fen      `yaml:"planned"`
	Readings Readings        `yaml:"readings"`
	Expect   Expect          `yaml:"expect"`
}

// ExampleTitle is a title that the firm holds (or, with Have no, does not).
type ExampleTitle struct {
	Key        string      `yaml:"key"`
	Have       survey.Tri  `yaml:"have"` // "" is yes
	DocNo      string      `yaml:"docNo"`
	ValidUntil survey.Date `yaml:"validUntil"`
}

// ExampleLine is one invoice line, contracted, invoiced to the firm and paid unless Unpaid says otherwise.
type ExampleLine struct {
	ID         string          `yaml:"id"`
	Net        money.Fen       `yaml:"net"`
	Tax        money.Fen       `yaml:"tax"`
	Topic      survey.Topic    `yaml:"topic"`
	Layer      string          `yaml:"layer"`
	Kind       survey.CostKind `yaml:"kind"`
	Automation survey.Tri      `yaml:"automation"`
	Unpaid     bool            `yaml:"unpaid"`
	Aid        string          `yaml:"aid"` // programme that already paid for it
}

// ExampleAid is money that the firm got before, without named lines.
type ExampleAid struct {
	Year      int       `yaml:"year"`
	Programme string    `yaml:"programme"`
	Amount    money.Fen `yaml:"amount"`
}

// ExampleNotice is the year's notice for a measure.
type ExampleNotice struct {
	Measure string      `yaml:"measure"`
	Rate    *money.Rate `yaml:"rate"`
	Cap     *money.Fen  `yaml:"cap"`
}

// Expect is what must come out; empty fields are not compared, except that an empty Headline demands that there is none.
type Expect struct {
	Headline   *money.Fen              `yaml:"headline"`
	Measure    string                  `yaml:"measure"`
	Capital    string                  `yaml:"capital"`
	Disjoint   *money.Fen              `yaml:"disjoint"`
	Dossiers   int                     `yaml:"dossiers"` // parts of the disjoint total
	Separate   *money.Fen              `yaml:"separate"` // 逐项分报
	IfSelected *money.Fen              `yaml:"ifSelected"`
	Amounts    map[string]money.Fen    `yaml:"amounts"`
	Verdicts   map[string]rule.Verdict `yaml:"verdicts"`
	Texts      map[string]string       `yaml:"texts"` // AmountText of a measure contains
	Others     map[string]money.Fen    `yaml:"others"`
	Validity   string                  `yaml:"validity"` // Claims.Validity contains
	Warning    string                  `yaml:"warning"`  // one of the warnings contains
}

// exampleCode stands for the firm's code in examples; it is no valid code, so that it can belong to nobody.
const exampleCode = "EXAMPLE"

// Case builds the case that the example describes.
func (x *Example) Case() *survey.Case {
	c := &survey.Case{Schema: survey.SchemaCase, ID: "example", AsOf: x.AsOf, Firm: survey.Firm{
		Name: x.Name, CreditCode: exampleCode, Region: x.Region, Industry: x.Industry, VATPayer: x.VAT, DeclaredSize: x.Size,
		Independent: survey.Yes, Dishonest: survey.No,
	}}
	c.Years = []survey.Year{{Year: c.LastYear(), MainRevenue: x.Revenue}}
	c.Project.Links, c.Project.UseMonths = x.Links, x.Months
	if x.Core != "" {
		c.Systems = []survey.System{{ID: "core", Name: x.Core, Kind: survey.SystemKind(x.Core), Deployment: survey.DeployPublic, InUse: survey.Yes, Core: survey.Yes}}
		c.Project.CoreSystem = "core"
	}
	for i, t := range x.Titles {
		if t.Have == survey.Unknown {
			t.Have = survey.Yes
		}
		c.Titles = append(c.Titles, survey.Title{ID: fmt.Sprint("t", i), Kind: t.Key, Have: t.Have, DocNo: t.DocNo, ValidUntil: t.ValidUntil})
	}
	for _, l := range x.Lines {
		x.bill(c, l)
	}
	for i, a := range x.Aids {
		c.Aids = append(c.Aids, survey.Aid{ID: fmt.Sprint("g", i), Year: a.Year, Programme: a.Programme, Project: "另一项目", Amount: a.Amount})
	}
	if n := x.Notice; n != nil {
		c.Notices = []survey.Notice{{Measure: n.Measure, Title: "示例通知", Rate: n.Rate, Cap: n.Cap}}
	}
	if x.Planned != nil {
		c.Plan.Accepted = []survey.Chosen{{Offer: "planned", Quantity: 1, FirstYear: *x.Planned}}
	}
	return c
}

func (x *Example) bill(c *survey.Case, l ExampleLine) {
	gross := plus(l.Net, l.Tax)
	c.Contracts = append(c.Contracts, survey.Contract{ID: "k" + l.ID, Number: "HT-" + l.ID, Supplier: "供应商", Signed: x.AsOf, Gross: gross})
	c.Invoices = append(c.Invoices, survey.Invoice{ID: "v" + l.ID, Number: "FP-" + l.ID, Issued: x.AsOf, Seller: "供应商", BuyerCode: exampleCode, Contract: "k" + l.ID,
		Lines: []survey.InvoiceLine{{ID: l.ID, Item: l.ID, Net: l.Net, Tax: l.Tax, Gross: gross, Topic: l.Topic, Kind: l.Kind, Layer: l.Layer, Automation: l.Automation}}})
	if !l.Unpaid {
		c.Payments = append(c.Payments, survey.Payment{ID: "p" + l.ID, Date: x.AsOf, Amount: gross, Invoice: "v" + l.ID})
	}
	if l.Aid != "" {
		c.Aids = append(c.Aids, survey.Aid{ID: "a" + l.ID, Year: x.AsOf.Year(), Programme: l.Aid, Amount: gross, Lines: []string{l.ID}})
	}
}

// Run computes the example and tells what differs; nil when nothing does.
func (x *Example) Run(p *Policy) error {
	var a assess.Assessment
	if x.Level > 0 {
		a.Edition, a.Level = "example", x.Level
	}
	got := ComputeWith(p, x.Case(), a, x.Readings)
	var bad []string
	differ := func(what string, got, want any) {
		if fmt.Sprint(got) != fmt.Sprint(want) {
			bad = append(bad, fmt.Sprintf("%s：得到 %v，应为 %v", what, got, want))
		}
	}
	e := &x.Expect
	differ("保守口径", shownFen(got.Conservative.Amount), shownFen(e.Headline))
	if e.Measure != "" {
		differ("条款", got.Filing, e.Measure)
	}
	if e.Capital != "" {
		differ("大写", got.Conservative.Capital, e.Capital)
	}
	if e.Dossiers != 0 {
		differ("申报份数", len(got.Disjoint.Parts), e.Dossiers)
	}
	if e.Disjoint != nil {
		differ("费用不重复口径", shownFen(got.Disjoint.Amount), shownFen(e.Disjoint))
	}
	if e.IfSelected != nil {
		differ("若入选", shownFen(got.IfSelected.Amount), shownFen(e.IfSelected))
	}
	if e.Separate != nil {
		var sum *money.Fen
		for _, t := range got.Others {
			sum = t.Amount
		}
		differ("逐项分报", shownFen(sum), shownFen(e.Separate))
	}
	if !strings.Contains(got.Validity, e.Validity) {
		differ("有效性", got.Validity, e.Validity)
	}
	if !strings.Contains(strings.Join(got.Warnings, "；"), e.Warning) {
		differ("提醒", got.Warnings, e.Warning)
	}
	x.runMeasures(&got, differ)
	if len(bad) > 0 {
		return survey.Fail(survey.CodePack, "subsidy.example", "%s 示例“%s”：%s", p.ID, x.Name, strings.Join(bad, "；"))
	}
	return nil
}

func (x *Example) runMeasures(got *Claims, differ func(what string, got, want any)) {
	e := &x.Expect
	blank := &MeasureClaim{AmountText: "无此条款"}
	of := func(id string) *MeasureClaim {
		if m := got.Measure(id); m != nil {
			return m
		}
		return blank
	}
	for id, want := range e.Amounts {
		differ(id+" 金额", shownFen(of(id).Amount), want.Display())
	}
	for id, want := range e.Verdicts {
		differ(id+" 结论", of(id).Verdict, want)
	}
	for id, want := range e.Texts {
		if !strings.Contains(of(id).AmountText, want) {
			differ(id+" 文字", of(id).AmountText, want)
		}
	}
	for id, want := range e.Others {
		other := "无此读法"
		for _, r := range got.Readings {
			if r.ID == id {
				other = shownFen(r.OtherAmount)
			}
		}
		differ("读法 "+id, other, want.Display())
	}
}

func shownFen(f *money.Fen) string {
	if f == nil {
		return "无"
	}
	return f.Display()
}
