package casedb

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Tasks of the log: to begin it, and to say that the folder was brought back to a copy; behind restoredTask stands the time of the copy.
const (
	beginTask    = "audit"
	restoredTask = "restored "
)

// program signs the lines that no person caused.
const program = "上云通"

// beginLog writes the lines that waited for the key: where the log begins, for the installation and for each case that is older than the
// log, and that the folder was restored.
func (db *DB) beginLog(ctx context.Context) error {
	tasks, err := texts(ctx, db.sql.Read, `SELECT name FROM task WHERE name = ? OR name LIKE ? ORDER BY name`, beginTask, restoredTask+"%")
	if err != nil || len(tasks) == 0 {
		return err
	}
	return db.sql.Tx(ctx, func(tx *sql.Tx) error {
		for _, name := range tasks {
			if err := db.beginLine(ctx, tx, name); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM task WHERE name = ?`, name); err != nil {
				return err
			}
		}
		return nil
	})
}

func (db *DB) beginLine(ctx context.Context, tx *sql.Tx, task string) error {
	l := wizard.Logged{Deed: wizard.DeedBegin, At: db.began, By: program}
	if at, ok := strings.CutPrefix(task, restoredTask); ok {
		t, err := time.Parse(backupStamp, at)
		if err != nil {
			return err
		}
		l.What = "从 " + t.Format("2006-01-02 15:04:05") + "（UTC）的备份恢复，其后的记录不在这里"
		return db.note(ctx, tx, l)
	}
	key, err := db.chainKey()
	if err != nil {
		return err
	}
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM audit) + (SELECT count(*) FROM audit_head)`).Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		if err := (head{hash: []byte{}}).write(ctx, tx, key); err != nil {
			return err
		}
	}
	l.What = "记录自此开始"
	if err := db.note(ctx, tx, l); err != nil {
		return err
	}
	ids, err := texts(ctx, tx, `SELECT id FROM case_ ORDER BY created, id`)
	if err != nil {
		return err
	}
	for _, l.CaseID = range ids {
		if l.Facts, err = factsOf(ctx, tx, l.CaseID); err != nil {
			return err
		}
		if err := db.note(ctx, tx, l); err != nil {
			return err
		}
	}
	return nil
}

// factsOf counts the rows of a case by kind, all revisions.
func factsOf(ctx context.Context, tx *sql.Tx, caseID string) (map[string]int, error) {
	rows, err := tx.QueryContext(ctx, `SELECT kind, count(*) FROM fact WHERE case_id = ? GROUP BY kind`, caseID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	out := map[string]int{}
	for rows.Next() {
		var kind string
		var n int
		if err := rows.Scan(&kind, &n); err != nil {
			return nil, err
		}
		out[kind] = n
	}
	return out, rows.Err()
}

// sayRestored leaves word in a copy that is about to be moved in; the next start with the key writes it into the log.
func sayRestored(ctx context.Context, path string, migrations fs.FS, of time.Time) error {
	db, err := sqlite.Open(ctx, path, migrations)
	if err != nil {
		return err
	}
	err = db.Tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO task (name) VALUES (?) ON CONFLICT DO NOTHING`, restoredTask+of.UTC().Format(backupStamp))
		return err
	})
	if err == nil {
		err = db.Checkpoint(ctx)
	}
	return errors.Join(err, db.Close())
}
