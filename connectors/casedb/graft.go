package casedb

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// grafted is a row of fact that a parcel brings.
type grafted struct {
	kind, id string
	revision int
	follows  sql.NullInt64
	parcel   string
	value    handover.Revision
	sorted   time.Time // its time, never before that of the row it follows
}

// Graft writes what a parcel brought in one durable transaction, the line of the log included: all or nothing. A case that is not here is
// made with its id; one that was erased here stays so (E0305). It fails with E0604 when a fact was changed since the threads were read.
func (db *DB) Graft(ctx context.Context, g wizard.Graft) error {
	const op = "casedb.graft"
	if err := db.ready(op); err != nil {
		return err
	}
	made := false
	err := db.sql.Tx(ctx, func(tx *sql.Tx) error {
		var n int
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM case_ WHERE id = ?`, g.CaseID).Scan(&n)
		if err != nil {
			return err
		}
		if n == 0 {
			var erased int
			if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM key_ WHERE case_id = ? AND destroyed <> ''`, g.CaseID).Scan(&erased); err != nil {
				return err
			}
			if erased > 0 {
				return survey.Fail(survey.CodeNoCase, op, "这份申报已按企业要求在本机删除，不再收下")
			}
			keyID, err := db.newKey(ctx, tx, g.CaseID, g.At)
			if err != nil {
				return err
			}
			made = true
			_, err = tx.ExecContext(ctx, `INSERT INTO case_ (id, created, updated, as_of, key_id) VALUES (?, ?, ?, ?, ?)`,
				g.CaseID, stampOf(g.Created), stampOf(g.At), string(g.AsOf), keyID)
			if err != nil {
				return err
			}
		}
		return db.graft(ctx, tx, g)
	})
	if err != nil && made {
		db.seal.put(g.CaseID, nil)
	}
	return fail(op, err)
}

func (db *DB) graft(ctx context.Context, tx *sql.Tx, g wizard.Graft) error {
	var rows []grafted
	for i := range g.Threads {
		t := &g.Threads[i]
		if err := unchanged(ctx, tx, g.CaseID, t); err != nil {
			return err
		}
		rows = append(rows, graftedRows(t, g)...)
		if err := db.setAside(ctx, tx, g.CaseID, t); err != nil {
			return err
		}
	}
	written, err := db.addGrafted(ctx, tx, g.CaseID, rows)
	if err != nil {
		return err
	}
	for _, r := range g.Requests {
		if err := db.Outbox().known(ctx, tx, r, g.At); err != nil {
			return err
		}
	}
	payload, err := json.Marshal(g.From)
	if err == nil {
		payload, err = db.seal.seal(parcelPlace(g.CaseID, g.From.ID), payload)
	}
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, `INSERT INTO parcel (case_id, id, at, payload) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		g.CaseID, g.From.ID, stampOf(g.At), payload); err != nil {
		return err
	}
	if len(rows) > 0 {
		if _, err := tx.ExecContext(ctx, `UPDATE case_ SET updated = ? WHERE id = ?`, stampOf(g.At), g.CaseID); err != nil {
			return err
		}
	}
	return db.note(ctx, tx, wizard.Logged{CaseID: g.CaseID, Deed: wizard.DeedParcel, At: g.At, By: g.By, What: "收下交接包", Where: g.From.Name, Facts: written})
}

func parcelPlace(caseID, id string) place {
	return place{table: "parcel", id: caseID + "/" + id, column: "payload", caseID: caseID, revision: 1}
}

// unchanged holds that nothing was written to a fact since its thread was read.
func unchanged(ctx context.Context, tx *sql.Tx, caseID string, t *handover.Thread) error {
	var last int
	err := tx.QueryRowContext(ctx, `SELECT coalesce(max(revision), 0) FROM fact WHERE case_id = ? AND kind = ? AND id = ?`, caseID, t.Kind, t.ID).Scan(&last)
	if err == nil && last != t.Held.Row {
		return survey.Fail(survey.CodeConflict, "casedb.graft", "收下交接包时资料又有改动，请再收一次")
	}
	return err
}

// graftedRows gives the rows by which the revision that shall be in force gets there from where it forked off what held here.
func graftedRows(t *handover.Thread, g wizard.Graft) []grafted {
	var path []int
	for p := t.Head; p >= 0; p = t.Revisions[p].Parent {
		path = append(path, p)
	}
	slices.Reverse(path)
	last, order := t.Held.Row, t.Held.Order
	at := func(place int) int64 { // row of a place
		if place < 0 {
			return 0
		}
		return int64(max(t.Revisions[place].Row, 0))
	}
	var out []grafted
	add := func(r handover.Revision, parcel string, follows int64) {
		row := grafted{kind: t.Kind, id: t.ID, revision: last + 1, parcel: parcel, value: r, sorted: r.At}
		if follows != int64(last) {
			row.follows = sql.NullInt64{Int64: follows, Valid: true}
		}
		if len(out) > 0 && out[len(out)-1].sorted.After(row.sorted) {
			row.sorted = out[len(out)-1].sorted
		}
		last, order, out = last+1, r.Order, append(out, row)
	}
	for _, p := range path {
		if r := t.Revisions[p]; r.Row <= 0 {
			add(r, g.From.ID, at(r.Parent))
			t.Revisions[p].Row = last
		}
	}
	if len(out) == 0 && t.Head != t.Held.Head && t.Head >= 0 { // back to what held here once
		add(t.Revisions[t.Head], g.From.ID, at(t.Revisions[t.Head].Parent))
	}
	if f := t.Fact(t.Head); f != nil && t.Order != order { // only its place in the list
		r := t.Revisions[t.Head]
		r.Order, r.By, r.At = t.Order, g.By, g.At
		add(r, "", int64(last))
	}
	return out
}

// addGrafted writes rows in the order of their times, so that what one person saved at once stands together in the history.
func (db *DB) addGrafted(ctx context.Context, tx *sql.Tx, caseID string, rows []grafted) (map[string]int, error) {
	slices.SortStableFunc(rows, func(a, b grafted) int { return cmp.Or(a.sorted.Compare(b.sorted), cmp.Compare(a.parcel, b.parcel)) })
	add, err := tx.PrepareContext(ctx, `INSERT INTO fact (case_id, kind, id, revision, state, ord, payload, by_, at, follows, parcel) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = add.Close() }()
	n := map[string]int{}
	for _, r := range rows {
		state := "current"
		if r.value.Gone {
			state = "gone"
		}
		payload, err := db.seal.seal(factPlace(caseID, r.kind, r.id, "payload", r.revision), r.value.Data)
		if err != nil {
			return nil, err
		}
		who, err := db.seal.seal(factPlace(caseID, r.kind, r.id, "by_", r.revision), []byte(r.value.By))
		if err != nil {
			return nil, err
		}
		_, err = add.ExecContext(ctx, caseID, r.kind, r.id, r.revision, state, r.value.Order, payload, who, stampOf(r.value.At), r.follows, r.parcel)
		if err != nil {
			return nil, err
		}
		if err := db.referValue(ctx, tx, caseID, r.kind, r.id, r.value); err != nil {
			return nil, err
		}
		n[r.kind]++
	}
	return n, nil
}

