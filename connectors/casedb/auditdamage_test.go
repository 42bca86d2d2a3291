package casedb

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// logFolder holds a log of nine lines: 1 begin, 2 create x, 3 save x, 4 view x, 5 export x, 6 create y, 7 save x, 8 view x, 9 view y.
func logFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	db := start(t, dir)
	create(t, db, &survey.Case{ID: "x"})
	save(t, db, "x", day.Add(time.Minute), change(t, "firm", "firm", survey.Firm{Name: "甲"}))
	note(t, db, "x", wizard.DeedView, "打开案卷", "")
	note(t, db, "x", wizard.DeedExport, "交换文件", "甲.json")
	create(t, db, &survey.Case{ID: "y"})
	save(t, db, "x", day.Add(time.Hour), change(t, "firm", "firm", survey.Firm{Name: "乙"}))
	note(t, db, "x", wizard.DeedView, "打开案卷", "")
	note(t, db, "y", wizard.DeedView, "打开案卷", "")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// openCopy opens a copy of a folder without the triggers of the log, as somebody who has the file and no key would.
func openCopy(t *testing.T, from string) *DB {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	db := start(t, dir)
	for _, name := range []string{"audit_append_only", "audit_kept", "audit_not_replaced", "audit_head_kept", "fact_kept", "fact_append_only"} {
		raw(t, db, `DROP TRIGGER `+name)
	}
	return db
}

func TestEveryDamageToTheLogIsFoundAndNamed(t *testing.T) {
	dir := logFolder(t)
	if c := checked(t, openCopy(t, dir), ""); c.Problem != "" || c.Lines != 9 || c.Bad != 0 {
		t.Fatalf("the log as it was written: %+v", c)
	}
	const insert = `INSERT INTO audit (seq, case_id, deed, at, facts, payload, hash) `
	for name, c := range map[string]struct {
		sql  string
		bad  int64
		says string
	}{
		"number changed":              {`UPDATE audit SET seq = 99 WHERE seq = 4`, 4, "第 4 条不见了"},
		"case changed":                {`UPDATE audit SET case_id = 'y' WHERE seq = 4`, 4, "第 4 条被改动"},
		"deed changed":                {`UPDATE audit SET deed = 'change' WHERE seq = 4`, 4, "第 4 条被改动"},
		"time changed":                {`UPDATE audit SET at = '2020-01-01T00:00:00.000000000Z' WHERE seq = 4`, 4, "第 4 条被改动"},
		"count changed":               {`UPDATE audit SET facts = 3 WHERE seq = 4`, 4, "第 4 条被改动"},
		"words changed":               {`UPDATE audit SET payload = zeroblob(length(payload)) WHERE seq = 4`, 4, "第 4 条被改动"},
		"hash changed":                {`UPDATE audit SET hash = zeroblob(32) WHERE seq = 4`, 4, "第 4 条被改动"},
		"byte from deed to case":      {`UPDATE audit SET case_id = case_id || 'v', deed = 'iew' WHERE seq = 4`, 4, "第 4 条被改动"},
		"newest changed":              {`UPDATE audit SET deed = 'export' WHERE seq = 9`, 9, "第 9 条被改动"},
		"first deleted":               {`DELETE FROM audit WHERE seq = 1`, 1, "第 1 条不见了"},
		"middle deleted":              {`DELETE FROM audit WHERE seq = 5`, 5, "第 5 条不见了"},
		"middle deleted, closed up":   {`DELETE FROM audit WHERE seq = 5; UPDATE audit SET seq = seq - 1 WHERE seq > 5`, 5, "第 5 条被改动"},
		"last deleted":                {`DELETE FROM audit WHERE seq = 9`, 9, "第 9 条起被截去，应有 9 条"},
		"tail cut off":                {`DELETE FROM audit WHERE seq > 6`, 7, "第 7 条起被截去"},
		"tail cut off, count lowered": {`DELETE FROM audit WHERE seq > 7; UPDATE audit_head SET lines = 7, hash = (SELECT hash FROM audit WHERE seq = 7)`, 8, "第 7 条之后可能少了"},
		"all cut off":                 {`DELETE FROM audit`, 1, "第 1 条起被截去"},
		"all cut off with the end":    {`DELETE FROM audit; DELETE FROM audit_head`, 1, "结尾不见了"},
		"end deleted":                 {`DELETE FROM audit_head`, 10, "结尾不见了"},
		"two swapped": {`UPDATE audit SET seq = 100 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = 100`,
			4, "第 4 条被改动、插入或换了位置"},
		"words swapped": {`CREATE TABLE other AS SELECT * FROM audit; UPDATE audit SET payload = (SELECT payload FROM other WHERE other.seq = 9 - audit.seq) WHERE seq IN (4, 5)`,
			4, "第 4 条被改动"},
		"one inserted": {`UPDATE audit SET seq = -seq WHERE seq > 4; ` + insert + `SELECT 5, case_id, deed, at, facts, payload, hash FROM audit WHERE seq = 4;
			UPDATE audit SET seq = 1 - seq WHERE seq < 0`, 5, "第 5 条被改动、插入"},
		"one appended": {insert + `SELECT 10, case_id, deed, at, facts, payload, hash FROM audit WHERE seq = 9`, 10, "第 10 条被改动、插入"},
		"one not readable": {`CREATE TABLE other AS SELECT * FROM audit; DROP TABLE audit; ALTER TABLE other RENAME TO audit; UPDATE audit SET at = NULL WHERE seq = 4`,
			4, "第 4 条不能读取"},
		"a save taken out":        {`DELETE FROM fact WHERE case_id = 'x' AND kind = 'firm' AND revision = 3`, 7, "少了 1 行资料"},
		"a save without a line":   {`CREATE TABLE other AS SELECT * FROM fact WHERE case_id = 'x' AND revision = 3; UPDATE other SET revision = 4; INSERT INTO fact SELECT * FROM other`, 10, "1 行资料没有相应的记录"},
		"all saves of a firm out": {`DELETE FROM fact WHERE case_id = 'y'`, 6, "案卷 y 少了"},
	} {
		t.Run(name, func(t *testing.T) {
			db := openCopy(t, dir)
			raw(t, db, strings.ReplaceAll(`PRAGMA ignore_check_constraints = 1; `+c.sql, "\n", " "))
			if got := checked(t, db, ""); got.Bad != c.bad || !strings.Contains(got.Problem, c.says) || survey.CodeOf(got.Fault()) != survey.CodeLogBroken {
				t.Errorf("line %d: %q, want line %d: %q", got.Bad, got.Problem, c.bad, c.says)
			}
			if name == "one not readable" {
				return // nothing can be added to a table without its key
			}
			note(t, db, "y", wizard.DeedView, "打开案卷", "")
			if checked(t, db, "").Fault() == nil {
				t.Error("not found after work went on")
			}
		})
	}
}

