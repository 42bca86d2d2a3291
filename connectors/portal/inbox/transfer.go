package inbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// tables are what a portal knows, each after those that it refers to. Log-ins and uploads on their way are not carried over: people log in and
// devices go on by themselves.
var tables = []string{
	"setting", "operator", "account", "access_key", "enrol_code", "device", "request", "revision", "slot", "holder", "blob", "held", "receipt",
	"change", "decision", "proposal", "checked", "answer", "answer_file", "batch", "batch_item", "hook", "delivery", "audit",
}

// Carried counts what a transfer carried.
type Carried struct {
	Requests, Blobs int
	Bytes           int64
}

// ErrNotEmpty is a target that holds something already.
var ErrNotEmpty = errors.New("target is not empty")

// Transfer copies everything from one store to another, empty one, whatever their engines are: it makes backups, restores them and moves a portal
// from one machine to PostgreSQL and S3. The tables are those of one moment; every blob is held against its digest on the way. done tells how
// far it is (nil: nobody is told).
func Transfer(ctx context.Context, from, to *Store, done func(blobs, of int)) (c Carried, err error) {
	err = from.reading(ctx, func(tx *txn) error {
		if err := to.db.tx(ctx, func(into *txn) error { return copyTables(ctx, tx, into) }); err != nil {
			return err
		}
		if err := tx.QueryRow(`SELECT count(*) FROM request`).Scan(&c.Requests); err != nil {
			return err
		}
		list, err := blobsOf(tx)
		if err != nil {
			return err
		}
		for i, b := range list {
			if err := carry(ctx, from, to, b); err != nil {
				return fmt.Errorf("blob %s: %w", b.SHA256, err)
			}
			c.Blobs, c.Bytes = c.Blobs+1, c.Bytes+b.Size
			if done != nil {
				done(i+1, len(list))
			}
		}
		return nil
	})
	return c, err
}

func copyTables(ctx context.Context, from, to *txn) error {
	for _, table := range []string{"request", "account", "device"} {
		var n int
		if err := to.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return ErrNotEmpty
		}
	}
	for i := range tables { // what a portal writes at its first start
		if _, err := to.Exec(`DELETE FROM ` + tables[len(tables)-1-i]); err != nil {
			return err
		}
	}
	for _, table := range tables {
		if err := copyTable(ctx, from, to, table); err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
	}
	return nil
}

func copyTable(ctx context.Context, from, to *txn, table string) error {
	rows, err := from.Query(`SELECT * FROM ` + table)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	insert := `INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) VALUES (?` + strings.Repeat(", ?", len(columns)-1) + `)`
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := errors.Join(ctx.Err(), rows.Scan(into...)); err != nil {
			return err
		}
		if _, err := to.Exec(insert, values...); err != nil {
			return err
		}
	}
	return rows.Err()
}

func blobsOf(tx *txn) (list []submit.Blob, err error) {
	rows, err := tx.Query(`SELECT sha256, size FROM blob ORDER BY sha256`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var b submit.Blob
		if err := rows.Scan(&b.SHA256, &b.Size); err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, rows.Err()
}

func carry(ctx context.Context, from, to *Store, b submit.Blob) error {
	if there, err := to.blobs.has(ctx, b.SHA256, b.Size); err != nil || there {
		return err // of an earlier backup into the same folder
	}
	f, err := from.blobs.open(ctx, b.SHA256)
	if err != nil {
		return err
	}
	return errors.Join(to.blobs.put(ctx, b.SHA256, b.Size, f), f.Close())
}

// Backup copies the database of the embedded engine (not the blobs, which never change) to dst.
func (s *Store) Backup(ctx context.Context, dst string) error { return s.db.lite.Backup(ctx, dst) }

// Copy writes a whole portal, but for its signing key, into dir as one of the embedded engine, while this one goes on. Blobs of an earlier copy in
// dir are kept and not sent again; its database is replaced only when the new one is complete.
func (s *Store) Copy(ctx context.Context, dir string, done func(blobs, of int)) (c Carried, err error) {
	part := filepath.Join(dir, "part")
	if err := os.RemoveAll(part); err != nil {
		return c, err
	}
	if err := os.MkdirAll(part, 0o700); err != nil {
		return c, fullDisk(err)
	}
	db, err := openSQLite(ctx, part)
	if err != nil {
		return c, err
	}
	kept := &folder{root: filepath.Join(dir, "blobs")}
	if err := os.MkdirAll(kept.temporary(), 0o700); err != nil {
		return c, errors.Join(fullDisk(err), db.Close())
	}
	c, err = Transfer(ctx, s, &Store{db: db, blobs: kept}, done)
	if err == nil {
		err = db.explain(db.lite.Backup(ctx, filepath.Join(dir, "portal.db"))) // one file, checked, synced and renamed
	}
	return c, errors.Join(err, db.Close(), os.RemoveAll(part))
}

// Fault is something that does not hold.
type Fault struct{ What, Why string }

// Examine holds everything that was acknowledged against what is there: the audit chain, every receipt (judged by the caller) and its manifest, and
// every blob, by its digest with whole, else by its size.
func (s *Store) Examine(ctx context.Context, whole bool, receipt func(submit.Receipt, submit.Sealed) error, found func(Fault)) (receipts, blobs int, err error) {
	if err := s.CheckAudit(ctx); err != nil {
		found(Fault{"audit", err.Error()})
	}
	err = s.reading(ctx, func(tx *txn) error {
		if receipts, err = examineReceipts(tx, receipt, found); err != nil {
			return err
		}
		list, err := blobsOf(tx)
		if err != nil {
			return err
		}
		for _, b := range list {
			if err := s.examineBlob(ctx, b, whole); err != nil {
				found(Fault{"blob " + b.SHA256, err.Error()})
			}
			blobs++
		}
		return ctx.Err()
	})
	return receipts, blobs, err
}

func examineReceipts(tx *txn, judge func(submit.Receipt, submit.Sealed) error, found func(Fault)) (n int, err error) {
	rows, err := tx.Query(`SELECT receipt.body, revision.manifest, revision.request_id FROM receipt JOIN revision ON revision.request_id = receipt.request_id AND revision.n = receipt.n ORDER BY seq`)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var body, id string
		var manifest []byte
		if err := rows.Scan(&body, &manifest, &id); err != nil {
			return n, err
		}
		n++
		var r submit.Receipt
		err := json.Unmarshal([]byte(body), &r)
		if err == nil {
			var sealed submit.Sealed
			if sealed, err = submit.Parse(manifest); err == nil {
				err = judge(r, sealed)
			}
		}
		if err != nil {
			found(Fault{"receipt of " + id, err.Error()})
		}
	}
	return n, rows.Err()
}

func (s *Store) examineBlob(ctx context.Context, b submit.Blob, whole bool) error {
	there, err := s.blobs.has(ctx, b.SHA256, b.Size)
	if err == nil && !there {
		err = errors.New("missing, or of another size")
	}
	if err != nil || !whole {
		return err
	}
	f, err := s.blobs.open(ctx, b.SHA256)
	if err != nil {
		return err
	}
	return errors.Join(verify(io.Discard, b.SHA256, b.Size, f), f.Close())
}

// Safe names the settings of the database server under which a power cut could lose what was acknowledged; the embedded engine has none.
func (s *Store) Safe(ctx context.Context) ([]string, error) {
	if s.db.post == nil {
		return nil, nil
	}
	return s.db.post.Safe(ctx)
}
