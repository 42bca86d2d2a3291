package page_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

func TestAnEmptyWorkbenchOffersTheSampleFirm(t *testing.T) {
	s := newStand(t)
	s.sees("还没有案卷", "新建案卷", "打开样例")
	s.tap("打开样例")
	if c := s.stored(); c.Firm.Name != "株洲恒硬刀具有限公司" {
		t.Errorf("the open case is %q", c.Firm.Name)
	}
	s.ui.Home()
	s.misses("还没有案卷")
	s.sees("株洲恒硬刀具有限公司", "株洲市")
}

func TestTheWorkbenchCountsAndFindsCases(t *testing.T) {
	s := sampleStand(t)
	a := s.ui.State().Assessment
	level, _, _ := strings.Cut(a.LevelName, " ")
	s.ui.Home()
	s.sees(level, a.Score.String())
	s.ui.NewCase("湘潭锐锋铸造有限公司")
	s.ui.Home()
	list := s.table(0)
	if got := rowsOf(list); got != 2 {
		t.Fatalf("%d cases are listed, want 2", got)
	}
	st, err := s.desk.List(t.Context())
	if err != nil || len(st) != 2 {
		t.Fatal(err, len(st))
	}
	s.sees("株洲恒硬刀具有限公司", "湘潭锐锋铸造有限公司", "填写企业信息", "未评测", "共 2 份")
	s.fill("", "湘潭")
	s.misses("株洲市")
	if got := rowsOf(s.table(0)); got != 1 {
		t.Errorf("%d cases answer the search, want 1", got)
	}
	s.fill("", "没有的企业")
	s.sees("没有符合条件的案卷")
	s.fill("", "")
	find := func(choose func(string), value string, want int) {
		t.Helper()
		choose(value)
		if got := rowsOf(s.table(0)); got != want {
			t.Errorf("%q leaves %d cases, want %d", value, got, want)
		}
	}
	region, grade := s.selects()[0], s.selects()[1]
	find(region.Choose, "430200", 1)
	find(region.Choose, "430100", 0)
	find(region.Choose, "", 2)
	find(grade.Choose, wizard.LevelNone, 1)
	s.sees("湘潭锐锋铸造有限公司")
	find(grade.Choose, strconv.Itoa(a.Level), 1)
	s.misses("填写企业信息")
	find(grade.Choose, "", 2)
}

// selects gives the shown lists to choose from.
func (s *stand) selects() (out []*part.SelectField) {
	s.walk(func(o fyne.CanvasObject) {
		if f, ok := o.(*part.SelectField); ok {
			out = append(out, f)
		}
	})
	return out
}

func TestTheWorkbenchIsSortedByItsColumns(t *testing.T) {
	s := newStand(t)
	for _, name := range []string{"乙", "甲", "丙"} {
		s.ui.NewCase(name)
	}
	s.ui.Home()
	order := func(want ...string) {
		t.Helper()
		all, at := s.words(), -1
		for _, w := range want {
			i := strings.LastIndex(all, w)
			if i < at {
				t.Fatalf("%q stands before %q", w, want)
			}
			at = i
		}
	}
	order("丙", "甲", "乙") // newest first
	s.table(0).OnSort(0, true)
	order("丙", "乙", "甲") // by code point
	s.table(0).OnSort(0, false)
	order("甲", "乙", "丙")
	s.table(0).OnSort(5, true)
	order("丙", "甲", "乙") // none has a deadline: newest first
}

