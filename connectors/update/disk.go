package update

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/shangyuntong/shangyun/survey"
)

// put writes a file whole: beside its place, synced, then renamed over it.
func put(name string, perm fs.FileMode, fill func(w io.Writer) error) error {
	tmp := name + ".part"
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, perm)
	if err != nil {
		return placeError(err, filepath.Base(name))
	}
	err = fill(f)
	if err == nil {
		err = placeError(f.Sync(), filepath.Base(name))
	}
	if closed := f.Close(); err == nil {
		err = placeError(closed, filepath.Base(name))
	}
	if err == nil {
		err = move(tmp, name)
	}
	if err != nil {
		_ = os.Remove(tmp) // the first failure is what counts
	}
	return err
}

// move renames on one disk and makes the rename last.
func move(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return placeError(err, filepath.Base(to))
	}
	return syncFolder(filepath.Dir(to))
}

// syncFolder makes renames in a folder last; Windows has no such call.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return placeError(err, filepath.Base(dir))
	}
	return placeError(errors.Join(f.Sync(), f.Close()), filepath.Base(dir))
}

// placeError gives a failure of the disk its code.
func placeError(err error, name string) error {
	var known *survey.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, syscall.ENOSPC):
		return &survey.Error{Code: survey.CodeDiskFull, Op: "update.disk", Detail: name, Err: err}
	}
	return &survey.Error{Code: survey.CodeUpdatePlace, Op: "update.disk", Detail: name, Err: err}
}

// same tells whether the file has the digest; a file that cannot be read has not.
func same(name, sum string) bool {
	got, err := digestOf(name)
	return err == nil && got == sum
}

// digestOf is the SHA-256 of a file in hex.
func digestOf(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}
