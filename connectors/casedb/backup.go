package casedb

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

const (
	// BackupFolder is the setting that names a second place for backups, "" when there is none.
	BackupFolder = wizard.BackupFolder
	// BackupProblem is the setting that says in words what is wrong with the backups, "" when nothing is.
	BackupProblem = wizard.BackupProblem
	// KeepBackups is how long backups stay; the newest one stays longer.
	KeepBackups = 14 * 24 * time.Hour
	// BackupEvery is how old the newest backup may grow before DueBackup makes another.
	BackupEvery = 24 * time.Hour

	backupDir   = "backups"
	backupStamp = "20060102T150405Z"
	backupPart  = "tmp-"
)

// Backup is a whole sealed copy of a folder: the database as it was at one
// moment and every content, as hard links where the disk has them. The key file
// stands once beside all copies of a place and always is the one in force, so
// that a way in that was taken away opens no old copy either.
type Backup = wizard.Copy

// SecondPlace names a second folder for backups, "" for none, and makes a backup at once, so that a place that cannot be written is
// known now. It fails with E0101 for a folder inside this one, where both copies would be lost together.
func (db *DB) SecondPlace(ctx context.Context, folder string, at time.Time) error {
	const op = "casedb.secondplace"
	if err := db.ready(op); err != nil {
		return err
	}
	if folder != "" {
		abs, err := filepath.Abs(folder)
		if err != nil {
			return fail(op, err)
		}
		if rel, err := filepath.Rel(db.dir, abs); err == nil && (rel == "." || filepath.IsLocal(rel)) {
			return survey.Fail(survey.CodeField, op, "第二备份文件夹不能在案卷文件夹里面，请选 U 盘或另一块硬盘上的文件夹")
		}
		folder = abs
	}
	if err := db.PutSetting(ctx, BackupFolder, folder); err != nil {
		return err
	}
	return db.Backup(ctx, at)
}

// Backup copies the folder now, to its backups/ and to the second place when
// one is set, and clears away copies older than KeepBackups. A second place
// that cannot be written fails with E0306 after the first copy is safe. While
// locked only the first copy is made. How it ended is kept under BackupProblem.
func (db *DB) Backup(ctx context.Context, at time.Time) error {
	const op = "casedb.backup"
	err := fail(op, db.backup(ctx, at))
	if db.seal.isLocked() || survey.CodeOf(err) == survey.CodeCancelled && err != nil {
		return err
	}
	problem := survey.DetailOf(err)
	if had, readErr := db.Setting(ctx, BackupProblem); readErr == nil && had != problem {
		_ = db.PutSetting(ctx, BackupProblem, problem) // the failure itself is returned
	}
	return err
}

func (db *DB) backup(ctx context.Context, at time.Time) error {
	if err := db.backupTo(ctx, db.places()[0], at); err != nil {
		return err
	}
	second, err := db.second(ctx)
	if err != nil || second == "" {
		return err
	}
	if err := db.backupTo(ctx, second, at); err != nil {
		return &survey.Error{Code: survey.CodeStore, Op: "casedb.backup", Detail: "本机的备份已完成，第二备份文件夹写不进，请检查它是否插好、是否有空间", Err: err}
	}
	return nil
}

