package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

// Inspect tells whether the file at path is a sound database that these
// migrations know, and writes nothing: also a -wal file that a crash left stays
// as it is, where Open would sooner or later move it into the database. It
// fails with ErrDamaged or ErrNewer as Open does.
func Inspect(ctx context.Context, path string, migrations fs.FS) error {
	db, err := readOnly(path)
	if err != nil {
		return err
	}
	return errors.Join(db.inspect(ctx, migrations), db.Write.Close())
}

// Peek runs one query on a database that nobody has open, writes nothing as Inspect does, and gives the columns of each row as text.
func Peek(ctx context.Context, path, query string, args ...any) (rows [][]string, err error) {
	db, err := readOnly(path)
	if err != nil {
		return nil, err
	}
	rows, err = peek(ctx, db.Read, query, args...)
	return rows, errors.Join(Explain(err), db.Read.Close())
}

func peek(ctx context.Context, h *sql.DB, query string, args ...any) (out [][]string, err error) {
	found, err := h.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = found.Close() }()
	columns, err := found.Columns()
	if err != nil {
		return nil, err
	}
	for found.Next() {
		row, places := make([]string, len(columns)), make([]any, len(columns))
		for i := range row {
			places[i] = &row[i]
		}
		if err := found.Scan(places...); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, found.Err()
}

// readOnly gives both handles of a DB the same connection, which can write nothing.
func readOnly(path string) (*DB, error) {
	useOFD()
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("inspect database: %w", err)
	}
	h, err := sql.Open("sqlite", fileURI(abs)+"?mode=ro&_pragma=busy_timeout(5000)&_pragma=query_only(1)&_defensive=1")
	if err != nil {
		return nil, fmt.Errorf("inspect database: %w", err)
	}
	h.SetMaxOpenConns(1)
	return &DB{Write: h, Read: h, path: abs}, nil
}

func (db *DB) inspect(ctx context.Context, migrations fs.FS) error {
	if err := db.QuickCheck(ctx); err != nil {
		return err
	}
	have, err := db.Version(ctx)
	if err != nil {
		return err
	}
	files, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return fmt.Errorf("inspect database: %w", err)
	}
	var newest int64
	for _, name := range files {
		n, err := goose.NumericComponent(name)
		if err != nil {
			return fmt.Errorf("inspect database: %w", err)
		}
		newest = max(newest, n)
	}
	if have > newest {
		return fmt.Errorf("inspect database: file has version %d, this program knows %d: %w", have, newest, ErrNewer)
	}
	return nil
}
