package join

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"
)

// crashNow is the file that stands in the cases' folder while the window is open; the runtime writes a crash's last words into it.
const crashNow = "running.crash"

// maxCrashes is how many reports of earlier crashes are kept.
const maxCrashes = 5

// Watch is the watch over one run of the window.
type Watch struct {
	file *os.File

	// Earlier is the report of the last run when it did not end by itself: a crash, a kill, a power cut. "" when it ended well.
	Earlier string
}

// WatchCrash begins the watch. It is called once the case file is open, so that no other window uses the folder. A run that ended before End
// leaves its file, which is renamed to crash-<time>.txt; it holds the runtime's report (no facts but what a panic names) or nothing when
// the process was killed.
func WatchCrash(folder string, now time.Time) (*Watch, error) {
	name := filepath.Join(folder, crashNow)
	w := &Watch{}
	if _, err := os.Stat(name); err == nil {
		w.Earlier = filepath.Join(folder, "crash-"+now.Format("20060102-150405")+".txt")
		if err := os.Rename(name, w.Earlier); err != nil {
			return nil, fmt.Errorf("keep the last crash: %w", err)
		}
	}
	forgetCrashes(folder)
	file, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("watch for crashes: %w", err)
	}
	w.file = file
	return w, debug.SetCrashOutput(file, debug.CrashOptions{})
}

// End says that this run ended well.
func (w *Watch) End() error {
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	if err := w.file.Close(); err != nil {
		return err
	}
	return os.Remove(w.file.Name())
}

// forgetCrashes keeps the newest reports only; their names sort by time.
func forgetCrashes(folder string) {
	all, _ := filepath.Glob(filepath.Join(folder, "crash-*.txt"))
	slices.Sort(all)
	for _, old := range all[:max(0, len(all)-maxCrashes)] {
		_ = os.Remove(old)
	}
}
