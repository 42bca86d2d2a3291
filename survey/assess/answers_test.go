package assess_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

var sceneKeys = strings.Fields("product-design process-design marketing after-sales planning production-control quality equipment safety energy procurement warehouse finance hr office decision")

// Every option of every item scores what the official bank gives it.
func TestEveryOptionScoresItsPoints(t *testing.T) {
	q := edition(t)
	want := map[string]string{
		"Q1": "0 2 2 2 0", "Q2": "0 1.5 3 4.5 6", "Q3": "0 1.5 3 4.5 6", "Q4": "0 0.7 0.7 0.7 0.7 0.7 0.7 0.7 0.7 0.7 0.7 0.7 0.7 0.7 0.9", "Q5": "0 2.5 5 7.5 10",
		"Q6": "0 1.25 1.25 1.25 1.25", "Q7": "0 1.25 1.25 1.25 1.25", "Q8": "0 1.5 3 4.5 6 7.5", "Q9": "0 1.875 1.875 1.875 1.875", "Q10": "0 1.5 1.5 1.5 1.5 1.5",
		"Q11": "0 1.875 3.75 5.625 7.5", "Q12": "0 3.5 7", "Q13": "0 3.5 7", "Q14": "0 1.5 3", "Q15": "0 1.5 3",
	}
	for i := range q.Items {
		it := &q.Items[i]
		var got []string
		for _, o := range it.Options {
			got = append(got, it.Score([]string{o.Letter}).String())
		}
		if strings.Join(got, " ") != want[it.Key] {
			t.Errorf("%s: %v, want %s", it.Key, got, want[it.Key])
		}
	}
	if got := q.Item("Q1").Score([]string{"E", "D", "C", "B"}); got != 8000 {
		t.Errorf("Q1 with all four is %s, want 8", got)
	}
}

// Each link of Q4 by itself from a machine, and from a system in use; office and decision are not among the 14.
func TestAutomaticCollectionLinks(t *testing.T) {
	for i, key := range sceneKeys {
		want, points := []string{string(rune('B' + i))}, "0.7"
		if key == "hr" {
			points = "0.9"
		}
		if key == "office" || key == "decision" {
			want, points = nil, "0"
		}
		flows := []survey.Flow{{Data: "业务", Scene: key}}
		for name, c := range map[string]*survey.Case{
			"machine": {Assets: []survey.Asset{{ID: "m", Use: survey.UseProduction, Count: 1, Flows: flows}}},
			"system":  {Systems: []survey.System{{ID: "s", Kind: survey.KindMES, InUse: survey.Yes, Flows: flows}}},
		} {
			it := item(t, run(t, c), "Q4")
			if !slices.Equal(it.Computed, want) || it.Points.String() != points {
				t.Errorf("%s by a %s: %v %s, want %v %s", key, name, it.Computed, it.Points, want, points)
			}
		}
		planned := &survey.Case{Systems: []survey.System{{ID: "s", InUse: survey.No, Flows: flows}}}
		if it := item(t, run(t, planned), "Q4"); it.Computed != nil {
			t.Errorf("%s by a system not in use: %v", key, it.Computed)
		}
	}
}

func TestSystemLinksCountFourteen(t *testing.T) {
	for n, want := range []string{"A", "B", "C", "C", "C", "C", "C", "C", "C", "C", "C", "C", "D", "D", "E"} {
		c := &survey.Case{Systems: []survey.System{
			{ID: "s", Name: "系统", Kind: survey.KindOther, InUse: survey.Yes, Scenes: append(slices.Clone(sceneKeys[:n]), "office", "decision")},
			{ID: "plan", Kind: survey.KindERP, InUse: survey.No, Scenes: sceneKeys},
			{ID: "sheet", Kind: survey.KindSheet, InUse: survey.Yes, Scenes: sceneKeys},
			{ID: "cad", Kind: survey.KindCAD, InUse: survey.Yes},
		}}
		it := item(t, run(t, c), "Q5")
		if !slices.Equal(it.Computed, []string{want}) || it.Ratio.Num != int64(n) || it.Ratio.Den != 14 {
			t.Errorf("%d links: %v %+v, want %s", n, it.Computed, it.Ratio, want)
		}
	}
	if it := item(t, run(t, &survey.Case{}), "Q5"); it.Computed != nil || it.Answered {
		t.Error("an empty register says nothing of systems")
	}
}

