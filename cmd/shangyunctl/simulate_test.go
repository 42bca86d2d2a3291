package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// province makes n cases out of the sample firm: other sums, other titles, other regions; as lines of JSON.
func province(t testing.TB, n int) []byte {
	t.Helper()
	data, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		t.Fatal(err)
	}
	sample, err := survey.DecodeCase(data)
	if err != nil {
		t.Fatal(err)
	}
	r, regions := rand.New(rand.NewPCG(1, 2)), survey.Regions()
	var out bytes.Buffer
	for i := range n {
		c := sample.Clone()
		c.ID, c.Firm.Region = fmt.Sprint("case", i), regions[r.IntN(len(regions))].Code
		for j := range c.Invoices {
			for k := range c.Invoices[j].Lines {
				l := &c.Invoices[j].Lines[k]
				l.Net = l.Net * money.Fen(r.IntN(300)+1) / 100
				l.Gross = l.Net + l.Tax
			}
		}
		for j := range c.Payments {
			c.Payments[j].Amount = money.Yuan(100_000_000)
		}
		if r.IntN(3) == 0 {
			c.Titles = nil
		}
		line, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	return out.Bytes()
}

func hunanPacks(t testing.TB, x *subsidy.WhatIf) []*subsidy.Policy {
	t.Helper()
	all, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	p := subsidy.Find(all, "hunan-text-v1")
	if x == nil {
		return []*subsidy.Policy{p}
	}
	return []*subsidy.Policy{p, p.With(*x)}
}

func TestSimulationIsTheSumOfItsCasesForAnyNumberOfJobs(t *testing.T) {
	lines := province(t, 400)
	limit := money.Yuan(300_000)
	packs := hunanPacks(t, &subsidy.WhatIf{Cap: &limit})
	spoiled := append([]byte("\nnot a case\n"), lines...)
	first, err := simulate(bytes.NewReader(spoiled), packs, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, jobs := range []int{2, 7} {
		again, err := simulate(bytes.NewReader(spoiled), packs, nil, jobs)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(first, again); d != "" {
			t.Errorf("%d jobs give other figures:\n%s", jobs, d)
		}
	}
	var cost, capped money.Fen
	for _, line := range bytes.Split(bytes.TrimSpace(lines), []byte("\n")) {
		c, err := survey.DecodeCase(line)
		if err != nil {
			t.Fatal(err)
		}
		for k, sum := range []*money.Fen{&cost, &capped} {
			if got := subsidy.Compute(packs[k], c, assess.Assessment{}).Conservative.Amount; got != nil {
				*sum += *got
			}
		}
	}
	if first.Base.Cost != cost || first.WhatIf.Cost != capped || cost <= capped || capped == 0 {
		t.Errorf("got %s and %s, the cases one by one give %s and %s", first.Base.Cost, first.WhatIf.Cost, cost, capped)
	}
	if first.Base.Cases != 400 || first.Refused != 1 || len(first.Faults) != 1 || first.Faults[0].Line != 2 || first.Base.Possible == 0 || first.Base.Winners == 0 {
		t.Errorf("got %+v, %d refused %+v", first.Base, first.Refused, first.Faults)
	}
	for _, m := range first.WhatIf.Measures {
		if m.Largest > limit {
			t.Errorf("%s pays %s above the cap", m.ID, m.Largest)
		}
	}
}

func TestAnOpenMeasurePaysInASimulationOnlyWithARate(t *testing.T) {
	limit, rate := money.Yuan(200_000), money.Rate(2000)
	for _, x := range []subsidy.WhatIf{{Measure: "H3-1", Cap: &limit}, {Measure: "H3-1", Cap: &limit, Rate: &rate}} {
		p := hunanPacks(t, &x)[1]
		for _, m := range p.Measures {
			if m.ID == "H3-1" && (m.Kind == subsidy.KindShare) != (x.Rate != nil) {
				t.Errorf("with rate %v the measure is %s", x.Rate, m.Kind)
			}
		}
	}
}

// BenchmarkSimulate prints cases per minute on one core, beside decoding the same lines.
func BenchmarkSimulate(b *testing.B) {
	lines := province(b, 500)
	packs := hunanPacks(b, nil)
	one := func(b *testing.B, do func() error) time.Duration {
		start := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		return time.Since(start)
	}
	var whole, decode time.Duration
	for b.Loop() {
		whole += one(b, func() error { _, err := simulate(bytes.NewReader(lines), packs, nil, 1); return err })
		decode += one(b, func() error {
			for line := range bytes.SplitSeq(bytes.TrimSpace(lines), []byte("\n")) {
				if _, err := survey.DecodeCase(line); err != nil {
					return err
				}
			}
			return nil
		})
	}
	n := float64(b.N) * 500
	b.ReportMetric(n/whole.Minutes(), "cases/min")
	b.ReportMetric(n/decode.Minutes(), "decoded/min")
	b.ReportMetric(float64(whole)/float64(decode), "times-decoding")
	b.ReportMetric(float64(len(lines))/500, "bytes/case")
}

func TestSimulateSaysWhatIsWrongWithItsFlags(t *testing.T) {
	for flags, says := range map[string]string{
		"--policy nowhere --cases x": "没有规则包", "--policy hunan-text-v1 --cases nowhere.jsonl": "nowhere.jsonl",
		"--policy hunan-text-v1 --cases x --cap -1": "E01", "--policy hunan-text-v1 --cases x --rate 20": "0 与 1 之间",
		"--policy hunan-text-v1 --cases x --measure H3-1": "--measure", "--policy hunan-text-v1 --cases x --measure H0 --cap 1": "没有条款",
	} {
		var out, errs bytes.Buffer
		if code := Main(t.Context(), append([]string{"simulate"}, strings.Fields(flags)...), &out, &errs); code == 0 || !strings.Contains(errs.String()+out.String(), says) && says != "E01" {
			t.Errorf("%s: exit %d, %s", flags, code, errs.String())
		}
	}
}
