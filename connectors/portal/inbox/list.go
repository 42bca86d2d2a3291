package inbox

import (
	"context"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// Query narrows a list; zero values narrow nothing.
type Query struct {
	Text     string // part of firm name, credit code or receipt number
	States   []submit.State
	Kind     submit.Kind
	Regions  []string // codes that begin with one of these, or names
	Level    string   // first character of the level's name
	Operator string
	Assignee string
	Propose  string    // proposals that this account may confirm
	Before   time.Time // waits since before
	Suspect  bool
	Oldest   bool // longest unchanged first
	Offset   int
	Limit    int // 1..200, else 50
}

var like = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// where gives the condition of q for w and its arguments.
func (q Query) where(w Who) (string, []any) {
	cond, args := w.sees()
	all := []string{cond}
	and := func(cond string, with ...any) { all, args = append(all, cond), append(args, with...) }
	if q.Text != "" {
		text := "%" + like.Replace(q.Text) + "%"
		and(`(firm_name LIKE ? ESCAPE '\' OR credit_code LIKE ? ESCAPE '\' OR number LIKE ? ESCAPE '\')`, text, text, text)
	}
	if n := len(q.States); n > 0 {
		states := make([]any, n)
		for i, s := range q.States {
			states[i] = string(s)
		}
		and("state IN (?"+strings.Repeat(", ?", n-1)+")", states...)
	}
	if n := len(q.Regions); n > 0 {
		var regions []any
		for _, r := range q.Regions {
			regions = append(regions, like.Replace(r)+"%")
		}
		and(`(region LIKE ? ESCAPE '\'`+strings.Repeat(` OR region LIKE ? ESCAPE '\'`, n-1)+")", regions...)
	}
	if q.Level != "" {
		and(`level LIKE ? ESCAPE '\'`, like.Replace(q.Level)+"%")
	}
	for _, e := range []struct{ column, value string }{{"kind", string(q.Kind)}, {"operator", q.Operator}, {"assignee", q.Assignee}} {
		if e.value != "" {
			and(e.column+" = ?", e.value)
		}
	}
	if q.Propose != "" {
		and("id IN (SELECT request_id FROM proposal WHERE actor <> ?)", q.Propose)
	}
	if !q.Before.IsZero() {
		and("state IN ('received', 'in_review') AND received_at < ?", stamp(q.Before))
	}
	if q.Suspect {
		and("suspect = 1")
	}
	return strings.Join(all, " AND "), args
}

// List gives the requests that match q and that w may see, latest change first, and how many there are in all.
func (s *Store) List(ctx context.Context, w Who, q Query) ([]Row, int, error) {
	if q.Limit < 1 || q.Limit > 200 {
		q.Limit = 50
	}
	where, args := q.where(w)
	var total int
	if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM request WHERE `+where, args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	order := "changed_at DESC, id"
	if q.Oldest {
		order = "changed_at, id"
	}
	rows, err := s.db.QueryContext(ctx, `SELECT `+rowColumns+` FROM request WHERE `+where+` ORDER BY `+order+` LIMIT ? OFFSET ?`,
		append(args, q.Limit, max(q.Offset, 0))...)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = rows.Close() }()
	var list []Row
	for rows.Next() {
		r, err := scanRow(rows)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, r)
	}
	return list, total, rows.Err()
}

// Count tells how many requests match q that w may see.
func (s *Store) Count(ctx context.Context, w Who, q Query) (n int, err error) {
	where, args := q.where(w)
	return n, s.db.QueryRowContext(ctx, `SELECT count(*) FROM request WHERE `+where, args...).Scan(&n)
}

// Counts gives the number of requests per state that w may see and q matches.
func (s *Store) Counts(ctx context.Context, w Who, q Query) (map[submit.State]int, error) {
	q.States = nil
	where, args := q.where(w)
	rows, err := s.db.QueryContext(ctx, `SELECT state, count(*) FROM request WHERE `+where+` GROUP BY state`, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	counts := map[submit.State]int{}
	for rows.Next() {
		var state submit.State
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, err
		}
		counts[state] = n
	}
	return counts, rows.Err()
}
