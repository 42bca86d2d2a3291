package casedb

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// machines gives a register of n lines as an import leaves them: a full nameplate, flows and the evidence of the list's row.
func machines(n int) []survey.Asset {
	out := make([]survey.Asset, n)
	value := money.Yuan(385_000)
	for i := range out {
		out[i] = survey.Asset{
			ID: fmt.Sprintf("0199e0aa-0000-7000-8000-%012d", i), AssetID: fmt.Sprintf("SB-%05d", i), Name: "五轴立式加工中心",
			Nameplate: survey.Nameplate{Manufacturer: "沈阳机床", Model: "VMC-850", SerialNumber: fmt.Sprintf("SN%08d", i), YearOfConstruction: 2021},
			Class:     survey.ClassCNC, Use: survey.UseProduction, Count: 1, Workshop: "一车间", Process: "精铣", KeyStep: survey.Yes, Numeric: survey.Yes, Digital: survey.Yes,
			Networked: survey.Yes, Network: survey.NetControl, Ports: []string{"RJ45"}, Protocols: []string{"OPC UA"}, Flows: []survey.Flow{{Data: "状态", System: "mes", Scene: "production-control"}},
			Bought: "2021-05", Value: &value,
			Evidence: []survey.Evidence{{Source: survey.SourceImport, By: "张工", At: day, Note: fmt.Sprintf("台账.xlsx 第 %d 行", i+3)}},
		}
	}
	return out
}

// BenchmarkOpenFiveThousand holds loading a case with 5,000 assets against the bare read of the same rows, in one run.
func BenchmarkOpenFiveThousand(b *testing.B) {
	db, err := Open(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	c := fullCase("big")
	c.Assets = machines(5000)
	if err := db.Create(b.Context(), c, "张工", day); err != nil {
		b.Fatal(err)
	}
	read := func() time.Duration {
		return timed(b, func(ctx context.Context) error { return rawRead(ctx, db, "big") })
	}
	b.Run("raw read", func(b *testing.B) {
		for b.Loop() {
			read()
		}
	})
	b.Run("load", func(b *testing.B) {
		var raw, load time.Duration
		for b.Loop() {
			raw += read()
			load += timed(b, func(ctx context.Context) error { _, err := db.Load(ctx, "big"); return err })
		}
		b.ReportMetric(float64(load)/float64(raw), "×raw")
		b.ReportMetric(float64(load.Microseconds())/1000/float64(b.N), "ms/load")
	})
	b.Run("save one", func(b *testing.B) {
		n := 0
		for b.Loop() {
			n++
			a := c.Assets[n%5000]
			a.Count = n
			ch, err := wizard.Diff(&survey.Case{ID: "big", Assets: c.Assets[:1]}, &survey.Case{ID: "big", Assets: []survey.Asset{a}})
			if err != nil {
				b.Fatal(err)
			}
			if err := db.Save(b.Context(), "big", ch[:1], "张工", day.Add(time.Duration(n)*time.Second)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func timed(b *testing.B, do func(context.Context) error) time.Duration {
	at := time.Now()
	if err := do(b.Context()); err != nil {
		b.Fatal(err)
	}
	return time.Since(at)
}

// rawRead reads what Load needs, with the same columns, and does nothing with it.
func rawRead(ctx context.Context, db *DB, id string) error {
	rows, err := db.sql.Read.QueryContext(ctx, `
		SELECT f.kind, f.id, f.ord, f.revision, f.payload
		FROM (SELECT max(revision), rowid AS at FROM fact WHERE case_id = ?1 GROUP BY kind, id) n
		JOIN fact f ON f.rowid = n.at
		WHERE f.state = 'current'`, id)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var kind, id string
		var order, revision int
		var payload []byte
		if err := rows.Scan(&kind, &id, &order, &revision, &payload); err != nil {
			return err
		}
	}
	return rows.Err()
}
