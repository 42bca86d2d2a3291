package casedb

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/connectors/vault"
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
	sql   *sqlite.DB
	dir   string
	began time.Time // when this process took the lock
	vault *vault.Vault
	seal  *seals
	index index
	free  func() error
	step  func(name string) error // see parts

	files sync.Mutex // one content is put at a time
}

var (
	_ wizard.Cases    = (*DB)(nil)
	_ wizard.Settings = (*DB)(nil)
	_ wizard.Blobs    = Blobs{}
	_ wizard.Outbox   = Outbox{}
	_ wizard.Lock     = (*DB)(nil)
	_ wizard.Ways     = (*DB)(nil)
	_ wizard.Backups  = (*DB)(nil)
)

// parts are the safeties that a test may swap.
type parts struct {
	off  bool // no sealing at all
	lock func(path string) (free func() error, err error)
	step func(name string) error // is asked before each step of sealing an older folder and of an erasure
}

// Open opens the folder dir (数据文件夹), making it with mode 0700 when it is
// absent. It fails with E0302 when another process has it open, E0301 when
// cases.db is damaged or gone while attachments are there, E0304 when a newer
// program wrote it, E0303 when the disk is full and E0306 when the folder
// cannot be read or written. In all of these cases the files stay as they were.
//
// A folder with a passphrase opens locked: List gives ids and times only,
// everything else fails with E0308 until Unlock. A folder of an older version
// is sealed first; when that is stopped half-way, the next Open goes on.
func Open(ctx context.Context, dir string) (*DB, error) {
	return open(ctx, dir, parts{lock: lock})
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
	db := &DB{dir: dir, seal: &seals{off: p.off}, free: free, step: p.step}
	err = db.start(ctx)
	if errors.Is(sqlite.Explain(err), sqlite.ErrDamaged) { // SQLite says so of a page that the disk failed to give once, too: look twice before a person hears it
		err = errors.Join(db.closeFile(), db.start(ctx))
	}
	if err != nil {
		return nil, fail(op, errors.Join(err, db.Close()))
	}
	return db, nil
}

func (db *DB) start(ctx context.Context) error {
	migrations, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return err
	}
	if db.began, err = began(db.dir); err != nil {
		return err
	}
	if err := db.inspect(ctx, migrations); err != nil {
		return err
	}
	return db.load(ctx, migrations)
}

// load opens the files, making absent ones.
func (db *DB) load(ctx context.Context, migrations fs.FS) error {
	var err error
	if db.sql, err = sqlite.Open(ctx, filepath.Join(db.dir, fileName), migrations); err != nil {
		return err
	}
	if err := syncDir(db.dir); err != nil {
		return err
	}
	if err := db.openVault(ctx); err != nil {
		return err
	}
	// From here on a missing cases.db is a loss and no fresh start: see inspect.
	if err := makeDir(filepath.Join(db.dir, blobDir)); err != nil {
		return err
	}
	if err := db.Blobs().sweep(); err != nil {
		return err
	}
	return db.begin(ctx)
}

// Close gives the folder free for the next process. Everything acknowledged is
// on the disk already.
func (db *DB) Close() error {
	return errors.Join(db.closeFile(), db.free())
}

func (db *DB) closeFile() error {
	if db.sql == nil {
		return nil
	}
	return db.sql.Close()
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
