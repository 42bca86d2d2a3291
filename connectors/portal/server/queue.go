package server

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// lateDays is how many working days a request may wait before the queue says so. Public holidays are not known here.
const lateDays = 5

// chip is one filter of the queue.
type chip struct {
	Word, Link string
	N          int
	On         bool
}

// choice is one entry of a list to choose from.
type choice struct {
	Value, Word string
	On          bool
}

type queueView struct {
	Frame
	Query                           inbox.Query
	State, Region, Quick            string
	States, Quicks                  []chip
	Kinds, Regions, Levels, Sources []choice
	People                          []choice // who may be made responsible
	Quarantined                     int
	Rows                            []inbox.Row
	From, To, Total                 int
	Before, After                   string // links, "" for none
	Pages                           []chip // Word "…" stands for those left out
	Narrow                          bool
	Clear                           string
}

// asked is what the address of the queue asks for.
type asked struct {
	text, state, kind, region, level, operator, quick, order string
	from                                                     int
}

func readAsked(v url.Values) asked {
	a := asked{text: v.Get("q"), state: v.Get("state"), kind: v.Get("kind"), region: v.Get("region"), level: v.Get("level"), operator: v.Get("operator"), quick: v.Get("quick"), order: v.Get("order")}
	if n, err := strconv.Atoi(v.Get("from")); err == nil && n > 0 {
		a.from = n
	}
	return a
}

// link is the address of the queue that asks for a.
func (a asked) link() string {
	v := url.Values{}
	for name, value := range map[string]string{"q": a.text, "state": a.state, "kind": a.kind, "region": a.region, "level": a.level, "operator": a.operator, "quick": a.quick, "order": a.order} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if a.from > 0 {
		v.Set("from", strconv.Itoa(a.from))
	}
	if len(v) == 0 {
		return "/"
	}
	return "/?" + v.Encode()
}

func (a asked) query(v *visit, now time.Time) inbox.Query {
	q := inbox.Query{Text: a.text, Kind: submit.Kind(a.kind), Level: a.level, Operator: a.operator, Oldest: a.order == "oldest", Offset: a.from, Limit: pageSize}
	if a.state != "" {
		q.States = []submit.State{submit.State(a.state)}
	}
	if a.region != "" {
		q.Regions = []string{a.region[:min(len(a.region), 4)]}
		if r, ok := survey.RegionByCode(a.region); ok {
			q.Regions = append(q.Regions, r.Name)
		}
	}
	switch a.quick {
	case "mine":
		q.Assignee = v.Login
	case "second":
		q.Propose = v.Login
	case "late":
		q.Before = workingDaysBefore(now, lateDays)
	case "suspect":
		q.Suspect = true
	}
	return q
}

// workingDaysBefore goes back by so many days from Monday to Friday.
func workingDaysBefore(t time.Time, n int) time.Time {
	t = t.In(china)
	for n > 0 {
		t = t.AddDate(0, 0, -1)
		if t.Weekday() != time.Saturday && t.Weekday() != time.Sunday {
			n--
		}
	}
	return t
}

func (s *Server) queuePage(w http.ResponseWriter, r *http.Request, v *visit) error {
	ctx, a := r.Context(), readAsked(r.URL.Query())
	q := a.query(v, s.Now())
	rows, total, err := s.Store.List(ctx, v.Who, q)
	if err != nil {
		return err
	}
	counts, err := s.Store.Counts(ctx, v.Who, q)
	if err != nil {
		return err
	}
	view := queueView{
		Frame: s.frame(r, v, "queue", v.t("受理队列")), Query: q, State: a.state, Region: a.region, Quick: a.quick, States: stateChips(v, counts, a), Pages: pageChips(a, total),
		Quarantined: counts[submit.StateQuarantined], Rows: rows, From: min(a.from+1, total), To: a.from + len(rows), Total: total,
		Kinds: choices(v, a.kind, "全部类别", [2]string{"application", "申报"}, [2]string{"onboarding", "上云对接"}), Regions: regionChoices(v, a.region), Levels: levelChoices(v, a.level),
		Narrow: a != (asked{}) && a != (asked{from: a.from}), Clear: asked{}.link(),
	}
	if v.Firm() {
		view.Frame.Title = v.t("我的申请")
	}
	if err := s.quicks(r, v, a, &view); err != nil {
		return err
	}
	if b := a; a.from > 0 {
		b.from = max(0, a.from-pageSize)
		view.Before = b.link()
	}
	if b := a; a.from+len(rows) < total && len(rows) > 0 {
		b.from = a.from + pageSize
		view.After = b.link()
	}
	return s.show(w, r, v, "queue", view)
}

