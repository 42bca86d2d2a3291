package recommend_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

func wayEdition(t testing.TB) *assess.Questionnaire {
	t.Helper()
	qs, err := pack.Questionnaires(assets.Questions)
	if err != nil {
		t.Fatal(err)
	}
	return qs[0]
}

// wayCase is a random firm; few of its steps are kept, the level rule is random, and a small catalog sells some of what they need.
func wayCase(r *rand.Rand, whole *assess.Questionnaire) (*assess.Questionnaire, *recommend.Catalog, assess.Assessment, *survey.Case) {
	q := *whole
	c := &survey.Case{AsOf: "2026-11-23"}
	for i := range 1 + r.IntN(4) {
		c.Assets = append(c.Assets, survey.Asset{ID: fmt.Sprint(i), Use: survey.UseProduction, Count: 1 + r.IntN(20), Digital: survey.TriOf(r.IntN(2) == 0), Networked: survey.TriOf(r.IntN(3) == 0)})
	}
	for i := range r.IntN(3) {
		c.Systems = append(c.Systems, survey.System{ID: fmt.Sprint("s", i), Name: "系统", Kind: survey.SystemKindNames[r.IntN(24)].Value, InUse: survey.Yes})
	}
	for _, n := range survey.ArrangementNames {
		c.Arrangements = append(c.Arrangements, survey.Arrangement{Kind: n.Value, Have: survey.Tri(r.IntN(3))})
	}
	for _, key := range []string{"Q3", "Q5", "Q6", "Q8", "Q9"} {
		if r.IntN(2) == 0 {
			c.Answers = append(c.Answers, survey.Answer{Item: key, Options: []string{"A"}})
		}
	}
	for _, s := range q.Scenes {
		if r.IntN(3) > 0 {
			c.Scenes = append(c.Scenes, survey.SceneAnswer{Scene: s.Key, Level: r.IntN(3)})
		}
	}
	a := assess.Run(&q, c)
	r.Shuffle(len(a.Steps), func(i, j int) { a.Steps[i], a.Steps[j] = a.Steps[j], a.Steps[i] })
	if n := 5 + r.IntN(4); len(a.Steps) > n {
		connect := slices.IndexFunc(a.Steps, func(s assess.Step) bool { return s.Need == "connect" })
		if connect >= 0 && r.IntN(2) == 0 {
			a.Steps[0], a.Steps[connect] = a.Steps[connect], a.Steps[0]
		}
		a.Steps = a.Steps[:n]
	}
	level := 1 + r.IntN(3)
	now := assess.After(&q, &a, nil).Ladder[level-1]
	most := assess.After(&q, &a, a.Steps).Ladder[level-1]
	up := func(have, most int) int { return have + r.IntN(most-have+1) }
	q.Rule.Levels = slices.Clone(q.Rule.Levels[:level])
	for i := range q.Rule.Levels {
		q.Rule.Levels[i].Score = assess.Full
	}
	n := &q.Rule.Levels[level-1]
	n.Score, n.Scenes, n.Stars = assess.Points(up(int(now.HaveScore), int(most.HaveScore))), up(now.HaveScenes, most.HaveScenes), up(now.HaveStars, most.HaveStars)
	switch r.IntN(12) {
	case 0:
		n.Scenes++
	case 1:
		n.Score, n.Scenes, n.Stars = now.HaveScore, now.HaveScenes, now.HaveStars
	}
	a.Ladder, a.Level = assess.After(&q, &a, nil).Ladder, assess.After(&q, &a, nil).Level
	return &q, wayCatalog(r, &a, c), a, c
}

