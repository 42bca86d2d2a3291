package casedb

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

const (
	idA = "01932f4a-0000-7000-8000-000000000001"
	idB = "01932f4a-0000-7000-8000-000000000002"
)

var key = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))

func sealed(t *testing.T, id string, revision int, title string) submit.Sealed {
	t.Helper()
	s, err := sealRequest(id, revision, title)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sealRequest(id string, revision int, title string) (submit.Sealed, error) {
	doc, err := json.Marshal(map[string]any{"form": title})
	if err != nil {
		return submit.Sealed{}, err
	}
	return submit.Seal(submit.Submission{
		ID: id, Revision: revision, Base: revision - 1, Kind: submit.Application, FormVersion: "1", CaseID: "x", DeviceID: "d", DeviceTime: day, Document: doc,
		Attachments: []submit.Blob{{Name: "申报书.pdf", Role: "application-pdf", SHA256: submit.Digest([]byte("pdf")), Size: 3, Type: "application/pdf"}},
		Consent:     submit.Consent{Text: "同意", By: "张工", At: day, Recipient: "株洲市工信局"},
		Summary:     submit.Summary{FirmName: "株洲恒硬刀具有限公司", CreditCode: "91430200000000000X", Title: title},
	})
}

func outbox(t *testing.T) (*DB, Outbox) {
	t.Helper()
	db := start(t, t.TempDir())
	create(t, db, fullCase("x"))
	return db, db.Outbox()
}

func putRequest(t *testing.T, o Outbox, s submit.Sealed) {
	t.Helper()
	if err := o.Put(t.Context(), s, day); err != nil {
		t.Fatal(err)
	}
}

func only(t *testing.T, o Outbox) wizard.Request {
	t.Helper()
	list, err := o.Requests(t.Context(), "x")
	if err != nil || len(list) != 1 {
		t.Fatalf("requests = %v, %v; want one", list, err)
	}
	return list[0]
}

// last gives the request sealed last.
func last(t *testing.T, o Outbox) wizard.Request {
	t.Helper()
	list, err := o.Requests(t.Context(), "x")
	if err != nil || len(list) == 0 {
		t.Fatalf("requests = %v, %v; want some", list, err)
	}
	return list[0]
}

// walk marks the request sealed last with states in turn.
func walk(t *testing.T, o Outbox, s submit.Sealed, states ...submit.State) wizard.Request {
	t.Helper()
	for _, state := range states {
		r := last(t, o)
		if r.State = state; state == submit.StateSending {
			r.Attempts++
		}
		if state == submit.StateSent {
			receipt := submit.Issue(s, 7, day, key)
			r.Receipt = &receipt
		}
		if err := o.Mark(t.Context(), r, day); err != nil {
			t.Fatalf("to %s: %v", state, err)
		}
	}
	return last(t, o)
}

func TestSealedBytesComeBackNewestFirst(t *testing.T) {
	db, o := outbox(t)
	a1, b1, a2 := sealed(t, idA, 1, "甲"), sealed(t, idB, 1, "乙"), sealed(t, idA, 2, "丙")
	for _, s := range []submit.Sealed{a1, b1, a2} {
		putRequest(t, o, s)
	}
	list, err := o.Requests(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	want := []wizard.Request{}
	for _, s := range []submit.Sealed{a2, b1, a1} {
		want = append(want, wizard.Request{ID: s.Submission.ID, Revision: s.Submission.Revision, Kind: submit.Application, CaseID: "x", SHA256: s.SHA256, State: submit.StateSealed, Sealed: day})
		if b, err := o.Bytes(t.Context(), s.Submission.ID, s.Submission.Revision); err != nil || !bytes.Equal(b, s.Bytes) {
			t.Errorf("bytes differ, %v", err)
		}
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
	if n := count(t, db, `SELECT count(*) FROM blob_case WHERE sha256 = ?`, submit.Digest([]byte("pdf"))); n != 1 {
		t.Errorf("references to the attachment = %d, want 1", n)
	}
	if list, err := o.Requests(t.Context(), "other"); err != nil || len(list) != 0 {
		t.Errorf("another case shows %v, %v", list, err)
	}
}

func TestOtherBytesAreTakenOnlyBeforeAnythingLeft(t *testing.T) {
	first := sealed(t, idA, 1, "甲")
	for name, tt := range map[string]struct {
		states []submit.State
		taken  bool
	}{
		"sealed":              {nil, true},
		"reopened":            {[]submit.State{submit.StateDraft}, true},
		"sending":             {[]submit.State{submit.StateSending}, false},
		"sending twice":       {[]submit.State{submit.StateSending, submit.StateSending}, false},
		"blocked":             {[]submit.State{submit.StateSending, submit.StateBlocked}, false},
		"blocked and revised": {[]submit.State{submit.StateSending, submit.StateBlocked, submit.StateDraft}, false},
		"sent":                {[]submit.State{submit.StateSending, submit.StateSent}, false},
		"sent and revised":    {[]submit.State{submit.StateSending, submit.StateSent, submit.StateDraft}, false},
	} {
		t.Run(name, func(t *testing.T) {
			_, o := outbox(t)
			putRequest(t, o, first)
			before := walk(t, o, first, tt.states...)
			putRequest(t, o, first) // the same bytes are never refused
			if after := only(t, o); before.State != submit.StateDraft || !tt.taken {
				if diff := cmp.Diff(before, after); diff != "" {
					t.Error("the same bytes again changed it: " + diff)
				}
			} else if after.State != submit.StateSealed {
				t.Errorf("reopened and sealed again: %s", after.State)
			}
			other := sealed(t, idA, 1, "乙")
			err := o.Put(t.Context(), other, day)
			want := first
			if tt.taken {
				want = other
			} else {
				wantCode(t, err, survey.CodeConflict, "新的一版")
			}
			if tt.taken && err != nil {
				t.Fatal(err)
			}
			if b, err := o.Bytes(t.Context(), idA, 1); err != nil || !bytes.Equal(b, want.Bytes) {
				t.Errorf("stored bytes are not the expected ones, %v", err)
			}
		})
	}
}

func TestStatesFollowTheDesk(t *testing.T) {
	_, o := outbox(t)
	revision := 0
	all := []submit.State{submit.StateDraft, submit.StateSealed, submit.StateSending, submit.StateSent, submit.StateBlocked, submit.StateReturned, submit.StateAccepted, submit.StateRejected, submit.StateWithdrawn, "", "nonsense"}
	paths := map[submit.State][]submit.State{
		submit.StateSealed: nil, submit.StateDraft: {submit.StateDraft}, submit.StateSending: {submit.StateSending},
		submit.StateBlocked: {submit.StateSending, submit.StateBlocked}, submit.StateSent: {submit.StateSending, submit.StateSent},
		submit.StateReturned: {submit.StateSending, submit.StateSent, submit.StateReturned},
		submit.StateAccepted: {submit.StateSending, submit.StateSent, submit.StateAccepted},
	}
	for from, path := range paths {
		for _, to := range all {
			revision++
			s := sealed(t, idA, revision, "甲")
			putRequest(t, o, s)
			r := walk(t, o, s, path...)
			want := from == to
			for _, next := range submit.Desk[from] {
				want = want || next == to
			}
			if r.State = to; to == submit.StateSent && r.Receipt == nil {
				receipt := submit.Issue(s, 7, day, key)
				r.Receipt = &receipt
			}
			if err := o.Mark(t.Context(), r, day); (err == nil) != want {
				t.Errorf("%s → %s: %v, want allowed %v", from, to, err, want)
			} else if err != nil {
				wantCode(t, err, survey.CodeConflict, "")
			}
		}
	}
}

func TestAReceiptIsNeverTakenAwayOrReplaced(t *testing.T) {
	db, o := outbox(t)
	s := sealed(t, idA, 1, "甲")
	putRequest(t, o, s)
	r := walk(t, o, s, submit.StateSending)
	r.State = submit.StateSent
	wantCode(t, o.Mark(t.Context(), r, day), survey.CodeReceipt, "没有回执")
	foreign := submit.Issue(sealed(t, idB, 1, "乙"), 7, day, key)
	r.Receipt = &foreign
	wantCode(t, o.Mark(t.Context(), r, day), survey.CodeReceipt, "不属于")
	first := submit.Issue(s, 7, day, key)
	r.Receipt, r.State = &first, submit.StateSending
	wantCode(t, o.Mark(t.Context(), r, day), survey.CodeReceipt, "已报送")
	sent := walk(t, o, s, submit.StateSent)
	if diff := cmp.Diff(&first, sent.Receipt); diff != "" {
		t.Fatal(diff)
	}
	other := submit.Issue(s, 8, day, key)
	r.Receipt, r.State = &other, submit.StateSent
	wantCode(t, o.Mark(t.Context(), r, day), survey.CodeReceipt, first.Number)
	later := submit.Issue(s, 7, day.Add(time.Hour), key)
	r.Receipt = &later
	wantCode(t, o.Mark(t.Context(), r, day), survey.CodeReceipt, first.Number)
	resigned := submit.Issue(s, 7, day, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, 32)))
	for _, receipt := range []*submit.Receipt{nil, &first, &resigned} {
		r.Receipt = receipt
		if err := o.Mark(t.Context(), r, day); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(sent, only(t, o)); diff != "" {
			t.Error(diff)
		}
	}
	for _, q := range []string{`DELETE FROM outbox`, `UPDATE outbox SET receipt_number = ''`, `UPDATE outbox SET receipt = NULL`, `UPDATE outbox SET sha256 = 'x'`, `UPDATE outbox SET tried = 0`} {
		if _, err := db.sql.Write.Exec(q); err == nil {
			t.Errorf("%s went through", q)
		}
	}
}

func TestFailuresAreKeptWithTheRequest(t *testing.T) {
	_, o := outbox(t)
	s := sealed(t, idA, 1, "甲")
	putRequest(t, o, s)
	r := only(t, o)
	r.State, r.Attempts, r.Problem, r.Detail = submit.StateSending, 3, string(survey.CodePortalDown), "连接超时"
	if err := o.Mark(t.Context(), r, day); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, only(t, o)); diff != "" {
		t.Error(diff)
	}
	fewer := r
	fewer.Attempts = 0
	if err := o.Mark(t.Context(), fewer, day); err != nil || only(t, o).Attempts != 3 {
		t.Errorf("attempts fell to %d, %v", only(t, o).Attempts, err)
	}
}

