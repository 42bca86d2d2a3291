package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// Version is the number of the last migration applied to the file, 0 for a new one.
func (db *DB) Version(ctx context.Context) (int64, error) {
	return version(ctx, db.Read)
}

func migrate(ctx context.Context, db *sql.DB, migrations fs.FS) error {
	p, err := goose.NewProvider(goose.DialectSQLite3, db, migrations,
		goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrate database: %w", err)
	}
	sources := p.ListSources()
	newest := sources[len(sources)-1].Version
	have, err := version(ctx, db)
	if err != nil {
		return err
	}
	if have > newest {
		return fmt.Errorf("migrate database: file has version %d, this program knows %d: %w", have, newest, ErrNewer)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate database: %w", Explain(err))
	}
	return nil
}

// version reads the number without making the version table, so that a file of
// a newer program is not touched.
func version(ctx context.Context, db *sql.DB) (int64, error) {
	var n int
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?`, goose.DefaultTablename).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("read version: %w", Explain(err))
	}
	if n == 0 {
		return 0, nil
	}
	var v sql.NullInt64
	err = db.QueryRowContext(ctx, `SELECT max(version_id) FROM `+goose.DefaultTablename+` WHERE is_applied`).Scan(&v)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read version: %w", Explain(err))
	}
	return v.Int64, nil
}
