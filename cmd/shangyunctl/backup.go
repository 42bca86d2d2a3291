package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/connectors/casedb"
	"github.com/shangyuntong/shangyun/survey"
)

type backupCmd struct {
	Now     backupNow     `cmd:"" help:"立即备份；可用 --to 指定第二个备份文件夹并记住。"`
	List    backupList    `cmd:"" help:"列出备份。"`
	Restore backupRestore `cmd:"" help:"恢复到某个备份；现在的文件另存在 aside/ 里，不会删除。"`
}

// withStore opens the case file itself, unlocked.
func (r *run) withStore(do func(db *casedb.DB) error) error {
	db, err := join.Store(r.ctx, r.cli.Data)
	if err != nil {
		return err
	}
	err = r.open(locker{db.LockState(time.Now()), func(s string) error { return db.Unlock(r.ctx, s, time.Now()) }, func() error { return db.UnlockKeyring(r.ctx) }})
	if err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(do(db), db.Close())
}

type backupNow struct {
	To string `help:"第二个备份文件夹，如 U 盘。" type:"path"`
}

func (c *backupNow) Run(r *run) error {
	return r.withStore(func(db *casedb.DB) error {
		err := error(nil)
		if c.To != "" {
			err = db.SecondPlace(r.ctx, c.To, time.Now())
		} else {
			err = db.Backup(r.ctx, time.Now())
		}
		if err != nil {
			return err
		}
		all, err := db.Backups(r.ctx)
		if err != nil {
			return err
		}
		return r.say(all[0], "已备份到 %s\n", all[0].Path)
	})
}

type backupList struct {
	In string `help:"列出这个备份文件夹里的，而不是案卷文件夹里的。" type:"path"`
}

func (c *backupList) Run(r *run) error {
	all, err := r.copies(c.In)
	if err != nil || r.cli.JSON {
		return orJSON(r, err, all)
	}
	for i, b := range all {
		fmt.Fprintf(r.out, "%d  %s  %s\n", i+1, b.At.Local().Format("2006-01-02 15:04:05"), b.Path)
	}
	if len(all) == 0 {
		fmt.Fprintln(r.out, "还没有备份。用 shangyunctl backup now 备份。")
	}
	return nil
}

// copies lists without opening the case file, so that it works while that is locked or damaged.
func (r *run) copies(in string) ([]casedb.Backup, error) {
	if in != "" {
		return casedb.BackupsIn(in)
	}
	return casedb.Rescue(r.cli.Data)
}

type backupRestore struct {
	Number int    `arg:"" optional:"" default:"1" help:"backup list 里的序号，1 是最新的。"`
	In     string `help:"从这个备份文件夹恢复。" type:"path"`
	Yes    bool   `help:"不再询问。"`
}

func (c *backupRestore) Run(r *run) error {
	all, err := r.copies(c.In)
	if err != nil {
		return err
	}
	if c.Number < 1 || c.Number > len(all) {
		return survey.Fail(survey.CodeFileMissing, "shangyunctl.restore", "没有第 %d 份备份，现有 %d 份", c.Number, len(all))
	}
	b := all[c.Number-1]
	when := b.At.Local().Format("2006-01-02 15:04:05")
	if err := r.sure(c.Yes, "案卷将回到 "+when+" 的样子，现在的文件另存。继续吗"); err != nil {
		return err
	}
	aside, err := casedb.Restore(r.ctx, r.cli.Data, b, time.Now())
	if err != nil {
		return err
	}
	return r.say(map[string]string{"restored": b.Path, "aside": aside}, "已恢复到 %s；原来的文件在 %s\n", when, aside)
}
