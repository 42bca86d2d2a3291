package wizard

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Entry is one line of the 工作台. From CreditCode to Made it is what the case's Overview says; while Made is "" that is not known.
type Entry struct {
	ID         string        `json:"id"`
	Name       string        `json:"name"` // firm name, "" while unnamed
	Region     string        `json:"region"`
	Created    time.Time     `json:"created"`
	Updated    time.Time     `json:"updated"`
	CreditCode string        `json:"creditCode,omitempty"`
	LevelName  string        `json:"levelName,omitempty"` // "" is 未评测
	Level      int           `json:"level"`               // 0 (未达级) to 4
	Score      assess.Points `json:"score"`
	Next       StepKey       `json:"next,omitempty"` // what to mend first, else the first step that is not done; "" when all are
	Open       int           `json:"open,omitempty"` // things open in Next
	Problem    bool          `json:"problem,omitempty"`
	Request    submit.State  `json:"request,omitempty"` // of the request sealed last; "" when there is none
	Receipt    bool          `json:"receipt,omitempty"` // it has one
	Stale      bool          `json:"stale,omitempty"`   // not known, or made by other packs or another program: see Desk.Renew
	Made       string        `json:"-"`                 // by which packs and program

	RetainUntil survey.Date `json:"retainUntil,omitempty"` // 保存期限; "" is without end

	Deadline survey.Date `json:"deadline,omitempty"` // next day by which something of the case is due; "" when none is known
	Deed     string      `json:"deed,omitempty"`     // what is due then
}

// Overview is what the list shows of a case beside its times and requests. It follows from the case and the packs, so that it may always be
// made again; a store keeps it sealed.
type Overview struct {
	Name       string        `json:"name"`
	CreditCode string        `json:"creditCode"`
	Region     string        `json:"region"`
	LevelName  string        `json:"levelName"`
	Level      int           `json:"level"`
	Score      assess.Points `json:"score"`
	Next       StepKey       `json:"next"` // as long as nothing is sent
	Open       int           `json:"open"`
	Problem    bool          `json:"problem"`
	Made       string        `json:"made"`

	StepDue survey.Date `json:"stepDue,omitempty"` // earliest day of what leads to handing in and is not done; "" when none is known
	StepDo  string      `json:"stepDo,omitempty"`
	DutyDue survey.Date `json:"dutyDue,omitempty"` // the same of what follows the award
	DutyDo  string      `json:"dutyDo,omitempty"`
}

// Take puts what an overview says into the line; Request and Receipt have to be there already.
func (e *Entry) Take(o Overview) {
	e.Name, e.CreditCode, e.Region = o.Name, o.CreditCode, o.Region
	e.LevelName, e.Level, e.Score = o.LevelName, o.Level, o.Score
	e.Next, e.Open, e.Problem, e.Made = o.Next, o.Open, o.Problem, o.Made
	if e.Next == StepReview && e.Open == 0 && e.Receipt { // see steps
		e.Next = ""
	}
	e.Deadline, e.Deed = o.DutyDue, o.DutyDo
	if o.StepDue != "" && !e.In(GroupSent) && (e.Deadline == "" || o.StepDue <= e.Deadline) { // what was handed in is not due any more
		e.Deadline, e.Deed = o.StepDue, o.StepDo
	}
}

// Seen is what a save brings beside its changes.
type Seen struct {
	Overview
	Mark *Mark // see Histories.SaveMarked; nil for an edit
}

// Overviews keeps the overviews and finds cases by them.
type Overviews interface {
	// Search gives the cases that a query leaves. While the store is locked nothing but ids and times is known.
	Search(ctx context.Context, q Query) (Found, error)
	// SaveSeen is Cases.Save or Histories.SaveMarked together with the overview that follows, in the same durable transaction.
	SaveSeen(ctx context.Context, id string, changes []Change, s Seen, by string, at time.Time) error
	// Overview gives the kept overview, the zero one when it has to be made, and a stamp that changes with the case.
	Overview(ctx context.Context, id string) (o Overview, stamp int64, err error)
	// PutOverview keeps an overview made from the case as it was at the stamp; it changes nothing when the case went on since.
	PutOverview(ctx context.Context, id string, stamp int64, o Overview) error
}

