package cmd

import (
	"bytes"
	"context"
	"image"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// screen is a display of its own with a window manager.
type screen struct {
	env []string
	dir string
}

// newScreen starts Xvfb and openbox; both end with the test.
func newScreen(t *testing.T) screen {
	t.Helper()
	if os.Getenv("SHANGYUN_PEERS") == "" {
		t.Skip("needs Xvfb, openbox and xdotool: run by make test-peers")
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{w}
	start(t, x)
	w.Close()
	buf := make([]byte, 16)
	n, err := r.Read(buf)
	if err != nil {
		t.Fatalf("Xvfb gave no display: %v", err)
	}
	dir := t.TempDir()
	s := screen{dir: dir, env: append(os.Environ(), "DISPLAY=:"+strings.TrimSpace(string(buf[:n])), "HOME="+dir, "XDG_RUNTIME_DIR="+dir, "XDG_CACHE_HOME="+dir, "LANG=C.UTF-8")}
	wm := exec.Command("openbox")
	wm.Env = s.env
	start(t, wm)
	return s
}

func start(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

// tool runs a program on the screen.
func (s screen) tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = s.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return strings.TrimSpace(string(out))
}

// shot takes a picture of the whole screen.
func (s screen) shot(t *testing.T, name string) image.Image {
	t.Helper()
	file := filepath.Join(s.dir, name+".png")
	s.tool(t, "import", "-window", "root", file)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if keep := os.Getenv("SHANGYUN_SHOTS"); keep != "" {
		_ = os.WriteFile(filepath.Join(keep, name+".png"), data, 0o600)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// colours counts the colours of a picture: a page with words has many, a blank window few.
func colours(img image.Image) int {
	seen := map[[3]uint32]bool{}
	for y := 0; y < 800; y += 2 {
		for x := range 1280 {
			r, g, b, _ := img.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
		}
	}
	return len(seen)
}

// origin gives where the window's content begins on the screen: the pointer knows, the window's geometry counts a frame twice.
func (s screen) origin(t *testing.T, win string) (x, y int) {
	t.Helper()
	for _, line := range strings.Fields(s.tool(t, "xdotool", "mousemove", "--window", win, "0", "0", "getmouselocation", "--shell")) {
		if n, ok := strings.CutPrefix(line, "X="); ok {
			x, _ = strconv.Atoi(n)
		}
		if n, ok := strings.CutPrefix(line, "Y="); ok {
			y, _ = strconv.Atoi(n)
		}
	}
	return x, y
}

// bluish tells whether a point is of the accent's colour or its tint, against white and grey.
func bluish(img image.Image, x, y int) bool {
	r, _, b, _ := img.At(x, y).RGBA()
	return b>>8 > r>>8+12
}

// until waits for something that another process does.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for limit := time.Now().Add(3 * time.Minute); time.Now().Before(limit); time.Sleep(200 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("not within 3 minutes: %s", what)
}

// TestTheRealWindowOpensOnTheDemosCase opens the wizard as make demo does, turns a page with the mouse, meets a second window that is refused in
// words, and closes.
func TestTheRealWindowOpensOnTheDemosCase(t *testing.T) {
	s := newScreen(t)
	gui := filepath.Join("..", "build", "bin", "shangyun")
	if _, err := os.Stat(gui); err != nil {
		t.Fatal("the window is not built: ", err)
	}
	bin, out := programs(t), filepath.Join(s.dir, "demo")
	if said, err := exec.CommandContext(t.Context(), filepath.Join(bin, "shangyun-demo"), "--bin", bin, "--out", out, "--pages=false").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	id, err := os.ReadFile(filepath.Join(out, "case-id"))
	if err != nil {
		t.Fatal(err)
	}
	open := func(args ...string) (*exec.Cmd, *bytes.Buffer) {
		cmd := exec.Command(gui, append([]string{"--data", filepath.Join(out, "data")}, args...)...)
		cmd.Env = s.env
		var said bytes.Buffer
		cmd.Stderr = &said
		start(t, cmd)
		return cmd, &said
	}
	first, said := open("--case", string(id))
	var win string
	until(t, "a window with words", func() bool {
		win = strings.Split(s.tool(t, "xdotool", "search", "--sync", "--onlyvisible", "--name", "上云通"), "\n")[0]
		return colours(s.shot(t, "window-open")) > 200
	})
	until(t, "the demo's case with all its steps done", func() bool { // the rail's progress bar is full
		x, y := s.origin(t, win)
		return bluish(s.shot(t, "window-case"), x+180, y+677)
	})
	until(t, "the 工作台", func() bool { // on a busy machine the first click may come before the window listens; the 工作台 stays the 工作台
		s.tool(t, "xdotool", "mousemove", "--window", win, "100", "82", "click", "1")
		x, y := s.origin(t, win)
		return bluish(s.shot(t, "window-home"), x+180, y+82)
	})
	second, refused := open()
	until(t, "the second window's refusal", func() bool {
		return strings.Count(s.tool(t, "xdotool", "search", "--onlyvisible", "--name", "上云通"), "\n") >= 1
	})
	_ = second.Process.Kill()
	_ = refused
	s.tool(t, "xdotool", "windowclose", win)
	until(t, "the end of the program", func() bool { return gone(first) })
	if strings.Contains(said.String(), "panic") || strings.Contains(said.String(), "goroutine ") {
		t.Errorf("the window's last words: %s", said)
	}
}

// gone tells whether a program ended; a zombie counts as ended.
func gone(cmd *exec.Cmd) bool {
	state, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(cmd.Process.Pid), "stat"))
	return err != nil || strings.Contains(string(state), ") Z ")
}
