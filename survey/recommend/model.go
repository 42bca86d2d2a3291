package recommend

import (
	"context"
	"fmt"
	"slices"

	"github.com/shangyuntong/shangyun/survey/money"
)

// Limits of a Model. Larger ones are refused, so that a hostile file cannot stall the program.
const (
	MaxOffers = 5000
	MaxNeeds  = 1000
	maxCells  = 20_000_000 // of the dense dictionary, rows × columns
)

// Solver finds the best bundle of a Model. Exact is the default; an outside mixed-integer solver may take its place. When ctx ends, Solve
// gives the best answer so far with its true bounds and no error; see Watch for progress.
type Solver interface {
	Solve(ctx context.Context, m Model) (Solution, error)
}

// Model is the pure problem, free of any case: needs with weights, offers with costs, and limits. Ids must be unique.
type Model struct {
	Needs        []ModelNeed
	Offers       []ModelOffer
	Budget       *money.Fen // limit on the net cost, which without Terms is the sum of the costs; nil is none
	AtLeast      *int64     // instead of the greatest weight, reach this weight
	Forbid       [][]string // bundles that hold all offers of one of these sets are not allowed (no-good cuts)
	VendorsFirst bool       // fewest vendors before least cost
	Ties         Ties       // what to do among answers of equal weight and cost
	Limit        int        // nodes to search at most; 0 is the default
	Cash         *money.Fen // limit on what is paid in the first year, before any aid comes back; nil is none
	Terms        *Terms     // what a policy gives back; nil is nothing
}

// Ties says how far answers of equal weight and cost are told apart.
type Ties int

// The ways to break ties.
const (
	TiesSettled Ties = iota // fewest vendors, then fewest lines, then the least sum of the places of the ids in their order
	TiesAny                 // any of them: enough for comparing amounts
)

// ModelNeed is one need. It counts as covered when the halves of the chosen offers add up to Degree.
type ModelNeed struct {
	ID     string
	Weight int64   // 1–1,000,000
	Degree int     // halves needed, 1 or 2; 0 is 2
	Must   bool    // the answer has to cover it
	Counts []Count // what it brings to counters when it is covered
}

// ModelOffer is one offer at its resolved price.
type ModelOffer struct {
	ID       string
	Vendor   string
	Product  string // at most one offer of a product is chosen; "" is a product of its own
	Cost     money.Fen
	Covers   []ModelCover
	Requires [][]string // each inner list needs at least one chosen offer
	Excludes []string
	Pinned   bool
	Banned   bool
	Layer    string    // which Terms hold for it; "" is none
	Later    money.Fen // part of Cost that is paid after the first year
	Counts   []Count   // what it brings to counters when it is chosen
}

// ModelCover says how far an offer covers a need, in halves: 1 or 2.
type ModelCover struct {
	Need   string
	Halves int
}

// Solution is the answer to a Model.
type Solution struct {
	Feasible    bool      // false: no bundle holds all limits (proved when Optimal)
	Chosen      []string  // offer ids, ascending
	Covered     []string  // need ids, ascending
	Weight      int64     // of the covered needs
	Cost        money.Fen // of the chosen offers, before any aid
	Net         money.Fen // Cost less Aid and Awards
	Aid         money.Fen // of all layers, after the cap on all of them
	Awards      money.Fen
	Layers      []LayerAid // in the order of the Terms
	Levels      []string   // that are reached, in the order of the Terms
	Cash        money.Fen  // paid in the first year, before any aid
	Vendors     int
	Optimal     bool      // weight and cost are proved
	TieProved   bool      // vendors, lines and places are proved as well
	Bound       money.Fen // no bundle of this weight has a lower net cost
	WeightBound int64     // no bundle covers more
	Nodes       int
}

// modelError names what is wrong with a model.
func modelError(format string, args ...any) error { return fmt.Errorf("model: "+format, args...) }

// check refuses models that cannot be meant: unknown or doubled ids, negative prices, an offer that requires or excludes itself.
func (m *Model) check() error {
	if len(m.Offers) > MaxOffers || len(m.Needs) > MaxNeeds {
		return modelError("%d offers and %d needs are over the limit of %d and %d", len(m.Offers), len(m.Needs), MaxOffers, MaxNeeds)
	}
	needs := map[string]bool{}
	for _, n := range m.Needs {
		switch {
		case n.ID == "" || needs[n.ID]:
			return modelError("need %q is empty or doubled", n.ID)
		case n.Weight < 1 || n.Weight > 1_000_000:
			return modelError("need %q: weight %d is not in 1–1000000", n.ID, n.Weight)
		case n.Degree < 0 || n.Degree > 2:
			return modelError("need %q: degree %d is not 0, 1 or 2 halves", n.ID, n.Degree)
		}
		needs[n.ID] = true
	}
	ids, total := map[string]bool{}, money.Fen(0)
	for _, o := range m.Offers {
		if o.ID == "" || ids[o.ID] {
			return modelError("offer %q is empty or doubled", o.ID)
		}
		ids[o.ID] = true
		if o.Cost < 0 {
			return modelError("offer %q: negative price", o.ID)
		}
		var err error
		if total, err = money.Add(total, o.Cost); err != nil {
			return modelError("the prices add up beyond the largest amount")
		}
	}
	if m.Cash != nil && *m.Cash < 0 {
		return modelError("negative limit on cash")
	}
	if err := m.Terms.check(m); err != nil {
		return err
	}
	if m.Budget != nil && *m.Budget < 0 {
		return modelError("negative budget")
	}
	for _, set := range m.Forbid {
		for _, id := range set {
			if !ids[id] {
				return modelError("unknown offer %q in a forbidden set", id)
			}
		}
	}
	rows := len(m.Needs)
	for i := range m.Offers {
		o := &m.Offers[i]
		if err := o.check(needs, ids); err != nil {
			return err
		}
		rows += len(o.Requires) + len(o.Excludes)
	}
	if rows*(len(m.Offers)+len(m.Needs)) > maxCells {
		return modelError("%d conditions on %d offers are too many", rows, len(m.Offers))
	}
	return nil
}

func (o *ModelOffer) check(needs, ids map[string]bool) error {
	seen := map[string]bool{}
	for _, c := range o.Covers {
		if !needs[c.Need] || seen[c.Need] {
			return modelError("offer %q: need %q is unknown or doubled", o.ID, c.Need)
		}
		if c.Halves < 1 || c.Halves > 2 {
			return modelError("offer %q: need %q: %d halves", o.ID, c.Need, c.Halves)
		}
		seen[c.Need] = true
	}
	for _, set := range append(slices.Clone(o.Requires), o.Excludes) {
		for _, id := range set {
			if id == o.ID {
				return modelError("offer %q requires or excludes itself", o.ID)
			}
			if !ids[id] {
				return modelError("offer %q: unknown offer %q", o.ID, id)
			}
		}
	}
	return nil
}
