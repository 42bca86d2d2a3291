package wizard

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/submit"
)

func someEntries(r *rand.Rand, n int) []Entry {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	out := make([]Entry, n)
	for i := range out {
		e := Entry{
			ID: fmt.Sprintf("id-%03d", i), Name: pick("", "株洲恒硬刀具有限公司", "湘潭锐锋铸造有限公司", "ACME 刀具", "醴陵青澜电瓷"), CreditCode: pick("", "91430211MA4HY7K28C", "91430300MA4HY7K28C"),
			Region: pick("", "430200", "430211", "430300"), Updated: time.Unix(int64(r.IntN(5)), 0), Request: submit.State(pick("", "", "sealed", "sending", "sent", "blocked", "returned")),
		}
		e.Receipt = e.Request == submit.StateSent || e.Request == submit.StateReturned
		if r.IntN(4) > 0 {
			o := Overview{Name: e.Name, CreditCode: e.CreditCode, Region: e.Region, Next: Steps()[r.IntN(7)], Open: r.IntN(2), Problem: r.IntN(5) == 0, Made: "x"}
			if r.IntN(3) > 0 {
				o.Level, o.LevelName, o.Score = r.IntN(5), "某级", assess.Points(r.IntN(9))
			}
			e.Take(o)
		}
		out[i] = e
	}
	return out
}

// naive says of one entry what a query keeps, written apart from Find.
func naive(e Entry, q Query) bool {
	for _, w := range strings.Fields(strings.ToLower(q.Text)) {
		place := map[string]string{"4302": "株洲市", "4303": "湘潭市"}[e.Region[:min(4, len(e.Region))]]
		if !slices.ContainsFunc([]string{e.Name, e.CreditCode, e.ID, place}, func(s string) bool { return strings.Contains(strings.ToLower(s), w) }) {
			return false
		}
	}
	if q.Region != "" && (len(e.Region) < 4 || e.Region[:4] != q.Region[:4]) {
		return false
	}
	if q.Level == LevelNone && (e.LevelName != "" || e.Made == "") || len(q.Level) == 1 && (e.LevelName == "" || fmt.Sprint(e.Level) != q.Level) {
		return false
	}
	bad := e.Request == "blocked" || e.Request == "returned"
	done := e.Receipt && !bad && !e.Problem
	waits := e.Request != "" && !bad && !e.Receipt
	switch q.State {
	case "":
		return true
	case GroupTodo:
		return e.Made != "" && !done && !waits
	case GroupMend:
		return bad || e.Problem
	case GroupWaiting:
		return waits
	case GroupSent:
		return done
	}
	return string(e.Request) == string(q.State)
}

func TestASearchFindsWhatANaiveFilterKeeps(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	all := someEntries(r, 200)
	var lines []*Line
	for _, e := range all {
		lines = append(lines, NewLine(e))
	}
	x := NewLines(lines)
	sizes := map[int]bool{}
	for _, text := range []string{"", "刀具", "株洲 刀具", "ａｃｍｅ", "9143021", "id-01", "湘潭市", "没有"} {
		for _, region := range []string{"", "430200"} {
			for _, level := range []string{"", LevelNone, "0", "3"} {
				for _, state := range append(Groups(), "", "blocked", "sealed") {
					q := Query{Text: text, Region: region, Level: level, State: state, Sort: SortKeys()[r.IntN(len(SortKeys()))], Desc: r.IntN(2) == 0}
					sizes[holdNaive(t, x, all, q)] = true
				}
			}
		}
	}
	if len(sizes) < 20 {
		t.Errorf("only %d sizes of results were seen", len(sizes))
	}
}

func holdNaive(t *testing.T, x *Lines, all []Entry, q Query) int {
	t.Helper()
	plain := q
	if strings.Contains(q.Text, "ａ") {
		plain.Text = "acme"
	}
	want := map[string]bool{}
	counts := map[Group]int{}
	for _, e := range all {
		if naive(e, plain) {
			want[e.ID] = true
		}
		for _, g := range append(Groups(), "") {
			of := plain
			if of.State = g; naive(e, of) {
				counts[g]++
			}
		}
	}
	got := x.Find(q)
	ids := map[string]bool{}
	for i, e := range got.Entries {
		ids[e.ID] = true
		if i > 0 {
			ordered(t, q, got.Entries[i-1], e)
		}
	}
	for _, g := range Groups() {
		if got.Counts[g] != counts[g] {
			t.Fatalf("%+v: counts %v, want %v", q, got.Counts, counts)
		}
	}
	if diff := cmp.Diff(want, ids); diff != "" || got.Total != len(want) || got.Counts[""] != counts[""] || got.All != len(all) {
		t.Fatalf("%+v: %d of %d: %s", q, got.Total, got.All, diff)
	}
	return len(want)
}

