//go:build unix

package join

import (
	"syscall"
	"testing"
	"time"
)

// BenchmarkReport makes the report of the sample firm. Beside the limit of 500 ms: wall/limit is the time on the clock, cpu/limit the time
// that the processors worked, which does not grow when the machine is busy with other things.
func BenchmarkReport(b *testing.B) {
	c := firms(b)["sample"]
	d, err := Thinking()
	if err != nil {
		b.Fatal(err)
	}
	st := d.Derive(b.Context(), c)
	before := worked(b)
	for b.Loop() {
		if _, err := d.ReportOf(st); err != nil {
			b.Fatal(err)
		}
	}
	limit := float64(b.N) * float64(500*time.Millisecond)
	b.ReportMetric(float64(worked(b)-before)/limit, "cpu/limit")
	b.ReportMetric(float64(b.Elapsed())/limit, "wall/limit")
}

// worked is the processor time of this process.
func worked(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
