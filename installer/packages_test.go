package installer

import (
	"bytes"
	"debug/elf"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// These tests hold what `make package` made in build/package; they install on this system as root and remove again. They run with
// SHANGYUN_PACKAGES=1 only: make test-packages.
const (
	packed = "../build/package"
	dist   = "../build/dist"
)

func packages(t *testing.T) {
	t.Helper()
	if os.Getenv("SHANGYUN_PACKAGES") == "" {
		t.Skip("make test-packages runs this")
	}
}

// do runs a program and gives what it printed; it fails the test when the program does.
func do(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// one gives the one file of that pattern under build/package.
func one(t *testing.T, pattern string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(packed, pattern))
	if err != nil || len(names) != 1 {
		t.Fatalf("%s: %v, %v", pattern, names, err)
	}
	full, err := filepath.Abs(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return full
}

// opensACase walks from nothing to an opened case with an installed command line.
func opensACase(t *testing.T, ctl string) string {
	t.Helper()
	data, papers := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "样例")
	do(t, ctl, "--data", data, "sample", papers)
	do(t, ctl, "--data", data, "case", "import", filepath.Join(papers, "企业资料.json"))
	if list := do(t, ctl, "--data", data, "case", "list"); !strings.Contains(list, "株洲恒硬刀具") {
		t.Errorf("%s lists %q", ctl, list)
	}
	if said := do(t, ctl, "--data", data, "--json", "assess"); !strings.Contains(said, `"score"`) {
		t.Errorf("%s assesses %.200q", ctl, said)
	}
	return data
}

func saysVersion(t *testing.T, program string) {
	t.Helper()
	if said := do(t, program, "--version"); strings.TrimSpace(said) != "上云通 "+Version() {
		t.Errorf("%s says %q", program, said)
	}
}

// display is an X server of this test's own.
func display(t *testing.T) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1366x900x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{w}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	_ = w.Close()
	b := make([]byte, 32)
	n, err := r.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return ":" + strings.TrimSpace(string(b[:n]))
}

// opensAWindow starts a program whose environment names a screen, waits for a window of its title that is drawn, does what is to be done while it
// is open, and ends it.
func opensAWindow(t *testing.T, cmd *exec.Cmd, while ...func()) {
	t.Helper()
	program := strings.Join(cmd.Args, " ")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &said, &said, time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer func() { _ = cmd.Process.Kill(); <-ended }()
	colours := 0
	for limit := time.Now().Add(4 * time.Minute); time.Now().Before(limit); time.Sleep(time.Second) {
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("%s ended: %v\n%s", program, err, said.String())
		default:
		}
		find := exec.CommandContext(t.Context(), "xdotool", "search", "--onlyvisible", "--name", "上云通")
		find.Env = cmd.Env
		if find.Run() != nil {
			continue
		}
		shot := exec.CommandContext(t.Context(), "sh", "-c", "import -window root png:- | identify -format %k -")
		shot.Env = cmd.Env
		if out, err := shot.Output(); err == nil {
			colours = 0
			for _, r := range strings.TrimSpace(string(out)) {
				colours = colours*10 + int(r-'0')
			}
			if colours > 50 { // text and icons are there, not a blank window
				for _, do := range while {
					do()
				}
				return
			}
		}
	}
	t.Errorf("%s drew no window (%d colours)\n%s", program, colours, said.String())
}

func gone(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := os.Lstat(name); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
}

// installDeb installs a package and removes it when the test ends, also when it failed.
func installDeb(t *testing.T, pattern, name string) {
	t.Helper()
	do(t, "dpkg", "-i", one(t, pattern))
	t.Cleanup(func() { _ = exec.Command("dpkg", "-P", name).Run() })
}

