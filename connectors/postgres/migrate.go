package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// migrationLock is held while one program migrates.
const migrationLock = 0x73686179756e6d67 // "shayunmg"

func migrate(ctx context.Context, db *sql.DB, migrations fs.FS) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open database: %w", Explain(err))
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(migrationLock)); err != nil {
		return fmt.Errorf("migrate database: %w", Explain(err))
	}
	defer func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(migrationLock))
	}()
	p, err := goose.NewProvider(goose.DialectPostgres, db, migrations, goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true))
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
		return fmt.Errorf("migrate database: it has version %d, this program knows %d: %w", have, newest, ErrNewer)
	}
	if have == newest {
		return nil // a running portal is not disturbed
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate database: %w", Explain(err))
	}
	return nil
}

// version reads the number without making the version table.
func version(ctx context.Context, db *sql.DB) (int64, error) {
	var there bool
	if err := db.QueryRowContext(ctx, `SELECT to_regclass($1) IS NOT NULL`, goose.DefaultTablename).Scan(&there); err != nil {
		return 0, fmt.Errorf("read version: %w", Explain(err))
	}
	if !there {
		return 0, nil
	}
	var v sql.NullInt64
	err := db.QueryRowContext(ctx, `SELECT max(version_id) FROM `+goose.DefaultTablename+` WHERE is_applied`).Scan(&v)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read version: %w", Explain(err))
	}
	return v.Int64, nil
}
