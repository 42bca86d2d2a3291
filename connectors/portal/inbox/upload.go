package inbox

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
	if err := s.blobs.begin(u.ID); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO upload (id, device_id, sha256, size, made_at) VALUES (?, ?, ?, ?, ?)`, u.ID, u.Device, u.SHA256, u.Size, stamp(at))
		return err
	})
}

// Upload gives an upload of the device; ErrNotFound otherwise. One that is finished has its whole size as offset.
func (s *Store) Upload(ctx context.Context, device, id string) (Upload, error) {
	u := Upload{ID: id, Device: device}
	err := s.db.Read.QueryRowContext(ctx, `SELECT sha256, size FROM upload WHERE id = ? AND device_id = ?`, id, device).Scan(&u.SHA256, &u.Size)
	if errors.Is(err, sql.ErrNoRows) {
		return u, ErrNotFound
	}
	if err != nil {
		return u, err
	}
	u.Offset, err = s.blobs.offset(id)
	if errors.Is(err, ErrNotFound) && s.blobs.has(u.SHA256, u.Size) {
		u.Offset, err = u.Size, nil
	}
	return u, err
}

// Append writes r at offset, which must be where the upload stands, and gives how many bytes stay. They are synced.
func (s *Store) Append(_ context.Context, id string, offset int64, r io.Reader) (int64, error) {
	return s.blobs.append(id, offset, r)
}

// FinishUpload holds a whole upload against its digest and makes it a durable blob of the device; with another content it is dropped and
// the error is ErrBlobMismatch.
func (s *Store) FinishUpload(ctx context.Context, u Upload, at time.Time) error {
	if !s.blobs.has(u.SHA256, u.Size) {
		if err := s.blobs.finish(u.ID, u.SHA256, u.Size); err != nil {
			if errors.Is(err, ErrBlobMismatch) {
				return errors.Join(err, s.DropUpload(ctx, u))
			}
			return err
		}
	}
	return s.keep(ctx, u.Device, u.SHA256, u.Size, at)
}

// DropUpload forgets an upload and its bytes.
func (s *Store) DropUpload(ctx context.Context, u Upload) error {
	if err := s.blobs.drop(u.ID); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`DELETE FROM upload WHERE id = ?`, u.ID)
		return err
	})
}

func (f *folder) piece(id string) string { return filepath.Join(f.temporary(), "up-"+id) }

func (f *folder) begin(id string) error {
	file, err := os.OpenFile(f.piece(id), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fullDisk(err)
	}
	return fullDisk(errors.Join(file.Close(), syncDir(f.temporary())))
}

func (f *folder) offset(id string) (int64, error) {
	st, err := os.Stat(f.piece(id))
	if errors.Is(err, os.ErrNotExist) {
		return 0, ErrNotFound
	}
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}

// append keeps what arrived even when the line is cut: the offset tells the sender where to go on.
func (f *folder) append(id string, offset int64, r io.Reader) (n int64, err error) {
	file, err := os.OpenFile(f.piece(id), os.O_WRONLY, 0)
	if errors.Is(err, os.ErrNotExist) {
		return 0, ErrNotFound
	}
	if err != nil {
		return 0, fullDisk(err)
	}
	defer func() { err = errors.Join(err, fullDisk(file.Close())) }()
	if err := file.Truncate(offset); err != nil {
		return 0, err
	}
	if _, err := file.Seek(offset, io.SeekStart); err != nil {
		return 0, err
	}
	n, err = io.Copy(faulty{file, f}, r)
	if synced := file.Sync(); synced != nil {
		return 0, fullDisk(errors.Join(err, synced))
	}
	return n, fullDisk(err)
}

// finish reads the whole piece once more: what lies on the disk is what is held against the digest.
func (f *folder) finish(id, digest string, size int64) error {
	file, err := os.OpenFile(f.piece(id), os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		return ErrNotFound
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	if err := verify(io.Discard, digest, size, file); err != nil {
		return err
	}
	return f.settle(file, digest)
}

func (f *folder) drop(id string) error {
	if err := os.Remove(f.piece(id)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