func TestTheDebInstallsOpensAndLeaves(t *testing.T) {
	packages(t)
	installDeb(t, "shangyun_*_amd64.deb", "shangyun")
	saysVersion(t, "/usr/bin/shangyunctl")
	saysVersion(t, "/usr/bin/shangyun")
	data := opensACase(t, "/usr/bin/shangyunctl")
	window := exec.CommandContext(t.Context(), "/usr/bin/shangyun", "--data", data)
	window.Env = append(os.Environ(), "DISPLAY="+display(t), "LIBGL_ALWAYS_SOFTWARE=1", "HOME="+t.TempDir())
	opensAWindow(t, window)
	do(t, "desktop-file-validate", "/usr/share/applications/cn.shangyuntong.shangyun.desktop")
	do(t, "xmllint", "--noout", "/usr/share/mime/packages/shangyun.xml")
	if out, err := exec.CommandContext(t.Context(), "/usr/bin/shangyunctl", "--data", data, "update", "take", packed+"/updates").CombinedOutput(); err == nil {
		t.Errorf("a packaged program updated itself: %s", out)
	}
	do(t, "dpkg", "-P", "shangyun")
	gone(t, "/usr/bin/shangyun", "/usr/bin/shangyunctl", "/usr/lib/shangyun", "/usr/share/applications/cn.shangyuntong.shangyun.desktop", "/usr/share/mime/packages/shangyun.xml")
	if _, err := os.Stat(filepath.Join(data, "cases.db")); err != nil {
		if entries, _ := os.ReadDir(data); len(entries) == 0 {
			t.Error("removing the package removed the cases")
		}
	}
}

func TestTheUOSPackageKeepsToItsLayout(t *testing.T) {
	packages(t)
	file := one(t, "cn.shangyuntong.shangyun_*_amd64.deb")
	for line := range strings.Lines(do(t, "dpkg-deb", "-c", file)) {
		name := strings.Fields(line)[5]
		if !strings.HasPrefix(name, "./opt/apps/cn.shangyuntong.shangyun/") && !slices.Contains([]string{"./", "./opt/", "./opt/apps/"}, name) {
			t.Errorf("%s lies outside", name)
		}
	}
	control := t.TempDir()
	do(t, "dpkg-deb", "-e", file, control)
	for _, script := range []string{"preinst", "postinst", "prerm", "postrm"} {
		gone(t, filepath.Join(control, script))
	}
	installDeb(t, "cn.shangyuntong.shangyun_*_amd64.deb", "cn.shangyuntong.shangyun")
	const at = "/opt/apps/cn.shangyuntong.shangyun/"
	var info struct {
		Appid, Name, Version string
		Arch                 []string
		Permissions          map[string]bool
	}
	raw, err := os.ReadFile(at + "info")
	if err == nil {
		err = json.Unmarshal(raw, &info)
	}
	if err != nil || info.Appid != "cn.shangyuntong.shangyun" || info.Version != Version()+".0" || !slices.Equal(info.Arch, []string{"amd64"}) || len(info.Permissions) != 9 {
		t.Errorf("info %+v, %v", info, err)
	}
	desktop, err := os.ReadFile(at + "entries/applications/cn.shangyuntong.shangyun.desktop")
	if err != nil || !strings.Contains(string(desktop), "Exec="+at+"files/shangyun %f\n") {
		t.Errorf("%s, %v", desktop, err)
	}
	saysVersion(t, at+"files/shangyun")
	saysVersion(t, at+"files/shangyunctl")
	opensACase(t, at+"files/shangyunctl")
	do(t, "dpkg", "-P", "cn.shangyuntong.shangyun")
	gone(t, at)
}

