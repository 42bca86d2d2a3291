package survey

import "github.com/shangyuntong/shangyun/survey/money"

// Answer is what a person declared for one scored item (Q1–Q15). For an item that the register answers it is the
// declaration 自报 that stands beside the computed answer.
type Answer struct {
	Item        string     `json:"item"`                  // item key, e.g. "Q6"
	Options     []string   `json:"options"`               // option letters, sorted; empty means withdrawn
	Explanation string     `json:"explanation,omitempty"` // why a declaration differs from the computed answer
	Evidence    []Evidence `json:"evidence,omitempty"`
}

// SceneAnswer is the level a person confirmed for one of the 16 应用场景.
type SceneAnswer struct {
	Scene    string     `json:"scene"` // scene key
	Level    int        `json:"level"` // 0 (未开展) to 4
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Plan is what the firm wants to buy and within which limits.
type Plan struct {
	Needs    []NeedChoice `json:"needs,omitempty"`
	Budget   *money.Fen   `json:"budget,omitempty"` // first-year spending limit
	Target   int          `json:"target,omitempty"` // level wanted, 1–4; 0 is the next one
	Pinned   []string     `json:"pinned,omitempty"` // Offer.IDs the person insists on
	Banned   []string     `json:"banned,omitempty"` // Offer.IDs the person refuses
	Accepted []Chosen     `json:"accepted,omitempty"`
	Evidence []Evidence   `json:"evidence,omitempty"`
}

// NeedChoice overrides what the gaps suggest for one need.
type NeedChoice struct {
	Need string `json:"need"`
	Want Tri    `json:"want"` // Yes: must be covered; No: leave out; Unknown: as suggested
}

// Chosen is one line of a bundle that a person accepted, with the price as it was shown then. It is planned money: a 预测 that
// never enters an application.
type Chosen struct {
	Offer     string    `json:"offer"`
	Title     string    `json:"title"`
	Quantity  int       `json:"quantity"`
	FirstYear money.Fen `json:"firstYear"`
	PriceKind string    `json:"priceKind"` // list, quoted, estimate
	Source    string    `json:"source"`
	Checked   Date      `json:"checked"`
}

// Onboarding is what one platform operator needs to connect the firm; it never holds bank, identity, finances or other
// vendors' offers.
type Onboarding struct {
	Operator string   `json:"operator,omitempty"` // vendor of the chosen offers
	Offers   []string `json:"offers,omitempty"`
	Assets   []string `json:"assets,omitempty"` // Asset.IDs to connect
	Network  string   `json:"network,omitempty"`
	From     Date     `json:"from,omitempty"` // wished start
	To       Date     `json:"to,omitempty"`
	Note     string   `json:"note,omitempty"`
}