// DueBackup makes a backup when there are cases and the newest backup is older than BackupEvery.
func (db *DB) DueBackup(ctx context.Context, at time.Time) error {
	var n int
	if err := db.sql.Read.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM case_ LIMIT 1)`).Scan(&n); err != nil || n == 0 {
		return fail("casedb.backup", err)
	}
	all, err := listBackups(db.places()[0], false)
	if err != nil {
		return fail("casedb.backup", err)
	}
	if len(all) > 0 && at.Sub(all[0].At) < BackupEvery && !all[0].At.After(at) {
		return nil
	}
	return db.Backup(ctx, at)
}

// Backups lists the copies, newest first; those of a second place that is not there or cannot be read now are left out.
func (db *DB) Backups(ctx context.Context) ([]Backup, error) {
	const op = "casedb.backups"
	all, err := listBackups(db.places()[0], false)
	if err != nil {
		return nil, fail(op, err)
	}
	more, err := db.secondBackups(ctx)
	if code := survey.CodeOf(err); err != nil && code != survey.CodeStore {
		return nil, err
	}
	all = append(all, more...)
	slices.SortStableFunc(all, func(a, b Backup) int { return b.At.Compare(a.At) })
	return all, nil
}

// secondBackups lists the copies in the second place; E0306 when it is there and cannot be read.
func (db *DB) secondBackups(ctx context.Context) ([]Backup, error) {
	const op = "casedb.backups"
	second, err := db.second(ctx)
	if err != nil || second == "" {
		return nil, fail(op, err)
	}
	all, err := listBackups(second, true)
	return all, fail(op, err)
}

// Rescue lists the copies inside a folder that Open cannot open, newest first.
func Rescue(dir string) ([]Backup, error) {
	all, err := listBackups(filepath.Join(dir, backupDir), false)
	return all, fail("casedb.rescue", err)
}

// BackupsIn lists the copies in a second place, newest first, e.g. to go on with on another computer.
func BackupsIn(place string) ([]Backup, error) {
	all, err := listBackups(place, true)
	return all, fail("casedb.rescue", err)
}

func (db *DB) places() []string { return []string{filepath.Join(db.dir, backupDir)} }

// second gives the second place, "" when there is none or it cannot be known while locked.
func (db *DB) second(ctx context.Context) (string, error) {
	if db.seal.isLocked() {
		return "", nil
	}
	return db.Setting(ctx, BackupFolder)
}

func listBackups(root string, second bool) ([]Backup, error) {
	entries, err := os.ReadDir(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Backup
	for _, e := range entries {
		at, err := time.Parse(backupStamp, e.Name())
		if err == nil && e.IsDir() {
			out = append(out, Backup{At: at, Path: filepath.Join(root, e.Name()), Second: second})
		}
	}
	slices.SortFunc(out, func(a, b Backup) int { return b.At.Compare(a.At) })
	return out, nil
}

// backupTo makes one copy, which appears whole under its name or not at all.
func (db *DB) backupTo(ctx context.Context, root string, at time.Time) error {
	if err := makeDir(root); err != nil {
		return err
	}
	old, err := listBackups(root, false)
	if err != nil {
		return err
	}
	if err := sweepParts(root); err != nil {
		return err
	}
	part := filepath.Join(root, backupPart+at.UTC().Format(backupStamp))
	if err := makeDir(part); err != nil {
		return err
	}
	if err := db.copyInto(ctx, part, old); err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	final := filepath.Join(root, at.UTC().Format(backupStamp))
	if err := os.RemoveAll(final); err != nil { // a copy of this very second
		return err
	}
	if err := os.Rename(part, final); err != nil {
		return err
	}
	if err := errors.Join(syncDir(root), db.mirrorTo(root)); err != nil {
		return err
	}
	return expire(root, at)
}

func (db *DB) copyInto(ctx context.Context, part string, old []Backup) error {
	if err := db.sql.Backup(ctx, filepath.Join(part, fileName)); err != nil {
		return err
	}
	from := []string{filepath.Join(db.dir, blobDir)}
	if len(old) > 0 {
		from = append(from, filepath.Join(old[0].Path, blobDir))
	}
	return copyBlobs(ctx, from, filepath.Join(part, blobDir))
}

// mirror puts the key file in force beside the backups.
func (db *DB) mirror(ctx context.Context) error {
	root := db.places()[0]
	if _, err := os.Stat(root); err == nil {
		if err := db.mirrorTo(root); err != nil {
			return err
		}
	}
	second, err := db.second(ctx)
	if err != nil || second == "" {
		return err
	}
	if _, err := os.Stat(second); err != nil {
		return nil // is done with the next backup
	}
	return db.mirrorTo(second)
}

func (db *DB) mirrorTo(root string) error {
	if db.vault == nil {
		return nil
	}
	return db.vault.CopyTo(root)
}

// expire removes copies older than KeepBackups, never the newest one.
func expire(root string, at time.Time) error {
	all, err := listBackups(root, false)
	if err != nil {
		return err
	}
	for i, b := range all {
		if i > 0 && at.Sub(b.At) > KeepBackups {
			if err := os.RemoveAll(b.Path); err != nil {
				return err
			}
		}
	}
	return nil
}

func sweepParts(root string) error {
	left, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	for _, e := range left {
		if len(e.Name()) > len(backupPart) && e.Name()[:len(backupPart)] == backupPart {
			if err := os.RemoveAll(filepath.Join(root, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
