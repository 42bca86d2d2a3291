package wizard

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Follower asks a portal what became of a request. Nothing in the answers is to be trusted before its signature is verified.
type Follower interface {
	Decisions(ctx context.Context, e submit.Enrolment, id string) ([]submit.Decision, error)
	Answers(ctx context.Context, e submit.Enrolment, id string) ([]submit.Answer, error)
	AnswerFile(ctx context.Context, e submit.Enrolment, id, sha string) ([]byte, error)
}

// Said is what the portal said about one revision, with its signatures.
type Said struct {
	Decision *submit.Decision `json:"decision,omitempty"` // the last one
	Answers  []submit.Answer  `json:"answers,omitempty"`  // of the platform operator, oldest first
}

// Said gives what the portal said about the request. It stands where the reason of a failure does: a request that was answered did not fail.
func (r Request) Said() Said {
	var s Said
	if r.Problem == "" && strings.HasPrefix(r.Detail, "{") {
		if json.Unmarshal([]byte(r.Detail), &s) != nil {
			return Said{}
		}
	}
	return s
}

// Returned is one place that the portal returned (退回意见), with the field that mends it.
type Returned struct {
	Kind     submit.Kind   `json:"kind"`
	Revision int           `json:"revision"`
	Reason   submit.Reason `json:"reason"`
	Label    string        `json:"label"` // the place as the form calls it
	Path     string        `json:"path"`  // where it is mended, "" for the request as a whole
}

// Follow asks the portal what became of the sent requests of a case and keeps what holds under the pinned key: states, returned places,
// operators' answers, whose files become evidence of the case. It may be repeated at any time.
func (d *Desk) Follow(ctx context.Context, id string) (*State, error) {
	e, err := d.needEnrolment(ctx)
	if err != nil {
		return nil, err
	}
	follower, ok := d.Sender.(Follower)
	if !ok {
		return nil, errNoPortal
	}
	all, err := d.Outbox.Requests(ctx, id)
	if err != nil {
		return nil, err
	}
	var failed error
	for _, kind := range []submit.Kind{submit.Application, submit.Onboarding} {
		if r := LastSent(all, kind); r != nil && failed == nil {
			failed = d.follow(ctx, follower, *e, *r)
		}
	}
	st, err := d.Open(context.WithoutCancel(ctx), id)
	if err != nil {
		return nil, err
	}
	return st, failed
}

func (d *Desk) follow(ctx context.Context, f Follower, e submit.Enrolment, r Request) error {
	raw, err := d.Outbox.Bytes(ctx, r.ID, r.Revision)
	if err != nil {
		return err
	}
	sealed, err := submit.Parse(raw)
	if err != nil {
		return survey.Wrap(survey.CodeStoreDamaged, "wizard.follow", err)
	}
	if sealed.Submission.Consent.Recipient != e.Portal {
		return nil
	}
	if err := d.samePortal(ctx, e); err != nil {
		return err
	}
	if d.Registrar != nil { // words may be signed by a key that follows from the pinned one
		if e.Keys.Rotations, err = d.Registrar.Rotations(ctx, e.Address); err != nil {
			return err
		}
	}
	return d.hear(ctx, f, e, r, sealed)
}

// hear keeps what holds of the words about a request, by the line or out of a parcel. Words that are older than what is kept change nothing.
func (d *Desk) hear(ctx context.Context, f Follower, e submit.Enrolment, r Request, sealed submit.Sealed) error {
	said := Said{}
	decisions, err := f.Decisions(ctx, e, r.ID)
	if err != nil {
		return err
	}
	for i := range decisions {
		if w := decisions[i]; w.Revision == r.Revision {
			if err := e.Keys.VerifyDecision(w, sealed); err != nil {
				return err
			}
			said.Decision = &w
		}
	}
	if r.Kind == submit.Onboarding {
		if said.Answers, err = d.answers(ctx, f, e, r, sealed); err != nil {
			return err
		}
	}
	if r.Said().seq() > said.seq() {
		return nil
	}
	return d.heard(context.WithoutCancel(ctx), r, said)
}

// seq is the highest number of the portal's feed among the words.
func (s Said) seq() (n int64) {
	if s.Decision != nil {
		n = s.Decision.Seq
	}
	for _, a := range s.Answers {
		n = max(n, a.Seq)
	}
	return n
}

