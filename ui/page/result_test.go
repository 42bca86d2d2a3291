package page_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey/report"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
)

func TestResultShowsTheStateAndWhatHoldsBack(t *testing.T) {
	s := sampleStand(t)
	s.must(s.desk.Answer(t.Context(), s.ui.Case(), "Q3", []string{"D"}, ""))
	s.ui.Open(s.ui.Case())
	s.ui.Go(wizard.StepResult)
	a := s.ui.State().Assessment
	s.sees("当前等级", s.level(a.Level)+" 现在", s.level(a.Level+1)+" 目标", "得分 "+a.Score.String()+" / 100", a.RuleStatus, "16 个应用场景", "★ 约束性 10 个",
		"达到"+s.level(a.Level+1), "最省钱的办法", view.SpecialPoints(s.ui.T, a.Level), "待核实")
	for _, r := range a.Ladder {
		if r.Level == a.Level+1 {
			s.sees(fmt.Sprintf("/ %d%d", r.NeedScenes, r.HaveScenes), fmt.Sprintf("/ %d%d", r.NeedStars, r.HaveStars), "/ "+r.NeedScore.String()+r.HaveScore.String()) // painted from the right
		}
	}
	for _, r := range a.Rates.Lines {
		s.sees(r.Name, r.Percent, r.Rule, r.Source, r.Status)
	}
	s.sees("自报与清单不一致", "清单算出 C，自报 D", "还没有说明原因，不能报送")
	s.tap("去说明")
	s.sees("采集项 Q3")
	s.fill("说明为什么与清单不一致", "以合同为准")
	s.ui.Go(wizard.StepResult)
	s.sees("已说明", "以合同为准")
	if got := s.answer("Q3").Explanation; got != "以合同为准" {
		t.Errorf("saved explanation is %q", got)
	}
}

func TestResultOpensAllStepsAndLeadsOn(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepResult)
	s.misses("写一份数据资源管理制度")
	s.tap(s.ui.T("result.steps.all", len(s.ui.State().Assessment.Steps)))
	s.sees("写一份数据资源管理制度", "靠自己动手，不用采购；没有标价。", "暂无价格")
	s.tap("去选推荐方案")
	s.sees("推荐方案", "首年费用")
}

func TestResultWithoutAnswersSaysWhatToDo(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("新企业")
	s.ui.Go(wizard.StepResult)
	s.sees("还没有评测结果")
	s.tap("去答题")
	s.sees("采集项 Q1")
}

// reporter stands for the drawing, which has tests of its own: it hands the data over.
type reporter struct{}

func (reporter) Report(_ report.Report, data []byte) (wizard.File, error) {
	return wizard.File{Name: "诊断报告.pdf", Data: data}, nil
}

func TestTheReportIsWrittenOnlyAfterTheConsent(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepResult)
	s.tap("导出诊断报告")
	s.sees("导出前请确认", "诊断报告及其附件数据", "不含银行账户", "写到“导出/诊断报告 株洲恒硬刀具有限公司.pdf”")
	if len(s.saved) != 0 {
		t.Fatal("written before the consent")
	}
	s.tap("同意并导出")
	if len(s.saved) != 1 || s.saved[0].Name != "诊断报告 株洲恒硬刀具有限公司.pdf" || !strings.Contains(string(s.saved[0].Data), s.ui.State().Assessment.RuleStatus) {
		t.Fatalf("written: %d files", len(s.saved))
	}
}
