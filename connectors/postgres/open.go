package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Connections is the most that one program holds open.
const Connections = 24

// DB is one open database.
type DB struct {
	// Pool is the pool of connections; it may be used from several goroutines.
	Pool *sql.DB
}

// Open connects to the database at url (postgres://… or key=value words), waiting
// at most ten seconds for it, and brings it to the newest version of migrations (SQL
// files of goose, numbered from 00001). It fails with ErrAway when the server does
// not answer and with ErrNewer when a newer program has migrated the database.
func Open(ctx context.Context, url string, migrations fs.FS) (*DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, errors.New("open database: the address of the database cannot be read") // the library's own text quotes it
	}
	config.RuntimeParams["synchronous_commit"] = "on"
	config.RuntimeParams["application_name"] = "shangyun-portal"
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "60000" // a program that stands still must not keep the others waiting for ever
	config.ConnectTimeout = 10 * time.Second
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(Connections)
	pool.SetMaxIdleConns(Connections)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	db := &DB{Pool: pool}
	if err := migrate(ctx, pool, migrations); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return db, nil
}

// Close closes the pool; what was committed is on the disk already.
func (db *DB) Close() error { return db.Pool.Close() }

// Version is the number of the last migration applied to the database, 0 for a new one.
func (db *DB) Version(ctx context.Context) (int64, error) { return version(ctx, db.Pool) }

// Lead runs do while this program holds the lock named key, and tells whether it
// got it; another holder means false at once. The lock ends with the connection,
// so a program that dies leaves it to the next. ctx of do ends when the connection does.
func (db *DB) Lead(ctx context.Context, key int64, do func(context.Context) error) (bool, error) {
	conn, err := db.Pool.Conn(ctx)
	if err != nil {
		return false, Explain(err)
	}
	defer func() { _ = conn.Close() }()
	var held bool
	if err := conn.QueryRowContext(ctx, `SELECT pg_try_advisory_lock($1)`, key).Scan(&held); err != nil || !held {
		return false, Explain(err)
	}
	work, stop := context.WithCancel(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		watch(work, stop, conn)
	}()
	err = do(work)
	stop()
	<-watched
	var freed bool
	if e := conn.QueryRowContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, key).Scan(&freed); e != nil {
		_ = conn.Raw(func(any) error { return errBad }) // the pool must not hand out a connection that may still hold it
	}
	return true, err
}

// watch ends the leader's work as soon as its connection is gone: another may lead then.
func watch(ctx context.Context, stop context.CancelFunc, conn *sql.Conn) {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if conn.PingContext(ctx) != nil {
				stop()
				return
			}
		}
	}
}

// Safe names the settings of the server under which an acknowledged commit could be lost in a power cut.
func (db *DB) Safe(ctx context.Context) (bad []string, err error) {
	for _, name := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		var value string
		if err := db.Pool.QueryRowContext(ctx, `SELECT current_setting($1)`, name).Scan(&value); err != nil {
			return nil, fmt.Errorf("read setting %s: %w", name, Explain(err))
		}
		if value == "off" || value == "local" && name != "synchronous_commit" {
			bad = append(bad, name)
		}
	}
	return bad, nil
}