// Firm tells whether the visitor is an owner or adviser.
func (v *visit) Firm() bool { return v.Role == inbox.RoleOwner || v.Role == inbox.RoleAdviser }

// quicks counts what asks for the visitor's own work.
func (s *Server) quicks(r *http.Request, v *visit, a asked, view *queueView) error {
	if !v.staff() {
		return nil
	}
	for _, row := range []struct{ key, word string }{{"mine", "我负责的"}, {"second", "待我复核"}, {"late", "等候超 5 个工作日"}, {"suspect", "报失设备"}} {
		b := a
		b.quick, b.from = row.key, 0
		n, err := s.Store.Count(r.Context(), v.Who, b.query(v, s.Now()))
		if err != nil {
			return err
		}
		if a.quick == row.key {
			b.quick = ""
		}
		view.Quicks = append(view.Quicks, chip{Word: v.t(row.word), Link: b.link(), N: n, On: a.quick == row.key})
	}
	people, err := s.handlers(r)
	view.People = people
	return err
}

// handlers lists who may be made responsible for a request.
func (s *Server) handlers(r *http.Request) ([]choice, error) {
	all, err := s.Store.Accounts(r.Context())
	if err != nil {
		return nil, err
	}
	var list []choice
	for _, a := range all {
		if a.EndedAt.IsZero() && slices.Contains(handlers, a.Role) {
			list = append(list, choice{Value: a.Login, Word: a.Name})
		}
	}
	return list, nil
}

func stateChips(v *visit, counts map[submit.State]int, a asked) []chip {
	all := 0
	for _, n := range counts {
		all += n
	}
	chosen := a.state
	a.state, a.from = "", 0
	list := []chip{{Word: v.t("全部"), Link: a.link(), N: all, On: chosen == ""}}
	for _, row := range states {
		if a.state = string(row.state); counts[row.state] > 0 || chosen == a.state {
			list = append(list, chip{Word: v.t(row.word), Link: a.link(), N: counts[row.state], On: chosen == a.state})
		}
	}
	return list
}

func choices(v *visit, chosen, all string, rows ...[2]string) []choice {
	list := []choice{{Word: v.t(all), On: chosen == ""}}
	for _, r := range rows {
		list = append(list, choice{r[0], v.t(r[1]), chosen == r[0]})
	}
	return list
}

func regionChoices(v *visit, chosen string) []choice {
	var rows [][2]string
	for _, r := range prefectures() {
		rows = append(rows, [2]string{r.Code, r.Name})
	}
	return choices(v, chosen, "全部市州", rows...)
}

// prefectures are the 14 市州 of Hunan.
func prefectures() []survey.Region {
	var list []survey.Region
	for code := 430100; code <= 433100; code += 100 {
		if r, ok := survey.RegionByCode(strconv.Itoa(code)); ok && strings.HasSuffix(r.Code, "00") {
			list = append(list, r)
		}
	}
	return list
}

func levelChoices(v *visit, chosen string) []choice {
	var rows [][2]string
	for _, name := range levelNames {
		rows = append(rows, [2]string{name, name})
	}
	return choices(v, chosen, "全部等级", rows...)
}

// pageChips gives the first, the last and the pages around the present one; none for a single page.
func pageChips(a asked, total int) []chip {
	last, here := (total+pageSize-1)/pageSize, a.from/pageSize+1
	var list []chip
	for n := 1; n <= last && last > 1; n++ {
		if n > 1 && n < last && (n < here-1 || n > here+1) {
			if len(list) > 0 && list[len(list)-1].Word != "…" {
				list = append(list, chip{Word: "…"})
			}
			continue
		}
		a.from = (n - 1) * pageSize
		list = append(list, chip{Word: strconv.Itoa(n), Link: a.link(), On: n == here})
	}
	return list
}

// picked reads the requests that were ticked.
func picked(r *http.Request) ([]string, error) {
	ids := r.PostForm["id"]
	if len(ids) == 0 || len(ids) > 200 {
		return nil, portal.NewProblem(portal.BadRequest, "请先勾选 1 到 200 件申请")
	}
	return ids, nil
}

func (s *Server) assignMany(w http.ResponseWriter, r *http.Request, v *visit) error {
	ids, err := picked(r)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.Store.Assign(r.Context(), v.Who, id, r.PostFormValue("assignee"), s.Now()); err != nil {
			return err
		}
	}
	http.Redirect(w, r, back(r), http.StatusSeeOther)
	return nil
}

// back is the page of this portal that a form came from.
func back(r *http.Request) string {
	if at := r.PostFormValue("back"); strings.HasPrefix(at, "/") && !strings.HasPrefix(at, "//") && !strings.Contains(at, "\\") {
		return at
	}
	return "/"
}
