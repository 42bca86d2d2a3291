package inventory_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

func ids() func() string {
	n := 0
	return func() string {
		n++
		return fmt.Sprintf("id-%d", n)
	}
}

func from(source survey.Source, ref string) []survey.Evidence {
	return []survey.Evidence{{Source: source, Ref: ref, At: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}}
}

// ledger is a firm's list: two numbered machines, two alike without a number, one known by its serial number.
func ledger() []survey.Asset {
	row := func(n int) []survey.Evidence {
		return from(survey.SourceLedger, fmt.Sprintf("台账.xlsx 第 %d 行", n))
	}
	return []survey.Asset{
		{AssetID: "SB-001", Name: "数控车床", Count: 1, Use: survey.UseProduction, Nameplate: survey.Nameplate{Manufacturer: "沈阳机床", Model: "CAK50"}, Workshop: "一车间", Networked: survey.No, Evidence: row(2)},
		{AssetID: "SB-002", Name: "数控车床", Count: 1, Use: survey.UseProduction, Nameplate: survey.Nameplate{Manufacturer: "沈阳机床", Model: "CAK50"}, Workshop: "一车间", Evidence: row(3)},
		{Name: "台钻", Count: 1, Use: survey.UseProduction, Workshop: "二车间", Evidence: row(4)},
		{Name: "台钻", Count: 1, Use: survey.UseProduction, Workshop: "二车间", Evidence: row(5)},
		{Name: "磨床", Count: 2, Use: survey.UseProduction, Nameplate: survey.Nameplate{SerialNumber: "M-77"}, Evidence: row(6)},
	}
}

func TestTheSameLedgerTwiceChangesNothing(t *testing.T) {
	newID := ids()
	first := inventory.Merge(nil, ledger(), newID)
	if first.Added != 5 || len(first.Assets) != 5 || len(first.Conflicts) != 0 {
		t.Fatalf("first import: %d added, %d lines, conflicts %v", first.Added, len(first.Assets), first.Conflicts)
	}
	again := ledger()
	for i := range again {
		again[i].Evidence[0].At = again[i].Evidence[0].At.Add(time.Hour)
	}
	second := inventory.Merge(first.Assets, again, newID)
	if d := cmp.Diff(first.Assets, second.Assets); d != "" || second.Added+second.Changed+len(second.Changes)+len(second.Conflicts) != 0 || second.Unchanged != 5 {
		t.Errorf("second import: %+v\n%s", second, d)
	}
}

func TestMatching(t *testing.T) {
	have := []survey.Asset{
		{ID: "a", AssetID: "SB-001", Name: "车床", Count: 1, Workshop: "一车间", Nameplate: survey.Nameplate{Manufacturer: "沈阳", Model: "X", SerialNumber: "S1"}},
		{ID: "b", Name: "车床", Count: 1, Workshop: "一车间", Nameplate: survey.Nameplate{Manufacturer: "沈阳", Model: "X", SerialNumber: "S2"}},
		{ID: "c", AssetID: "SB-003", Name: "铣床", Count: 1},
	}
	like := survey.Nameplate{Manufacturer: "沈阳", Model: "x"}
	for name, x := range map[string]struct {
		got  survey.Asset
		want string
	}{
		"by id":                             {survey.Asset{ID: "c", Name: "铣床"}, "c"},
		"by asset id, full width":           {survey.Asset{AssetID: "ｓｂ-００１", Name: "车床"}, "a"},
		"by serial number":                  {survey.Asset{Nameplate: survey.Nameplate{SerialNumber: "s2"}}, "b"},
		"asset id before serial number":     {survey.Asset{AssetID: "SB-003", Nameplate: survey.Nameplate{SerialNumber: "S1"}}, "c"},
		"by likeness":                       {survey.Asset{Name: "车床", Workshop: "一车间", Nameplate: like}, "a"},
		"likeness with another number":      {survey.Asset{AssetID: "SB-009", Name: "车床", Workshop: "一车间", Nameplate: like}, "b"},
		"likeness needs the workshop":       {survey.Asset{Name: "车床", Workshop: "二车间", Nameplate: like}, "id-1"},
		"likeness with another serial":      {survey.Asset{Name: "车床", Workshop: "一车间", Nameplate: survey.Nameplate{Manufacturer: "沈阳", Model: "X", SerialNumber: "S3"}}, "id-1"},
		"unknown number, nothing else like": {survey.Asset{AssetID: "SB-100", Name: "锯床"}, "id-1"},
	} {
		m := inventory.Merge(have, []survey.Asset{x.got}, ids())
		at := slices.IndexFunc(m.Assets, func(a survey.Asset) bool { return a.ID == x.want })
		if at < 0 || (x.want == "id-1") != (m.Added == 1) || len(m.Assets) != 3+m.Added {
			t.Errorf("%s: added %d, want %s", name, m.Added, x.want)
			continue
		}
		touched := slices.ContainsFunc(m.Changes, func(c inventory.Change) bool { return c.AssetID != x.want }) ||
			slices.ContainsFunc(m.Conflicts, func(c survey.Conflict) bool { return c.Asset != x.want })
		if touched {
			t.Errorf("%s: another line than %s was touched: %+v %+v", name, x.want, m.Changes, m.Conflicts)
		}
	}
}

