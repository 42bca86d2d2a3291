package sqlite

import (
	"context"
	"fmt"
)

// QuickCheck runs SQLite's quick_check over the whole file; any finding is ErrDamaged.
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
			return fmt.Errorf("check database: %s: %w", finding, ErrDamaged)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("check database: %w", Explain(err))
	}
	return nil
}
