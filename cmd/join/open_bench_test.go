package join

import (
	"fmt"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// BenchmarkDeskWithFiveThousandAssets takes opening and one edit apart: what the case file does and what is derived anew.
func BenchmarkDeskWithFiveThousandAssets(b *testing.B) {
	d, closer, err := Desk(b.Context(), b.TempDir(), "测试")
	if err != nil {
		b.Fatal(err)
	}
	defer closer.Close()
	data, err := Sample()
	if err != nil {
		b.Fatal(err)
	}
	c, err := survey.DecodeCase(data)
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; len(c.Assets) < 5000; i++ {
		a := c.Assets[i]
		a.ID = fmt.Sprint(a.ID, "-", i)
		c.Assets = append(c.Assets, a)
	}
	st, err := d.Adopt(b.Context(), c)
	if err != nil {
		b.Fatal(err)
	}
	id := st.Case.ID
	b.Run("open", func(b *testing.B) {
		var load, derive, whole time.Duration
		for b.Loop() {
			at := time.Now()
			c, err := d.Cases.Load(b.Context(), id)
			if err != nil {
				b.Fatal(err)
			}
			load += time.Since(at)
			at = time.Now()
			d.Derive(b.Context(), c)
			derive += time.Since(at)
			at = time.Now()
			if _, err := d.Open(b.Context(), id); err != nil {
				b.Fatal(err)
			}
			whole += time.Since(at)
		}
		tell(b, map[string]time.Duration{"ms-load": load, "ms-derive": derive, "ms-whole": whole})
	})
	b.Run("edit one asset", func(b *testing.B) {
		n := 0
		for b.Loop() {
			n++
			if _, err := d.Edit(b.Context(), id, func(c *survey.Case) error { c.Assets[n%5000].Count = 1 + n%7; return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("clone and compare", func(b *testing.B) {
		c, err := d.Cases.Load(b.Context(), id)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			after := c.Clone()
			after.Assets[77].Note = "新"
			if ch, err := wizard.Diff(c, after); err != nil || len(ch) != 1 {
				b.Fatal(len(ch), err)
			}
		}
	})
}

func tell(b *testing.B, sums map[string]time.Duration) {
	for name, sum := range sums {
		b.ReportMetric(float64(sum.Microseconds())/1000/float64(b.N), name)
	}
}
