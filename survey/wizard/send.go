package wizard

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Ready gives State.Ready.
func (d *Desk) Ready(st *State, kind submit.Kind) []string { return st.Ready(kind) }

// Ready lists what stands against sending a request of this kind, in words; none means that it may be sealed.
func (st *State) Ready(kind submit.Kind) []string {
	form := st.Application
	if kind == submit.Onboarding {
		form = st.Onboarding
	}
	var out []string
	for _, k := range form.Checks {
		if k.Level == "must" {
			out = append(out, k.Text)
		}
	}
	for _, m := range form.Missing {
		if m.Must {
			out = append(out, "缺少材料："+m.Name)
		}
	}
	for path := range st.Problems {
		out = append(out, "有填了但不能用的内容："+path)
	}
	slices.Sort(out)
	return out
}

// Seal freezes the request as it stands: documents and attachments are stored, the canonical bytes go to the outbox. Sealing an unchanged
// case again gives the same request; a changed one becomes the next revision. It fails with E0401 naming what is missing and E0403
// without consent.
func (d *Desk) Seal(ctx context.Context, id string, kind submit.Kind) (*State, Request, error) {
	e, err := d.needEnrolment(ctx)
	if err != nil {
		return nil, Request{}, err
	}
	st, err := d.Open(ctx, id)
	if err != nil {
		return nil, Request{}, err
	}
	if open := d.Ready(st, kind); len(open) > 0 {
		return st, Request{}, survey.Fail(survey.CodeNotReady, "wizard.seal", "%s", strings.Join(open, "；"))
	}
	agreed := consent(st.Case, kind, e.Portal)
	if agreed == nil {
		return st, Request{}, survey.Fail(survey.CodeConsent, "wizard.seal", "还没有同意发给“%s”", e.Portal)
	}
	last := latest(st.Requests, kind)
	next := submit.Submission{ID: d.NewID(), Revision: 1}
	if last != nil {
		same, s, err := d.rebuild(ctx, st, kind, last, e, agreed)
		if err != nil || same {
			return st, *last, err
		}
		next.ID, next.Revision, next.Base = s.ID, s.Revision+1, s.Revision
		switch last.State {
		case submit.StateSealed: // nothing has left: the frozen revision is replaced
			next.Revision, next.Base = s.Revision, s.Base
		case submit.StateBlocked: // the portal never took it: a request of its own
			next.ID, next.Revision, next.Base = d.NewID(), 1, 0
		}
	}
	sealed, err := d.build(ctx, st, kind, next, e, agreed)
	if err != nil {
		return st, Request{}, err
	}
	if err := d.Outbox.Put(ctx, sealed, d.Now()); err != nil {
		return st, Request{}, err
	}
	if st, err = d.Open(ctx, id); err != nil {
		return nil, Request{}, err
	}
	return st, *latest(st.Requests, kind), nil
}

// rebuild makes the last request again from today's facts and tells whether its document and attachments are the same.
func (d *Desk) rebuild(ctx context.Context, st *State, kind submit.Kind, last *Request, e *submit.Enrolment, agreed *survey.Consent) (bool, submit.Submission, error) {
	raw, err := d.Outbox.Bytes(ctx, last.ID, last.Revision)
	if err != nil {
		return false, submit.Submission{}, err
	}
	was, err := submit.Parse(raw)
	if err != nil {
		return false, submit.Submission{}, survey.Wrap(survey.CodeStoreDamaged, "wizard.seal", err)
	}
	now, err := d.build(ctx, st, kind, submit.Submission{ID: last.ID, Revision: last.Revision, Base: was.Submission.Base}, e, agreed)
	if err != nil {
		return false, submit.Submission{}, err
	}
	same := was.Submission.DocumentSHA256 == now.Submission.DocumentSHA256 && slices.Equal(was.Submission.Attachments, now.Submission.Attachments)
	return same && was.Submission.Consent.Recipient == e.Portal, was.Submission, nil
}

