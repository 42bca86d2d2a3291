package solver_test

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

// shape is a kind of model that a firm's question has.
type shape struct {
	needs, offers int
	equal         bool  // every price the same
	heavy         bool  // offers overlap heavily
	percent       int64 // budget in per cent of what covering all costs; 0 is none, and two needs of three are musts
}

func (s shape) String() string {
	name := fmt.Sprintf("%d×%d", s.needs, s.offers)
	if s.equal {
		name += " equal prices"
	}
	if s.heavy {
		name += " heavy overlap"
	}
	if s.percent > 0 {
		name += fmt.Sprintf(" budget %d %%", s.percent)
	}
	return name
}

// appModel has every feature of the format: weights, musts, half degrees and covers, slots, requires, excludes, pins, bans, forbidden sets,
// and every fourth one fewest vendors first; subsidies by layer, levels, an award and a limit on cash.
func (s shape) model(seed uint64) recommend.Model {
	r := rand.New(rand.NewPCG(seed, uint64(s.needs*s.offers)))
	var m recommend.Model
	for i := range s.needs {
		m.Needs = append(m.Needs, recommend.ModelNeed{ID: fmt.Sprintf("n%03d", i), Weight: 1 + r.Int64N(5), Degree: 2 - r.IntN(5)/4, Must: s.percent == 0 && i%3 > 0})
	}
	for j := range s.offers {
		o := recommend.ModelOffer{ID: fmt.Sprintf("o%04d", j), Vendor: fmt.Sprintf("v%d", r.IntN(s.offers/6+1)), Cost: money.Yuan(int64(math.Exp(7 + 1.3*r.NormFloat64())))}
		if s.equal {
			o.Cost = money.Yuan(5000)
		}
		count := 1 + r.IntN(3)
		if r.IntN(5) == 0 || s.heavy && r.IntN(2) == 0 {
			count += 3 + r.IntN(4)
		}
		for _, i := range r.Perm(s.needs)[:count] {
			o.Covers = append(o.Covers, recommend.ModelCover{Need: m.Needs[i].ID, Halves: 2 - r.IntN(4)/3})
		}
		if j > 1 && r.IntN(8) == 0 {
			o.Requires = append(o.Requires, []string{m.Offers[r.IntN(j)].ID, m.Offers[r.IntN(j)].ID})
		}
		if j > 0 && r.IntN(10) == 0 {
			o.Excludes = append(o.Excludes, m.Offers[r.IntN(j)].ID)
		}
		if r.IntN(6) == 0 {
			o.Product = fmt.Sprintf("p%d", r.IntN(s.offers/8+1))
		}
		o.Banned = r.IntN(100) == 0
		m.Offers = append(m.Offers, o)
	}
	m.Offers[0].Pinned, m.Offers[0].Banned = true, false
	m.Forbid = [][]string{{m.Offers[1].ID, m.Offers[2].ID}}
	m.VendorsFirst = seed%4 == 3
	s.terms(r, &m)
	if s.percent > 0 {
		m.Ties = recommend.TiesAny
		all, _ := recommend.Exact{}.Solve(nowhere, m)
		m.Ties = recommend.TiesSettled
		b := all.Net/100*money.Fen(s.percent) + m.Offers[0].Cost
		m.Budget = &b
	}
	return m
}

// terms are a policy's: three layers with rate, cap and minimum spend, one of them open from a level on, which pays an award; a limit on cash.
func (s shape) terms(r *rand.Rand, m *recommend.Model) {
	few, many := money.Yuan(2000), money.Yuan(3000)
	cash := money.Yuan(200_000)
	m.Cash = &cash
	m.Terms = &recommend.Terms{Cap: &many, Counters: []recommend.Counter{{ID: "score", Have: 40}, {ID: "scenes"}},
		Levels: []recommend.LevelTerm{{ID: "L2", Needs: []recommend.Count{{Counter: "score", Units: 40 + int64(s.needs)}, {Counter: "scenes", Units: int64(s.needs / 8)}}, Award: money.Yuan(500)}},
		Layers: []recommend.LayerTerm{{Layer: "saas", Rate: 5000, Cap: &few}, {Layer: "iaas", Rate: 3000, Minimum: money.Yuan(1000)}, {Layer: "device", Rate: 2000, Level: "L2"}}}
	for i := range m.Needs {
		m.Needs[i].Counts = []recommend.Count{{Counter: "score", Units: 1 + r.Int64N(3)}}
		if i%4 == 0 {
			m.Needs[i].Counts = append(m.Needs[i].Counts, recommend.Count{Counter: "scenes", Units: 1})
		}
	}
	for j := range m.Offers {
		o := &m.Offers[j]
		o.Layer, o.Later = []string{"saas", "iaas", "device", ""}[r.IntN(4)], o.Cost/3
	}
}

// covering is a set covering model: every need a must, every cover whole.
func covering(costs []int64, rows [][]int) recommend.Model {
	var m recommend.Model
	for j, c := range costs {
		m.Offers = append(m.Offers, recommend.ModelOffer{ID: fmt.Sprintf("o%05d", j), Cost: money.Yuan(c)})
	}
	for i, cols := range rows {
		m.Needs = append(m.Needs, recommend.ModelNeed{ID: fmt.Sprintf("n%05d", i), Weight: 1, Degree: 2, Must: true})
		for _, j := range cols {
			o := &m.Offers[j]
			o.Covers = append(o.Covers, recommend.ModelCover{Need: m.Needs[i].ID, Halves: 2})
		}
	}
	return m
}

// randomCovering is made the way of Beasley's sets: costs 1–100 in ascending order, every row and column in use.
func randomCovering(seed uint64, rows, cols int, density float64, equal bool) recommend.Model {
	r := rand.New(rand.NewPCG(seed, 99))
	costs, sets := make([]int64, cols), make([][]int, rows)
	used := make([]map[int]bool, rows)
	for j := range costs {
		if costs[j] = int64(1 + j*100/cols); equal {
			costs[j] = 1
		}
	}
	put := func(i, j int) {
		if used[i] == nil {
			used[i] = map[int]bool{}
		}
		if !used[i][j] {
			used[i][j] = true
			sets[i] = append(sets[i], j)
		}
	}
	for i := range rows {
		put(i, r.IntN(cols))
		put(i, r.IntN(cols))
	}
	for j := range cols {
		put(r.IntN(rows), j)
	}
	for k := 0; k < int(density*float64(rows*cols))-2*rows-cols; k++ {
		put(r.IntN(rows), r.IntN(cols))
	}
	return covering(costs, sets)
}

// orLibrary reads a set of OR-Library: numbers of rows and columns, the costs, then per row a count and the columns from 1.
func orLibrary(t testing.TB, file string) recommend.Model {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewReader(f)
	next := func() (v int) {
		if _, err := fmt.Fscan(in, &v); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		return v
	}
	m, n := next(), next()
	costs, rows := make([]int64, n), make([][]int, m)
	for j := range costs {
		costs[j] = int64(next())
	}
	for i := range rows {
		for range next() {
			rows[i] = append(rows[i], next()-1)
		}
	}
	return covering(costs, rows)
}
