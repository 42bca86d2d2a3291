package casedb

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// asideDir is where Restore puts what was there before; nothing in it is touched again except by Erase.
const asideDir = "aside"

// restorePart is the copy that is about to be moved in.
const restorePart = "restore-part"

// Restore (恢复) brings a closed folder back to a backup. What the folder holds
// now, damaged or not, is set aside inside it under aside/ and kept; the path
// of it is returned, "" when there was nothing. The copy is checked before
// anything is moved. It fails with E0302 while the folder is
// open, E0307 when a request waits here that the copy does not have, E0301 when the copy itself is damaged and E0207 when it is gone. A
// restore that was stopped half-way is simply made again.
func Restore(ctx context.Context, dir string, from Backup, at time.Time) (aside string, err error) {
	const op = "casedb.restore"
	if dir, err = filepath.Abs(dir); err != nil {
		return "", fail(op, err)
	}
	if err := makeDir(dir); err != nil {
		return "", fail(op, err)
	}
	free, err := lock(filepath.Join(dir, lockName))
	if err != nil {
		return "", fail(op, err)
	}
	aside, err = restore(ctx, dir, from, at)
	return aside, fail(op, errors.Join(err, free()))
}

func restore(ctx context.Context, dir string, from Backup, at time.Time) (string, error) {
	migrations, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return "", err
	}
	source := filepath.Join(from.Path, fileName)
	if _, err := os.Stat(source); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	} else if err != nil {
		return "", &survey.Error{Code: survey.CodeFileMissing, Op: "casedb.restore", Detail: "这份备份不在了", Err: err}
	}
	part := filepath.Join(dir, restorePart)
	err = prepare(ctx, dir, part, from, migrations)
	if errors.Is(sqlite.Explain(err), sqlite.ErrDamaged) { // see open: a copy is called damaged only when it is so twice
		err = prepare(ctx, dir, part, from, migrations)
	}
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(part))
	}
	return swap(dir, part, from, at)
}

// prepare makes part the checked copy that is about to be moved in.
func prepare(ctx context.Context, dir, part string, from Backup, migrations fs.FS) error {
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	if err := makeDir(part); err != nil {
		return err
	}
	if err := gather(ctx, part, from); err != nil {
		return err
	}
	if err := sqlite.Inspect(ctx, filepath.Join(part, fileName), migrations); err != nil {
		return err
	}
	if err := nothingUnsent(ctx, dir, part, migrations); err != nil {
		return err
	}
	return sayRestored(ctx, filepath.Join(part, fileName), migrations, from.At)
}

// Restore (恢复) brings this open folder back to a backup as the function Restore does, and opens it again; no other program can come in
// between. Nothing else may be under way. The keys stay when the folder keeps its key file, else it is locked afterwards. When it
// fails the folder is as it was.
func (db *DB) Restore(ctx context.Context, from Backup, at time.Time) (aside string, err error) {
	const op = "casedb.restore"
	if err := db.ready(op); err != nil {
		return "", err
	}
	if err := db.sql.Close(); err != nil {
		return "", fail(op, err)
	}
	aside, err = restore(ctx, db.dir, from, at)
	return aside, fail(op, errors.Join(err, db.again(context.WithoutCancel(ctx))))
}

// again opens what lies in the folder now, under the lock that is held.
func (db *DB) again(ctx context.Context) error {
	db.seal.set(nil, nil)
	db.index.drop()
	if db.vault != nil {
		if err := db.vault.Reload(); err != nil {
			return err
		}
	}
	return db.start(ctx)
}

// waitingRequests finds what is sealed and has no receipt.
const waitingRequests = `SELECT id, revision, sha256 FROM outbox WHERE state IN ('` + string(submit.StateSealed) + `', '` + string(submit.StateSending) + `')`

