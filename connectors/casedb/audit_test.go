package casedb

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func logged(t *testing.T, db *DB, caseID string) []wizard.Logged {
	t.Helper()
	all, err := db.Logged(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// said is the log without numbers and times.
func said(all []wizard.Logged) []string {
	var out []string
	for _, l := range all {
		out = append(out, strings.TrimRight(string(l.Deed)+" "+l.By+" "+l.What+" "+l.Where, " "))
	}
	return out
}

func checked(t *testing.T, db *DB, head string) wizard.LogCheck {
	t.Helper()
	c, err := db.VerifyLog(t.Context(), head)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// wantWhole holds that log and facts agree.
func wantWhole(t *testing.T, db *DB) {
	t.Helper()
	if c := checked(t, db, ""); c.Problem != "" {
		t.Errorf("the log: line %d of %d: %s", c.Bad, c.Lines, c.Problem)
	}
}

func note(t *testing.T, db *DB, caseID string, deed wizard.Deed, what, where string) {
	t.Helper()
	if err := db.Log(t.Context(), wizard.Logged{CaseID: caseID, Deed: deed, At: day, By: "张工", What: what, Where: where}); err != nil {
		t.Fatal(err)
	}
}

func TestTheLogTellsWhatWasDone(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, &survey.Case{ID: "x", Firm: survey.Firm{Name: "甲"}})
	create(t, db, &survey.Case{ID: "y"})
	save(t, db, "x", day.Add(1), change(t, "firm", "firm", survey.Firm{Name: "乙"}), change(t, "site", "s1", survey.Site{ID: "s1"}))
	save(t, db, "x", day.Add(2), change(t, "firm", "firm", survey.Firm{Name: "乙"}))
	if err := db.SaveMarked(t.Context(), "x", nil, wizard.Mark{Undo: "firm/firm/2"}, "李工", day.Add(3)); err != nil {
		t.Fatal(err)
	}
	note(t, db, "x", wizard.DeedExport, "交换文件", "/u盘/13812345678.json")
	note(t, db, "", wizard.DeedSend, "登记", "https://portal.example")
	want := []string{"change 张工 新建案卷", "change 李工", "change 李工 撤销", "export 张工 交换文件 /u盘/138****5678.json"}
	got := logged(t, db, "x")
	if diff := cmp.Diff(want, said(got)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"firm": 1, "site": 1}, got[1].Facts); diff != "" {
		t.Error(diff)
	}
	if all := logged(t, db, ""); len(all) != 7 || all[0].What != "记录自此开始" || all[6].Seq != 7 {
		t.Errorf("the whole log: %q", said(all))
	}
	wantCode(t, db.Log(t.Context(), wizard.Logged{CaseID: "nobody", Deed: wizard.DeedView, At: day}), survey.CodeNoCase, "")
	wantWhole(t, db)
}

func TestTheLogOfADestroyedKeyIsWholeAndSilent(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, &survey.Case{ID: "x"})
	create(t, db, &survey.Case{ID: "y"})
	if _, err := db.Erase(t.Context(), "x", wizard.Erased{By: "张工"}, day); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"change", "delete 张工 " + erasedWords}, said(logged(t, db, "x"))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"change 张工 新建案卷"}, said(logged(t, db, "y"))); diff != "" {
		t.Error(diff)
	}
	wantWhole(t, db)
}

func TestALockedLogTellsNothing(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, &survey.Case{ID: "x"})
	head := checked(t, db, "").Head
	code, err := db.Protect(t.Context(), "", "八个字以上的口令", day)
	if err != nil {
		t.Fatal(err)
	}
	db.Lock()
	_, err = db.VerifyLog(t.Context(), "")
	wantCode(t, err, survey.CodeLocked, "")
	_, err = db.Logged(t.Context(), "x")
	wantCode(t, err, survey.CodeLocked, "")
	wantCode(t, db.Log(t.Context(), wizard.Logged{CaseID: "x", Deed: wizard.DeedView}), survey.CodeLocked, "")
	if err := db.Unlock(t.Context(), code, day); err != nil {
		t.Fatal(err)
	}
	if c := checked(t, db, head[:20]); c.Problem != "" || c.Known != 2 {
		t.Errorf("after another passphrase: %+v", c)
	}
}

