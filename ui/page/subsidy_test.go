package page_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
)

// tab turns to a further inner tab of a page; 1 is the second.
func (s *stand) tab(key wizard.StepKey, i int) {
	s.t.Helper()
	for _, v := range s.ui.Views(s.ui.Case()) {
		if v.Name == string(key)+"-"+string(rune('1'+i)) {
			s.ui.Go(key)
			v.Show()
			return
		}
	}
	s.t.Fatalf("no tab %d of %s", i, key)
}

// row opens a row of the n-th shown table.
func (s *stand) row(table, row int) {
	s.t.Helper()
	t := s.table(table)
	t.Select(row)
	t.OnSelect(row)
}

// The tables of 项目与费用, in order.
const (
	contractTable = iota
	invoiceTable
	paymentTable
	aidTable
	titleTable
	attachmentTable
)

func TestProjectIsFilledBrokenMendedAndKept(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepSubsidy)
	s.fill("项目名称", "刀具全流程数据分析项目")
	s.tap("研发设计")
	s.tap("工艺改进")
	s.fill("开始日期", "下个月")
	s.sees("E0104")
	if got := s.get("project.start"); got != "2026-01-15" {
		t.Errorf("a day that cannot be taken replaced the saved one: %q", got)
	}
	s.ui.Go(wizard.StepFirm)
	s.ui.Go(wizard.StepSubsidy)
	if got := s.field("开始日期").Value(); got != "下个月" {
		t.Errorf("what was typed came back as %q", got)
	}
	s.sees("E0104")
	s.fill("开始日期", "2026年2月1日")
	s.misses("E0104")
	s.fill("账号", "12")
	s.sees("E0101")
	s.fill("账号", "4300 0000 0000 0000 0002")
	s.misses("E0101")
	s.show()
	s.ui.Open(s.firstCase())
	s.ui.Go(wizard.StepSubsidy)
	got := s.stored().Project
	want := survey.Project{Name: "刀具全流程数据分析项目", Start: "2026-02-01", Links: []string{"生产设备管理", "生产管控", "研发设计"}}
	if diff := cmp.Diff(want, survey.Project{Name: got.Name, Start: got.Start, Links: got.Links}); diff != "" {
		t.Error(diff)
	}
	if got := s.field("账号").Value(); got != "43000000000000000002" || s.get("firm.bank.account") != got {
		t.Errorf("the account came back as %q", got)
	}
}

// firstCase is the newest case of the file.
func (s *stand) firstCase() string {
	s.t.Helper()
	all, err := s.desk.List(s.t.Context())
	if err != nil || len(all) == 0 {
		s.t.Fatal(err, len(all))
	}
	return all[0].ID
}

func TestContractInvoiceAndPaymentAreEnteredAndTakenAway(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepSubsidy)
	s.tap("添加合同")
	s.fill("合同编号", "HT-9")
	s.fill("供应商", "样例云服务有限公司")
	s.fill("含税金额", "十一万")
	s.sees("E0103")
	s.fill("含税金额", "11.3万")
	s.misses("E0103")

	s.tap("添加发票")
	s.fill("发票号码", "26432000000000000099")
	s.fill("开票日期", "2026/10/20")
	s.fill("购买方信用代码", "91430211MA4HY7K28C")
	s.fill("费用类别", "cloud")
	s.fill("所属合同", s.stored().Contracts[4].ID)
	s.fill("货物或服务名称", "云平台年费")
	s.fill("费用主题", "cloud")
	s.fill("不含税金额", "100,000", 1) // the first one is the contract's
	s.fill("税额", "13000")
	s.sees("价税合计应为 113,000.00")
	s.tap("填入价税合计")
	s.sees("不含税 + 税额 = 价税合计")
	s.fill("价税合计", "113001")
	s.sees("100,000.00 + 13,000.00 = 113,000.00，与价税合计 113,001.00 不符")
	s.tap("填入价税合计")
	s.tap("添加费用行")
	s.sees("费用行 2")
	s.tap("删除此行", 1)
	s.tap("删除")

	s.tap("添加付款")
	s.fill("付款日期", "2026-11-01")
	s.fill("付款金额", "113000")
	s.fill("对应发票", s.stored().Invoices[4].ID)

	c := s.stored()
	v := c.Invoices[4]
	if len(v.Lines) != 1 || v.Lines[0].Net.Display() != "100,000.00" || v.Lines[0].Gross.Display() != "113,000.00" || v.Lines[0].Topic != survey.TopicCloud || v.Contract != c.Contracts[4].ID {
		t.Errorf("the invoice was saved as %+v", v)
	}
	if p := c.Payments[5]; p.Invoice != v.ID || p.Amount.Display() != "113,000.00" || p.Date != "2026-11-01" {
		t.Errorf("the payment was saved as %+v", p)
	}
	if got := s.ui.State().Claims.Lines[4].State.Chinese(); got != "满足" {
		t.Errorf("the paid line is %s: %s", got, s.ui.State().Claims.Lines[4].Reason)
	}
	s.row(paymentTable, 5)
	s.tap("删除付款")
	s.tap("删除")
	s.row(contractTable, 4)
	s.tap("删除合同")
	s.tap("取消")
	if c := s.stored(); len(c.Payments) != 5 || len(c.Contracts) != 5 {
		t.Errorf("%d payments and %d contracts are left, want 5 and 5", len(c.Payments), len(c.Contracts))
	}
}

