package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
)

type backupCmd struct {
	store
	Whole bool   `help:"整个门户：数据库、附件（已有的不再复制）与签名密钥；目标是文件夹。"`
	To    string `arg:"" type:"path" help:"目标文件；带 --whole 时是文件夹。"`
}

// Run copies the database, or everything.
func (c *backupCmd) Run(e *env) error {
	s, err := c.open(e.ctx)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	if !c.Whole {
		if c.Engine != "" {
			return errors.New("用 PostgreSQL 时请加 --whole，或用数据库自己的工具（pg_dump、pg_basebackup）")
		}
		return s.Backup(e.ctx, c.To)
	}
	carried, err := s.Copy(e.ctx, c.To, progress(e))
	if err != nil {
		return err
	}
	if err := copyKey(c.keyPath(), filepath.Join(c.To, "key", "portal.key")); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "已备份 %d 件申请、%d 个附件（%d 字节）和签名密钥。\n", carried.Requests, carried.Blobs, carried.Bytes)
	return err
}

// progress tells every thousandth blob.
func progress(e *env) func(done, of int) {
	return func(done, of int) {
		if done%1000 == 0 {
			e.log.Info("blobs", "done", done, "of", of)
		}
	}
}

// copyKey keeps an equal file and refuses to replace another key.
func copyKey(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	old, err := os.ReadFile(to)
	switch {
	case err == nil && string(old) == string(b):
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case err == nil && filepath.Base(filepath.Dir(to)) == "key": // rotated since: the old one is in the new one's chain
		if err := os.Rename(to, to+".before"); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

type restoreCmd struct {
	store
	From string `required:"" type:"existingdir" help:"backup --whole 写成的文件夹。"`
}

// Run examines the backup first; nothing is written from one that does not hold.
func (c *restoreCmd) Run(e *env) error {
	from, err := inbox.Open(e.ctx, c.From)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	key := filepath.Join(c.From, "key", "portal.key")
	if _, err := os.Stat(key); err != nil {
		return fmt.Errorf("备份里没有签名密钥: %w", err)
	}
	keys, err := server.LoadKeys(key, randomSource)
	if err != nil {
		return err
	}
	var faults []inbox.Fault
	receipts, _, err := from.Examine(e.ctx, true, keys.Ring().Verify, func(f inbox.Fault) { faults = append(faults, f) })
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("备份有 %d 处不符，什么也没有恢复；第一处：%s：%s", len(faults), faults[0].What, faults[0].Why)
	}
	to, err := c.open(e.ctx)
	if err != nil {
		return err
	}
	defer func() { _ = to.Close() }()
	carried, err := inbox.Transfer(e.ctx, from, to, progress(e))
	if errors.Is(err, inbox.ErrNotEmpty) {
		return errors.New("目标已有申请、账号或设备；请给一个空的数据文件夹或空的数据库")
	}
	if err != nil {
		return err
	}
	if err := copyKey(key, c.keyPath()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "已恢复 %d 件申请、%d 张回执、%d 个附件（%d 字节）和签名密钥；逐一核对无误。\n", carried.Requests, receipts, carried.Blobs, carried.Bytes)
	return err
}