func (db *DB) referValue(ctx context.Context, tx *sql.Tx, caseID, kind, id string, r handover.Revision) error {
	return db.refer(ctx, tx, caseID, wizard.Change{Fact: survey.Fact{Kind: kind, ID: id, Data: r.Data}})
}

// setAside keeps the revisions that are new and do not lead to the one in force.
func (db *DB) setAside(ctx context.Context, tx *sql.Tx, caseID string, t *handover.Thread) error {
	n := t.Held.Asides
	for i, r := range t.Revisions {
		if r.Row != 0 {
			continue
		}
		n++
		plain, err := json.Marshal(aside{Parent: parentKey(t, i), Gone: r.Gone, Order: r.Order, Data: r.Data, By: r.By, At: r.At})
		if err != nil {
			return err
		}
		sealed, err := db.seal.seal(strandPlace(caseID, t.Kind, t.ID, n), plain)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO strand (case_id, kind, id, n, payload) VALUES (?, ?, ?, ?, ?)`, caseID, t.Kind, t.ID, n, sealed); err != nil {
			return err
		}
		if err := db.referValue(ctx, tx, caseID, t.Kind, t.ID, r); err != nil {
			return err
		}
	}
	return nil
}

// Parcels lists the parcels that were taken into a case, with the log of their senders, the newest last.
func (db *DB) Parcels(ctx context.Context, caseID string) ([]wizard.Received, error) {
	const op = "casedb.parcels"
	if err := db.ready(op); err != nil {
		return nil, err
	}
	rows, err := db.sql.Read.QueryContext(ctx, `SELECT id, at, payload FROM parcel WHERE case_id = ? ORDER BY at, id`, caseID)
	if err != nil {
		return nil, fail(op, err)
	}
	defer func() { _ = rows.Close() }()
	var out []wizard.Received
	for rows.Next() {
		var id, at string
		var payload []byte
		if err := rows.Scan(&id, &at, &payload); err != nil {
			return nil, fail(op, err)
		}
		var r wizard.Received
		var errs [3]error
		payload, errs[0] = db.seal.open(parcelPlace(caseID, id), payload)
		if errs[0] == nil {
			errs[1] = json.Unmarshal(payload, &r)
		}
		r.Taken, errs[2] = time.Parse(stamp, at)
		if err := errors.Join(errs[:]...); err != nil {
			return nil, damaged(op, "一份交接包的记录", err)
		}
		out = append(out, r)
	}
	return out, fail(op, rows.Err())
}
