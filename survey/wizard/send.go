package wizard

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Send delivers the newest request of this kind, its revisions without a receipt in order, and keeps the verified receipts. What was agreed
// to for another portal, or stood in place of a newer request, does not leave. Send may be repeated at any time; what was sent stays sent. It fails with E0507 while
// sending is paused. Failures are kept with the request and returned.
func (d *Desk) Send(ctx context.Context, id string, kind submit.Kind, tell func(submit.Progress)) (*State, error) {
	e, err := d.needEnrolment(ctx)
	if err == nil {
		err = d.flowing(ctx)
	}
	if err != nil {
		return nil, err
	}
	all, err := d.Outbox.Requests(ctx, id)
	if err != nil {
		return nil, err
	}
	var failed error
	last := latest(all, kind)
	for _, r := range slices.Backward(all) {
		if last == nil || r.ID != last.ID || r.Receipt != nil {
			continue
		}
		if failed = d.introduce(ctx, *e, r, all); failed == nil {
			failed = d.deliver(ctx, *e, r, tell)
		}
		if failed != nil {
			break
		}
	}
	st, err := d.Open(context.WithoutCancel(ctx), id)
	if err != nil {
		return nil, err
	}
	return st, failed
}

// introduce shows the portal, before a revision leaves, that the one before it is known here when another computer sent that: the very bytes
// once more. A portal takes the next revision of a request only from who has it; the answer is the receipt that is known already.
func (d *Desk) introduce(ctx context.Context, e submit.Enrolment, r Request, all []Request) error {
	for _, base := range all {
		if base.ID != r.ID || base.Revision != r.Revision-1 || base.From == "" || base.Receipt == nil {
			continue
		}
		raw, err := d.Outbox.Bytes(ctx, base.ID, base.Revision)
		if err != nil {
			return err
		}
		sealed, err := submit.Parse(raw)
		if err != nil {
			return survey.Wrap(survey.CodeStoreDamaged, "wizard.send", err)
		}
		if sealed.Submission.Consent.Recipient != e.Portal {
			return nil
		}
		if err := d.samePortal(ctx, e); err != nil {
			return err
		}
		receipt, err := d.Sender.Send(ctx, e, sealed, func(sha string) ([]byte, error) { return d.Blobs.Get(ctx, sha) }, func(submit.Progress) {})
		if err != nil {
			return err
		}
		return d.verify(ctx, e, receipt, sealed)
	}
	return nil
}

func (d *Desk) deliver(ctx context.Context, e submit.Enrolment, r Request, tell func(submit.Progress)) error {
	raw, err := d.Outbox.Bytes(ctx, r.ID, r.Revision)
	if err != nil {
		return err
	}
	sealed, err := submit.Parse(raw)
	if err != nil || sealed.SHA256 != r.SHA256 {
		return survey.Fail(survey.CodeStoreDamaged, "wizard.send", "封存的申请已损坏")
	}
	if sealed.Submission.Consent.Recipient != e.Portal {
		return nil
	}
	if err := d.samePortal(ctx, e); err != nil {
		d.missed++
		r.Problem, r.Detail, r.NextAt = string(survey.CodeOf(err)), survey.DetailOf(err), d.Now().UTC().Add(restAfter(d.missed, err))
		return errors.Join(err, d.Outbox.Mark(context.WithoutCancel(ctx), r, d.Now()))
	}
	d.missed = 0
	return d.sending(ctx, r.CaseID, "报送"+r.named(), e.Portal+" "+e.Address, func() (string, error) {
		if r.State, err = submit.Desk.Next(r.State, submit.EventSend); err != nil {
			return "", err
		}
		r.Attempts++
		if err := d.Outbox.Mark(ctx, r, d.Now()); err != nil {
			return "", err
		}
		receipt, sendErr := d.Sender.Send(ctx, e, sealed, func(sha string) ([]byte, error) { return d.Blobs.Get(ctx, sha) }, tell)
		if sendErr == nil {
			sendErr = d.verify(ctx, e, receipt, sealed)
		}
		return "已取得回执 " + receipt.Number, d.settle(context.WithoutCancel(ctx), r, receipt, sendErr)
	})
}

// named tells for the log which bytes a request is.
func (r Request) named() string {
	kind := "申报"
	if r.Kind == submit.Onboarding {
		kind = "上云对接"
	}
	return fmt.Sprintf("%s第 %d 版（编号 %s，摘要 %s）", kind, r.Revision, r.ID, r.SHA256)
}

// settle writes down how an attempt ended: a verified receipt, a refusal that needs a person, or a failure to be tried again.
func (d *Desk) settle(ctx context.Context, r Request, receipt submit.Receipt, sendErr error) error {
	r.Problem, r.Detail, r.NextAt = "", "", time.Time{}
	event := submit.EventReceipt
	if sendErr == nil {
		r.Receipt = &receipt
	} else {
		r.Problem, r.Detail = string(survey.CodeOf(sendErr)), survey.DetailOf(sendErr)
		event = submit.EventSend
		switch {
		case needsPerson(sendErr):
			event = submit.EventRefuse
		case survey.CodeOf(sendErr) != survey.CodeCancelled:
			r.NextAt = d.Now().UTC().Add(restAfter(r.Attempts, sendErr))
		}
	}
	var err error
	if r.State, err = submit.Desk.Next(r.State, event); err != nil {
		return err
	}
	if err := d.Outbox.Mark(ctx, r, d.Now()); err != nil {
		return err
	}
	return sendErr
}

// Prove fetches what the portal holds of a sent request and compares it byte for byte, attachments included, with what was sealed here. It gives the number of bytes
// compared; E0603 names what differs.
func (d *Desk) Prove(ctx context.Context, r Request) (int64, error) {
	e, err := d.needEnrolment(ctx)
	if err != nil {
		return 0, err
	}
	raw, err := d.Outbox.Bytes(ctx, r.ID, r.Revision)
	if err != nil {
		return 0, err
	}
	sealed, err := submit.Parse(raw)
	if err != nil {
		return 0, survey.Wrap(survey.CodeStoreDamaged, "wizard.prove", err)
	}
	var n int64
	err = d.sending(ctx, r.CaseID, "核对"+r.named(), e.Portal+" "+e.Address, func() (string, error) {
		n, err = d.Sender.Prove(ctx, *e, sealed, func(sha string) ([]byte, error) { return d.Blobs.Get(ctx, sha) })
		return fmt.Sprintf("一致，%d 字节", n), err
	})
	return n, err
}

// latest finds the newest request of a kind, nil when there is none. Requests come newest first; of one request the highest revision counts,
// which an older one that a parcel brought later may stand before.
func latest(all []Request, kind submit.Kind) *Request {
	var last *Request
	for i := range all {
		if r := &all[i]; r.Kind == kind && (last == nil || r.ID == last.ID && r.Revision > last.Revision) {
			last = r
		}
	}
	return last
}

// revision is the number that papers of this kind carry now: that of the newest request, 1 before the first.
func (d *Desk) revision(all []Request, kind submit.Kind) int {
	if r := latest(all, kind); r != nil {
		return r.Revision
	}
	return 1
}
