package server

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// tally is one line of the statistics: how many requests of which state, and what they ask for.
type tally struct {
	Name                                                                string
	All, Received, InReview, Returned, Accepted, Exported, Other, NoSum int
	Sum                                                                 int64 // fen, of the requests that state one
	First, Decided                                                      int   // accepted without a return; decided at all
	days                                                                []int // working days from receipt to decision
	Late                                                                int   // waiting longer than lateDays
}

func (t *tally) add(r inbox.Row, now time.Time) {
	t.All++
	switch r.State {
	case submit.StateReceived:
		t.Received++
	case submit.StateInReview:
		t.InReview++
	case submit.StateReturned:
		t.Returned++
	case submit.StateAccepted:
		t.Accepted++
	case submit.StateExported:
		t.Exported++
	default:
		t.Other++
	}
	if r.AmountFen != nil {
		t.Sum += *r.AmountFen
	} else {
		t.NoSum++
	}
	if !r.DecidedAt.IsZero() {
		t.days = append(t.days, workingDays(r.ReceivedAt, r.DecidedAt))
	}
	if done := r.State == submit.StateAccepted || r.State == submit.StateExported; done || r.State == submit.StateRejected {
		t.Decided++
		if done && r.Returns == 0 {
			t.First++
		}
	}
	if waits := r.State == submit.StateReceived || r.State == submit.StateInReview; waits && r.ReceivedAt.Before(workingDaysBefore(now, lateDays)) {
		t.Late++
	}
}

// Done is how many were accepted, exported ones among them.
func (t tally) Done() int { return t.Accepted + t.Exported }

// Open is how many wait for the staff.
func (t tally) Open() int { return t.Received + t.InReview }

// Median is the working days to a decision in the middle, "" where nothing was decided.
func (t tally) Median() string {
	if len(t.days) == 0 {
		return ""
	}
	d := slices.Sorted(slices.Values(t.days))
	if n := len(d); n%2 == 0 {
		sum := d[n/2-1] + d[n/2]
		if sum%2 == 1 {
			return strconv.Itoa(sum/2) + ".5"
		}
		return strconv.Itoa(sum / 2)
	}
	return strconv.Itoa(d[len(d)/2])
}

// FirstRate is the share of decided requests that were accepted without a return, in per mille; -1 where nothing was decided.
func (t tally) FirstRate() int {
	if t.Decided == 0 {
		return -1
	}
	return t.First * 1000 / t.Decided
}

// workingDays counts Mondays to Fridays after from, to among them. Public holidays are not known here.
func workingDays(from, to time.Time) int {
	n := 0
	from, to = from.In(china), to.In(china)
	for day := from; daysBetween(day, to) > 0; {
		day = day.AddDate(0, 0, 1)
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			n++
		}
	}
	return n
}

// bar is one bar of a chart.
type bar struct {
	Word, Value  string
	N, Part, Max int
	Late         bool
}

type statsView struct {
	Frame
	Kind, Since   string
	Kinds, Sinces []choice
	Total         tally
	Firms, Week   int
	Regions       []*tally
	Clauses       []*tally
	Levels        []bar
	Days          []bar
	Weeks         chart
	MaxRegion     int
	MaxClause     int64
	Foreign       bool // some requests are of no 市州 of this province
}

func (s *Server) statsPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	view := statsView{Frame: s.frame(r, v, "stats", v.t("统计")), Kind: r.URL.Query().Get("kind"), Since: r.URL.Query().Get("since")}
	if view.Kind != string(submit.Onboarding) {
		view.Kind = string(submit.Application)
	}
	view.Kinds = []choice{{"application", v.t("申报"), view.Kind == "application"}, {"onboarding", v.t("上云对接"), view.Kind == "onboarding"}}
	view.Sinces = choices(v, view.Since, "全部时间", [2]string{"30", "近 30 天"}, [2]string{"90", "近 90 天"}, [2]string{"365", "近一年"})
	rows, err := s.everything(r.Context(), v.Who, submit.Kind(view.Kind))
	if err != nil {
		return err
	}
	view.count(v, rows, s.Now())
	return s.show(w, r, v, "stats", view)
}