func wayCatalog(r *rand.Rand, a *assess.Assessment, c *survey.Case) *recommend.Catalog {
	cat := &recommend.Catalog{ID: "test"}
	var keys []string
	for _, s := range a.Steps {
		for _, n := range []string{s.Need, strings.Replace(s.Need, "integrate:", "scene:", 1)} {
			if n != "" && !slices.Contains(keys, n) && r.IntN(6) > 0 {
				keys = append(keys, n)
				cat.Needs = append(cat.Needs, recommend.Need{Key: n, Title: n, Derive: recommend.DeriveAsk, Weight: 1})
			}
		}
	}
	offers := 3 + r.IntN(4)
	for j := range offers {
		o := recommend.Offer{ID: fmt.Sprintf("o%d", j), Title: fmt.Sprintf("o%d", j), Vendor: "v", PriceKind: recommend.PriceList}
		metric := []recommend.Metric{recommend.PerFirm, recommend.PerDevice}[r.IntN(2)]
		o.Prices = []recommend.Price{{What: "x", Metric: metric, Per: 1 + r.IntN(3), Tiers: []recommend.Tier{{UpTo: 5, Yearly: money.Yuan(10 * r.Int64N(9))}, {Yearly: money.Yuan(5 * r.Int64N(9))}}}}
		if r.IntN(7) == 0 {
			o.PriceKind = recommend.PriceNone
		}
		for _, k := range r.Perm(len(keys))[:min(len(keys), 1+r.IntN(4))] {
			o.Covers = append(o.Covers, recommend.Cover{Need: keys[k], Halves: 1 + min(r.IntN(4), 1)})
		}
		if r.IntN(5) == 0 {
			o.Requires = [][]string{{fmt.Sprintf("o%d", (j+1)%offers), fmt.Sprintf("o%d", (j+2)%offers)}}
		}
		if r.IntN(6) == 0 {
			o.Excludes = []string{fmt.Sprintf("o%d", (j+1)%offers)}
		}
		if r.IntN(4) == 0 {
			o.Slot = "slot"
		}
		if r.IntN(10) == 0 {
			c.Plan.Banned = append(c.Plan.Banned, o.ID)
		}
		cat.Offers = append(cat.Offers, o)
	}
	return cat
}

// wayTruth enumerates every combination of steps and of offers; it judges a combination of steps by assess.After and shares nothing else
// with the model.
func wayTruth(q *assess.Questionnaire, cat *recommend.Catalog, a assess.Assessment, c *survey.Case) (asks int, cost money.Fen, steps int, ok bool) {
	level := len(q.Rule.Levels)
	have := map[string]bool{}
	for _, n := range recommend.Needs(cat, a, c) {
		have[n.Key] = n.Have
	}
	for set := range 1 << len(a.Steps) {
		var chosen []assess.Step
		needs := map[string]bool{}
		qty := recommend.QuantitiesOf(a, c)
		connects := 0
		for i, s := range a.Steps {
			if set&(1<<i) == 0 {
				continue
			}
			chosen = append(chosen, s)
			if s.Need == "connect" {
				qty.Devices = max(s.Machines, 1)
				connects++
			}
			for _, n := range wayNeeds(q, &a, s) {
				if !have[n] {
					needs[n] = true
				}
			}
		}
		if connects > 1 || !assess.After(q, &a, chosen).Ladder[level-1].Met {
			continue
		}
		open, sum, can := wayPurchase(cat, c, needs, qty)
		if !can {
			continue
		}
		if !ok || open < asks || open == asks && (sum < cost || sum == cost && len(chosen) < steps) {
			asks, cost, steps, ok = open, sum, len(chosen), true
		}
	}
	return asks, cost, steps, ok
}

func wayNeeds(q *assess.Questionnaire, a *assess.Assessment, s assess.Step) []string {
	if len(s.Scenes) == 0 {
		return []string{s.Need}[:min(len(s.Need), 1)]
	}
	g := s.Scenes[0]
	at := g.From
	for _, x := range a.Scenes {
		if x.Key == g.Scene {
			at = max(at, x.Proposed)
		}
	}
	var out []string
	for to := at + 1; to <= g.To; to++ {
		switch {
		case to == 2, to == 1 && q.Scene(g.Scene).SystemOnly:
			out = append(out, "scene:"+g.Scene)
		case to > 2:
			out = append(out, map[int]string{3: "integrate:", 4: "ai:"}[to]+g.Scene)
		}
	}
	return out
}

