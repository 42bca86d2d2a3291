package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
)

// bucket keeps blobs as objects of an S3 object store, named by their SHA-256. An object is only made after its bytes were held against the
// digest, and the store's own answer says that it is durable. What is on its way lies in a local file, so memory does not grow with a blob.
type bucket struct {
	client *minio.Client
	name   string
	spool  string
	db     *database     // the pieces of uploads are written down there: any instance may take the next one
	large  chan struct{} // at most this many uploads are put together at once
}

// The sizes of what goes to the object store in one piece.
const (
	pieceSize       = 16 << 20
	puttingTogether = 4
)

func openBucket(ctx context.Context, c Bucket, spool string, db *database) (*bucket, error) {
	u, err := url.Parse(c.Endpoint)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("%w: s3.endpoint is not http(s)://host", ErrEngineFile)
	}
	region := c.Region
	if region == "" {
		region = "us-east-1"
	}
	client, err := minio.New(u.Host, &minio.Options{Creds: credentials.NewStaticV4(c.AccessKey, c.SecretKey, ""), Secure: u.Scheme == "https", Region: region, MaxRetries: 3})
	if err != nil {
		return nil, fmt.Errorf("object store: %w", err)
	}
	b := &bucket{client: client, name: c.Bucket, spool: spool, db: db, large: make(chan struct{}, puttingTogether)}
	return b, b.ready(ctx)
}

func (b *bucket) ready(ctx context.Context) error {
	there, err := b.client.BucketExists(ctx, b.name)
	if err == nil && !there {
		err = errors.New("bucket does not exist")
	}
	return away("look at bucket", err)
}

func (b *bucket) key(digest string) string { return "blobs/" + digest[:2] + "/" + digest }

// away says that the object store stands in the way; a full one has its own word.
func away(doing string, err error) error {
	if err == nil {
		return nil
	}
	switch minio.ToErrorResponse(err).Code {
	case "XMinioStorageFull", "QuotaExceeded", "InsufficientStorage", "EntityTooLargeForQuota":
		return fmt.Errorf("%s: %w: %w", doing, sqlite.ErrFull, err)
	}
	return fmt.Errorf("%s: %w: %w", doing, ErrAway, err)
}

func missing(err error) bool {
	code := minio.ToErrorResponse(err).Code
	return code == "NoSuchKey" || code == "NotFound"
}

func (b *bucket) has(ctx context.Context, digest string, size int64) (bool, error) {
	st, err := b.client.StatObject(ctx, b.name, b.key(digest), minio.StatObjectOptions{})
	if err != nil && missing(err) {
		return false, nil
	}
	return err == nil && st.Size == size, away("look at blob", err)
}

func (b *bucket) put(ctx context.Context, digest string, size int64, r io.Reader) error {
	there, err := b.has(ctx, digest, size)
	if err != nil {
		return err
	}
	if there {
		return verify(io.Discard, digest, size, r)
	}
	f, err := os.CreateTemp(b.spool, "blob-*")
	if err != nil {
		return fullDisk(err)
	}
	defer func() { _, _ = f.Close(), os.Remove(f.Name()) }()
	if err := verify(f, digest, size, r); err != nil {
		return err
	}
	return b.send(ctx, b.key(digest), f, size)
}

// send makes one object of a local file's whole content.
func (b *bucket) send(ctx context.Context, key string, f *os.File, size int64) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := b.client.PutObject(ctx, b.name, key, io.NewSectionReader(f, 0, size), size,
		minio.PutObjectOptions{ContentType: "application/octet-stream", PartSize: pieceSize, NumThreads: 1, SendContentMd5: true})
	return away("put object", err)
}

func (b *bucket) open(ctx context.Context, digest string) (io.ReadSeekCloser, error) {
	return b.object(ctx, b.key(digest))
}

func (b *bucket) object(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	o, err := b.client.GetObject(ctx, b.name, key, minio.GetObjectOptions{})
	if err == nil {
		if _, err = o.Stat(); err != nil {
			_ = o.Close()
		}
	}
	if err != nil && missing(err) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, away("get object", err)
	}
	return o, nil
}

// sweep removes pieces that lie there since before the given time, and local files that a broken run left.
func (b *bucket) sweep(ctx context.Context, before time.Time) error {
	entries, err := os.ReadDir(b.spool)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.ModTime().Before(before) {
			_ = os.Remove(filepath.Join(b.spool, e.Name()))
		}
	}
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: "pieces/", Recursive: true}) {
		if o.Err != nil {
			return away("list pieces", o.Err)
		}
		if !o.LastModified.Before(before) {
			continue
		}
		if err := b.client.RemoveObject(ctx, b.name, o.Key, minio.RemoveObjectOptions{}); err != nil {
			return away("remove piece", err)
		}
		if err := b.db.free(ctx, func(tx *txn) error { _, err := tx.Exec(`DELETE FROM piece WHERE object = ?`, o.Key); return err }); err != nil {
			return err
		}
	}
	return nil
}
