package casedb

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Blobs keeps the contents of attachments (附件), each once, in files named by their SHA-256.
type Blobs struct{ db *DB }

// Blobs gives the attachments of this folder.
func (db *DB) Blobs() Blobs { return Blobs{db} }

// tempPrefix marks files that are still being written; what a crash leaves of them is swept at the next start.
const tempPrefix = "tmp-"

// room is how much longer a sealed file may be than its content.
const room = 4096

// Put stores data (≤ submit.MaxPut, else E0205) and gives its SHA-256 in lower-case hex. When
// it returns, file and row survive a power cut. Known bytes change nothing; a
// file that was damaged or lost meanwhile is written again.
func (b Blobs) Put(ctx context.Context, data []byte) (string, error) {
	const op = "casedb.putblob"
	if len(data) > submit.MaxPut {
		return "", survey.Fail(survey.CodeFileTooBig, op, "附件超过 %d MB", submit.MaxPut>>20)
	}
	if err := b.db.ready(op); err != nil {
		return "", err
	}
	b.db.files.Lock()
	defer b.db.files.Unlock()
	sha := submit.Digest(data)
	if _, err := b.Get(ctx, sha); err == nil {
		return sha, nil
	} else if ctx.Err() != nil {
		return "", fail(op, ctx.Err())
	}
	return sha, fail(op, b.put(ctx, sha, data))
}

func (b Blobs) put(ctx context.Context, sha string, data []byte) error {
	var raw []byte
	keyID := ""
	if !b.db.seal.off {
		key, fresh, err := b.db.blobKey(ctx, sha)
		if err != nil {
			return err
		}
		defer clear(fresh)
		raw, keyID, data = fresh, ownKey, key.Seal(blobPlace(sha).bytes(), data)
	}
	if err := b.write(sha, data); err != nil {
		return err
	}
	created, err := os.Stat(b.path(sha))
	if err != nil {
		return err
	}
	size := len(data)
	if raw != nil {
		size -= vault.Overhead
	}
	return b.db.sql.Tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO blob (sha256, size, created, key_id) VALUES (?1, ?2, ?3, ?4)
			ON CONFLICT DO UPDATE SET size = ?2, key_id = ?4`, sha, size, stampOf(created.ModTime()), keyID)
		if err != nil || raw == nil {
			return err
		}
		return b.db.wrapBlobKey(ctx, tx, sha, raw)
	})
}

// Get gives the content whose SHA-256 is sha, checked against it. It fails with
// E0106 when it was never put and E0301 naming it when the file is gone or damaged.
func (b Blobs) Get(ctx context.Context, sha string) ([]byte, error) {
	const op = "casedb.getblob"
	if err := b.db.ready(op); err != nil {
		return nil, err
	}
	var size int64
	err := b.db.sql.Read.QueryRowContext(ctx, `SELECT size FROM blob WHERE sha256 = ?`, sha).Scan(&size)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !submit.Hex256(sha) {
		return nil, survey.Fail(survey.CodeUnknownItem, op, "本机没有摘要为 %.64s 的附件", sha)
	}
	if err != nil {
		return nil, fail(op, err)
	}
	data, err := b.read(ctx, sha, size)
	if err != nil {
		return nil, damaged(op, "附件 "+sha+" ", err)
	}
	return data, nil
}

func (b Blobs) read(ctx context.Context, sha string, size int64) ([]byte, error) {
	f, err := os.Open(b.path(sha))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, size+room+1))
	if err != nil {
		return nil, err
	}
	data, err := b.unseal(ctx, sha, raw)
	switch {
	case err != nil:
		return nil, err
	case int64(len(data)) != size:
		return nil, fmt.Errorf("file has another size than the %d bytes stored", size)
	case submit.Digest(data) != sha:
		return nil, errors.New("file has another digest")
	}
	return data, nil
}

func (b Blobs) unseal(ctx context.Context, sha string, sealed []byte) ([]byte, error) {
	if b.db.seal.off {
		return sealed, nil
	}
	raw, err := b.db.rawBlobKey(ctx, b.db.sql.Read, sha)
	if err != nil {
		return nil, err
	}
	if raw == nil {
		return nil, errUnreadable
	}
	defer clear(raw)
	key, err := b.db.vault.Key(raw)
	if err != nil {
		return nil, err
	}
	return key.Open(blobPlace(sha).bytes(), sealed)
}

func (b Blobs) path(sha string) string {
	return filepath.Join(b.db.dir, blobDir, sha[:2], sha)
}

// write makes the file appear whole under its name, or not at all.
func (b Blobs) write(sha string, data []byte) error {
	path := b.path(sha)
	if err := makeDir(filepath.Dir(path)); err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Join(b.db.dir, blobDir), tempPrefix+"*")
	if err != nil {
		return err
	}
	_, err = io.Copy(part, bytes.NewReader(data))
	err = errors.Join(err, part.Sync(), part.Close())
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return errors.Join(syncDir(filepath.Dir(path)), syncDir(filepath.Join(b.db.dir, blobDir)))
}

// sweep removes what a crash left half-written; none of it was acknowledged.
func (b Blobs) sweep() error {
	dir := filepath.Join(b.db.dir, blobDir)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), tempPrefix) {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
