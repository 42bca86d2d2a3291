package casedb

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// condemned is a folder with two firms, x and y, in every place where x may be found: two backups, a second place, a folder set aside, the
// -wal file, a content of its own, one that y names as well and one that a stopped attaching left.
type condemned struct {
	db         *DB
	dir, usb   string
	needles    map[string][]byte // x's bytes as they stand on the disk
	alone      string            // SHA-256 of the content of x only
	unfinished string            // SHA-256 of the content nobody names
}

func twoFirms(t *testing.T) *condemned {
	t.Helper()
	c := &condemned{dir: t.TempDir(), usb: filepath.Join(t.TempDir(), "usb")}
	db := start(t, c.dir)
	create(t, db, secretCase())
	other := secretCase()
	other.ID, other.Firm.Name = "y", "湘潭另一家有限公司"
	create(t, db, other)
	put := func(data string) string {
		sha, err := db.Blobs().Put(t.Context(), []byte(data))
		if err != nil {
			t.Fatal(err)
		}
		return sha
	}
	put(string(secretFile)) // both firms name it
	c.alone = put("只属于 x 的合同 " + secret)
	save(t, db, "x", day, change(t, "attachment", "b", survey.Attachment{ID: "b", SHA256: c.alone}))
	c.unfinished = put("没有附成的文件 " + secret)
	putRequest(t, db.Outbox(), sealed(t, idA, 1, secret))
	r := walk(t, db.Outbox(), sealed(t, idA, 1, secret), submit.StateSending, submit.StateSent)
	if r.Receipt == nil {
		t.Fatal("no receipt")
	}
	if err := errors.Join(os.MkdirAll(c.usb, 0o700), db.PutSetting(t.Context(), BackupFolder, c.usb), db.Backup(t.Context(), day)); err != nil {
		t.Fatal(err)
	}
	first := backups(t, db)[0]
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), c.dir, first, day.Add(time.Hour)); err != nil { // what was there goes to aside/
		t.Fatal(err)
	}
	db = start(t, c.dir)
	save(t, db, "x", day.Add(2*time.Hour), change(t, "firm", "firm", survey.Firm{Name: secret, Products: "改过"}))
	if err := db.Backup(t.Context(), day.Add(3*time.Hour)); err != nil {
		t.Fatal(err)
	}
	save(t, db, "x", day.Add(4*time.Hour), change(t, "firm", "firm", survey.Firm{Name: secret, Products: "备份之后"}))
	c.db = db
	c.collect(t)
	return c
}

// collect gathers what must be found nowhere afterwards: every sealed value of x as it stands on the disk, and its words.
func (c *condemned) collect(t *testing.T) {
	t.Helper()
	c.needles = map[string][]byte{"its own content's name": []byte(c.alone), "the unnamed content's name": []byte(c.unfinished)}
	for _, s := range secrets {
		c.needles["the word "+s] = []byte(s)
	}
	for what, query := range map[string]string{
		"the wrapped key": `SELECT wrapped FROM key_ WHERE case_id = 'x'`, "a fact": `SELECT payload FROM fact WHERE case_id = 'x'`,
		"who said it": `SELECT by_ FROM fact WHERE case_id = 'x'`, "a request": `SELECT bytes FROM outbox WHERE case_id = 'x'`,
		"a receipt": `SELECT receipt FROM outbox WHERE case_id = 'x'`, "a content's key": `SELECT wrapped FROM blob_key WHERE case_id IN ('x', '')`,
	} {
		values, err := texts(t.Context(), c.db.sql.Read, query)
		if err != nil || len(values) == 0 {
			t.Fatalf("%s: %d, %v", what, len(values), err)
		}
		for i, v := range values {
			c.needles[what+fmt.Sprint(" ", i)] = []byte(v[len(v)/4 : len(v)*3/4]) // a value may lie across two pages
		}
	}
	for _, sha := range []string{c.alone, c.unfinished} {
		b, err := os.ReadFile(c.db.Blobs().path(sha))
		if err != nil {
			t.Fatal(err)
		}
		c.needles["content "+sha[:8]] = b
	}
}