// everything reads all received requests of a kind, page by page.
func (s *Server) everything(ctx context.Context, who inbox.Who, kind submit.Kind) (all []inbox.Row, err error) {
	for {
		rows, total, err := s.Store.List(ctx, who, inbox.Query{Kind: kind, Oldest: true, Offset: len(all), Limit: 200})
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
		if len(rows) == 0 || len(all) >= total {
			return all, nil
		}
	}
}

func (view *statsView) count(v *visit, rows []inbox.Row, now time.Time) {
	regions, clauses, firms := map[string]*tally{}, map[string]*tally{}, map[string]bool{}
	levels, days := make([]int, len(levelNames)), make([]int, 7)
	var received, decided []time.Time
	for _, r := range rows {
		if days, err := strconv.Atoi(view.Since); r.Revision == 0 || err == nil && r.ReceivedAt.Before(now.AddDate(0, 0, -days)) {
			continue
		}
		view.Total.add(r, now)
		firms[r.CreditCode] = true
		if now.Sub(r.ReceivedAt) < 7*24*time.Hour {
			view.Week++
		}
		tallyOf(regions, v.t(prefecture(r.Region))).add(r, now)
		if r.Clause != "" {
			tallyOf(clauses, r.Clause).add(r, now)
		}
		levels[max(0, slices.Index(levelNames, levelWord(r.Level)))]++
		received = append(received, r.ReceivedAt)
		if !r.DecidedAt.IsZero() {
			decided = append(decided, r.DecidedAt)
			days[bucket(workingDays(r.ReceivedAt, r.DecidedAt))]++
		}
	}
	view.Firms = len(firms)
	view.Regions, view.Clauses = sorted(regions), sorted(clauses)
	for _, t := range view.Regions {
		view.MaxRegion = max(view.MaxRegion, t.All)
	}
	for _, t := range view.Clauses {
		view.MaxClause = max(view.MaxClause, t.Sum)
	}
	slices.SortFunc(view.Clauses, func(a, b *tally) int { return cmp.Compare(clauseOrder(a.Name), clauseOrder(b.Name)) })
	view.Levels = barsOf(v, levelNames, levels, -1)
	view.Days = barsOf(v, []string{"当天", "1 天", "2 天", "3 天", "4 天", "5 天", "更久"}, days, 6)
	view.Weeks = weekly(v, received, decided, now)
}

func bucket(days int) int { return min(days, 6) }

// clauseOrder sorts 政策第一条 before 政策第二条.
func clauseOrder(clause string) int {
	_, after, _ := strings.Cut(clause, "第")
	for i, c := range []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"} {
		if strings.HasPrefix(after, c) {
			return i
		}
	}
	return 99
}

func tallyOf(all map[string]*tally, name string) *tally {
	if all[name] == nil {
		all[name] = &tally{Name: name}
	}
	return all[name]
}

func sorted(all map[string]*tally) []*tally {
	var list []*tally
	for _, t := range all {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b *tally) int { return cmp.Or(b.All-a.All, cmp.Compare(a.Name, b.Name)) })
	return list
}

// prefecture is the 市州 that a region's code lies in; a name stays as it is.
func prefecture(region string) string {
	if len(region) == 6 {
		for _, r := range prefectures() {
			if r.Code[:4] == region[:4] {
				return r.Name
			}
		}
	}
	return regionWord(region)
}

func barsOf(v *visit, names []string, counts []int, late int) []bar {
	most, all := 0, 0
	for _, n := range counts {
		most, all = max(most, n), all+n
	}
	var list []bar
	for i, n := range counts {
		b := bar{Word: v.t(names[i]), N: n, Part: n, Max: most, Late: i == late}
		if all > 0 {
			b.Value = percent(n * 1000 / all)
		}
		list = append(list, b)
	}
	return list
}