// TestTheARM64PackagesHoldThatSystemsPrograms looks into what cannot be installed here.
func TestTheARM64PackagesHoldThatSystemsPrograms(t *testing.T) {
	packages(t)
	for pattern, program := range map[string]string{
		"shangyun_*_arm64.deb": "usr/lib/shangyun/shangyun", "cn.shangyuntong.shangyun_*_arm64.deb": "opt/apps/cn.shangyuntong.shangyun/files/shangyun", "shangyun-portal_*_arm64.deb": "usr/bin/shangyun-portal",
		"shangyun-0*.aarch64.rpm": "usr/lib/shangyun/shangyun", "shangyun-portal-0*.aarch64.rpm": "usr/bin/shangyun-portal",
	} {
		file, root := one(t, pattern), t.TempDir()
		if strings.HasSuffix(file, ".deb") {
			if arch := strings.TrimSpace(do(t, "dpkg-deb", "-f", file, "Architecture")); arch != "arm64" {
				t.Errorf("%s is for %s", pattern, arch)
			}
			do(t, "dpkg-deb", "-x", file, root)
		} else {
			do(t, "sh", "-c", "cd \"$0\" && rpm2cpio \"$1\" | cpio -id --quiet --no-absolute-filenames 2>/dev/null", root, file)
		}
		f, err := elf.Open(filepath.Join(root, program))
		if err != nil {
			t.Fatal(err)
		}
		if f.Machine != elf.EM_AARCH64 {
			t.Errorf("%s holds a program for %v", pattern, f.Machine)
		}
		_ = f.Close()
	}
}

func TestThePortalPackageRunsNothingByItself(t *testing.T) {
	packages(t)
	installDeb(t, "shangyun-portal_*_amd64.deb", "shangyun-portal")
	saysVersion(t, "/usr/bin/shangyun-portal")
	unit, err := os.ReadFile("/usr/lib/systemd/system/shangyun-portal.service")
	if err != nil || !strings.Contains(string(unit), "DynamicUser=yes") {
		t.Error(err)
	}
	if said := do(t, "systemd-analyze", "verify", "/usr/lib/systemd/system/shangyun-portal.service"); strings.TrimSpace(said) != "" {
		t.Errorf("systemd warns of the unit: %s", said)
	}
	do(t, "systemd-analyze", "security", "--offline=true", "--threshold=20", "/usr/lib/systemd/system/shangyun-portal.service") // 0 is closed, 100 open
	do(t, "dpkg", "-P", "shangyun-portal")
	gone(t, "/usr/bin/shangyun-portal", "/etc/shangyun-portal.env")
}

func TestTheRPMInstallsOpensAndLeaves(t *testing.T) {
	packages(t)
	root := t.TempDir()
	file := one(t, "shangyun-0*.x86_64.rpm")
	rpm := func(args ...string) string { return do(t, "rpm", append([]string{"--root", root}, args...)...) }
	if scripts := do(t, "rpm", "-qp", "--scripts", file); strings.TrimSpace(scripts) != "" {
		t.Errorf("scripts: %s", scripts)
	}
	rpm("-i", "--nodeps", file)
	saysVersion(t, root+"/usr/lib/shangyun/shangyunctl")
	saysVersion(t, root+"/usr/lib/shangyun/shangyun")
	opensACase(t, root+"/usr/lib/shangyun/shangyunctl")
	rpm("-e", "--nodeps", "shangyun")
	gone(t, root+"/usr/lib/shangyun", root+"/usr/bin/shangyun")
}

func TestTheListIsSignedAndNothingIsMissing(t *testing.T) {
	packages(t)
	dir, err := filepath.Abs(packed)
	if err != nil {
		t.Fatal(err)
	}
	do(t, "minisign", "-V", "-q", "-p", filepath.Join(dir, "minisign.pub"), "-m", filepath.Join(dir, "SHA256SUMS"))
	check := exec.CommandContext(t.Context(), "sha256sum", "-c", "--quiet", "SHA256SUMS")
	check.Dir = dir
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	list, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, name)
		if err == nil && !e.IsDir() && !strings.HasPrefix(rel, "SHA256SUMS") && !strings.Contains(string(list), "  "+rel+"\n") {
			t.Errorf("%s is not listed", rel)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
