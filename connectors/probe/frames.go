package probe

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"sync"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// maxFrames bounds the log of one run: far more than the largest plan sends.
const maxFrames = 1 << 18

// frames is the append-only log of a run: in memory and, where there is one, a line at a time in a file.
type frames struct {
	mu    sync.Mutex
	all   []scan.Frame
	bytes int64
	out   io.Writer
	err   error
}

func (l *frames) add(f scan.Frame) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.all) >= maxFrames {
		return
	}
	f.N, f.At = len(l.all)+1, f.At.UTC()
	prev := ""
	if n := len(l.all); n > 0 {
		prev = l.all[n-1].Sum
	}
	f.Sum = sum(prev, f)
	l.all = append(l.all, f)
	l.bytes += int64(len(f.Hex) / 2)
	if l.out != nil && l.err == nil {
		l.err = json.NewEncoder(l.out).Encode(f)
	}
}

// read gives a copy of the log.
func (l *frames) read() ([]scan.Frame, int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.all), l.bytes
}

func (l *frames) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.all)
}

func sum(prev string, f scan.Frame) string {
	f.Sum = ""
	line, _ := json.Marshal(f) // a struct of strings, numbers and a time: never fails
	h := sha256.Sum256(append([]byte(prev+"\n"), line...))
	return hex.EncodeToString(h[:])
}

// Verify tells whether a log of frames is whole: numbered from 1 and chained. It cannot see lines cut off at the end.
func Verify(log []scan.Frame) error {
	prev := ""
	for i, f := range log {
		if f.N != i+1 || f.Sum != sum(prev, f) {
			return survey.Fail(survey.CodeFileBroken, "probe.verify", "报文日志第 %d 行被改动", i+1)
		}
		prev = f.Sum
	}
	return nil
}
