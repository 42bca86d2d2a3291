package wizard

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Settings of the queue (待报送队列).
const (
	settingPaused = "portal.paused" // "1" while a person holds sending back
	settingRate   = "portal.rate"   // bytes a second, "" for no bound
)

// Times of the queue's own retry loop.
const (
	firstRest = 5 * time.Second
	longRest  = 15 * time.Minute
	askRest   = 5 * time.Minute // between two questions what became of sent requests
)

// Pacer is a Sender whose sending can be bounded.
type Pacer interface {
	SetRate(bytesPerSecond int64) // 0 takes the bound away
}

// patient is an error of a portal that says how long to wait.
type patient interface{ Wait() time.Duration }

// restAfter gives the rest after the n-th attempt failed: what the portal asked for, and on top of it a random share of a span that doubles
// up to a quarter of an hour, so that a hundred laptops behind one line do not come back together.
func restAfter(n int, err error) time.Duration {
	rest := time.Second + rand.N(min(firstRest<<min(max(n-1, 0), 16), longRest))
	var p patient
	if errors.As(err, &p) {
		rest += p.Wait()
	}
	return rest
}

// needsPerson tells failures that the same bytes will meet again: the portal refused them, or they are no longer whole here.
func needsPerson(err error) bool {
	switch survey.CodeOf(err) {
	case survey.CodePortalRefused, survey.CodeConflict, survey.CodeFileBroken, survey.CodeFileMissing, survey.CodeStoreDamaged:
		return true
	}
	return false
}

// Waiting is one request in the queue as people see it.
type Waiting struct {
	Request
	Firm string        `json:"firm"`
	Rest time.Duration `json:"rest"` // until the next try; 0: at once. Nanoseconds
	Held bool          `json:"held"` // a person must act first
}

// Round is what one pass over the queue did.
type Round struct {
	Sent   int           `json:"sent"`   // requests that have their receipts now
	Failed int           `json:"failed"` // attempts that failed
	Held   int           `json:"held"`   // requests that a person must look at
	Left   int           `json:"left"`   // requests that wait for another try
	Next   time.Duration `json:"next"`   // until the first of them is due, 0 when nothing waits. Nanoseconds
	Last   error         `json:"-"`      // of the last failed attempt
}

// Queue lists what waits to be sent, of all cases.
func (d *Desk) Queue(ctx context.Context) ([]Waiting, error) {
	all, err := d.Outbox.Waiting(ctx)
	if err != nil {
		return nil, err
	}
	entries, err := d.Cases.List(ctx)
	if err != nil {
		return nil, err
	}
	firms := map[string]string{}
	for _, e := range entries {
		firms[e.ID] = e.Name
	}
	out := []Waiting{}
	for _, r := range all {
		out = append(out, Waiting{Request: r, Firm: firms[r.CaseID], Rest: d.rest(r), Held: r.State == submit.StateBlocked})
	}
	return out, nil
}

// rest is how long a request waits yet. A moment further away than any rest may be comes from another clock and does not hold it.
func (d *Desk) rest(r Request) time.Duration {
	left := r.NextAt.Sub(d.Now())
	if r.NextAt.IsZero() || left < 0 || left > longRest+24*time.Hour {
		return 0
	}
	return left
}

// Flush tries once to send every request of every case that is due, with now also those that rest; held ones only with now. The oldest goes
// first and revisions keep their order. One that fails keeps no other back: after a failure of the line the portal is asked whether it
// is there, and only when it is not the others are left for the next round.
func (d *Desk) Flush(ctx context.Context, now bool, tell func(Request, submit.Progress)) (Round, error) {
	var round Round
	e, err := d.needEnrolment(ctx)
	if err == nil {
		err = d.flowing(ctx)
	}
	if err != nil {
		return round, err
	}
	all, err := d.Outbox.Waiting(ctx)
	if err != nil {
		return round, err
	}
	stuck := map[string]bool{} // request ids with a revision that must go first
	for _, r := range all {
		due := now || d.rest(r) == 0 && r.State != submit.StateBlocked
		if !due || stuck[r.ID] {
			stuck[r.ID] = true
			continue
		}
		sent, err := d.flush(ctx, *e, r, tell)
		if sent {
			round.Sent++
		}
		if err == nil {
			continue
		}
		round.Failed++
		round.Last, stuck[r.ID] = err, true
		if ctx.Err() != nil || survey.CodeOf(err) == survey.CodePaused || survey.CodeOf(err).Class() == survey.ClassNetwork && d.samePortal(ctx, *e) != nil {
			break
		}
	}
	return d.tally(context.WithoutCancel(ctx), round)
}

