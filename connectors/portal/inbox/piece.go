package inbox

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A folder keeps an upload as one growing file.
func (f *folder) piece(id string) string { return filepath.Join(f.temporary(), "up-"+id) }

func (f *folder) begin(_ context.Context, id string) error {
	file, err := os.OpenFile(f.piece(id), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fullDisk(err)
	}
	return fullDisk(errors.Join(file.Close(), syncDir(f.temporary())))
}

func (f *folder) offset(_ context.Context, id string) (int64, error) {
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
func (f *folder) append(_ context.Context, id string, offset int64, r io.Reader) (n int64, err error) {
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

// finish gives the file a second name, so that the upload is still whole when the portal ends before it is written down.
func (f *folder) finish(_ context.Context, id, digest string, size int64) error {
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
	return f.settle(file, digest, link)
}

// link names a file a second time; where the disk cannot do that, it renames.
func link(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil // the blob of that name has these very bytes
	}
	return os.Rename(from, to)
}

func (f *folder) drop(_ context.Context, id string) error {
	if err := os.Remove(f.piece(id)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
