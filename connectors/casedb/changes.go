package casedb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

var _ wizard.Histories = (*DB)(nil)

// A mark is kept as a row of this kind that never holds: 'gone' from the start, so that loading a case does not see it.
const markKind, markID = "mark", "history"

// Saves lists the saves of a case, oldest first, without the facts' data. Rows that follow one another with one time
// came in one save. It fails with E0301 when a row cannot be read.
func (db *DB) Saves(ctx context.Context, caseID string) ([]wizard.Saved, error) {
	return db.saves(ctx, caseID, time.Time{})
}

func (db *DB) saves(ctx context.Context, caseID string, since time.Time) ([]wizard.Saved, error) {
	const op = "casedb.saves"
	if err := db.ready(op); err != nil {
		return nil, err
	}
	rows, err := db.sql.Read.QueryContext(ctx, `SELECT kind, id, revision, CASE kind WHEN ?2 THEN payload END, by_, at, parcel FROM fact
		WHERE case_id = ?1 ORDER BY rowid`, caseID, markKind)
	if err != nil {
		return nil, fail(op, err)
	}
	defer func() { _ = rows.Close() }()
	var out []wizard.Saved
	taken, err := db.taken(ctx, caseID)
	if err != nil {
		return nil, err
	}
	last, from, seen := "", "", map[[2]string]bool{} // what tells one save from the next: the time; at one time a mark, or a fact written again
	for rows.Next() {
		var f wizard.FactChange
		var mark, by sql.RawBytes
		var at, parcel string
		if err := rows.Scan(&f.Kind, &f.ID, &f.Revision, &mark, &by, &at, &parcel); err != nil {
			return nil, fail(op, err)
		}
		key := [2]string{f.Kind, f.ID}
		if len(out) == 0 || at != last || parcel != from || seen[key] || out[len(out)-1].Mark != nil {
			s, err := db.opening(caseID, f, slices.Clone(by), at)
			if err != nil {
				return nil, err
			}
			if r, brought := taken[parcel]; brought {
				s.From, s.Taken = r.Name, &r.Taken
			}
			s.First = len(out) == 0
			out, last, from = append(out, s), at, parcel
			clear(seen)
		}
		seen[key] = true
		s := &out[len(out)-1]
		if f.Kind != markKind {
			s.Facts = append(s.Facts, f)
		} else if s.Mark, err = db.mark(caseID, f, slices.Clone(mark)); err != nil {
			return nil, err
		}
	}
	if !since.IsZero() {
		out = slices.DeleteFunc(out, func(s wizard.Saved) bool {
			if s.Taken != nil { // new here since then, whenever it was written
				return !s.Taken.After(since)
			}
			return !s.At.After(since)
		})
	}
	return out, fail(op, rows.Err())
}

// taken gives the parcels of a case by id; few cases have any.
func (db *DB) taken(ctx context.Context, caseID string) (map[string]wizard.Received, error) {
	list, err := db.Parcels(ctx, caseID)
	out := map[string]wizard.Received{}
	for _, r := range list {
		out[r.ID] = r
	}
	return out, err
}

// opening begins a save at its first row, which names it.
func (db *DB) opening(caseID string, f wizard.FactChange, by []byte, at string) (wizard.Saved, error) {
	s := wizard.Saved{ID: f.Kind + "/" + f.ID + "/" + strconv.Itoa(f.Revision)}
	who, err := db.seal.open(factPlace(caseID, f.Kind, f.ID, "by_", f.Revision), by)
	if err == nil {
		s.By = string(who)
		s.At, err = time.Parse(stamp, at)
	}
	if err != nil {
		return s, damaged("casedb.saves", "一条资料（"+f.Kind+" "+f.ID+"）的历史", err)
	}
	return s, nil
}

func (db *DB) mark(caseID string, f wizard.FactChange, payload []byte) (*wizard.Mark, error) {
	m := &wizard.Mark{}
	plain, err := db.seal.open(factPlace(caseID, f.Kind, f.ID, "payload", f.Revision), payload)
	if err == nil {
		err = json.Unmarshal(plain, m)
	}
	if err != nil {
		return nil, damaged("casedb.saves", "一次撤销或重做的记录", err)
	}
	return m, nil
}

// Changes lists the saves after since (the zero time: all), newest first, with old and new of every fact.
func (db *DB) Changes(ctx context.Context, caseID string, since time.Time) ([]wizard.Saved, error) {
	out, err := db.saves(ctx, caseID, since)
	if err != nil {
		return nil, err
	}
	slices.Reverse(out)
	for i := range out {
		if out[i].Facts, err = db.Recall(ctx, caseID, out[i].Facts); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Recall gives changes again with the fact before and after each. It fails with E0106 for a revision that is not there.
func (db *DB) Recall(ctx context.Context, caseID string, changes []wizard.FactChange) ([]wizard.FactChange, error) {
	const op = "casedb.recall"
	if err := db.ready(op); err != nil {
		return nil, err
	}
	find, err := db.sql.Read.PrepareContext(ctx, `SELECT state = 'gone', ord, payload FROM fact WHERE case_id = ? AND kind = ? AND id = ? AND revision = ?`)
	if err != nil {
		return nil, fail(op, err)
	}
	defer func() { _ = find.Close() }()
	read := func(kind, id string, revision int) (*survey.Fact, error) {
		if revision == 0 {
			return nil, nil
		}
		var gone bool
		var payload []byte
		f := &survey.Fact{Kind: kind, ID: id}
		err := find.QueryRowContext(ctx, caseID, kind, id, revision).Scan(&gone, &f.Order, &payload)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return nil, survey.Fail(survey.CodeUnknownItem, op, "没有这条资料的第 %d 次修改", revision)
		case err != nil:
			return nil, fail(op, err)
		}
		if f.Data, err = db.seal.open(factPlace(caseID, kind, id, "payload", revision), payload); err != nil {
			return nil, damaged(op, "一条资料（"+kind+" "+id+"）的历史", err)
		}
		if gone {
			return nil, nil
		}
		return f, nil
	}
	out := slices.Clone(changes)
	for i, f := range out {
		if out[i].New, err = read(f.Kind, f.ID, f.Revision); err != nil {
			return nil, err
		}
		if out[i].Old, err = read(f.Kind, f.ID, f.Revision-1); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// SaveMarked is Save together with a mark, all in one durable transaction. The mark is kept even when no change is needed.
func (db *DB) SaveMarked(ctx context.Context, id string, changes []wizard.Change, m wizard.Mark, by string, at time.Time) error {
	return db.save(ctx, "casedb.savemarked", id, changes, nil, &m, by, at)
}

func (db *DB) writeMark(ctx context.Context, tx *sql.Tx, id string, m wizard.Mark, by string, at time.Time) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	add, err := tx.PrepareContext(ctx, `INSERT INTO fact (case_id, kind, id, revision, state, ord, payload, by_, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = add.Close() }()
	next := newest{state: "gone", data: data}
	err = tx.QueryRowContext(ctx, `SELECT coalesce(max(revision), 0) + 1 FROM fact WHERE case_id = ? AND kind = ? AND id = ?`,
		id, markKind, markID).Scan(&next.revision)
	if err != nil {
		return err
	}
	return db.add(ctx, add, id, wizard.Change{Fact: survey.Fact{Kind: markKind, ID: markID}}, next, by, at)
}
