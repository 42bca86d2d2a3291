package casedb

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// ofCase are the tables whose rows belong to a case, in the order in which they may go. Kept are key_ (emptied), audit (the log, sealed by
// the key that is gone) and deletion itself; a test holds that there are no others.
var ofCase = []string{"strand", "parcel", "fact", "outbox", "blob_key", "blob_case", "overview"}

// eraseRows takes every row of a case out of a database.
func eraseRows(ctx context.Context, to *sqlite.DB, caseID string) error {
	return to.Tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE case_ SET state = 'erasing' WHERE id = ?`, caseID); err != nil {
			return err
		}
		for _, table := range ofCase {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE case_id = ?`, caseID); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM case_ WHERE id = ?`, caseID)
		return err
	})
}

// eraseContents takes every content out that no case names, also those that a stopped attaching or sealing left: files first, then rows.
func eraseContents(ctx context.Context, to *sqlite.DB, dir string) error {
	const unnamed = `sha256 NOT IN (SELECT sha256 FROM blob_case)`
	keep, err := texts(ctx, to.Write, `SELECT sha256 FROM blob WHERE NOT (`+unnamed+`)`)
	if err != nil {
		return err
	}
	named := make(map[string]bool, len(keep))
	for _, sha := range keep {
		named[sha] = true
	}
	groups := map[string]bool{}
	err = filepath.WalkDir(filepath.Join(dir, blobDir), func(path string, d fs.DirEntry, err error) error {
		half := err == nil && strings.HasPrefix(d.Name(), tempPrefix)
		if err != nil || d.IsDir() || !half && (!submit.Hex256(d.Name()) || named[d.Name()]) {
			return err
		}
		groups[filepath.Dir(path)] = true
		return os.Remove(path)
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	for group := range groups {
		err = errors.Join(err, syncDir(group))
	}
	if err != nil {
		return err
	}
	return to.Tx(ctx, func(tx *sql.Tx) error {
		for _, q := range []string{`DELETE FROM blob_key WHERE ` + unnamed, `DELETE FROM blob WHERE ` + unnamed} {
			if _, err := tx.ExecContext(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
}

// eraseCopies erases a case in the backups of both places and in what a restore set aside. It counts the copies done and names those that
// could not be reached.
func (db *DB) eraseCopies(ctx context.Context, caseID string, at time.Time) (done int, left []string, err error) {
	paths, left, err := db.copyPaths(ctx)
	if err != nil {
		return 0, nil, err
	}
	for _, path := range paths {
		switch err := db.eraseCopy(ctx, path, caseID, at); {
		case ctx.Err() != nil:
			return done, nil, ctx.Err()
		case err != nil:
			left = append(left, path+"（打不开，请自行删除这个文件夹）")
		default:
			done++
		}
	}
	return done, left, nil
}

// copyPaths gives the folders of all copies that are there, swept of half-made ones, and in words what is not.
func (db *DB) copyPaths(ctx context.Context) (paths, left []string, err error) {
	roots := db.places()
	second, err := db.second(ctx)
	if err != nil {
		return nil, nil, err
	}
	if second != "" {
		if _, err := os.Stat(second); err != nil {
			left = append(left, second+"（第二备份文件夹没有接上，接上后下次启动时继续删除）")
		} else {
			roots = append(roots, second)
		}
	}
	for _, root := range roots {
		if err := sweepParts(root); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
		all, err := listBackups(root, false)
		if err != nil {
			return nil, nil, err
		}
		for _, b := range all {
			paths = append(paths, b.Path)
		}
	}
	if err := os.RemoveAll(filepath.Join(db.dir, restorePart)); err != nil { // left by a restore that was stopped
		return nil, nil, err
	}
	aside, err := os.ReadDir(filepath.Join(db.dir, asideDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	for _, e := range aside {
		path := filepath.Join(db.dir, asideDir, e.Name())
		for _, name := range []string{fileName, fileName + "-wal", blobDir} { // else only a key file was set aside
			if _, err := os.Stat(filepath.Join(path, name)); err == nil {
				paths = append(paths, path)
				break
			}
		}
	}
	return paths, left, nil
}

// eachCopy opens the database of one copy, which is brought to this version by that, and leaves nothing beside it.
func eachCopy(ctx context.Context, dir string, do func(*sqlite.DB) error) error {
	migrations, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, fileName)
	if _, err := os.Stat(path); err != nil {
		return err
	}
	db, err := sqlite.Open(ctx, path, migrations)
	if err != nil {
		return err
	}
	err = do(db)
	if err == nil {
		err = db.Compact(ctx)
	}
	return errors.Join(err, db.Close())
}

// eraseCopy erases a case in one copy and leaves word that it was in record and log, so that a restore neither forgets nor misses it. A copy
// that is older than the log has none to write to, and one whose keys are others' is left without a line.
func (db *DB) eraseCopy(ctx context.Context, dir, caseID string, at time.Time) error {
	return eachCopy(ctx, dir, func(to *sqlite.DB) error {
		err := to.Tx(ctx, func(tx *sql.Tx) error {
			if err := db.noteInCopy(ctx, tx, caseID, at); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, destroyKey, stampOf(at), caseID); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO deletion (case_id, begun, finished, revisions, requests, contents) VALUES (?1, ?2, ?2, 0, 0, 0) ON CONFLICT DO NOTHING`, caseID, stampOf(at))
			return err
		})
		if err != nil {
			return err
		}
		if err := eraseRows(ctx, to, caseID); err != nil {
			return err
		}
		return eraseContents(ctx, to, dir)
	})
}

func (db *DB) noteInCopy(ctx context.Context, tx *sql.Tx, caseID string, at time.Time) error {
	var here int
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM case_ WHERE id = ?) * (SELECT count(*) FROM audit_head)`, caseID).Scan(&here)
	if err != nil || here == 0 {
		return err
	}
	chain, err := db.chainKey()
	if err != nil {
		return err
	}
	if _, err := storedHead(ctx, tx, chain); err != nil {
		if errors.Is(err, errNoHead) {
			return nil
		}
		return err
	}
	return db.note(ctx, tx, wizard.Logged{CaseID: caseID, Deed: wizard.DeedDelete, At: at, By: program, What: erasedWords})
}
