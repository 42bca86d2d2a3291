package installer

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// changes are the system calls by which a program changes files, with what names the file: a path in this argument, or a descriptor in the first.
var changes = map[uint64]struct {
	name string
	path int // number of the argument that holds a path; 0 when the first is a descriptor
}{
	unix.SYS_OPENAT: {"open", 2}, unix.SYS_MKDIRAT: {"mkdir", 2}, unix.SYS_UNLINKAT: {"unlink", 2}, unix.SYS_RENAMEAT: {"rename", 2}, unix.SYS_RENAMEAT2: {"rename", 2},
	unix.SYS_WRITE: {"write", 0}, unix.SYS_FSYNC: {"sync", 0}, unix.SYS_FTRUNCATE: {"truncate", 0}, unix.SYS_FCHMODAT: {"chmod", 2}, unix.SYS_COPY_FILE_RANGE: {"copy", 0},
}

// traced runs a program under ptrace and calls before with each change that it is about to make below folder; when before says so it is killed
// with SIGKILL on the spot, the change not made. Programs that it starts are not followed. It tells whether the program was killed.
func traced(t *testing.T, cmd *exec.Cmd, folder string, before func(change string) (kill bool)) (killed bool) {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var said strings.Builder
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	out, err := os.CreateTemp(t.TempDir(), "said")
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	pid := cmd.Process.Pid
	var ws unix.WaitStatus
	if _, err := unix.Wait4(pid, &ws, 0, nil); err != nil {
		t.Fatal(err)
	}
	err = errors.Join(unix.PtraceSetOptions(pid, unix.PTRACE_O_TRACECLONE|unix.PTRACE_O_TRACESYSGOOD|unix.PTRACE_O_EXITKILL), unix.PtraceSyscall(pid, 0))
	if err != nil {
		t.Fatal(err)
	}
	inside := map[int]bool{} // threads between the entry and the exit of a call
	for {
		tid, err := unix.Wait4(-1, &ws, unix.WALL|unix.WNOTHREAD, nil)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case (ws.Exited() || ws.Signaled()) && tid == pid:
			_ = cmd.Process.Release()
			if text, err := os.ReadFile(out.Name()); err == nil {
				said.Write(text)
			}
			if !killed && ws.ExitStatus() != 0 {
				t.Fatalf("%v: exit %d, signal %v\n%s", cmd.Args, ws.ExitStatus(), ws.Signal(), said.String())
			}
			_ = out.Close()
			return killed
		case ws.Exited() || ws.Signaled():
			delete(inside, tid)
			continue
		case ws.StopSignal() == unix.SIGTRAP|0x80:
			if inside[tid] = !inside[tid]; inside[tid] && !killed {
				if change := changeOf(pid, tid, folder); change != "" && before(change) {
					killed = unix.Kill(pid, unix.SIGKILL) == nil
					continue
				}
			}
			_ = unix.PtraceSyscall(tid, 0) // a thread may have ended meanwhile
		case ws.StopSignal() == unix.SIGTRAP, ws.StopSignal() == unix.SIGSTOP: // a new thread, told and begun
			_ = unix.PtraceSyscall(tid, 0)
		default:
			_ = unix.PtraceSyscall(tid, int(ws.StopSignal()))
		}
	}
}

// changeOf names the change that a thread is about to make below folder, "" when it makes none.
func changeOf(pid, tid int, folder string) string {
	var regs unix.PtraceRegs
	if unix.PtraceGetRegs(tid, &regs) != nil {
		return ""
	}
	c, ok := changes[regs.Orig_rax]
	if !ok || regs.Orig_rax == unix.SYS_OPENAT && regs.Rdx&(unix.O_CREAT|unix.O_TRUNC) == 0 {
		return ""
	}
	path := ""
	if c.path == 0 {
		fd := regs.Rdi
		if regs.Orig_rax == unix.SYS_COPY_FILE_RANGE {
			fd = regs.Rdx
		}
		path, _ = os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", pid, fd))
	} else if path = textAt(tid, uintptr(regs.Rsi)); !strings.HasPrefix(path, "/") {
		below, _ := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", pid, int32(regs.Rdi)))
		path = below + "/" + path
	}
	rest, ok := strings.CutPrefix(path, folder+"/")
	if !ok {
		return ""
	}
	return c.name + " " + rest
}

// textAt reads a C string out of a stopped thread.
func textAt(tid int, at uintptr) string {
	var b [4096]byte
	n, _ := unix.PtracePeekData(tid, at, b[:256])
	text, _, ok := strings.Cut(string(b[:n]), "\x00")
	if !ok {
		n, _ = unix.PtracePeekData(tid, at, b[:])
		text, _, _ = strings.Cut(string(b[:n]), "\x00")
	}
	return text
}
