package wizard

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/intake"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Intakes hands a request to a platform's own intake, once.
type Intakes interface {
	Send(ctx context.Context, p *intake.Pack, address string, secrets map[string]string, s submit.Sealed) (intake.Outcome, error)
}

// RoleIntake is the role of the paper that says how a platform's intake answered.
const RoleIntake = "平台接口回执"

// intakeKept is what the case file keeps, sealed, of one intake: its address, the secrets, and what was sent to it by case.
type intakeKept struct {
	Address string                `json:"address"`
	Secrets map[string]string     `json:"secrets"`
	Sent    map[string]intakeSent `json:"sent"`
}

// intakeSent keeps under which number a case's request goes, so that sending again is the same request.
type intakeSent struct {
	ID       string `json:"id"`
	Revision int    `json:"revision"`
	Document string `json:"document"` // digest
	Number   string `json:"number"`   // the platform's; "" before it took the request
}

// IntakeInfo is one intake as people see it. Secrets are told only as set or not.
type IntakeInfo struct {
	ID      string          `json:"id"`
	Title   string          `json:"title"`
	Status  string          `json:"status"`
	Source  string          `json:"source"`
	Address string          `json:"address"`
	Secrets map[string]bool `json:"secrets"`
}

// IntakeList lists the intakes that packs describe.
func (d *Desk) IntakeList(ctx context.Context) ([]IntakeInfo, error) {
	out := []IntakeInfo{}
	for _, p := range d.Packs.Intakes {
		kept, err := d.intakeKept(ctx, p)
		if err != nil {
			return nil, err
		}
		info := IntakeInfo{ID: p.ID, Title: p.Title, Status: p.Status, Source: p.Source, Address: kept.Address, Secrets: map[string]bool{}}
		for _, name := range p.Auth.Secrets() {
			info.Secrets[name] = kept.Secrets[name] != ""
		}
		out = append(out, info)
	}
	return out, nil
}

func (d *Desk) intake(id string) (*intake.Pack, error) {
	at := slices.IndexFunc(d.Packs.Intakes, func(p *intake.Pack) bool { return p.ID == id })
	if at < 0 {
		return nil, survey.Fail(survey.CodeUnknownItem, "wizard.intake", "没有平台接口 %s", clip(id))
	}
	return d.Packs.Intakes[at], nil
}

func (d *Desk) intakeKept(ctx context.Context, p *intake.Pack) (intakeKept, error) {
	kept := intakeKept{Address: p.Address, Secrets: map[string]string{}, Sent: map[string]intakeSent{}}
	raw, err := d.Settings.Setting(ctx, "intake."+p.ID)
	if err != nil || raw == "" {
		return kept, err
	}
	return kept, survey.Wrap(survey.CodeStoreDamaged, "wizard.intake", json.Unmarshal([]byte(raw), &kept))
}

// SetIntake keeps the address of an intake, "" leaves it, and secrets by name, sealed as everything in the case file; "" takes one away.
func (d *Desk) SetIntake(ctx context.Context, id, address string, secrets map[string]string) error {
	p, err := d.intake(id)
	if err != nil {
		return err
	}
	kept, err := d.intakeKept(ctx, p)
	if err != nil {
		return err
	}
	if address != "" {
		kept.Address = address
	}
	for name, v := range secrets {
		if !slices.Contains(p.Auth.Secrets(), name) {
			return survey.Fail(survey.CodeUnknownItem, "wizard.intake", "%s 没有 %s 这一项", p.Title, clip(name))
		}
		kept.Secrets[name] = v
	}
	return d.put(ctx, "intake."+p.ID, kept)
}

// IntakeText is what a person agrees to before a request goes to a platform's intake.
func IntakeText(p *intake.Pack, address string) string {
	return "同意把上云对接申请经“" + p.Title + "”（" + address + "）发给该平台。"
}

// DryIntake shows exactly what would be sent to an intake; nothing leaves and nothing is kept.
func (d *Desk) DryIntake(ctx context.Context, caseID, id string) (intake.Ready, error) {
	p, _, sealed, _, err := d.forIntake(ctx, caseID, id)
	if err != nil {
		return intake.Ready{}, err
	}
	return p.Render(sealed)
}

// AgreeIntake records the firm's consent to this intake at this address, with its text.
func (d *Desk) AgreeIntake(ctx context.Context, caseID, id string) (*State, error) {
	p, err := d.intake(id)
	if err != nil {
		return nil, err
	}
	kept, err := d.intakeKept(ctx, p)
	if err != nil {
		return nil, err
	}
	return d.Edit(ctx, caseID, func(c *survey.Case) error {
		if intakeAgreed(c, p, kept.Address) == nil {
			c.Consents = append(c.Consents, survey.Consent{ID: d.NewID(), Kind: string(submit.Onboarding), Recipient: intakeRecipient(p, kept.Address),
				Text: IntakeText(p, kept.Address), By: d.By, At: d.Now().UTC()})
		}
		return nil
	})
}

