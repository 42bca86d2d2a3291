package wizard

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
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
	for path, why := range st.Problems {
		out = append(out, unusable(kind, path, why))
	}
	slices.Sort(out)
	return out
}

// unusable names a kept draft as the form calls its field, with the reason.
func unusable(kind submit.Kind, path string, why error) string {
	name := path
	for _, f := range append(apply.Fields(apply.KindApplication), apply.Fields(string(kind))...) {
		if f.Key == path {
			name = f.Label
		}
	}
	text := "“" + name + "”填了但不能用"
	if detail := survey.DetailOf(why); detail != "" {
		text += "：" + detail
	}
	return text
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
	if st.Checking != "" {
		return st, Request{}, errForCheck("wizard.seal")
	}
	if open := d.Ready(st, kind); len(open) > 0 {
		return st, Request{}, survey.Fail(survey.CodeNotReady, "wizard.seal", "%s", strings.Join(open, "；"))
	}
	agreed := consent(st.Case, kind, e.Portal)
	if agreed == nil {
		return st, Request{}, survey.Fail(survey.CodeConsent, "wizard.seal", "还没有同意发给“%s”", e.Portal)
	}
	if err := d.attached(ctx, st.Case, kind); err != nil {
		return st, Request{}, err
	}
	if kind == submit.Application {
		if st, err = d.keepPolicy(ctx, st); err != nil {
			return nil, Request{}, err
		}
	}
	last := latest(st.Requests, kind)
	next := submit.Submission{ID: d.NewID(), Revision: 1}
	if last != nil {
		same, s, err := d.rebuild(ctx, st, kind, last, e, agreed)
		if err != nil || same {
			return st, *last, err
		}
		switch {
		case s.Consent.Recipient != e.Portal: // it was for another office: a request of its own
		case last.State == submit.StateBlocked: // the portal never took it: a request of its own
		case last.State == submit.StateSealed: // nothing has left: the frozen revision is replaced
			next.ID, next.Revision, next.Base = s.ID, s.Revision, s.Base
		default:
			next.ID, next.Revision, next.Base = s.ID, s.Revision+1, s.Revision
		}
	}
	sealed, err := d.build(ctx, st, kind, next, e, agreed)
	if err != nil {
		return st, Request{}, err
	}
	if err := d.Outbox.Put(ctx, sealed, d.moment()); err != nil {
		return st, Request{}, err
	}
	if st, err = d.Open(ctx, id); err != nil {
		return nil, Request{}, err
	}
	return st, *latest(st.Requests, kind), nil
}

// attached names the attachments whose bytes are not on this computer, as after the import of a case from another one.
func (d *Desk) attached(ctx context.Context, c *survey.Case, kind submit.Kind) error {
	if kind != submit.Application {
		return nil
	}
	var gone []string
	for _, a := range c.Attachments {
		if a.Stays() {
			continue
		}
		_, err := d.Blobs.Get(ctx, a.SHA256)
		switch {
		case survey.CodeOf(err) == survey.CodeUnknownItem:
			gone = append(gone, a.Role+"“"+a.Name+"”")
		case err != nil:
			return err
		}
	}
	if len(gone) > 0 {
		return survey.Fail(survey.CodeNotReady, "wizard.seal", "附件不在本机，请重新附上：%s", strings.Join(gone, "、"))
	}
	return nil
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
	s.Kind, s.FormVersion, s.Program, s.CaseID = kind, survey.SchemaCase, d.Program, st.Case.ID
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
			if a.Stays() {
				continue
			}
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
