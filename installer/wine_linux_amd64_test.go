package installer

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const wineLoader = "/usr/lib/wine/wine64"

// wine is a Windows of its own: a fresh prefix, a home and a screen.
type wine struct {
	prefix string
	env    []string
}

// newWine makes one; where wine is missing the test is skipped by name.
func newWine(t *testing.T) wine {
	t.Helper()
	packages(t)
	if _, err := os.Stat(wineLoader); err != nil {
		t.Skip("no wine64 here: the Windows programs are not started")
	}
	dir := t.TempDir()
	w := wine{prefix: filepath.Join(dir, "prefix")}
	for _, name := range []string{"home", "run", "prefix"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w.env = append(os.Environ(), "HOME="+dir+"/home", "XDG_RUNTIME_DIR="+dir+"/run", "WINEPREFIX="+w.prefix, "WINEARCH=win64", "WINEDEBUG=-all",
		"WINEDLLOVERRIDES=mscoree,mshtml=", "LIBGL_ALWAYS_SOFTWARE=1", "DISPLAY="+display(t))
	server := func(arg string) error {
		cmd := exec.Command("/usr/lib/wine/wineserver", arg)
		cmd.Env = w.env
		return cmd.Run()
	}
	if err := server("-p"); err != nil { // it stays between programs; else each would boot Windows again
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = server("-k"), server("-w") })
	w.do(t, "wineboot", "-i")
	do(t, "x86_64-w64-mingw32-gcc-win32", "-shared", "-o", w.drive("windows/system32/bcryptprimitives.dll"), "testdata/prng.c", "-ladvapi32")
	return w
}

// drive is the place of a file of C: here.
func (w wine) drive(name string) string { return filepath.Join(w.prefix, "drive_c", name) }

func (w wine) command(t *testing.T, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), wineLoader, args...)
	cmd.Env = w.env
	return cmd
}

// run runs a Windows program to its end and gives what it printed, by way of a file: services that Windows starts with it keep its output open.
func (w wine) run(t *testing.T, args ...string) (string, error) {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "said")
	if err != nil {
		t.Fatal(err)
	}
	cmd := w.command(t, args...)
	cmd.Stdout, cmd.Stderr = f, f
	failed := cmd.Run()
	said, err := os.ReadFile(f.Name())
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(said), "\r\n", "\n"), failed
}

// do is run for a program that has to end well.
func (w wine) do(t *testing.T, args ...string) string {
	t.Helper()
	said, err := w.run(t, args...)
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, said)
	}
	return said
}

// roaming is the user's %APPDATA%.
func (w wine) roaming(t *testing.T) string {
	t.Helper()
	names, err := filepath.Glob(w.drive("users/*/AppData/Roaming"))
	names = slices.DeleteFunc(names, func(n string) bool { return strings.Contains(n, "/Public/") })
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	return names[0]
}

// opensACase walks from nothing to an assessed case with the command line, whose cases lie where the program itself puts them.
func (w wine) opensACase(t *testing.T, ctl string) {
	t.Helper()
	if said := w.do(t, ctl, "--version"); strings.TrimSpace(said) != "上云通 "+Version() {
		t.Errorf("%s says %q", ctl, said)
	}
	w.do(t, ctl, "sample", `C:\样例`)
	w.do(t, ctl, "case", "import", `C:\样例\企业资料.json`)
	w.listsTheCase(t, ctl)
	if said := w.do(t, ctl, "--json", "assess"); !strings.Contains(said, `"score"`) {
		t.Errorf("%s assesses %.200q", ctl, said)
	}
}

func (w wine) listsTheCase(t *testing.T, ctl string) {
	t.Helper()
	if list := w.do(t, ctl, "case", "list"); !strings.Contains(list, "株洲恒硬刀具") {
		t.Errorf("%s lists %q", ctl, list)
	}
}

// TestThePortableZipKeepsItsDataBesideUnderWine unpacks it, opens a case by words and in the window, and finds nothing in the user's folders.
func TestThePortableZipKeepsItsDataBesideUnderWine(t *testing.T) {
	w := newWine(t)
	stick := t.TempDir()
	do(t, "7z", "x", "-y", "-bso0", "-o"+stick, one(t, "shangyun-*-portable.zip"))
	at := filepath.Join(stick, "上云通")
	w.opensACase(t, filepath.Join(at, "shangyunctl.exe"))
	opensAWindow(t, w.command(t, filepath.Join(at, "shangyun.exe")))
	if _, err := os.Stat(filepath.Join(at, "数据", "cases.db")); err != nil {
		t.Error(err)
	}
	gone(t, filepath.Join(w.roaming(t), "shangyun"))
}