func arranged(pairs ...any) *survey.Case {
	c := &survey.Case{}
	for i := 0; i < len(pairs); i += 2 {
		c.Arrangements = append(c.Arrangements, survey.Arrangement{Kind: pairs[i].(survey.ArrangementKind), Have: pairs[i+1].(survey.Tri)})
	}
	return c
}

func TestNetworkItem(t *testing.T) {
	yes, no := survey.Yes, survey.No
	on := func(c *survey.Case, process string, net survey.NetKind) *survey.Case {
		c.Assets = append(c.Assets, survey.Asset{ID: process + string(net), Use: survey.UseProduction, Count: 1, Process: process, Networked: survey.TriOf(net != ""), Network: net})
		return c
	}
	bcd := func() *survey.Case {
		return arranged(survey.ArrangedControlNet, yes, survey.ArrangedAppNet, yes, survey.Arranged5G, yes)
	}
	for _, x := range []struct {
		name string
		c    *survey.Case
		want string
	}{
		{"nothing recorded", &survey.Case{}, "-"},
		{"a machine proves its network", on(&survey.Case{}, "", survey.NetControl), "B"},
		{"two networks", on(on(&survey.Case{}, "", survey.NetControl), "", survey.Net5G), "BD"},
		{"a person's no outranks", on(arranged(survey.ArrangedControlNet, no), "", survey.NetControl), "-"},
		{"all four no", arranged(survey.ArrangedControlNet, no, survey.ArrangedAppNet, no, survey.Arranged5G, no, survey.ArrangedFullCover, no), "A"},
		{"coverage by word without processes", arranged(survey.ArrangedControlNet, yes, survey.ArrangedAppNet, yes, survey.Arranged5G, yes, survey.ArrangedFullCover, yes), "BCDE"},
		{"coverage by word needs B, C and D", arranged(survey.ArrangedControlNet, yes, survey.ArrangedFullCover, yes), "B"},
		{"coverage by every process", on(on(bcd(), "车", survey.NetApp), "磨", survey.NetApp), "BCDE"},
		{"one process without a network", on(on(bcd(), "车", survey.NetApp), "磨", ""), "BCD"},
		{"every process has a network of an unknown kind", &survey.Case{Assets: []survey.Asset{{ID: "m", Count: 1, Process: "车", Networked: yes}}}, "-"},
		{"a person denies coverage", on(func() *survey.Case {
			c := bcd()
			c.Arrangements = append(c.Arrangements, survey.Arrangement{Kind: survey.ArrangedFullCover, Have: no})
			return c
		}(), "车", survey.NetApp), "BCD"},
	} {
		got := strings.Join(item(t, run(t, x.c), "Q1").Computed, "")
		if got == "" {
			got = "-"
		}
		if got != x.want {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
	}
}

func TestSecurityItems(t *testing.T) {
	yes, no := survey.Yes, survey.No
	a := run(t, arranged(survey.ArrangedNetPolicy, yes, survey.ArrangedNetBoundary, yes, survey.ArrangedNetRisk, no, survey.ArrangedDataPolicy, no))
	if q6 := item(t, a, "Q6"); !slices.Equal(q6.Computed, []string{"B", "E"}) || q6.Points != 2500 {
		t.Errorf("Q6 %v %s", q6.Computed, q6.Points)
	}
	if q7 := item(t, a, "Q7"); q7.Computed != nil || q7.Undefined == "" {
		t.Errorf("one no among unknowns is not 无: %v", q7.Computed)
	}
}

func TestDeclarations(t *testing.T) {
	declare := func(c *survey.Case, item, why string, options ...string) *survey.Case {
		c.Answers = append(c.Answers, survey.Answer{Item: item, Options: options, Explanation: why})
		return c
	}
	for _, x := range []struct {
		name                         string
		c                            *survey.Case
		item                         string
		points, computed, declared   string
		difference, open, hasCounted bool
	}{
		{"declared more than the register: the register leads", declare(plant(60, 33, 21), "Q3", "", "E"), "Q3", "3", "3", "6", true, false, true},
		{"declared less than the register: the declaration leads", declare(plant(60, 33, 21), "Q3", "", "B"), "Q3", "1.5", "3", "1.5", true, false, true},
		{"declared the same", declare(plant(60, 33, 21), "Q3", "", "C"), "Q3", "3", "3", "3", false, false, true},
		{"nothing declared", plant(60, 33, 21), "Q3", "3", "3", "3", false, false, true},
		{"withdrawn", declare(plant(60, 33, 21), "Q3", ""), "Q3", "3", "3", "3", false, false, true},
		{"computed item without data counts nothing", declare(plant(0, 0, 0), "Q3", "", "E"), "Q3", "0", "0", "6", false, true, false},
		{"claiming nothing needs no data", declare(plant(0, 0, 0), "Q4", "", "A"), "Q4", "0", "0", "0", false, false, true},
		{"asked item", declare(&survey.Case{}, "Q8", "", "D"), "Q8", "4.5", "4.5", "4.5", false, false, true},
		{"half item without a register", declare(&survey.Case{}, "Q6", "", "B", "C"), "Q6", "2.5", "2.5", "2.5", false, false, true},
		{"half item: what the register does not know is declared", declare(arranged(survey.ArrangedNetPolicy, survey.Yes), "Q6", "", "B", "C"), "Q6", "2.5", "2.5", "2.5", false, false, true},
		{"half item: what the register denies cannot be declared", declare(arranged(survey.ArrangedNetPolicy, survey.Yes, survey.ArrangedNetProduct, survey.No), "Q6", "", "B", "C"), "Q6", "1.25", "1.25", "2.5", true, false, true},
		{"half item: what the register has can be left out", declare(arranged(survey.ArrangedNetPolicy, survey.Yes), "Q6", "", "C"), "Q6", "1.25", "2.5", "1.25", true, false, true},
		{"half item: none against the register", declare(arranged(survey.ArrangedNetPolicy, survey.Yes), "Q6", "", "A"), "Q6", "0", "1.25", "0", true, false, true},
		{"none excludes the rest", declare(&survey.Case{}, "Q9", "", "A", "C"), "Q9", "0", "0", "0", false, false, true},
		{"two letters of a single choice count as the lower", declare(&survey.Case{}, "Q8", "", "F", "C"), "Q8", "3", "3", "3", false, false, true},
		{"letters that do not exist", declare(&survey.Case{}, "Q8", "", "Z", ""), "Q8", "0", "0", "0", false, true, false},
	} {
		a := run(t, x.c)
		it := item(t, a, x.item)
		got := []string{it.Points.String(), it.ComputedPoints.String(), it.DeclaredPoints.String()}
		if d := cmp.Diff([]string{x.points, x.computed, x.declared}, got); d != "" {
			t.Errorf("%s: %s", x.name, d)
		}
		if (len(a.Differences) > 0) != x.difference || slices.Contains(a.Open, x.item) != x.open || (it.Counted != nil) != x.hasCounted || it.Answered != x.hasCounted {
			t.Errorf("%s: differences %v, open %v, counted %v", x.name, a.Differences, a.Open, it.Counted)
		}
	}
	a := run(t, declare(plant(60, 33, 21), "Q3", "另有 10 台刚联网", "E"))
	want := []assess.Difference{{Item: "Q3", Computed: []string{"C"}, Declared: []string{"E"}, Explained: "另有 10 台刚联网"}}
	if d := cmp.Diff(want, a.Differences); d != "" {
		t.Error(d)
	}
	if a.Declared-a.Computed != 3000 || a.Score != a.Computed {
		t.Errorf("sums: score %s, computed %s, declared %s", a.Score, a.Computed, a.Declared)
	}
}
