package page_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey/manual"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
	"github.com/shangyuntong/shangyun/ui/part"
)

// reading is the help as the program hands it over.
func reading(t testing.TB) page.Help {
	t.Helper()
	text := func(name string) manual.Manual {
		data, err := assets.Manual.ReadFile("manual/" + name)
		if err != nil {
			t.Fatal(err)
		}
		m, err := manual.Parse(string(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return m
	}
	terms, err := manual.Glossary(text("glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	return page.Help{Manual: text("manual.md"), Guide: text("adviser.md"), Terms: terms,
		Picture: func(name string) []byte {
			data, _ := assets.Manual.ReadFile("manual/" + name)
			return data
		},
		PDF: func(context.Context) (wizard.File, error) {
			return wizard.File{Name: "手册.pdf", Data: []byte("%PDF")}, nil
		}}
}

func TestEveryPageIsExplained(t *testing.T) {
	s := sampleStand(t)
	texts, err := pack.Texts(assets.Text)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range page.Keys() {
		if key == "lock" || key == "guard" {
			continue // they explain themselves: nothing may be looked at before them
		}
		for tag, text := range texts {
			for _, part := range []string{"for", "counts", "data"} {
				if !text.Has("help." + key + "." + part) {
					t.Errorf("%s does not explain %s: %s", tag, key, part)
				}
			}
		}
	}
	for _, step := range wizard.Steps() {
		s.ui.Go(step)
		s.tap("帮助（F1）")
		s.sees("这一页做什么", s.ui.T("help."+string(step)+".for"))
		s.tap("回到刚才的页面")
		s.misses("这一页做什么")
	}
}

func TestF1ExplainsAlsoWhileAFieldHasTheFocusAndGoesBack(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("甲")
	s.ui.Go(wizard.StepFirm)
	f := s.field("企业名称")
	f.Focus()
	f.(interface{ Input() fyne.Focusable }).Input().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	s.sees("这一页做什么", "带 * 的申报书必填")
	s.ui.ToggleHelp()
	s.sees("统一社会信用代码")
	if got := s.get("firm.name"); got != "甲" {
		t.Errorf("the name became %q", got)
	}
}

func TestTermsScenesAndClausesCanBeLookedUp(t *testing.T) {
	s := sampleStand(t)
	s.ui.Help("term:生产设备联网率")
	s.sees("分母是全部生产设备", "评测指标 Q3")
	s.ui.Help("scene:quality")
	s.sees("一级：", "四级：")
	s.ui.Help("policy:hunan-text-v1.P3.4")
	s.sees("给予适当奖补", "是否仍有效须核实")
	for _, sc := range s.desk.Packs.Questions.Scenes {
		s.ui.Help("scene:" + sc.Key)
		s.sees(sc.Levels[0], sc.Levels[3])
	}
	s.ui.Help("manual:2.1")
	s.sees("照营业执照和审计报告填")
	s.tap("另存手册 PDF")
	if len(s.saved) != 1 || !strings.HasSuffix(s.saved[0].Name, ".pdf") {
		t.Errorf("saved %v", s.saved)
	}
}

// shortcut types a shortcut as the window does: at what has the focus, else at the canvas.
func (s *stand) shortcut(k fyne.Shortcut) {
	if f, ok := s.win.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(k)
		return
	}
	switch k.(type) { // the test's canvas has no keys of its own
	case *desktop.CustomShortcut:
		s.ui.Seek()
	default:
		s.ui.ByKey(k)
	}
}

var ctrlK = &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl}

// seek opens the search, types words and takes the first thing found.
func (s *stand) seek(words string) {
	s.t.Helper()
	s.shortcut(ctrlK)
	e, ok := s.win.Canvas().Focused().(*part.Entry)
	if !ok {
		s.t.Fatal("the search has no line to type in")
	}
	test.Type(e, words)
	e.OnSubmitted(words)
}

func TestEverythingIsFoundAndJumpedTo(t *testing.T) {
	s := sampleStand(t)
	other, err := s.desk.New(t.Context(), "长沙另一家有限公司")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ words, sees string }{
		{"xydm", "统一社会信用代码"},        // a field by initials
		{"2025 营业收入", "2025 年营业收入"}, // a year's field
		{"五轴", "设备名称"},              // a machine
		{"Q3", "联网"},                // a question
		{"质量管理", "质量管理"},            // a scene
		{"银行账号", "开户名"},             // a field of another page
		{"P3.4", "给予适当奖补"},          // a clause
		{"标杆企业", "没有写比例和上限"},        // a term
		{"忽然断电", "资料是安全的"},          // the manual
		{"设置", "显示"},                // a page
	} {
		s.ui.Go(wizard.StepResult)
		s.seek(c.words)
		if s.win.Canvas().Overlays().Top() != nil {
			t.Fatalf("%q: the search stays open", c.words)
		}
		s.sees(c.sees)
		if t.Failed() {
			t.Fatalf("after %q", c.words)
		}
	}
	s.seek("长沙另一家有限公司") // what is called so comes before what only mentions it
	if got := s.ui.Case(); got != other.Case.ID {
		t.Errorf("the other firm's case was not opened: %s", got)
	}
}

// TestEveryFieldThatIsFoundCanBeReached: no entry of a search leads nowhere.
func TestEveryFieldThatIsFoundCanBeReached(t *testing.T) {
	s := sampleStand(t)
	for _, e := range wizard.Say(s.ui.T).Places(s.ui.State()) {
		if e.Kind != wizard.PlaceField {
			continue
		}
		if strings.HasPrefix(e.Title, "fact.") {
			t.Errorf("%s has no name", e.To)
		}
		s.ui.Go(wizard.StepResult)
		s.win.Canvas().Unfocus()
		s.ui.Jump(e.To)
		if s.win.Canvas().Focused() == nil {
			t.Errorf("%s (%s) is found and not reached", e.Title, e.To)
		}
	}
}

func TestUndoWorksWhileAFieldHasTheFocusAndNothingIsTyped(t *testing.T) {
	s := newStand(t)
	s.ui.NewCase("甲")
	s.ui.Go(wizard.StepFirm)
	s.fill("法定代表人", "张三")
	s.field("注册地址").Focus()
	s.shortcut(&fyne.ShortcutUndo{})
	if got := s.get("firm.legalRep"); got != "" {
		t.Errorf("the name is still %q", got)
	}
	f := s.field("注册地址")
	f.Focus()
	e := f.(interface{ Input() fyne.Focusable }).Input().(*part.Entry)
	test.Type(e, "某路")
	s.shortcut(&fyne.ShortcutUndo{})
	if got := s.get("firm.name"); got != "甲" {
		t.Errorf("undo in a field that is being typed took the name away: %q", got)
	}
	if e.Text == "某路" {
		t.Error("undo did not take the typed words back")
	}
}
