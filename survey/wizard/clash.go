package wizard

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
)

// Clash is one fact that two people left with different values, with the fields in which they differ.
type Clash struct {
	handover.Clash
	Name   string         `json:"name,omitempty"` // how a person knows the fact
	Fields [][]Difference `json:"fields"`         // per other side: Old is what holds here, New the other's
	Joins  []bool         `json:"joins"`          // per other side: neither changed what the other changed, KeepBoth will do
}

// The ways to settle a clash.
const (
	KeepMine   = "mine"   // 用我的
	KeepTheirs = "theirs" // 用对方的
	KeepBoth   = "both"   // 合并: each side's sole changes; not where both changed one field
)

// clashes finds what stands side by side in a case.
func (d *Desk) clashes(ctx context.Context, c *survey.Case) ([]Clash, error) {
	if d.Threads == nil {
		return nil, nil
	}
	threads, err := d.Threads.Threads(ctx, c.ID, true)
	if err != nil {
		return nil, err
	}
	var out []Clash
	for i := range threads {
		k := threads[i].Clash(c.Settlements)
		if k == nil {
			continue
		}
		x := Clash{Clash: *k}
		for _, o := range k.Other {
			list := d.differences(FactChange{Kind: k.Kind, ID: k.ID, Old: k.Mine.Fact, New: o.Fact})
			x.Fields = append(x.Fields, list)
			_, apart := chosen(k.Mine, o, KeepBoth)
			x.Joins = append(x.Joins, apart == nil)
			if len(list) > 0 && x.Name == "" {
				x.Name = list[0].Name
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// SettleClash ends a clash of one fact: how is KeepMine, KeepTheirs (of the other side with this number, from 0) or KeepBoth. The choice is a
// save like any other: it is in the history, Undo opens it again, and the next parcel tells it. A third value is typed into its field
// as ever, before or after.
func (d *Desk) SettleClash(ctx context.Context, id, kind, fact, how string, other int) (*State, error) {
	const op = "wizard.settleclash"
	if d.Threads == nil {
		return nil, survey.Fail(survey.CodeNotReady, op, "此程序不带交接")
	}
	threads, err := d.Threads.Threads(ctx, id, true)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(threads, func(t handover.Thread) bool { return t.Kind == kind && t.ID == fact })
	return d.Edit(ctx, id, func(c *survey.Case) error {
		var k *handover.Clash
		if i >= 0 {
			k = threads[i].Clash(c.Settlements)
		}
		if k == nil || other < 0 || other >= len(k.Other) {
			return survey.Fail(survey.CodeUnknownItem, op, "没有这一处分歧")
		}
		want, err := chosen(k.Mine, k.Other[other], how)
		if err != nil {
			return err
		}
		if err := replace(c, kind, fact, want); err != nil {
			return err
		}
		s := threads[i].Settle(c.Settlements)
		s.ID, s.By, s.At = d.NewID(), d.By, d.Now().UTC()
		c.Settlements = append(c.Settlements, s)
		return nil
	})
}

func chosen(mine, theirs handover.Side, how string) (*survey.Fact, error) {
	switch how {
	case KeepMine:
		return mine.Fact, nil
	case KeepTheirs:
		return theirs.Fact, nil
	case KeepBoth:
		if mine.Fact != nil && theirs.Fact != nil && theirs.Base != nil {
			if data, ok := threeWay(theirs.Base.Data, mine.Fact.Data, theirs.Fact.Data); ok {
				f := *mine.Fact
				f.Data = data
				return &f, nil
			}
		}
		return nil, survey.Fail(survey.CodeDifference, "wizard.settleclash", "同一栏两边都改了，请选一边，或先在页面上填成第三种")
	}
	return nil, survey.Fail(survey.CodeUnknownItem, "wizard.settleclash", "没有“%s”这种选法", clip(how))
}

// replace puts a fact into a case, or takes it out.
func replace(c *survey.Case, kind, id string, want *survey.Fact) error {
	facts, err := c.Facts()
	if err != nil {
		return err
	}
	at := slices.IndexFunc(facts, func(f survey.Fact) bool { return f.Kind == kind && f.ID == id })
	switch {
	case want == nil && at >= 0:
		facts = slices.Delete(facts, at, at+1)
	case want != nil && at >= 0:
		facts[at].Data = want.Data
	case want != nil:
		facts = append(facts, *want)
	}
	fresh := &survey.Case{ID: c.ID, Created: c.Created, AsOf: c.AsOf}
	if err := fresh.Assemble(facts); err != nil {
		return err
	}
	*c = *fresh
	return nil
}

// threeWay joins two values that come from one base, field by field; false when both changed the same field to different values. Lists count
// as one field; who said a thing and when is told by both.
func threeWay(base, mine, theirs json.RawMessage) (json.RawMessage, bool) {
	if bytes.Equal(mine, theirs) || bytes.Equal(base, theirs) {
		return mine, true
	}
	if bytes.Equal(base, mine) {
		return theirs, true
	}
	var b, m, t map[string]json.RawMessage
	if json.Unmarshal(base, &b) != nil || json.Unmarshal(mine, &m) != nil || json.Unmarshal(theirs, &t) != nil || b == nil || m == nil || t == nil {
		return nil, false
	}
	for k := range t {
		if _, here := m[k]; !here {
			m[k] = nil
		}
	}
	for k, v := range m {
		if k == "evidence" {
			m[k] = witnesses(v, t[k])
			continue
		}
		joined, ok := threeWay(b[k], v, t[k])
		if !ok {
			return nil, false
		}
		m[k] = joined
	}
	for k, v := range m {
		if v == nil { // taken out
			delete(m, k)
		}
	}
	out, err := json.Marshal(m)
	return out, err == nil
}

// witnesses gives all that either side names, each once.
func witnesses(mine, theirs json.RawMessage) json.RawMessage {
	var m, t []json.RawMessage
	_, _ = json.Unmarshal(mine, &m), json.Unmarshal(theirs, &t)
	for _, w := range t {
		if !slices.ContainsFunc(m, func(x json.RawMessage) bool { return bytes.Equal(x, w) }) {
			m = append(m, w)
		}
	}
	out, _ := json.Marshal(m) // of what was read as JSON
	return out
}