// nothingUnsent refuses to go back to a copy without a request that waits in the folder. A folder that is damaged has nothing to ask.
func nothingUnsent(ctx context.Context, dir, part string, migrations fs.FS) error {
	path := filepath.Join(dir, fileName)
	if size, err := sizeOf(path); err != nil || size == 0 {
		return nil
	}
	if err := sqlite.Inspect(ctx, path, migrations); err != nil {
		return ctx.Err()
	}
	waiting, err := sqlite.Peek(ctx, path, waitingRequests)
	if err != nil || len(waiting) == 0 {
		return err
	}
	had, err := sqlite.Peek(ctx, filepath.Join(part, fileName), `SELECT id, revision, sha256 FROM outbox`)
	if err != nil {
		return err
	}
	n := 0
	for _, w := range waiting {
		if !slices.ContainsFunc(had, func(h []string) bool { return slices.Equal(h, w) }) {
			n++
		}
	}
	if n > 0 {
		return survey.Fail(survey.CodeUnsent, "casedb.restore", "有 %d 份已封存的申请还没有取得回执，而这份备份里没有它们；什么也没有改动", n)
	}
	return nil
}

// gather copies a backup into part without touching the backup.
func gather(ctx context.Context, part string, from Backup) error {
	if err := copyDurably(filepath.Join(from.Path, fileName), filepath.Join(part, fileName)); err != nil {
		return err
	}
	if err := copyBlobs(ctx, []string{filepath.Join(from.Path, blobDir)}, filepath.Join(part, blobDir)); err != nil {
		return err
	}
	return syncDir(part)
}

// swap sets aside what is there and moves the copy in. The database goes last: until it is there, Open says that it is missing.
func swap(dir, part string, from Backup, at time.Time) (string, error) {
	aside, moved := filepath.Join(dir, asideDir, at.UTC().Format(backupStamp)), ""
	if err := setAside(dir, &aside, &moved, fileName, fileName+"-wal", fileName+"-shm", blobDir); err != nil {
		return moved, err
	}
	if err := keepVault(dir, filepath.Dir(from.Path), aside, moved); err != nil {
		return moved, err
	}
	if moved != "" { // what was set aside lasts before its old names are gone for good
		if err := syncDir(moved); err != nil {
			return moved, err
		}
	}
	for _, name := range []string{blobDir, fileName} {
		if err := os.Rename(filepath.Join(part, name), filepath.Join(dir, name)); err != nil {
			return moved, err
		}
	}
	for _, name := range []string{fileName + "-wal", fileName + "-shm"} { // of the check
		_ = os.Remove(filepath.Join(part, name))
	}
	return moved, errors.Join(syncDir(dir), os.RemoveAll(part))
}

// setAside moves what is there of these names into aside, which is made when first needed; moved then is its name.
func setAside(dir string, aside, moved *string, names ...string) error {
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := makeAside(aside, *moved); err != nil {
			return err
		}
		*moved = *aside
		if err := os.Rename(filepath.Join(dir, name), filepath.Join(*aside, name)); err != nil {
			return err
		}
	}
	return nil
}

// makeAside makes the folder for what is set aside, under a name that is free.
func makeAside(aside *string, moved string) error {
	if moved != "" {
		return nil
	}
	for {
		_, err := os.Lstat(*aside)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return err
		}
		*aside += "-again"
	}
	if err := makeDir(filepath.Dir(*aside)); err != nil {
		return err
	}
	return makeDir(*aside)
}

// keepVault leaves the key file of the folder as it is when it can be read, else takes the one beside the backup.
func keepVault(dir, root, aside, moved string) error {
	path := filepath.Join(dir, vault.FileName)
	mine, err := vault.Open(dir)
	if err == nil {
		other, otherErr := vault.Open(root)
		if otherErr != nil || mine.ID() == other.ID() {
			return nil
		}
	}
	if _, err := os.Lstat(filepath.Join(root, vault.FileName)); err != nil {
		return nil // of a time before sealing, or taken away: Open tells
	}
	if _, err := os.Lstat(path); err == nil {
		if err := makeAside(&aside, moved); err != nil {
			return err
		}
		if err := os.Rename(path, filepath.Join(aside, vault.FileName)); err != nil {
			return err
		}
	}
	return copyDurably(filepath.Join(root, vault.FileName), path)
}
