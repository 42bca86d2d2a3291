package submit_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

func keyOf(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

func TestReceiptSurvivesJSON(t *testing.T) {
	sealed := seal(t, sample())
	raw, err := json.Marshal(submit.Issue(sealed, 117, noon, keyOf(1)))
	if err != nil {
		t.Fatal(err)
	}
	var r submit.Receipt
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	if err := r.Verify(public(keyOf(1)), sealed); err != nil {
		t.Error(err)
	}
	if r.Number != "SY-2026-000117-1" {
		t.Errorf("number = %s", r.Number)
	}
}

func TestTamperedReceiptsAreRefusedByName(t *testing.T) {
	sealed := seal(t, sample())
	other := sample()
	other.Summary.Title = "另一份"
	otherSealed := seal(t, other)
	own := keyOf(1)
	resign := func(r *submit.Receipt) { r.Signature = ed25519.Sign(own, r.SigningBytes()) }
	cases := []struct {
		name   string
		change func(*submit.Receipt)
		code   survey.Code
		detail string
	}{
		{"number", func(r *submit.Receipt) { r.Number = "SY-2026-999999-1" }, survey.CodeReceipt, "回执的签名不符"},
		{"seq", func(r *submit.Receipt) { r.Seq++ }, survey.CodeReceipt, "回执的签名不符"},
		{"time", func(r *submit.Receipt) { r.ReceivedAt = r.ReceivedAt.Add(-time.Hour) }, survey.CodeReceipt, "回执的签名不符"},
		{"signature bit", func(r *submit.Receipt) { r.Signature[0] ^= 1 }, survey.CodeReceipt, "回执的签名不符"},
		{"no signature", func(r *submit.Receipt) { r.Signature = nil }, survey.CodeReceipt, "回执的签名不符"},
		{"other id, signed", func(r *submit.Receipt) { r.ID = "01938a5e-7c00-7000-8000-000000000009"; resign(r) }, survey.CodeReceipt, "回执的申请编号不符"},
		{"other revision, signed", func(r *submit.Receipt) { r.Revision = 2; resign(r) }, survey.CodeReceipt, "回执的版本不符"},
		{"other kind, signed", func(r *submit.Receipt) { r.Kind = submit.Onboarding; resign(r) }, survey.CodeReceipt, "回执的申请类别不符"},
		{"other content, signed", func(r *submit.Receipt) { r.ManifestSHA256 = otherSealed.SHA256; resign(r) }, survey.CodeReceipt, "回执的内容摘要不符"},
		{"no sequence, signed", func(r *submit.Receipt) { r.Seq = 0; resign(r) }, survey.CodeReceipt, "回执不完整"},
		{"foreign key, own id", func(r *submit.Receipt) { *r = submit.Issue(sealed, 1, noon, keyOf(2)) }, survey.CodePortalKey, "回执由另一把密钥签发"},
		{"foreign key under the pinned id", func(r *submit.Receipt) { r.Signature = ed25519.Sign(keyOf(2), r.SigningBytes()) }, survey.CodeReceipt, "回执的签名不符"},
		{"rotation signature reused", func(r *submit.Receipt) { r.Signature = submit.Rotate(own, public(keyOf(2)), noon).Signature }, survey.CodeReceipt, "回执的签名不符"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := submit.Issue(sealed, 1, noon, own)
			c.change(&r)
			err := r.Verify(public(own), sealed)
			if survey.CodeOf(err) != c.code || survey.DetailOf(err) != c.detail {
				t.Errorf("got %v, want %s %s", err, c.code, c.detail)
			}
		})
	}
	r := submit.Issue(sealed, 1, noon, own)
	if err := r.Verify(public(own), sealed); err != nil {
		t.Errorf("the untouched receipt: %v", err)
	}
	changed := sealed
	changed.Bytes = append(bytes.Clone(sealed.Bytes), ' ')
	if err := r.Verify(public(own), changed); survey.DetailOf(err) != "本机封存的内容已变" {
		t.Errorf("changed bytes: %v", err)
	}
	if err := r.Verify(nil, sealed); survey.CodeOf(err) != survey.CodePortalKey {
		t.Errorf("no key: %v", err)
	}
}

