package page_test

import (
	"slices"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestRecommendShowsTheBundleWithItsProof(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepRecommend)
	b := s.ui.State().Bundle
	s.sees(b.FirstYear.Display(), "已证明最优", b.Proof.Text, "预测", b.After.Score.String(), "不会写进申报书", "可替换的方案", "花多少、盖多少")
	for _, q := range b.Inquiries {
		s.sees(q.Title)
	}
	for _, l := range b.Lines {
		s.sees(l.Title, l.FirstYear.Display()+" 元", l.LossText, l.Source, string(l.Checked))
	}
	for _, k := range b.ByKind {
		s.sees(k.Sum.Display())
	}
}

func TestRecommendTakesABudgetKeepsABadOneAndMendsIt(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepRecommend)
	s.fill("首年预算", "六万")
	if s.field("首年预算").ErrorText() == "" || s.stored().Drafts["plan.budget"] != "六万" {
		t.Error("a bad budget shows no error or is not kept")
	}
	s.ui.Home()
	s.ui.Go(wizard.StepRecommend)
	if got := s.field("首年预算").Value(); got != "六万" {
		t.Errorf("after coming back the budget shows %q", got)
	}
	s.fill("首年预算", "3万")
	if got := s.get("plan.budget"); got != "30,000.00" {
		t.Fatalf("budget is %q", got)
	}
	next := s.ui.State().Bundle.Next
	if next == nil {
		t.Fatal("the sample has no next breakpoint at 30,000; choose another budget for this test")
	}
	s.sees("预算再加 " + next.More.Display() + " 元")
	s.tap("改为这个预算")
	if got := s.stored().Plan.Budget; got == nil || *got != next.Budget {
		t.Errorf("budget is %v, want %s", got, next.Budget.Display())
	}
	s.tap("不限预算")
	if got := s.stored().Plan.Budget; got != nil {
		t.Errorf("budget is %s, want none", got.Display())
	}
}

func TestRecommendNeedsAndTargetChangeTheBundle(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepRecommend)
	s.tap("改需求和目标")
	s.sees("设备联网", "按建议", "不要", "数据自动采集")
	s.tap("不要", 0)
	want := []survey.NeedChoice{{Need: s.ui.State().Bundle.Needs[0].Key, Want: survey.No}}
	if got := s.stored().Plan.Needs; !slices.Equal(got, want) {
		t.Errorf("needs are %v, want %v", got, want)
	}
	s.tap("按建议", 0)
	if got := s.stored().Plan.Needs; len(got) != 0 {
		t.Errorf("needs are %v, want none", got)
	}
	s.fill("目标等级", "4")
	if got := s.stored().Plan.Target; got != 4 {
		t.Errorf("target is %d, want 4", got)
	}
}

func TestRecommendPinsBansAndTakesBack(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepRecommend)
	first := s.ui.State().Bundle.Lines[0]
	s.tap("不要它", 0)
	if got := s.stored().Plan.Banned; !slices.Equal(got, []string{first.Offer}) {
		t.Fatalf("banned is %v, want %s", got, first.Offer)
	}
	s.sees("您指定和排除的产品", first.Title)
	for _, l := range s.ui.State().Bundle.Lines {
		if l.Offer == first.Offer {
			t.Errorf("%s is refused and still in the bundle", l.Offer)
		}
	}
	s.tap("撤回")
	if got := s.stored().Plan.Banned; len(got) != 0 {
		t.Errorf("banned is %v", got)
	}
	s.tap("一定要它", 0)
	if got := s.stored().Plan.Pinned; len(got) != 1 {
		t.Errorf("pinned is %v", got)
	}
	s.sees("取消指定")
}

func TestRecommendSaysWhatToRelax(t *testing.T) {
	s := sampleStand(t)
	id := s.ui.Case()
	s.ui.Go(wizard.StepRecommend)
	offer := s.ui.State().Bundle.Lines[0].Offer
	s.must(s.desk.Offer(t.Context(), id, offer, survey.Yes))
	s.ui.Open(id)
	s.ui.Go(wizard.StepRecommend)
	s.fill("首年预算", "1")
	b := s.ui.State().Bundle
	if b.Conflict == nil || b.Conflict.Relax == nil {
		t.Fatalf("no conflict to show: %+v", b.Conflict)
	}
	s.sees("没有可行方案", b.Conflict.Text)
	if len(b.Conflict.Unpin) != 1 || len(b.Conflict.Ways) != 2 {
		t.Fatalf("the ways out are %+v", b.Conflict)
	}
	s.sees(b.Conflict.Ways...) // the budget, and the one offer that could be taken back
	s.tap("取消指定")
	if got := s.stored().Plan.Pinned; len(got) != 0 {
		t.Errorf("still pinned: %v", got)
	}
	s.misses("没有可行方案")
	s.must(s.desk.Offer(t.Context(), id, offer, survey.Yes))
	s.ui.Open(id)
	s.ui.Go(wizard.StepRecommend)
	s.tap(s.ui.T("recommend.relax", b.Conflict.Relax.Display()))
	if got := s.stored().Plan.Budget; got == nil || *got != *b.Conflict.Relax {
		t.Errorf("budget is %v, want %s", got, b.Conflict.Relax.Display())
	}
	s.misses("没有可行方案")
}

func TestRecommendAcceptsThePlanAndNoticesAnother(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepRecommend)
	s.tap("采用这个方案")
	b := s.ui.State().Bundle
	got := s.stored().Plan.Accepted
	if len(got) != len(b.Lines) || got[0].Offer != b.Lines[0].Offer || got[0].FirstYear != b.Lines[0].FirstYear {
		t.Fatalf("accepted is %v", got)
	}
	s.sees("已采用这个方案", "已采用，下一步")
	s.tap("不要它", 0)
	s.sees("之前采用过另一个方案", "采用这个方案")
	if len(s.stored().Plan.Accepted) != len(got) {
		t.Error("a change of wishes changed what was accepted")
	}
}

func TestRecommendBeforeTheAssessmentSaysWhatToDo(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("新企业")
	s.ui.Go(wizard.StepRecommend)
	s.sees("还没有评测，推荐不了方案")
	s.tap("去答题")
	s.sees("采集项 Q1")
}
