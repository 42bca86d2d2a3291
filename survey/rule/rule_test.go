package rule_test

import (
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

func TestKleeneTables(t *testing.T) {
	const o, m, n = rule.Open, rule.Met, rule.NotMet
	for _, tt := range []struct{ a, b, and, or rule.Verdict }{
		{o, o, o, o}, {o, m, o, m}, {o, n, n, o}, {m, o, o, m}, {m, m, m, m}, {m, n, n, m}, {n, o, n, o}, {n, m, n, m}, {n, n, n, n},
	} {
		if got := rule.And(tt.a, tt.b); got != tt.and {
			t.Errorf("And(%s, %s) = %s, want %s", tt.a, tt.b, got, tt.and)
		}
		if got := rule.Or(tt.a, tt.b); got != tt.or {
			t.Errorf("Or(%s, %s) = %s, want %s", tt.a, tt.b, got, tt.or)
		}
	}
	for v, want := range map[rule.Verdict]rule.Verdict{o: o, m: n, n: m} {
		if got := rule.Not(v); got != want {
			t.Errorf("Not(%s) = %s, want %s", v, got, want)
		}
	}
}

func TestVerdictsReadBackWhatTheyWrite(t *testing.T) {
	for _, v := range []rule.Verdict{rule.Open, rule.Met, rule.NotMet} {
		b, _ := v.MarshalText()
		got := rule.Verdict(9)
		if err := got.UnmarshalText(b); err != nil || got != v {
			t.Errorf("%s came back as %s, %v", b, got, err)
		}
	}
	var v rule.Verdict
	if v.UnmarshalText([]byte("maybe")) == nil {
		t.Error("an unknown verdict was taken")
	}
	if got := rule.Verdict(9).String(); got != "open" {
		t.Errorf("a broken verdict prints %q, want open", got)
	}
}

func full() *survey.Case {
	staff, months := 120, 6
	revenue := money.Yuan(46_800_000)
	return &survey.Case{
		AsOf: "2026-11-23",
		Firm: survey.Firm{
			Region: "430200", Industry: "C3321", VATPayer: survey.VATGeneral, AboveScale: survey.Yes, Independent: survey.Yes,
			Dishonest: survey.No, Founded: "2010-05-06", DeclaredSize: "small",
		},
		Years:   []survey.Year{{Year: 2025, Staff: &staff, Revenue: &revenue, MainRevenue: &revenue, Page: "第 12 页"}},
		Systems: []survey.System{{ID: "mes", Name: "车间 MES", Kind: survey.KindMES, Deployment: survey.DeployPublic, InUse: survey.Yes, Scenes: []string{"quality"}}},
		Project: survey.Project{Links: []string{"生产管控"}, CoreSystem: "mes", Start: "2025-03", End: "2026-03-31", UseMonths: &months, Promised: survey.Yes},
		Aids:    []survey.Aid{{ID: "a", Programme: "技术改造"}},
		Invoices: []survey.Invoice{{ID: "v", Lines: []survey.InvoiceLine{{
			ID: "l", Topic: survey.TopicCloud,
		}}}},
	}
}

func figures() map[string]rule.Number {
	out := map[string]rule.Number{}
	for _, k := range []string{"assess.level", "assess.score", "assess.machines", "assess.networked", "assess.onCloud"} {
		out[k] = rule.OfCount(2)
	}
	return out
}

// asking makes one well-formed condition per comparison that fits the kind of a fact.
func asking(key string) []rule.Cond {
	yes, no, low, high := survey.Yes, survey.No, rule.Number(-1), rule.OfFen(money.MaxFen)
	kind, _ := rule.KindOf(key)
	return map[rule.Kind][]rule.Cond{
		rule.KindTri:    {{Fact: key, Is: &yes}, {Fact: key, Is: &no}},
		rule.KindNumber: {{Fact: key, AtLeast: &low}, {Fact: key, AtMost: &high}, {Fact: key, AtLeast: &high}},
		rule.KindText:   {{Fact: key, OneOf: []string{"x", ""}}, {Fact: key, Prefix: []string{""}}, {Fact: key, Industry: &rule.Span{From: "C13", To: "C43"}}},
		rule.KindSet:    {{Fact: key, Holds: []string{"x"}}},
		rule.KindDate:   {{Fact: key, Window: &rule.Window{}}, {Fact: key, Window: &rule.Window{From: "2020-01-01"}}},
	}[kind]
}

func TestUnknownFactsNeverDecide(t *testing.T) {
	empty := rule.Facts{Case: &survey.Case{AsOf: "2026-11-23"}}
	known := rule.Facts{Case: full(), Numbers: figures()}
	for _, key := range rule.Keys() {
		if !known.Look(key).Known {
			t.Errorf("%s is not known even in the full case: this test would prove nothing", key)
		}
		for _, c := range asking(key) {
			if err := rule.Check(&c, nil); err != nil {
				t.Errorf("%s: %v", key, err)
			}
			for _, c := range []rule.Cond{c, {Not: &c}, {All: []rule.Cond{c}}, {Any: []rule.Cond{c, {Not: &c}}}} {
				v, trace := rule.Eval(&c, empty)
				if v != rule.Open || trace.Needed == "" {
					t.Errorf("%s unknown gives %s, needed %q", key, v, trace.Needed)
				}
			}
		}
	}
	for _, c := range []rule.Cond{{}, {Fact: "firm.luck"}, {Fact: "firm.region"}} {
		if v, _ := rule.Eval(&c, known); v != rule.Open {
			t.Errorf("a condition that says nothing gives %s", v)
		}
	}
}

func TestThresholdsAreInclusive(t *testing.T) {
	bound := rule.OfFen(money.Yuan(10_000_000))
	for _, tt := range []struct {
		revenue       money.Fen
		least, atMost rule.Verdict
	}{
		{money.Yuan(10_000_000), rule.Met, rule.Met}, {money.Yuan(10_000_000) - 1, rule.NotMet, rule.Met}, {money.Yuan(10_000_000) + 1, rule.Met, rule.NotMet},
	} {
		c := full()
		c.Years[0].MainRevenue = &tt.revenue
		f := rule.Facts{Case: c}
		if got, trace := rule.Eval(&rule.Cond{Fact: "lastYear.mainRevenue", AtLeast: &bound}, f); got != tt.least || !strings.Contains(trace.Found, tt.revenue.Display()) {
			t.Errorf("%s at least: %s (%s)", tt.revenue, got, trace.Found)
		}
		if got, _ := rule.Eval(&rule.Cond{Fact: "lastYear.mainRevenue", AtMost: &bound}, f); got != tt.atMost {
			t.Errorf("%s at most: %s", tt.revenue, got)
		}
	}
}

func TestPreferenceNeverExcludes(t *testing.T) {
	bound := rule.OfFen(money.Yuan(100_000_000))
	const words = "不在重点支持范围，请向县市区工信部门确认"
	v, trace := rule.Eval(&rule.Cond{Fact: "lastYear.mainRevenue", AtLeast: &bound, Outside: words}, rule.Facts{Case: full()})
	if v != rule.Open || !trace.Outside || trace.Needed != words {
		t.Errorf("got %s, %+v", v, trace)
	}
	if v, trace := rule.Eval(&rule.Cond{Fact: "lastYear.mainRevenue", AtLeast: &bound, Outside: words}, rule.Facts{Case: &survey.Case{AsOf: "2026-11-23"}}); v != rule.Open || trace.Outside {
		t.Errorf("an unknown revenue was taken for a low one: %s, %+v", v, trace)
	}
}

func TestIndustryCodes(t *testing.T) {
	for code, want := range map[string]rule.Verdict{
		"C33": rule.Met, "c3321": rule.Met, "33": rule.Met, "C13": rule.Met, "C43": rule.Met, "I65": rule.NotMet, "B06": rule.NotMet, "C44": rule.NotMet,
		"6510": rule.Open, "": rule.Open, "C": rule.Open, "钢铁": rule.Open,
	} {
		c := full()
		c.Firm.Industry = code
		got, _ := rule.Eval(&rule.Cond{Fact: "firm.industry", Industry: &rule.Span{From: "C13", To: "C43"}}, rule.Facts{Case: c})
		if got != want {
			t.Errorf("%q: got %s, want %s", code, got, want)
		}
	}
}

func TestTitles(t *testing.T) {
	const key = "list:x"
	for name, tt := range map[string]struct {
		titles []survey.Title
		test   rule.TitleTest
		want   rule.Verdict
	}{
		"nobody spoke of it":             {nil, rule.TitleTest{}, rule.Open},
		"not settled":                    {[]survey.Title{{}}, rule.TitleTest{}, rule.Open},
		"held":                           {[]survey.Title{{Have: survey.Yes}}, rule.TitleTest{}, rule.Met},
		"not held":                       {[]survey.Title{{Have: survey.No}}, rule.TitleTest{}, rule.NotMet},
		"held without 文号":                {[]survey.Title{{Have: survey.Yes}}, rule.TitleTest{DocNo: true}, rule.Open},
		"held with 文号":                   {[]survey.Title{{Have: survey.Yes, DocNo: "1"}}, rule.TitleTest{DocNo: true}, rule.Met},
		"expired yesterday":              {[]survey.Title{{Have: survey.Yes, ValidUntil: "2026-11-22"}}, rule.TitleTest{}, rule.NotMet},
		"valid until today":              {[]survey.Title{{Have: survey.Yes, ValidUntil: "2026-11-23"}}, rule.TitleTest{}, rule.Met},
		"valid this month":               {[]survey.Title{{Have: survey.Yes, ValidUntil: "2026-11"}}, rule.TitleTest{}, rule.Met},
		"another project on the list":    {[]survey.Title{{Have: survey.Yes, Project: "乙"}}, rule.TitleTest{SameProject: true}, rule.Open},
		"the same project":               {[]survey.Title{{Have: survey.Yes, Project: " 甲 "}}, rule.TitleTest{SameProject: true}, rule.Met},
		"another project, nobody asks":   {[]survey.Title{{Have: survey.Yes, Project: "乙"}}, rule.TitleTest{}, rule.Met},
		"the better of two entries":      {[]survey.Title{{Have: survey.No}, {Have: survey.Yes}}, rule.TitleTest{}, rule.Met},
		"open is better than not held":   {[]survey.Title{{Have: survey.No}, {}}, rule.TitleTest{}, rule.Open},
		"an entry of another kind is no": {[]survey.Title{{Kind: "other", Have: survey.Yes}}, rule.TitleTest{}, rule.Open},
	} {
		c := &survey.Case{AsOf: "2026-11-23", Project: survey.Project{Name: "甲"}, Titles: tt.titles}
		for i := range c.Titles {
			if c.Titles[i].Kind == "" {
				c.Titles[i].Kind = key
			}
		}
		tt.test.Key = key
		got, trace := rule.Eval(&rule.Cond{Title: &tt.test}, rule.Facts{Case: c})
		if got != tt.want || (got == rule.Open) != (trace.Needed != "") {
			t.Errorf("%s: got %s, want %s, needed %q", name, got, tt.want, trace.Needed)
		}
	}
}

func TestCoreSystems(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*survey.System)
		want   rule.Verdict
	}{
		"MES on a public cloud": {func(*survey.System) {}, rule.Met},
		"office tool":           {func(s *survey.System) { s.Kind = survey.KindOA }, rule.Open},
		"unsorted":              {func(s *survey.System) { s.Kind = "" }, rule.Open},
		"on site":               {func(s *survey.System) { s.Deployment = survey.DeployLocal }, rule.NotMet},
		"place unknown":         {func(s *survey.System) { s.Deployment = "" }, rule.Open},
		"use unknown":           {func(s *survey.System) { s.InUse = survey.Unknown }, rule.Open},
		"given up":              {func(s *survey.System) { s.InUse = survey.No }, rule.NotMet},
	} {
		c, yes := full(), survey.Yes
		tt.change(&c.Systems[0])
		if got, trace := rule.Eval(&rule.Cond{Fact: "project.core", Is: &yes}, rule.Facts{Case: c}); got != tt.want {
			t.Errorf("%s: got %s, want %s (%s)", name, got, tt.want, trace.Found)
		}
	}
}

