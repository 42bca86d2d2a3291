package page_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

func TestFirmIsFilledBrokenMendedAndFoundAgain(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("株洲恒硬刀具有限公司")
	s.ui.Go(wizard.StepFirm)
	s.fill("统一社会信用代码", "91430211ma4hy7k28c")
	s.fill("所在市州", "430200")
	s.fill("行业分类（GB/T 4754）", "C33")
	s.fill("注册资本", "2000万")
	s.fill("增值税纳税人类型", "general")
	s.fill("是否规模以上", part.Yes)
	s.fill("2025 年从业人员", "150")
	s.fill("2025 年营业收入", "４，７３０万元")
	s.fill("2025 年主营业务收入", "46,800,000.00")
	s.fill("2025 年综合能耗", "628.5")
	want := map[string]string{
		"firm.creditCode": "91430211MA4HY7K28C", "firm.region": "430200", "firm.industry": "C33", "firm.capital": "20,000,000.00", "firm.vatPayer": "general",
		"firm.aboveScale": "yes", "years.2025.staff": "150", "years.2025.revenue": "47,300,000.00", "years.2025.mainRevenue": "46,800,000.00",
		"years.2025.energyKgce": "628.5",
	}
	compare(s, want)

	s.fill("联系电话", "12345")
	s.fill("2025 年从业人员", "一百五")
	s.sees("有 2 处需要改", "应是 11 位手机号", "不是 0 到 10000000 的整数", "处待改")
	if c := s.stored(); c.Drafts["firm.contact.phone"] != "12345" || c.Drafts["years.2025.staff"] != "一百五" || *c.Year(2025).Staff != 150 {
		t.Errorf("drafts are %v, staff %v", c.Drafts, *c.Year(2025).Staff)
	}

	s.ui.Home()
	id := s.ui.Case()
	s.show()
	s.ui.Open(id)
	s.ui.Go(wizard.StepFirm)
	if got := s.field("联系电话").Value(); got != "12345" || s.field("联系电话").ErrorText() == "" {
		t.Errorf("after coming back the telephone shows %q", got)
	}
	s.fill("联系电话", "138-0000 0000")
	s.fill("2025 年从业人员", "152人")
	s.misses("处需要改")
	if c := s.stored(); len(c.Drafts) != 0 {
		t.Errorf("drafts left: %v", c.Drafts)
	}
	want["firm.contact.phone"], want["years.2025.staff"] = "13800000000", "152"
	compare(s, want)
	if got := s.field("联系电话").Value(); got != "13800000000" {
		t.Errorf("the field shows %q, not what was saved", got)
	}
}

func compare(s *stand, want map[string]string) {
	s.t.Helper()
	for path, w := range want {
		if got := s.get(path); got != w {
			s.t.Errorf("%s is %q, want %q", path, got, w)
		}
	}
}

func TestACreditCodeIsJudgedWhileItIsTyped(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("甲")
	s.ui.Go(wizard.StepFirm)
	f := s.field("统一社会信用代码").(*part.TextField)
	f.Focus()
	entry := f.Input().(*part.Entry)
	test.Type(entry, "9143021")
	s.sees("已输入 7 位，共 18 位")
	test.Type(entry, "1MA4HY7K28D")
	if f.ErrorText() == "" {
		t.Error("a wrong check digit is not named while typing")
	}
	if s.stored().Drafts != nil {
		t.Error("something was saved before the field was left")
	}
}

func TestTheCodeSuggestsThePlaceAndNeverSetsIt(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("甲")
	s.ui.Go(wizard.StepFirm)
	s.fill("统一社会信用代码", "91430211MA4HY7K28C")
	s.sees("推断为株洲市")
	if got := s.get("firm.region"); got != "" {
		t.Fatalf("the place became %q by itself", got)
	}
	s.fill("所在市州", "430300")
	s.sees("登记机关在株洲市，所选为湘潭市")
	if got := s.get("firm.region"); got != "430300" {
		t.Fatalf("the chosen place became %q", got)
	}
	s.tap("采用株洲市")
	if got := s.get("firm.region"); got != "430200" {
		t.Errorf("after the tap the place is %q", got)
	}
	s.misses("采用株洲市")
}

func TestTheSizeClassIsComputedAndADifferentDeclarationNamed(t *testing.T) {
	s := newStand(t)
	s.adoptSample()
	s.ui.Home()
	s.table(0).OnActivate(0)
	s.ui.Go(wizard.StepFirm)
	s.sees(survey.SizeRule, "与申报的规模一致")
	s.fill("申报的企业规模", "micro")
	s.sees("申报为微型，按上年度数据应为小型")
	s.fill("2025 年营业收入", "200万")
	s.sees("与申报的规模一致")
}

func TestTheYearsFollowTheReferenceDay(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("甲")
	s.ui.Go(wizard.StepFirm)
	s.sees("2025 年从业人员", "2024 年从业人员")
	s.misses("2023 年从业人员")
	s.tap("再填 2023 年")
	s.fill("2023 年从业人员", "100")
	s.fill("填报日期", "2025年6月1日")
	s.sees("2024 年从业人员", "2023 年从业人员")
	s.misses("2025 年从业人员")
	if got := s.get("years.2023.staff"); got != "100" {
		t.Errorf("figures of 2023 are %q", got)
	}
	s.fill("填报日期", "下周")
	if s.field("填报日期").ErrorText() == "" || s.get("asOf") != "2025-06-01" {
		t.Error("a day that cannot be read was taken or not named")
	}
}

func TestIndustriesAreFoundByCodeNameAndPinyin(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("甲")
	s.ui.Go(wizard.StepFirm)
	for query, want := range map[string]string{"jszpy": "C33", "3392": "C33", "仪器": "C40"} {
		f := s.field("行业分类（GB/T 4754）")
		f.Focus()
		s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		test.Type(s.win.Canvas().Focused(), query)
		s.win.Canvas().Focused().(*part.Entry).OnSubmitted("")
		if got := s.get("firm.industry"); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}
