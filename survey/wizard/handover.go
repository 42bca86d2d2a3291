package wizard

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Names inside a parcel.
const (
	contentFile = "content.json"
	blobFolder  = "blob/"
)

// HandoverText is what a person agrees to before a case is handed over.
func HandoverText(to string) string {
	return fmt.Sprintf("同意将本企业的全部资料、修改历史、附件和报送记录加密交给“%s”，由其继续办理。", to)
}

// AgreeHandover records that whoever sits here agreed, for the firm, to hand the case over to a contact.
func (d *Desk) AgreeHandover(ctx context.Context, id, to string) (*State, error) {
	card, err := d.contact(ctx, to)
	if err != nil {
		return nil, err
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		if !agreedHandover(c, card) {
			c.Consents = append(c.Consents, survey.Consent{ID: d.NewID(), Kind: handover.KindHandover, Recipient: recipient(card),
				Text: HandoverText(card.Name), By: d.By, At: d.Now().UTC()})
		}
		return nil
	})
}

// recipient names a contact with his fingerprint: a new card under an old name needs a new consent.
func recipient(c handover.Card) string { return c.Name + "（" + c.Fingerprint() + "）" }

func agreedHandover(c *survey.Case, card handover.Card) bool {
	return slices.ContainsFunc(c.Consents, func(k survey.Consent) bool { return k.Kind == handover.KindHandover && k.Recipient == recipient(card) })
}

// HandOver makes a parcel of a case for a contact: every revision of every fact, the attachments that are here, the requests that have their
// receipts and the log. Settings, keys and tokens stay. It fails with E0403 without consent, and is logged before it is made.
func (d *Desk) HandOver(ctx context.Context, id, to string) (File, error) {
	secret, err := d.identity(ctx)
	if err != nil {
		return File{}, err
	}
	card, err := d.contact(ctx, to)
	if err != nil {
		return File{}, err
	}
	c, err := d.Cases.Load(ctx, id)
	if err != nil {
		return File{}, err
	}
	if !agreedHandover(c, card) {
		return File{}, survey.Fail(survey.CodeConsent, "wizard.handover", "还没有同意交接给“%s”", card.Name)
	}
	if err := d.log(ctx, id, DeedParcel, "制作交接包", card.Name); err != nil {
		return File{}, err
	}
	content := handover.Content{CaseID: id, Created: c.Created, AsOf: c.AsOf}
	if content.Threads, err = d.Threads.Threads(ctx, id, false); err != nil {
		return File{}, err
	}
	if content.Requests, err = d.confirmed(ctx, id); err != nil {
		return File{}, err
	}
	if content.Log, err = d.lines(ctx, id); err != nil {
		return File{}, err
	}
	raw, err := content.Encode()
	if err != nil {
		return File{}, survey.Wrap(survey.CodeInternal, "wizard.handover", err)
	}
	files := []handover.File{{Name: contentFile, Data: raw}}
	for _, sha := range digests(content.Threads) {
		data, err := d.Blobs.Get(ctx, sha)
		if survey.CodeOf(err) == survey.CodeUnknownItem && err != nil {
			continue // is not here either; the fact says so
		}
		if err != nil {
			return File{}, err
		}
		files = append(files, handover.File{Name: blobFolder + sha, Data: data})
	}
	m := handover.Manifest{Kind: handover.KindHandover, ID: d.NewID(), Made: d.Now(), From: handover.Card{Name: d.By}}
	data, err := d.Parcels.Seal(secret, m, []handover.Card{card}, files)
	name := c.Firm.Name
	if name == "" {
		name = "未命名企业"
	}
	return File{Name: name + "-交接-" + d.Now().Format("20060102-1504") + ".syparcel", Type: "application/x-tar", Data: data}, err
}

// confirmed gives the requests that have their receipts. What is sealed and not confirmed stays: only who sealed it sends it.
func (d *Desk) confirmed(ctx context.Context, id string) ([]handover.Sent, error) {
	all, err := d.Outbox.Requests(ctx, id)
	if err != nil {
		return nil, err
	}
	var out []handover.Sent
	for _, r := range slices.Backward(all) {
		if r.Receipt == nil {
			continue
		}
		raw, err := d.Outbox.Bytes(ctx, r.ID, r.Revision)
		if err != nil {
			return nil, err
		}
		by := r.From
		if by == "" {
			by = d.By
		}
		out = append(out, handover.Sent{Bytes: raw, Sealed: r.Sealed, By: by, Receipt: *r.Receipt})
	}
	return out, nil
}

func (d *Desk) lines(ctx context.Context, id string) ([]handover.Line, error) {
	if d.Audit == nil {
		return nil, nil
	}
	all, err := d.Audit.Logged(ctx, id)
	var out []handover.Line
	for _, l := range all {
		out = append(out, handover.Line{Seq: l.Seq, At: l.At, By: l.By, Deed: string(l.Deed), What: l.What, Where: l.Where})
	}
	return out, err
}