// A folder lives on in two copies; lines of the one are put into the other.
func TestLinesOfAnOlderCopyAreFound(t *testing.T) {
	dir := logFolder(t)
	old, now := openCopy(t, dir), openCopy(t, dir)
	for _, db := range []*DB{old, now} {
		note(t, db, "x", wizard.DeedExport, "交换文件", "U 盘") // 10
		note(t, db, "x", wizard.DeedView, "打开案卷", "")      // 11
	}
	note(t, now, "x", wizard.DeedView, "打开案卷", "") // 12
	path := old.sql.Path()
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	raw(t, now, `ATTACH '`+path+`' AS old; DELETE FROM audit WHERE seq IN (10, 11); INSERT INTO audit SELECT * FROM old.audit WHERE seq IN (10, 11)`)
	if c := checked(t, now, ""); c.Bad != 12 || !strings.Contains(c.Problem, "或它前面的被换掉") {
		t.Errorf("two older lines in the middle: %+v", c)
	}
	raw(t, now, `DELETE FROM audit WHERE seq = 12`)
	if c := checked(t, now, ""); c.Bad != 12 || !strings.Contains(c.Problem, "第 12 条起被截去") {
		t.Errorf("an older tail: %+v", c)
	}
}

// Whoever puts back an older end together with older lines is found by the saves that came since, else by a head that was written down only.
func TestAnOlderEndIsFoundBySavesOrByAWrittenHead(t *testing.T) {
	for name, c := range map[string]struct {
		since   func(db *DB)
		without string // what is found without a written head
	}{
		"after a save": {func(db *DB) {
			save(t, db, "x", day.Add(2*time.Hour), change(t, "firm", "firm", survey.Firm{Name: "丙"}))
		}, "行资料没有相应的记录"},
		"after a view": {func(db *DB) { note(t, db, "x", wizard.DeedExport, "交换文件", "U 盘") }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			db := openCopy(t, logFolder(t))
			raw(t, db, `CREATE TABLE kept AS SELECT * FROM audit_head`)
			c.since(db)
			head := checked(t, db, "").Head
			raw(t, db, `DELETE FROM audit WHERE seq > 9; DELETE FROM audit_head; INSERT INTO audit_head SELECT * FROM kept`)
			if got := checked(t, db, ""); (got.Problem == "") != (c.without == "") || !strings.Contains(got.Problem, c.without) {
				t.Errorf("without a head: %+v", got)
			}
			if got := checked(t, db, head[:16]); got.Fault() == nil {
				t.Errorf("with a head: %+v", got)
			}
		})
	}
}

// The log cannot be changed by the program itself, not even while a case is erased.
func TestTheLogIsOnlyEverAddedTo(t *testing.T) {
	db := start(t, logFolder(t))
	raw(t, db, `UPDATE case_ SET state = 'erasing'`)
	for _, q := range []string{
		`DELETE FROM audit`, `UPDATE audit SET deed = 'x' WHERE seq = 2`, `DELETE FROM audit_head`,
		`INSERT OR REPLACE INTO audit SELECT seq, 'y', deed, at, facts, payload, hash FROM audit WHERE seq = 3`,
	} {
		if _, err := db.sql.Write.Exec(q); err == nil {
			t.Errorf("went through: %s", q)
		}
	}
	wantWhole(t, db)
}
