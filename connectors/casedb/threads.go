package casedb

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/survey/handover"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

var _ wizard.Threads = (*DB)(nil)

// aside is a revision that never held here, as it is sealed.
type aside struct {
	Parent string          `json:"parent"` // key of the revision that it follows, "" for none
	Gone   bool            `json:"gone"`
	Order  int             `json:"order"`
	Data   json.RawMessage `json:"data"`
	By     string          `json:"by"`
	At     time.Time       `json:"at"`
}

func strandPlace(caseID, kind, id string, n int) place {
	return place{table: "strand", id: caseID + "/" + kind + "/" + id, column: "payload", caseID: caseID, revision: n}
}

// Threads gives the facts of a case with every revision that is known; with forked only those that more than one line of is known. It fails
// with E0301 when a row cannot be read.
func (db *DB) Threads(ctx context.Context, caseID string, forked bool) ([]handover.Thread, error) {
	const op = "casedb.threads"
	if err := db.ready(op); err != nil {
		return nil, err
	}
	only := ""
	if forked {
		var any bool // a case that never met another costs two looks into an index
		err := db.sql.Read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM strand WHERE case_id = ?1)
			OR EXISTS (SELECT 1 FROM fact WHERE case_id = ?1 AND follows IS NOT NULL)`, caseID).Scan(&any)
		if err != nil || !any {
			return nil, fail(op, err)
		}
		only = ` AND (kind, id) IN (SELECT kind, id FROM strand WHERE case_id = ?1 UNION SELECT kind, id FROM fact WHERE case_id = ?1 AND follows IS NOT NULL)`
	}
	rows, err := db.sql.Read.QueryContext(ctx, `SELECT kind, id, revision, state = 'gone', ord, payload, by_, at, coalesce(follows, revision - 1) FROM fact
		WHERE case_id = ?1 AND kind <> ?2`+only+` ORDER BY kind, id, revision`, caseID, markKind)
	if err != nil {
		return nil, fail(op, err)
	}
	defer func() { _ = rows.Close() }()
	var out []handover.Thread
	at := map[[2]string]int{} // of a thread in out
	var places []int          // of the rows of the thread that is being read
	for rows.Next() {
		var kind, id, when string
		var r handover.Revision
		var follows int
		var payload, by []byte
		if err := rows.Scan(&kind, &id, &r.Row, &r.Gone, &r.Order, &payload, &by, &when, &follows); err != nil {
			return nil, fail(op, err)
		}
		what := "一条资料（" + kind + " " + id + "）的历史"
		var who []byte
		var errs [3]error
		r.Data, errs[0] = db.seal.open(factPlace(caseID, kind, id, "payload", r.Row), payload)
		who, errs[1] = db.seal.open(factPlace(caseID, kind, id, "by_", r.Row), by)
		r.At, errs[2] = time.Parse(stamp, when)
		if err := errors.Join(errs[:]...); err != nil {
			return nil, damaged(op, what, err)
		}
		r.By = string(who)
		i, begun := at[[2]string{kind, id}]
		if !begun {
			i, places = len(out), []int{-1}
			at[[2]string{kind, id}] = i
			out = append(out, handover.NewThread(kind, id))
		}
		if follows < 0 || follows >= len(places) || r.Row != len(places) {
			return nil, damaged(op, what, errors.New("revisions do not follow one another"))
		}
		t := &out[i]
		p := t.Put(places[follows], r)
		places = append(places, p)
		t.Head, t.Order = p, r.Order
		t.Held = handover.Held{Row: r.Row, Head: p, Order: r.Order}
	}
	if err := rows.Err(); err != nil {
		return nil, fail(op, err)
	}
	return out, fail(op, db.asides(ctx, caseID, out, at))
}

// asides adds what never held here.
func (db *DB) asides(ctx context.Context, caseID string, threads []handover.Thread, at map[[2]string]int) error {
	rows, err := db.sql.Read.QueryContext(ctx, `SELECT kind, id, n, payload FROM strand WHERE case_id = ? ORDER BY kind, id, n`, caseID)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var kind, id string
		var n int
		var payload []byte
		if err := rows.Scan(&kind, &id, &n, &payload); err != nil {
			return err
		}
		i, known := at[[2]string{kind, id}]
		var a aside
		plain, err := db.seal.open(strandPlace(caseID, kind, id, n), payload)
		if err == nil {
			err = json.Unmarshal(plain, &a)
		}
		parent := -1
		if err == nil && a.Parent != "" && known {
			if parent = threads[i].Place(a.Parent); parent < 0 {
				err = errors.New("parent is missing")
			}
		}
		if err != nil || !known {
			return damaged("casedb.threads", "一条资料（"+kind+" "+id+"）带来的历史", errors.Join(err, errAlone(known)))
		}
		threads[i].Put(parent, handover.Revision{Gone: a.Gone, Order: a.Order, Data: a.Data, By: a.By, At: a.At, Row: handover.Aside})
		threads[i].Held.Asides = n
	}
	return rows.Err()
}

func errAlone(known bool) error {
	if known {
		return nil
	}
	return errors.New("no row of the fact")
}

// parentKey names the revision that another one follows, "" when none.
func parentKey(t *handover.Thread, place int) string {
	if p := t.Revisions[place].Parent; p >= 0 {
		return t.Key(p)
	}
	return ""
}