// digests names the contents that any revision of any attachment names, each once.
func digests(threads []handover.Thread) []string {
	var out []string
	for _, t := range threads {
		for _, r := range t.Revisions {
			if t.Kind != "attachment" {
				break
			}
			if sha := digestOf(&survey.Fact{Data: r.Data}); submit.Hex256(sha) && !slices.Contains(out, sha) {
				out = append(out, sha)
			}
		}
	}
	return out
}

// Inside tells what a parcel holds before it is taken.
type Inside struct {
	ID        string    `json:"id"`
	From      string    `json:"from"` // the sender, as he is known here
	Made      time.Time `json:"made"`
	CaseID    string    `json:"caseId"`
	Firm      string    `json:"firm"`
	Here      bool      `json:"here"` // the case is on this computer
	New       int       `json:"new"`  // revisions that are not known here yet
	Clashes   int       `json:"clashes"`
	Requests  int       `json:"requests"`
	Files     int       `json:"files"`
	LogLines  int       `json:"logLines"`
	Revisions int       `json:"revisions"`
}

// opened is a parcel thought through, nothing of it written.
type opened struct {
	inside  Inside
	graft   Graft
	files   []handover.File
	clashes int
}

// Examine opens a parcel and tells what taking it would do; nothing is written. It fails with E0209 for what is changed, not for this
// installation or from nobody known.
func (d *Desk) Examine(ctx context.Context, data []byte) (Inside, error) {
	o, err := d.open(ctx, data)
	return o.inside, err
}

// Take brings a parcel into the case with its id, which is made when it is not here. Revisions keep who and when; what both sides changed
// differently stays as it is here and stands in State.Clashes. The same parcel again, or an older one, changes nothing.
func (d *Desk) Take(ctx context.Context, data []byte) (*State, Inside, error) {
	o, err := d.open(ctx, data)
	if err != nil {
		return nil, o.inside, err
	}
	for _, f := range o.files {
		if _, err := d.Blobs.Put(ctx, f.Data); err != nil {
			return nil, o.inside, err
		}
	}
	o.graft.At = d.moment()
	if by, err := d.checking(ctx, o.graft.CaseID); err != nil || by != "" {
		return nil, o.inside, errors.Join(err, forCheck(by, "wizard.handover"))
	}
	if err := d.Threads.Graft(ctx, o.graft); err != nil {
		return nil, o.inside, err
	}
	st, err := d.Open(ctx, o.inside.CaseID)
	return st, o.inside, err
}

func (d *Desk) open(ctx context.Context, data []byte) (opened, error) {
	const op = "wizard.take"
	var o opened
	secret, err := d.identity(ctx)
	if err != nil {
		return o, err
	}
	known, err := d.Contacts(ctx)
	if err != nil {
		return o, err
	}
	self, err := d.Parcels.Card(secret, d.By) // one's own parcel, e.g. for another computer restored from a backup of this one
	if err != nil {
		return o, err
	}
	p, err := d.Parcels.Open(secret, append(known, self), data)
	if err != nil {
		return o, err
	}
	if p.Manifest.Kind != handover.KindHandover {
		return o, survey.Fail(survey.CodeParcel, op, "不是交接包")
	}
	content, err := handover.Decode(p.File(contentFile))
	if err != nil {
		return o, err
	}
	for _, f := range p.Files {
		if f.Name == contentFile {
			continue
		}
		if f.Name != blobFolder+submit.Digest(f.Data) {
			return o, survey.Fail(survey.CodeParcel, op, "附件与编号不符")
		}
		o.files = append(o.files, f)
	}
	mine, err := d.Threads.Threads(ctx, content.CaseID, false)
	if err != nil {
		return o, err
	}
	merged := handover.MergeAll(mine, content.Threads)
	if len(mine) > 0 { // what is known already has been checked when it was written
		content.AsOf = ""
	}
	from := Received{ID: p.Manifest.ID, Name: p.From.Name, Made: p.Manifest.Made, Log: content.Log}
	o.graft = Graft{CaseID: content.CaseID, Created: content.Created, AsOf: content.AsOf, Threads: merged, Requests: content.Requests, From: from, By: d.By}
	o.inside = inside(p, content, mine, merged)
	return o, nil
}

func inside(p handover.Parcel, c handover.Content, mine, merged []handover.Thread) Inside {
	in := Inside{ID: p.Manifest.ID, From: p.From.Name, Made: p.Manifest.Made, CaseID: c.CaseID, Here: len(mine) > 0, Requests: len(c.Requests),
		Files: len(p.Files) - 1, LogLines: len(c.Log)}
	for _, t := range mine {
		in.New -= len(t.Revisions)
	}
	settled := handover.Settled(merged)
	for i := range merged {
		t := &merged[i]
		in.New += len(t.Revisions)
		if t.Clash(settled) != nil {
			in.Clashes++
		}
		var firm survey.Firm
		if f := t.Fact(t.Head); t.Kind == "firm" && f != nil && json.Unmarshal(f.Data, &firm) == nil {
			in.Firm = firm.Name
		}
	}
	for _, t := range c.Threads {
		in.Revisions += len(t.Revisions)
	}
	return in
}
