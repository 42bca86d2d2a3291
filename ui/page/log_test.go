package page_test

import (
	"context"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestTheReviewShowsTheLogInWords(t *testing.T) {
	s := sampleStand(t, func(p *wizard.Parts) { p.Filler = filler{} })
	s.ui.Open(s.firstCase())
	s.ui.Go(wizard.StepReview)
	s.misses("打开案卷")
	s.tap("显示")
	s.sees("操作记录", "打开案卷", "设备 ", "记录完整，共", "结尾：")
	s.tap("另存文书")
	s.tap("同意并导出")
	s.tap("刷新")
	s.sees("导出", "申报书", "→ 导出")
}

// deaf is a log that takes nothing any more; broken is one that was changed.
type deaf struct{ wizard.Audit }

func (deaf) Log(context.Context, wizard.Logged) error {
	return survey.Fail(survey.CodeDiskFull, "test", "")
}

type broken struct{ wizard.Audit }

func (broken) VerifyLog(context.Context, string) (wizard.LogCheck, error) {
	return wizard.LogCheck{Lines: 3, Bad: 4, Problem: "第 4 条被改动"}, nil
}

func TestNothingIsSavedThatCannotBeNoted(t *testing.T) {
	s := sampleStand(t, func(p *wizard.Parts) { p.Filler = filler{} })
	s.ui.Open(s.firstCase())
	s.ui.Go(wizard.StepReview)
	s.desk.Audit = deaf{s.parts.Audit}
	s.tap("另存文书")
	s.tap("同意并导出")
	s.sees("E0303")
	if len(s.saved) > 0 {
		t.Errorf("%d files left", len(s.saved))
	}
}

func TestAChangedLogIsSaidToBe(t *testing.T) {
	s := sampleStand(t)
	s.desk.Audit = broken{s.parts.Audit}
	s.ui.Open(s.firstCase())
	s.ui.Go(wizard.StepReview)
	s.tap("显示")
	s.sees("E0309", "第 4 条被改动")
	s.misses("记录完整")
}
