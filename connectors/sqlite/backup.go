package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	driver "modernc.org/sqlite"
)

// pagesPerStep bounds how long one step of a backup runs before the context is asked.
const pagesPerStep = 1024

// Backup writes a complete copy of the database to dst while both handles stay
// in use. The copy is made beside dst, checked, synced and only then renamed,
// so dst is either the old file or a sound new one.
func (db *DB) Backup(ctx context.Context, dst string) (err error) {
	abs, err := filepath.Abs(dst)
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if abs == db.path {
		return errors.New("back up: destination is the database itself")
	}
	part := abs + ".part"
	if err := removeIfThere(part); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if err := touch(part); err != nil {
		return fmt.Errorf("back up: %w", explainOS(err))
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, removeIfThere(part))
		}
	}()
	if err := db.copyTo(ctx, part); err != nil {
		return fmt.Errorf("back up: %w", Explain(err))
	}
	if err := checkCopy(ctx, part); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if err := syncFile(part); err != nil {
		return fmt.Errorf("back up: %w", explainOS(err))
	}
	if err := os.Rename(part, abs); err != nil {
		return fmt.Errorf("back up: %w", explainOS(err))
	}
	return syncDir(filepath.Dir(abs))
}

func (db *DB) copyTo(ctx context.Context, part string) error {
	conn, err := db.Read.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	return conn.Raw(func(raw any) error {
		source, ok := raw.(interface {
			NewBackup(string) (*driver.Backup, error)
		})
		if !ok {
			return errors.New("driver has no backup")
		}
		b, err := source.NewBackup(fileURI(part))
		if err != nil {
			return err
		}
		for more := true; more; {
			if err := ctx.Err(); err != nil {
				return errors.Join(err, b.Finish())
			}
			if more, err = b.Step(pagesPerStep); err != nil {
				return errors.Join(err, b.Finish())
			}
		}
		return b.Finish()
	})
}

// checkCopy opens the copy immutable: nothing else has it, and no -wal is left beside it.
func checkCopy(ctx context.Context, path string) error {
	h, err := sql.Open("sqlite", fileURI(path)+"?immutable=1&mode=ro")
	if err != nil {
		return err
	}
	copied := &DB{Write: h, Read: h}
	return errors.Join(copied.QuickCheck(ctx), h.Close())
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
