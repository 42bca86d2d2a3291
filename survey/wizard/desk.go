package wizard

import (
	"context"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/intake"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/recommend/exact"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// Packs are the decoded packs a Desk works with.
type Packs struct {
	Questions *assess.Questionnaire
	Standards []assess.Standard // other standards that the register answers in part; may be empty
	Catalog   *recommend.Catalog
	Software  []inventory.SoftwareRule // what recognises factory software on a computer; may be empty
	Guide     inventory.Guide          // where machines that were not identified show what they are
	Policies  []*subsidy.Policy        // every policy pack
	Portals   []*apply.Guide           // guides to government portals; may be empty
	Intakes   []*intake.Pack           // platforms' own intakes; may be empty
	Policy    *subsidy.Policy          // the one that a case falls to when none of Policies is for its region
}

// Parts are what a Desk is joined from. Every one is needed except Overviews, Lock, Ways, Backups, History, Audit, Eraser, Retainer, Scanner, Software, Network, Importer, Invoices, Registers, Filler, Prints, Dossiers, Reporter, Registrar, Sender,
// Threads, Parcels and Updater, whose
// verbs then fail with E0401; without Overviews the list knows names and places only.
type Parts struct {
	Cases     Cases
	Overviews Overviews
	Blobs     Blobs
	Outbox    Outbox
	Settings  Settings
	Lock      Lock
	Ways      Ways
	Backups   Backups
	History   Histories
	Audit     Audit
	Eraser    Eraser
	Retainer  Retainer
	Scanner   Scanner
	Software  Software
	Network   NetScanner
	Importer  Importer
	Invoices  InvoiceReader
	Registers RegisterWriter
	Filler    Filler
	Prints    func(r rune) bool // whether the papers can show a character; nil takes every one as printable
	Dossiers  Dossiers
	Reporter  Reporter
	Registrar Registrar
	Sender    Sender
	Intake    Intakes // may be nil
	Threads   Threads
	Parcels   Parcels
	Updater   Updater
	Solver    recommend.Solver
	Engine    exact.Engine // for ways to a level; may be nil
	Packs     Packs
	Now       Clock
	NewID     func() string // UUIDv7
	Secret    func() string // 64 random hex digits
	Device    string        // name of this computer, for the portal
	By        string        // the person at this desk
	Program   string        // version of the program: overviews made by another one are made again; reports print it
	Letters   Letters       // for inquiries and replies; may be nil
	Sheets    Sheets        // plain tables as XLSX; may be nil
	Walks     Walks         // papers and lists of a visit; may be nil
	Codes     CodeReader    // reads the QR codes in a photo; may be nil
	Signers   Signatures    // of loaded catalogs; may be nil
}

// Desk holds the verbs of the wizard and the command line. Its methods may be called one at a time from any goroutine.
type Desk struct {
	Parts
	last   time.Time       // of the newest save; see moment
	mark   string          // see made
	viewed map[string]bool // cases whose viewing is noted already
	shelf  shelf           // see catalog
	missed int             // how often in a row the portal was not there
}

// NewDesk joins a desk.
func NewDesk(p Parts) *Desk { return &Desk{Parts: p} }

// List gives the cases, newest change first.
func (d *Desk) List(ctx context.Context) ([]Entry, error) { return d.Cases.List(ctx) }

// New begins an empty case whose reference day is today.
func (d *Desk) New(ctx context.Context, name string) (*State, error) {
	c := &survey.Case{Schema: survey.SchemaCase, ID: d.NewID(), Created: d.Now().UTC(), AsOf: d.today()}
	if name != "" {
		if err := Set(c, "firm.name", name, d.By, d.Now()); err != nil {
			return nil, err
		}
	}
	return d.adopt(ctx, c)
}

// Adopt stores a case that came as a file under a new id, so that nothing here is overwritten.
func (d *Desk) Adopt(ctx context.Context, c *survey.Case) (*State, error) {
	c = c.Clone()
	c.ID = d.NewID()
	if c.AsOf == "" {
		c.AsOf = d.today()
	}
	return d.adopt(ctx, c)
}

func (d *Desk) adopt(ctx context.Context, c *survey.Case) (*State, error) {
	if err := d.Cases.Create(ctx, c, d.By, d.moment()); err != nil {
		return nil, err
	}
	return d.Open(ctx, c.ID)
}

// Open loads a case and derives everything from it.
func (d *Desk) Open(ctx context.Context, id string) (*State, error) {
	return d.look(ctx, id)
}

// Edit changes a case by a function and saves exactly the facts that differ, in one transaction. When change fails nothing is saved.
func (d *Desk) Edit(ctx context.Context, id string, change func(*survey.Case) error) (*State, error) {
	before, err := d.Cases.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	after := before.Clone()
	if err := change(after); err != nil {
		return nil, err
	}
	changes, err := Diff(before, after)
	if err != nil {
		return nil, err
	}
	st := d.Derive(ctx, after)
	if len(changes) > 0 {
		if err := d.save(ctx, changes, nil, st); err != nil {
			return nil, err
		}
	}
	return d.state(ctx, st)
}

// Set writes one field. Text that cannot be taken is kept as a draft, so that nothing entered is lost, and the reason is returned together
// with the state; a good value clears the draft.
func (d *Desk) Set(ctx context.Context, id, path, raw string) (*State, error) {
	var refused error
	st, err := d.Edit(ctx, id, func(c *survey.Case) error {
		refused = Set(c, path, raw, d.By, d.Now())
		switch {
		case refused == nil:
			delete(c.Drafts, path)
		case survey.CodeOf(refused) == survey.CodeUnknownItem:
			return refused
		default:
			if c.Drafts == nil {
				c.Drafts = map[string]string{}
			}
			c.Drafts[path] = keepDraft(raw)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return st, refused
}

// keepDraft bounds what is kept of a text that cannot be taken.
func keepDraft(raw string) string {
	if r := []rune(raw); len(r) > maxText {
		return string(r[:maxText])
	}
	return raw
}

// Diff gives the facts that turn before into after: changed and new ones, then those gone.
func Diff(before, after *survey.Case) ([]Change, error) {
	now, gone, err := survey.Diff(before, after)
	if err != nil {
		return nil, err
	}
	var out []Change
	for _, f := range now {
		out = append(out, Change{Fact: f})
	}
	for _, f := range gone {
		out = append(out, Change{Fact: f, Gone: true})
	}
	return out, nil
}

func (d *Desk) today() survey.Date {
	return survey.Date(d.Now().In(time.FixedZone("CST", 8*3600)).Format("2006-01-02"))
}

// person is the evidence that whoever sits at this desk said so.
func (d *Desk) person(note string) survey.Evidence {
	return survey.Evidence{Source: survey.SourcePerson, By: d.By, At: d.Now().UTC(), Note: note}
}
