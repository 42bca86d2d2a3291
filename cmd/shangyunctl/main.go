// Command shangyunctl does everything the wizard does, by words: inventory, assessment, recommendation, subsidy, application and
// sending. It is pure Go and calls the same verbs as the window. It holds no rule of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"os/user"

	"github.com/alecthomas/kong"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

const about = `上云通命令行：盘点、评测、推荐、测算、申报、报送，与向导同一套动作。

退出码：0 完成；2 用法不对；3 输入有误；4 条件不齐（会说明缺什么）；5 网络或连接问题；6 被报送平台拒绝；1 程序内部出错。`

// cli is the grammar of the command line.
type cli struct {
	Data    string           `help:"案卷所在文件夹。" env:"SHANGYUN_DATA" default:"${data}" type:"path"`
	JSON    bool             `help:"以 JSON 输出，供程序读取。" name:"json"`
	Lang    string           `help:"界面语言 zh 或 en。" enum:"zh,en" default:"zh" env:"SHANGYUN_LANG"`
	Version kong.VersionFlag `help:"显示版本。"`
	By      string           `help:"操作人姓名，写入每条事实的来源。" env:"SHANGYUN_BY" default:"${user}"`

	Identity string `help:"用这个 age 私钥文件开锁（服务机构），代替口令。" env:"SHANGYUN_IDENTITY" type:"path" placeholder:"FILE"`

	Case      caseCmd      `cmd:"" help:"案卷：新建、列出、查看、导出、导入。"`
	Set       setCmd       `cmd:"" help:"填写字段，如 set firm.name=株洲某某有限公司。"`
	Host      hostCmd      `cmd:"" help:"盘点本机：登记为信息设备，认出已安装的工厂软件。"`
	Scan      scanCmd      `cmd:"" help:"盘点网络：先显示计划，同意后只读地询问设备是什么。"`
	Listen    listenCmd    `cmd:"" help:"只听：记下设备自己广播的名称、型号（LLDP、mDNS、SSDP、WS-Discovery）。"`
	Probe     probeCmd     `cmd:"" help:"用一种协议问一台设备，如 probe modbus 192.168.1.9。"`
	Import    importCmd    `cmd:"" help:"导入设备台账（.xlsx、.csv）、nmap 或 GLPI 的结果；--look 先看各列怎么读。"`
	Invoice   invoiceCmd   `cmd:"" help:"导入电子发票（数电 XML、OFD、二维码照片或 zip），逐张核对，未验真。"`
	Export    exportCmd    `cmd:"" help:"导出设备清单：固定资产表、GLPI、CycloneDX、AAS 电子铭牌。"`
	Asset     assetCmd     `cmd:"" help:"清单里的设备：列出、拆分、合并、拆开误并、还没认出的、铭牌照片。"`
	Answer    answerCmd    `cmd:"" help:"回答评测题，如 answer Q8=D office=2。"`
	Assess    assessCmd    `cmd:"" help:"按 2024 年版指标评测数字化水平。"`
	Recommend recommendCmd `cmd:"" help:"推荐最省钱的平台组合。"`
	Choose    chooseCmd    `cmd:"" help:"选型：为什么、为什么不、净费用、稳定性、路线图、询价、报价、产品目录。"`
	Subsidy   subsidyCmd   `cmd:"" help:"按政策测算补贴上限。"`
	Apply     applyCmd     `cmd:"" help:"生成申报书、汇总表和申请数据。"`
	Package   packageCmd   `cmd:"" help:"生成整套申报材料包：全部文书、表格、附件，按 市-企业-序号-名称 命名。"`
	Guide     guideCmd     `cmd:"" help:"申报系统的报送指引：步骤与日期、按屏幕顺序的字段表。"`
	Remind    remindCmd    `cmd:"" help:"申报步骤和获批后事项的提醒，可导出 .ics 日历。"`
	Report    reportCmd    `cmd:"" help:"生成诊断报告（PDF，内含 JSON 数据）。"`
	Attach    attachCmd    `cmd:"" help:"附上证明材料。"`
	Portal    portalCmd    `cmd:"" help:"登记报送门户。"`
	Platform  platformCmd  `cmd:"" help:"平台自己的接口：列出、填写地址和密钥、试运行、发送。"`
	Send      sendCmd      `cmd:"" help:"封存并报送，取得回执。"`
	Outbox    outboxCmd    `cmd:"" help:"待报送队列：列出、逐一报送并自动重试、暂停、继续、限速。"`
	Receipt   receiptCmd   `cmd:"" help:"回执：列出，或写成可打印的 PDF。"`
	Batch     batchCmd     `cmd:"" help:"批量报送：先看哪些可以报、同意什么，再逐份报送；一份有问题不影响别的。"`
	Compare   compareCmd   `cmd:"" help:"企业对比：等级、得分、比率、方案费用、补贴上限，可写成 XLSX。"`
	Visit     visitCmd     `cmd:"" help:"走访：走访表（PDF、XLSX）、读回走访表、收现场照片、记录。"`
	Check     checkCmd     `cmd:"" help:"检查：只看不改，记意见，打印签字页。"`
	Status    statusCmd    `cmd:"" help:"查看报送状态和回执，可与门户逐字节核对。"`
	History   historyCmd   `cmd:"" help:"列出每次修改：何人、何时、由何改为何。"`
	Undo      undoCmd      `cmd:"" help:"撤销最近一次修改。"`
	Redo      redoCmd      `cmd:"" help:"重做刚撤销的修改。"`
	Changes   changesCmd   `cmd:"" help:"列出自上次报送以来的变化。"`
	Audit     auditCmd     `cmd:"" help:"操作记录：谁在何时查看、修改、导出、报送；核对有没有被改动。"`
	Lock      lockCmd      `cmd:"" help:"口令、恢复码、钥匙串、服务机构。"`
	Backup    backupCmd    `cmd:"" help:"备份与恢复。"`
	Simulate  simulateCmd  `cmd:"" help:"用许多案卷推算一项政策要花多少钱、哪些企业可得。"`
	Parcel    parcelCmd    `cmd:"" help:"交接：把案卷封好交给别人，收下别人交来的，处理两边不同的地方。"`
	Pack      packCmd      `cmd:"" help:"规则包：列出、检查。"`
	Update    updateCmd    `cmd:"" help:"更新规则包和程序：从 U 盘、文件夹或网上，验过签名才装，可退回。"`
	Licences  licencesCmd  `cmd:"" help:"列出第三方部件和许可，或输出成分清单（SBOM）。"`
	Schema    schemaCmd    `cmd:"" help:"输出交换文件的 JSON Schema 或可填字段。"`
	Sample    sampleCmd    `cmd:"" help:"写出样例企业的资料。"`
	Manual    manualCmd    `cmd:"" help:"用户手册（--out 写成 PDF）和名词表：manual 联网率。"`
	Find      findCmd      `cmd:"" help:"在一个案卷里查找：字段、设备、系统、题目、场景、产品、政策条款、附件。"`
}

