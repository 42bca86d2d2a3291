package subsidy

import (
	"fmt"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Programme is what one policy that applies to the firm would give for the same cost lines, and how it stands to the chosen one.
type Programme struct {
	Ref        string       `json:"ref"` // of the pack
	Title      string       `json:"title"`
	Validity   string       `json:"validity"`
	Chosen     bool         `json:"chosen"`
	Relation   RelationKind `json:"relation"`
	Measure    string       `json:"measure,omitempty"`    // of the amount
	Amount     *money.Fen   `json:"amount,omitempty"`     // the best single application now, 测算上限
	IfSelected *money.Fen   `json:"ifSelected,omitempty"` // 若入选
	Text       string       `json:"text"`                 // how it stands to the chosen one
}

// Programmes lists the chosen policy and every other one that applies to the firm's region. A cost line may be claimed under one of them
// only, unless a text calls itself 配套 (政策 P10.4); the higher ceiling is named (就高) and the lower one stays visible.
func Programmes(all []*Policy, chosen *Policy, c *survey.Case, a assess.Assessment) []Programme {
	list := []*Policy{chosen}
	for _, p := range For(all, c.Firm.Region) {
		if p != chosen && p.ID != chosen.ID {
			list = append(list, p)
		}
	}
	out := make([]Programme, len(list))
	for i, p := range list {
		d := newDesk(p, c, a, p.settle(ReadingsOf(c)))
		ws := d.work()
		now, later := conservative(d, ws), ifSelected(d, ws)
		out[i] = Programme{Ref: p.Ref(), Title: p.Title, Validity: p.ValidityAt(c.AsOf), Chosen: p == chosen, Relation: Exclusive, Amount: now.Amount, IfSelected: later.Amount}
		if len(now.Parts) == 1 {
			out[i].Measure = now.Parts[0].Measure
		}
		if p != chosen {
			out[i].relate(chosen, p, out[0].Amount)
		}
	}
	out[0].Text = "当前采用"
	return out
}

// relate says how p stands to the chosen policy and what follows for the sums.
func (x *Programme) relate(chosen, p *Policy, have *money.Fen) {
	said := ""
	if r := relationOf(p, chosen); r != nil {
		x.Relation, said = r.Kind, r.Text+"。"
	}
	switch {
	case x.Relation == Matching && x.Amount != nil:
		x.Text = said + fmt.Sprintf("可在当前金额之外另计 %s 元", x.Amount.Display())
	case x.Relation == Matching:
		x.Text = said + "目前没有可计的金额"
	case x.Amount != nil && (have == nil || *x.Amount > *have):
		x.Text = said + fmt.Sprintf("测算上限 %s 元高于当前采用的政策，就高可改用；同一费用只能申报一处", x.Amount.Display())
	case x.Amount != nil:
		x.Text = said + fmt.Sprintf("测算上限 %s 元不高于当前采用的政策；同一费用只能申报一处", x.Amount.Display())
	default:
		x.Text = said + "目前没有可计的金额；同一费用只能申报一处"
	}
}

// relationOf finds what either pack says of the other, nil when neither does.
func relationOf(p, q *Policy) *Relation {
	for _, side := range [2][2]*Policy{{p, q}, {q, p}} {
		for i := range side[0].Relations {
			if side[0].Relations[i].Policy == side[1].ID {
				return &side[0].Relations[i]
			}
		}
	}
	return nil
}

// matched tells whether money of a programme leaves the lines free for p, because one of the two calls itself 配套.
func (p *Policy) matched(programme string) bool {
	return slices.ContainsFunc(p.Relations, func(r Relation) bool {
		return r.Kind == Matching && r.Programme != "" && survey.NormalizeText(r.Programme) == survey.NormalizeText(programme)
	})
}
