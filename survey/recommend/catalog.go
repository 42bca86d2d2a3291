package recommend

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Catalog is a dated list of needs, vendors and offers. It has no field for a paid placement.
type Catalog struct {
	ID        string           `yaml:"id" json:"id"`
	Title     string           `yaml:"title" json:"title"`
	Date      survey.Date      `yaml:"date" json:"date"`
	Sponsor   string           `yaml:"sponsor_relation" json:"sponsorRelation"` // who supplied the catalog, relation to vendors
	Note      string           `yaml:"note" json:"note,omitempty"`
	Needs     []Need           `yaml:"needs" json:"needs"`
	Vendors   []Vendor         `yaml:"vendors" json:"vendors"`
	Offers    []Offer          `yaml:"offers" json:"offers"`
	Platforms []Platform       `yaml:"platforms" json:"platforms,omitempty"`
	Examples  []CatalogExample `yaml:"examples" json:"-"`
}

// Need is one thing a firm may want covered. Its key is what assess.Step.Need names.
type Need struct {
	Key    string   `yaml:"key" json:"key"`
	Title  string   `yaml:"title" json:"title"`
	Scene  string   `yaml:"scene" json:"scene,omitempty"` // scene key it lifts
	Items  []string `yaml:"items" json:"items,omitempty"` // 采集项 it serves, e.g. "Q3"
	Tag    string   `yaml:"tag" json:"tag"`               // leaf of the 上云 check-list, A1–D5
	Links  []string `yaml:"links" json:"links,omitempty"` // 环节 of 政策 P3.3, see survey.BusinessLinks
	Derive Derive   `yaml:"derive" json:"derive"`         // how a gap asks for it
	Weight int64    `yaml:"weight" json:"weight"`         // default weight, 1–100
	Open   string   `yaml:"open" json:"open,omitempty"`   // why no priced offer covers it; "" when one does
}

// Derive is the closed list of ways a need is suggested by an assessment.
type Derive string

// The ways.
const (
	DeriveScene     Derive = "scene"     // the scene is below the wanted level and the level lacks scenes
	DeriveFlip      Derive = "flip"      // one more machine band brings points that the wanted level lacks
	DeriveMeasure   Derive = "measure"   // a security measure is missing
	DeriveData      Derive = "data"      // points are lacking and the scene's system is there or wanted
	DeriveIntegrate Derive = "integrate" // 三级 or more is wanted and lacks scenes: the scene has to exchange data with other systems
	DeriveModel     Derive = "model"     // 四级 is wanted and lacks scenes: the scene needs a model or AI
	DeriveAsk       Derive = "ask"       // only on a person's word, or when a 环节 that a person chose holds it
)

// Vendor is one supplier.
type Vendor struct {
	ID   string `yaml:"id" json:"id"`
	Name string `yaml:"name" json:"name"`
	HQ   string `yaml:"hq" json:"hq,omitempty"`
}

// Offer is one product or package. Without a price (all kinds none) it can only be listed as 需询价 and is never optimised in.
type Offer struct {
	ID         string      `yaml:"id" json:"id"`
	Vendor     string      `yaml:"vendor" json:"vendor"` // Vendor.ID
	Title      string      `yaml:"title" json:"title"`
	Edition    string      `yaml:"edition" json:"edition,omitempty"`
	Slot       string      `yaml:"slot" json:"slot,omitempty"` // at most one offer of a slot: editions and tiers of a product, or products that stand for each other
	Link       string      `yaml:"link" json:"link"`           // 环节
	Layer      string      `yaml:"layer" json:"layer"`         // iaas, paas, saas, device, line, service
	Tags       []string    `yaml:"tags" json:"tags,omitempty"` // A1–D5, 小快轻准
	Deploy     []string    `yaml:"deploy" json:"deploy,omitempty"`
	Covers     []Cover     `yaml:"covers" json:"covers,omitempty"`
	Requires   [][]string  `yaml:"requires" json:"requires,omitempty"` // each list: one of these offers, or "need:<key>" for the capability
	Excludes   []string    `yaml:"excludes" json:"excludes,omitempty"`
	Includes   []string    `yaml:"includes" json:"includes,omitempty"`     // offers contained; their covers count
	Industries []string    `yaml:"industries" json:"industries,omitempty"` // GB/T 4754 prefixes; empty is all
	Size       Size        `yaml:"size" json:"size"`
	Protocols  []string    `yaml:"protocols" json:"protocols,omitempty"`
	Exit       string      `yaml:"exit" json:"exit,omitempty"`                    // how the data come out again
	Security   string      `yaml:"security_level" json:"securityLevel,omitempty"` // 等保; "" is 待核实
	Residency  string      `yaml:"residency" json:"residency,omitempty"`          // where the data lie; "" is 待核实
	Listed     []Listing   `yaml:"listed_in" json:"listedIn,omitempty"`           // public lists that name it
	Catalog    string      `yaml:"-" json:"catalog,omitempty"`                    // Catalog.ID that the row came with; "" is the shipped one
	Sponsor    string      `yaml:"sponsor_relation" json:"sponsorRelation,omitempty"`
	Source     string      `yaml:"source" json:"source"` // for the product's existence and what it covers
	PriceKind  PriceKind   `yaml:"price_kind" json:"priceKind"`
	Checked    survey.Date `yaml:"checked" json:"checked"`
	PriceFrom  string      `yaml:"price_source" json:"priceSource,omitempty"`
	Prices     []Price     `yaml:"prices" json:"prices,omitempty"` // components that add up
	Note       string      `yaml:"note" json:"note,omitempty"`
}

// Cover says how far an offer covers a need.
type Cover struct {
	Need   string `yaml:"need" json:"need"`
	Halves int    `yaml:"halves" json:"halves"` // 1 partly, 2 wholly
}