func TestWhatIsNoRequestIsRefused(t *testing.T) {
	db, o := outbox(t)
	s := sealed(t, idA, 1, "甲")
	bad := s
	bad.SHA256 = submit.Digest(nil)
	wantCode(t, o.Put(t.Context(), bad, day), survey.CodeFileBroken, "封存")
	bad = s
	bad.Bytes = append([]byte(" "), s.Bytes...)
	wantCode(t, o.Put(t.Context(), bad, day), survey.CodeFileBroken, "封存")
	raw(t, db, `UPDATE case_ SET state = 'erasing'`)
	raw(t, db, `DELETE FROM fact`)
	raw(t, db, `DELETE FROM blob_case`)
	raw(t, db, `DELETE FROM case_`)
	wantCode(t, o.Put(t.Context(), s, day), survey.CodeNoCase, "")
	_, err := o.Bytes(t.Context(), idA, 1)
	wantCode(t, err, survey.CodeUnknownItem, "第 1 版")
	wantCode(t, o.Mark(t.Context(), wizard.Request{ID: idA, Revision: 1}, day), survey.CodeUnknownItem, "第 1 版")
}

func TestAMarkForReplacedBytesIsRefused(t *testing.T) {
	_, o := outbox(t)
	putRequest(t, o, sealed(t, idA, 1, "甲"))
	r := only(t, o)
	putRequest(t, o, sealed(t, idA, 1, "乙"))
	r.State = submit.StateSending
	wantCode(t, o.Mark(t.Context(), r, day), survey.CodeConflict, "换过")
}

func TestDamagedSealedBytesAreNamed(t *testing.T) {
	db, o := outbox(t)
	putRequest(t, o, sealed(t, idA, 1, "甲"))
	raw(t, db, `UPDATE outbox SET bytes = x'00'`)
	_, err := o.Bytes(t.Context(), idA, 1)
	wantCode(t, err, survey.CodeStoreDamaged, idA)
}
