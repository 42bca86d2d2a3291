package recommend

import (
	"fmt"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// The closed list of reason codes of a line.
const (
	ReasonCoversOnly     = "COVERS_ONLY"     // no other offer can cover one of its needs within the limits
	ReasonCoversCheapest = "COVERS_CHEAPEST" // others could, for more money
	ReasonBundleSaves    = "BUNDLE_SAVES"    // covers several needs at once
	ReasonRequiredBy     = "REQUIRED_BY"     // another line cannot do without it
	ReasonBudgetBinds    = "BUDGET_BINDS"    // without it the budget covers less
	ReasonReuseExisting  = "REUSE_EXISTING"  // builds on what the firm has
	ReasonSizeFit        = "SIZE_FIT"        // meant for this size
	ReasonTie            = "TIE"             // another offer would do at the same cost
	ReasonPriceEstimate  = "PRICE_ESTIMATE"  // its price is an estimate
	ReasonUserPinned     = "USER_PINNED"     // a person insists
	ReasonUserBanned     = "USER_BANNED"     // a person refuses it
	ReasonDominated      = "DOMINATED"       // the same needs are covered for less without it
	ReasonConflict       = "CONFLICT"        // it cannot stand beside what is insisted on
	ReasonPriceStale     = "PRICE_STALE"     // its price is older than a year or the quote has run out
	ReasonNoPrice        = "NO_PRICE"        // nobody has given a price
	ReasonSizeMisfit     = "SIZE_MISFIT"     // meant for other sizes or trades
	ReasonNoNeed         = "NO_NEED"         // it covers nothing that is wanted
	ReasonProtocolFit    = "PROTOCOL_FIT"    // speaks a protocol of the register's machines
	ReasonLocalService   = "LOCAL_SERVICE"   // a vendor of the province; told only when the person asks for it
	ReasonCashBinds      = "CASH_BINDS"      // what can be paid before any refund is the limit
	ReasonCapBinds       = "CAP_BINDS"       // the aid has reached its cap
	ReasonSubsidyListed  = "SUBSIDY_LISTED"  // a measure in force counts its cost
)

// ReasonTexts gives the Chinese sentence of each reason code.
var ReasonTexts = map[string]string{
	ReasonCoversOnly: "有的需求只有它能覆盖", ReasonCoversCheapest: "覆盖这些需求它最省", ReasonBundleSaves: "一项覆盖多个需求", ReasonRequiredBy: "另一项离不开它",
	ReasonBudgetBinds: "没有它，预算内能覆盖的更少", ReasonReuseExisting: "用得上已有的条件", ReasonSizeFit: "适合本企业规模", ReasonTie: "有同价的替代，可任选",
	ReasonPriceEstimate: "价格是区间估计，须询价", ReasonUserPinned: "您指定要它", ReasonUserBanned: "您不要它", ReasonDominated: "不选它，同样的覆盖更省", ReasonConflict: "与您坚持的条件不能并存",
	ReasonPriceStale: "价格已过期，须重新询价", ReasonNoPrice: "还没有价格", ReasonSizeMisfit: "不适合本企业规模或行业", ReasonNoNeed: "现在的需求用不到它", ReasonProtocolFit: "支持台账里设备的协议",
	ReasonLocalService: "本省厂商", ReasonCashBinds: "受先垫付的现金限制", ReasonCapBinds: "补贴已到上限", ReasonSubsidyListed: "现行条款计入它的费用",
}

// explain adds what re-solving tells: losses, reasons, the next breakpoint, alternatives, the front and the outlook.
func (r *reply) explain(a assess.Assessment) error {
	for i := range r.out.Lines {
		if err := r.loss(&r.out.Lines[i]); err != nil {
			return err
		}
	}
	for _, step := range []func() error{r.breakpoint, r.alternatives, r.front} {
		if err := step(); err != nil {
			return err
		}
	}
	r.out.After = after(a, r.out.Covered, r.q)
	return nil
}

// loss re-solves without the offer. The comparison keeps the published objective: first what would be covered, then the cost.
func (r *reply) loss(l *Line) error {
	without, err := r.solve(func(m *Model) { m.ban(l.Offer) })
	if err != nil {
		return err
	}
	pinned := r.modelOffer(l.Offer).Pinned
	l.Equal = r.equals(l.Offer)
	binds := false
	switch {
	case !without.Feasible && without.Optimal:
		l.LossText = "没有它，您指定的条件就不能同时满足"
	case !without.Feasible:
		l.LossText = "没有它会怎样，限定步数内没有算完"
	case without.Weight < r.best.Weight:
		lost := slices.DeleteFunc(slices.Clone(r.best.Covered), func(k string) bool { return slices.Contains(without.Covered, k) })
		l.LossText = "没有它就盖不住 " + titles(lost, r.needTitle)
		if r.model.Budget != nil {
			wide, err := r.solve(func(m *Model) { m.ban(l.Offer); m.Budget = nil })
			if err != nil {
				return err
			}
			if binds = wide.Weight >= r.best.Weight && wide.Feasible; binds {
				l.LossText = "预算内没有它" + l.LossText[len("没有它"):]
			}
		}
	default:
		d := without.Net - r.best.Net
		l.Loss = &d
		switch {
		case d > 0:
			l.LossText = "没有它，最便宜的替代贵 " + yuan(d)
		case d < 0:
			l.LossText = "没有它反而省 " + yuan(-d) + "，它是您指定的"
		default:
			l.LossText = "换一种组合，总价和覆盖都不变"
			if len(l.Equal) > 0 {
				l.LossText = "有同价的替代：" + titles(l.Equal, r.title)
			}
		}
		if !without.Optimal {
			l.LossText += "（替代方案未证明最省）"
		}
	}
	l.Reasons = r.reasons(l, pinned, binds)
	return nil
}

func (r *reply) reasons(l *Line, pinned, binds bool) []string {
	var out []string
	add := func(code string, yes bool) {
		if yes {
			out = append(out, code)
		}
	}
	add(ReasonUserPinned, pinned)
	add(ReasonCoversOnly, l.Loss == nil && !binds && len(l.OnlyHere) > 0)
	add(ReasonCoversCheapest, l.Loss != nil && *l.Loss > 0 && len(l.OnlyHere) > 0)
	add(ReasonTie, l.Loss != nil && *l.Loss == 0)
	add(ReasonBundleSaves, len(l.OnlyHere) > 1)
	add(ReasonBudgetBinds, binds)
	add(ReasonRequiredBy, r.required(l.Offer))
	o := r.cat.Offer(l.Offer)
	add(ReasonReuseExisting, len(o.Requires) > len(r.modelOffer(l.Offer).Requires))
	add(ReasonSizeFit, r.staff > 0 && (o.Size.Min > 0 || o.Size.Max > 0) && r.staff >= o.Size.Min && (o.Size.Max == 0 || r.staff <= o.Size.Max))
	add(ReasonCashBinds, binds && r.c.Plan.Cash != nil && r.model.Budget == r.c.Plan.Cash)
	add(ReasonProtocolFit, r.speaks(o))
	add(ReasonLocalService, r.c.Plan.Local == survey.Yes && r.cat.Local(o))
	add(ReasonPriceEstimate, o.PriceKind == PriceEstimate)
	add(ReasonPriceStale, Stale(o, r.c))
	return out
}

// required tells whether a chosen offer has a requirement that only id fills within the bundle.
func (r *reply) required(id string) bool {
	for _, other := range r.best.Chosen {
		for _, set := range r.modelOffer(other).Requires {
			if slices.Contains(set, id) && !slices.ContainsFunc(set, func(p string) bool { return p != id && slices.Contains(r.best.Chosen, p) }) {
				return true
			}
		}
	}
	return false
}

// breakpoint finds the smallest larger budget that covers more weight.
func (r *reply) breakpoint() error {
	if r.model.Budget == nil || !r.best.Optimal {
		return nil
	}
	more := r.best.Weight + 1
	s, err := r.solve(func(m *Model) { m.Budget, m.AtLeast, m.Terms = nil, &more, nil })
	if err != nil || !s.Feasible || !s.Optimal {
		return err
	}
	full, err := r.solve(func(m *Model) { m.Budget = &s.Cost })
	if err != nil || !full.Feasible {
		return err
	}
	gained := slices.DeleteFunc(slices.Clone(full.Covered), func(k string) bool { return slices.Contains(r.best.Covered, k) })
	r.out.Next = &Breakpoint{Budget: s.Cost, More: s.Cost - *r.model.Budget, Needs: gained}
	r.out.Next.Text = fmt.Sprintf("预算再加 %s，可多覆盖 %s", yuan(r.out.Next.More), titles(gained, r.needTitle))
	return nil
}
