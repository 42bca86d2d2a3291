package wizard

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// LeavingKind names a class of readable content that can leave the case file.
type LeavingKind string

// The classes. Requests that go to a portal are not among them: their consent is a fact of the case and part of what is sealed (see Agree).
const (
	LeavesExchange   LeavingKind = "exchange"    // 交换文件: the facts as they hold, without attachments
	LeavesBundle     LeavingKind = "bundle"      // 资料包: everything of the firm
	LeavesPapers     LeavingKind = "application" // 申报书、汇总表和申请数据
	LeavesOnboarding LeavingKind = "onboarding"  // 上云对接需求表
	LeavesDossier    LeavingKind = "dossier"     // 材料包
	LeavesTasks      LeavingKind = "tasks"       // 提醒日历
	LeavesReport     LeavingKind = "report"      // 诊断报告
	LeavesLog        LeavingKind = "log"         // 操作记录
	LeavesModel      LeavingKind = "model"       // 选型模型与结果
	LeavesRegister   LeavingKind = "register"    // 设备与系统清单, in the format of another program
	LeavesProofs     LeavingKind = "proofs"      // 证据目录
	LeavesInquiry    LeavingKind = "inquiry"     // 询价函
	LeavesComparison LeavingKind = "comparison"  // 比价表
	LeavesWalk       LeavingKind = "walk"        // 走访表
	LeavesCheck      LeavingKind = "check"       // 检查签字页
	LeavesCompare    LeavingKind = "compare"     // 企业对比表
	LeavesChart      LeavingKind = "chart"       // 图表
)

// LeavesWith gives the class of the papers of a request.
func LeavesWith(kind submit.Kind) LeavingKind {
	if kind == submit.Onboarding {
		return LeavesOnboarding
	}
	return LeavesPapers
}

// Leaving (外发) is what a person agrees to before something readable is written outside the case file: what, where to, who.
//
// Consent is asked each time something is exported to a file, because nothing ties one file to the next and whoever holds it can pass it on.
// It is recorded as a line of its own in the log, before the line of the export: an export does not change what it exports. Consent to a
// sending is asked once for each kind of request, portal and wording, because the sealed bytes carry it and go to that portal only.
type Leaving struct {
	Kind  LeavingKind
	Where string // the file or folder; "标准输出" for a screen or a pipe
	By    string // who agreed; "" is nobody yet
}

var leavingWords = map[LeavingKind]string{
	LeavesExchange:   "企业信息、联系人及电话、银行账户、历年数据、设备与系统清单、评测答卷、方案、合同发票付款明细和附件目录（不含附件本身、修改历史和操作记录），以可读的交换文件",
	LeavesBundle:     "本机所存的全部资料：企业信息、联系人及电话、银行账户、清单、答卷、合同发票、全部附件、每次修改的历史、操作记录、已封存的申请及回执，以可读的资料包",
	LeavesPapers:     "申报书、汇总表、评测结果、费用明细、联系人及电话、银行账户等申报内容，以可读的文书",
	LeavesDossier:    "申报材料包：申报书、申报表、承诺书、授权委托书、技术方案和总结报告、投入明细、汇总表、证据索引、字段表、申请数据和全部申报附件，含联系人及电话、银行账户，以可读的文件",
	LeavesTasks:      "申报步骤和获批后事项的日期（含申报表编号），以可读的日历文件",
	LeavesReport:     "诊断报告及其附件数据：企业信息、联系人（电话打码）、历年数据、设备与系统清单、评测答卷、方案、合同发票付款明细、补贴测算和附件目录（不含银行账户和附件本身），以可读的 PDF",
	LeavesLog:        "操作记录（何人何时查看、修改、导出、报送了什么，发到哪里），以可读的表格",
	LeavesModel:      "选型模型与结果（需求、报价、补贴条件和推荐结果，不含联系人和账户），以可读的文件",
	LeavesRegister:   "设备与系统清单（名称、型号、厂家、编号、原值、地点、网络地址和网卡地址、主机名、控制系统，不含联系人、账户和附件），以可读的文件",
	LeavesProofs:     "证据目录（评测答案、要看的材料、已附文件的名称和指纹，不含文件本身），以可读的表格",
	LeavesInquiry:    "企业名称、要询价的产品和数量（人数、设备台数、产线、厂区），以可读的询价函",
	LeavesComparison: "企业名称、需求、可选产品、价格、报价依据和是否入选（不含联系人和账户），以可读的表格",
	LeavesWalk:       "走访表（设备名称、型号、厂家、编号、车间、产线、联网和上云情况、备注，不含联系人、账户和原值），以可读的 PDF 和表格",
	LeavesCheck:      "检查签字页（企业名称、信用代码、评测结果、设备数、补贴测算上限、检查意见和案卷摘要），以可读的 PDF",
	LeavesCompare:    "企业名称、地区、行业、评测等级和得分、设备比率、方案费用和补贴测算上限，以可读的对比表",
	LeavesChart:      "页面上的一张图（得分、等级、费用、补贴测算或设备名称），以可读的图片",
	LeavesOnboarding: "企业名称、信用代码、所在地区、联系人及电话、所选产品、待接入设备、网络情况和希望的时间，以可读的文书",
}

// Text is the sentence that is agreed to and recorded.
func (l Leaving) Text(firm string) string {
	if firm == "" {
		firm = "未命名企业"
	}
	return fmt.Sprintf("同意把“%s”的%s写到“%s”。写出的文件不再加密，由持有它的人负责保管。", firm, leavingWords[l.Kind], l.Where)
}

// Leave records the consent and then the export, both before anything is written. Without a name it fails with E0403 that says exactly what
// would leave and where to.
func (d *Desk) Leave(ctx context.Context, id string, l Leaving) error {
	c, err := d.Cases.Load(ctx, id)
	if err != nil {
		return err
	}
	text := l.Text(c.Firm.Name)
	if l.By = strings.TrimSpace(l.By); l.By == "" {
		return survey.Fail(survey.CodeConsent, "wizard.leave", "%s", strings.TrimPrefix(text, "同意"))
	}
	if err := d.log(ctx, id, DeedConsent, l.By+" "+text, l.Where); err != nil {
		return err
	}
	return d.NoteExport(ctx, id, leavingWords[l.Kind], l.Where)
}

// Exchange gives the case as an exchange file, after the consent. It can be taken in again by Adopt.
func (d *Desk) Exchange(ctx context.Context, id string, l Leaving) ([]byte, error) {
	l.Kind = LeavesExchange
	if err := d.Leave(ctx, id, l); err != nil {
		return nil, err
	}
	c, err := d.Cases.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	return ExchangeFile(c)
}

// ExchangeFile is the exchange file of a case.
func ExchangeFile(c *survey.Case) ([]byte, error) {
	data, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "wizard.exchange", err)
	}
	return append(data, '\n'), nil
}

// TakePapers is Papers for writing them to files, after the consent.
func (d *Desk) TakePapers(ctx context.Context, id string, kind submit.Kind, l Leaving) ([]File, error) {
	l.Kind = LeavesWith(kind)
	files, err := d.Papers(ctx, id, kind) // first: what cannot be made does not leave
	if err != nil {
		return nil, err
	}
	return files, d.Leave(ctx, id, l)
}
