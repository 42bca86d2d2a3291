package inventory_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// TestEveryRateIsBackedByItsMachines adds up the machines behind each rate of random registers and holds them against the rate itself.
func TestEveryRateIsBackedByItsMachines(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 11))
	uses := []survey.Use{"", survey.UseProduction, survey.UseOffice}
	for range 300 {
		var assets []survey.Asset
		for i := range 12 {
			tri := func() survey.Tri { return survey.Tri(rnd.IntN(3)) }
			assets = append(assets, survey.Asset{ID: string(rune('a' + i)), Count: rnd.IntN(4), Use: uses[rnd.IntN(3)], Counted: tri(), Digital: tri(), Networked: tri(), OnCloud: tri(),
				KeyStep: tri(), Numeric: tri(), Process: []string{"", "车", "铣"}[rnd.IntN(3)]})
		}
		machines := func(rate string, part inventory.Part) (n int) {
			ids, err := inventory.Behind(assets, rate, part)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range assets {
				if slices.Contains(ids, a.ID) {
					n += inventory.Machines(&a)
				}
			}
			return n
		}
		for _, r := range inventory.Rates(inventory.Count(assets)) {
			if r.Key == "key-numeric" { // counts steps
				continue
			}
			if num, den := machines(r.Key, inventory.PartCounted), machines(r.Key, inventory.PartAll); num != r.Num || den != r.Den {
				t.Fatalf("%s: %d of %d machines behind %d / %d", r.Key, num, den, r.Num, r.Den)
			}
			if sum := machines(r.Key, inventory.PartCounted) + machines(r.Key, inventory.PartRest) + machines(r.Key, inventory.PartOpen); sum != r.Den {
				t.Fatalf("%s: the parts are %d, the whole %d", r.Key, sum, r.Den)
			}
		}
	}
	if _, err := inventory.Behind(nil, "toy", inventory.PartAll); survey.CodeOf(err) != survey.CodeUnknownItem {
		t.Errorf("an unknown rate: %v", err)
	}
}
