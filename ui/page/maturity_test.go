package page_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

// T0 is frozen on the result page; after a change the figures before and after, and what differs, stand there; T0 stays.
func TestResultFreezesAndComparesAssessments(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepResult)
	s.sees("前后对比", "现在的评测还没有定稿")
	score := s.ui.State().Assessment.Score.String()
	s.tap("把现在的评测定稿为 T0")
	s.sees("T0 · 2026-11-23 · "+score+" 分", "测试员 定稿", "逐项没有差别", "把现在的评测定稿为 T1")
	s.tap("看 T0 的题目和答案")
	s.sees("● D "+s.ui.State().Questions.Item("Q8").Options[3].Text, "○ E "+s.ui.State().Questions.Item("Q8").Options[4].Text)
	s.tap("收起")
	s.must(s.desk.Answer(t.Context(), s.ui.Case(), "Q8", []string{"E"}, ""))
	s.must(s.desk.Scene(t.Context(), s.ui.Case(), "office", 2))
	s.ui.Open(s.ui.Case())
	s.ui.Go(wizard.StepResult)
	s.sees("2 项提高，0 项降低", "看逐项差别（2 项）")
	s.tap("看逐项差别（2 项）")
	s.sees("：D → E，+1.5 分", "协同办公：一级 → 二级")
	s.tap("把现在的评测定稿为 T1")
	s.sees("T1 · 2026-11-23")
	if got := s.ui.State().Case.Snapshot("T0").Score.String(); got != score {
		t.Errorf("T0 became %s, was %s", got, score)
	}
}

// The card of a question lists what is asked for with its answer; a file is attached there, counted, and can be taken off again.
func TestAssessAttachesWhatAnAnswerNeeds(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepAssess)
	s.ui.Jump("answers.Q8")
	s.sees("现场要看的材料", "规划、计划文件", "改造合同", "已附 0 份，缺 2 份", "二手")
	s.pick = wizard.File{Name: "合同.pdf", Data: []byte("%PDF-1.4")}
	s.tap("附上")
	s.sees("合同.pdf", "已附 1 份，缺 1 份")
	a := s.ui.State().Case.Attachments
	if n := len(a); n != 1 || a[0].For != "Q8" || a[0].Role != "规划、计划文件" || a[0].SHA256 == "" {
		t.Fatalf("attached %+v", a)
	}
	s.ui.Jump("answers.Q9")
	s.misses("合同.pdf")
	s.ui.Jump("scenes.finance")
	s.sees("系统界面截图，加相应的管理规范和执行记录")
	s.ui.Jump("answers.Q8")
	s.tap("取下")
	s.sees("已附 0 份，缺 2 份")
}

// What does not fit together stands on the result page with the facts behind it, leads to its question, and goes when it is mended.
func TestResultTellsWhatDoesNotFitTogether(t *testing.T) {
	s := sampleStand(t)
	s.must(s.desk.Answer(t.Context(), s.ui.Case(), "Q10", []string{"D"}, ""))
	s.ui.Open(s.ui.Case())
	s.ui.Go(wizard.StepResult)
	s.sees("互相对不上的地方", "有设备有系统，没有人管", "没有专职或兼职的数字化人员：Q10 D，1.5 分", "先做：先指定一个专职或兼职的人")
	s.must(s.desk.Answer(t.Context(), s.ui.Case(), "Q10", []string{"B", "D"}, ""))
	s.ui.Open(s.ui.Case())
	s.ui.Go(wizard.StepResult)
	s.misses("有设备有系统，没有人管")
}
