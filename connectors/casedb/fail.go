package casedb

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
)

// fail gives err the code of what stands in the way. An error that has a code keeps it.
func fail(op string, err error) error {
	var coded *survey.Error
	if err == nil || errors.As(err, &coded) {
		return err
	}
	err = sqlite.Explain(err)
	code, detail := survey.CodeStore, "无法读写数据文件夹，请检查磁盘和权限后再试"
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		code, detail = survey.CodeCancelled, ""
	case errors.Is(err, sqlite.ErrDamaged):
		code, detail = survey.CodeStoreDamaged, fileName+" 已损坏，原文件没有改动；请先把整个文件夹另存一份，再用备份恢复"
	case errors.Is(err, sqlite.ErrNewer):
		code, detail = survey.CodeStoreNewer, fileName+" 由更新的版本写成，没有改动；请先升级本程序"
	case errors.Is(err, vault.ErrNewer):
		code, detail = survey.CodeStoreNewer, vault.FileName+" 由更新的版本写成，没有改动；请先升级本程序"
	case errors.Is(err, vault.ErrDamaged):
		code, detail = survey.CodeStoreDamaged, "密钥文件 "+vault.FileName+" 已损坏，没有改动；请从备份文件夹放回它"
	case errors.Is(err, vault.ErrLocked):
		code, detail = survey.CodeLocked, ""
	case full(err):
		code, detail = survey.CodeDiskFull, "磁盘已满，这一步没有保存，此前保存的都在；请腾出空间后再试"
	case errors.Is(err, sqlite.ErrBusy):
		code, detail = survey.CodeStoreBusy, "数据文件正被另一个程序占用，请关闭它再试"
	}
	return &survey.Error{Code: code, Op: op, Detail: detail, Err: err}
}

// sure looks twice before a person hears that the file is damaged: SQLite says so of a page that the disk failed to give once, too. It is not
// for use inside a transaction of its own.
func (db *DB) sure(ctx context.Context, err error) error {
	if !errors.Is(sqlite.Explain(err), sqlite.ErrDamaged) || db.sql.QuickCheck(ctx) != nil {
		return err
	}
	return fmt.Errorf("%w: %v", sqlite.ErrIO, err)
}

// full tells whether the disk, a quota or a limit on file sizes leaves no room.
func full(err error) bool {
	return errors.Is(err, sqlite.ErrFull) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EFBIG) || noRoom(err)
}

// damaged names a stored thing that cannot be read back.
func damaged(op, what string, err error) error {
	if code := survey.CodeOf(err); code == survey.CodeLocked || code == survey.CodeNoCase {
		return err
	}
	return &survey.Error{Code: survey.CodeStoreDamaged, Op: op, Detail: what + "已损坏，原内容没有改动；请用备份恢复", Err: err}
}
