package recommend

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend/exact"
)

// wayShare is what our own search of each stage may take, in steps of arithmetic, before an engine goes on.
const wayShare = 50_000_000

// found is one set of steps and offers that meets the level.
type found struct {
	steps  []int // places in the assessment's steps
	offers []string
	asks   []string
	cost   money.Fen
	mark   int64
	ask    *question
	needs  [][]string // per step of the assessment
}

func (f *found) less(o *found) bool {
	return cmp.Or(cmp.Compare(len(f.asks), len(o.asks)), cmp.Compare(f.cost, o.cost), cmp.Compare(len(f.steps), len(o.steps)), cmp.Compare(f.mark, o.mark)) < 0
}

// none stands for no step.
const none = -1

// search tries every connecting step by itself, and none: the number of machines to connect sets the prices, and with the prices fixed the
// rest is a 0/1 program.
func (w *way) search() (best *found, proved bool) {
	proved = true
	choices := []int{none}
	for i := range w.a.Steps {
		if w.a.Steps[i].Need == "connect" {
			choices = append(choices, i)
		}
	}
	for _, k := range choices {
		p := w.program(k)
		f, ok := p.solve()
		proved = proved && ok
		if f != nil && (best == nil || f.less(best)) {
			best = f
		}
	}
	return best, proved
}

// wayProgram is the 0/1 program of one choice of the connecting step. Columns: steps, offers, needs without a price, bands of the item
// that counts the links with a system.
type wayProgram struct {
	w     *way
	ask   *question
	steps []int      // column → place in the assessment's steps
	needs [][]string // per place: what is missing for it
	asks  []string   // column → need
	n     int
	first [3]int // first column of offers, asks, bands
	rows  []exact.Row
	must  int       // column that has to be 1, none
	score exact.Row // what each column adds to the score
}

// program picks the steps, their needs, and the offers at the quantities of the connecting step; steps that another one of the same item
// includes are left out.
func (w *way) program(connect int) *wayProgram {
	p := &wayProgram{w: w, must: none}
	qty := QuantitiesOf(w.a, w.c)
	if connect != none {
		qty.Devices = max(w.a.Steps[connect].Machines, 1)
	}
	states := Needs(w.cat, w.a, w.c)
	have := map[string]bool{}
	for i := range states {
		have[states[i].Key] = states[i].Have
	}
	wanted := map[string]bool{}
	p.needs = make([][]string, len(w.a.Steps))
	for i := range w.a.Steps {
		s := &w.a.Steps[i]
		if s.Need == "connect" && i != connect || w.included(s) {
			continue
		}
		if i == connect {
			p.must = len(p.steps)
		}
		p.needs[i] = w.needsOf(s, have)
		for _, n := range p.needs[i] {
			wanted[n] = true
		}
		p.steps = append(p.steps, i)
	}
	for i := range states {
		states[i].Wanted, states[i].Choice = wanted[states[i].Key], survey.Unknown
	}
	plain := *w.c
	plain.Plan.Pinned, plain.Plan.Budget = nil, nil
	p.ask = ask(w.cat, states, qty, &plain)
	p.columns(wanted)
	p.counters()
	p.buy()
	return p
}

// included tells whether settling the declaration of the step's item brings the step's option with it: it costs nothing and does more.
func (w *way) included(s *assess.Step) bool {
	if s.Item == "" || s.Group != "" || strings.HasPrefix(s.Key, "settle:") {
		return false
	}
	return slices.ContainsFunc(w.a.Steps, func(o assess.Step) bool {
		return o.Item == s.Item && strings.HasPrefix(o.Key, "settle:") && !slices.ContainsFunc(s.Options, func(l string) bool { return !slices.Contains(o.Options, l) })
	})
}

// columns numbers them. A need may be asked a price for when the offers at hand cannot cover it wholly.
func (p *wayProgram) columns(wanted map[string]bool) {
	halves := map[string]int{}
	for _, o := range p.ask.model.Offers {
		for _, c := range o.Covers {
			if !o.Banned {
				halves[c.Need] += c.Halves
			}
		}
	}
	for n := range wanted {
		if halves[n] < 2 {
			p.asks = append(p.asks, n)
		}
	}
	slices.Sort(p.asks)
	p.first[0] = len(p.steps)
	p.first[1] = p.first[0] + len(p.ask.model.Offers)
	p.first[2] = p.first[1] + len(p.asks)
	p.n = p.first[2]
}

