package casedb

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

//go:embed migrations/*.sql
var embedded embed.FS

// Names inside the folder.
const (
	fileName = "cases.db"
	blobDir  = "blobs"
	lockName = "cases.lock"
)

// DB is an open folder of cases. Its methods may be called from any goroutine.
type DB struct {
	sql  *sqlite.DB
	dir  string
	seal sealer
	free func() error
}

var (
	_ wizard.Cases    = (*DB)(nil)
	_ wizard.Settings = (*DB)(nil)
	_ wizard.Blobs    = Blobs{}
	_ wizard.Outbox   = Outbox{}
)

// parts are the safeties that a test may swap.
type parts struct {
	seal sealer
	lock func(path string) (free func() error, err error)
}

// Open opens the folder dir (数据文件夹), making it with mode 0700 when it is
// absent. It fails with E0302 when another process has it open, E0301 when
// cases.db is damaged or gone while attachments are there, E0304 when a newer
// program wrote it, E0303 when the disk is full and E0306 when the folder
// cannot be read or written. In all of these cases the files stay as they were.
func Open(ctx context.Context, dir string) (*DB, error) {
	return open(ctx, dir, parts{seal: unsealed{}, lock: lock})
}

func open(ctx context.Context, dir string, p parts) (*DB, error) {
	const op = "casedb.open"
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fail(op, err)
	}
	if err := makeDir(dir); err != nil {
		return nil, fail(op, err)
	}
	free, err := p.lock(filepath.Join(dir, lockName))
	if err != nil {
		return nil, fail(op, err)
	}
	db := &DB{dir: dir, seal: p.seal, free: free}
	if err := db.start(ctx); err != nil {
		return nil, fail(op, errors.Join(err, db.Close()))
	}
	return db, nil
}

func (db *DB) start(ctx context.Context) error {
	migrations, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return err
	}
	if err := db.inspect(ctx, migrations); err != nil {
		return err
	}
	if db.sql, err = sqlite.Open(ctx, filepath.Join(db.dir, fileName), migrations); err != nil {
		return err
	}
	if err := syncDir(db.dir); err != nil {
		return err
	}
	// From here on a missing cases.db is a loss and no fresh start: see inspect.
	if err := makeDir(filepath.Join(db.dir, blobDir)); err != nil {
		return err
	}
	return db.Blobs().sweep()
}

// Close gives the folder free for the next process. Everything acknowledged is
// on the disk already.
func (db *DB) Close() error {
	var err error
	if db.sql != nil {
		err = db.sql.Close()
	}
	return errors.Join(err, db.free())
}

// makeDir makes dir durably when it is absent.
func makeDir(dir string) error {
	if st, err := os.Stat(dir); err == nil && st.IsDir() {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dir))
}