func TestADeclaredSizeThatTheFiguresContradictStaysOpen(t *testing.T) {
	ask := rule.Cond{Fact: "firm.size", OneOf: []string{"large"}}
	c := full()
	if got, _ := rule.Eval(&ask, rule.Facts{Case: c}); got != rule.NotMet {
		t.Errorf("a small firm is large: %s", got)
	}
	c.Firm.DeclaredSize = "large"
	if got, trace := rule.Eval(&ask, rule.Facts{Case: c}); got != rule.Open || !strings.Contains(trace.Found, "小型") {
		t.Errorf("contradiction gives %s (%s)", got, trace.Found)
	}
	c.Years = nil
	if got, trace := rule.Eval(&ask, rule.Facts{Case: c}); got != rule.Met || !strings.Contains(trace.Found, "企业申报") {
		t.Errorf("a declaration alone gives %s (%s)", got, trace.Found)
	}
}

func TestDatesInsideAWindow(t *testing.T) {
	for _, tt := range []struct {
		d    survey.Date
		want rule.Verdict
	}{
		{"2025-01-15", rule.Met}, {"2025-12-31", rule.Met}, {"2025-01-14", rule.NotMet}, {"2026-01-01", rule.NotMet}, {"2025-06", rule.Met},
		{"2025-01", rule.Open}, {"2025-12", rule.Open}, {"2024-12", rule.NotMet}, {"", rule.Open},
	} {
		if got := rule.Inside(tt.d, "2025-01-15", "2025-12-31"); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.d, got, tt.want)
		}
	}
}