func (p *wayProgram) atLeast(rhs int64, cols []int, coefs []int64) {
	p.rows = append(p.rows, exact.Row{Cols: cols, Coefs: coefs, Rhs: rhs})
}

func (p *wayProgram) atMostOne(cols []int) {
	if len(cols) > 1 {
		coefs := ones(len(cols))
		for i := range coefs {
			coefs[i] = -1
		}
		p.atLeast(-1, cols, coefs)
	}
}

// counters are the rows of score, scenes and ★, of the groups, and of the item that counts links. A band of links counts only by a link
// that a step adds, even where a low declaration hides links that are there.
func (p *wayProgram) counters() {
	a, goal := &p.w.a, p.w.goal
	now := rungOf(assess.After(p.w.q, a, nil), goal.Level)
	var score, scenes, stars exact.Row
	put := func(r *exact.Row, col int, v int64) { r.Cols, r.Coefs = append(r.Cols, col), append(r.Coefs, v) }
	groups, order := map[string][]int{}, []string{}
	group := func(key string, col int) {
		if key == "" {
			return
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], col)
	}
	var links []int
	for col, i := range p.steps {
		s := &a.Steps[i]
		group(s.Group, col)
		if s.Item != "" && s.Points > 0 {
			put(&score, col, int64(s.Points))
		}
		if s.Link != "" {
			links = append(links, col)
		}
		for _, g := range s.Scenes {
			if g.To >= goal.Level && g.From < goal.Level {
				put(&scenes, col, 1)
				if d := p.w.q.Scene(g.Scene); d != nil && d.Star {
					put(&stars, col, 1)
				}
			}
		}
	}
	if item, have, from := p.linkItem(); item != nil && len(links) > 0 {
		for k, least := range item.Links {
			if more := int64(max(least-have, 1)); item.Options[k+1].Points > from {
				band := p.n
				p.n++
				put(&score, band, int64(item.Options[k+1].Points-from))
				group(item.Key, band)
				p.atLeast(0, append(slices.Clone(links), band), append(ones(len(links)), -more))
			}
		}
	}
	p.rows = append(p.rows, exact.Row{Cols: score.Cols, Coefs: score.Coefs, Rhs: int64(goal.Score - now.HaveScore)},
		exact.Row{Cols: scenes.Cols, Coefs: scenes.Coefs, Rhs: int64(goal.Scenes - now.HaveScenes)},
		exact.Row{Cols: stars.Cols, Coefs: stars.Coefs, Rhs: int64(goal.Stars - now.HaveStars)})
	for _, key := range order {
		p.atMostOne(groups[key])
	}
	p.score = score
}

// linkItem is the item that counts the links with a system, how many there are, and its points now.
func (p *wayProgram) linkItem() (item *assess.Question, have int, from assess.Points) {
	for i := range p.w.q.Items {
		if it := &p.w.q.Items[i]; len(it.Links) > 0 {
			for k := range p.w.a.Items {
				if found := &p.w.a.Items[k]; found.Key == it.Key {
					return it, len(found.Links), found.Points
				}
			}
		}
	}
	return nil, 0, 0
}

