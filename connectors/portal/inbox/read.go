package inbox

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// Row is one request in a list.
type Row struct {
	ID, Number string
	Kind       submit.Kind
	State      submit.State
	Revision   int // last one with a receipt, 0 for none
	Note       string
	ChangedAt  time.Time
	FirmName   string
	CreditCode string
	Region     string
	Title      string
	AmountFen  *int64 // nil: the request states no sum
	Level      string
}

// Query narrows a list; zero values narrow nothing.
type Query struct {
	Text   string // part of firm name, credit code or receipt number
	State  submit.State
	Kind   submit.Kind
	Offset int
	Limit  int // 1..200, else 50
}

const rowColumns = `id, number, kind, state, revision, note, changed_at, firm_name, credit_code, region, title, amount_fen, level`

// List gives the requests that match q, latest change first, and how many there are in all.
func (s *Store) List(ctx context.Context, q Query) ([]Row, int, error) {
	if q.Limit < 1 || q.Limit > 200 {
		q.Limit = 50
	}
	like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(q.Text) + "%"
	const where = ` FROM request WHERE (firm_name LIKE ?1 ESCAPE '\' OR credit_code LIKE ?1 ESCAPE '\' OR number LIKE ?1 ESCAPE '\')
		AND (?2 = '' OR state = ?2) AND (?3 = '' OR kind = ?3)`
	var total int
	if err := s.db.Read.QueryRowContext(ctx, `SELECT count(*)`+where, like, q.State, q.Kind).Scan(&total); err != nil {
		return nil, 0, err
	}
	rows, err := s.db.Read.QueryContext(ctx, `SELECT `+rowColumns+where+` ORDER BY changed_at DESC, id LIMIT ?4 OFFSET ?5`,
		like, q.State, q.Kind, q.Limit, max(q.Offset, 0))
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = rows.Close() }()
	var list []Row
	for rows.Next() {
		r, err := scanRow(rows)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, r)
	}
	return list, total, rows.Err()
}

func scanRow(from interface{ Scan(...any) error }) (Row, error) {
	var r Row
	var changed string
	err := from.Scan(&r.ID, &r.Number, &r.Kind, &r.State, &r.Revision, &r.Note, &changed, &r.FirmName, &r.CreditCode,
		&r.Region, &r.Title, &r.AmountFen, &r.Level)
	r.ChangedAt = parseStamp(changed)
	return r, err
}

// Counts gives the number of requests per state.
func (s *Store) Counts(ctx context.Context) (map[submit.State]int, error) {
	rows, err := s.db.Read.QueryContext(ctx, `SELECT state, count(*) FROM request GROUP BY state`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	counts := map[submit.State]int{}
	for rows.Next() {
		var state submit.State
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, err
		}
		counts[state] = n
	}
	return counts, rows.Err()
}

// Request gives one row; ErrNotFound when there is none.
func (s *Store) Request(ctx context.Context, id string) (Row, error) {
	r, err := scanRow(s.db.Read.QueryRowContext(ctx, `SELECT `+rowColumns+` FROM request WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return r, ErrNotFound
	}
	return r, err
}

// RequestFor gives one row to a device that holds it; ErrNotFound or ErrForbidden otherwise.
func (s *Store) RequestFor(ctx context.Context, device, id string) (Row, error) {
	err := s.reading(ctx, func(tx *sql.Tx) error { return mayRead(tx, device, id) })
	if err != nil && !errors.Is(err, ErrForbidden) {
		return Row{}, err
	}
	row, found := s.Request(ctx, id)
	if found != nil {
		return Row{}, found
	}
	return row, err
}

// Revision gives a sealed revision and its receipt (nil when it has none) to the
// staff (device "") or to a device that holds it.
func (s *Store) Revision(ctx context.Context, device, id string, n int) (sealed submit.Sealed, receipt *submit.Receipt, err error) {
	err = s.reading(ctx, func(tx *sql.Tx) error {
		if sealed, err = revision(tx, id, n); err != nil {
			return err
		}
		if device != "" {
			if err := mayRead(tx, device, id); err != nil {
				return err
			}
		}
		r, err := receiptOf(tx, id, n)
		switch {
		case err == nil:
			receipt = &r
		case !errors.Is(err, ErrNotFound):
			return err
		}
		return nil
	})
	return sealed, receipt, err
}

func (s *Store) reading(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.Read.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	return do(tx)
}
