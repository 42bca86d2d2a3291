package recommend

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// write puts the steps in order: what costs nothing first, then what costs least on top of what is bought already, what has no known
// price last; among equals the assessment's order. Each offer is paid by the first step that needs it.
func (w *way) write(f *found, out *Way) {
	out.Cost = f.cost
	for _, n := range f.asks {
		out.Asks = append(out.Asks, w.askOf(n))
		out.Why = append(out.Why, "“"+w.askOf(n).Title+"”没有带价的产品："+w.askOf(n).Why)
	}
	rest, paid := slices.Clone(f.steps), map[string]bool{}
	var done []assess.Step
	score := w.a.Score
	for len(rest) > 0 {
		next := slices.MinFunc(rest, func(x, y int) int {
			return cmp.Or(cmp.Compare(f.asking(x), f.asking(y)), cmp.Compare(f.more(x, paid), f.more(y, paid)), x-y)
		})
		rest = slices.DeleteFunc(rest, func(i int) bool { return i == next })
		s := WayStep{Step: w.a.Steps[next]}
		s.Ready = len(s.Scenes) > 0 && len(f.needs[next]) == 0 && w.proposed(&s.Step)
		for _, id := range f.bought(next) {
			o, price := w.cat.Offer(id), f.ask.prices[id]
			s.Offers = append(s.Offers, WayOffer{id, o.Title, w.cat.VendorName(o.Vendor), price.FirstYear, string(o.PriceKind), price.Metric, paid[id]})
			if !paid[id] {
				paid[id] = true
				s.Cost += price.FirstYear
			}
		}
		for _, n := range f.needs[next] {
			if slices.Contains(f.asks, n) {
				s.Asks = append(s.Asks, w.askOf(n).Title)
			}
		}
		done = append(done, s.Step)
		s.After = assess.After(w.q, &w.a, done)
		s.Gain, score = s.After.Score-score, s.After.Score
		out.Steps = append(out.Steps, s)
	}
}

// proposed tells whether the register shows the scene at that level.
func (w *way) proposed(s *assess.Step) bool {
	return slices.ContainsFunc(w.a.Scenes, func(x assess.SceneLevel) bool { return x.Key == s.Scenes[0].Scene && x.Proposed >= s.Scenes[0].To })
}

// asking is how many needs without a price a step has.
func (f *found) asking(step int) (n int) {
	for _, need := range f.needs[step] {
		if slices.Contains(f.asks, need) {
			n++
		}
	}
	return n
}

// bought gives the chosen offers that a step needs: those that cover its needs, and what those require in turn.
func (f *found) bought(step int) (ids []string) {
	put := func(id string) {
		if slices.Contains(f.offers, id) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for i := range f.ask.model.Offers {
		o := &f.ask.model.Offers[i]
		if slices.ContainsFunc(o.Covers, func(c ModelCover) bool { return slices.Contains(f.needs[step], c.Need) }) {
			put(o.ID)
		}
	}
	for k := 0; k < len(ids); k++ {
		for i := range f.ask.model.Offers {
			if o := &f.ask.model.Offers[i]; o.ID == ids[k] {
				for _, set := range o.Requires {
					for _, id := range set {
						put(id)
					}
				}
			}
		}
	}
	return ids
}

// more is what a step adds to what is paid.
func (f *found) more(step int, paid map[string]bool) (sum money.Fen) {
	for _, id := range f.bought(step) {
		if !paid[id] {
			sum += f.ask.prices[id].FirstYear
		}
	}
	return sum
}

// askOf says what is to be asked a price for, and why there is none.
func (w *way) askOf(need string) WayAsk {
	if n := w.cat.Need(need); n != nil {
		return WayAsk{need, n.Title, cmp.Or(n.Open, "目录里的产品只能覆盖一部分，或不适合本企业、已被排除")}
	}
	kind, scene, _ := strings.Cut(need, ":")
	title := w.a.TitleOf(scene)
	switch kind {
	case "integrate":
		return WayAsk{need, title + "与其他系统打通", "系统集成按项目报价，目录里没有标价"}
	case "ai":
		return WayAsk{need, title + "用上模型或人工智能", "按项目报价，目录里没有标价"}
	case "control-net":
		return WayAsk{need, "车间工控网络", "按现场报价，目录里没有标价"}
	}
	return WayAsk{need, title, "目录里没有对应的产品"}
}