// Listing is one public list that names an offer, with what is known of it. No ranking follows from it.
type Listing struct {
	List   string `yaml:"list" json:"list"`
	Status string `yaml:"status" json:"status"` // 已核实 or 未核实
	Source string `yaml:"source" json:"source"`
}

// Size is the range of staff an offer is meant for; zero is open.
type Size struct {
	Min int `yaml:"min" json:"min,omitempty"`
	Max int `yaml:"max" json:"max,omitempty"`
}

// PriceKind says how well a price is founded.
type PriceKind string

// The kinds. PriceNone is an offer without a price.
const (
	PriceList     PriceKind = "list"
	PriceQuoted   PriceKind = "quoted"
	PriceEstimate PriceKind = "estimate"
	PriceNone     PriceKind = "none"
)

// PriceKindNames in form order.
var PriceKindNames = []survey.Named[PriceKind]{{Value: PriceList, Name: "公开标价"}, {Value: PriceQuoted, Name: "书面报价"}, {Value: PriceEstimate, Name: "区间估计"}, {Value: PriceNone, Name: "需询价"}}

// Price is one component of an offer's price: a schedule over a quantity of the case.
type Price struct {
	What   string `yaml:"what" json:"what"`
	Metric Metric `yaml:"metric" json:"metric"`
	Per    int    `yaml:"per" json:"per,omitempty"`       // how many of the metric one unit serves; 0 is 1
	Least  int    `yaml:"least" json:"least,omitempty"`   // fewest units sold
	Assume string `yaml:"assume" json:"assume,omitempty"` // the planning assumption behind Per, in words
	Term   int    `yaml:"term" json:"term,omitempty"`     // months sold at least, 0 is 待核实
	Tiers  []Tier `yaml:"tiers" json:"tiers"`             // ascending; the tier of the whole quantity counts
	Range  *Range `yaml:"range" json:"range,omitempty"`   // of an estimate, per unit: the tier takes its high end
}

// Metric is the quantity a price depends on.
type Metric string

// The metrics.
const (
	PerFirm    Metric = "firm"
	PerUser    Metric = "user"    // 从业人员
	PerDevice  Metric = "device"  // machines to connect
	PerMachine Metric = "machine" // all production machines
	PerLine    Metric = "line"    // 产线
	PerSite    Metric = "site"
	PerGB      Metric = "gb" // data to keep
)

// MetricNames gives the unit printed beside a quantity.
var MetricNames = []survey.Named[Metric]{{Value: PerFirm, Name: "家"}, {Value: PerUser, Name: "人"}, {Value: PerDevice, Name: "台待联网设备"}, {Value: PerMachine, Name: "台生产设备"}, {Value: PerLine, Name: "条产线"}, {Value: PerSite, Name: "个厂区"}, {Value: PerGB, Name: "GB 数据"}}

// Tier is the price of one unit up to a quantity of units.
type Tier struct {
	UpTo   int       `yaml:"upto" json:"upTo,omitempty"` // 0 is without end
	OneOff money.Fen `yaml:"one_off" json:"oneOff"`
	Yearly money.Fen `yaml:"yearly" json:"yearly"`
}

// Range is what the source gives for one unit, first year.
type Range struct {
	Low  money.Fen `yaml:"low" json:"low"`
	High money.Fen `yaml:"high" json:"high"`
}

// Platform is one dated row of the 双跨 lists. No ranking follows from it; Status stays 未核实 until a person has pasted the official page.
type Platform struct {
	Round    string      `yaml:"round" json:"round"`
	Platform string      `yaml:"platform" json:"platform"`
	Operator string      `yaml:"operator" json:"operator"`
	HQ       string      `yaml:"hq" json:"hq,omitempty"`
	Focus    string      `yaml:"focus" json:"focus,omitempty"`
	Status   string      `yaml:"status" json:"status"`
	Source   string      `yaml:"source" json:"source"`
	Checked  survey.Date `yaml:"checked" json:"checked"`
}

// CatalogExample is a question with its expected answer; the pack loader runs it.
type CatalogExample struct {
	Name    string     `yaml:"name"`
	Needs   []string   `yaml:"needs"`
	Given   Quantities `yaml:"given"`
	Budget  *money.Fen `yaml:"budget"`
	Offers  []string   `yaml:"offers"`
	Sum     money.Fen  `yaml:"sum"`
	Covered []string   `yaml:"covered"` // empty: all of Needs
}

// Offer finds an offer, nil when there is none.
func (c *Catalog) Offer(id string) *Offer {
	for i := range c.Offers {
		if c.Offers[i].ID == id {
			return &c.Offers[i]
		}
	}
	return nil
}

// Need finds a need, nil when there is none.
func (c *Catalog) Need(key string) *Need {
	for i := range c.Needs {
		if c.Needs[i].Key == key {
			return &c.Needs[i]
		}
	}
	return nil
}

// VendorName gives a vendor's name, the id when it is not listed.
func (c *Catalog) VendorName(id string) string {
	for _, v := range c.Vendors {
		if v.ID == id {
			return v.Name
		}
	}
	return id
}

// CoversOf gives what an offer covers together with the offers it includes, in order of the catalog's needs.
func (c *Catalog) CoversOf(o *Offer) []Cover {
	best := map[string]int{}
	add := func(list []Cover) {
		for _, v := range list {
			best[v.Need] = max(best[v.Need], v.Halves)
		}
	}
	add(o.Covers)
	for _, id := range o.Includes {
		if in := c.Offer(id); in != nil {
			add(in.Covers)
		}
	}
	var out []Cover
	for _, n := range c.Needs {
		if h := best[n.Key]; h > 0 {
			out = append(out, Cover{n.Key, h})
		}
	}
	return out
}
