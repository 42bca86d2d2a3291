package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"github.com/shangyuntong/shangyun/connectors/parcel"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Settings of the parcels: the portal's own secret, and whose parcels it takes.
const (
	settingParcelKey   = "parcel_key"
	settingParcelCards = "parcel_cards"
)

// Sender is a device whose parcels the portal takes.
type Sender struct {
	Card   handover.Card `json:"card"`
	Device string        `json:"device"`
}

// Imported is what a parcel brought. The same parcel again gives the same.
type Imported struct {
	From     string             `json:"from"`
	Device   string             `json:"device"`
	Receipts []submit.Receipt   `json:"receipts"`
	Refused  []handover.Refusal `json:"refused"`
}

// Parcels (U盘收件) takes requests that came by USB stick or mail into the same inbox, by the same steps, as the line does, and makes the parcel
// that goes back.
type Parcels struct {
	Server *Server
}

// Card gives the portal's card, for laptops to enter as a contact.
func (p Parcels) Card(ctx context.Context) (handover.Card, error) {
	secret, err := p.secret(ctx)
	if err != nil {
		return handover.Card{}, err
	}
	return parcel.Parcels{}.Card(secret, p.Server.Name)
}

func (p Parcels) secret(ctx context.Context) (string, error) {
	secret, err := p.Server.Store.Setting(ctx, settingParcelKey)
	if err != nil || secret != "" {
		return secret, err
	}
	if secret, err = (parcel.Parcels{}).NewIdentity(); err != nil {
		return "", err
	}
	return p.Server.Store.EnsureSetting(ctx, settingParcelKey, secret)
}

// Senders lists whose parcels are taken.
func (p Parcels) Senders(ctx context.Context) ([]Sender, error) {
	raw, err := p.Server.Store.Setting(ctx, settingParcelCards)
	if err != nil || raw == "" {
		return nil, err
	}
	var all []Sender
	return all, json.Unmarshal([]byte(raw), &all)
}

// Trust enters the card of a device. check is what a person compared with its owner; E0209 when it is another one.
func (p Parcels) Trust(ctx context.Context, by inbox.Who, device, card, check string) (Sender, error) {
	c, err := handover.ReadCard(card)
	if err == nil {
		err = parcel.Parcels{}.CheckCard(c)
	}
	if err != nil {
		return Sender{}, err
	}
	if digits(check) != digits(c.Fingerprint()) {
		return Sender{}, survey.Fail(survey.CodeParcel, "server.trust", "核对码不一致，名片可能被人换过，请与对方重新核对")
	}
	if _, err := p.Server.Store.Device(ctx, device); err != nil {
		return Sender{}, err
	}
	all, err := p.Senders(ctx)
	if err != nil {
		return Sender{}, err
	}
	s := Sender{Card: c, Device: device}
	all = append(slices.DeleteFunc(all, func(x Sender) bool { return x.Card.Key == c.Key || x.Device == device }), s)
	raw, err := json.Marshal(all)
	if err != nil {
		return s, err
	}
	return s, p.Server.Store.Configure(ctx, by, settingParcelCards, string(raw), p.Server.Now())
}

func digits(s string) string {
	return string(slices.DeleteFunc([]byte(s), func(c byte) bool { return c < '0' || c > '9' }))
}

// Import takes a parcel of requests. Before anything is believed the outside is held against a known card, the inside against this portal's
// key; E0209 says what does not hold. Each revision then goes the way of the line: announce, attachments, commit. One that cannot be taken
// is named with its reason and keeps no other back.
func (p Parcels) Import(ctx context.Context, data []byte) (Imported, error) {
	out := Imported{Receipts: []submit.Receipt{}, Refused: []handover.Refusal{}}
	secret, err := p.secret(ctx)
	if err != nil {
		return out, err
	}
	senders, err := p.Senders(ctx)
	if err != nil {
		return out, err
	}
	known := make([]handover.Card, len(senders))
	for i, s := range senders {
		known[i] = s.Card
	}
	opened, err := parcel.Parcels{}.Open(secret, known, data)
	if err != nil {
		return out, err
	}
	out.From = opened.From.Name
	for _, s := range senders {
		if s.Card.Key == opened.From.Key {
			out.Device = s.Device
		}
	}
	if _, err := p.Server.Store.Device(ctx, out.Device); err != nil {
		return out, err
	}
	all, blobs, err := handover.ReadRequests(opened)
	if err != nil {
		return out, err
	}
	for _, s := range all {
		receipt, err := p.receive(ctx, out.Device, s, blobs)
		switch {
		case err == nil:
			out.Receipts = append(out.Receipts, receipt)
		case ctx.Err() != nil || errors.Is(err, inbox.ErrFull):
			return out, err
		default:
			problem := problemOf(err)
			why := problem.Title
			if problem.Detail != "" {
				why += "：" + problem.Detail
			}
			out.Refused = append(out.Refused, handover.Refusal{ID: s.Submission.ID, Revision: s.Submission.Revision, Why: why})
		}
	}
	return out, nil
}

