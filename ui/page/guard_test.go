package page_test

import (
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/zalando/go-keyring"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

// shot keeps a picture of the window when SHANGYUN_SHOTS names a folder.
func (s *stand) shot(name string) {
	s.t.Helper()
	dir := os.Getenv("SHANGYUN_SHOTS")
	if dir == "" {
		return
	}
	for _, size := range []fyne.Size{fyne.NewSize(1024, 640), fyne.NewSize(1180, 760), fyne.NewSize(1181, 2000)} {
		if size.Height > 1000 && !strings.HasPrefix(name, "settings") && !strings.HasPrefix(name, "recommend") {
			break
		}
		for range 2 {
			s.win.Resize(size.AddWidthHeight(40, 40))
			s.win.Resize(size)
		}
		f, err := os.Create(filepath.Join(dir, name+"-"+strconv.Itoa(int(size.Width))+".png"))
		if err != nil {
			s.t.Fatal(err)
		}
		s.must(png.Encode(f, s.win.Canvas().Capture()))
		s.must(f.Close())
	}
}

func TestTheFirstStartAsksOnceHowToGuardTheCases(t *testing.T) {
	s := newStand(t, guardedParts)
	s.sees("先决定怎样保护企业资料", "推荐")
	s.shot("guard")
	s.tap("不设口令")
	s.sees("拿到这台电脑或案卷文件夹的人，都能看到全部企业资料")
	s.shot("guard-none")
	s.show() // not answered
	s.sees("先决定怎样保护企业资料")
	s.tap("不设口令")
	s.tap("不设口令", 1)
	s.sees("工作台")
	s.show()
	s.misses("先决定怎样保护企业资料")
	s.ui.Settings()
	s.sees("没有设置口令", "AES-256-GCM，未经密码产品认证")
}

func TestTheFirstStartSetsPassphraseCipherAndKeyring(t *testing.T) {
	keyring.MockInit()
	s := newStand(t, guardedParts)
	s.fill("新口令", "一二三四五六七八")
	s.fill("再输一遍", "一二三四五六七九")
	s.tap("设置口令（推荐）")
	s.sees("两次输入的口令不一样")
	s.fill("再输一遍", "一二三四五六七八")
	s.fill("加密算法", wizard.CipherSM4)
	s.tap("在这台电脑上由系统钥匙串自动开锁（口令仍然有效）")
	s.tap("设置口令（推荐）")
	s.sees("只显示这一次")
	s.shot("code")
	s.tap("另存打印页")
	s.sees("没有加密", "打印后删除")
	s.tap("另存打印页", 1)
	if len(s.saved) != 1 || !strings.HasSuffix(s.saved[0].Name, ".pdf") {
		t.Errorf("saved %v", s.saved)
	}
	code := s.copied()
	s.sees("工作台")
	if st := s.desk.LockState(); !st.Protected || st.Cipher != wizard.CipherSM4 || !st.Keyring {
		t.Errorf("the lock is %+v", st)
	}
	s.adoptSample()
	s.ui.Lock()
	s.sees("案卷已上锁") // the keyring is not asked after a lock by hand
	s.show()        // but at the start
	s.sees("工作台", "株洲恒硬刀具有限公司")
	s.ui.Settings()
	s.sees("启动时自动开锁", "SM4-GCM")
	s.tap("不再用系统钥匙串")
	s.ui.Lock()
	s.show()
	s.sees("案卷已上锁")
	s.fill("口令或恢复码", code)
	s.tap("开锁")
	s.sees("株洲恒硬刀具有限公司")
}

func TestTheLockedPageSpeaksTheLanguageLastUsed(t *testing.T) {
	s := guarded(t)
	s.must(s.desk.Protect(t.Context(), "", "a long passphrase"))
	s.ui.Settings()
	s.fill("语言", "en")
	s.ui.Lock()
	s.show()
	s.sees("The cases are locked")
	s.shot("lock-en")
	s.tap("中文")
	s.sees("案卷已上锁")
	s.show()
	s.sees("案卷已上锁")
}

func TestTheLockKeyLocksAlsoWhileTyping(t *testing.T) {
	s := guarded(t)
	key := &desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierControl}
	s.ui.Settings()
	typing := func() *part.Entry {
		return s.field("新口令").(interface{ Input() fyne.Focusable }).Input().(*part.Entry)
	}
	typing().TypedShortcut(key)
	s.misses("案卷已上锁") // nothing to lock with
	s.must(s.desk.Protect(t.Context(), "", "a long passphrase"))
	s.show()
	s.ui.Settings()
	typing().TypedShortcut(key)
	s.sees("案卷已上锁")
	s.fill("口令或恢复码", "a long passphrase")
	s.tap("开锁")
	s.tap("上锁（Ctrl+L）")
	s.sees("案卷已上锁")
}

func TestAComputerThatSleptLocksWhenItWakes(t *testing.T) {
	s := guarded(t)
	s.must(s.desk.Protect(t.Context(), "", "a long passphrase"))
	s.show()
	now := noon
	s.desk.Now = func() time.Time { return now }
	s.ui.Home()
	now = now.Add(9 * time.Minute)
	s.ui.Watch()
	s.sees("工作台")
	now = now.Add(2 * time.Minute)
	s.ui.Watch()
	s.sees("案卷已上锁")
}

func TestAnAgencyOpensTheWindowByItsKeyFile(t *testing.T) {
	s := guarded(t)
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	s.must(s.desk.Protect(t.Context(), "", "a long passphrase"))
	s.ui.Settings()
	s.tap("添加服务机构")
	s.fill("age 公钥", id.Recipient().String())
	s.tap("添加服务机构", 1)
	s.sees(id.Recipient().String())
	s.shot("settings-lock")
	s.ui.Lock()
	s.pick = wizard.File{Name: "x.key", Data: []byte("no key at all")}
	s.tap("用机构私钥文件开锁")
	s.sees("E0308")
	s.pick.Data = []byte("# public key: x\n" + id.String() + "\n")
	s.tap("用机构私钥文件开锁")
	s.sees("工作台", "株洲恒硬刀具有限公司")
}