func TestTitlesAidsNoticeAndAttachmentsAreKept(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepSubsidy)
	s.row(titleTable, 1) // the first that nothing was said about
	s.tap("是", 0)
	s.fill("文号", "工信部〔2026〕9号", 0)

	s.tap("添加已获资金")
	s.fill("专项或政策", "样例专项")
	s.fill("金额", "5万")
	s.tap("工控安全防护")

	s.fill("奖补比例", "两成")
	s.sees("E0105")
	s.fill("奖补比例", "20%")
	s.fill("上限", "50万")

	s.pick = wizard.File{Name: "营业执照.png", Data: sampleFile(t, "附件-营业执照.png")}
	s.tap("添加文件")
	c := s.stored()
	if len(c.Titles) != 2 || c.Titles[1].Have != survey.Yes || c.Titles[1].DocNo != "工信部〔2026〕9号" {
		t.Errorf("titles = %+v", c.Titles)
	}
	if len(c.Aids) != 1 || c.Aids[0].Amount.Display() != "50,000.00" || cmp.Diff([]string{"L3"}, c.Aids[0].Lines) != "" {
		t.Errorf("aids = %+v", c.Aids)
	}
	if len(c.Notices) != 1 || c.Notices[0].Rate.Percent() != "20%" || c.Notices[0].Cap.Display() != "500,000.00" {
		t.Errorf("notices = %+v", c.Notices)
	}
	if len(c.Attachments) != 1 || c.Attachments[0].Role != "营业执照" || c.Attachments[0].Type != "image/png" {
		t.Fatalf("attachments = %+v", c.Attachments)
	}
	s.row(attachmentTable, 0)
	s.tap("移除附件")
	s.tap("删除")
	if c := s.stored(); len(c.Attachments) != 0 {
		t.Errorf("the attachment is still there")
	}
}

func TestCalculationShowsTheFiguresOfTheState(t *testing.T) {
	s := sampleStand(t)
	s.must(s.desk.Accept(t.Context(), s.ui.Case()))
	s.ui.Open(s.ui.Case())
	s.tab(wizard.StepSubsidy, 1)
	k := s.ui.State().Claims
	s.sees("保守口径", k.Conservative.Amount.Display(), k.Conservative.Amount.CapitalRMB(), "一个申报，就高", "费用不重复口径", "须经主管部门确认", "测算上限")
	s.sees("518.00", "−230.00", "288.00", "57.60", "460.40", "×20%")
	s.sees("若入选", "不计入当前金额", k.Forecast.Text, "计划支出，不进申报书")
	s.sees("372,000.00", "128,000.00", "76,000.00", "不计入")
	for _, m := range k.Measures {
		s.sees(m.Name, m.Clause[len("政策"):])
	}
	if h := k.Measure("H3-1"); !strings.Contains(h.AmountText, "以当年申报通知为准") {
		t.Errorf("H3-1 says %q", h.AmountText)
	}
	s.sees(k.Measure("H3-1").AmountText)
	for _, r := range k.Readings {
		s.sees(r.ID, r.Text, r.Choice)
	}
	s.sees("1,036,000.00")
	if n := strings.Count(s.words(), squeeze(k.Validity)); n < 2 {
		t.Errorf("the doubt about the text's validity is shown %d times", n)
	}
	s.row(0, 0)
	s.sees(k.Lines[0].Reason, k.Measure("H5-1").Sentence, "具有独立法人资格", "独立法人：是")
	s.row(1, 6)
	s.sees("还需要：", "贯标")
	s.tap("去补")
	s.sees("是否已取得")
}

func TestAPoorCaseComputesNothingAndSaysWhatToDo(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("湘潭锐锋铸造有限公司")
	s.tab(wizard.StepSubsidy, 1)
	s.sees("还没有费用行", "暂不测算", "政策文本无文号")
	s.tap("上一步")
	s.sees("还没有合同，请点“添加合同”")
}

func TestTheFormLeadsToWhatIsMissingAndMakesThePapers(t *testing.T) {
	s := sampleStand(t, reporting)
	s.must(s.desk.Set(t.Context(), s.ui.Case(), "project.goals", ""))
	s.ui.Open(s.ui.Case())
	s.tab(wizard.StepSubsidy, 2)
	s.sees("必填，未填写", "缺少材料：营业执照副本", "本单位郑重承诺")
	s.tap("填写", fillsBefore(s, "绩效目标"))
	s.sees("项目内容") // the first tab
	s.fill("绩效目标", "2027 年底前联网设备达到 30 台")
	s.tab(wizard.StepSubsidy, 2)
	s.misses("必填，未填写")
	s.tap("已阅读，本单位承诺")
	if got := s.stored().Project.Promised; got != survey.No {
		t.Errorf("the promise is still %v", got)
	}
	s.sees("尚未确认真实性与不重复申报承诺")
	s.tap("已阅读，本单位承诺")
	s.tap("生成文书")
	s.tap("同意并导出")
	var names []string
	for _, f := range s.saved {
		names = append(names, f.Name)
	}
	if all := strings.Join(names, " "); !strings.Contains(all, ".docx") || !strings.Contains(all, ".pdf") || !strings.Contains(all, ".xlsx") || !strings.Contains(all, ".json") {
		t.Errorf("made %q", names)
	}
}

// fillsBefore counts the empty fields of the form with a way to fill them that stand before a label.
func fillsBefore(s *stand, label string) int {
	n := 0
	for _, sec := range s.ui.State().Application.Sections {
		for _, f := range sec.Fields {
			if f.Label == label {
				return n
			}
			if f.Value == "" && hasWay(s, f.Label) {
				n++
			}
		}
	}
	return n
}

func hasWay(s *stand, label string) bool {
	for _, sec := range view.FormSections(s.ui.State(), s.ui.State().Application) {
		for _, f := range sec.Fields {
			if f.Label == label {
				return f.Jump != ""
			}
		}
	}
	return false
}
