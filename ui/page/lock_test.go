package page_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
)

var groupShape = regexp.MustCompile(`(?m)^([0-9A-Z]{5})$`)

// guarded is a stand whose case file can be locked.
func guarded(t *testing.T) *stand {
	t.Helper()
	s := newStand(t, guardedParts)
	s.tap("不设口令")
	s.tap("不设口令", 1)
	s.adoptSample()
	return s
}

func guardedParts(p *wizard.Parts) {
	p.Lock, p.Ways, p.Backups = p.Cases.(wizard.Lock), p.Cases.(wizard.Ways), p.Cases.(wizard.Backups)
}

// copied types the group of the shown recovery code that is asked for, and gives the code.
func (s *stand) copied() string {
	s.t.Helper()
	var parts []string
	for _, m := range groupShape.FindAllStringSubmatch(s.spaced(), -1) {
		parts = append(parts, m[1])
	}
	if len(parts) != 6 {
		s.t.Fatalf("no recovery code is shown: %s", s.spaced())
	}
	code := strings.Join(parts, "-")
	n, group := view.AskedGroup(code)
	s.fill(fmt.Sprintf("输入第 %d 组，确认已抄好", n), "WRONG")
	s.tap("我已抄好")
	s.sees("与第一次显示的不一样")
	s.fill(fmt.Sprintf("输入第 %d 组，确认已抄好", n), strings.ToLower(group))
	s.tap("我已抄好")
	return code
}

// spaced gives all words that are shown, each text by itself.
func (s *stand) spaced() string {
	var b strings.Builder
	s.walk(func(o fyne.CanvasObject) {
		if v, ok := o.(*canvas.Text); ok {
			b.WriteString(v.Text + "\n")
		}
	})
	return b.String()
}

func TestTheWindowLocksAndOpensByPassphraseAndCode(t *testing.T) {
	s := guarded(t)
	s.ui.Settings()
	s.sees("没有设置口令", "设置口令")
	s.fill("新口令", "一二三四五六七八")
	s.fill("再输一遍", "一二三四五六七九")
	s.tap("设置口令")
	s.sees("两次输入的口令不一样")
	s.fill("新口令", "短")
	s.fill("再输一遍", "短")
	s.tap("设置口令")
	s.sees("至少要 8 个字")
	s.fill("新口令", "一二三四五六七八")
	s.fill("再输一遍", "一二三四五六七八")
	s.tap("设置口令")
	s.sees("只显示这一次")
	code := s.copied()
	s.misses(code, strings.Split(code, "-")[0])
	s.sees("已设置口令")
	s.tap("立即上锁")
	s.sees("案卷已上锁")
	s.misses("株洲恒硬刀具有限公司")

	s.show() // the program starts again
	s.sees("案卷已上锁")
	s.misses("株洲恒硬刀具有限公司", "新建案卷")
	for range 3 {
		s.fill("口令或恢复码", "不是这个口令吧")
		s.tap("开锁")
	}
	s.sees("E0308", "请等 2 秒再试", "还要等 2 秒")
	s.show() // neither does a restart end the wait
	s.sees("还要等 2 秒")
	s.desk.Now = later(s.desk.Now)
	s.ui.Started()
	s.misses("还要等")
	s.fill("口令或恢复码", code)
	s.tap("开锁")
	s.sees("工作台", "株洲恒硬刀具有限公司")
	s.ui.Lock()
	s.sees("案卷已上锁")
	s.fill("口令或恢复码", "一二三四五六七八")
	s.tap("开锁")
	s.sees("工作台", "株洲恒硬刀具有限公司")
}

func TestACaseNamedAtTheStartOpensAfterUnlocking(t *testing.T) {
	s := guarded(t)
	if _, err := s.desk.Protect(t.Context(), "", "a long passphrase"); err != nil {
		t.Fatal(err)
	}
	all, err := s.desk.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.desk.LockNow()
	s.show()
	s.ui.Open(all[0].ID)
	s.sees("案卷已上锁")
	s.fill("口令或恢复码", "a long passphrase")
	s.tap("开锁")
	if s.ui.Case() != all[0].ID {
		t.Error("the case is not open")
	}
}

func TestThePassphraseIsChangedAndRemoved(t *testing.T) {
	s := guarded(t)
	if _, err := s.desk.Protect(t.Context(), "", "a long passphrase"); err != nil {
		t.Fatal(err)
	}
	s.ui.Settings()
	s.fill("现在的口令或恢复码", "a long passphrase")
	s.fill("新口令", "another passphrase")
	s.fill("再输一遍", "another passphrase")
	s.tap("更换口令")
	s.fill("现在的口令或恢复码", "a long passphrase")
	s.tap("换新恢复码")
	s.sees("口令、恢复码或私钥不对")
	s.fill("现在的口令或恢复码", "another passphrase")
	s.tap("换新恢复码")
	s.sees("只显示这一次")
	s.copied()
	s.fill("现在的口令或恢复码", "another passphrase")
	s.tap("取消口令")
	s.sees("拿到这台电脑或文件夹的人")
	if !s.desk.LockState().Protected {
		t.Fatal("removed without an answer")
	}
	s.tap("取消口令", 1)
	if s.desk.LockState().Protected {
		t.Error("the passphrase is still there")
	}
	s.sees("没有设置口令")
}

func later(now wizard.Clock) wizard.Clock {
	return func() time.Time { return now().Add(time.Hour) }
}
