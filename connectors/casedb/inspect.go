package casedb

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/survey"
)

// inspectDir holds the copy that inspect makes, and nothing else.
const inspectDir = "inspect.tmp"

// inspect looks at the files before SQLite may touch them. A database that
// vanished or was emptied after a first start is a loss that a fresh empty one
// would hide. After a crash a -wal file is left that SQLite writes into the
// database on closing; so in that case a copy is opened first, and when it is
// damaged the originals are left as they are.
func (db *DB) inspect(ctx context.Context, migrations fs.FS) error {
	scratch := filepath.Join(db.dir, inspectDir)
	if err := os.RemoveAll(scratch); err != nil {
		return err
	}
	path := filepath.Join(db.dir, fileName)
	size, err := sizeOf(path)
	if err != nil {
		return err
	}
	wal, err := sizeOf(path + "-wal")
	if err != nil {
		return err
	}
	if size <= 0 {
		_, err := os.Stat(filepath.Join(db.dir, blobDir))
		if err == nil || wal > 0 {
			return survey.Fail(survey.CodeStoreDamaged, "casedb.open", "%s 不见了或被清空，其余文件没有改动；请从备份放回 %s，或换一个空文件夹重新开始", fileName, fileName)
		}
		return nil
	}
	if wal <= 0 {
		return nil
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	return tryCopy(ctx, path, scratch, migrations)
}

func tryCopy(ctx context.Context, path, scratch string, migrations fs.FS) error {
	if err := os.Mkdir(scratch, 0o700); err != nil {
		return err
	}
	to := filepath.Join(scratch, fileName)
	if err := errors.Join(copyFile(path, to), copyFile(path+"-wal", to+"-wal")); err != nil {
		return err
	}
	copied, err := sqlite.Open(ctx, to, migrations)
	if err != nil {
		return err
	}
	return copied.Close()
}

// sizeOf gives -1 for an absent file.
func sizeOf(path string) (int64, error) {
	st, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return -1, nil
	}
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}

func copyFile(from, to string) error {
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
	return errors.Join(err, out.Close())
}
