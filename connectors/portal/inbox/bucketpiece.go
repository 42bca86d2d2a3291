package inbox

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
)

// A bucket keeps an upload as objects, one for every piece, and the database says which of them count. The row is what two instances contend for:
// a piece counts only where the upload stands at that moment, so an instance that was held up cannot write over what another took meanwhile.

func (b *bucket) begin(context.Context, string) error { return nil }

func (b *bucket) offset(ctx context.Context, id string) (n int64, err error) {
	err = b.db.QueryRowContext(ctx, `SELECT coalesce(max(start + size), 0) FROM piece WHERE upload_id = ?`, id).Scan(&n)
	return n, err
}

// append keeps what arrived even when the line is cut, in objects of pieceSize at most.
func (b *bucket) append(ctx context.Context, id string, offset int64, r io.Reader) (n int64, err error) {
	ctx = context.WithoutCancel(ctx)
	f, err := os.CreateTemp(b.spool, "piece-*")
	if err != nil {
		return 0, fullDisk(err)
	}
	defer func() { _, _ = f.Close(), os.Remove(f.Name()) }()
	for {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return n, err
		}
		got, cut := io.Copy(f, io.LimitReader(r, pieceSize))
		if got > 0 {
			if err := b.keepPiece(ctx, id, offset+n, f, got); err != nil {
				return n, err
			}
			n += got
		}
		if cut != nil || got < pieceSize {
			return n, fullDisk(cut)
		}
	}
}

func (b *bucket) keepPiece(ctx context.Context, id string, start int64, f *os.File, size int64) error {
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	key := fmt.Sprintf("pieces/%s/%016x-%s", id, start, rand.Text()[:8])
	if err := b.send(ctx, key, f, size); err != nil {
		return err
	}
	err := b.db.free(ctx, func(tx *txn) error {
		res, err := tx.Exec(`INSERT INTO piece (upload_id, start, size, object) SELECT id, ?, ?, ? FROM upload WHERE id = ? AND done = 0
			AND (SELECT coalesce(max(p.start + p.size), 0) FROM piece AS p WHERE p.upload_id = upload.id) = ?`, start, size, key, id, start)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrElsewhere)
		}
		return nil
	})
	if errors.Is(err, sqlite.ErrUnique) {
		err = ErrElsewhere
	}
	if errors.Is(err, ErrElsewhere) {
		_ = b.client.RemoveObject(ctx, b.name, key, minio.RemoveObjectOptions{}) // else it is swept
	}
	return err
}

