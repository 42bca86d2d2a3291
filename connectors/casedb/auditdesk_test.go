package casedb

import (
	"context"
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// office is a portal that counts what reaches it; first is called before anything does.
type office struct {
	got   []string
	first func()
	fails error
}

func (o *office) reached(what string) error {
	if o.first != nil {
		o.first()
	}
	o.got = append(o.got, what)
	return o.fails
}

func (o *office) Fingerprint(context.Context, string) (string, error) {
	return submit.Fingerprint(key.Public().(ed25519.PublicKey)), nil
}

func (o *office) Rotations(context.Context, string) ([]submit.KeyRotation, error) { return nil, nil }

func (o *office) Enrol(_ context.Context, address, _, _ string, by wizard.Device) (submit.Enrolment, error) {
	e := submit.Enrolment{Address: address, Portal: "株洲市工信局", DeviceID: by.ID, Keys: submit.Keyring{Pinned: key.Public().(ed25519.PublicKey)}}
	return e, o.reached("enrol")
}

func (o *office) Send(_ context.Context, _ submit.Enrolment, s submit.Sealed, _ func(string) ([]byte, error), _ func(submit.Progress)) (submit.Receipt, error) {
	return submit.Issue(s, 7, day, key), o.reached("send")
}

func (o *office) Prove(context.Context, submit.Enrolment, submit.Sealed, func(string) ([]byte, error)) (int64, error) {
	return 42, o.reached("prove")
}

// deaf is a log that takes nothing any more.
type deaf struct{ wizard.Audit }

func (deaf) Log(context.Context, wizard.Logged) error {
	return survey.Fail(survey.CodeDiskFull, "test", "")
}

// counter is a desk with a sealed request and an office beside it.
func counter(t *testing.T) (*DB, *wizard.Desk, *office) {
	t.Helper()
	db, o := outbox(t)
	putRequest(t, o, sealed(t, idA, 1, "甲"))
	d, at := desk(t, db), &office{}
	d.Audit, d.Registrar, d.Sender, d.Secret, d.NewID = db, at, at, func() string { return strings.Repeat("ab", 32) }, func() string { return idB }
	return db, d, at
}

func deeds(t *testing.T, db *DB, caseID string, deed wizard.Deed) []string {
	t.Helper()
	var out []string
	for _, l := range logged(t, db, caseID) {
		if l.Deed == deed {
			out = append(out, l.What+" → "+l.Where)
		}
	}
	return out
}

// What goes out stands in the log before its first byte leaves, and how it ended after.
func TestWhatLeavesIsNotedBeforeAndAfter(t *testing.T) {
	db, d, at := counter(t)
	ctx := t.Context()
	before := 0
	at.first = func() { before = len(deeds(t, db, "", wizard.DeedSend)) }
	if _, err := d.Enrol(ctx, "https://portal.example", "1234", ""); err != nil || before != 1 {
		t.Fatalf("enrol: %v with %d lines before", err, before)
	}
	at.fails = survey.Fail(survey.CodePortalCut, "test", "")
	if _, err := d.Send(ctx, "x", submit.Application, nil); survey.CodeOf(err) != survey.CodePortalCut || before != 3 {
		t.Fatalf("first send: %v with %d lines before", err, before)
	}
	at.fails = nil
	if _, err := d.Send(ctx, "x", submit.Application, nil); err != nil || before != 5 {
		t.Fatalf("second send: %v with %d lines before", err, before)
	}
	r := only(t, db.Outbox())
	if n, err := d.Prove(ctx, r); err != nil || n != 42 || before != 7 {
		t.Fatalf("prove: %d, %v with %d lines before", n, err, before)
	}
	name, to := "申报第 1 版（编号 "+idA+"，摘要 "+r.SHA256+"）", " → 株洲市工信局 https://portal.example"
	want := []string{"报送" + name + to, "报送" + name + "：未完成（E0503）" + to, "报送" + name + to, "报送" + name + "：已取得回执 " + r.Receipt.Number + to,
		"核对" + name + to, "核对" + name + "：一致，42 字节" + to}
	if diff := cmp.Diff(want, deeds(t, db, "x", wizard.DeedSend)); diff != "" {
		t.Error(diff)
	}
	wantWhole(t, db)
}

// What cannot be noted does not happen.
func TestWhatCannotBeNotedDoesNotHappen(t *testing.T) {
	for name, do := range map[string]func(ctx context.Context, d *wizard.Desk) error{
		"view": func(ctx context.Context, d *wizard.Desk) error { return second(d.View(ctx, "x")) },
		"export": func(ctx context.Context, d *wizard.Desk) error {
			return d.NoteExport(ctx, "x", "交换文件", "甲.json")
		},
		"send": func(ctx context.Context, d *wizard.Desk) error {
			return second(d.Send(ctx, "x", submit.Application, nil))
		},
		"prove": func(ctx context.Context, d *wizard.Desk) error {
			return second(d.Prove(ctx, wizard.Request{ID: idA, Revision: 1, CaseID: "x"}))
		},
		"enrol": func(ctx context.Context, d *wizard.Desk) error {
			return second(d.Enrol(ctx, "https://other.example", "1", ""))
		},
	} {
		t.Run(name, func(t *testing.T) {
			db, d, at := counter(t)
			if _, err := d.Enrol(t.Context(), "https://portal.example", "1234", ""); err != nil {
				t.Fatal(err)
			}
			at.got, d.Audit = nil, deaf{db}
			st, _ := d.Open(t.Context(), "x")
			if err := do(t.Context(), d); survey.CodeOf(err) != survey.CodeDiskFull {
				t.Errorf("got %v", err)
			}
			if len(at.got) > 0 || only(t, db.Outbox()).Attempts > 0 {
				t.Errorf("reached the portal: %v", at.got)
			}
			if e, err := d.Enrolment(t.Context()); err != nil || e.Address != "https://portal.example" {
				t.Errorf("enrolled at %+v, %v", e, err)
			}
			if now, err := d.Open(t.Context(), "x"); err != nil || !cmp.Equal(st.Case, now.Case) {
				t.Errorf("the case changed: %v", err)
			}
		})
	}
}

// A save whose line cannot be written leaves nothing.
func TestASaveWithoutItsLineLeavesNothing(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, &survey.Case{ID: "x", Firm: survey.Firm{Name: "甲"}})
	raw(t, db, `CREATE TRIGGER refused BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'refused'); END`)
	ctx := t.Context()
	for name, err := range map[string]error{
		"create": db.Create(ctx, &survey.Case{ID: "y"}, "", day),
		"save":   db.Save(ctx, "x", []wizard.Change{change(t, "firm", "firm", survey.Firm{Name: "乙"})}, "", day),
		"undo":   db.SaveMarked(ctx, "x", nil, wizard.Mark{Undo: "firm/firm/1"}, "", day),
	} {
		if err == nil {
			t.Errorf("%s went through", name)
		}
	}
	if got := load(t, db, "x").Firm.Name; got != "甲" {
		t.Errorf("saved as %q", got)
	}
	if _, err := db.Load(ctx, "y"); survey.CodeOf(err) != survey.CodeNoCase {
		t.Errorf("created: %v", err)
	}
	wantWhole(t, db)
}

func TestAViewIsNotedOncePerSession(t *testing.T) {
	db, d, _ := counter(t)
	look := func() {
		for range 3 {
			if _, err := d.View(t.Context(), "x"); err != nil {
				t.Fatal(err)
			}
		}
	}
	look()
	d.LockNow()
	look()
	if got := deeds(t, db, "x", wizard.DeedView); len(got) != 2 {
		t.Errorf("noted %q", got)
	}
	if _, err := d.View(t.Context(), "nobody"); survey.CodeOf(err) != survey.CodeNoCase || errors.Is(err, errNoKey) {
		t.Errorf("an unknown case: %v", err)
	}
}
