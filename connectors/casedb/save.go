package casedb

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Save writes changes as new revisions in one durable transaction, together with
// their line of the log: all or none.
// A change that says what holds already writes nothing. It fails with E0305
// when there is no such case and E0001 for a fact that could not be read back.
func (db *DB) Save(ctx context.Context, id string, changes []wizard.Change, by string, at time.Time) error {
	return db.save(ctx, "casedb.save", id, changes, nil, nil, by, at)
}

// save writes changes; with a mark, which is kept even when no change is needed, and with the overview that follows, when these are there.
func (db *DB) save(ctx context.Context, op, id string, changes []wizard.Change, o *wizard.Overview, m *wizard.Mark, by string, at time.Time) error {
	if err := db.ready(op); err != nil {
		return err
	}
	if err := check(op, changes); err != nil {
		return err
	}
	return fail(op, db.sql.Tx(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM case_ WHERE id = ?`, id).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return noCase(op)
		}
		written, err := db.write(ctx, tx, id, changes, by, at)
		if err != nil {
			return err
		}
		l := wizard.Logged{CaseID: id, Deed: wizard.DeedChange, At: at, By: by, Facts: written}
		if m != nil {
			if err := db.writeMark(ctx, tx, id, *m, by, at); err != nil {
				return err
			}
			if l.Facts[markKind], l.What = 1, "撤销"; m.Redo != "" {
				l.What = "重做"
			}
		}
		if len(written) > 0 {
			if _, err := tx.ExecContext(ctx, `UPDATE case_ SET updated = ? WHERE id = ?`, stampOf(at), id); err != nil {
				return err
			}
			if err := db.note(ctx, tx, l); err != nil {
				return err
			}
		}
		if o != nil {
			return db.writeOverview(ctx, tx, id, *o)
		}
		return nil
	}))
}

// check refuses a fact that Load could not take back, before anything is written.
func check(op string, changes []wizard.Change) error {
	for _, ch := range changes {
		if ch.Gone {
			continue
		}
		var c survey.Case
		err := c.Assemble([]survey.Fact{ch.Fact})
		if err == nil && !holds(&c, ch.Fact) {
			err = errors.New("id differs from the row's")
		}
		if err != nil {
			return &survey.Error{Code: survey.CodeInternal, Op: op, Detail: "资料 " + ch.Kind + " 无法保存", Err: err}
		}
	}
	return nil
}

func holds(c *survey.Case, f survey.Fact) bool {
	facts, err := c.Facts()
	if err != nil {
		return false
	}
	for _, g := range facts {
		if g.Kind == f.Kind && g.ID == f.ID {
			return true
		}
	}
	return false
}

// newest is what holds of one fact; revision 0 when there is none.
type newest struct {
	revision, order int
	state           string
	data            []byte
}

// write appends the revisions that changes ask for and counts them by kind; the caller notes them.
func (db *DB) write(ctx context.Context, tx *sql.Tx, caseID string, changes []wizard.Change, by string, at time.Time) (map[string]int, error) {
	find, err := tx.PrepareContext(ctx, `SELECT revision, state, ord, payload FROM fact
		WHERE case_id = ? AND kind = ? AND id = ? ORDER BY revision DESC LIMIT 1`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = find.Close() }()
	add, err := tx.PrepareContext(ctx, `INSERT INTO fact (case_id, kind, id, revision, state, ord, payload, by_, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = add.Close() }()
	n := map[string]int{}
	for _, ch := range changes {
		had, err := db.newest(ctx, find, caseID, ch.Kind, ch.ID)
		if err != nil {
			return n, err
		}
		next, needed := follow(had, ch)
		if !needed {
			continue
		}
		if err := db.add(ctx, add, caseID, ch, next, by, at); err != nil {
			return n, err
		}
		if err := db.refer(ctx, tx, caseID, ch); err != nil {
			return n, err
		}
		n[ch.Kind]++
	}
	return n, nil
}

// follow tells the revision after had, and whether one is needed at all. A fact taken out keeps its last words.
func follow(had newest, ch wizard.Change) (newest, bool) {
	next := newest{revision: had.revision + 1, order: ch.Order, state: "current", data: ch.Data}
	live := had.state == "current"
	if ch.Gone {
		next.order, next.state, next.data = had.order, "gone", had.data
		return next, live
	}
	return next, !live || had.order != ch.Order || !bytes.Equal(had.data, ch.Data)
}

func (db *DB) newest(ctx context.Context, find *sql.Stmt, caseID, kind, id string) (newest, error) {
	var n newest
	var payload []byte
	err := find.QueryRowContext(ctx, caseID, kind, id).Scan(&n.revision, &n.state, &n.order, &payload)
	if errors.Is(err, sql.ErrNoRows) {
		return newest{}, nil
	}
	if err != nil {
		return n, err
	}
	if n.data, err = db.seal.open(factPlace(caseID, kind, id, "payload", n.revision), payload); err != nil {
		return n, damaged("casedb.save", "一条资料（"+kind+" "+id+"）", err)
	}
	return n, nil
}

func (db *DB) add(ctx context.Context, add *sql.Stmt, caseID string, ch wizard.Change, n newest, by string, at time.Time) error {
	payload, err := db.seal.seal(factPlace(caseID, ch.Kind, ch.ID, "payload", n.revision), n.data)
	if err != nil {
		return err
	}
	who, err := db.seal.seal(factPlace(caseID, ch.Kind, ch.ID, "by_", n.revision), []byte(by))
	if err != nil {
		return err
	}
	_, err = add.ExecContext(ctx, caseID, ch.Kind, ch.ID, n.revision, n.state, n.order, payload, who, stampOf(at))
	return err
}

// refer notes which contents a case names, so that they can be kept or erased with it.
func (db *DB) refer(ctx context.Context, tx *sql.Tx, caseID string, ch wizard.Change) error {
	if ch.Kind != "attachment" || ch.Gone {
		return nil
	}
	var c survey.Case
	if err := c.Assemble([]survey.Fact{ch.Fact}); err != nil {
		return err
	}
	for _, a := range c.Attachments {
		if err := db.referBlob(ctx, tx, a.SHA256, caseID); err != nil {
			return err
		}
	}
	return nil
}
