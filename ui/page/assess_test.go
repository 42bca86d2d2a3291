package page_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

// question opens a question by its number from the progress strip.
func (s *stand) question(i int) {
	s.t.Helper()
	found := false
	s.walk(func(o fyne.CanvasObject) {
		if c, ok := o.(*part.CellStrip); ok && !found {
			found = true
			c.Pick(i)
		}
	})
	if !found {
		s.t.Fatal("no progress strip is shown")
	}
}

// level names a level.
func (s *stand) level(l int) string {
	s.t.Helper()
	if l < 0 || l > 4 {
		s.t.Fatalf("no level %d", l)
	}
	return s.ui.T("assess.level." + strconv.Itoa(l))
}

func (s *stand) answer(item string) survey.Answer {
	s.t.Helper()
	if a := s.stored().Answer(item); a != nil {
		return *a
	}
	return survey.Answer{}
}

func TestAssessAsksAndKeepsAnswers(t *testing.T) {
	s := newStand(t)
	s.adoptSample()
	entries, err := s.desk.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.ui.Open(entries[0].ID)
	s.ui.Go(wizard.StepAssess)
	s.question(7)
	s.sees("采集项 Q8", "企业对数字化的认识与执行水平情况", "老板和公司对数字化走到哪一步了？", "需要回答", "满分 7.5 分", "支撑材料")
	s.tap("已经定了规划、计划和保障措施")
	if got := s.answer("Q8").Options; !slices.Equal(got, []string{"C"}) {
		t.Fatalf("Q8 is %v, want C", got)
	}
	s.win.Canvas().Unfocus()
	s.win.Canvas().OnTypedRune()('d')
	if got := s.answer("Q8").Options; !slices.Equal(got, []string{"D"}) {
		t.Errorf("after typing d Q8 is %v, want D", got)
	}

	s.question(8)
	s.tap("信息系统建设和运营的管理制度")
	s.tap("数字化转型怎么推进的工作流程")
	if got := s.answer("Q9").Options; !slices.Equal(got, []string{"B", "C"}) {
		t.Errorf("Q9 is %v, want B and C", got)
	}
	s.tap("都没有")
	if got := s.answer("Q9").Options; !slices.Equal(got, []string{"A"}) {
		t.Errorf("none excludes the rest: Q9 is %v, want A", got)
	}
	s.tap("数据资源的管理制度")
	if got := s.answer("Q9").Options; !slices.Equal(got, []string{"D"}) {
		t.Errorf("another answer takes none back: Q9 is %v, want D", got)
	}

	s.tap("下一题")
	s.sees("采集项 Q10")
	s.ui.Home()
	if s.win.Canvas().OnTypedRune() != nil {
		t.Error("the letters are still taken on another page")
	}
	s.ui.Go(wizard.StepAssess)
	s.question(8)
	if got := s.answer("Q9").Options; !slices.Equal(got, []string{"D"}) {
		t.Errorf("after coming back Q9 is %v", got)
	}
	s.sees("采集项 Q9", "/ 31")
}

