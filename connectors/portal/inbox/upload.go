package inbox

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"
)

// Upload is a blob on its way in pieces. Its offset is what lies on the disk.
type Upload struct {
	ID, Device, SHA256 string
	Size, Offset       int64
}

// AddUpload begins an upload of a blob that a request of the device announces; ErrUnknownBlob otherwise, ErrBlobMismatch for another size.
func (s *Store) AddUpload(ctx context.Context, u Upload, at time.Time) error {
	size, err := s.Expects(ctx, u.Device, u.SHA256)
	switch {
	case err != nil:
		return err
	case size != u.Size:
		return fmt.Errorf("%w: size", ErrBlobMismatch)
	}
	if err := s.blobs.begin(ctx, u.ID); err != nil {
		return err
	}
	return s.db.free(ctx, func(tx *txn) error {
		_, err := tx.Exec(`INSERT INTO upload (id, device_id, sha256, size, made_at) VALUES (?, ?, ?, ?, ?)`, u.ID, u.Device, u.SHA256, u.Size, stamp(at))
		return err
	})
}

// Upload gives an upload of the device; ErrNotFound otherwise. One that is finished has its whole size as offset. One that is whole but was not
// finished, because the portal ended in between, is finished now.
func (s *Store) Upload(ctx context.Context, device, id string, at time.Time) (Upload, error) {
	u := Upload{ID: id, Device: device}
	var done int
	err := s.db.QueryRowContext(ctx, `SELECT sha256, size, done FROM upload WHERE id = ? AND device_id = ?`, id, device).Scan(&u.SHA256, &u.Size, &done)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return u, ErrNotFound
	case err != nil:
		return u, err
	case done == 1:
		u.Offset = u.Size
		return u, nil
	}
	if u.Offset, err = s.blobs.offset(ctx, id); err == nil && u.Offset == u.Size && u.Size > 0 {
		if err = s.FinishUpload(ctx, u, at); errors.Is(err, ErrBlobMismatch) {
			err = ErrNotFound // a power cut left other bytes there; they are forgotten and the sender begins anew
		}
	}
	return u, err
}

// Append writes r at offset, which must be where the upload stands, and gives how many bytes stay. They are synced.
func (s *Store) Append(ctx context.Context, id string, offset int64, r io.Reader) (int64, error) {
	return s.blobs.append(ctx, id, offset, r)
}

// FinishUpload holds a whole upload against its digest and makes it a durable blob of the device; with another content it is dropped and
// the error is ErrBlobMismatch. It is held against it even where the blob is here already: naming a digest gives no right to the bytes.
func (s *Store) FinishUpload(ctx context.Context, u Upload, at time.Time) error {
	if err := s.blobs.finish(ctx, u.ID, u.SHA256, u.Size); err != nil {
		if errors.Is(err, ErrBlobMismatch) {
			return errors.Join(err, s.DropUpload(ctx, u))
		}
		return err
	}
	err := s.db.free(ctx, func(tx *txn) error {
		if err := keep(tx, u.Device, u.SHA256, u.Size, at); err != nil {
			return err
		}
		_, err := tx.Exec(`UPDATE upload SET done = 1 WHERE id = ?`, u.ID)
		return err
	})
	if err == nil {
		_ = s.blobs.drop(ctx, u.ID) // what stays is swept
	}
	return err
}

// DropUpload forgets an upload and its bytes.
func (s *Store) DropUpload(ctx context.Context, u Upload) error {
	if err := s.blobs.drop(ctx, u.ID); err != nil {
		return err
	}
	return s.db.free(ctx, func(tx *txn) error {
		if _, err := tx.Exec(`DELETE FROM piece WHERE upload_id = ?`, u.ID); err != nil {
			return err
		}
		_, err := tx.Exec(`DELETE FROM upload WHERE id = ?`, u.ID)
		return err
	})
}
