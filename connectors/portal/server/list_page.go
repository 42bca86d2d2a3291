package server

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// chip is one filter of the list.
type chip struct {
	Word, Link string
	N          int
	On         bool
}

type listView struct {
	Frame
	Text, State, Kind string
	States, Kinds     []chip
	Quarantined       int
	Rows              []inbox.Row
	From, To, Total   int
	Before, After     string // links, "" for none
	Pages             []chip // Word "…" stands for those left out
}

func (s *Server) listPage(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	offset, err := strconv.Atoi(q.Get("from"))
	if err != nil || offset < 0 {
		offset = 0
	}
	query := inbox.Query{Text: q.Get("q"), State: submit.State(q.Get("state")), Kind: submit.Kind(q.Get("kind")), Offset: offset, Limit: pageSize}
	rows, total, err := s.Store.List(r.Context(), query)
	if err != nil {
		s.oops(w, r, err)
		return
	}
	counts, err := s.Store.Counts(r.Context())
	if err != nil {
		s.oops(w, r, err)
		return
	}
	v := listView{
		Frame: s.frame(r, "受理队列"), Text: query.Text, State: string(query.State), Kind: string(query.Kind),
		States: chips(counts, query), Kinds: kindChips(query), Quarantined: counts[submit.StateQuarantined], Pages: pageChips(query, total), Rows: rows, From: min(offset+1, total), To: offset + len(rows), Total: total,
	}
	if offset > 0 {
		v.Before = link(query, max(0, offset-pageSize))
	}
	if offset+len(rows) < total && len(rows) > 0 {
		v.After = link(query, offset+pageSize)
	}
	s.render(w, r, http.StatusOK, "list", v)
}

func chips(counts map[submit.State]int, q inbox.Query) []chip {
	all := 0
	for _, n := range counts {
		all += n
	}
	choice := q.State
	q.State = ""
	list := []chip{{Word: "全部", Link: link(q, 0), N: all, On: choice == ""}}
	for _, state := range states {
		if q.State = state.state; counts[state.state] > 0 || choice == state.state {
			list = append(list, chip{Word: state.word, Link: link(q, 0), N: counts[state.state], On: choice == state.state})
		}
	}
	return list
}

func link(q inbox.Query, from int) string {
	v := url.Values{}
	for name, value := range map[string]string{"q": q.Text, "state": string(q.State), "kind": string(q.Kind)} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if from > 0 {
		v.Set("from", strconv.Itoa(from))
	}
	return "/?" + v.Encode()
}

func kindChips(q inbox.Query) []chip {
	choice := q.Kind
	var list []chip
	for _, row := range []struct {
		kind submit.Kind
		word string
	}{{"", "全部类别"}, {submit.Application, kindWord(submit.Application)}, {submit.Onboarding, kindWord(submit.Onboarding)}} {
		q.Kind = row.kind
		list = append(list, chip{Word: row.word, Link: link(q, 0), On: choice == row.kind})
	}
	return list
}

// pageChips gives the first, the last and the pages around the present one; none for a single page.
func pageChips(q inbox.Query, total int) []chip {
	last, here := (total+pageSize-1)/pageSize, q.Offset/pageSize+1
	var list []chip
	for n := 1; n <= last && last > 1; n++ {
		if n > 1 && n < last && (n < here-1 || n > here+1) {
			if len(list) > 0 && list[len(list)-1].Word != "…" {
				list = append(list, chip{Word: "…"})
			}
			continue
		}
		list = append(list, chip{Word: strconv.Itoa(n), Link: link(q, (n-1)*pageSize), On: n == here})
	}
	return list
}
