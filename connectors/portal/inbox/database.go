package inbox

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/shangyuntong/shangyun/connectors/postgres"
	"github.com/shangyuntong/shangyun/connectors/sqlite"
)

//go:embed migrations
var embedded embed.FS

// database is one of the two engines under the inbox. Both run the same SQL, spelt for SQLite; spell turns it into PostgreSQL's where they
// differ. All transactions that give numbers (receipts, changes, audit) come one after the other, over all instances.
type database struct {
	read, write *sql.DB
	lite        *sqlite.DB   // nil for PostgreSQL
	post        *postgres.DB // nil for SQLite
	queue       chan *job
	closing     chan struct{}
	done        sync.WaitGroup
}

// writersLock is PostgreSQL's advisory lock of whoever gives numbers; leadersLock is held by the instance that does the portal's own work.
const (
	writersLock = 0x73686179756e7772 // "shayunwr"
	leadersLock = 0x73686179756e6c64 // "shayunld"
)

func openSQLite(ctx context.Context, dir string) (*database, error) {
	migrations, err := fs.Sub(embedded, "migrations/sqlite")
	if err != nil {
		return nil, err
	}
	lite, err := sqlite.Open(ctx, filepath.Join(dir, "portal.db"), migrations)
	if err != nil {
		return nil, err
	}
	return start(&database{read: lite.Read, write: lite.Write, lite: lite}), nil
}

func openPostgres(ctx context.Context, url string) (*database, error) {
	migrations, err := fs.Sub(embedded, "migrations/postgres")
	if err != nil {
		return nil, err
	}
	post, err := postgres.Open(ctx, url, migrations)
	if err != nil {
		return nil, ours(err)
	}
	return start(&database{read: post.Pool, write: post.Pool, post: post}), nil
}

func start(db *database) *database {
	db.queue, db.closing = make(chan *job), make(chan struct{})
	db.done.Go(db.writer)
	return db
}

func (db *database) Close() error {
	close(db.closing)
	db.done.Wait()
	if db.post != nil {
		return db.post.Close()
	}
	return db.lite.Close()
}

// free runs do in a transaction that gives no numbers: on PostgreSQL beside others.
func (db *database) free(ctx context.Context, do func(*txn) error) error {
	if db.lite != nil {
		return db.tx(ctx, do)
	}
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return db.explain(err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(&txn{tx, db}); err != nil {
		return db.explain(err)
	}
	return db.explain(tx.Commit())
}

// reading runs do over one unchanging view of the tables.
func (s *Store) reading(ctx context.Context, do func(*txn) error) error {
	how := &sql.TxOptions{ReadOnly: true}
	if s.db.post != nil {
		how.Isolation = sql.LevelRepeatableRead
	}
	tx, err := s.db.read.BeginTx(ctx, how)
	if err != nil {
		return s.db.explain(err)
	}
	defer func() { _ = tx.Rollback() }()
	return s.db.explain(do(&txn{tx, s.db}))
}

// QueryContext asks outside a transaction.
func (db *database) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	rows, err := db.read.QueryContext(ctx, db.spell(q), args...)
	return rows, db.explain(err)
}

// QueryRowContext asks for one row outside a transaction.
func (db *database) QueryRowContext(ctx context.Context, q string, args ...any) *one {
	return &one{db.read.QueryRowContext(ctx, db.spell(q), args...), db}
}

// one is a row whose error is explained.
type one struct {
	row *sql.Row
	db  *database
}

// Scan is sql.Row's.
func (o *one) Scan(into ...any) error { return o.db.explain(o.row.Scan(into...)) }

// explain joins the inbox's own words to an engine's error.
func (db *database) explain(err error) error {
	if err == nil || errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if db.post != nil {
		return ours(postgres.Explain(err))
	}
	return sqlite.Explain(err)
}

// ours names PostgreSQL's failures with the words that callers of both engines know.
func ours(err error) error {
	for _, row := range []struct{ its, ours error }{
		{postgres.ErrAway, ErrAway}, {postgres.ErrFull, ErrFull}, {postgres.ErrUnique, sqlite.ErrUnique}, {postgres.ErrNewer, sqlite.ErrNewer},
	} {
		if errors.Is(err, row.its) && !errors.Is(err, row.ours) {
			return fmt.Errorf("%w: %w", row.ours, err)
		}
	}
	return err
}

// txn is one transaction of either engine.
type txn struct {
	tx *sql.Tx
	db *database
}

// Exec is sql.Tx's.
func (t *txn) Exec(q string, args ...any) (sql.Result, error) {
	return t.tx.Exec(t.db.spell(q), args...)
}

// Query is sql.Tx's; on PostgreSQL nothing else may be asked before the rows are closed.
func (t *txn) Query(q string, args ...any) (*sql.Rows, error) {
	return t.tx.Query(t.db.spell(q), args...)
}

// QueryRow is sql.Tx's.
func (t *txn) QueryRow(q string, args ...any) *sql.Row {
	return t.tx.QueryRow(t.db.spell(q), args...)
}

var spelt sync.Map // SQLite's text -> PostgreSQL's

// spell turns "?" and "?2" into "$1" and "$2", and SQLite's LIKE, which takes capital and small ASCII letters for the same, into ILIKE.
func (db *database) spell(q string) string {
	if db.post == nil {
		return q
	}
	if known, ok := spelt.Load(q); ok {
		return known.(string)
	}
	var b strings.Builder
	n := 0
	for i := range len(q) {
		switch {
		case q[i] != '?':
			b.WriteByte(q[i])
		case i+1 < len(q) && q[i+1] >= '1' && q[i+1] <= '9':
			b.WriteByte('$')
		default:
			n++
			b.WriteString("$" + strconv.Itoa(n))
		}
	}
	out := strings.ReplaceAll(b.String(), " LIKE ", " ILIKE ")
	spelt.Store(q, out)
	return out
}

// skipLocked ends a query that takes rows which no other instance is taking; SQLite has one writer, who takes them alone.
func (db *database) skipLocked(table string) string {
	if db.post == nil {
		return ""
	}
	return " FOR UPDATE OF " + table + " SKIP LOCKED"
}
