package wizard

import (
	"context"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Outgoing is one case of a batch (批量报送): what would leave and what stands against it, and once it was tried how it ended.
type Outgoing struct {
	ID      string      `json:"id"`
	Name    string      `json:"name"`
	Consent string      `json:"consent,omitempty"` // the sentence a person agrees to for this firm
	Agreed  bool        `json:"agreed"`            // it is recorded already
	Open    []string    `json:"open,omitempty"`    // what stands against sending, in words
	Sent    bool        `json:"sent"`              // the case as it stands has its receipt
	Receipt string      `json:"receipt,omitempty"` // number
	Sealed  bool        `json:"sealed"`            // it waits in the outbox
	Code    survey.Code `json:"code,omitempty"`    // why it was not sent
	Detail  string      `json:"detail,omitempty"`
}

// Ready tells whether the case can be sent once its consent is given.
func (o Outgoing) Ready() bool { return o.Code == "" && len(o.Open) == 0 && !o.Sent }

// fail notes an error with the case.
func (o *Outgoing) fail(err error) { o.Code, o.Detail = survey.CodeOf(err), survey.DetailOf(err) }

// Outgoings looks at cases before a batch; nothing is changed or sent. A case that cannot be read says so and stops nothing. It fails without
// a portal (E0405), without cases (E0320) and when cancelled (E0003).
func (d *Desk) Outgoings(ctx context.Context, ids []string, kind submit.Kind, tell func(done int)) ([]Outgoing, error) {
	e, err := d.needEnrolment(ctx)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, survey.Fail(survey.CodeNothingMarked, "wizard.outgoings", "没有选企业")
	}
	out := make([]Outgoing, 0, len(ids))
	for i, id := range ids {
		if ctx.Err() != nil {
			return nil, survey.Wrap(survey.CodeCancelled, "wizard.outgoings", ctx.Err())
		}
		if tell != nil {
			tell(i)
		}
		o := Outgoing{ID: id, Consent: ConsentText(kind, e.Portal)}
		st, err := d.Open(ctx, id)
		if err != nil {
			o.fail(err)
		} else {
			o.Name, o.Open, o.Agreed = st.Case.Firm.Name, st.Ready(kind), consent(st.Case, kind, e.Portal) != nil
			if last := latest(st.Requests, kind); last != nil && last.Receipt != nil && o.Agreed {
				o.Sent, _, err = d.rebuild(ctx, st, kind, last, e, consent(st.Case, kind, e.Portal))
				if o.Receipt = last.Receipt.Number; err != nil {
					o.fail(err)
				}
			}
		}
		out = append(out, o)
	}
	return out, nil
}

// downAfter is how many cases in a row may find no portal before the rest of a batch is only sealed.
const downAfter = 3

// SendMany records the consent, seals and sends each case, one after the other. agreed are the firms that a person agreed for; of the others only
// those leave whose consent is recorded already. What goes wrong with one case is written beside it and the next one is tried; when the portal
// cannot be reached for some cases in a row, the rest is sealed and waits in the outbox. tell hears of each case when it begins (ended false), of
// its bytes, and how it ended. Cancelling stops before the next case: those not begun carry E0003.
func (d *Desk) SendMany(ctx context.Context, cases []Outgoing, kind submit.Kind, agreed []string, tell func(at int, o Outgoing, done, total int64, ended bool)) ([]Outgoing, error) {
	if _, err := d.needEnrolment(ctx); err != nil {
		return nil, err
	}
	if tell == nil {
		tell = func(int, Outgoing, int64, int64, bool) {}
	}
	out := slices.Clone(cases)
	down := 0
	for i := range out {
		o := &out[i]
		if !o.Ready() {
			continue
		}
		if ctx.Err() != nil {
			o.fail(survey.Wrap(survey.CodeCancelled, "wizard.sendmany", ctx.Err()))
			tell(i, *o, 0, 0, true)
			continue
		}
		tell(i, *o, 0, 0, false)
		err := d.sendOne(ctx, o, kind, slices.Contains(agreed, o.ID), down < downAfter, func(p submit.Progress) { tell(i, *o, p.All, p.Total, false) })
		if survey.CodeOf(err).Class() == survey.ClassNetwork {
			down++
		} else if err == nil {
			down = 0
		}
		if err != nil {
			o.fail(err)
		}
		tell(i, *o, 0, 0, true)
	}
	return out, nil
}

func (d *Desk) sendOne(ctx context.Context, o *Outgoing, kind submit.Kind, agreed, reachable bool, progress func(submit.Progress)) error {
	if agreed && !o.Agreed {
		if _, err := d.Agree(ctx, o.ID, kind); err != nil {
			return err
		}
		o.Agreed = true
	}
	if !o.Agreed {
		return survey.Fail(survey.CodeConsent, "wizard.sendmany", "这家企业还没有同意")
	}
	_, sealed, err := d.Seal(ctx, o.ID, kind)
	if err != nil {
		return err
	}
	if o.Sealed = true; !reachable {
		return survey.Fail(survey.CodePortalDown, "wizard.sendmany", "门户连不上，已封存，待报送")
	}
	st, err := d.Send(ctx, o.ID, kind, progress)
	if err != nil {
		return err
	}
	for _, r := range st.Requests {
		if r.ID == sealed.ID && r.Revision == sealed.Revision && r.Receipt != nil {
			o.Sent, o.Receipt = true, r.Receipt.Number
			return nil
		}
	}
	return survey.Fail(survey.CodeReceipt, "wizard.sendmany", "没有取得回执")
}
