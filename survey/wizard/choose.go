package wizard

import (
	"context"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

// Weigh sets how much a need counts against others, 1–100; 0 takes the catalog's weight again.
func (d *Desk) Weigh(ctx context.Context, id, need string, weight int64) (*State, error) {
	if weight < 0 || weight > 100 {
		return nil, survey.Fail(survey.CodeNumber, "wizard.weigh", "权重是 1–100 的整数")
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		if d.Packs.Catalog.Need(need) == nil {
			return survey.Fail(survey.CodeUnknownItem, "wizard.weigh", "目录里没有需求 %s", clip(need))
		}
		setNeed(c, need, func(n *survey.NeedChoice) { n.Weight = weight })
		return nil
	})
}

// setNeed changes one choice of a need and drops it when it says nothing any more.
func setNeed(c *survey.Case, need string, change func(*survey.NeedChoice)) {
	i := slices.IndexFunc(c.Plan.Needs, func(n survey.NeedChoice) bool { return n.Need == need })
	if i < 0 {
		i, c.Plan.Needs = len(c.Plan.Needs), append(c.Plan.Needs, survey.NeedChoice{Need: need})
	}
	change(&c.Plan.Needs[i])
	if n := c.Plan.Needs[i]; n.Want == survey.Unknown && n.Weight == 0 {
		c.Plan.Needs = slices.Delete(c.Plan.Needs, i, i+1)
	}
}

// Count sets a quantity that prices depend on; 0 takes the register's again.
func (d *Desk) Count(ctx context.Context, id string, metric recommend.Metric, n int) (*State, error) {
	if metric == recommend.PerFirm || survey.NameOf(recommend.MetricNames, metric) == "" {
		return nil, survey.Fail(survey.CodeUnknownItem, "wizard.count", "没有数量 %s", clip(string(metric)))
	}
	if n < 0 || n > 1_000_000 {
		return nil, survey.Fail(survey.CodeNumber, "wizard.count", "数量是 1–1000000 的整数")
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		c.Plan.Counts = slices.DeleteFunc(c.Plan.Counts, func(k survey.PlanCount) bool { return k.Metric == string(metric) })
		if n > 0 {
			c.Plan.Counts = append(c.Plan.Counts, survey.PlanCount{Metric: string(metric), N: n})
		}
		return nil
	})
}

// Quote keeps a vendor's price for this case, in place of an older one of the same offer. It needs the paper, its date, no negative amount and,
// for an offer that the catalog does not have, a title, a vendor and needs that the catalog knows; E0121 otherwise.
func (d *Desk) Quote(ctx context.Context, id string, q survey.Quote) (*State, error) {
	return d.Edit(ctx, id, func(c *survey.Case) error { return d.keepQuote(d.catalog(ctx), c, q) })
}

func (d *Desk) keepQuote(cat *recommend.Catalog, c *survey.Case, q survey.Quote) error {
	refuse := func(format string, args ...any) error {
		return survey.Fail(survey.CodeQuote, "wizard.quote", format, args...)
	}
	q.ID, q.Source, q.Title, q.Vendor = strings.TrimSpace(q.ID), strings.TrimSpace(q.Source), strings.TrimSpace(q.Title), strings.TrimSpace(q.Vendor)
	known := cat.Offer(q.ID)
	switch {
	case q.Source == "" || q.Date.Day() == 0:
		return refuse("请写明报价单的名称或编号和年月日")
	case q.OneOff < 0 || q.Yearly < 0 || q.Term < 0 || q.Term > 120:
		return refuse("金额和期限不能是负数，期限最多 120 个月")
	case len(q.Source)+len(q.Title)+len(q.Vendor)+len(q.Note) > maxText:
		return refuse("文字太长")
	case known == nil && (!strings.HasPrefix(q.ID, recommend.OwnPrefix) || q.Title == "" || q.Vendor == "" || len(q.Covers) == 0):
		return refuse("目录里没有 %s；自有报价的编号以 %s 开头，并写明产品、厂商和能覆盖的需求", clip(q.ID), recommend.OwnPrefix)
	}
	for _, n := range q.Covers {
		if cat.Need(n) == nil {
			return refuse("目录里没有需求 %s", clip(n))
		}
	}
	if known != nil {
		q.Title, q.Vendor, q.Covers = "", "", nil
	}
	i := slices.IndexFunc(c.Plan.Quotes, func(k survey.Quote) bool { return k.ID == q.ID })
	if i < 0 {
		c.Plan.Quotes = append(c.Plan.Quotes, q)
	} else {
		c.Plan.Quotes[i] = q
	}
	return nil
}