func TestACaseOpensByTapAndByEnter(t *testing.T) {
	s := sampleStand(t)
	first := s.ui.Case()
	s.ui.NewCase("甲")
	if s.ui.Case() == first {
		t.Fatal("a new case did not open")
	}
	s.ui.Home()
	list := s.table(0)
	s.win.Canvas().Focus(list.Focusable())
	for range 5 {
		list.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	list.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.ui.Case() != first {
		t.Error("Enter on the last line did not open the older case")
	}
}

func TestANewCaseAsksForItsName(t *testing.T) {
	s := newStand(t)
	s.tap("新建案卷")
	s.sees("企业名称")
	s.fill("企业名称", "  湘潭锐锋铸造有限公司 ")
	s.tap("新建")
	if got := s.get("firm.name"); got != "湘潭锐锋铸造有限公司" {
		t.Errorf("the new case's firm is %q", got)
	}
}

func TestStoppingTheQuestionMakesNoCase(t *testing.T) {
	s := newStand(t)
	s.tap("新建案卷")
	s.tap("取消")
	if all, err := s.desk.List(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%d cases, %v", len(all), err)
	}
}

func TestAnImportedCaseIsNewAndABrokenFileIsRefusedInWords(t *testing.T) {
	s := newStand(t)
	s.adoptSample()
	s.ui.Home()
	s.pick = wizard.File{Name: "企业资料.json", Data: sampleFile(t, "企业资料.json")}
	s.tap("导入案卷")
	all, err := s.desk.List(t.Context())
	if err != nil || len(all) != 2 || all[0].ID == all[1].ID {
		t.Fatalf("%d cases after the import, %v", len(all), err)
	}
	s.ui.Home()
	s.pick = wizard.File{Name: "坏.json", Data: []byte(`{"schema":"other"}`)}
	s.tap("导入案卷")
	s.sees("E0108", "请选择由“导出案卷”生成的 JSON 文件")
	s.tap("知道了")
	if all, _ = s.desk.List(t.Context()); len(all) != 2 {
		t.Errorf("the refused file made a case: %d", len(all))
	}
}

func TestACaseThatCannotBeReadSaysSoAndDoesNotHideOthers(t *testing.T) {
	broken := ""
	s := newStand(t, func(p *wizard.Parts) {
		p.Cases, p.Overviews = unreadable{p.Cases, &broken}, blind{p.Overviews, &broken}
	})
	broken = s.adoptSample()
	s.ui.NewCase("乙")
	s.ui.Home()
	s.sees("案卷读不出来", "乙", "填写企业信息")
}

// unreadable is a case file in which one case is damaged.
type unreadable struct {
	wizard.Cases
	id *string
}

func (u unreadable) Load(ctx context.Context, id string) (*survey.Case, error) {
	if id == *u.id {
		return nil, survey.Fail(survey.CodeStoreDamaged, "test", "坏了")
	}
	return u.Cases.Load(ctx, id)
}

// blind is a case file in which the overview of one case is missing.
type blind struct {
	wizard.Overviews
	id *string
}

func (b blind) Search(ctx context.Context, q wizard.Query) (wizard.Found, error) {
	found, err := b.Overviews.Search(ctx, q)
	for i, e := range found.Entries {
		if e.ID == *b.id {
			found.Entries[i] = wizard.Entry{ID: e.ID, Name: e.Name, Updated: e.Updated}
		}
	}
	return found, err
}

// rowsOf counts the rows of a table by walking through it with the keyboard.
func rowsOf(list *part.Table) int {
	list.Select(-1)
	keep := list.OnSelect
	list.OnSelect = nil
	defer func() { list.OnSelect = keep; list.Select(-1) }()
	list.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	return list.Selected() + 1
}

func TestAnExportedCaseCanBeImportedAgain(t *testing.T) {
	s := sampleStand(t)
	want := s.stored()
	s.ui.Home()
	s.tap("导出案卷")
	if s.saved != nil {
		t.Fatal("something was written while no case was chosen")
	}
	s.table(0).Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	s.tap("导出案卷")
	s.tap("同意并导出")
	if len(s.saved) != 1 || s.saved[0].Name != "案卷-株洲恒硬刀具有限公司.json" {
		t.Fatalf("written: %v", s.saved)
	}
	s.pick = s.saved[0]
	s.tap("导入案卷")
	got := s.stored()
	if got.ID == want.ID {
		t.Fatal("the import opened the old case")
	}
	got.ID = want.ID
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
