package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	driver "modernc.org/sqlite"
)

// Readers is the size of the pool of read-only connections.
const Readers = 4

// DB is one open database file.
type DB struct {
	// Write is the only handle that may change the file: one connection, whose
	// transactions begin IMMEDIATE and are durable when Commit returns.
	Write *sql.DB
	// Read is a pool of connections on which every change is refused.
	Read *sql.DB

	path string
}

// useOFD asks once per process for Linux locks that survive another open and
// close of the same file; elsewhere the ordinary locks stay.
var useOFD = sync.OnceFunc(func() { _, _ = driver.OFDLocking(true) })

// Open opens the file at path, making it with mode 0600 when it is absent,
// checks it, and brings it to the newest version of migrations (SQL files of
// goose, numbered from 00001). It fails with ErrDamaged when the file is not a
// sound database, ErrNewer when a newer program wrote it, and ErrFull,
// ErrReadOnly or ErrBusy when the disk, the rights or another program stand in
// the way. The file is left as it was in each of these cases.
func Open(ctx context.Context, path string, migrations fs.FS) (*DB, error) {
	useOFD()
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := touch(abs); err != nil {
		return nil, fmt.Errorf("open database: %w", explainOS(err))
	}
	db := &DB{path: abs}
	if db.Write, err = sql.Open("sqlite", dsn(abs, false)); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.Write.SetMaxOpenConns(1)
	if db.Read, err = sql.Open("sqlite", dsn(abs, true)); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), db.Write.Close())
	}
	db.Read.SetMaxOpenConns(Readers)
	if err := db.ready(ctx, migrations); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func (db *DB) ready(ctx context.Context, migrations fs.FS) error {
	if err := db.Write.PingContext(ctx); err != nil {
		return fmt.Errorf("open database: %w", Explain(err))
	}
	if err := db.QuickCheck(ctx); err != nil {
		return err
	}
	return migrate(ctx, db.Write, migrations)
}

// Path is the absolute path of the database file.
func (db *DB) Path() string { return db.path }

// Close closes both handles; what was committed is on the disk already.
func (db *DB) Close() error {
	return errors.Join(db.Read.Close(), db.Write.Close())
}

// Tx runs do in one writing transaction and commits it when do returns nil;
// otherwise everything is rolled back and do's error is returned. Errors of
// SQLite are explained (see Explain).
func (db *DB) Tx(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := db.Write.BeginTx(ctx, nil)
	if err != nil {
		return Explain(err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(tx); err != nil {
		return Explain(err)
	}
	return Explain(tx.Commit())
}

// touch makes an absent file with mode 0600, so that nobody else on the
// machine may read it (the -wal and -shm files inherit the mode).
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// dsn spells the connection string. The order of the pragmas matters: the
// timeout comes first so that the ones after it wait instead of failing.
func dsn(path string, readOnly bool) string {
	q := "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)&_pragma=temp_store(2)"
	if readOnly {
		return fileURI(path) + q + "&_pragma=query_only(1)&_txlock=deferred&_defensive=1&_dqs=0"
	}
	return fileURI(path) + q + "&_txlock=immediate&_defensive=1&_dqs=0"
}

// fileURI escapes path so that '?', '#' and '%' in a folder's name stay part of it.
func fileURI(path string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return "file:" + (&url.URL{Path: p}).EscapedPath()
}