// buy are the rows of what steps need and of the offers among themselves.
func (p *wayProgram) buy() {
	offers := p.ask.model.Offers
	at := map[string]int{}
	cover := map[string]*exact.Row{}
	for k := range offers {
		at[offers[k].ID] = p.first[0] + k
		for _, c := range offers[k].Covers {
			if cover[c.Need] == nil {
				cover[c.Need] = &exact.Row{}
			}
			r := cover[c.Need]
			r.Cols, r.Coefs = append(r.Cols, p.first[0]+k), append(r.Coefs, int64(c.Halves))
		}
	}
	for col, i := range p.steps {
		for _, n := range p.needs[i] {
			r := exact.Row{Cols: []int{col}, Coefs: []int64{-2}}
			if c := cover[n]; c != nil {
				r.Cols, r.Coefs = append(r.Cols, c.Cols...), append(r.Coefs, c.Coefs...)
			}
			if k, ok := slices.BinarySearch(p.asks, n); ok {
				r.Cols, r.Coefs = append(r.Cols, p.first[1]+k), append(r.Coefs, 2)
			}
			p.rows = append(p.rows, r)
		}
	}
	slots := map[string][]int{}
	var names []string
	for k, o := range offers {
		col := p.first[0] + k
		if o.Product != "" {
			if slots[o.Product] == nil {
				names = append(names, o.Product)
			}
			slots[o.Product] = append(slots[o.Product], col)
		}
		for _, set := range o.Requires {
			cols, coefs := []int{col}, []int64{-1}
			for _, id := range set {
				cols, coefs = append(cols, at[id]), append(coefs, 1)
			}
			p.atLeast(0, cols, coefs)
		}
		for _, id := range o.Excludes {
			p.atMostOne([]int{col, at[id]})
		}
	}
	for _, name := range names {
		p.atMostOne(slots[name])
	}
}

// solve runs the four stages; nil when no set of steps holds all rows. proved is false when a limit left asks, cost or the number of steps open.
func (p *wayProgram) solve() (f *found, proved bool) {
	proved = true
	goals := [4][]int64{}
	for g := range goals {
		goals[g] = make([]int64, p.n)
	}
	for k := range p.asks {
		goals[0][p.first[1]+k] = 1
	}
	for k, o := range p.ask.model.Offers {
		goals[1][p.first[0]+k] = int64(o.Cost)
		goals[3][p.first[0]+k] = mark(len(p.steps)+k, o.ID)
	}
	for col, i := range p.steps {
		goals[2][col] = 1
		goals[3][col] = mark(col, p.w.a.Steps[i].Key)
	}
	var best []int64
	var last int64
	for g, cost := range goals {
		q := exact.New(p.n)
		copy(q.Cost, cost)
		q.Rows = slices.Clone(p.rows)
		if p.must != none {
			q.Lo[p.must] = 1
		}
		for k, o := range p.ask.model.Offers {
			if o.Banned {
				q.Hi[p.first[0]+k] = 0
			}
		}
		for e := range g {
			cols, coefs := nonzero(goals[e])
			q.AtMost(p.value(goals[e], best), cols, coefs)
		}
		limits := exact.Options{Nodes: defaultNodes, Starts: [][]int64{best}}
		if g == 3 {
			limits.Nodes, limits.Work = tieNodes, tieWork
		} else if limits.Engine = p.w.engine; limits.Engine != nil {
			limits.Share = wayShare
		}
		got, err := exact.Minimise(p.w.ctx, q, limits)
		if err != nil || got.Z == nil {
			return nil, err == nil && got.Proved
		}
		best, last = got.Z, got.Value
		proved = proved && (g == 3 || got.Proved)
	}
	return p.read(best, last), proved
}

func (p *wayProgram) value(cost []int64, z []int64) (v int64) {
	for j, c := range cost {
		v += c * z[j]
	}
	return v
}

// read translates the columns back.
func (p *wayProgram) read(z []int64, mark int64) *found {
	f := &found{mark: mark, ask: p.ask, needs: p.needs}
	for col, i := range p.steps {
		if z[col] == 1 {
			f.steps = append(f.steps, i)
		}
	}
	for k, o := range p.ask.model.Offers {
		if z[p.first[0]+k] == 1 {
			f.offers = append(f.offers, o.ID)
		}
	}
	for k, n := range p.asks {
		if z[p.first[1]+k] == 1 {
			f.asks = append(f.asks, n)
		}
	}
	needed := map[string]bool{} // a search that was stopped may hold offers that nothing needs
	for _, i := range f.steps {
		for _, id := range f.bought(i) {
			needed[id] = true
		}
	}
	f.offers = slices.DeleteFunc(f.offers, func(id string) bool { return !needed[id] })
	for _, o := range p.ask.model.Offers {
		if needed[o.ID] {
			f.cost += o.Cost
		}
	}
	return f
}