func TestAComputedAnswerIsNotTypedOver(t *testing.T) {
	s := sampleStand(t)
	s.must(s.desk.Answer(t.Context(), s.ui.Case(), "Q3", nil, ""))
	s.ui.Open(s.ui.Case())
	s.ui.Go(wizard.StepAssess)
	s.question(2)
	s.sees("由设备清单算出", "21 / 60 台", "35.0%", "3 分", "再联网 4 台", "与清单一致", "看这 21 台")
	before := s.ui.State().Assessment.Score
	s.tap("超过 40%，不超过 60%")
	s.sees("清单算出：C，3 分", "企业自报：D，4.5 分", "较低的一个计分，计 3 分", "请写明原因，否则不能报送。")
	if got := s.ui.State().Assessment.Score; got != before {
		t.Errorf("a higher declaration changed the score from %s to %s", before, got)
	}
	s.fill("说明为什么与清单不一致", strings.Repeat("长", 501))
	if c := s.stored(); c.Drafts["answers.Q3.explanation"] == "" {
		t.Error("an explanation that is too long is not kept as a draft")
	}
	if s.field("说明为什么与清单不一致").ErrorText() == "" {
		t.Error("no error is shown for an explanation that is too long")
	}
	s.fill("说明为什么与清单不一致", "下月有 5 台完成联网")
	s.misses("请写明原因")
	if got := s.answer("Q3"); got.Explanation != "下月有 5 台完成联网" || !slices.Equal(got.Options, []string{"D"}) {
		t.Errorf("saved is %+v", got)
	}
	f := s.field("说明为什么与清单不一致").(interface{ Input() fyne.Focusable }).Input()
	f.(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	s.sees("采集项 Q4")
	s.question(2)
	if got := s.field("说明为什么与清单不一致").Value(); got != "下月有 5 台完成联网" {
		t.Errorf("after coming back the explanation shows %q", got)
	}
	s.tap("不超过 10%")
	s.sees("较低的一个计分，计 0 分")
	if got := s.answer("Q3").Explanation; got != "下月有 5 台完成联网" {
		t.Errorf("another choice lost the explanation: %q", got)
	}
	s.tap("撤回自报")
	s.misses("企业自报")
	if s.stored().Answer("Q3") != nil {
		t.Error("the declaration is still there")
	}
}

func TestACardGrowsWithItsQuestion(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepAssess)
	for _, i := range []int{2, 3, 22} {
		s.question(i)
		s.walk(func(o fyne.CanvasObject) {
			if f, ok := o.(*part.Fill); ok && f.Size().Height <= 0 {
				t.Errorf("question %d: a card of width %v has no height", i, f.Size().Width)
			}
		})
	}
}

func TestTheFactsBehindAnAnswerLeadToTheirPlace(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepAssess)
	s.question(2)
	s.misses("HY-P-006 真空烧结炉")
	s.tap("看这 21 台")
	s.sees("HY-P-006 真空烧结炉")
	s.tap("收起依据")
	s.misses("HY-P-006 真空烧结炉")
}

func TestWhatIsMissingLeadsToWhereItIsMended(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("新企业")
	s.ui.Go(wizard.StepAssess)
	s.question(11)
	s.sees("现在还算不出来", "缺 2025 年的数据")
	s.tap("去补上")
	s.sees("企业信息", "2025 年综合能耗")
}

func TestAFullItemWithoutDataCountsNothing(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("新企业")
	s.ui.Go(wizard.StepAssess)
	s.question(2)
	s.tap("超过 60%")
	s.sees("企业自报：E", "补齐数据前，自报不计分")
	if got := s.ui.State().Assessment.Score; got != 0 {
		t.Errorf("score is %s, want 0", got)
	}
}

func TestASceneIsProposedConfirmedAndTakenBack(t *testing.T) {
	s := sampleStand(t)
	id := s.ui.Case()
	s.must(s.desk.Scene(t.Context(), id, "equipment", -1))
	s.ui.Open(id)
	s.ui.Go(wizard.StepAssess)
	s.sees("应用场景 8", "设备管理", "★ 约束性场景", "按清单建议 三级", "还没有确认", "30 / 31")
	s.tap("采用建议")
	level := func() int {
		for _, a := range s.stored().Scenes {
			if a.Scene == "equipment" {
				return a.Level
			}
		}
		return -1
	}
	if level() != 3 {
		t.Fatalf("level is %d, want the proposed 3", level())
	}
	s.sees("已确认：三级", "31 / 31")
	s.tap("未开展")
	if level() != 0 {
		t.Errorf("level is %d, want 0", level())
	}
	s.sees("已确认：未开展")
	s.tap("撤回")
	if level() != -1 {
		t.Errorf("level is %d after taking the confirmation back", level())
	}
	s.sees("还没有确认")
}

func TestAssessStandsBesideTheScoreAndGoesOnToTheResult(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepAssess)
	a := s.ui.State().Assessment
	now, next := s.level(a.Level), s.level(a.Level+1)
	s.sees("实时评分", a.Score.String(), "现在 "+now, "达到"+next+"，三项都要满足", a.RuleStatus, "怎样升到"+next, "31 / 31")
	s.question(30)
	s.sees("应用场景 16", "看评测结果")
	s.tap("看评测结果")
	s.sees("评测结果", "能力雷达")
}
