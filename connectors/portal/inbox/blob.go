package inbox

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"
)

// Expects gives the size of a blob that a request of device announces; ErrUnknownBlob otherwise.
func (s *Store) Expects(ctx context.Context, device, digest string) (int64, error) {
	var size int64
	err := s.db.QueryRowContext(ctx, `SELECT size FROM slot JOIN holder USING (request_id)
		WHERE sha256 = ? AND device_id = ? LIMIT 1`, digest, device).Scan(&size)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrUnknownBlob
	}
	return size, err
}

// PutBlob stores the bytes of r under digest for device. When it returns nil
// they survive a power cut. ErrUnknownBlob, ErrBlobMismatch, ErrBody (the line
// was cut) and ErrFull are the refusals; none leaves anything behind. Putting
// again changes nothing.
func (s *Store) PutBlob(ctx context.Context, device, digest string, r io.Reader, at time.Time) (int64, error) {
	size, err := s.Expects(ctx, device, digest)
	if err != nil {
		return 0, err
	}
	if err := s.blobs.put(ctx, digest, size, r); err != nil {
		return 0, fmt.Errorf("put blob: %w", err)
	}
	return size, s.db.free(ctx, func(tx *txn) error { return keep(tx, device, digest, size, at) })
}

// keep writes down that a blob is durable and that the device has shown it.
func keep(tx *txn, device, digest string, size int64, at time.Time) error {
	if _, err := tx.Exec(`INSERT INTO blob VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, digest, size, stamp(at)); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO held VALUES (?, ?) ON CONFLICT DO NOTHING`, device, digest)
	return err
}

// Blob opens a blob that device has put itself; ErrNotFound otherwise.
func (s *Store) Blob(ctx context.Context, device, digest string) (io.ReadSeekCloser, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM held WHERE device_id = ? AND sha256 = ?`, device, digest).Scan(&n)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, ErrNotFound
	}
	return s.blobs.open(ctx, digest)
}

// BlobOf opens a blob of a received revision for whoever may see the request; ErrNotFound otherwise.
func (s *Store) BlobOf(ctx context.Context, w Who, id string, n int, digest string) (io.ReadSeekCloser, error) {
	err := s.reading(ctx, func(tx *txn) error {
		if _, err := rowFor(tx, w, id); err != nil {
			return err
		}
		var found int
		err := tx.QueryRow(`SELECT count(*) FROM slot JOIN receipt USING (request_id, n)
			WHERE request_id = ? AND n = ? AND sha256 = ?`, id, n, digest).Scan(&found)
		if err == nil && found == 0 {
			err = ErrNotFound
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.blobs.open(ctx, digest)
}

// Sweep removes what broken uploads left before the given time.
func (s *Store) Sweep(ctx context.Context, before time.Time) error { return s.blobs.sweep(ctx, before) }
