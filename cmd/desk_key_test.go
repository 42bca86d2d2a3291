package cmd

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestAWrongFingerprintStoresNothing(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	code := b.code(t)
	wrong := strings.Repeat("0000 ", 8)
	_, err := d.Enrol(t.Context(), b.URL, code, wrong)
	wantCode(t, err, survey.CodePortalKey, "指纹")
	if e, err := d.Enrolment(t.Context()); e != nil || err != nil {
		t.Errorf("stored %+v, %v", e, err)
	}
	if _, _, err := d.Seal(t.Context(), d.id, submit.Application); survey.CodeOf(err) != survey.CodeNotEnrolled {
		t.Errorf("sealing: %v", err)
	}
	// The code did not leave: it can still be used, with the right fingerprint and in any writing.
	right := strings.ToUpper(strings.ReplaceAll(submit.Fingerprint(b.keys.Public()), " ", "-"))
	if _, err := d.Enrol(t.Context(), b.URL, code, right); err != nil {
		t.Error(err)
	}
	second := openTable(t)
	_, err = second.Enrol(t.Context(), b.URL, code, right)
	wantCode(t, err, survey.CodeEnrol, "登记码")
}

func TestARotatedKeyIsAcceptedThroughTheChainAndKept(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	b.enrol(t, d.Desk)
	before := d.delivers(t, submit.Application)
	for range 2 {
		if err := b.keys.Rotate(rand.Reader, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	d.set(t, "project.goals", "换钥之后")
	d.seal(t, submit.Application)
	after, err := d.send(t, submit.Application)
	if err != nil || after.Receipt == nil || after.Receipt.PortalKeyID == before.Receipt.PortalKeyID {
		t.Fatalf("after two rotations: %+v, %v", after, err)
	}
	e, err := d.Enrolment(t.Context())
	if err != nil || len(e.Keys.Rotations) != 2 || submit.KeyID(e.Keys.Pinned) != before.Receipt.PortalKeyID {
		t.Fatalf("kept: %+v, %v", e, err)
	}
	for _, r := range []struct {
		of      submit.Sealed
		receipt submit.Receipt
	}{{d.manifest(t, before), *before.Receipt}, {d.manifest(t, after), *after.Receipt}} {
		if err := e.Keys.Verify(r.receipt, r.of); err != nil {
			t.Errorf("with what is kept here, without the portal: %v", err)
		}
	}
}

func TestAReplacedPortalIsRefusedByNameAndNothingIsLost(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	b.enrol(t, d.Desk)
	d.agree(t, submit.Application)
	sealed := d.seal(t, submit.Application)
	real, stranger := b.Config.Handler, openBureau(t, "株洲市工信局")
	other := openTable(t)
	stranger.enrol(t, other.Desk) // somebody else's office, in working order
	b.Config.Handler = stranger.Config.Handler
	for range 2 {
		got, err := d.send(t, submit.Application)
		wantCode(t, err, survey.CodePortalKey, "密钥")
		if got.Receipt != nil || got.State == submit.StateSent || got.State == submit.StateBlocked || got.SHA256 != sealed.SHA256 || got.Problem != string(survey.CodePortalKey) {
			t.Errorf("the request is %+v", got)
		}
	}
	if all := heldIn(t, stranger.store); len(all) != 0 {
		t.Errorf("the stranger was given %+v", all)
	}
	b.Config.Handler = real
	got, err := d.send(t, submit.Application)
	if err != nil || got.Receipt == nil || got.SHA256 != sealed.SHA256 {
		t.Errorf("at the right portal again: %+v, %v", got, err)
	}
	if all := heldIn(t, b.store); len(all) != 1 || all[0].receipts != 1 {
		t.Errorf("the portal holds %+v", all)
	}
}

// A request agreed to for one recipient never goes to the portal that is enrolled later.
func TestAnotherPortalGetsARequestOfItsOwn(t *testing.T) {
	first, second, d := openBureau(t, "甲局"), openBureau(t, "乙局"), openTable(t)
	first.enrol(t, d.Desk)
	d.agree(t, submit.Application)
	mine := d.seal(t, submit.Application)
	first.CloseClientConnections()
	first.Config.Handler = nil // answers 404 to everything
	if got, err := d.send(t, submit.Application); err == nil || got.Receipt != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	second.enrol(t, d.Desk)
	_, _, err := d.Seal(t.Context(), d.id, submit.Application)
	wantCode(t, err, survey.CodeConsent, "乙局")
	if _, err := d.send(t, submit.Application); err != nil {
		t.Errorf("nothing is to be sent to the second portal: %v", err)
	}
	if all := heldIn(t, second.store); len(all) != 0 {
		t.Errorf("the second portal was given what the first was to have: %+v", all)
	}
	d.agree(t, submit.Application)
	if next := d.seal(t, submit.Application); next.ID == mine.ID || next.Revision != 1 {
		t.Errorf("sealed for the second: %+v", next)
	}
	got, err := d.send(t, submit.Application)
	if err != nil || got.Receipt == nil || d.manifest(t, got).Submission.Consent.Recipient != "乙局" {
		t.Errorf("%+v, %v", got, err)
	}
	st, err := d.Open(t.Context(), d.id)
	if err != nil || len(st.Requests) != 2 || !slices.ContainsFunc(st.Requests, func(r wizard.Request) bool { return r.ID == mine.ID && r.Receipt == nil }) {
		t.Errorf("the first request is gone: %+v, %v", st.Requests, err)
	}
	if all := heldIn(t, second.store); len(all) != 1 || all[0].receipts != 1 {
		t.Errorf("the second portal holds %+v", all)
	}
}
