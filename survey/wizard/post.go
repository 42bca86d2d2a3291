package wizard

import (
	"context"
	"errors"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Packed is what PackRequests put into a parcel.
type Packed struct {
	File     File      `json:"-"`
	Requests []Request `json:"requests"` // that wait for their receipts
}

// PackRequests (报送包) puts every request that waits for the enrolled portal into one parcel for it, with the revisions before them, so that
// parcels may come in any order. to is the contact under whose name the portal's card was entered. The requests count as on their way, never
// as sent: that is told by the receipts of the parcel that comes back. E0401 when nothing waits.
func (d *Desk) PackRequests(ctx context.Context, to string) (Packed, error) {
	const op = "wizard.pack"
	var out Packed
	e, err := d.needEnrolment(ctx)
	if err != nil {
		return out, err
	}
	secret, err := d.identity(ctx)
	if err != nil {
		return out, err
	}
	card, err := d.contact(ctx, to)
	if err != nil {
		return out, err
	}
	waiting, err := d.Outbox.Waiting(ctx)
	if err != nil {
		return out, err
	}
	files := map[string][]byte{}
	for _, r := range waiting {
		if err := d.pack(ctx, *e, r, files, &out); err != nil {
			return out, err
		}
	}
	if len(out.Requests) == 0 {
		return out, survey.Fail(survey.CodeNotReady, op, "没有等待报送给“%s”的申请", e.Portal)
	}
	var list []handover.File
	for name, data := range files {
		list = append(list, handover.File{Name: name, Data: data})
	}
	slices.SortFunc(list, func(a, b handover.File) int { // requests behind their attachments, the order of names otherwise
		return slices.Compare([]byte(a.Name), []byte(b.Name))
	})
	m := handover.Manifest{Kind: handover.KindRequests, ID: d.NewID(), Made: d.Now(), From: handover.Card{Name: d.By}}
	data, err := d.Parcels.Seal(secret, m, []handover.Card{card}, list)
	if err != nil {
		return out, err
	}
	for i, r := range out.Requests {
		if out.Requests[i], err = d.posted(ctx, r, card.Name); err != nil {
			return out, err
		}
	}
	out.File = File{Name: "报送-" + d.Now().Format("20060102-1504") + ".syparcel", Type: "application/x-tar", Data: data}
	return out, nil
}

// pack adds a waiting revision and those before it.
func (d *Desk) pack(ctx context.Context, e submit.Enrolment, r Request, files map[string][]byte, out *Packed) error {
	all, err := d.Outbox.Revisions(ctx, r.ID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.Revision > r.Revision || x.State == submit.StateDraft {
			continue
		}
		raw, err := d.Outbox.Bytes(ctx, x.ID, x.Revision)
		if err != nil {
			return err
		}
		sealed, err := submit.Parse(raw)
		if err != nil {
			return survey.Wrap(survey.CodeStoreDamaged, "wizard.pack", err)
		}
		if sealed.Submission.Consent.Recipient != e.Portal {
			return nil
		}
		files[handover.RequestFile(x.ID, x.Revision)] = raw
		for _, a := range sealed.Submission.Attachments {
			if files[handover.BlobFolder+a.SHA256] != nil {
				continue
			}
			b, err := d.Blobs.Get(ctx, a.SHA256)
			if err != nil {
				return err
			}
			files[handover.BlobFolder+a.SHA256] = b
		}
	}
	out.Requests = append(out.Requests, r)
	return nil
}

// posted notes that a request is on its way by parcel: its bytes may have left.
func (d *Desk) posted(ctx context.Context, r Request, to string) (Request, error) {
	err := d.sending(ctx, r.CaseID, "装入报送包："+r.named(), to, func() (string, error) {
		next, err := submit.Desk.Next(r.State, submit.EventSend)
		if err != nil {
			return "", err
		}
		r.State, r.Problem, r.Detail = next, "", ""
		r.Attempts++
		return "已装入，等待带回回执", d.Outbox.Mark(ctx, r, d.Now())
	})
	return r, err
}

// Heard is what TakeWords learnt.
type Heard struct {
	Portal   string             `json:"portal"`
	Receipts int                `json:"receipts"` // new ones
	Words    int                `json:"words"`    // requests that the portal said something about
	Refused  []handover.Refusal `json:"refused"`  // that the portal could not take
	Cases    []string           `json:"cases"`    // that changed
}

// ParcelKind opens a parcel far enough to tell what it is: handover.KindHandover, KindWords and so on. E0209 for what is changed, not for
// this installation or from nobody known.
func (d *Desk) ParcelKind(ctx context.Context, data []byte) (string, error) {
	p, err := d.unseal(ctx, data)
	return p.Manifest.Kind, err
}

func (d *Desk) unseal(ctx context.Context, data []byte) (handover.Parcel, error) {
	secret, err := d.identity(ctx)
	if err != nil {
		return handover.Parcel{}, err
	}
	known, err := d.Contacts(ctx)
	if err != nil {
		return handover.Parcel{}, err
	}
	self, err := d.Parcels.Card(secret, d.By)
	if err != nil {
		return handover.Parcel{}, err
	}
	return d.Parcels.Open(secret, append(known, self), data)
}

// TakeWords takes the parcel that a portal sent back: receipts, decisions and answers. Each is believed only under the portal's key that was
// pinned at enrolment, or one that follows from it, whoever sealed the parcel. The same parcel again, or an older one, changes nothing.
func (d *Desk) TakeWords(ctx context.Context, data []byte) (Heard, error) {
	var out Heard
	e, err := d.needEnrolment(ctx)
	if err != nil {
		return out, err
	}
	p, err := d.unseal(ctx, data)
	if err != nil {
		return out, err
	}
	if p.Manifest.Kind != handover.KindWords {
		return out, survey.Fail(survey.CodeParcel, "wizard.words", "不是受理单位带回的回执包")
	}
	words, err := handover.DecodeWords(p.File(handover.WordsFile))
	if err != nil {
		return out, err
	}
	out.Portal, out.Refused = words.Portal, words.Refused
	e.Keys.Rotations = append(slices.Clone(words.Rotations), e.Keys.Rotations...)
	carried := carried{words, p}
	ids := map[string]bool{}
	for _, r := range words.Receipts {
		ids[r.ID] = true
		if err := d.takeReceipt(ctx, *e, r, &out); err != nil {
			return out, err
		}
	}
	for _, x := range words.Decisions {
		ids[x.ID] = true
	}
	for id := range ids {
		r, err := d.mine(ctx, id)
		if err != nil || r == nil {
			if err != nil {
				return out, err
			}
			continue
		}
		sealed, err := d.sealedOf(ctx, *r)
		if err != nil {
			return out, err
		}
		if err := d.hear(ctx, carried, *e, *r, sealed); err != nil {
			return out, err
		}
		out.Words++
		if !slices.Contains(out.Cases, r.CaseID) {
			out.Cases = append(out.Cases, r.CaseID)
		}
	}
	return out, nil
}

func (d *Desk) sealedOf(ctx context.Context, r Request) (submit.Sealed, error) {
	raw, err := d.Outbox.Bytes(ctx, r.ID, r.Revision)
	if err != nil {
		return submit.Sealed{}, err
	}
	sealed, err := submit.Parse(raw)
	return sealed, survey.Wrap(survey.CodeStoreDamaged, "wizard.words", err)
}

// takeReceipt keeps a receipt that holds; one about a request that is not here is none of this computer's business.
func (d *Desk) takeReceipt(ctx context.Context, e submit.Enrolment, receipt submit.Receipt, out *Heard) error {
	all, err := d.Outbox.Revisions(ctx, receipt.ID)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Revision != receipt.Revision || r.Receipt != nil {
			continue
		}
		sealed, err := d.sealedOf(ctx, r)
		if err != nil {
			return err
		}
		if err := e.Keys.Verify(receipt, sealed); err != nil {
			return err
		}
		if r.State == submit.StateSealed || r.State == submit.StateBlocked { // of a parcel that was made before a backup was restored
			if r.State, err = submit.Desk.Next(r.State, submit.EventSend); err != nil {
				return err
			}
		}
		if err := d.settle(ctx, r, receipt, nil); err != nil {
			return err
		}
		out.Receipts++
	}
	return nil
}

// carried is a Follower that reads from a parcel.
type carried struct {
	words handover.Words
	from  handover.Parcel
}

func (c carried) Decisions(_ context.Context, _ submit.Enrolment, id string) (out []submit.Decision, _ error) {
	for _, w := range c.words.Decisions {
		if w.ID == id {
			out = append(out, w)
		}
	}
	return out, nil
}

func (c carried) Answers(_ context.Context, _ submit.Enrolment, id string) (out []submit.Answer, _ error) {
	for _, w := range c.words.Answers {
		if w.ID == id {
			out = append(out, w)
		}
	}
	return out, nil
}

func (c carried) AnswerFile(_ context.Context, _ submit.Enrolment, _, sha string) ([]byte, error) {
	if b := c.from.File(handover.BlobFolder + sha); b != nil {
		return b, nil
	}
	return nil, &survey.Error{Code: survey.CodeParcel, Op: "wizard.words", Detail: "答复的附件不在包里", Err: errors.New(sha)}
}
