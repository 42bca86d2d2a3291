package inbox

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
)

// together is the most changes that share one commit.
const together = 64

// job is one change that waits for the writer.
type job struct {
	ctx    context.Context
	do     func(*txn) error
	answer chan error
}

// tx runs do alone in a transaction that is durable when nil comes back. Changes that wait at the same moment share one commit, each behind a
// savepoint of its own: a refused one leaves nothing, and none is acknowledged before the commit of all of them is on the disk.
func (db *database) tx(ctx context.Context, do func(*txn) error) error {
	j := &job{ctx, do, make(chan error, 1)}
	select {
	case db.queue <- j:
		return <-j.answer
	case <-ctx.Done():
		return ctx.Err()
	case <-db.closing:
		return sql.ErrConnDone
	}
}

// writer commits what waits until the database closes.
func (db *database) writer() {
	for {
		select {
		case first := <-db.queue:
			db.commit(db.gather(first))
		case <-db.closing:
			return
		}
	}
}

func (db *database) gather(first *job) []*job {
	batch := []*job{first}
	for len(batch) < together {
		select {
		case j := <-db.queue:
			batch = append(batch, j)
		default:
			return batch
		}
	}
	return batch
}

// commit answers every job of the batch.
func (db *database) commit(batch []*job) {
	results := make([]error, len(batch))
	err := db.run(batch, results)
	for i, j := range batch {
		if results[i] == nil {
			results[i] = err
		}
		j.answer <- db.explain(results[i])
	}
}

// run does the batch's jobs in one transaction. Its own error is that of every job that has none in results.
func (db *database) run(batch []*job, results []error) error {
	tx, err := db.write.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	t := &txn{tx, db}
	if db.post != nil {
		if _, err := tx.Exec(`SELECT pg_advisory_xact_lock($1)`, int64(writersLock)); err != nil {
			return err
		}
	}
	done := 0
	for i, j := range batch {
		if results[i] = j.ctx.Err(); results[i] != nil {
			continue
		}
		if results[i] = step(t, j.do, len(batch) > 1); results[i] == nil {
			done++
		} else if len(batch) == 1 || db.breaks(results[i]) {
			return results[i] // nothing of the whole batch stays
		}
	}
	if done == 0 {
		return nil
	}
	return tx.Commit()
}

// breaks tells errors after which the transaction as a whole is not to be relied on.
func (db *database) breaks(err error) bool {
	err = db.explain(err)
	for _, bad := range []error{errSavepoint, sqlite.ErrFull, sqlite.ErrIO, sqlite.ErrDamaged, sqlite.ErrBusy, ErrAway} {
		if errors.Is(err, bad) {
			return true
		}
	}
	return false
}

var errSavepoint = errors.New("savepoint failed")

// step runs do, behind a savepoint when others share the transaction.
func step(t *txn, do func(*txn) error, shared bool) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: panic: %v", errSavepoint, r)
		}
	}()
	if !shared {
		return do(t)
	}
	if _, err := t.tx.Exec(`SAVEPOINT step`); err != nil {
		return errors.Join(errSavepoint, err)
	}
	refused := do(t)
	if refused != nil {
		if _, err := t.tx.Exec(`ROLLBACK TO SAVEPOINT step`); err != nil {
			return errors.Join(errSavepoint, refused, err)
		}
	}
	if _, err := t.tx.Exec(`RELEASE SAVEPOINT step`); err != nil {
		return errors.Join(errSavepoint, err)
	}
	return refused
}
