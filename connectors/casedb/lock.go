package casedb

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// errHeld: another process (or another open handle of this one) has the lock.
var errHeld = errors.New("lock is held")

// lock takes the single-instance lock. The system drops it when the process
// ends in whatever way, so that no crash leaves a stale one; the file itself
// stays and only names the holder.
func lock(path string) (free func() error, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f); err != nil {
		holder := readHolder(f)
		_ = f.Close()
		if errors.Is(err, errHeld) {
			return nil, survey.Fail(survey.CodeStoreBusy, "casedb.open", "数据文件夹已在另一个窗口或程序%s中打开，请先关闭它再试", holder)
		}
		return nil, fmt.Errorf("lock folder: %w", err)
	}
	if err := writeHolder(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}

func writeHolder(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// readHolder names the process that holds the lock, "" when that cannot be told.
func readHolder(f *os.File) string {
	b := make([]byte, 20)
	n, _ := f.ReadAt(b, 0)
	pid, err := strconv.Atoi(strings.TrimSpace(string(b[:n])))
	if err != nil || pid <= 0 {
		return ""
	}
	return fmt.Sprintf("（进程 %d）", pid)
}