// ordered demands that b may stand behind a.
func ordered(t *testing.T, q Query, a, b Entry) {
	t.Helper()
	c := 0
	switch q.Sort {
	case SortName:
		c = strings.Compare(a.Name, b.Name)
	case SortRegion:
		c = strings.Compare(a.Region, b.Region)
	case SortLevel, SortScore:
		if a.LevelName != "" && b.LevelName != "" && q.Sort == SortLevel {
			c = a.Level - b.Level
		}
		if a.LevelName == "" != (b.LevelName == "") {
			c = 1
			if a.LevelName == "" {
				c = -1
			}
		} else if c == 0 {
			c = int(a.Score - b.Score)
		}
	case SortNext, SortState:
		return // by table: see TestTheOrderOfStates
	case SortUpdated, "":
		c = b.Updated.Compare(a.Updated)
		if c == 0 {
			c = strings.Compare(b.ID, a.ID)
		}
	}
	if q.Desc {
		c = -c
	}
	if c > 0 || c == 0 && a.Updated.Before(b.Updated) {
		t.Fatalf("%+v: %+v stands before %+v", q, a, b)
	}
}

func TestTheOrderOfStates(t *testing.T) {
	entries := []Entry{ // by SortState
		{ID: "1", Request: submit.StateReturned, Receipt: true}, {ID: "2"}, {ID: "3", Request: submit.StateSealed}, {ID: "4", Request: submit.StateSent, Receipt: true},
	}
	next := []Entry{ // by SortNext
		{ID: "1"}, {ID: "2", Made: "x", Problem: true, Next: StepReview}, {ID: "3", Made: "x", Next: StepFirm}, {ID: "4", Made: "x", Next: StepReview}, {ID: "5", Made: "x"},
	}
	for key, list := range map[SortKey][]Entry{SortState: entries, SortNext: next} {
		var lines []*Line
		for _, e := range list {
			lines = append(lines, NewLine(e))
		}
		x := NewLines(lines) // 4 3 2 1, by id
		got := x.Find(Query{Sort: key})
		back := x.Find(Query{Sort: key, Desc: true})
		for i := range list {
			if got.Entries[i].ID != list[i].ID || back.Entries[len(list)-1-i].ID != list[i].ID {
				t.Errorf("%s: %+v", key, got.Entries)
				break
			}
		}
		if page := x.Find(Query{Sort: key, Offset: 1, Limit: 2}); page.Total != len(list) || len(page.Entries) != 2 || page.Entries[0].ID != "2" {
			t.Errorf("%s: the page is %+v", key, page)
		}
		if past := x.Find(Query{Offset: 99}); len(past.Entries) != 0 || past.Entries == nil {
			t.Errorf("past the end: %+v", past)
		}
	}
}

// What is due first comes first, what has no day last; what is due within two weeks is told of all cases.
func TestCasesAreSortedAndToldByTheirDeadlines(t *testing.T) {
	var lines []*Line
	for id, due := range map[string]survey.Date{"a": "2026-12-20", "b": "", "c": "2026-11-01", "d": "2026-12-01"} {
		lines = append(lines, NewLine(Entry{ID: id, Made: "x", Deadline: due}))
	}
	ids := func(list []Entry) (out string) {
		for _, e := range list {
			out += e.ID
		}
		return out
	}
	found := NewLines(lines).Find(Query{Sort: SortDeadline, Today: "2026-11-28"})
	if got := ids(found.Entries); got != "cdab" {
		t.Errorf("sorted %s, want cdab", got)
	}
	if got := ids(found.Soon); got != "cd" {
		t.Errorf("soon %s, want cd", got)
	}
	e := Entry{Request: submit.StateSent, Receipt: true}
	e.Take(Overview{StepDue: "2026-12-01", StepDo: "提交", DutyDue: "2027-03-01", DutyDo: "自评"})
	if e.Deadline != "2027-03-01" || e.Deed != "自评" {
		t.Errorf("after the receipt %s %s is due, want the duty", e.Deadline, e.Deed)
	}
	e = Entry{}
	e.Take(Overview{StepDue: "2026-12-01", StepDo: "提交", DutyDue: "2027-03-01", DutyDo: "自评"})
	if e.Deadline != "2026-12-01" || e.Deed != "提交" {
		t.Errorf("before it %s %s is due, want the step", e.Deadline, e.Deed)
	}
}
