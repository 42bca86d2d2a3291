package casedb

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// firms fills a folder with n sealed cases and their overviews by the code that saves them, in one transaction.
func firms(t testing.TB, db *DB, n int) {
	t.Helper()
	regions, words := survey.Regions(), []string{"恒硬刀具", "锐锋铸造", "青澜电瓷", "凌越航空零部件", "万合皮革机械", "中拓轨道配件"}
	err := db.sql.Tx(t.Context(), func(tx *sql.Tx) error {
		for i := range n {
			region := regions[i%len(regions)]
			c := &survey.Case{ID: fmt.Sprintf("0199e0aa-0000-7000-8000-%012d", i), Created: day, AsOf: "2026-11-23",
				Firm: survey.Firm{Name: fmt.Sprintf("%s%s%d有限公司", region.Name[:6], words[i%len(words)], i), CreditCode: fmt.Sprintf("91430211MA%08d", i), Region: region.Code}}
			facts, err := c.Facts()
			if err != nil {
				return err
			}
			changes := make([]wizard.Change, len(facts))
			for j, f := range facts {
				changes[j].Fact = f
			}
			if _, err := db.create(t.Context(), tx, c, changes, "张工", day.Add(time.Duration(i)*time.Second)); err != nil {
				return err
			}
			o := wizard.Overview{Name: c.Firm.Name, CreditCode: c.Firm.CreditCode, Region: c.Firm.Region, Next: wizard.Steps()[i%7], Open: i % 4, Problem: i%9 == 0, Made: "x"}
			if i%5 > 0 {
				o.Level, o.LevelName, o.Score = i%5-1, "某级", assess.Points(i%100_000)
			}
			if err := db.writeOverview(t.Context(), tx, c.ID, o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// limit is what a list, a search, a filter or a sort may take (the 95th percentile).
const limit = 50 * time.Millisecond

func tenThousand(b *testing.B) *DB {
	b.Helper()
	db, err := Open(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	firms(b, db, 10_000)
	return db
}

// percentile runs do often and reports the 95th percentile, beside the limit.
func percentile(b *testing.B, do func(ctx context.Context) error) {
	b.Helper()
	var all []time.Duration
	for b.Loop() {
		all = append(all, timed(b, do))
	}
	slices.Sort(all)
	p95 := all[(len(all)*95+99)/100-1]
	b.ReportMetric(float64(p95.Microseconds())/1000, "ms-p95")
	b.ReportMetric(float64(p95)/float64(limit), "×limit")
}

func BenchmarkListTenThousand(b *testing.B) {
	db := tenThousand(b)
	b.Run("first after unlocking", func(b *testing.B) {
		percentile(b, func(ctx context.Context) error { db.index.drop(); _, err := db.List(ctx); return err })
	})
	b.Run("again", func(b *testing.B) {
		percentile(b, func(ctx context.Context) error { _, err := db.List(ctx); return err })
	})
	b.Run("after a save", func(b *testing.B) {
		n := 0
		id := fmt.Sprintf("0199e0aa-0000-7000-8000-%012d", 7)
		for b.Loop() {
			n++
			ch := wizard.Change{Fact: survey.Fact{Kind: "draft", ID: "firm.capital", Data: fmt.Appendf(nil, `"%d"`, n)}}
			if err := db.SaveSeen(b.Context(), id, []wizard.Change{ch}, wizard.Seen{Overview: wizard.Overview{Made: "x"}}, "", day); err != nil {
				b.Fatal(err)
			}
			if _, err := db.List(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("without the index", func(b *testing.B) { // the peer: every row read and opened again
		percentile(b, func(ctx context.Context) error { _, err := db.lines(ctx, db.sql.Read, 0); return err })
	})
}

func BenchmarkSearchTenThousand(b *testing.B) {
	db := tenThousand(b)
	for _, c := range []struct {
		name string
		q    wizard.Query
	}{
		{"name", wizard.Query{Text: "锐锋 77"}},
		{"code", wizard.Query{Text: "91430211MA00007777"}},
		{"region", wizard.Query{Region: "430200"}},
		{"level", wizard.Query{Level: "2"}},
		{"state", wizard.Query{State: wizard.GroupMend}},
		{"request", wizard.Query{State: wizard.Group(submit.StateReturned)}},
		{"sorted by name", wizard.Query{Sort: wizard.SortName}},
		{"sorted by score", wizard.Query{Sort: wizard.SortScore, Desc: true}},
		{"all at once", wizard.Query{Text: "有限公司", Region: "430200", State: wizard.GroupTodo, Sort: wizard.SortNext, Limit: 100}},
	} {
		b.Run(c.name, func(b *testing.B) {
			percentile(b, func(ctx context.Context) error { _, err := db.Search(ctx, c.q); return err })
		})
	}
}
