package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/zalando/go-keyring"
)

// lockedFolder is a folder with a case and a passphrase that nobody gives any more.
func lockedFolder(t *testing.T) string {
	t.Helper()
	noTerminal(t)
	data := t.TempDir()
	t.Setenv(envNew, "")
	t.Setenv(envPassphrase, "a long passphrase")
	wantCtl(t, data, 0, "已新建", "case", "new", "株洲恒硬刀具有限公司")
	wantCtl(t, data, 0, "恢复码", "lock", "set")
	return data
}

func TestAnAgencysIdentityOpensEveryCommand(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	agencyOpens(t, id.Recipient().String(), "# created: 2026-11-23\n# public key: "+id.Recipient().String()+"\n"+id.String()+"\n")
}

func TestAnIdentityMadeByAgeKeygenOpens(t *testing.T) {
	if os.Getenv("SHANGYUN_PEERS") == "" {
		t.Skip("needs age-keygen: run by make test-peers")
	}
	file := filepath.Join(t.TempDir(), "agency.key")
	if out, err := exec.Command("age-keygen", "-o", file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	to, err := exec.Command("age-keygen", "-y", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	agencyOpens(t, strings.TrimSpace(string(to)), string(text))
}

func agencyOpens(t *testing.T, recipient, identity string) {
	t.Helper()
	data := lockedFolder(t)
	file := filepath.Join(t.TempDir(), "agency.key")
	if err := os.WriteFile(file, []byte(identity), 0o600); err != nil {
		t.Fatal(err)
	}
	wantCtl(t, data, 2, "公钥", "lock", "agency")
	wantCtl(t, data, 3, "不完整", "lock", "agency", "age1notakey")
	wantCtl(t, data, 0, "--identity", "lock", "agency", recipient)
	t.Setenv(envPassphrase, "")
	wantCtl(t, data, 0, recipient, "lock", "status")
	wantCtl(t, data, 3, "E0308", "case", "list")
	wantCtl(t, data, 0, "株洲恒硬", "--identity", file, "case", "list")
	wantCtl(t, data, 0, "已备份", "--identity", file, "backup", "now")
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	wrong := filepath.Join(t.TempDir(), "wrong.key")
	if err := os.WriteFile(wrong, []byte(other.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	wantCtl(t, data, 3, "E0308", "--identity", wrong, "case", "list")
	wantCtl(t, data, 3, "不是 age 私钥", "--identity", filepath.Join(data, "cases.db"), "case", "list")
	wantCtl(t, data, 3, "E0207", "--identity", filepath.Join(data, "nowhere"), "case", "list")

	// The owner forgot her passphrase: the agency sets a new one.
	t.Setenv(envNew, "another passphrase")
	wantCtl(t, data, 0, "已更换", "--identity", file, "lock", "change")
	t.Setenv(envPassphrase, "another passphrase")
	wantCtl(t, data, 0, "株洲恒硬", "case", "list")
	wantCtl(t, data, 0, "不再能打开", "lock", "agency", "--remove")
	t.Setenv(envPassphrase, "")
	wantCtl(t, data, 4, "没有设置这一种", "--identity", file, "case", "list")
}

func TestTheKeyringOpensWhatThePersonChoseItFor(t *testing.T) {
	keyring.MockInit()
	keyringOpens(t)
}

func keyringOpens(t *testing.T) {
	t.Helper()
	noTerminal(t)
	t.Setenv(envPassphrase, "")
	wantCtl(t, t.TempDir(), 4, "请先设置口令", "lock", "keyring")
	data := lockedFolder(t)
	t.Setenv(envPassphrase, "")
	wantCtl(t, data, 3, "E0308", "case", "list")
	t.Setenv(envPassphrase, "a long passphrase")
	wantCtl(t, data, 0, "仍然有效", "lock", "keyring")
	t.Setenv(envPassphrase, "")
	wantCtl(t, data, 0, "株洲恒硬", "case", "list")
	wantCtl(t, data, 0, "钥匙串也能打开", "lock", "status")
	t.Setenv(envPassphrase, "a long passphrase")
	wantCtl(t, data, 0, "株洲恒硬", "case", "list") // never only the keyring
	t.Setenv(envPassphrase, "")
	wantCtl(t, data, 0, "不再能打开", "lock", "keyring", "--off")
	wantCtl(t, data, 3, "E0308", "case", "list")
}

func TestWithoutAKeyringThePassphraseStays(t *testing.T) {
	keyring.MockInitWithError(os.ErrNotExist)
	t.Cleanup(keyring.MockInit)
	data := lockedFolder(t)
	wantCtl(t, data, 4, "没有可用的系统钥匙串", "lock", "keyring")
	wantCtl(t, data, 0, "株洲恒硬", "case", "list")
}

// insideVar is set in the run of this test binary that has a Secret Service of its own.
const insideVar = "SHANGYUN_TEST_SECRET_SERVICE"

// TestARealSecretServiceOpensTheFolder runs the keyring test again against gnome-keyring on a bus of its own.
func TestARealSecretServiceOpensTheFolder(t *testing.T) {
	if os.Getenv(insideVar) != "" {
		keyringOpens(t)
		return
	}
	if os.Getenv("SHANGYUN_PEERS") == "" {
		t.Skip("needs gnome-keyring-daemon and dbus-run-session: run by make test-peers")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	cmd := exec.CommandContext(t.Context(), "dbus-run-session", "--", "sh", "-c",
		`printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" -test.v -test.run '^TestARealSecretServiceOpensTheFolder$'`, exe)
	cmd.Env = append(os.Environ(), insideVar+"=1", "HOME="+home, "XDG_RUNTIME_DIR="+home, "XDG_DATA_HOME="+filepath.Join(home, "data"), "XDG_CACHE_HOME="+home)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestARealSecretServiceOpensTheFolder") {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestTheCipherIsChosenInANewFolderOnly(t *testing.T) {
	noTerminal(t)
	t.Setenv(envNew, "")
	t.Setenv(envPassphrase, "a long passphrase")
	data := t.TempDir()
	sheet := filepath.Join(t.TempDir(), "恢复码.pdf")
	wantCtl(t, data, 0, "打印后请删除", "lock", "set", "--cipher", "sm4", "--sheet", sheet)
	if pdf, err := os.ReadFile(sheet); err != nil || !strings.HasPrefix(string(pdf), "%PDF") {
		t.Errorf("the sheet: %.10q, %v", pdf, err)
	}
	if out := wantCtl(t, data, 0, "SM4-GCM", "lock", "status"); !strings.Contains(out, "未经密码产品认证") {
		t.Error("the status claims a certification")
	}
	wantCtl(t, data, 0, "已新建", "case", "new", "株洲恒硬刀具有限公司")
	wantCtl(t, data, 0, "株洲恒硬", "case", "list")

	old := t.TempDir()
	wantCtl(t, old, 0, "已新建", "case", "new", "株洲恒硬刀具有限公司")
	wantCtl(t, old, 4, "只能在新文件夹", "lock", "set", "--cipher", "sm4")
	wantCtl(t, old, 0, "没有设置口令", "lock", "status")
}
