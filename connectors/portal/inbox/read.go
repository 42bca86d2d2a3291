package inbox

import (
	"context"
	"database/sql"
	"errors"
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
	Score      string // as the document says, "" for none
	Clause     string // of the measure it is filed under
	Version    int    // counts every change
	ReceivedAt time.Time
	DecidedAt  time.Time
	Returns    int
	Assignee   string
	Operator   string // id of the platform operator
	Vendor     string
	Step       submit.Step
	Source     string // line or parcel
	Suspect    bool   // came from a device after it was lost
}

const rowColumns = `id, number, kind, state, revision, note, changed_at, firm_name, credit_code, region, title, amount_fen, level,
	score, clause, version, received_at, decided_at, returns, assignee, operator, vendor, step, source, suspect`

func scanRow(from interface{ Scan(...any) error }) (Row, error) {
	var r Row
	var changed, received, decided string
	var suspect int
	err := from.Scan(&r.ID, &r.Number, &r.Kind, &r.State, &r.Revision, &r.Note, &changed, &r.FirmName, &r.CreditCode,
		&r.Region, &r.Title, &r.AmountFen, &r.Level, &r.Score, &r.Clause, &r.Version, &received, &decided, &r.Returns, &r.Assignee,
		&r.Operator, &r.Vendor, &r.Step, &r.Source, &suspect)
	r.ChangedAt, r.ReceivedAt, r.DecidedAt, r.Suspect = parseStamp(changed), parseStamp(received), parseStamp(decided), suspect == 1
	return r, err
}

// Request gives one row to whoever may see it; ErrNotFound otherwise.
func (s *Store) Request(ctx context.Context, w Who, id string) (row Row, err error) {
	err = s.reading(ctx, func(tx *txn) error {
		row, err = rowFor(tx, w, id)
		return err
	})
	return row, err
}

// rowFor gives what w may see; to w everything else does not exist.
func rowFor(tx *txn, w Who, id string) (Row, error) {
	sees, args := w.sees()
	r, err := scanRow(tx.QueryRow(`SELECT `+rowColumns+` FROM request WHERE id = ? AND `+sees, append([]any{id}, args...)...))
	if errors.Is(err, sql.ErrNoRows) {
		return r, ErrNotFound
	}
	return r, err
}

// RequestFor gives one row to a device that holds it; ErrNotFound or ErrForbidden otherwise.
func (s *Store) RequestFor(ctx context.Context, device, id string) (row Row, err error) {
	err = s.reading(ctx, func(tx *txn) error {
		if row, err = rowFor(tx, Who{Role: RoleAdmin}, id); err != nil {
			return err
		}
		return mayRead(tx, device, id)
	})
	return row, err
}

// Revision gives a sealed revision and its receipt (nil when it has none) to
// whoever may see the request; ErrNotFound otherwise, ErrForbidden to a device
// that names another's.
func (s *Store) Revision(ctx context.Context, w Who, id string, n int) (sealed submit.Sealed, receipt *submit.Receipt, err error) {
	err = s.reading(ctx, func(tx *txn) error {
		if sealed, err = revision(tx, id, n); err != nil {
			return err
		}
		if w.Device != "" {
			err = mayRead(tx, w.Device, id)
		} else {
			_, err = rowFor(tx, w, id)
		}
		if err != nil {
			return err
		}
		r, err := receiptOf(tx, id, n)
		switch {
		case err == nil:
			receipt = &r
		case !errors.Is(err, ErrNotFound):
			return err
		case w.Role == RoleOperator: // what was never completed is nobody's business
			return ErrNotFound
		}
		return nil
	})
	return sealed, receipt, err
}