// parts lists the objects of an upload in their order.
func (b *bucket) parts(ctx context.Context, id string) (keys []string, err error) {
	rows, err := b.db.QueryContext(ctx, `SELECT object FROM piece WHERE upload_id = ? ORDER BY start`, id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, rows.Err()
}

// finish reads all pieces once, held against the digest, while it writes them as one object; the object comes into being only when they fit.
func (b *bucket) finish(ctx context.Context, id, digest string, size int64) error {
	select {
	case b.large <- struct{}{}:
		defer func() { <-b.large }()
	case <-ctx.Done():
		return ctx.Err()
	}
	keys, err := b.parts(ctx, id)
	if err != nil {
		return err
	}
	if len(keys) == 0 && size > 0 {
		return ErrNotFound
	}
	in := &pieceReader{ctx: ctx, b: b, keys: keys}
	defer in.close()
	if there, err := b.has(ctx, digest, size); err != nil {
		return err
	} else if there {
		return in.outcome(verify(io.Discard, digest, size, in))
	}
	w := &assembly{ctx: ctx, b: b, key: b.key(digest)}
	if err := in.outcome(verify(w, digest, size, in)); err != nil {
		w.abort()
		return err
	}
	return w.complete()
}

// pieceReader reads an upload's pieces one after the other.
type pieceReader struct {
	ctx  context.Context
	b    *bucket
	keys []string
	now  io.ReadCloser
	err  error
}

func (p *pieceReader) Read(buf []byte) (int, error) {
	for {
		if p.now == nil {
			if len(p.keys) == 0 {
				return 0, io.EOF
			}
			if p.now, p.err = p.b.object(p.ctx, p.keys[0]); p.err != nil {
				p.now = nil
				return 0, p.err
			}
			p.keys = p.keys[1:]
		}
		n, err := p.now.Read(buf)
		if errors.Is(err, io.EOF) {
			p.close()
			err = nil
		}
		if n > 0 || err != nil {
			p.err = away("read piece", err)
			return n, p.err
		}
	}
}

func (p *pieceReader) close() {
	if p.now != nil {
		_ = p.now.Close()
		p.now = nil
	}
}

// outcome gives the reading's own failure before what it led to.
func (p *pieceReader) outcome(err error) error {
	if p.err != nil {
		return p.err
	}
	return err
}

// assembly writes one object in parts of pieceSize.
type assembly struct {
	ctx    context.Context
	b      *bucket
	key    string
	upload string
	buf    bytes.Buffer
	parts  []minio.CompletePart
}

func (a *assembly) core() minio.Core { return minio.Core{Client: a.b.client} }

func (a *assembly) Write(p []byte) (int, error) {
	written := 0
	for len(p) > 0 {
		n := min(len(p), pieceSize-a.buf.Len())
		a.buf.Write(p[:n])
		p, written = p[n:], written+n
		if a.buf.Len() == pieceSize {
			if err := a.flush(); err != nil {
				return written, err
			}
		}
	}
	return written, nil
}

func (a *assembly) flush() (err error) {
	if a.upload == "" {
		if a.upload, err = a.core().NewMultipartUpload(a.ctx, a.b.name, a.key, minio.PutObjectOptions{ContentType: "application/octet-stream"}); err != nil {
			return away("begin object", err)
		}
	}
	sum := sha256.Sum256(a.buf.Bytes())
	n := len(a.parts) + 1
	part, err := a.core().PutObjectPart(a.ctx, a.b.name, a.key, a.upload, n, bytes.NewReader(a.buf.Bytes()), int64(a.buf.Len()), minio.PutObjectPartOptions{Sha256Hex: hex.EncodeToString(sum[:])})
	if err != nil {
		return away("put part", err)
	}
	a.parts = append(a.parts, minio.CompletePart{PartNumber: n, ETag: part.ETag})
	a.buf.Reset()
	return nil
}

func (a *assembly) abort() {
	if a.upload != "" {
		_ = a.core().AbortMultipartUpload(context.WithoutCancel(a.ctx), a.b.name, a.key, a.upload)
	}
}

func (a *assembly) complete() error {
	if a.upload == "" { // small enough for one piece
		_, err := a.b.client.PutObject(a.ctx, a.b.name, a.key, bytes.NewReader(a.buf.Bytes()), int64(a.buf.Len()),
			minio.PutObjectOptions{ContentType: "application/octet-stream", SendContentMd5: true, DisableMultipart: true})
		return away("put object", err)
	}
	if a.buf.Len() > 0 {
		if err := a.flush(); err != nil {
			a.abort()
			return err
		}
	}
	if _, err := a.core().CompleteMultipartUpload(a.ctx, a.b.name, a.key, a.upload, a.parts, minio.PutObjectOptions{}); err != nil {
		a.abort()
		return away("complete object", err)
	}
	return nil
}

func (b *bucket) drop(ctx context.Context, id string) error {
	keys, err := b.parts(ctx, id)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if err := b.client.RemoveObject(ctx, b.name, key, minio.RemoveObjectOptions{}); err != nil {
			return away("remove piece", err)
		}
	}
	return b.db.free(ctx, func(tx *txn) error { _, err := tx.Exec(`DELETE FROM piece WHERE upload_id = ?`, id); return err })
}
