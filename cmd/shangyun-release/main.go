// Command shangyun-release is the publisher's tool: licences, parts lists, checksums, release notes, keys and signed update packages. It
// is used while packages are made and is shipped to nobody; it holds no rule about a case.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
)

type cli struct {
	Licences licencesCmd `cmd:"" help:"收集第三方许可，写入 installer/licences.json。"`
	SBOM     sbomCmd     `cmd:"" name:"sbom" help:"从编译好的程序读出成分，写成 CycloneDX。"`
	Sums     sumsCmd     `cmd:"" help:"写出 SHA256SUMS 并签名。"`
	Verify   verifyCmd   `cmd:"" help:"核对 SHA256SUMS 及其签名。"`
	Notes    notesCmd    `cmd:"" help:"从提交历史写发布说明。"`
	Key      keyCmd      `cmd:"" help:"新建一对 minisign 签名钥匙。"`
	Packs    packsCmd    `cmd:"" help:"制作签名的规则更新包。"`
	Program  programCmd  `cmd:"" help:"制作签名的程序更新包。"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	var c cli
	k := kong.Parse(&c, kong.Name("shangyun-release"), kong.Description("上云通发布工具。退出码：0 完成，1 失败，2 用法不对。"), kong.UsageOnError(), kong.Exit(func(code int) {
		if code != 0 {
			code = 2
		}
		os.Exit(code)
	}))
	k.BindTo(ctx, (*context.Context)(nil))
	err := k.Run()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "shangyun-release:", err)
		os.Exit(1)
	}
}
