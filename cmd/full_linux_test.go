package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func init() { jobs["full"] = fillDisk }

// mountRefused is what the child prints where the system lets nobody mount.
const mountRefused = "mount refused"

// TestAFullDiskIsNamedAndNothingIsLost runs the real program on a disk of 8 MiB that a child mounts in a name space of its own.
func TestAFullDiskIsNamedAndNothingIsLost(t *testing.T) {
	bin := tools(t)
	data, files := firm(t)
	cmd := job(t, "full", data)
	cmd.Env = append(cmd.Env, "SHANGYUN_CMD_TEST_BIN="+bin, "SHANGYUN_CMD_TEST_FILES="+files)
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, syscall.EPERM) || strings.Contains(string(out), mountRefused) {
		t.Skipf("a small disk cannot be mounted here: %v %s", err, out)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// small is the child's view: the programs, the sample's files and a small disk.
type small struct {
	ctx              context.Context
	bin, files, disk string
}

// fillDisk runs in the child: papers onto a full disk, then the case itself on one, then again after room was made.
func fillDisk(ctx context.Context, source string) error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("%s: %w", mountRefused, err)
	}
	s := small{ctx, os.Getenv("SHANGYUN_CMD_TEST_BIN"), os.Getenv("SHANGYUN_CMD_TEST_FILES"), filepath.Join(filepath.Dir(source), "small")}
	if err := os.Mkdir(s.disk, 0o700); err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", s.disk, "tmpfs", 0, "size=8m"); err != nil {
		return fmt.Errorf("%s: %w", mountRefused, err)
	}
	if err := s.papers(source); err != nil {
		return err
	}
	return s.facts(source)
}

// ctl runs one command line and holds it to an exit code and words.
func (s small) ctl(data string, code int, words string, args ...string) (string, error) {
	cmd := exec.CommandContext(s.ctx, filepath.Join(s.bin, "shangyunctl"), append([]string{"--data", data, "--by", "测试"}, args...)...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return "", err
	}
	if got := cmd.ProcessState.ExitCode(); got != code || !strings.Contains(string(out), words) || strings.Contains(string(out), "goroutine") {
		return "", fmt.Errorf("%.80s: exit %d with %.600s, want %d with %q", strings.Join(args, " "), got, out, code, words)
	}
	return string(out), nil
}

// fill leaves so many bytes free.
func (s small) fill(free int64) error {
	var st syscall.Statfs_t
	if err := syscall.Statfs(s.disk, &st); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.disk, "ballast"), make([]byte, int64(st.Bavail)*st.Bsize-free), 0o600)
}

// read gives the bytes of all papers in a folder.
func (s small) read(dir string) (string, error) {
	var all strings.Builder
	for _, name := range []string{"申报书.docx", "申报书.pdf", "汇总表.xlsx", "request.json"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return "", err
		}
		all.Write(b)
	}
	return all.String(), nil
}

func (s small) room() error { return os.Remove(filepath.Join(s.disk, "ballast")) }

// papers: the older set stays whole when the new one does not fit, though its first papers would.
func (s small) papers(data string) error {
	out := filepath.Join(s.disk, "文书")
	if _, err := s.ctl(data, 0, "申报书.pdf", "apply", "--agree", "测试", "-o", out); err != nil {
		return err
	}
	older, err := s.read(out)
	if err != nil {
		return err
	}
	if _, err := s.ctl(data, 0, "已保存", "set", "project.goals=改了目标"); err != nil {
		return err
	}
	if err := s.fill(64 << 10); err != nil {
		return err
	}
	if _, err := s.ctl(data, 3, "E0303 磁盘空间不足", "apply", "--agree", "测试", "-o", out); err != nil {
		return err
	}
	still, err := s.read(out)
	if err != nil || still != older {
		return fmt.Errorf("the older papers are not whole: %w", err)
	}
	left, err := filepath.Glob(filepath.Join(out, "*.part"))
	if err != nil || len(left) > 0 {
		return fmt.Errorf("left behind: %v %w", left, err)
	}
	if err := s.room(); err != nil {
		return err
	}
	_, err = s.ctl(data, 0, "申报书.pdf", "apply", "--agree", "测试", "-o", out)
	return errors.Join(err, os.RemoveAll(out))
}

// facts: saving names the full disk and keeps what was there.
func (s small) facts(source string) error {
	data := filepath.Join(s.disk, "data")
	if err := os.CopyFS(data, os.DirFS(source)); err != nil {
		return err
	}
	if _, err := s.ctl(data, 0, "已保存", "set", "firm.address=满盘之前"); err != nil {
		return err
	}
	before, err := s.ctl(data, 0, "满盘之前", "case", "export", "--agree", "测试")
	if err != nil {
		return err
	}
	if err := s.fill(128 << 10); err != nil {
		return err
	}
	big := filepath.Join(filepath.Dir(source), "扫描件.png")
	if err := os.WriteFile(big, make([]byte, 1<<20), 0o600); err != nil {
		return err
	}
	_, err = s.ctl(data, 3, "E0303 磁盘空间不足", "attach", "--role", "合同", big)
	if err = errors.Join(err, s.room(), s.fill(0)); err != nil {
		return err
	}
	long := strings.Repeat("很长的说明", 700)
	for _, line := range [][]string{{"set", "project.summary=" + long}, {"case", "import", filepath.Join(s.files, "企业资料.json")}} {
		if _, err := s.ctl(data, 3, "E0303 磁盘空间不足", line...); err != nil {
			return err
		}
	}
	if err := s.room(); err != nil {
		return err
	}
	after, err := s.ctl(data, 0, "满盘之前", "case", "export", "--agree", "测试")
	if err != nil {
		return err
	}
	if after != before {
		return errors.New("the case is another one after the full disk")
	}
	_, err = s.ctl(data, 0, "已保存", "set", "project.summary="+long)
	return err
}