// heard writes down what the portal said and the state that follows from it.
func (d *Desk) heard(ctx context.Context, r Request, said Said) error {
	if said.Decision != nil {
		if next, err := submit.Desk.Next(r.State, said.Decision.Event); err == nil {
			r.State = next
		}
	}
	if n := len(said.Answers); n > 0 { // an operator's last step decides too
		event := map[submit.Step]submit.Event{submit.StepLive: submit.EventAccept, submit.StepDeclined: submit.EventReject}[said.Answers[n-1].Step]
		if next, err := submit.Desk.Next(r.State, event); err == nil {
			r.State = next
		}
	}
	raw, err := json.Marshal(said)
	if err != nil {
		return survey.Wrap(survey.CodeInternal, "wizard.follow", err)
	}
	if r.Problem == "" && r.Detail == string(raw) {
		return nil
	}
	r.Problem, r.Detail = "", string(raw)
	return d.Outbox.Mark(ctx, r, d.Now())
}

// answers fetches the operator's answers and brings their files into the case as evidence.
func (d *Desk) answers(ctx context.Context, f Follower, e submit.Enrolment, r Request, sealed submit.Sealed) ([]submit.Answer, error) {
	all, err := f.Answers(ctx, e, r.ID)
	if err != nil {
		return nil, err
	}
	var kept []submit.Answer
	for _, a := range all {
		if a.Revision != r.Revision {
			continue
		}
		if err := e.Keys.VerifyAnswer(a, sealed); err != nil {
			return nil, err
		}
		for _, file := range a.Files {
			if err := d.takeAnswerFile(ctx, f, e, r, a, file); err != nil {
				return nil, err
			}
		}
		kept = append(kept, a)
	}
	return kept, nil
}

// answerRoles name an operator's papers by the step they came with.
var answerRoles = map[submit.Step]string{submit.StepQuoted: "服务商报价单", submit.StepSigned: "上云合同", submit.StepLive: "上云证明"}

func (d *Desk) takeAnswerFile(ctx context.Context, f Follower, e submit.Enrolment, r Request, a submit.Answer, file submit.Blob) error {
	c, err := d.Cases.Load(ctx, r.CaseID)
	if err != nil {
		return err
	}
	role := answerRoles[a.Step]
	if role == "" {
		role = "服务商答复"
	}
	for _, have := range c.Attachments {
		if have.SHA256 == file.SHA256 && have.Role == role {
			return nil
		}
	}
	b, err := f.AnswerFile(ctx, e, r.ID, file.SHA256)
	if err != nil {
		return err
	}
	if submit.Digest(b) != file.SHA256 {
		return survey.Fail(survey.CodeReceipt, "wizard.follow", "%s 与服务商所列的不同", file.Name)
	}
	_, err = d.Attach(ctx, r.CaseID, file.Name, role, "", file.Type, b)
	return err
}

// returned lists the places that wait to be mended: those of the newest revision of each kind, while nothing newer was sealed.
func (d *Desk) returned(ctx context.Context, all []Request) ([]Returned, error) {
	var out []Returned
	for _, kind := range []submit.Kind{submit.Application, submit.Onboarding} {
		r := latest(all, kind)
		if r == nil || r.State != submit.StateReturned || r.Said().Decision == nil {
			continue
		}
		raw, err := d.Outbox.Bytes(ctx, r.ID, r.Revision)
		if err != nil {
			return nil, err
		}
		for _, reason := range r.Said().Decision.Reasons {
			label, path := placeOf(raw, reason.Pointer)
			out = append(out, Returned{Kind: kind, Revision: r.Revision, Reason: reason, Label: label, Path: path})
		}
	}
	return out, nil
}

// placeOf finds what a pointer of a return names: the field's label and the path that mends it.
func placeOf(manifest []byte, pointer string) (label, path string) {
	for at := pointer; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
		raw, err := submit.Resolve(manifest, at)
		if err != nil {
			continue
		}
		var thing struct {
			Key, Label, Title, Name, Role string
		}
		if json.Unmarshal(raw, &thing) != nil {
			continue
		}
		switch {
		case strings.HasPrefix(at, "/attachments/"):
			return thing.Name, "attachments"
		case thing.Label != "":
			return thing.Label, thing.Key
		case thing.Title != "":
			return thing.Title, tablePath(thing.Key)
		}
	}
	return "", ""
}

// tablePath is where the rows of a form's table are mended.
func tablePath(key string) string {
	if key == "" {
		return ""
	}
	switch StepOf(key) {
	case StepReview: // a table of the form that is no list of the case: its lines come from the money
		return "contracts"
	}
	return key
}
