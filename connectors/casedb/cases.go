package casedb

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// stamp is how times are stored: UTC, of one length, so that text sorts as time does.
const stamp = "2006-01-02T15:04:05.000000000Z"

func stampOf(t time.Time) string { return t.UTC().Format(stamp) }

// unreadable stands for the name of a firm whose row is damaged; opening the case tells more.
const (
	unreadable = "（资料损坏，无法读取）"
	erased     = "（密钥已销毁）"
)

// firm opens the firm's row for the list.
func (db *DB) firm(caseID string, revision int, payload []byte) survey.Firm {
	plain, err := db.seal.open(factPlace(caseID, "firm", "firm", "payload", revision), payload)
	switch survey.CodeOf(err) {
	case survey.CodeNoCase:
		return survey.Firm{Name: erased}
	case survey.CodeLocked: // in this very moment
		return survey.Firm{}
	}
	if err != nil {
		return survey.Firm{Name: unreadable}
	}
	var c survey.Case
	if err := c.Assemble([]survey.Fact{{Kind: "firm", ID: "firm", Data: plain}}); err != nil {
		return survey.Firm{Name: unreadable}
	}
	return c.Firm
}

// Create stores a new case with all its facts and the first line of its log in
// one durable transaction. It
// fails with E0306 when a case with this id is there already.
func (db *DB) Create(ctx context.Context, c *survey.Case, by string, at time.Time) error {
	const op = "casedb.create"
	if err := db.ready(op); err != nil {
		return err
	}
	facts, err := c.Facts()
	if err != nil {
		return fail(op, err)
	}
	if c.ID == "" {
		return survey.Fail(survey.CodeInternal, op, "申报缺少编号")
	}
	changes := make([]wizard.Change, len(facts))
	for i, f := range facts {
		changes[i].Fact = f
	}
	if err := check(op, changes); err != nil {
		return err
	}
	made := false
	err = db.sql.Tx(ctx, func(tx *sql.Tx) error {
		made, err = db.create(ctx, tx, c, changes, by, at)
		return err
	})
	if err != nil && made {
		db.seal.put(c.ID, nil)
	}
	return fail(op, err)
}

// create writes a new case; made tells whether its key was put.
func (db *DB) create(ctx context.Context, tx *sql.Tx, c *survey.Case, changes []wizard.Change, by string, at time.Time) (made bool, err error) {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM case_ WHERE id = ?`, c.ID).Scan(&n); err != nil {
		return false, err
	}
	if n > 0 {
		return false, survey.Fail(survey.CodeStore, "casedb.create", "编号 %s 的申报已经存在，没有覆盖", c.ID)
	}
	keyID, err := db.newKey(ctx, tx, c.ID, at)
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO case_ (id, created, updated, as_of, key_id) VALUES (?, ?, ?, ?, ?)`,
		c.ID, stampOf(c.Created), stampOf(at), string(c.AsOf), keyID)
	if err != nil {
		return true, err
	}
	written, err := db.write(ctx, tx, c.ID, changes, by, at)
	if err != nil {
		return true, err
	}
	return true, db.note(ctx, tx, wizard.Logged{CaseID: c.ID, Deed: wizard.DeedChange, At: at, By: by, What: "新建案卷", Facts: written})
}

// Load puts a case together from the facts that hold. It fails with E0305 when
// there is no such case and E0301 when one of its rows cannot be read.
func (db *DB) Load(ctx context.Context, id string) (*survey.Case, error) {
	const op = "casedb.load"
	if err := db.ready(op); err != nil {
		return nil, err
	}
	tx, err := db.sql.Read.BeginTx(ctx, nil) // one snapshot for both questions
	if err != nil {
		return nil, fail(op, db.sure(ctx, err))
	}
	defer func() { _ = tx.Rollback() }()
	c := &survey.Case{ID: id}
	var created, asOf string
	err = tx.QueryRowContext(ctx, `SELECT created, as_of FROM case_ WHERE id = ?`, id).Scan(&created, &asOf)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noCase(op)
	}
	if err != nil {
		return nil, fail(op, db.sure(ctx, err))
	}
	if c.Created, err = time.Parse(stamp, created); err != nil {
		return nil, damaged(op, "申报的时间", err)
	}
	c.AsOf = survey.Date(asOf)
	facts, err := db.facts(ctx, tx, id)
	if err != nil {
		return nil, fail(op, db.sure(ctx, err))
	}
	return c, fail(op, c.Assemble(facts))
}

// facts reads the newest revision of every fact; older ones cost an index entry each, not their payload.
func (db *DB) facts(ctx context.Context, tx *sql.Tx, caseID string) ([]survey.Fact, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT f.kind, f.id, f.ord, f.revision, f.payload
		FROM (SELECT max(revision), rowid AS at FROM fact WHERE case_id = ?1 GROUP BY kind, id) n
		JOIN fact f ON f.rowid = n.at
		WHERE f.state = 'current'`, caseID) // beside max() SQLite gives the rowid of that very row
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []survey.Fact
	for rows.Next() {
		var f survey.Fact
		var revision int
		var payload []byte
		if err := rows.Scan(&f.Kind, &f.ID, &f.Order, &revision, &payload); err != nil {
			return nil, err
		}
		if f.Data, err = db.seal.open(factPlace(caseID, f.Kind, f.ID, "payload", revision), payload); err != nil {
			return nil, damaged("casedb.load", "一条资料（"+f.Kind+" "+f.ID+"）", err)
		}
		out = append(out, f)
	}
	return out, rows.Err()
}

func noCase(op string) error {
	return survey.Fail(survey.CodeNoCase, op, "本机没有这份申报，请回到工作台重新选择")
}