// TestAProgramReplacesItselfUnderWine: Windows does not let a running program be replaced, so it is moved aside first.
func TestAProgramReplacesItselfUnderWine(t *testing.T) {
	w := newWine(t)
	at := t.TempDir()
	ctl := filepath.Join(at, "shangyunctl.exe")
	do(t, "cp", filepath.Join(dist, "windows-amd64/shangyunctl.exe"), ctl)
	says := func(want string) {
		t.Helper()
		if said := w.do(t, ctl, "--version"); strings.TrimSpace(said) != "上云通 "+want {
			t.Errorf("says %q, want %s", said, want)
		}
	}
	says(Version())
	w.do(t, ctl, "update", "take", filepath.Join(stick(t), "windows.syupdate"))
	says(nextVersion)
	if said := w.do(t, ctl, "update", "undo", "program"); !strings.Contains(said, "程序 "+Version()) {
		t.Errorf("went back: %s", said)
	}
	says(Version())
	if left, err := filepath.Glob(filepath.Join(at, ".update/old/*")); err != nil || len(left) > 0 {
		t.Errorf("moved aside and left: %v, %v", left, err)
	}
}

// files lists the names in a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// TestTheSetupInstallsForTheUserAndLeavesTheCasesUnderWine installs silently, opens a case with the program that its file type names, is refused while the window is open,
// and uninstalls twice: keeping the cases, then with them.
func TestTheSetupInstallsForTheUserAndLeavesTheCasesUnderWine(t *testing.T) {
	w := newWine(t)
	program := one(t, "shangyun-*-setup.exe")
	w.do(t, program, "/S")
	at := filepath.Join(filepath.Dir(w.roaming(t)), "Local/Programs/Shangyun")
	want := []string{"LICENSE.txt", "sbom.cdx.json", "shangyun.exe", "shangyunctl.exe", "uninstall.exe", "说明.txt"}
	if got := files(t, at); !slices.Equal(got, want) {
		t.Errorf("installed %v", got)
	}
	ctl := filepath.Join(at, "shangyunctl.exe")
	w.opensACase(t, ctl)
	data, link := filepath.Join(w.roaming(t), "shangyun"), filepath.Join(w.roaming(t), "Microsoft/Windows/Start Menu/Programs/上云通.lnk")
	for _, name := range []string{filepath.Join(data, "cases.db"), link} {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	const key = `HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Shangyun`
	if said := w.do(t, "reg", "query", key); !strings.Contains(said, `uninstall.exe" /S`) || !strings.Contains(said, Version()) {
		t.Errorf("registered as %s", said)
	}
	if err := os.Rename(w.drive("样例/企业资料.json"), w.drive("样例/企业资料.sycase")); err != nil {
		t.Fatal(err)
	}
	inside := `_?=C:\users\` + filepath.Base(filepath.Dir(filepath.Dir(w.roaming(t)))) + `\AppData\Local\Programs\Shangyun`
	opensAWindow(t, w.command(t, w.opener(t, ".sycase"), `C:\样例\企业资料.sycase`), func() {
		if out, err := w.run(t, filepath.Join(at, "uninstall.exe"), "/S", inside); err == nil || !slices.Equal(files(t, at), want) {
			t.Errorf("uninstalled under an open window: %v\n%s", files(t, at), out)
		}
	})

	w.uninstalls(t, at)
	leaves(t, link)
	eventually(t, "the uninstaller's entry", func() bool { _, err := w.run(t, "reg", "query", key); return err != nil })
	w.do(t, program, "/S", `/D=C:\另一处`)
	w.listsTheCase(t, w.drive("另一处/shangyunctl.exe")) // uninstalling kept it
	w.uninstalls(t, w.drive("另一处"), "/DELETEDATA")
	leaves(t, data)
}

// opener is the program that the user's registry names for a file type. Wine 8 does not look there by itself when a file is opened.
func (w wine) opener(t *testing.T, ending string) string {
	t.Helper()
	value := func(key string) string {
		_, after, ok := strings.Cut(w.do(t, "reg", "query", `HKCU\Software\Classes\`+key, "/ve"), "REG_SZ")
		if !ok {
			t.Fatalf("%s is not registered", key)
		}
		return strings.TrimSpace(after)
	}
	program, ok := strings.CutSuffix(value(value(ending)+`\shell\open\command`), ` "%1"`)
	if !ok {
		t.Errorf("%s is opened by %s", ending, program)
	}
	return strings.Trim(program, `"`)
}

// uninstalls runs the uninstaller as Windows does; it works from a copy of itself and returns at once.
func (w wine) uninstalls(t *testing.T, at string, more ...string) {
	t.Helper()
	w.do(t, append([]string{filepath.Join(at, "uninstall.exe"), "/S"}, more...)...)
	leaves(t, at)
}

// leaves waits until a file or folder is gone.
func leaves(t *testing.T, name string) {
	t.Helper()
	eventually(t, name, func() bool { _, err := os.Lstat(name); return err != nil })
}

func eventually(t *testing.T, what string, gone func() bool) {
	t.Helper()
	for limit := time.Now().Add(3 * time.Minute); time.Now().Before(limit); time.Sleep(time.Second / 2) {
		if gone() {
			return
		}
	}
	t.Errorf("%s stays", what)
}
