package inbox

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/shangyuntong/shangyun/survey/submit"
)

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

const (
	requestID = "01938a5e-7c00-7000-8000-000000000001"
	deviceA   = "01938a5e-7c00-7000-8000-00000000d00a"
	deviceB   = "01938a5e-7c00-7000-8000-00000000d00b"
)

// admin may see everything; chief and clerk are two people who decide.
var (
	admin = Who{Role: RoleAdmin, Login: "chief"}
	clerk = Who{Role: RoleReviewer, Login: "clerk"}
)

func sign(d submit.Decision) submit.Decision { return d.Sign(key) }

var key = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))

func issue(s submit.Sealed, seq int64) submit.Receipt { return submit.Issue(s, seq, noon, key) }

// fresh opens a store of its own on the engine that the tests run on now; see TestMain.
var fresh = func(t *testing.T) *Store {
	s, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// disk is the folder of an embedded store; on the other engine the test has nothing to show.
func disk(t *testing.T, s *Store) *folder {
	f, ok := s.blobs.(*folder)
	if !ok {
		t.Skip("about a folder")
	}
	return f
}

func openStore(t *testing.T) *Store {
	t.Helper()
	s := fresh(t)
	t.Cleanup(func() { _ = s.Close() })
	for _, d := range []string{deviceA, deviceB} {
		if err := s.AddEnrolCode(t.Context(), "C"+d, noon, noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := s.Enrol(t.Context(), "C"+d, Device{ID: d, Name: "电脑"}, "secret-"+d, noon); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func sealed(t *testing.T, revision, base int, blobs ...[]byte) submit.Sealed {
	t.Helper()
	sub := submit.Submission{
		ID: requestID, Revision: revision, Base: base, Kind: submit.Application, FormVersion: "1", CaseID: "c", DeviceID: "d", DeviceTime: noon,
		Document: json.RawMessage(`{"form":{}}`),
		Consent:  submit.Consent{Text: "同意", By: "法人", At: noon, Recipient: "部门"},
		Summary:  submit.Summary{FirmName: "甲公司", CreditCode: "91430200MA4L000000", AmountFen: "100"},
	}
	for i, b := range blobs {
		sub.Attachments = append(sub.Attachments, submit.Blob{Name: string(rune('a' + i)), Role: "r", SHA256: submit.Digest(b), Size: int64(len(b)), Type: "a/b"})
	}
	out, err := submit.Seal(sub)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func announce(t *testing.T, s *Store, device string, sub submit.Sealed) []string {
	t.Helper()
	_, missing, err := s.Announce(t.Context(), device, sub, noon)
	if err != nil {
		t.Fatal(err)
	}
	return missing
}

func put(t *testing.T, s *Store, device string, b []byte) {
	t.Helper()
	if _, err := s.PutBlob(t.Context(), device, submit.Digest(b), bytes.NewReader(b), noon); err != nil {
		t.Fatal(err)
	}
}

func commit(t *testing.T, s *Store, device string, sub submit.Sealed) submit.Receipt {
	t.Helper()
	r, err := s.Commit(t.Context(), device, requestID, sub.Submission.Revision, sub.SHA256, noon, issue)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFiftyParallelSubmitsGiveOneRowAndOneReceipt(t *testing.T) {
	s := openStore(t)
	blob := []byte("one")
	sub := sealed(t, 1, 0, blob)
	receipts := make([]submit.Receipt, 50)
	errs := make([]error, 50)
	var all sync.WaitGroup
	for i := range receipts {
		all.Go(func() {
			_, _, err := s.Announce(t.Context(), deviceA, sub, noon)
			if err == nil {
				_, err = s.PutBlob(t.Context(), deviceA, submit.Digest(blob), bytes.NewReader(blob), noon)
			}
			if err == nil {
				receipts[i], err = s.Commit(t.Context(), deviceA, requestID, 1, sub.SHA256, noon.Add(time.Duration(i)*time.Hour), issue)
			}
			errs[i] = err
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for _, r := range receipts {
		if r.Seq != 1 || !bytes.Equal(r.Signature, receipts[0].Signature) {
			t.Fatalf("two receipts: %+v, %+v", r, receipts[0])
		}
	}
	for table, want := range map[string]int{"request": 1, "revision": 1, "receipt": 1, "slot": 1, "blob": 1, "audit": 6} {
		var n int
		if err := s.db.read.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n); err != nil || n != want {
			t.Errorf("%s: %d rows, want %d (%v)", table, n, want, err)
		}
	}
	if err := s.CheckAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestIncompleteIsNeverReceived(t *testing.T) {
	s := openStore(t)
	a, b := []byte("a"), []byte{}
	sub := sealed(t, 1, 0, a, b, a)
	if got := announce(t, s, deviceA, sub); len(got) != 2 || got[0] != submit.Digest(a) || got[1] != submit.Digest(b) {
		t.Errorf("missing %v", got)
	}
	put(t, s, deviceA, a)
	_, err := s.Commit(t.Context(), deviceA, requestID, 1, sub.SHA256, noon, issue)
	var incomplete *IncompleteError
	if !errors.As(err, &incomplete) || len(incomplete.Missing) != 1 || incomplete.Missing[0] != submit.Digest(b) {
		t.Fatalf("commit with the empty file missing: %v", err)
	}
	if row, err := s.Request(t.Context(), admin, requestID); err != nil || row.State != submit.StateIncomplete || row.Number != "" {
		t.Errorf("row %+v, %v", row, err)
	}
	put(t, s, deviceA, b)
	if r := commit(t, s, deviceA, sub); r.Seq != 1 {
		t.Errorf("a refused commit used up a sequence number: %d", r.Seq)
	}
}

func TestABlobThatVanishedFromTheDiskStopsTheCommit(t *testing.T) {
	s := openStore(t)
	a := []byte("a")
	sub := sealed(t, 1, 0, a)
	announce(t, s, deviceA, sub)
	put(t, s, deviceA, a)
	vanish(t, s, submit.Digest(a))
	var incomplete *IncompleteError
	if _, err := s.Commit(t.Context(), deviceA, requestID, 1, sub.SHA256, noon, issue); !errors.As(err, &incomplete) {
		t.Errorf("got %v", err)
	}
}

func TestBlobsAreRefusedWithoutATrace(t *testing.T) {
	s := openStore(t)
	a := []byte("content")
	announce(t, s, deviceA, sealed(t, 1, 0, a))
	cut := io.MultiReader(bytes.NewReader(a[:3]), failing{syscall.ECONNRESET})
	cases := map[string]struct {
		device, digest string
		body           io.Reader
		want           error
	}{
		"wrong bytes": {deviceA, submit.Digest(a), bytes.NewReader([]byte("c0ntent")), ErrBlobMismatch},
		"too short":   {deviceA, submit.Digest(a), bytes.NewReader(a[:3]), ErrBlobMismatch},
		"too long":    {deviceA, submit.Digest(a), bytes.NewReader(append(bytes.Clone(a), 'x')), ErrBlobMismatch},
		"line cut":    {deviceA, submit.Digest(a), cut, ErrBody},
		"unannounced": {deviceA, submit.Digest([]byte("other")), bytes.NewReader([]byte("other")), ErrUnknownBlob},
		"not its own": {deviceB, submit.Digest(a), bytes.NewReader(a), ErrUnknownBlob},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := s.PutBlob(t.Context(), c.device, c.digest, c.body, noon); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if left := files(t, s); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// files lists everything that lies where blobs are kept.
func files(t *testing.T, s *Store) (list []string) {
	t.Helper()
	root := ""
	switch b := s.blobs.(type) {
	case *folder:
		root = b.root
	case *bucket:
		root = b.spool
		for o := range b.client.ListObjects(t.Context(), b.name, minio.ListObjectsOptions{Recursive: true}) {
			list = append(list, o.Key)
		}
	}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// vanish takes a kept blob away.
func vanish(t *testing.T, s *Store, digest string) {
	t.Helper()
	var err error
	switch b := s.blobs.(type) {
	case *folder:
		err = os.Remove(b.path(digest))
	case *bucket:
		err = b.client.RemoveObject(t.Context(), b.name, b.key(digest), minio.RemoveObjectOptions{})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Each step of storing a blob fails once with a full disk; none may acknowledge, and the next attempt succeeds.
func TestAFullDiskAtEveryStepAcknowledgesNothing(t *testing.T) {
	blob := bytes.Repeat([]byte("x"), 100_000)
	failed := 0
	for n := 1; ; n++ {
		s := openStore(t)
		sub := sealed(t, 1, 0, blob)
		announce(t, s, deviceA, sub)
		calls := 0
		disk(t, s).fault = func(string) error {
			if calls++; calls == n {
				return syscall.ENOSPC
			}
			return nil
		}
		_, err := s.PutBlob(t.Context(), deviceA, submit.Digest(blob), bytes.NewReader(blob), noon)
		if err == nil {
			break
		}
		failed++
		if !errors.Is(err, ErrFull) {
			t.Fatalf("step %d: %v", n, err)
		}
		if missing := announce(t, s, deviceA, sub); len(missing) != 1 {
			t.Errorf("step %d: acknowledged", n)
		}
		disk(t, s).fault = nil
		put(t, s, deviceA, blob)
		commit(t, s, deviceA, sub)
	}
	if failed < 8 {
		t.Errorf("only %d steps were tried", failed)
	}
}

func TestTheFileIsSyncedBeforeItGetsItsNameAndTheFolderAfter(t *testing.T) {
	s := openStore(t)
	blob := []byte("x")
	announce(t, s, deviceA, sealed(t, 1, 0, blob))
	var steps []string
	disk(t, s).fault = func(step string) error { steps = append(steps, step); return nil }
	put(t, s, deviceA, blob)
	want := []string{"create", "write", "sync", "close", "mkdir", "rename", "sync folder", "sync root"}
	if len(steps) != len(want) {
		t.Fatalf("steps %v", steps)
	}
	for i := range want {
		if steps[i] != want[i] {
			t.Errorf("steps %v, want %v", steps, want)
		}
	}
}

func TestRevisionsFollowEachOther(t *testing.T) {
	s := openStore(t)
	first := sealed(t, 1, 0)
	announce(t, s, deviceA, first)
	commit(t, s, deviceA, first)
	refused := func(sub submit.Sealed, current int) {
		t.Helper()
		var conflict *RevisionConflict
		_, _, err := s.Announce(t.Context(), deviceA, sub, noon)
		if !errors.As(err, &conflict) || conflict.Current != current {
			t.Errorf("revision %d base %d: %v", sub.Submission.Revision, sub.Submission.Base, err)
		}
	}
	refused(sealed(t, 3, 1), 1)
	refused(sealed(t, 2, 0), 1)
	if _, _, err := s.Announce(t.Context(), deviceA, sealed(t, 1, 0, []byte("other")), noon); !errors.Is(err, ErrContentConflict) {
		t.Errorf("same number, other content: %v", err)
	}
	abandoned := sealed(t, 2, 1, []byte("lost for ever"))
	announce(t, s, deviceA, abandoned)
	third := sealed(t, 3, 1)
	announce(t, s, deviceA, third)
	commit(t, s, deviceA, third)
	var conflict *RevisionConflict
	if _, err := s.Commit(t.Context(), deviceA, requestID, 2, abandoned.SHA256, noon, issue); !errors.As(err, &conflict) {
		t.Errorf("a revision overtaken by a later one was committed: %v", err)
	}
	if row, err := s.Request(t.Context(), admin, requestID); err != nil || row.Revision != 3 {
		t.Errorf("row %+v, %v", row, err)
	}
}

func TestReviewClosesTheDoorAndAReturnOpensIt(t *testing.T) {
	s := openStore(t)
	first, second := sealed(t, 1, 0), sealed(t, 2, 1)
	announce(t, s, deviceA, first)
	commit(t, s, deviceA, first)
	decide := func(e submit.Event) error {
		r := Ruling{Event: e, Note: "请补充付款凭证", Version: AnyVersion}
		if e == submit.EventReturn {
			r.Reasons = []submit.Reason{{Pointer: "/document/form", Code: "D01", Text: "请补充付款凭证"}}
		}
		_, err := s.Decide(t.Context(), admin, requestID, r, noon, sign)
		return err
	}
	if err := decide(submit.EventAccept); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("accepted without review: %v", err)
	}
	if err := decide(submit.EventCommit); !errors.Is(err, ErrForbidden) {
		t.Errorf("the staff committed: %v", err)
	}
	if err := decide(submit.EventReview); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Announce(t.Context(), deviceA, second, noon); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("a new revision during the review: %v", err)
	}
	if err := decide(submit.EventReturn); err != nil {
		t.Fatal(err)
	}
	announce(t, s, deviceA, second)
	if row, _ := s.Request(t.Context(), admin, requestID); row.State != submit.StateReturned || row.Note != "请补充付款凭证" {
		t.Errorf("row %+v", row)
	}
	commit(t, s, deviceA, second)
	if row, _ := s.Request(t.Context(), admin, requestID); row.State != submit.StateReceived || row.Note != "" {
		t.Errorf("row %+v", row)
	}
}
