package casedb

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
)

// inspect looks at the files before SQLite may touch them. A database that
// vanished or was emptied after a first start is a loss that a fresh empty one
// would hide. After a crash a -wal file is left that SQLite moves into the
// database on closing; so in that case the pair is checked first without
// writing, and when it is damaged both files are left as they are.
func (db *DB) inspect(ctx context.Context, migrations fs.FS) error {
	path := filepath.Join(db.dir, fileName)
	size, err := sizeOf(path)
	if err != nil {
		return err
	}
	wal, err := sizeOf(path + "-wal")
	if err != nil {
		return err
	}
	switch {
	case size > 0 && wal > 0:
		return sqlite.Inspect(ctx, path, migrations)
	case size > 0:
		return nil
	}
	lost := wal > 0
	for _, name := range []string{blobDir, vault.FileName, restorePart} {
		_, err := os.Stat(filepath.Join(db.dir, name))
		lost = lost || err == nil
	}
	if lost {
		return survey.Fail(survey.CodeStoreDamaged, "casedb.open", "%s 不见了或被清空，其余文件没有改动；请从备份放回 %s，或换一个空文件夹重新开始", fileName, fileName)
	}
	return nil
}

// sizeOf gives 0 for an absent file.
func sizeOf(path string) (int64, error) {
	st, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}
