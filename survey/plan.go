package survey

import "github.com/shangyuntong/shangyun/survey/money"

// Plan is what the firm wants to buy and within which limits.
type Plan struct {
	Needs     []NeedChoice `json:"needs,omitempty"`
	Budget    *money.Fen   `json:"budget,omitempty"` // first-year spending limit
	Target    int          `json:"target,omitempty"` // level wanted, 1–4; 0 is the next one
	Pinned    []string     `json:"pinned,omitempty"` // Offer.IDs the person insists on
	Banned    []string     `json:"banned,omitempty"` // Offer.IDs the person refuses
	Accepted  []Chosen     `json:"accepted,omitempty"`
	Counts    []PlanCount  `json:"counts,omitempty"`    // quantities that a person sets over the register's
	Quotes    []Quote      `json:"quotes,omitempty"`    // prices that vendors gave for this case
	Objective Objective    `json:"objective,omitempty"` // what the bundle is chosen by
	Worth     *money.Fen   `json:"worth,omitempty"`     // what one weight point is worth to the firm, for ObjectiveValue; nil is the average price of a point
	Cash      *money.Fen   `json:"cash,omitempty"`      // what can be paid before any refund; nil is no limit
	Local     Tri          `json:"local,omitempty"`     // Yes: also show the bundle of vendors in the province; never changes the ranking
	Start     Date         `json:"start,omitempty"`     // month the roadmap begins; "" is the month after the reference day
	Owners    []TaskOwner  `json:"owners,omitempty"`    // who sees to what in the roadmap
	Evidence  []Evidence   `json:"evidence,omitempty"`
}

// Objective is what a bundle is chosen by.
type Objective string

// The objectives. The level objective is not one of its own: it chooses the needs (see wizard.Desk.TakeWay) and then takes the cheapest.
const (
	ObjectiveCoverage Objective = ""         // most weight of needs within the budget, then least cost
	ObjectiveCheapest Objective = "cheapest" // every wanted need that has a price must be covered, at least cost
	ObjectiveValue    Objective = "value"    // least cost plus the worth of what stays open
)

// ObjectiveNames in form order.
var ObjectiveNames = []Named[Objective]{{ObjectiveCoverage, "预算内覆盖最多"}, {ObjectiveCheapest, "全部覆盖、花费最少"}, {ObjectiveValue, "最值：值不回价的需求不买"}}

// PlanCount is a quantity that prices depend on, as a person set it.
type PlanCount struct {
	Metric string `json:"metric"` // user, device, machine, line, site or gb
	N      int    `json:"n"`      // 1–1,000,000
}

// Quote is a price that a vendor gave for this case. It stands for the whole quantity asked for, so no schedule applies to it.
type Quote struct {
	ID     string    `json:"id"`               // Offer.ID of the catalog, or "own-…" for an offer that no catalog has
	Vendor string    `json:"vendor,omitempty"` // of an own offer
	Title  string    `json:"title,omitempty"`  // of an own offer
	Covers []string  `json:"covers,omitempty"` // need keys that an own offer covers wholly
	OneOff money.Fen `json:"oneOff"`
	Yearly money.Fen `json:"yearly"`
	Term   int       `json:"term,omitempty"` // months at least, 0 unknown
	Source string    `json:"source"`         // the paper: 报价单 number or title
	Date   Date      `json:"date"`           // of the paper
	Until  Date      `json:"until,omitempty"`
	Note   string    `json:"note,omitempty"`
}

// TaskOwner says who sees to an offer of the roadmap, and by which wave at the earliest.
type TaskOwner struct {
	Offer string `json:"offer"`
	Owner string `json:"owner,omitempty"`
	After int    `json:"after,omitempty"` // wave 1–12 before which it does not begin; 0 is as early as can be
}

// NeedChoice overrides what the gaps suggest for one need.
type NeedChoice struct {
	Need   string `json:"need"`
	Want   Tri    `json:"want"`             // Yes: must be covered; No: leave out; Unknown: as suggested
	Weight int64  `json:"weight,omitempty"` // 1–100; 0 is the catalog's
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