// A machine that has a number of its own cannot lose its line to one that is merely alike.
func TestNumbersComeBeforeLikeness(t *testing.T) {
	have := []survey.Asset{{ID: "a", AssetID: "1", Name: "台钻", Count: 1}, {ID: "b", Name: "台钻", Count: 1}}
	m := inventory.Merge(have, []survey.Asset{{Name: "台钻", Note: "旧"}, {AssetID: "1", Name: "台钻", Note: "新"}}, ids())
	if m.Added != 0 || m.Assets[0].Note != "新" || m.Assets[1].Note != "旧" {
		t.Errorf("%+v", m.Assets)
	}
}

func TestAPersonOutranksOtherWitnesses(t *testing.T) {
	said := survey.Asset{ID: "a", AssetID: "SB-001", Name: "车床", Count: 1, Networked: survey.Yes, Evidence: from(survey.SourcePerson, "")}
	listed := survey.Asset{AssetID: "SB-001", Name: "车床", Count: 3, Networked: survey.No, Workshop: "一车间", Evidence: from(survey.SourceLedger, "台账.xlsx 第 2 行")}
	m := inventory.Merge([]survey.Asset{said}, []survey.Asset{listed}, ids())
	want := []survey.Conflict{
		{Asset: "a", Field: "count", Have: "1", Got: "3", Evidence: listed.Evidence[0]},
		{Asset: "a", Field: "networked", Have: "是", Got: "否", Evidence: listed.Evidence[0]},
	}
	if d := cmp.Diff(want, m.Conflicts); d != "" {
		t.Error(d)
	}
	a := m.Assets[0]
	if a.Networked != survey.Yes || a.Count != 1 || a.Workshop != "一车间" || m.Changed != 1 {
		t.Errorf("the person's word stands and blanks are filled: %+v", a)
	}
	if len(a.Evidence) != 2 || a.Evidence[1].Note != "〔台数〕3；〔联网〕否" {
		t.Errorf("both witnesses are kept: %+v", a.Evidence)
	}
	again := inventory.Merge(m.Assets, []survey.Asset{listed}, ids())
	if d := cmp.Diff(m.Assets, again.Assets); d != "" || len(again.Conflicts) != 0 {
		t.Errorf("the same word is reported once: %v %s", again.Conflicts, d)
	}
	listed.Count = 4
	if third := inventory.Merge(m.Assets, []survey.Asset{listed}, ids()); len(third.Conflicts) != 1 || third.Conflicts[0].Got != "4" {
		t.Errorf("a new word is reported: %+v", third.Conflicts)
	}

	back := inventory.Merge([]survey.Asset{{ID: "a", AssetID: "SB-001", Name: "车床", Count: 1, Networked: survey.No, Evidence: listed.Evidence}}, []survey.Asset{said}, ids())
	if back.Assets[0].Networked != survey.Yes || len(back.Conflicts) != 0 || back.Changes[0].From != "否" {
		t.Errorf("a person's word is taken over a ledger's: %+v", back)
	}
}

func TestTwoWitnessesOfEqualRankConflict(t *testing.T) {
	have := inventory.Merge(nil, ledger(), ids()).Assets
	probe := survey.Asset{AssetID: "SB-001", Networked: survey.Yes, Protocols: []string{"opcua"}, Evidence: from(survey.SourceProbe, "192.168.1.9")}
	m := inventory.Merge(have, []survey.Asset{probe}, ids())
	if len(m.Conflicts) != 1 || m.Conflicts[0].Field != "networked" || m.Assets[0].Networked != survey.No || !slices.Equal(m.Assets[0].Protocols, []string{"opcua"}) {
		t.Errorf("%+v %+v", m.Conflicts, m.Assets[0])
	}
	if len(have[0].Protocols) != 0 || len(have[0].Evidence) != 1 {
		t.Error("the register handed in must not change")
	}
}

