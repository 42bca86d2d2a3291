package casedb

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"sync"
	"time"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

// index holds the lines of all cases in memory from the first list after unlocking until the folder is locked. Before each use one number
// of the database, the overviews' clock, tells whether anything it shows has changed; then only the changed cases are read again.
type index struct {
	mu    sync.Mutex
	clock int64
	byID  map[string]*wizard.Line // nil: not read yet
	lines *wizard.Lines           // the same
}

// drop forgets everything.
func (x *index) drop() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.clock, x.byID, x.lines = 0, nil, nil
}

// List gives all cases, newest change first. A case without a readable overview shows its firm's row; one where that is damaged as well
// shows as such and does not hide the others. While the folder is locked there are ids and times only.
func (db *DB) List(ctx context.Context) ([]wizard.Entry, error) {
	found, err := db.Search(ctx, wizard.Query{})
	return found.Entries, err
}

// Search gives the cases that a query leaves; see List.
func (db *DB) Search(ctx context.Context, q wizard.Query) (wizard.Found, error) {
	const op = "casedb.list"
	x := &db.index
	x.mu.Lock()
	defer x.mu.Unlock()
	lines, err := db.indexed(ctx)
	if err != nil {
		return wizard.Found{}, fail(op, err)
	}
	return lines.Find(q), nil
}

// indexed brings the index up to date.
func (db *DB) indexed(ctx context.Context) (*wizard.Lines, error) {
	x := &db.index
	if db.seal.isLocked() { // Lock takes the keys away before it drops the index
		read, err := db.lines(ctx, db.sql.Read, 0)
		return wizard.NewLines(read), err
	}
	var now int64
	if err := db.sql.Read.QueryRowContext(ctx, `SELECT n FROM overview_clock`).Scan(&now); err != nil {
		return nil, err
	}
	if x.byID == nil || now != x.clock {
		if err := db.refresh(ctx); err != nil {
			return nil, err
		}
	}
	return x.lines, nil
}

// refresh reads what changed since the clock of the index; everything when cases are gone or nothing was read yet.
func (db *DB) refresh(ctx context.Context) error {
	x := &db.index
	tx, err := db.sql.Read.BeginTx(ctx, nil) // one snapshot
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	var now int64
	var count int
	if err := tx.QueryRowContext(ctx, `SELECT n, (SELECT count(*) FROM case_) FROM overview_clock`).Scan(&now, &count); err != nil {
		return err
	}
	byID := x.byID
	for since := x.clock; ; since = 0 {
		if since == 0 {
			byID = map[string]*wizard.Line{}
		}
		read, err := db.lines(ctx, tx, since)
		if err != nil {
			return err
		}
		for _, l := range read {
			byID[l.ID] = l
		}
		if len(byID) == count || since == 0 {
			break
		}
	}
	all := make([]*wizard.Line, 0, len(byID))
	for _, l := range byID {
		all = append(all, l)
	}
	x.clock, x.byID, x.lines = now, byID, wizard.NewLines(all)
	return nil
}

// glimpse is what is stored of one line.
type glimpse struct {
	entry              wizard.Entry
	overview, firm     []byte
	revision, firmsRev int
}

type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// lines reads the cases whose lines changed after since; 0 reads all. The firm's row is read only where there is no overview.
func (db *DB) lines(ctx context.Context, q queryer, since int64) ([]*wizard.Line, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT c.id, c.created, c.updated, c.retain_until, coalesce(o.revision, 0), coalesce(o.payload, x''), coalesce(q.state, ''), coalesce(q.receipt_number, '') <> '',
			coalesce(f.revision, 0), f.payload
		FROM case_ c LEFT JOIN overview o ON o.case_id = c.id
		LEFT JOIN outbox q ON q.seq = (SELECT max(seq) FROM outbox WHERE case_id = c.id)
		LEFT JOIN fact f ON coalesce(o.payload, x'') = x'' AND f.case_id = c.id AND f.kind = 'firm' AND f.id = 'firm'
			AND f.revision = (SELECT max(revision) FROM fact WHERE case_id = c.id AND kind = 'firm' AND id = 'firm')
		WHERE ?1 = 0 OR c.id IN (SELECT case_id FROM overview WHERE seq > ?1)`, since)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []glimpse
	for rows.Next() {
		var g glimpse
		var created, updated string
		err := rows.Scan(&g.entry.ID, &created, &updated, &g.entry.RetainUntil, &g.revision, &g.overview, &g.entry.Request, &g.entry.Receipt, &g.firmsRev, &g.firm)
		if err != nil {
			return nil, err
		}
		if g.entry.Created, err = time.Parse(stamp, created); err == nil {
			g.entry.Updated, err = time.Parse(stamp, updated)
		}
		if err != nil {
			return nil, damaged("casedb.list", "申报 "+g.entry.ID+" 的时间", err)
		}
		all = append(all, g)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return db.openAll(ctx, q, all)
}

// openAll opens what is sealed, on all processors.
func (db *DB) openAll(ctx context.Context, q queryer, all []glimpse) ([]*wizard.Line, error) {
	out := make([]*wizard.Line, len(all))
	if db.seal.isLocked() {
		for i, g := range all {
			out[i] = wizard.NewLine(wizard.Entry{ID: g.entry.ID, Created: g.entry.Created, Updated: g.entry.Updated, RetainUntil: g.entry.RetainUntil})
		}
		return out, nil
	}
	workers := runtime.GOMAXPROCS(0)
	var done sync.WaitGroup
	for w := range workers {
		done.Go(func() {
			for i := w; i < len(all); i += workers {
				g := &all[i]
				if o, ok := db.readOverview(g.entry.ID, g.revision, g.overview); ok {
					g.entry.Take(o)
					out[i] = wizard.NewLine(g.entry)
				}
			}
		})
	}
	done.Wait()
	for i := range all { // the rest by the firm's row
		if out[i] != nil {
			continue
		}
		e, err := db.byFirm(ctx, q, all[i])
		if err != nil {
			return nil, err
		}
		out[i] = wizard.NewLine(e)
	}
	return out, nil
}

// byFirm makes the line of a case without a readable overview.
func (db *DB) byFirm(ctx context.Context, q queryer, g glimpse) (wizard.Entry, error) {
	if len(g.overview) > 0 { // damaged, so the firm's row was not read
		err := q.QueryRowContext(ctx, `SELECT revision, payload FROM fact WHERE case_id = ? AND kind = 'firm' AND id = 'firm' ORDER BY revision DESC LIMIT 1`,
			g.entry.ID).Scan(&g.firmsRev, &g.firm)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return g.entry, err
		}
	}
	f := db.firm(g.entry.ID, g.firmsRev, g.firm)
	g.entry.Name, g.entry.CreditCode, g.entry.Region = f.Name, f.CreditCode, f.Region
	return g.entry, nil
}