func wayPurchase(cat *recommend.Catalog, c *survey.Case, needs map[string]bool, qty recommend.Quantities) (asks int, cost money.Fen, ok bool) {
	usable := map[string]recommend.Resolved{}
	for i := range cat.Offers {
		if p, priced := cat.Offers[i].Resolve(qty); priced && !slices.Contains(c.Plan.Banned, cat.Offers[i].ID) {
			usable[cat.Offers[i].ID] = p
		}
	}
	for again := true; again; { // what requires something that is not there is not there either
		again = false
		for i := range cat.Offers {
			o := &cat.Offers[i]
			_, here := usable[o.ID]
			for _, req := range o.Requires {
				// a requirement counts as impossible only when no priced offer of it exists at all
				if here && !slices.ContainsFunc(req, func(id string) bool { _, p := cat.Offer(id).Resolve(qty); return p }) {
					delete(usable, o.ID)
					again = true
				}
			}
		}
	}
	for n := range needs {
		halves := 0
		for id := range usable {
			for _, v := range cat.Offer(id).Covers {
				if v.Need == n {
					halves += v.Halves
				}
			}
		}
		if halves < 2 {
			delete(needs, n)
			asks++
		}
	}
	for set := range 1 << len(cat.Offers) {
		sum, good := money.Fen(0), true
		cover, in, slots := map[string]int{}, map[string]bool{}, 0
		for j := range cat.Offers {
			if set&(1<<j) != 0 {
				o := &cat.Offers[j]
				p, here := usable[o.ID]
				good = good && here
				sum += p.FirstYear
				in[o.ID] = true
				if o.Slot != "" {
					slots++
				}
				for _, v := range o.Covers {
					cover[v.Need] += v.Halves
				}
			}
		}
		for id := range in {
			o := cat.Offer(id)
			for _, req := range o.Requires {
				good = good && slices.ContainsFunc(req, func(id string) bool { return in[id] })
			}
			good = good && !slices.ContainsFunc(o.Excludes, func(id string) bool { return in[id] })
		}
		for n := range needs {
			good = good && cover[n] >= 2
		}
		if good && slots < 2 && (!ok || sum < cost) {
			cost, ok = sum, true
		}
	}
	return asks, cost, ok
}

// TestTheWayIsTheCheapestOfAll holds the way against every combination of steps and offers.
func TestTheWayIsTheCheapestOfAll(t *testing.T) {
	whole := wayEdition(t)
	r := rand.New(rand.NewPCG(4, 6))
	kinds := map[string]int{}
	for n := range 1200 {
		q, cat, a, c := wayCase(r, whole)
		w, err := recommend.WayTo(t.Context(), recommend.WayFrom{Questions: q, Catalog: cat, Assessment: a, Case: c}, len(q.Rule.Levels))
		if err != nil {
			t.Fatalf("case %d: %v", n, err)
		}
		asks, cost, steps, ok := wayTruth(q, cat, a, c)
		if w.Feasible != ok || !w.Proved || ok && (len(w.Asks) != asks || w.Cost != cost || len(w.Steps) != steps) {
			t.Fatalf("case %d: %v %d asks %s yuan %d steps, brute force %v %d %s %d\n%+v", n, w.Feasible, len(w.Asks), w.Cost, len(w.Steps), ok, asks, cost, steps, w)
		}
		kind := "there"
		switch {
		case !ok:
			kind = "blocked"
			if len(w.Why) == 0 {
				t.Fatalf("case %d: no reason", n)
			}
		case asks > 0:
			kind = "asks"
		case cost > 0:
			kind = "bought"
		case steps > 0:
			kind = "free"
		}
		kinds[kind]++
		sum := money.Fen(0)
		for _, s := range w.Steps {
			sum += s.Cost
		}
		if k := len(w.Steps); sum != w.Cost || k > 0 && !w.Steps[k-1].After.Ladder[len(q.Rule.Levels)-1].Met {
			t.Fatalf("case %d: steps cost %s of %s, or the last one does not reach the level", n, sum, w.Cost)
		}
	}
	t.Log(kinds)
	for _, kind := range []string{"there", "blocked", "asks", "bought", "free"} {
		if kinds[kind] < 20 {
			t.Errorf("only %d cases of kind %s: %v", kinds[kind], kind, kinds)
		}
	}
}