// Any two lists: merging the second list again changes nothing, no line is lost, ids stay unique.
func TestMergeIsIdempotentForAnyLists(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 8))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	list := func(source survey.Source) (out []survey.Asset) {
		for i := range r.IntN(7) {
			out = append(out, survey.Asset{
				AssetID: pick("", "", "1", "2", "3"), Name: pick("车床", "铣床"), Workshop: pick("", "一"), Count: r.IntN(3), Networked: survey.Tri(r.IntN(3)), Process: pick("", "车；铣"),
				Nameplate: survey.Nameplate{SerialNumber: pick("", "", "s1", "s2")}, Ports: []string{pick("RJ45", "RS485")}, Evidence: from(pick2(r, source, survey.SourcePerson), fmt.Sprint(source, " 行", i)),
			})
		}
		return out
	}
	for n := range 5000 {
		newID := ids()
		first := inventory.Merge(nil, list(survey.SourceLedger), newID)
		got := list(survey.SourceProbe)
		second := inventory.Merge(first.Assets, got, newID)
		third := inventory.Merge(second.Assets, got, newID)
		if d := cmp.Diff(second.Assets, third.Assets); d != "" || third.Added+third.Changed+len(third.Conflicts) != 0 {
			t.Fatalf("run %d: the second merge changes the register: %s %+v", n, d, third.Conflicts)
		}
		if second.Added+second.Changed+second.Unchanged != len(got) || len(second.Assets) != len(first.Assets)+second.Added {
			t.Fatalf("run %d: proposals are not all accounted for", n)
		}
		seen := map[string]bool{}
		for _, a := range third.Assets {
			if seen[a.ID] || a.ID == "" {
				t.Fatalf("run %d: id %q doubled", n, a.ID)
			}
			seen[a.ID] = true
		}
	}
}

func pick2(r *rand.Rand, a, b survey.Source) survey.Source {
	if r.IntN(4) == 0 {
		return b
	}
	return a
}

func TestCounts(t *testing.T) {
	yes, no, open := survey.Yes, survey.No, survey.Unknown
	assets := []survey.Asset{
		{ID: "1", Use: survey.UseProduction, Count: 10, Digital: yes, Networked: yes, OnCloud: yes, Process: "精磨", KeyStep: yes, Numeric: no},
		{ID: "2", Use: survey.UseProduction, Count: 5, Digital: yes, Networked: no, OnCloud: open, Process: " 精磨 ", Numeric: yes},
		{ID: "3", Use: survey.UseProduction, Count: 4, Digital: open, Networked: yes, Process: "热处理", KeyStep: yes, Numeric: open},
		{ID: "4", Use: survey.UseProduction, Count: 1, Digital: no, Networked: open, Process: "切断", KeyStep: yes, Numeric: no},
		{ID: "5", Use: survey.UseTesting, Count: 100, Digital: yes, Networked: yes},
		{ID: "6", Use: survey.UseTesting, Counted: yes, Count: 2, Digital: yes, Networked: yes},
		{ID: "7", Use: survey.UseProduction, Counted: no, Count: 50, Digital: yes},
		{ID: "8", Count: 7, Digital: yes, Networked: yes},
		{ID: "9", Use: survey.UseProduction, Count: 3, Digital: no, Networked: no, KeyStep: yes},
		{ID: "10", Use: survey.UseProduction, Count: -8, Digital: yes},
	}
	want := inventory.Counts{
		Machines: 25, Digital: 17, Networked: 16, OnCloud: 10, DigitalNetworked: 12, Unknown: 7, DigitalOpen: 4, NetworkedOpen: 1, CloudOpen: 15,
		KeySteps: 3, KeyNumeric: 1, KeyNumericOpen: 1, KeyUnnamed: 3,
	}
	if d := cmp.Diff(want, inventory.Count(assets)); d != "" {
		t.Error(d)
	}
	rates := inventory.Rates(want)
	var got []string
	for _, r := range rates {
		got = append(got, r.Percent+" "+r.Text)
	}
	text := []string{"68.0% 17 / 25 台（另有 4 台待核实，暂按否计）", "64.0% 16 / 25 台（另有 1 台待核实，暂按否计）", "70.6% 12 / 17 台", "33.3% 1 / 3 道（另有 1 道待核实，暂按否计）", "40.0% 10 / 25 台（另有 15 台待核实，暂按否计）"}
	if d := cmp.Diff(text, got); d != "" {
		t.Error(d)
	}
	for _, r := range inventory.Rates(inventory.Count(nil)) {
		if r.Percent != "" || r.Text == "" || r.Rule == "" || r.Standard == "" || r.Source == "" || r.Status == "" {
			t.Errorf("an empty register: %+v", r)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, x := range []struct {
		num, den int64
		want     string
	}{
		{33, 60, "55.0%"}, {21, 33, "63.6%"}, {25, 60, "41.7%"}, {24, 60, "40.0%"}, {0, 5, "0.0%"}, {5, 5, "100.0%"}, {1, 0, ""}, {-1, 5, ""}, {12, 14, "85.7%"},
		{1001, 2500, "40.04%"}, {999, 2500, "39.96%"}, {400_001, 1_000_000, "40.0001%"}, {1, 1 << 62, "0.0%"}, {1<<63 - 1, 1<<63 - 1, "100.0%"}, {1<<63 - 1, 1, ">100%"},
	} {
		if got := inventory.Percent(x.num, x.den, 10, 20, 40, 60); got != x.want {
			t.Errorf("%d/%d: %s, want %s", x.num, x.den, got, x.want)
		}
	}
}
