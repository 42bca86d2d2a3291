package recommend

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// The bundle itself follows the net cost where aid is held: of all bundles that weigh as much and can be paid before the refund, none leaves
// less. Aid that is not held changes nothing.
func TestTheBundleFollowsTheNetCostWhereAidCounts(t *testing.T) {
	dice := rand.New(rand.NewPCG(6, 29))
	solved, other := 0, 0
	for range 400 {
		cat, c := shelf(dice)
		if dice.IntN(2) == 0 {
			c.Plan.Budget = ptr(money.Fen((20 + dice.Int64N(120)) * 10_000))
		}
		terms := Terms{Layers: []LayerTerm{{Layer: "iaas", Rate: 3000}, {Layer: "saas", Rate: 7000}}}
		if dice.IntN(2) == 0 {
			terms.Layers[1].Minimum = money.Fen(dice.Int64N(60) * 10_000)
		}
		plain, err := NewStudy(t.Context(), cat, assess.Assessment{}, c, nil, Aid{Terms: terms})
		if err != nil {
			continue // its needs cannot be covered
		}
		before, _ := Recommend(t.Context(), cat, assess.Assessment{}, c, nil, Aid{})
		got, err := Recommend(t.Context(), cat, assess.Assessment{}, c, nil, Aid{Terms: terms, Held: true})
		if err != nil || !got.Proof.Optimal || got.Net == nil {
			t.Fatalf("%+v, %v", got, err)
		}
		if before.Net != nil || before.FirstYear != plain.r.best.Cost {
			t.Fatalf("aid that is not held gave %v and %v, want %v", before.FirstYear, before.Net, plain.r.best.Cost)
		}
		least := money.MaxFen
		plain.each(func(set []string, w int64) {
			if w >= plain.r.best.Weight {
				least = min(least, aidBy(plain, set, &terms))
			}
		})
		if *got.Net != least || c.Plan.Budget != nil && got.FirstYear > *c.Plan.Budget {
			t.Fatalf("net is %v at %v before the refund, the best of all is %v within %v", *got.Net, got.FirstYear, least, c.Plan.Budget)
		}
		solved++
		if !slices.Equal(linesOf(got), linesOf(before)) {
			other++
		}
		for _, l := range got.Lines {
			if l.Loss != nil && *l.Loss < 0 {
				t.Fatalf("without %s the net cost would fall by %v", l.Offer, *l.Loss)
			}
		}
	}
	if solved < 150 || other < 15 {
		t.Errorf("%d solved, %d with another bundle than before aid: the models are too easy", solved, other)
	}
}

func linesOf(b Bundle) (out []string) {
	for _, l := range b.Lines {
		out = append(out, l.Offer)
	}
	return out
}
