package page_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestAnotherPolicyIsComparedChosenAndKept(t *testing.T) {
	s := sampleStand(t)
	s.tab(wizard.StepSubsidy, 1)
	s.sees("适用的政策", "当前采用", "zhuzhou-pilot-2025@1", "同一费用只能申报一处", "晚于本规则的截止日")
	s.fill("换一个规则包会有什么变化", "zhuzhou-pilot-2025@1")
	s.sees("保守口径：576,000.00 → 不计算金额", "ZZ-1 城市试点改造奖补", "无此条款")
	if got := s.get("project.policy"); got != "" {
		t.Errorf("comparing chose a policy: %q", got)
	}
	s.tap("改用")
	if got := s.get("project.policy"); got != "zhuzhou-pilot-2025@1" {
		t.Errorf("the choice is kept as %q", got)
	}
	s.row(1, 0)
	s.sees("以当年申报通知为准", "根据二手来源归纳，非政策原文")
	s.tap("项目与费用")
	s.sees("当年申报通知（ZZ-1 城市试点改造奖补）")
	s.fill("奖补比例", "20%")
	if got := s.get("notices.ZZ-1.rate"); got != "20%" {
		t.Errorf("the notice of the other policy holds %q", got)
	}
	s.ui.Go(wizard.StepFirm)
	s.tab(wizard.StepSubsidy, 1)
	s.fill("规则包", "")
	s.sees("576,000.00")
	if got := s.get("project.policy"); got != "" {
		t.Errorf("back to the region's policy left %q", got)
	}
}

func TestAReadingIsSwitchedAndSwitchedBack(t *testing.T) {
	s := sampleStand(t)
	s.tab(wizard.StepSubsidy, 1)
	s.tap("改为：全部投资，含自动化装备")
	s.sees("1,036,000.00")
	if got := s.get("project.readings"); got != "A5:wide" {
		t.Errorf("kept as %q", got)
	}
	s.tap("改为：不含自动化装备（较低口径，作为当前金额）")
	s.sees("576,000.00")
	if got := s.get("project.readings"); got != "" {
		t.Errorf("kept as %q", got)
	}
}
