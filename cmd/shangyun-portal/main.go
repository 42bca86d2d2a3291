// Command shangyun-portal receives prepared requests, signs receipts and shows
// them to the staff. One data folder holds everything it keeps.
//
// It only wires flags to connectors/portal; no rule about a request stands here.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
	"github.com/shangyuntong/shangyun/installer"
)

// cli is the command line.
type cli struct {
	Version kong.VersionFlag `help:"显示版本。"`

	Serve     serveCmd     `cmd:"" help:"运行报送门户。"`
	EnrolCode enrolCodeCmd `cmd:"" help:"签发一个一次性的设备登记码。"`
	Key       keyCmd       `cmd:"" help:"查看或更换签名密钥。"`
	Account   accountCmd   `cmd:"" help:"账号：新增、修改、停用。"`
	Device    deviceCmd    `cmd:"" help:"设备：列出、停用、报失。"`
	Parcel    parcelCmd    `cmd:"" help:"U盘收件：本门户的名片、登记设备的名片、收下报送包、做带回的包。"`
	Backup    backupCmd    `cmd:"" help:"备份：只复制数据库到一个文件，或用 --whole 把整个门户备份到一个文件夹（含附件与签名密钥）。"`
	Restore   restoreCmd   `cmd:"" help:"把 backup --whole 的备份恢复到空的数据文件夹，或迁到 --engine 所指的 PostgreSQL 与对象存储。"`
	Doctor    doctorCmd    `cmd:"" help:"体检：逐项核对密钥、数据库、附件、审计链、回执签名、账号与磁盘；有问题时退出码为 1。"`
}

// env is what every command works with.
type env struct {
	ctx context.Context
	out io.Writer
	in  io.Reader
	log *slog.Logger
	now func() time.Time
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	k := kong.Parse(&c, kong.Name("shangyun-portal"), kong.Description("上云通 报送门户。退出码：0 完成，1 失败，2 用法不对。"),
		kong.Vars{"version": "上云通 " + installer.Version()}, kong.UsageOnError(), kong.Exit(exit))
	e := &env{ctx: ctx, out: os.Stdout, in: os.Stdin, log: slog.New(slog.NewTextHandler(os.Stderr, nil)), now: time.Now}
	if err := k.Run(e); err != nil {
		fmt.Fprintln(os.Stderr, "shangyun-portal:", sentence(err))
		stop()
		os.Exit(1)
	}
}

// exit turns kong's usage failures into 2.
func exit(code int) {
	if code != 0 {
		code = 2
	}
	os.Exit(code)
}

// store is the data folder that every command opens.
type store struct {
	Data   string `required:"" type:"path" help:"数据文件夹。"`
	Engine string `type:"path" env:"SHANGYUN_PORTAL_ENGINE" help:"存储引擎文件（JSON，含 PostgreSQL 与对象存储的地址和口令，权限 600）；不给则用数据文件夹内的 SQLite。"`
}

func (s store) open(ctx context.Context) (*inbox.Store, error) {
	if s.Engine == "" {
		return inbox.Open(ctx, s.Data)
	}
	e, err := inbox.ReadEngine(s.Engine)
	if err != nil {
		return nil, err
	}
	return inbox.OpenEngine(ctx, e, s.Data)
}

func (s store) keyPath() string { return filepath.Join(s.Data, "key", "portal.key") }

func (s store) keys() (*server.Keys, error) { return server.LoadKeys(s.keyPath(), randomSource) }