// overview tells what the list shows of a state.
func (d *Desk) overview(st *State) Overview {
	f := st.Case.Firm
	o := Overview{Name: f.Name, CreditCode: f.CreditCode, Region: f.Region, Made: d.made()}
	if a := st.Assessment; len(a.Open) < len(a.Items)+len(a.Scenes) {
		o.Level, o.Score = a.Level, a.Score
		o.LevelName, _, _ = strings.Cut(a.LevelName, " ")
	}
	o.StepDue, o.StepDo = earliest(st.Tasks(), false)
	o.DutyDue, o.DutyDo = earliest(st.Tasks(), true)
	for _, s := range st.Steps {
		if s.State == "problem" {
			o.Next, o.Open, o.Problem = s.Key, s.Open, true
			return o
		}
	}
	for _, s := range st.Steps {
		if s.State != "done" || s.Key == StepReview { // whether that one is done depends on the receipt: see Take
			o.Next, o.Open = s.Key, s.Open
			return o
		}
	}
	return o
}

// earliest gives the first day of the tasks that are not done, and what is due then.
func earliest(tasks []apply.Task, after bool) (due survey.Date, what string) {
	for _, t := range tasks {
		if t.After == after && !t.Done && t.Due != "" && (due == "" || t.Due < due) {
			due, what = t.Due, t.Title
		}
	}
	return due, what
}

// rules is raised when the program derives an overview otherwise from the same packs and version.
const rules = "2"

// made names what overviews are made by: the contents of the packs, and the program.
func (d *Desk) made() string {
	if d.mark == "" {
		h := sha256.New()
		e := json.NewEncoder(h)
		for _, v := range []any{rules, d.Program, d.Packs} {
			_ = e.Encode(v) // packs are plain data
		}
		d.mark = hex.EncodeToString(h.Sum(nil)[:8])
	}
	return d.mark
}

// save stores changes with the overview of the state that follows; without a store for overviews it is a plain save.
func (d *Desk) save(ctx context.Context, changes []Change, m *Mark, after *State) error {
	id := after.Case.ID
	if err := d.mayChange(ctx, id, changes); err != nil {
		return err
	}
	switch {
	case d.Overviews != nil:
		return d.Overviews.SaveSeen(ctx, id, changes, Seen{d.overview(after), m}, d.By, d.moment())
	case m != nil:
		return d.History.SaveMarked(ctx, id, changes, *m, d.By, d.moment())
	}
	return d.Cases.Save(ctx, id, changes, d.By, d.moment())
}

// Search gives the cases that a query leaves, with those marked whose overview was made by other packs or another program.
func (d *Desk) Search(ctx context.Context, q Query) (Found, error) {
	q.Today = d.today()
	if d.Overviews == nil {
		all, err := d.Cases.List(ctx)
		lines := make([]*Line, len(all))
		for i := range all {
			all[i].Stale = true
			lines[i] = NewLine(all[i])
		}
		return NewLines(lines).Find(q), err
	}
	found, err := d.Overviews.Search(ctx, q)
	for i := range found.Entries {
		found.Entries[i].Stale = found.Entries[i].Made != d.made()
	}
	return found, err
}

// Renew makes the overview of a case again when it is missing or stale. It fails when the case cannot be read.
func (d *Desk) Renew(ctx context.Context, id string) error {
	_, err := d.look(ctx, id)
	return err
}

// look loads a case and derives everything from it; on the way it mends the overview. That one cannot be kept is no reason not to show the
// case: the list then goes on saying that it is stale.
func (d *Desk) look(ctx context.Context, id string) (*State, error) {
	var had Overview
	var stamp int64
	if d.Overviews != nil {
		had, stamp, _ = d.Overviews.Overview(ctx, id)
	}
	c, err := d.Cases.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	st, err := d.state(ctx, d.Derive(ctx, c))
	if err == nil && d.Overviews != nil {
		if now := d.overview(st); now != had {
			_ = d.Overviews.PutOverview(ctx, id, stamp, now)
		}
	}
	return st, err
}