func (d *Desk) build(ctx context.Context, st *State, kind submit.Kind, s submit.Submission, e *submit.Enrolment, agreed *survey.Consent) (submit.Sealed, error) {
	files, doc, err := d.papers(st, kind, s.Revision)
	if err != nil {
		return submit.Sealed{}, err
	}
	s.Kind, s.FormVersion, s.CaseID = kind, survey.SchemaCase, st.Case.ID
	s.DeviceID, s.DeviceTime, s.Document = e.DeviceID, d.Now(), doc
	s.Consent = submit.Consent{Text: agreed.Text, By: agreed.By, At: agreed.At, Recipient: agreed.Recipient}
	s.Summary = summary(st, kind)
	for _, f := range files {
		sha, err := d.Blobs.Put(ctx, f.Data)
		if err != nil {
			return submit.Sealed{}, err
		}
		s.Attachments = append(s.Attachments, submit.Blob{Name: f.Name, Role: f.Role, SHA256: sha, Size: int64(len(f.Data)), Type: f.Type})
	}
	if kind == submit.Application {
		for i, a := range st.Case.Attachments {
			name := strconv.Itoa(i+1) + "-" + a.Name
			s.Attachments = append(s.Attachments, submit.Blob{Name: name, Role: a.Role, SHA256: a.SHA256, Size: a.Size, Type: a.Type})
		}
	}
	return submit.Seal(s)
}

// summary is what the receiver's list shows; an onboarding request names neither sum nor level.
func summary(st *State, kind submit.Kind) submit.Summary {
	f := st.Case.Firm
	s := submit.Summary{FirmName: f.Name, CreditCode: f.CreditCode, Region: f.Region, Title: st.Application.Title}
	if kind == submit.Onboarding {
		s.Title = st.Onboarding.Title
		return s
	}
	s.Level = st.Assessment.LevelName
	if a := st.Claims.Conservative.Amount; a != nil {
		s.AmountFen = strconv.FormatInt(int64(*a), 10)
	}
	return s
}

// Send delivers every sealed request of this kind that has no receipt yet, oldest first, and keeps the verified receipts. It may be
// repeated at any time; what was sent stays sent. Failures are kept with the request and returned.
func (d *Desk) Send(ctx context.Context, id string, kind submit.Kind, progress func(done, total int64)) (*State, error) {
	e, err := d.needEnrolment(ctx)
	if err != nil {
		return nil, err
	}
	all, err := d.Outbox.Requests(ctx, id)
	if err != nil {
		return nil, err
	}
	var failed error
	for _, r := range slices.Backward(all) {
		if r.Kind != kind || r.Receipt != nil {
			continue
		}
		if failed = d.deliver(ctx, *e, r, progress); failed != nil {
			break
		}
	}
	st, err := d.Open(context.WithoutCancel(ctx), id)
	if err != nil {
		return nil, err
	}
	return st, failed
}

func (d *Desk) deliver(ctx context.Context, e submit.Enrolment, r Request, progress func(done, total int64)) error {
	raw, err := d.Outbox.Bytes(ctx, r.ID, r.Revision)
	if err != nil {
		return err
	}
	sealed, err := submit.Parse(raw)
	if err != nil || sealed.SHA256 != r.SHA256 {
		return survey.Fail(survey.CodeStoreDamaged, "wizard.send", "封存的申请已损坏")
	}
	if r.State, err = submit.Desk.Next(r.State, submit.EventSend); err != nil {
		return err
	}
	r.Attempts++
	if err := d.Outbox.Mark(ctx, r, d.Now()); err != nil {
		return err
	}
	receipt, sendErr := d.Sender.Send(ctx, e, sealed, func(sha string) ([]byte, error) { return d.Blobs.Get(ctx, sha) }, progress)
	if sendErr == nil {
		sendErr = d.verify(ctx, e, receipt, sealed)
	}
	return d.settle(context.WithoutCancel(ctx), r, receipt, sendErr)
}

// settle writes down how an attempt ended: a verified receipt, a refusal that needs a person, or a failure to be tried again.
func (d *Desk) settle(ctx context.Context, r Request, receipt submit.Receipt, sendErr error) error {
	r.Problem, r.Detail = "", ""
	event := submit.EventReceipt
	if sendErr == nil {
		r.Receipt = &receipt
	} else {
		r.Problem, r.Detail = string(survey.CodeOf(sendErr)), survey.DetailOf(sendErr)
		event = submit.EventSend
		if c := survey.CodeOf(sendErr); c == survey.CodePortalRefused || c == survey.CodeConflict {
			event = submit.EventRefuse
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
	return d.Sender.Prove(ctx, *e, sealed, func(sha string) ([]byte, error) { return d.Blobs.Get(ctx, sha) })
}

// latest finds the newest request of a kind, nil when there is none. Requests come newest first.
func latest(all []Request, kind submit.Kind) *Request {
	for i := range all {
		if all[i].Kind == kind {
			return &all[i]
		}
	}
	return nil
}

// revision is the number that papers of this kind carry now: that of the newest request, 1 before the first.
func (d *Desk) revision(all []Request, kind submit.Kind) int {
	if r := latest(all, kind); r != nil {
		return r.Revision
	}
	return 1
}
