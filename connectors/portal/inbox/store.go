package inbox

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
)

//go:embed migrations/*.sql
var embedded embed.FS

// The ways a request can be refused, for callers that answer differently to each.
var (
	ErrNotFound        = errors.New("no such item")
	ErrForbidden       = errors.New("not a request of this device")
	ErrContentConflict = errors.New("this revision has other content")
	ErrNotAllowed      = errors.New("not allowed in this state")
	ErrUnknownBlob     = errors.New("blob is in no manifest of this device")
	ErrBlobMismatch    = errors.New("blob is not what its digest and size say")
	ErrBody            = errors.New("body could not be read to its end")
	ErrEnrolCode       = errors.New("enrolment code is wrong, used or expired")
	ErrUnknownDevice   = errors.New("device is not enrolled")
	ErrUnchecked       = errors.New("a paper of this revision is not checked")
	ErrLogin           = errors.New("account or password is wrong")
	ErrLocked          = errors.New("account is locked for a while")
	ErrFull            = sqlite.ErrFull
)

// RevisionConflict says that n or base is not what may come next.
type RevisionConflict struct {
	Current int // last revision with a receipt, 0 for none
}

func (e *RevisionConflict) Error() string {
	return fmt.Sprintf("revision does not follow %d", e.Current)
}

// StaleError says that the request changed since it was looked at.
type StaleError struct {
	Current int // version now
}

func (e *StaleError) Error() string { return fmt.Sprintf("request is at version %d now", e.Current) }

// IncompleteError lists the blobs that a commit lacks.
type IncompleteError struct {
	Missing []string // SHA-256 in the manifest's order, each once
}

func (e *IncompleteError) Error() string { return fmt.Sprintf("%d blobs are missing", len(e.Missing)) }

// Store is an open inbox.
type Store struct {
	db    *sqlite.DB
	blobs *folder
}

// Open opens the inbox in dir, making it when it is absent (folders 0700, files
// 0600). Errors are those of sqlite.Open.
func Open(ctx context.Context, dir string) (*Store, error) {
	migrations, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open inbox: %w", err)
	}
	blobs := &folder{root: filepath.Join(dir, "blobs")}
	if err := os.MkdirAll(blobs.temporary(), 0o700); err != nil {
		return nil, fmt.Errorf("open inbox: %w", fullDisk(err))
	}
	db, err := sqlite.Open(ctx, filepath.Join(dir, "portal.db"), migrations)
	if err != nil {
		return nil, fmt.Errorf("open inbox: %w", err)
	}
	return &Store{db: db, blobs: blobs}, nil
}

// Close closes the store; all that was acknowledged is on the disk already.
func (s *Store) Close() error { return s.db.Close() }

// Healthy asks the database one question.
func (s *Store) Healthy(ctx context.Context) error { return s.db.Read.PingContext(ctx) }

// Backup copies the database (not the blobs, which never change) to dst.
func (s *Store) Backup(ctx context.Context, dst string) error { return s.db.Backup(ctx, dst) }

// stamp is how times stand in the tables: UTC, sortable as text.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func parseStamp(s string) time.Time {
	t, err := time.Parse("2006-01-02T15:04:05.000Z", s)
	if err != nil {
		return time.Time{}
	}
	return t
}
