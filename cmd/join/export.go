package join

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"github.com/shangyuntong/shangyun/survey"
)

// exportPart is the ending of an export that is not finished.
const exportPart = ".part"

// Export writes a readable file so that an unfinished one tells nothing: while fill runs, NAME.part is encrypted by a key that is only in
// memory (gathering may take minutes, and after a crash nobody would know of the file); then it is decrypted in place, synced and
// renamed. A zip alone would not do: without its index it can still be salvaged entry by entry. When anything fails the part is
// removed; what a crash leaves is noise, unless it comes in the moment of the last pass. An older file of that name stays until the end.
func Export(name string, fill func(w io.Writer) error) error {
	part := name + exportPart
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return exportError(name, err)
	}
	err = fillSealed(f, fill)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		return exportError(name, errors.Join(err, os.Remove(part)))
	}
	return nil
}

func fillSealed(f *os.File, fill func(w io.Writer) error) error {
	key := make([]byte, 32+aes.BlockSize) // used once, kept nowhere
	_, _ = rand.Read(key)
	defer clear(key)
	block, err := aes.NewCipher(key[:32])
	if err != nil {
		return err
	}
	stream := func() cipher.Stream { return cipher.NewCTR(block, key[32:]) }
	if err := fill(&cipher.StreamWriter{S: stream(), W: f}); err != nil {
		return err
	}
	open, buf := stream(), make([]byte, 1<<20)
	for at := int64(0); ; {
		n, err := f.ReadAt(buf, at)
		open.XORKeyStream(buf[:n], buf[:n])
		if _, err := f.WriteAt(buf[:n], at); err != nil {
			return err
		}
		at += int64(n)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func exportError(name string, err error) error {
	var known *survey.Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, syscall.ENOSPC):
		return &survey.Error{Code: survey.CodeDiskFull, Op: "join.export", Detail: filepath.Base(name), Err: err}
	}
	return &survey.Error{Code: survey.CodeFileMissing, Op: "join.export", Detail: filepath.Base(name), Err: err}
}
