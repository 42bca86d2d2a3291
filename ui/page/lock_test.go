package page_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

var codeShape = regexp.MustCompile(`([0-9A-Z]{5}-){5}[0-9A-Z]{5}`)

// guarded is a stand whose case file can be locked.
func guarded(t *testing.T) *stand {
	t.Helper()
	s := newStand(t, func(p *wizard.Parts) { p.Lock = p.Cases.(wizard.Lock) })
	s.adoptSample()
	return s
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
	code := codeShape.FindString(s.words())
	if code == "" {
		t.Fatalf("no recovery code is shown: %s", s.words())
	}
	s.tap("我已抄好")
	s.misses(code)
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
	s.sees("E0308", "请等 2 秒再试")
	s.desk.Now = later(s.desk.Now)
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
	s.tap("我已抄好")
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