// A restored folder goes on with the log of the copy and says so; the end that was written down after the copy is missed.
func TestARestoredLogSaysSo(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	create(t, db, &survey.Case{ID: "x"})
	early := checked(t, db, "").Head
	if err := db.Backup(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	save(t, db, "x", day, change(t, "firm", "firm", survey.Firm{Name: "乙"}))
	late := checked(t, db, "").Head
	all := backups(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), dir, all[0], day); err != nil {
		t.Fatal(err)
	}
	db = start(t, dir)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = start(t, dir) // says it once
	got := logged(t, db, "")
	if n := len(got); n != 3 || !strings.Contains(got[2].What, "从 "+day.Format("2006-01-02 15:04:05")) || got[2].Deed != wizard.DeedBegin {
		t.Errorf("the restored log: %q", said(got))
	}
	if c := checked(t, db, early); c.Problem != "" || c.Known != 2 {
		t.Errorf("the head before the copy: %+v", c)
	}
	if c := checked(t, db, late); !strings.Contains(c.Problem, "记下的结尾不在其中") || c.Known != 0 || c.Bad != 0 {
		t.Errorf("the head after the copy: %+v", c)
	}
	wantWhole(t, db)
}

// A copy of a time before the log begins it after restoring, and then says where it came from.
func TestARestoredCopyWithoutALogBeginsIt(t *testing.T) {
	dir, place := t.TempDir(), t.TempDir()
	old := filepath.Join(place, day.Format(backupStamp))
	if err := os.MkdirAll(filepath.Join(old, blobDir), 0o700); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{fileName: old, vault.FileName: place} {
		if err := copyFile(filepath.Join(fixtureV2, from), filepath.Join(to, from)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Restore(t.Context(), dir, Backup{At: day, Path: old}, day); err != nil {
		t.Fatal(err)
	}
	db := start(t, dir)
	got := logged(t, db, "")
	if n := len(got); n != 3 || got[0].What != "记录自此开始" || got[1].CaseID != "x" || !strings.HasPrefix(got[2].What, "从 ") {
		t.Errorf("the log: %q", said(got))
	}
	wantWhole(t, db)
}

func TestAHeadMustBeOne(t *testing.T) {
	db := start(t, t.TempDir())
	for _, head := range []string{"12ab", strings.Repeat("g", 20), strings.Repeat("a", 66), strings.Repeat("a", 17) + "z"} {
		_, err := db.VerifyLog(t.Context(), head)
		wantCode(t, err, survey.CodeField, "十六进制")
	}
	if c := checked(t, db, strings.ToUpper(checked(t, db, "").Head[:8]+" "+checked(t, db, "").Head[8:17])); c.Known != 1 {
		t.Errorf("an odd number of digits, in two groups: %+v", c)
	}
}

// BenchmarkVerifyLog goes through 100,000 lines, and beside it reads the same rows without checking them.
func BenchmarkVerifyLog(b *testing.B) {
	ctx := b.Context()
	db, err := Open(ctx, filepath.Join(b.TempDir(), "data"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := manyLines(ctx, db, 100_000); err != nil {
		b.Fatal(err)
	}
	var took, raw time.Duration
	for b.Loop() {
		from := time.Now()
		if c, err := db.VerifyLog(ctx, ""); err != nil || c.Problem != "" || c.Lines < 100_000 {
			b.Fatal(c, err)
		}
		between := time.Now()
		rows, err := db.sql.Read.QueryContext(ctx, `SELECT seq, case_id, deed, at, facts, payload, hash FROM audit ORDER BY seq`)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			var n line
			if err := rows.Scan(&n.seq, &n.caseID, &n.deed, &n.at, &n.facts, &n.payload, &n.hash); err != nil {
				b.Fatal(err)
			}
		}
		if err := rows.Close(); err != nil {
			b.Fatal(err)
		}
		took, raw = took+between.Sub(from), raw+time.Since(between)
	}
	b.ReportMetric(took.Seconds()*1000/float64(b.N), "ms/verify")
	b.ReportMetric(float64(took)/float64(raw), "verify/read")
}

func manyLines(ctx context.Context, db *DB, n int) error {
	if err := db.Create(ctx, &survey.Case{ID: "x"}, "张工", day); err != nil {
		return err
	}
	tx, err := db.sql.Write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for range n {
		if err := db.note(ctx, tx, wizard.Logged{CaseID: "x", Deed: wizard.DeedView, At: day, By: "张工", What: "打开案卷"}); err != nil {
			return err
		}
	}
	return tx.Commit()
}
