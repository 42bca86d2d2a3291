package sqlite

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// unread finds the code in what quick_check says of a page that it could not get.
var unread = regexp.MustCompile(`error code[ =](\d+)`)

// QuickCheck runs SQLite's quick_check over the whole file. A finding is ErrDamaged, or ErrIO when the disk failed to give a page: that
// says nothing about what stands in it.
func (db *DB) QuickCheck(ctx context.Context) error {
	rows, err := db.Write.QueryContext(ctx, `PRAGMA quick_check(1)`)
	if err != nil {
		return fmt.Errorf("check database: %w", Explain(err))
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var finding string
		if err := rows.Scan(&finding); err != nil {
			return fmt.Errorf("check database: %w", Explain(err))
		}
		if finding != "ok" {
			return fmt.Errorf("check database: %s: %w", finding, kindOfFinding(finding))
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("check database: %w", Explain(err))
	}
	return nil
}

func kindOfFinding(finding string) error {
	if m := unread.FindStringSubmatch(finding); m != nil {
		if code, err := strconv.Atoi(m[1]); err == nil && kindOf(code) == ErrIO {
			return ErrIO
		}
	}
	return ErrDamaged
}

// Checkpoint moves everything committed from the -wal file into the database and empties the -wal file. It fails with ErrBusy while
// somebody reads.
func (db *DB) Checkpoint(ctx context.Context) error {
	var busy, pages, moved int
	if err := db.Write.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved); err != nil {
		err = Explain(err)
		if errors.Is(err, ErrDamaged) && db.QuickCheck(ctx) == nil { // SQLite says so of a page that the disk failed to give once, too
			err = fmt.Errorf("%w: %v", ErrIO, err)
		}
		return fmt.Errorf("checkpoint database: %w", err)
	}
	if busy != 0 {
		return fmt.Errorf("checkpoint database: %w", ErrBusy)
	}
	return nil
}

// Compact writes the database anew without its free pages, so that nothing deleted or written over is left in its files. Nobody else
// may use the handles meanwhile; it needs as much room again as the database has.
func (db *DB) Compact(ctx context.Context) error {
	if err := db.Checkpoint(ctx); err != nil {
		return err
	}
	if _, err := db.Write.ExecContext(ctx, `VACUUM`); err != nil {
		return fmt.Errorf("compact database: %w", Explain(err))
	}
	return db.Checkpoint(ctx)
}