func TestBadConditionsAreRefused(t *testing.T) {
	yes, unknown, n := survey.Yes, survey.Unknown, rule.Number(1)
	good := rule.Cond{Fact: "firm.independent", Is: &yes}
	for name, c := range map[string]rule.Cond{
		"empty":                       {},
		"unknown fact":                {Fact: "firm.luck", Is: &yes},
		"unknown fact inside":         {All: []rule.Cond{good, {Not: &rule.Cond{Fact: "firm.luck", Is: &yes}}}},
		"unknown title":               {Title: &rule.TitleTest{Key: "list:none"}},
		"no comparison":               {Fact: "firm.independent"},
		"two comparisons":             {Fact: "lastYear.staff", AtLeast: &n, AtMost: &n},
		"a comparison of other kind":  {Fact: "firm.region", AtLeast: &n},
		"asks for unknown":            {Fact: "firm.independent", Is: &unknown},
		"two branches":                {Any: []rule.Cond{good}, Not: &good},
		"comparison beside a branch":  {Any: []rule.Cond{good}, AtLeast: &n},
		"industry range turned round": {Fact: "firm.industry", Industry: &rule.Span{From: "C43", To: "C13"}},
		"window that is no date":      {Fact: "project.start", Window: &rule.Window{From: "2025-02-30"}},
	} {
		if err := rule.Check(&c, map[string]bool{"list:x": true}); survey.CodeOf(err) != survey.CodePack || err == nil {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := rule.Check(&good, nil); err != nil {
		t.Error(err)
	}
}

func TestNumbersReadExactly(t *testing.T) {
	for text, want := range map[string]rule.Number{"10000000.00": 10_000_000_000, "1.875": 1875, "-0.5": -500, "3": 3000, "0": 0} {
		var n rule.Number
		if err := n.UnmarshalText([]byte(text)); err != nil || n != want {
			t.Errorf("%q: got %d, %v, want %d", text, n, err, want)
		}
	}
	for _, text := range []string{"", "-", ".5", "1.", "1.2345", "1e3", "+1", "1_0", "1 0", "9999999999999999", "十"} {
		var n rule.Number
		if err := n.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was read as %d", text, n)
		}
	}
}

func FuzzNumber(f *testing.F) {
	f.Add("10000000.00")
	f.Add("-1.875")
	f.Add("0x1")
	f.Fuzz(func(t *testing.T, s string) {
		var n, back rule.Number
		if n.UnmarshalText([]byte(s)) != nil {
			return
		}
		if err := back.UnmarshalText([]byte(n.String())); err != nil || back != n {
			t.Errorf("%q is %s, back %s, %v", s, n, back, err)
		}
	})
}
