package recommend

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Alternatives are whole other answers, each proved or said not to be: second and third best, fewest vendors, without estimates, least over
// two and three years, and – only when the person switched it on – vendors of the province. Answers equal to the bundle are left out, and
// an answer that came up before is not listed twice.
func (s *Study) Alternatives() ([]Alternative, error) {
	r := s.r
	if len(r.best.Chosen) == 0 {
		return nil, nil
	}
	var out []Alternative
	var forbid [][]string
	put := func(title string, v Solution, err error) error {
		same := func(a Alternative) bool { return slices.Equal(a.Offers, v.Chosen) }
		if err != nil || !v.Feasible || len(v.Chosen) == 0 || slices.Equal(v.Chosen, r.best.Chosen) || slices.ContainsFunc(out, same) {
			return err
		}
		out = append(out, r.alternative(title, v))
		return nil
	}
	forbid = append(forbid, r.best.Chosen)
	for _, title := range []string{"次优方案", "第三方案"} {
		v, err := r.solve(func(m *Model) { m.Forbid = append(m.Forbid, forbid...) })
		if err := put(title, v, err); err != nil {
			return nil, survey.Wrap(survey.CodeInternal, "recommend.alternatives", err)
		}
		if v.Feasible {
			forbid = append(forbid, v.Chosen)
		}
	}
	for _, x := range []struct {
		title  string
		change func(*Model)
	}{{"厂商最少", func(m *Model) { m.VendorsFirst = true }}, {"只用标价和报价", func(m *Model) { r.banWhere(m, func(o *Offer) bool { return o.PriceKind == PriceEstimate }) }}} {
		v, err := r.solve(x.change)
		if err := put(x.title, v, err); err != nil {
			return nil, survey.Wrap(survey.CodeInternal, "recommend.alternatives", err)
		}
	}
	if r.c.Plan.Local == survey.Yes {
		v, err := r.solve(func(m *Model) { r.banWhere(m, func(o *Offer) bool { return !r.cat.Local(o) }) })
		if err := put("本省厂商", v, err); err != nil {
			return nil, survey.Wrap(survey.CodeInternal, "recommend.alternatives", err)
		}
	}
	for years := 2; years <= 3; years++ {
		a, err := s.overYears(years)
		if err != nil {
			return nil, err
		}
		if a != nil && !slices.ContainsFunc(out, func(b Alternative) bool { return slices.Equal(a.Offers, b.Offers) }) {
			out = append(out, *a)
		}
	}
	return out, nil
}

func (r *reply) banWhere(m *Model, strike func(*Offer) bool) {
	for i := range r.cat.Offers {
		if strike(&r.cat.Offers[i]) {
			m.ban(r.cat.Offers[i].ID)
		}
	}
}

// overYears finds the bundle of at least the same weight that costs least over some years; nil when it is the one at hand. The limit on the
// first year is not asked for, because a longer view may spend more at first.
func (s *Study) overYears(years int) (*Alternative, error) {
	r := s.r
	v, err := r.solve(func(m *Model) {
		m.Budget, m.AtLeast, m.Terms = nil, ptr(r.best.Weight), nil // aid is for one year
		for i := range m.Offers {
			m.Offers[i].Cost = r.over(m.Offers[i].ID, years)
		}
	})
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "recommend.years", err)
	}
	if !v.Feasible || slices.Equal(v.Chosen, r.best.Chosen) {
		return nil, nil
	}
	total := v.Cost
	v.Cost = r.sum(v.Chosen, 1)
	v.Net = v.Cost - r.best.Cost + r.best.Net // both before aid
	a := r.alternative(fmt.Sprintf("%d 年合计最省", years), v)
	a.Text = fmt.Sprintf("%d 年合计 %s，首选 %s；首年", years, yuan(total), yuan(r.sum(r.best.Chosen, years))) + a.Text
	return &a, nil
}

func (r *reply) over(id string, years int) money.Fen {
	p := r.prices[id]
	y, ok := times(p.Yearly, years)
	sum, err := money.Add(p.OneOff, y)
	if !ok || err != nil {
		return money.MaxFen / MaxOffers
	}
	return sum
}

func (r *reply) sum(ids []string, years int) (sum money.Fen) {
	for _, id := range ids {
		sum += r.over(id, years)
	}
	return sum
}

// Stability says how often each line stays when the estimated prices move.
type Stability struct {
	Rounds int         `json:"rounds"` // asked for
	Done   int         `json:"done"`   // solved before it was stopped
	Spread int         `json:"spread"` // per cent up and down
	Same   int         `json:"same"`   // rounds in which the whole bundle stayed
	Lines  []KeptShare `json:"lines"`
	Rivals []KeptShare `json:"rivals"` // offers outside the bundle that came in, most often first
}

// KeptShare is one offer with the rounds in which it was chosen.
type KeptShare struct {
	Offer string `json:"offer"`
	Title string `json:"title"`
	Kept  int    `json:"kept"`
}

// Stable moves every estimated price by itself within ±spread per cent, equally likely, and solves again. The same seed gives the same rounds.
// It ends early when the study's context ends, and tell hears of every round done.
func (s *Study) Stable(rounds, spread int, seed uint64, tell func(done int)) Stability {
	r := s.r
	out := Stability{Rounds: rounds, Spread: spread, Lines: []KeptShare{}, Rivals: []KeptShare{}}
	for _, id := range r.best.Chosen {
		out.Lines = append(out.Lines, KeptShare{Offer: id, Title: r.title(id)})
	}
	dice := rand.New(rand.NewPCG(seed, uint64(len(r.model.Offers))))
	for out.Done < rounds && r.ctx.Err() == nil {
		v, err := r.solve(func(m *Model) {
			for i := range m.Offers {
				if o := r.cat.Offer(m.Offers[i].ID); o.PriceKind == PriceEstimate {
					m.Offers[i].Cost = moved(m.Offers[i].Cost, int64(100-spread)*100+dice.Int64N(int64(2*spread)*100+1))
				}
			}
		})
		if err != nil || r.ctx.Err() != nil {
			break
		}
		out.Done++
		out.count(r, v.Chosen)
		if tell != nil {
			tell(out.Done)
		}
	}
	slices.SortStableFunc(out.Rivals, func(a, b KeptShare) int { return b.Kept - a.Kept })
	return out
}

// moved gives a price times basis points, cut down to the fen.
func moved(f money.Fen, bp int64) money.Fen {
	return f/10_000*money.Fen(bp) + f%10_000*money.Fen(bp)/10_000
}

func (s *Stability) count(r *reply, chosen []string) {
	if slices.Equal(chosen, r.best.Chosen) {
		s.Same++
	}
	for i := range s.Lines {
		if slices.Contains(chosen, s.Lines[i].Offer) {
			s.Lines[i].Kept++
		}
	}
	for _, id := range chosen {
		if slices.Contains(r.best.Chosen, id) {
			continue
		}
		i := slices.IndexFunc(s.Rivals, func(k KeptShare) bool { return k.Offer == id })
		if i < 0 {
			i, s.Rivals = len(s.Rivals), append(s.Rivals, KeptShare{Offer: id, Title: r.title(id)})
		}
		s.Rivals[i].Kept++
	}
}