// flush sends one request of the queue, unless a newer one stands in its place or it is for another portal; it tells whether it has its receipt now.
func (d *Desk) flush(ctx context.Context, e submit.Enrolment, r Request, tell func(Request, submit.Progress)) (bool, error) {
	all, err := d.Outbox.Requests(ctx, r.CaseID)
	if err != nil {
		return false, err
	}
	if last := latest(all, r.Kind); last == nil || last.ID != r.ID {
		return false, nil
	}
	if err := d.introduce(ctx, e, r, all); err != nil {
		return false, err
	}
	err = d.deliver(ctx, e, r, func(p submit.Progress) {
		if tell != nil {
			tell(r, p)
		}
	})
	if err != nil {
		return false, err
	}
	after, err := d.Outbox.Requests(ctx, r.CaseID)
	for _, x := range after {
		if x.ID == r.ID && x.Revision == r.Revision {
			return x.Receipt != nil, err
		}
	}
	return false, err
}

// tally counts what is left.
func (d *Desk) tally(ctx context.Context, round Round) (Round, error) {
	all, err := d.Outbox.Waiting(ctx)
	for _, r := range all {
		if r.State == submit.StateBlocked {
			round.Held++
			continue
		}
		round.Left++
		if rest := max(d.rest(r), time.Second); round.Next == 0 || rest < round.Next {
			round.Next = rest
		}
	}
	return round, err
}

// Keep sends what is due, asks what became of the rest and waits until something is due again, until ctx ends. wait sleeps and gives an
// error when it is woken for good; each is told what every pass did. With until set it ends by itself once nothing waits any more.
func (d *Desk) Keep(ctx context.Context, until bool, wait func(context.Context, time.Duration) error, tell func(Request, submit.Progress), each func(Round, error)) error {
	for {
		round, err := d.Flush(ctx, false, tell)
		if err == nil && round.Last == nil {
			_, err = d.News(ctx)
		}
		if ctx.Err() != nil {
			return survey.Wrap(survey.CodeCancelled, "wizard.keep", ctx.Err())
		}
		each(round, err)
		if err != nil && survey.CodeOf(err).Class() != survey.ClassNetwork {
			return err
		}
		if until && err == nil && round.Left == 0 {
			return nil
		}
		rest := askRest
		if round.Next > 0 {
			rest = min(rest, round.Next)
		}
		if err := wait(ctx, rest); err != nil {
			return survey.Wrap(survey.CodeCancelled, "wizard.keep", err)
		}
	}
}

// Pause holds sending back until Resume, also over the end of the program; what is on its way ends with the verb that sends it.
func (d *Desk) Pause(ctx context.Context) error {
	return d.Settings.PutSetting(ctx, settingPaused, "1")
}

// Resume lets sending go on.
func (d *Desk) Resume(ctx context.Context) error {
	return d.Settings.PutSetting(ctx, settingPaused, "")
}

// Paused tells whether a person holds sending back.
func (d *Desk) Paused(ctx context.Context) (bool, error) {
	v, err := d.Settings.Setting(ctx, settingPaused)
	return v == "1", err
}

// flowing fails with E0507 while sending is paused, and brings the bound of the line to the sender.
func (d *Desk) flowing(ctx context.Context) error {
	if p, ok := d.Sender.(Pacer); ok {
		rate, err := d.Rate(ctx)
		if err != nil {
			return err
		}
		p.SetRate(rate)
	}
	paused, err := d.Paused(ctx)
	if err == nil && paused {
		err = survey.Fail(survey.CodePaused, "wizard.send", "报送已暂停")
	}
	return err
}

// Rate gives the bound of the line in bytes a second, 0 for none.
func (d *Desk) Rate(ctx context.Context) (int64, error) {
	v, err := d.Settings.Setting(ctx, settingRate)
	n, bad := strconv.ParseInt(v, 10, 64)
	if err != nil || bad != nil {
		return 0, err
	}
	return n, nil
}

// SetRate keeps the bound of the line, 1 kB to 1 GB a second; 0 takes it away.
func (d *Desk) SetRate(ctx context.Context, bytesPerSecond int64) error {
	if bytesPerSecond != 0 && (bytesPerSecond < 1000 || bytesPerSecond > 1e9) {
		return survey.Fail(survey.CodeField, "wizard.rate", "上传速度须为每秒 1 kB 到 1 GB，0 为不限")
	}
	return d.Settings.PutSetting(ctx, settingRate, strconv.FormatInt(bytesPerSecond, 10))
}