// receive takes one revision by the steps of the line.
func (p Parcels) receive(ctx context.Context, device string, s submit.Sealed, blobs map[string][]byte) (submit.Receipt, error) {
	m := s.Submission
	_, missing, err := p.Server.Store.Announce(ctx, device, s, p.Server.Now())
	if err != nil {
		return submit.Receipt{}, err
	}
	for _, sha := range missing {
		b, ok := blobs[sha]
		if !ok {
			continue // the commit says what is missing
		}
		if _, err := p.Server.Store.PutBlob(ctx, device, sha, bytes.NewReader(b), p.Server.Now()); err != nil {
			return submit.Receipt{}, named(err, sha)
		}
	}
	at, key := p.Server.Now(), p.Server.Keys.signing()
	return p.Server.Store.Commit(ctx, device, m.ID, m.Revision, s.SHA256, at, func(sealed submit.Sealed, seq int64) submit.Receipt {
		return submit.Issue(sealed, seq, at, key)
	})
}

// Return makes the parcel that goes back to a device: receipts, decisions and answers of all its requests, and what was refused last.
func (p Parcels) Return(ctx context.Context, device string, refused []handover.Refusal, id string) ([]byte, error) {
	secret, err := p.secret(ctx)
	if err != nil {
		return nil, err
	}
	senders, err := p.Senders(ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(senders, func(s Sender) bool { return s.Device == device })
	if at < 0 {
		return nil, inbox.ErrNotFound
	}
	words, files, err := p.words(ctx, device)
	if err != nil {
		return nil, err
	}
	if words.Refused = refused; refused == nil {
		words.Refused = []handover.Refusal{}
	}
	raw, err := words.Encode()
	if err != nil {
		return nil, err
	}
	files = append([]handover.File{{Name: handover.WordsFile, Data: raw}}, files...)
	m := handover.Manifest{Kind: handover.KindWords, ID: id, Made: p.Server.Now(), From: handover.Card{Name: p.Server.Name}}
	return parcel.Parcels{}.Seal(secret, m, []handover.Card{senders[at].Card}, files)
}

// words gathers what the portal said to a device.
func (p Parcels) words(ctx context.Context, device string) (handover.Words, []handover.File, error) {
	_, rotations := p.Server.Keys.present()
	w := handover.Words{Portal: p.Server.Name, Rotations: rotations, Receipts: []submit.Receipt{}, Decisions: []submit.Decision{}, Answers: []submit.Answer{}}
	if w.Rotations == nil {
		w.Rotations = []submit.KeyRotation{}
	}
	var files []handover.File
	who, seen := inbox.Who{Role: inbox.RoleDevice, Device: device}, map[string]bool{}
	rows, err := p.rows(ctx, who)
	if err != nil {
		return w, nil, err
	}
	for _, row := range rows {
		for n := 1; n <= row.Revision; n++ {
			_, receipt, err := p.Server.Store.Revision(ctx, who, row.ID, n)
			if err != nil {
				return w, nil, err
			}
			if receipt != nil {
				w.Receipts = append(w.Receipts, *receipt)
			}
		}
		decisions, err := p.Server.Store.Decisions(ctx, who, row.ID)
		if err != nil {
			return w, nil, err
		}
		for _, x := range decisions {
			w.Decisions = append(w.Decisions, x.Decision)
		}
		answers, err := p.Server.Store.Answers(ctx, who, row.ID)
		if err != nil {
			return w, nil, err
		}
		for _, a := range answers {
			w.Answers = append(w.Answers, a)
			for _, f := range a.Files {
				if name := handover.BlobFolder + f.SHA256; !seen[name] {
					seen[name] = true
					data, err := p.file(ctx, who, row.ID, f.SHA256)
					if err != nil {
						return w, nil, err
					}
					files = append(files, handover.File{Name: name, Data: data})
				}
			}
		}
	}
	return w, files, nil
}

// rows lists every request of a device.
func (p Parcels) rows(ctx context.Context, who inbox.Who) ([]inbox.Row, error) {
	var all []inbox.Row
	for {
		some, total, err := p.Server.Store.List(ctx, who, inbox.Query{Limit: 200, Offset: len(all)})
		if all = append(all, some...); err != nil || len(some) == 0 || len(all) >= total {
			return all, err
		}
	}
}

func (p Parcels) file(ctx context.Context, who inbox.Who, id, sha string) ([]byte, error) {
	r, err := p.Server.Store.AnswerFile(ctx, who, id, sha)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	return io.ReadAll(io.LimitReader(r, submit.MaxPut+1))
}
