package inbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// Engine says where a portal of several instances keeps what it has: a PostgreSQL database and a bucket of an S3 object store. The zero value is
// the embedded engine, a SQLite file and a folder.
type Engine struct {
	Database string `json:"database"` // address, postgres://user:password@host:port/name?sslmode=verify-full
	S3       Bucket `json:"s3"`
}

// Bucket is a bucket of an S3 object store and the key to it.
type Bucket struct {
	Endpoint  string `json:"endpoint"` // https://host:port, or http:// on an own network
	Bucket    string `json:"bucket"`   // must exist
	Region    string `json:"region"`   // "" : us-east-1
	AccessKey string `json:"accessKey"`
	SecretKey string `json:"secretKey"`
}

// ErrEngineFile is an engine file that cannot be read as one or that others may read.
var ErrEngineFile = errors.New("engine file cannot be used")

// ReadEngine reads an engine file (JSON). It holds credentials: where the system knows such rights, nobody but its owner and his group may read it.
func ReadEngine(path string) (Engine, error) {
	var e Engine
	st, err := os.Stat(path)
	if err != nil {
		return e, fmt.Errorf("%w: %w", ErrEngineFile, err)
	}
	if runtime.GOOS != "windows" && st.Mode().Perm()&0o007 != 0 {
		return e, fmt.Errorf("%w: others may read it (chmod 600)", ErrEngineFile)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return e, fmt.Errorf("%w: %w", ErrEngineFile, err)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil {
		return e, fmt.Errorf("%w: not the expected JSON", ErrEngineFile) // the decoder's own text may quote a value
	}
	if e.Database == "" || e.S3.Endpoint == "" || e.S3.Bucket == "" || e.S3.AccessKey == "" || e.S3.SecretKey == "" {
		return e, fmt.Errorf("%w: database, s3.endpoint, s3.bucket, s3.accessKey and s3.secretKey are all needed", ErrEngineFile)
	}
	return e, nil
}

// OpenEngine opens the inbox on an engine; dir is this instance's own folder for what is on its way, nothing in it is needed after a restart.
func OpenEngine(ctx context.Context, e Engine, dir string) (*Store, error) {
	if e == (Engine{}) {
		return Open(ctx, dir)
	}
	spool := filepath.Join(dir, "spool")
	if err := os.MkdirAll(spool, 0o700); err != nil {
		return nil, fmt.Errorf("open inbox: %w", fullDisk(err))
	}
	db, err := openPostgres(ctx, e.Database)
	if err != nil {
		return nil, fmt.Errorf("open inbox: %w", err)
	}
	b, err := openBucket(ctx, e.S3, spool, db)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open inbox: %w", err), db.Close())
	}
	return &Store{db: db, blobs: b}, nil
}
