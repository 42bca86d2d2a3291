package sqlite

import (
	"errors"
	"fmt"
	"io/fs"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// What stands in the way, for callers that answer differently to each.
var (
	// ErrDamaged: the file is not a database or its pages contradict each other.
	ErrDamaged = errors.New("database file is damaged")
	// ErrNewer: a newer program has migrated the file beyond what this one knows.
	ErrNewer = errors.New("database file was written by a newer version")
	// ErrFull: the disk (or a quota) has no room left.
	ErrFull = errors.New("disk is full")
	// ErrReadOnly: the file or its folder may not be written, or not be opened.
	ErrReadOnly = errors.New("database file cannot be written")
	// ErrBusy: another program held the file longer than the timeout of five seconds.
	ErrBusy = errors.New("database is in use by another program")
	// ErrIO: the disk reported an error while reading or writing.
	ErrIO = errors.New("disk read or write failed")
	// ErrUnique: a row with the same key is there already.
	ErrUnique = errors.New("row exists already")
)

// Explain joins one of the errors above to an error of SQLite, so that
// errors.Is works without knowing the driver. Other errors and nil come back
// unchanged.
func Explain(err error) error {
	var e *driver.Error
	if !errors.As(err, &e) {
		return err
	}
	kind := kindOf(e.Code())
	if kind == nil || errors.Is(err, kind) {
		return err
	}
	return fmt.Errorf("%w: %w", kind, err)
}

func kindOf(code int) error {
	switch code {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY:
		return ErrUnique
	case lib.SQLITE_IOERR_SHMSIZE: // the -shm file cannot grow while the database is opened: the volume is out of space
		return ErrFull
	}
	switch code & 0xff { // the extended code's low byte is the primary code
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return ErrDamaged
	case lib.SQLITE_FULL:
		return ErrFull
	case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		return ErrReadOnly
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return ErrBusy
	case lib.SQLITE_IOERR:
		return ErrIO
	}
	return nil
}

func explainOS(err error) error {
	switch {
	case noRoom(err):
		return fmt.Errorf("%w: %w", ErrFull, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	}
	return err
}
