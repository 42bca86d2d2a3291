package casedb

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// copyBlobs brings every content of from[0] to the folder to: as a hard link to
// the file itself or to the same one in from[1] (an older copy on the same
// disk), else as a copy. Contents never change in place, so a link is as good.
func copyBlobs(ctx context.Context, from []string, to string) error {
	if err := makeDir(to); err != nil {
		return err
	}
	groups := map[string]bool{}
	err := filepath.WalkDir(from[0], func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !submit.Hex256(d.Name()) {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		group := filepath.Join(to, d.Name()[:2])
		if !groups[group] {
			if err := makeDir(group); err != nil {
				return err
			}
			groups[group] = true
		}
		return bring(path, from[1:], filepath.Join(group, d.Name()))
	})
	for group := range groups {
		err = errors.Join(err, syncDir(group))
	}
	return errors.Join(err, syncDir(to))
}

func bring(path string, older []string, to string) error {
	if os.Link(path, to) == nil {
		return nil
	}
	sha := filepath.Base(path)
	for _, dir := range older {
		if twin := filepath.Join(dir, sha[:2], sha); same(path, twin) && os.Link(twin, to) == nil {
			return nil
		}
	}
	return copyDurably(path, to)
}

// same tells whether two files hold the same bytes.
func same(a, b string) bool {
	x, err := os.Open(a)
	if err != nil {
		return false
	}
	defer func() { _ = x.Close() }()
	y, err := os.Open(b)
	if err != nil {
		return false
	}
	defer func() { _ = y.Close() }()
	p, q := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, errX := io.ReadFull(x, p)
		m, errY := io.ReadFull(y, q)
		if n != m || string(p[:n]) != string(q[:m]) {
			return false
		}
		if errX != nil || errY != nil {
			return errX != nil && errY != nil
		}
	}
}

// copyDurably copies a file that no database has open; when it returns, the copy survives a power cut once its folder is synced.
func copyDurably(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
