package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
)

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
	ErrElsewhere       = errors.New("upload does not stand at this place")
	ErrAway            = errors.New("database or object store is away") // the same may be tried again
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

// Store is an open inbox. Several may be open on the same PostgreSQL database and bucket at once.
type Store struct {
	db    *database
	blobs blobs
}

// blobs keeps bytes under their SHA-256: a folder or a bucket of an object store.
type blobs interface {
	keeping
	pieces
	// sweep removes what broken uploads left before the given time.
	sweep(ctx context.Context, before time.Time) error
	// ready is nil when blobs can be kept.
	ready(ctx context.Context) error
}

type keeping interface {
	// has tells whether the blob lies there with this size.
	has(ctx context.Context, digest string, size int64) (bool, error)
	// put reads r to its end and keeps it when it is exactly digest and size. When it returns nil, the blob survives a power cut.
	put(ctx context.Context, digest string, size int64, r io.Reader) error
	// open gives the blob for reading; ErrNotFound when it is not there.
	open(ctx context.Context, digest string) (io.ReadSeekCloser, error)
}

// pieces take a blob in parts, under an id of the upload.
type pieces interface {
	begin(ctx context.Context, id string) error
	offset(ctx context.Context, id string) (int64, error)
	append(ctx context.Context, id string, offset int64, r io.Reader) (int64, error)
	// finish reads all that lies there once more, holds it against the digest and makes it a blob; the pieces stay until drop.
	finish(ctx context.Context, id, digest string, size int64) error
	drop(ctx context.Context, id string) error
}

// Open opens the inbox in dir, making it when it is absent (folders 0700, files
// 0600). Errors are those of sqlite.Open.
func Open(ctx context.Context, dir string) (*Store, error) {
	folder := &folder{root: filepath.Join(dir, "blobs")}
	if err := os.MkdirAll(folder.temporary(), 0o700); err != nil {
		return nil, fmt.Errorf("open inbox: %w", fullDisk(err))
	}
	db, err := openSQLite(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("open inbox: %w", err)
	}
	for _, d := range []string{folder.root, dir, filepath.Dir(dir)} { // a new portal must not vanish as a whole in a power cut
		if err := syncDir(d); err != nil && d == dir {
			return nil, errors.Join(fmt.Errorf("open inbox: %w", fullDisk(err)), db.Close())
		}
	}
	return &Store{db: db, blobs: folder}, nil
}

// Close closes the store; all that was acknowledged is on the disk already.
func (s *Store) Close() error { return s.db.Close() }

// Healthy asks the database one question.
func (s *Store) Healthy(ctx context.Context) error { return s.db.explain(s.db.read.PingContext(ctx)) }

// Ready is nil when requests can be taken: the database answers and blobs can be kept.
func (s *Store) Ready(ctx context.Context) error {
	return errors.Join(s.Healthy(ctx), s.blobs.ready(ctx))
}

// Lead runs do when this is the one instance that does the portal's own work now, and tells whether it was.
func (s *Store) Lead(ctx context.Context, do func(context.Context) error) (bool, error) {
	if s.db.post != nil {
		held, err := s.db.post.Lead(ctx, leadersLock, do)
		return held, s.db.explain(err)
	}
	return true, do(ctx)
}

// stamp is how times stand in the tables: UTC, sortable as text.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func parseStamp(s string) time.Time {
	t, err := time.Parse("2006-01-02T15:04:05.000Z", s)
	if err != nil {
		return time.Time{}
	}
	return t
}