func TestOnlyASignedChainFromThePinnedKeyIsTrusted(t *testing.T) {
	sealed := seal(t, sample())
	a, b, c := keyOf(1), keyOf(2), keyOf(3)
	ab, bc := submit.Rotate(a, public(b), noon), submit.Rotate(b, public(c), noon)
	forged := ab
	forged.Signature = ed25519.Sign(c, forged.SigningBytes())
	moved := ab
	moved.New = public(c)
	self := submit.Rotate(b, public(b), noon)
	cases := []struct {
		name  string
		ring  submit.Keyring
		by    ed25519.PrivateKey
		trust bool
	}{
		{"pinned", submit.Keyring{Pinned: public(a)}, a, true},
		{"one rotation", submit.Keyring{Pinned: public(a), Rotations: []submit.KeyRotation{ab}}, b, true},
		{"two rotations in any order", submit.Keyring{Pinned: public(a), Rotations: []submit.KeyRotation{bc, ab}}, c, true},
		{"old receipt after a rotation", submit.Keyring{Pinned: public(a), Rotations: []submit.KeyRotation{ab}}, a, true},
		{"no rotation told", submit.Keyring{Pinned: public(a)}, b, false},
		{"gap in the chain", submit.Keyring{Pinned: public(a), Rotations: []submit.KeyRotation{bc}}, c, false},
		{"signed by the new key", submit.Keyring{Pinned: public(a), Rotations: []submit.KeyRotation{forged}}, b, false},
		{"new key exchanged", submit.Keyring{Pinned: public(a), Rotations: []submit.KeyRotation{moved}}, c, false},
		{"backwards", submit.Keyring{Pinned: public(b), Rotations: []submit.KeyRotation{ab}}, a, false},
		{"circle", submit.Keyring{Pinned: public(b), Rotations: []submit.KeyRotation{self, self}}, c, false},
		{"nothing pinned", submit.Keyring{Rotations: []submit.KeyRotation{ab}}, a, false},
		{"short key", submit.Keyring{Pinned: public(a), Rotations: []submit.KeyRotation{{Old: public(a), New: []byte{1}}}}, b, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := c.ring.Verify(submit.Issue(sealed, 1, noon, c.by), sealed)
			if c.trust && err != nil || !c.trust && survey.CodeOf(err) != survey.CodePortalKey {
				t.Errorf("trust %v, got %v", c.trust, err)
			}
		})
	}
}

func TestFingerprintsAreComparedByPeople(t *testing.T) {
	pub := public(keyOf(1))
	f := submit.Fingerprint(pub)
	if len(f) != 39 {
		t.Errorf("fingerprint %q", f)
	}
	for typed, want := range map[string]bool{f: true, " " + f: true, submit.KeyID(pub): true, f[:38]: false, "": false, submit.Fingerprint(public(keyOf(2))): false} {
		if got := submit.SameFingerprint(typed, pub); got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

func TestTheStateMachines(t *testing.T) {
	walk := func(m submit.Machine, from submit.State, events ...submit.Event) (submit.State, error) {
		var err error
		for _, e := range events {
			if from, err = m.Next(from, e); err != nil {
				break
			}
		}
		return from, err
	}
	cases := []struct {
		m      submit.Machine
		from   submit.State
		events []submit.Event
		want   submit.State
		ok     bool
	}{
		{submit.Desk, submit.StateDraft, []submit.Event{submit.EventSeal, submit.EventSend, submit.EventSend, submit.EventReceipt, submit.EventReturn, submit.EventRevise}, submit.StateDraft, true},
		{submit.Desk, submit.StateSending, []submit.Event{submit.EventRefuse, submit.EventSend}, submit.StateSending, true},
		{submit.Desk, submit.StateSending, []submit.Event{submit.EventReopen}, submit.StateSending, false},
		{submit.Desk, submit.StateSending, []submit.Event{submit.EventAccept}, submit.StateSending, false},
		{submit.Desk, submit.StateAccepted, []submit.Event{submit.EventRevise}, submit.StateAccepted, false},
		{submit.Portal, "", []submit.Event{submit.EventAnnounce, submit.EventCommit, submit.EventReview, submit.EventReturn, submit.EventAnnounce, submit.EventCommit}, submit.StateReceived, true},
		{submit.Portal, submit.StateInReview, []submit.Event{submit.EventAccept, submit.EventExport, submit.EventExport}, submit.StateExported, true},
		{submit.Portal, submit.StateAccepted, []submit.Event{submit.EventWithdraw}, submit.StateAccepted, false},
		{submit.Portal, submit.StateInReview, []submit.Event{submit.EventCommit}, submit.StateInReview, false},
		{submit.Portal, "", []submit.Event{submit.EventCommit}, "", false},
	}
	for i, c := range cases {
		got, err := walk(c.m, c.from, c.events...)
		if got != c.want || (err == nil) != c.ok {
			t.Errorf("case %d: %s, %v; want %s", i, got, err, c.want)
		}
	}
}
