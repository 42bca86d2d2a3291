package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/survey/submit"
)

var randomSource io.Reader = rand.Reader

type enrolCodeCmd struct {
	store
}

// Run prints a new code.
func (c *enrolCodeCmd) Run(e *env) error {
	s, err := c.open(e.ctx)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	code, err := addCode(e.ctx, s, e.now())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "登记码 %s（七天内可用一次）\n", code)
	return err
}

// addCode makes a code that may be used once within a week.
func addCode(ctx context.Context, s *inbox.Store, now time.Time) (string, error) {
	code := server.NewCode()
	return code, s.AddEnrolCode(ctx, code, now, now.Add(server.CodeLife))
}

type keyCmd struct {
	Show   keyShowCmd   `cmd:"" help:"打印密钥指纹，供登记时核对。"`
	Rotate keyRotateCmd `cmd:"" help:"换一把新密钥，由旧密钥签字；正在运行的门户随即换用。"`
}

type keyShowCmd struct {
	store
}

// Run prints the fingerprint.
func (c *keyShowCmd) Run(e *env) error {
	k, err := c.keys()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "密钥指纹 %s\n", submit.Fingerprint(k.Public()))
	return err
}

type keyRotateCmd struct {
	store
}

// Run changes the key.
func (c *keyRotateCmd) Run(e *env) error {
	k, err := c.keys()
	if err != nil {
		return err
	}
	if err := k.Rotate(randomSource, e.now()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "新密钥指纹 %s\n已登记的设备会凭旧密钥的签字认可它；正在运行的门户随即换用，不必重启。\n", submit.Fingerprint(k.Public()))
	return err
}

// sentence says what stands in the way and what to do next.
func sentence(err error) string {
	for _, row := range []struct {
		err  error
		text string
	}{
		{sqlite.ErrDamaged, "数据库文件已损坏，请用备份恢复数据文件夹。"},
		{sqlite.ErrNewer, "数据库由更新的版本写成，请安装新版报送门户。"},
		{sqlite.ErrFull, "磁盘已满，请腾出空间后重试。"},
		{sqlite.ErrReadOnly, "数据文件夹打不开或不能写，请检查路径与权限。"},
		{inbox.ErrEngineFile, "存储引擎文件不能用，请按《运营指南》写好并设为 600。"},
		{inbox.ErrAway, "数据库或对象存储连不上，请检查地址、口令与网络。"},
		{errOtherKey, "请把第一台的 key/portal.key 复制到本机的数据文件夹。"},
		{server.ErrKeyFile, "密钥文件已损坏，请用备份恢复 key/portal.key。"},
		{sqlite.ErrBusy, "数据库正被另一个程序占用，请稍后重试。"},
	} {
		if errors.Is(err, row.err) {
			return row.text + "（" + err.Error() + "）"
		}
	}
	return err.Error()
}