// run is what every command gets.
type run struct {
	ctx  context.Context
	cli  *cli
	out  io.Writer
	note io.Writer // progress and hints, apart from the result
	text survey.Text
	desk *wizard.Desk
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	if err := join.FinishUpdate(); err != nil {
		fmt.Fprintln(os.Stderr, err) // the programs here start all the same
	}
	code := Main(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Main runs one command line and gives its exit code.
func Main(ctx context.Context, args []string, out, errs io.Writer) int {
	texts, err := join.Texts()
	if err != nil {
		fmt.Fprintln(errs, err)
		return exitCode(err)
	}
	var c cli
	text := texts["zh"]
	parser, err := kong.New(&c, kong.Name("shangyunctl"), kong.Description(about), kong.Writers(out, errs), kong.Exit(func(int) { panic(helped{}) }),
		kong.Vars{"version": "上云通 " + join.Version, "data": join.DefaultFolder(), "user": userName()}, kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(errs, err)
		return 1
	}
	line, err, shown := parse(parser, args)
	if shown {
		return 0
	}
	if err != nil {
		fmt.Fprintln(errs, text.Error(&survey.Error{Code: survey.CodeUsage, Op: "shangyunctl", Detail: err.Error()}))
		return 2
	}
	r := &run{ctx: ctx, cli: &c, out: out, note: errs, text: texts[c.Lang]}
	if err := line.Run(r); err != nil {
		if ctx.Err() != nil && survey.CodeOf(err) == survey.CodeInternal {
			err = survey.Wrap(survey.CodeCancelled, "shangyunctl", err)
		}
		fmt.Fprintln(errs, r.text.Error(err))
		return exitCode(err)
	}
	return 0
}

// helped ends parsing after --help was printed.
type helped struct{}

func parse(p *kong.Kong, args []string) (line *kong.Context, err error, shown bool) {
	defer func() {
		if x := recover(); x != nil {
			if _, ok := x.(helped); !ok {
				panic(x)
			}
			shown = true
		}
	}()
	line, err = p.Parse(args)
	return line, err, false
}

// withDesk opens the case file for one command.
func (r *run) withDesk(do func(d *wizard.Desk) error) error {
	desk, closer, err := join.Desk(r.ctx, r.cli.Data, r.cli.By)
	if err != nil {
		return err
	}
	if err := r.unlock(desk); err != nil {
		return errors.Join(err, closer.Close())
	}
	return errors.Join(do(desk), closer.Close())
}

func exitCode(err error) int {
	switch survey.CodeOf(err).Class() {
	case survey.ClassUsage:
		return 2
	case survey.ClassInvalid:
		return 3
	case survey.ClassNotReady:
		return 4
	case survey.ClassNetwork:
		return 5
	case survey.ClassRefused:
		return 6
	}
	return 1
}

func userName() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "本机用户"
}
