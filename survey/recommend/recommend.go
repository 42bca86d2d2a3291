package recommend

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// Recommend finds the bundle for a case: most weight of wanted needs within Plan.Budget at the least first-year cost; without a budget
// the cheapest bundle that covers all wanted needs that priced offers can cover. A nil solver is Exact. When pinned offers and needs a
// person insists on cannot hold together, it returns the bundle with its Conflict and an error of CodeNoSolution with the same text.
//
// Aid that is held counts: of the bundles of the greatest weight whose cost before any refund keeps within the limit, the one with the least
// net cost is the answer. Otherwise, and with the zero Aid, net cost is the cost.
func Recommend(ctx context.Context, cat *Catalog, a assess.Assessment, c *survey.Case, s Solver, aid Aid) (Bundle, error) {
	r := newReply(ctx, cat, a, c, s)
	r.inquiries()
	if err := r.answer(a, aid); err != nil || !r.best.Feasible {
		return r.out, err
	}
	if err := r.explain(a); err != nil {
		return r.out, survey.Wrap(survey.CodeInternal, "recommend.explain", err)
	}
	return r.out, nil
}

func newReply(ctx context.Context, cat *Catalog, a assess.Assessment, c *survey.Case, s Solver) *reply {
	if s == nil {
		s = Exact{}
	}
	r := &reply{question: ask(cat, Needs(cat, a, c), QuantitiesOf(a, c), c), ctx: ctx, s: s, c: c}
	r.out = Bundle{Catalog: cat.ID, Needs: r.needs, Budget: Limit(&c.Plan), Objective: c.Plan.Objective}
	return r
}

// answer solves the case and writes lines, sums and coverage, or why there is no answer.
func (r *reply) answer(a assess.Assessment, aid Aid) error {
	if err := r.unknownChoices(); err != nil {
		return err
	}
	if err := r.aim(); err != nil {
		return survey.Wrap(survey.CodePack, "recommend.aim", err)
	}
	r.count(aid)
	sol, err := r.s.Solve(r.ctx, r.with(r.prepay))
	if err != nil {
		return survey.Wrap(survey.CodePack, "recommend.solve", err)
	}
	if r.best = sol; !sol.Feasible {
		return r.refuse()
	}
	if r.model.Terms != nil && aid.Level > after(a, sol.Covered, r.q).Level { // the level that the aid asks for is not reached
		r.model.Terms = nil
		return r.answer(a, Aid{})
	}
	r.fill()
	return nil
}

// count makes the terms of an aid that is held part of the model.
func (r *reply) count(aid Aid) {
	if !aid.Held || len(aid.Terms.Layers) == 0 && len(aid.Terms.Levels) == 0 {
		return
	}
	r.model.Terms = &aid.Terms
	for i := range r.model.Offers {
		r.model.Offers[i].Layer = r.cat.Offer(r.model.Offers[i].ID).Layer
	}
}

// prepay lets a limit hold for what is paid before any refund.
func (r *reply) prepay(m *Model) {
	if m.Terms != nil && m.Cash == nil {
		m.Cash = m.Budget
	}
}

// reply builds one Bundle.
type reply struct {
	*question
	ctx  context.Context
	s    Solver
	c    *survey.Case
	best Solution
	out  Bundle
}

// unknownChoices refuses pinned or banned offers that the catalog does not have, and pinned ones without a price.
func (r *reply) unknownChoices() error {
	for _, id := range slices.Concat(r.c.Plan.Pinned, r.c.Plan.Banned) {
		if r.cat.Offer(id) == nil {
			return survey.Fail(survey.CodeUnknownItem, "recommend.choice", "目录里没有编号为 %s 的产品，请重新选择", id)
		}
	}
	for _, id := range r.c.Plan.Pinned {
		if _, ok := r.prices[id]; !ok {
			return survey.Fail(survey.CodeNoSolution, "recommend.choice", "“%s”还没有价格，不能进入测算，请先向厂商询价", r.title(id))
		}
	}
	return nil
}