// found tells what of x stands in which file, names of files included.
func (c *condemned) found(t *testing.T, dirs ...string) []string {
	t.Helper()
	seen := map[string]bool{}
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			b = append(b, filepath.Base(path)...)
			for what, needle := range c.needles {
				if bytes.Contains(b, needle) {
					kind, _, _ := strings.Cut(what, " 0")
					seen[strings.TrimRight(kind, "0123456789 ")+" in "+filepath.Base(path)] = true
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var out []string
	for s := range seen {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

func (c *condemned) wantOther(t *testing.T, db *DB) {
	t.Helper()
	if got := load(t, db, "y"); got.Firm.Name != "湘潭另一家有限公司" {
		t.Errorf("the other firm is %q", got.Firm.Name)
	}
	if b, err := db.Blobs().Get(t.Context(), submit.Digest(secretFile)); err != nil || !bytes.Equal(b, secretFile) {
		t.Errorf("a content that the other firm names as well: %v", err)
	}
	list, err := db.List(t.Context())
	if err != nil || len(list) != 1 || list[0].ID != "y" {
		t.Errorf("list = %v, %v", list, err)
	}
}

func record() wizard.Erased {
	return wizard.Erased{Firm: secret, CreditCode: "9143************0X", By: "张工", LogHead: "ab"}
}

// The content that y names as well holds the words of x in this test; it is sealed and stays. Everything else of x is gone.
func TestAnErasedFirmIsFoundInNoFile(t *testing.T) {
	c := twoFirms(t)
	if n := len(c.found(t, c.dir, c.usb)); n < 8 {
		t.Fatalf("before: found in %d places only, the search proves little", n)
	}
	d, err := c.db.Erase(t.Context(), "x", record(), day.Add(5*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	e := d.Erased
	if d.Left != 0 || d.Finished.IsZero() || e == nil || e.Firm != secret || e.Copies != 5 || len(e.Requests) != 1 || e.Requests[0].Receipt == "" || e.Shared != 1 || e.Revisions < 10 || e.Facts >= e.Revisions || e.Key == "" {
		t.Errorf("record = %+v %+v", d, e)
	}
	var shas []string
	for _, x := range e.Contents {
		shas = append(shas, x.SHA256)
	}
	if want := []string{c.alone, c.unfinished}; len(shas) != 2 || !slices.Contains(shas, want[0]) || !slices.Contains(shas, want[1]) {
		t.Errorf("contents = %v, want %v", shas, want)
	}
	if got := c.found(t, c.dir, c.usb); len(got) > 0 {
		t.Errorf("while open: %v", got)
	}
	c.wantOther(t, c.db)
	if err := c.db.HandedOver(t.Context(), "x", strings.Repeat("0", 64)); err != nil {
		t.Fatal(err)
	}
	if n := count(t, c.db, `SELECT length(record) FROM deletion`); n > 0 {
		t.Errorf("the record still tells %d bytes of the firm", n)
	}
	_, err = c.db.Load(t.Context(), "x")
	wantCode(t, err, survey.CodeNoCase, "")
	if err := c.db.Close(); err != nil {
		t.Fatal(err)
	}
	if got := c.found(t, c.dir, c.usb); len(got) > 0 {
		t.Errorf("after closing: %v", got)
	}
	for _, b := range append(must(Rescue(c.dir)), must(BackupsIn(c.usb))...) { // every backup opens, has y and has no x
		to := t.TempDir()
		if _, err := Restore(t.Context(), to, b, day); err != nil {
			t.Fatal(err)
		}
		db := start(t, to)
		c.wantOther(t, db)
		wantWhole(t, db)
		if all, err := db.Deletions(t.Context()); err != nil || len(all) != 1 || all[0].Erased != nil {
			t.Errorf("deletions in a restored backup: %+v, %v", all, err)
		}
	}
	db := start(t, c.dir)
	c.wantOther(t, db)
	wantWhole(t, db)
	all, err := db.Deletions(t.Context())
	if diff := cmp.Diff([]wizard.Deletion{{CaseID: "x", Begun: day.Add(5 * time.Hour), Finished: day.Add(5 * time.Hour), Certificate: strings.Repeat("0", 64)}}, all); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	wantCode(t, second(db.Erase(t.Context(), "x", record(), day)), survey.CodeNoCase, "")
}

func must[T any](v T, _ error) T { return v }

// TestEveryStepOfAnErasureIsNeeded leaves out one step after another: the search of the test above must then find something.
func TestEveryStepOfAnErasureIsNeeded(t *testing.T) {
	for _, step := range []string{"key", "copies", "rows", "contents", "compact"} {
		t.Run(step, func(t *testing.T) {
			c := twoFirms(t)
			c.db.step = func(name string) error {
				if name == step {
					return errSkip
				}
				return nil
			}
			_, err := c.db.Erase(t.Context(), "x", record(), day)
			if got := c.found(t, c.dir, c.usb); len(got) == 0 && err == nil {
				t.Errorf("without the step nothing is found: either it is not needed or the search is blind")
			}
		})
	}
}

// TestAnErasureThatIsKilledAnywhereIsFinished takes the files as they are at each step, as a kill would leave them, and goes on from there.
func TestAnErasureThatIsKilledAnywhereIsFinished(t *testing.T) {
	var steps []string
	for n := 1; ; n++ {
		c := twoFirms(t)
		image, usb := filepath.Join(t.TempDir(), "image"), c.usb
		calls, at := 0, ""
		c.db.step = func(name string) error {
			if calls++; calls == n {
				at = name
				return errors.Join(errStop, os.CopyFS(image, os.DirFS(c.dir)))
			}
			return nil
		}
		_, err := c.db.Erase(t.Context(), "x", record(), day)
		if err == nil {
			if want := []string{"key", "flush", "copies", "rows", "contents", "compact", "finish"}; !slices.Equal(steps, want) {
				t.Errorf("steps were %v, want %v", steps, want)
			}
			return
		}
		steps = append(steps, at)
		if err := c.db.Close(); err != nil {
			t.Fatal(err)
		}
		if at != "key" && at != "flush" { // once the key's transaction is flushed, what the kill left can be read by nobody
			for _, end := range []string{"", "-wal"} {
				if b, err := os.ReadFile(filepath.Join(image, fileName+end)); err != nil || bytes.Contains(b, c.needles["the wrapped key 0"]) {
					t.Errorf("killed at %s: the wrapped key is still in %s (%v)", at, fileName+end, err)
				}
			}
		}
		db := start(t, image)
		if at == "key" { // nothing was committed: the firm is whole
			if got := load(t, db, "x"); got.Firm.Name != secret {
				t.Errorf("stopped before the key: %q", got.Firm.Name)
			}
			continue
		}
		c.wantOther(t, db)
		wantWhole(t, db)
		if got := c.found(t, image, usb); len(got) > 0 {
			t.Errorf("killed at %s: %v", at, got)
		}
		all, err := db.Deletions(t.Context())
		if err != nil || len(all) != 1 || all[0].Finished.IsZero() || all[0].Erased == nil || all[0].Erased.Firm != secret {
			t.Errorf("killed at %s: %+v, %v", at, all, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestACopyThatCannotBeReachedIsNamedAndDoneLater(t *testing.T) {
	c := twoFirms(t)
	away := c.usb + "-away"
	if err := os.Rename(c.usb, away); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(c.dir, asideDir, "20260101T000000Z")
	if err := errors.Join(os.Mkdir(broken, 0o700), os.WriteFile(filepath.Join(broken, fileName), bytes.Repeat([]byte("no database"), 900), 0o600)); err != nil {
		t.Fatal(err)
	}
	d, err := c.db.Erase(t.Context(), "x", record(), day)
	if err != nil || d.Left != 2 || len(d.Erased.Left) != 2 || !strings.Contains(strings.Join(d.Erased.Left, " "), c.usb) || !strings.Contains(strings.Join(d.Erased.Left, " "), broken) {
		t.Fatalf("left = %+v, %v", d.Erased, err)
	}
	if err := errors.Join(c.db.Close(), os.Rename(away, c.usb), os.RemoveAll(broken)); err != nil {
		t.Fatal(err)
	}
	if got := c.found(t, c.usb); len(got) == 0 {
		t.Fatal("the second place is clean already")
	}
	db := start(t, c.dir)
	if got := c.found(t, c.dir, c.usb); len(got) > 0 {
		t.Errorf("after the next start: %v", got)
	}
	if all, err := db.Deletions(t.Context()); err != nil || all[0].Left != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestWhatIsUnsentIsNotErased(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	create(t, db, secretCase())
	putRequest(t, db.Outbox(), sealed(t, idA, 1, "甲"))
	wantCode(t, second(db.Erase(t.Context(), "x", record(), day)), survey.CodeUnsent, "1 份")
	load(t, db, "x")
	walk(t, db.Outbox(), sealed(t, idA, 1, "甲"), submit.StateSending)
	wantCode(t, second(db.Erase(t.Context(), "x", record(), day)), survey.CodeUnsent, "1 份")
	wantCode(t, second(db.Erase(t.Context(), "nobody", record(), day)), survey.CodeNoCase, "")
	if all, err := db.Deletions(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
}

// TestNoTableIsForgotten: a new table with rows of a case has to be erased with it, or to be named here with the reason why it stays.
func TestNoTableIsForgotten(t *testing.T) {
	stays := []string{"key_", "deletion", "audit"} // emptied; the record itself; sealed by the key that is gone
	db := start(t, t.TempDir())
	tables, err := texts(t.Context(), db.sql.Read, `SELECT DISTINCT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND (c.name LIKE '%case_id%' OR EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f WHERE f."table" = 'case_'))`)
	if err != nil || len(tables) < 5 {
		t.Fatal(tables, err)
	}
	for _, name := range tables {
		if !slices.Contains(ofCase, name) && !slices.Contains(stays, name) {
			t.Errorf("table %s has rows of a case: add it to ofCase in erasecopy.go", name)
		}
	}
}