// Unquote forgets a quote; pins and bans of an own offer go with it.
func (d *Desk) Unquote(ctx context.Context, id, offer string) (*State, error) {
	return d.Edit(ctx, id, func(c *survey.Case) error {
		n := len(c.Plan.Quotes)
		c.Plan.Quotes = slices.DeleteFunc(c.Plan.Quotes, func(k survey.Quote) bool { return k.ID == offer })
		if len(c.Plan.Quotes) == n {
			return survey.Fail(survey.CodeUnknownItem, "wizard.unquote", "没有 %s 的报价", clip(offer))
		}
		if strings.HasPrefix(offer, recommend.OwnPrefix) {
			same := func(s string) bool { return s == offer }
			c.Plan.Pinned, c.Plan.Banned = slices.DeleteFunc(c.Plan.Pinned, same), slices.DeleteFunc(c.Plan.Banned, same)
		}
		return nil
	})
}

// TakeWay makes the plan aim at a level at least cost: the needs that the cheapest way buys are wanted, the other suggestions are not, and the
// level becomes the target. It fails with E0402 when the level is out of reach at known prices; what it would need is in the error.
func (d *Desk) TakeWay(ctx context.Context, id string, level int) (*State, error) {
	st, err := d.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	w, err := d.Way(ctx, st, level)
	if err != nil {
		return nil, err
	}
	if !w.Feasible || !w.Priced {
		return nil, survey.Fail(survey.CodeNoSolution, "wizard.takeway", "按已知价格到不了%s：%s", w.LevelName, strings.Join(w.Why, "；"))
	}
	buys := map[string]bool{}
	for _, s := range w.Steps {
		for _, o := range s.Offers {
			for _, v := range st.Catalog.CoversOf(st.Catalog.Offer(o.ID)) {
				if v.Need == s.Need || slices.ContainsFunc(needsOfStep(s), func(n string) bool { return n == v.Need }) {
					buys[v.Need] = true
				}
			}
		}
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		c.Plan.Target, c.Plan.Objective, c.Plan.Budget = w.Level, survey.ObjectiveCheapest, nil
		for _, n := range st.Bundle.Needs {
			want := survey.Unknown
			switch {
			case buys[n.Key]:
				want = survey.Yes
			case n.Suggested && !n.Have:
				want = survey.No
			}
			setNeed(c, n.Key, func(k *survey.NeedChoice) { k.Want = want })
		}
		return nil
	})
}

func needsOfStep(s recommend.WayStep) (out []string) {
	for _, g := range s.Scenes {
		out = append(out, "scene:"+g.Scene, "integrate:"+g.Scene, "ai:"+g.Scene)
	}
	return out
}

// Owner sets who sees to an offer of the roadmap and the wave before which it does not begin.
func (d *Desk) Owner(ctx context.Context, id string, o survey.TaskOwner) (*State, error) {
	if o.After < 0 || o.After > 12 || len(o.Owner) > 300 {
		return nil, survey.Fail(survey.CodeNumber, "wizard.owner", "批次是 1–12，负责人最多 100 字")
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		c.Plan.Owners = slices.DeleteFunc(c.Plan.Owners, func(k survey.TaskOwner) bool { return k.Offer == o.Offer })
		if o.Owner != "" || o.After > 0 {
			c.Plan.Owners = append(c.Plan.Owners, o)
		}
		return nil
	})
}
