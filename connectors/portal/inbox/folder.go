package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
)

// folder keeps blobs as files named by their SHA-256.
type folder struct {
	root  string
	fault func(step string) error // tests make single steps fail; nil otherwise
}

func (f *folder) temporary() string { return filepath.Join(f.root, "tmp") }

func (f *folder) path(sha256 string) string { return filepath.Join(f.root, sha256[:2], sha256) }

func (f *folder) step(name string) error {
	if f.fault == nil {
		return nil
	}
	return f.fault(name)
}

func (f *folder) has(_ context.Context, digest string, size int64) (bool, error) {
	st, err := os.Stat(f.path(digest))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && st.Mode().IsRegular() && st.Size() == size, err
}

func (f *folder) ready(context.Context) error {
	_, err := os.Stat(f.temporary())
	return err
}

func (f *folder) put(ctx context.Context, digest string, size int64, r io.Reader) (err error) {
	if there, _ := f.has(ctx, digest, size); there {
		// The name may be there from a run that ended before its folder was synced.
		if err := verify(io.Discard, digest, size, r); err != nil {
			return err
		}
		return fullDisk(errors.Join(syncDir(filepath.Dir(f.path(digest))), syncDir(f.root)))
	}
	if err := f.step("create"); err != nil {
		return fullDisk(err)
	}
	tmp, err := os.CreateTemp(f.temporary(), "blob-*")
	if err != nil {
		return fullDisk(err)
	}
	defer func() {
		_ = tmp.Close()
		if err != nil {
			_ = os.Remove(tmp.Name())
		}
	}()
	if err := verify(faulty{tmp, f}, digest, size, r); err != nil {
		return err
	}
	return f.settle(tmp, digest, os.Rename)
}

// settle syncs the file, gives it its name and syncs the folders.
func (f *folder) settle(tmp *os.File, digest string, rename func(from, to string) error) error {
	dir := filepath.Dir(f.path(digest))
	steps := []struct {
		name string
		do   func() error
	}{
		{"sync", tmp.Sync},
		{"close", tmp.Close},
		{"mkdir", func() error { return os.MkdirAll(dir, 0o700) }},
		{"rename", func() error { return rename(tmp.Name(), f.path(digest)) }},
		{"sync folder", func() error { return syncDir(dir) }},
		{"sync root", func() error { return syncDir(f.root) }},
	}
	for _, s := range steps {
		if err := f.step(s.name); err != nil {
			return fmt.Errorf("%s: %w", s.name, fullDisk(err))
		}
		if err := s.do(); err != nil {
			return fmt.Errorf("%s: %w", s.name, fullDisk(err))
		}
	}
	return nil
}

func (f *folder) open(_ context.Context, digest string) (io.ReadSeekCloser, error) {
	file, err := os.Open(f.path(digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return file, nil
}

func (f *folder) sweep(_ context.Context, before time.Time) error {
	entries, err := os.ReadDir(f.temporary())
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.ModTime().Before(before) {
			continue
		}
		if err := os.Remove(filepath.Join(f.temporary(), e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// verify copies r to w and holds it against digest and size. Reading stops one
// byte after size.
func verify(w io.Writer, digest string, size int64, r io.Reader) error {
	h := sha256.New()
	in := &source{r: io.LimitReader(r, size+1)}
	n, err := io.Copy(io.MultiWriter(w, h), in)
	switch {
	case in.err != nil:
		return fmt.Errorf("%w: %w", ErrBody, in.err)
	case err != nil:
		return fullDisk(err)
	case n != size:
		return fmt.Errorf("%w: size", ErrBlobMismatch)
	case hex.EncodeToString(h.Sum(nil)) != digest:
		return fmt.Errorf("%w: digest", ErrBlobMismatch)
	}
	return nil
}

// source remembers its own error, to tell a cut line from a full disk.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		s.err = err
	}
	return n, err
}

// faulty lets tests fail a write.
type faulty struct {
	w io.Writer
	f *folder
}

func (w faulty) Write(p []byte) (int, error) {
	if err := w.f.step("write"); err != nil {
		return 0, err
	}
	return w.w.Write(p)
}

func fullDisk(err error) error {
	if noRoom(err) {
		return fmt.Errorf("%w: %w", sqlite.ErrFull, err)
	}
	return err
}
