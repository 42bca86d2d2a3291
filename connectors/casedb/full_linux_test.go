package casedb

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func init() { jobs["full"] = fillDisk }

// mountRefused is what the child prints where the system lets nobody mount.
const mountRefused = "mount refused"

// TestAFullDiskLosesNothing works on a disk of 2 MiB that a child mounts in a name space of its own.
func TestAFullDiskLosesNothing(t *testing.T) {
	cmd := child(t, "full", t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, syscall.EPERM) || strings.Contains(string(out), mountRefused) {
		t.Skipf("a small disk cannot be mounted here: %v %s", err, out)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// fillDisk runs in the child: facts until the disk is full, then contents, then again after room was made.
func fillDisk(ctx context.Context, dir string) error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("%s: %w", mountRefused, err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=2m"); err != nil {
		return fmt.Errorf("%s: %w", mountRefused, err)
	}
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 256<<10), 0o600); err != nil {
		return err
	}
	home := filepath.Join(dir, "home")
	db, err := Open(ctx, home)
	if err != nil {
		return err
	}
	c := fullCase("x")
	if err := db.Create(ctx, c, "", day); err != nil {
		return err
	}
	sha, err := db.Blobs().Put(ctx, []byte("早先的附件"))
	if err != nil {
		return err
	}
	if err := saveUntilFull(ctx, db, c); err != nil {
		return err
	}
	big := bytes.Repeat([]byte("x"), 4<<20)
	if _, err := db.Blobs().Put(ctx, big); survey.CodeOf(err) != survey.CodeDiskFull {
		return fmt.Errorf("a content that does not fit: %w", err)
	}
	if err := copiesOnFull(ctx, db, home); err != nil {
		return err
	}
	if err := intact(ctx, db, c, sha); err != nil {
		return err
	}
	if err := os.Remove(ballast); err != nil {
		return err
	}
	if err := saveSite(ctx, db, c, "有空间之后"); err != nil {
		return fmt.Errorf("with room again: %w", err)
	}
	if err := db.Close(); err != nil {
		return err
	}
	if err := restoreOnFull(ctx, home, dir); err != nil {
		return err
	}
	if db, err = Open(ctx, home); err != nil {
		return err
	}
	return errors.Join(intact(ctx, db, c, sha), db.Close())
}

// copiesOnFull holds that a backup and a new key file that do not fit say so and leave nothing half-made.
func copiesOnFull(ctx context.Context, db *DB, home string) error {
	if err := db.Backup(ctx, day); survey.CodeOf(err) != survey.CodeDiskFull {
		return fmt.Errorf("a backup that does not fit: %w", err)
	}
	if left, err := Rescue(home); err != nil || len(left) > 0 {
		return fmt.Errorf("half a backup is listed: %v %w", left, err)
	}
	if parts, _ := filepath.Glob(filepath.Join(home, backupDir, backupPart+"*")); len(parts) > 0 {
		return fmt.Errorf("the part of a backup keeps the room that is missing: %v", parts)
	}
	if _, err := db.Protect(ctx, "", passphrase, day); survey.CodeOf(err) != survey.CodeDiskFull {
		return fmt.Errorf("a key file that does not fit: %w", err)
	}
	if db.LockState(day).Protected {
		return errors.New("a passphrase that was not stored is said to be set")
	}
	return nil
}

// restoreOnFull holds that a restore that does not fit leaves the folder as it was.
func restoreOnFull(ctx context.Context, home, dir string) error {
	if err := syscall.Mount("", dir, "tmpfs", syscall.MS_REMOUNT, "size=16m"); err != nil {
		return err
	}
	db, err := Open(ctx, home)
	if err != nil {
		return err
	}
	if err := errors.Join(db.Backup(ctx, day), db.Close()); err != nil {
		return fmt.Errorf("backup with room: %w", err)
	}
	all, err := Rescue(home)
	if err != nil {
		return err
	}
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 32<<20), 0o600); err == nil {
		return errors.New("the disk is not full")
	}
	if _, err := Restore(ctx, home, all[0], day); survey.CodeOf(err) != survey.CodeDiskFull {
		return fmt.Errorf("a restore that does not fit: %w", err)
	}
	if _, err := os.Stat(filepath.Join(home, restorePart)); err == nil {
		return errors.New("the part of a restore keeps the room that is missing")
	}
	return os.Remove(ballast)
}

func saveSite(ctx context.Context, db *DB, c *survey.Case, note string) error {
	id := fmt.Sprintf("s%d", len(c.Sites))
	site := survey.Site{ID: id, Name: note}
	with := &survey.Case{Sites: []survey.Site{site}}
	facts, err := with.Facts()
	if err != nil {
		return err
	}
	var changes []wizard.Change
	for _, f := range facts {
		if f.Kind == "site" {
			f.Order = len(c.Sites)
			changes = append(changes, wizard.Change{Fact: f})
		}
	}
	if err := db.Save(ctx, c.ID, changes, "", day); err != nil {
		return err
	}
	c.Sites = append(c.Sites, site)
	return nil
}

func saveUntilFull(ctx context.Context, db *DB, c *survey.Case) error {
	for range 10_000 {
		if err := saveSite(ctx, db, c, strings.Repeat("厂", 2000)); err != nil {
			if survey.CodeOf(err) != survey.CodeDiskFull || !strings.Contains(survey.DetailOf(err), "磁盘已满") {
				return fmt.Errorf("full disk is called %w", err)
			}
			return nil
		}
	}
	return errors.New("the disk never became full")
}

func intact(ctx context.Context, db *DB, want *survey.Case, sha string) error {
	got, err := db.Load(ctx, want.ID)
	if err != nil {
		return err
	}
	if diff := cmp.Diff(want, got); diff != "" {
		return errors.New(diff)
	}
	b, err := db.Blobs().Get(ctx, sha)
	if err != nil || submit.Digest(b) != sha {
		return fmt.Errorf("content: %w", err)
	}
	return nil
}