func intakeRecipient(p *intake.Pack, address string) string { return p.Title + "（" + address + "）" }

func intakeAgreed(c *survey.Case, p *intake.Pack, address string) *survey.Consent {
	at := slices.IndexFunc(c.Consents, func(k survey.Consent) bool {
		return k.Kind == string(submit.Onboarding) && k.Recipient == intakeRecipient(p, address) && k.Text == IntakeText(p, address)
	})
	if at < 0 {
		return nil
	}
	return &c.Consents[at]
}

// SendIntake hands the onboarding request of a case to a platform's intake, straight from here. The same request again goes under the same
// number, a changed one as the next revision. What the platform answered becomes a paper of the case. E0403 without consent.
func (d *Desk) SendIntake(ctx context.Context, caseID, id string) (*State, intake.Outcome, error) {
	var out intake.Outcome
	if d.Intake == nil {
		return nil, out, errNoPortal
	}
	p, kept, sealed, st, err := d.forIntake(ctx, caseID, id)
	if err != nil {
		return nil, out, err
	}
	if intakeAgreed(st.Case, p, kept.Address) == nil {
		return nil, out, survey.Fail(survey.CodeConsent, "wizard.intake", "还没有同意发给“%s”", intakeRecipient(p, kept.Address))
	}
	m := sealed.Submission
	note := intakeSent{ID: m.ID, Revision: m.Revision, Document: m.DocumentSHA256, Number: kept.Sent[caseID].Number}
	kept.Sent[caseID] = note
	if err := d.put(ctx, "intake."+p.ID, kept); err != nil { // before anything leaves: sending again must be the same request
		return nil, out, err
	}
	err = d.sending(ctx, caseID, "发给平台接口 "+p.Title, kept.Address, func() (string, error) {
		out, err = d.Intake.Send(ctx, p, kept.Address, kept.Secrets, sealed)
		return "平台编号 " + out.Number, err
	})
	if err != nil {
		return nil, out, err
	}
	note.Number = out.Number
	kept.Sent[caseID] = note
	after := context.WithoutCancel(ctx)
	if err := d.put(after, "intake."+p.ID, kept); err != nil {
		return nil, out, err
	}
	paper, err := json.MarshalIndent(map[string]any{"platform": p.Title, "address": kept.Address, "request": m.ID, "revision": m.Revision,
		"sha256": sealed.SHA256, "number": out.Number, "message": out.Message, "status": out.Status, "at": d.Now().UTC()}, "", "  ")
	if err != nil {
		return nil, out, survey.Wrap(survey.CodeInternal, "wizard.intake", err)
	}
	st, err = d.Attach(after, caseID, RoleIntake+"-"+p.ID+"-"+m.ID[:8]+".json", RoleIntake, "", "application/json", paper)
	return st, out, err
}

// forIntake seals the onboarding request of a case for an intake. It stays out of the outbox: no portal signs for it.
func (d *Desk) forIntake(ctx context.Context, caseID, id string) (*intake.Pack, intakeKept, submit.Sealed, *State, error) {
	fail := func(err error) (*intake.Pack, intakeKept, submit.Sealed, *State, error) {
		return nil, intakeKept{}, submit.Sealed{}, nil, err
	}
	p, err := d.intake(id)
	if err != nil {
		return fail(err)
	}
	kept, err := d.intakeKept(ctx, p)
	if err != nil {
		return fail(err)
	}
	if kept.Address == "" {
		return fail(survey.Fail(survey.CodeNotReady, "wizard.intake", "还没有填写 %s 的接口地址", p.Title))
	}
	st, err := d.Open(ctx, caseID)
	if err != nil {
		return fail(err)
	}
	dev, err := d.device(ctx)
	if err != nil {
		return fail(err)
	}
	agreed := intakeAgreed(st.Case, p, kept.Address)
	if agreed == nil { // a dry run shows what would be agreed to
		agreed = &survey.Consent{Text: IntakeText(p, kept.Address), By: d.By, At: d.Now().UTC(), Recipient: intakeRecipient(p, kept.Address)}
	}
	was := kept.Sent[caseID]
	s := submit.Submission{ID: was.ID, Revision: max(was.Revision, 1)}
	if s.ID == "" {
		s.ID = d.NewID()
	}
	sealed, err := d.build(ctx, st, submit.Onboarding, s, &submit.Enrolment{DeviceID: dev.ID}, agreed)
	if err == nil && was.Number != "" && sealed.Submission.DocumentSHA256 != was.Document {
		s.Base, s.Revision = s.Revision, s.Revision+1
		sealed, err = d.build(ctx, st, submit.Onboarding, s, &submit.Enrolment{DeviceID: dev.ID}, agreed)
	}
	if err != nil {
		return fail(err)
	}
	return p, kept, sealed, st, nil
}
