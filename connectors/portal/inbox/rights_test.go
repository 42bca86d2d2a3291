package inbox

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

func TestDevicesSeeOnlyWhatTheyHold(t *testing.T) {
	s := openStore(t)
	blob := []byte("secret paper")
	sub := sealed(t, 1, 0, blob)
	announce(t, s, deviceA, sub)
	put(t, s, deviceA, blob)
	commit(t, s, deviceA, sub)
	if _, _, err := s.Revision(t.Context(), Who{Role: RoleDevice, Device: deviceB}, requestID, 1); !errors.Is(err, ErrForbidden) {
		t.Errorf("manifest: %v", err)
	}
	if _, err := s.RequestFor(t.Context(), deviceB, requestID); !errors.Is(err, ErrForbidden) {
		t.Errorf("status: %v", err)
	}
	if _, err := s.Commit(t.Context(), deviceB, requestID, 1, sub.SHA256, noon, issue); !errors.Is(err, ErrForbidden) {
		t.Errorf("commit: %v", err)
	}
	if _, _, err := s.Announce(t.Context(), deviceB, sealed(t, 2, 1), noon); !errors.Is(err, ErrForbidden) {
		t.Errorf("next revision: %v", err)
	}
	// A digest alone gives no right to the bytes, not even in a request of one's own.
	other := sealed(t, 1, 0, blob)
	other.Submission.ID = "01938a5e-7c00-7000-8000-000000000002"
	own, err := submit.Seal(other.Submission)
	if err != nil {
		t.Fatal(err)
	}
	if missing := announce(t, s, deviceB, own); len(missing) != 1 {
		t.Errorf("missing %v", missing)
	}
	if _, err := s.Blob(t.Context(), deviceB, submit.Digest(blob)); !errors.Is(err, ErrNotFound) {
		t.Errorf("blob: %v", err)
	}
	// The very same bytes from another laptop: the same request, the same receipt.
	announce(t, s, deviceB, sub)
	if r := commit(t, s, deviceB, sub); r.Seq != 1 {
		t.Errorf("receipt %+v", r)
	}
}

func TestTheAuditChainShowsChanges(t *testing.T) {
	for name, change := range map[string]string{
		"changed":            `UPDATE audit SET actor = 'nobody' WHERE seq = 2`,
		"first row removed":  `DELETE FROM audit WHERE seq = 1`,
		"middle row removed": `DELETE FROM audit WHERE seq = 3`,
	} {
		t.Run(name, func(t *testing.T) {
			s := openStore(t)
			sub := sealed(t, 1, 0)
			announce(t, s, deviceA, sub)
			commit(t, s, deviceA, sub)
			if err := s.CheckAudit(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := s.db.write.Exec(change); err != nil {
				t.Fatal(err)
			}
			if s.CheckAudit(t.Context()) == nil {
				t.Error("not noticed")
			}
		})
	}
}

func TestListFindsByTextAndState(t *testing.T) {
	s := openStore(t)
	sub := sealed(t, 1, 0)
	announce(t, s, deviceA, sub)
	commit(t, s, deviceA, sub)
	for _, c := range []struct {
		q    Query
		want int
	}{
		{Query{}, 1}, {Query{Text: "甲公"}, 1}, {Query{Text: "SY-2026-000001"}, 1}, {Query{Text: "%"}, 0}, {Query{Text: "乙"}, 0},
		{Query{States: []submit.State{submit.StateReceived}}, 1}, {Query{States: []submit.State{submit.StateAccepted}}, 0}, {Query{Kind: submit.Onboarding}, 0}, {Query{Offset: 5}, 1},
	} {
		rows, total, err := s.List(t.Context(), admin, c.q)
		if err != nil || total != c.want || len(rows) > total {
			t.Errorf("%+v: %d of %d, %v", c.q, len(rows), total, err)
		}
	}
	rows, _, _ := s.List(t.Context(), admin, Query{})
	if *rows[0].AmountFen != 100 || rows[0].FirmName != "甲公司" {
		t.Errorf("row %+v", rows[0])
	}
}

func TestSweepRemovesOnlyOldRemains(t *testing.T) {
	s := openStore(t)
	if err := os.WriteFile(filepath.Join(disk(t, s).temporary(), "blob-1"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(t.Context(), time.Now().Add(-time.Hour)); err != nil || len(files(t, s)) != 1 {
		t.Errorf("a running upload was removed (%v)", err)
	}
	if err := s.Sweep(t.Context(), time.Now().Add(time.Hour)); err != nil || len(files(t, s)) != 0 {
		t.Errorf("remains stayed (%v)", err)
	}
}