// fill writes lines, sums and coverage.
func (r *reply) fill() {
	b := &r.out
	b.Covered = r.best.Covered
	for _, n := range r.needs {
		if n.Wanted && !slices.Contains(b.Covered, n.Key) {
			b.Uncovered = append(b.Uncovered, n.Key)
		}
	}
	for _, id := range r.best.Chosen {
		b.Lines = append(b.Lines, r.line(id))
	}
	b.FirstYear = r.best.Cost
	for _, k := range PriceKindNames {
		sum := KindSum{Kind: string(k.Value)}
		for _, l := range b.Lines {
			if l.PriceKind == sum.Kind {
				sum.Sum += l.FirstYear
				sum.Lines++
			}
		}
		if sum.Lines > 0 {
			b.ByKind = append(b.ByKind, sum)
		}
	}
	for _, l := range b.Lines {
		if b.Checked == "" || l.Checked.Before(b.Checked) {
			b.Checked = l.Checked
		}
	}
	if b.Budget != nil {
		left := *b.Budget - b.FirstYear
		b.Left = &left
	}
	if r.model.Terms != nil {
		b.Net = &r.best.Net
	}
	b.Proof = proof(r.best)
}

func proof(s Solution) Proof {
	p := Proof{Optimal: s.Optimal, Bound: s.Bound, Nodes: s.Nodes, Text: "已证明：没有更便宜的组合能覆盖同样多的需求"}
	if s.Net != s.Cost {
		p.Text = "已证明：没有补贴后净费用更低的组合能覆盖同样多的需求；净费用 " + yuan(s.Net)
	}
	if !s.Optimal {
		gap := max(s.Net-s.Bound, 0)
		p.Text = fmt.Sprintf("未能在限定步数内证明最优：同样的覆盖最多还可能便宜 %s", yuan(gap))
		if s.WeightBound > s.Weight {
			p.Text += fmt.Sprintf("，覆盖权重最多可能由 %d 升到 %d", s.Weight, s.WeightBound)
		}
	}
	return p
}

func (r *reply) line(id string) Line {
	o, price := r.cat.Offer(id), r.prices[id]
	l := Line{
		Offer: id, Vendor: r.cat.VendorName(o.Vendor), Title: o.Title, Quantity: price.Quantity, Metric: price.Metric, FirstYear: price.FirstYear,
		PriceKind: string(o.PriceKind), Source: o.PriceFrom, Checked: o.Checked, Sponsor: o.Sponsor, Note: o.Note, Yearly: price.Yearly, OneOff: price.OneOff,
	}
	if len(o.Deploy) > 0 {
		l.Deploy = o.Deploy[0]
	}
	for _, p := range o.Prices {
		if p.Assume != "" {
			l.Assume = append(l.Assume, p.Assume)
		}
		if p.Range != nil {
			l.Range = append(l.Range, p.What+" "+yuan(p.Range.Low)+" – "+yuan(p.Range.High))
		}
	}
	for _, v := range r.modelOffer(id).Covers {
		l.Covers = append(l.Covers, v.Need)
		if slices.Contains(r.best.Covered, v.Need) && r.only(id, v.Need) {
			l.OnlyHere = append(l.OnlyHere, v.Need)
		}
	}
	return l
}

func (r *reply) modelOffer(id string) *ModelOffer {
	for i := range r.model.Offers {
		if r.model.Offers[i].ID == id {
			return &r.model.Offers[i]
		}
	}
	return &ModelOffer{}
}

// only tells whether a covered need falls open when the offer leaves the bundle.
func (r *reply) only(id, need string) bool {
	halves := 0
	for _, other := range r.best.Chosen {
		if other == id {
			continue
		}
		for _, v := range r.modelOffer(other).Covers {
			if v.Need == need {
				halves += v.Halves
			}
		}
	}
	return halves < 2
}

// inquiries lists what has no price yet but would cover a wanted need.
func (r *reply) inquiries() {
	for _, o := range r.asks {
		q := Inquiry{Offer: o.ID, Vendor: r.cat.VendorName(o.Vendor), Title: o.Title, Note: o.Note}
		for _, v := range r.cat.CoversOf(o) {
			for _, n := range r.needs {
				if n.Key == v.Need && n.Wanted {
					q.Covers = append(q.Covers, v.Need)
				}
			}
		}
		r.out.Inquiries = append(r.out.Inquiries, q)
	}
	slices.SortStableFunc(r.out.Inquiries, func(a, b Inquiry) int { return cmp.Compare(a.Offer, b.Offer) })
}

// solve re-solves a variation for comparing amounts.
func (r *reply) solve(change func(*Model)) (Solution, error) {
	return r.s.Solve(r.ctx, r.with(func(m *Model) {
		m.Ties = TiesAny
		change(m)
		r.prepay(m)
	}))
}

func ptr[T any](v T) *T { return &v }
