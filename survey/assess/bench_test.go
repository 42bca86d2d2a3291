package assess_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

func factory(n int) *survey.Case {
	c := &survey.Case{Schema: survey.SchemaCase, AsOf: "2026-11-23"}
	for i := range n {
		c.Assets = append(c.Assets, survey.Asset{
			ID: fmt.Sprint(i), AssetID: fmt.Sprintf("SB-%04d", i), Name: "数控车床", Use: survey.UseProduction, Count: 1, Process: fmt.Sprintf("工序%d", i%40),
			KeyStep: survey.Yes, Numeric: survey.TriOf(i%3 > 0), Digital: survey.TriOf(i%2 == 0), Networked: survey.TriOf(i%3 == 0), Network: survey.NetApp,
		})
	}
	return c
}

// typical is the sample firm with a register of 60 lines.
func typical(b *testing.B) []byte {
	data, err := os.ReadFile("../../assets/sample/企业资料.json")
	if err != nil {
		b.Fatal(err)
	}
	c, err := survey.DecodeCase(data)
	if err != nil {
		b.Fatal(err)
	}
	c.Assets = append(c.Assets, factory(60).Assets...)
	data, err = json.Marshal(c)
	if err != nil {
		b.Fatal(err)
	}
	return data
}

// One assessment of 5,000 machines, beside merely reading the same case: the limit is 5 ms.
func BenchmarkFiveThousandMachines(b *testing.B) {
	q, c := edition(b), factory(5000)
	data, err := json.Marshal(c)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("assess", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			assess.Run(q, c)
		}
	})
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			_, _ = survey.DecodeCase(data)
		}
	})
}

// One typical case of a batch, beside merely reading it, and beside the standard library reading the same as strictly: 100,000 a minute and
// core are 600 µs for reading and scoring.
func BenchmarkTypicalCase(b *testing.B) {
	q, data := edition(b), typical(b)
	b.Run("decode and assess", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c, err := survey.DecodeCase(data)
			if err != nil {
				b.Fatal(err)
			}
			assess.LineOf(q, c)
		}
		b.ReportMetric(60/b.Elapsed().Seconds()*float64(b.N), "cases/min")
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = survey.DecodeCase(data)
		}
	})
	b.Run("decode by encoding/json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d := json.NewDecoder(bytes.NewReader(data))
			d.DisallowUnknownFields()
			if err := d.Decode(new(survey.Case)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
