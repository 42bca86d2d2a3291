package survey

import "time"

// SchemaCase is the version mark of the exchange JSON.
const SchemaCase = "shangyun-case/1"

// Case is everything known about one firm's request. It stores facts only; lists keep their order.
type Case struct {
	Schema       string            `json:"schema"`
	ID           string            `json:"id"` // UUIDv7
	Created      time.Time         `json:"created"`
	AsOf         Date              `json:"asOf"` // reference day for "last year" and windows
	Firm         Firm              `json:"firm"`
	Sites        []Site            `json:"sites,omitempty"`
	Years        []Year            `json:"years,omitempty"` // ascending
	Titles       []Title           `json:"titles,omitempty"`
	Assets       []Asset           `json:"assets,omitempty"`
	Systems      []System          `json:"systems,omitempty"`
	Arrangements []Arrangement     `json:"arrangements,omitempty"`
	Conflicts    []Conflict        `json:"conflicts,omitempty"`
	Answers      []Answer          `json:"answers,omitempty"`
	Scenes       []SceneAnswer     `json:"scenes,omitempty"`
	Plan         Plan              `json:"plan"`
	Onboarding   Onboarding        `json:"onboarding"`
	Project      Project           `json:"project"`
	Contracts    []Contract        `json:"contracts,omitempty"`
	Invoices     []Invoice         `json:"invoices,omitempty"`
	Payments     []Payment         `json:"payments,omitempty"`
	Aids         []Aid             `json:"aids,omitempty"`
	Notices      []Notice          `json:"notices,omitempty"`
	Attachments  []Attachment      `json:"attachments,omitempty"`
	Consents     []Consent         `json:"consents,omitempty"`
	Settlements  []Settlement      `json:"settlements,omitempty"`
	Snapshots    []Snapshot        `json:"snapshots,omitempty"`
	Layouts      []Layout          `json:"layouts,omitempty"`
	Editions     []Edition         `json:"editions,omitempty"` // texts that Snapshots followed, each once
	Drafts       map[string]string `json:"drafts,omitempty"`   // field path → text that could not be taken yet
}

// Consent records that a person agreed to let named content leave for a named recipient.
type Consent struct {
	ID        string    `json:"id"`
	Kind      string    `json:"kind"` // application or onboarding
	Recipient string    `json:"recipient"`
	Text      string    `json:"text"`
	By        string    `json:"by"`
	At        time.Time `json:"at"`
}

// Conflict is one field on which two witnesses disagree; it stays until a person settles it.
type Conflict struct {
	ID       string   `json:"id"`
	Asset    string   `json:"asset"` // Asset.ID
	Field    string   `json:"field"` // path inside the asset, e.g. "nameplate.model"
	Have     string   `json:"have"`  // value in the register
	Got      string   `json:"got"`   // value of the other witness, as a form field takes it
	Evidence Evidence `json:"evidence"`
}

// Settlement (裁定) records that a person chose between the values that two people, apart from each other, had left one fact with. The
// revisions that lost stay in the history; taking the settlement out opens the choice again.
type Settlement struct {
	ID   string    `json:"id"`
	Kind string    `json:"kind"`           // of the fact
	Fact string    `json:"fact"`           // id of the fact
	Kept string    `json:"kept"`           // revision that was in force when the person chose, 64 hex digits
	Lost []string  `json:"lost"`           // revisions that were not chosen
	Over []string  `json:"over,omitempty"` // earlier settlements that this one takes the place of
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// LastYear gives the calendar year before AsOf, 0 when AsOf is unknown.
func (c *Case) LastYear() int {
	if y := c.AsOf.Year(); y > 0 {
		return y - 1
	}
	return 0
}

// Year finds the figures of a year, nil when there are none.
func (c *Case) Year(y int) *Year {
	for i := range c.Years {
		if c.Years[i].Year == y {
			return &c.Years[i]
		}
	}
	return nil
}

// System finds a system by id, nil when there is none.
func (c *Case) System(id string) *System {
	for i := range c.Systems {
		if c.Systems[i].ID == id {
			return &c.Systems[i]
		}
	}
	return nil
}

// Arrangement gives what is known of one arrangement.
func (c *Case) Arrangement(kind ArrangementKind) Arrangement {
	for _, m := range c.Arrangements {
		if m.Kind == kind {
			return m
		}
	}
	return Arrangement{Kind: kind}
}

// Answer finds the declared answer of an item, nil when there is none.
func (c *Case) Answer(item string) *Answer {
	for i := range c.Answers {
		if c.Answers[i].Item == item {
			return &c.Answers[i]
		}
	}
	return nil
}

// Title finds the first title of a kind, nil when nothing was said about it.
func (c *Case) Title(kind string) *Title {
	for i := range c.Titles {
		if c.Titles[i].Kind == kind {
			return &c.Titles[i]
		}
	}
	return nil
}
