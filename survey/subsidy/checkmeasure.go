package subsidy

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// scheme checks what stands beside the measures: layers, windows, relations and papers.
func (k *checker) scheme() {
	for _, l := range k.p.Layers {
		k.once("层次", l.Key)
		k.must(l.Name != "", "层次 %s 缺少 name", l.Key)
		k.layers[l.Key] = true
	}
	k.windows("规则包", k.p.Windows)
	for _, r := range k.p.Relations {
		k.must(r.Policy != "" && r.Policy != k.p.ID && r.Text != "" && (r.Kind == Exclusive || r.Kind == Matching), "relations 中“%s”的 policy、kind 或 text 不对", r.Policy)
	}
	k.list("共同材料", k.p.Papers)
}

func (k *checker) windows(what string, list []Window) {
	for _, w := range list {
		k.must(w.Name != "" && !w.To.Before(w.From), "%s 的申报窗口“%s”没有名称或起止颠倒", what, w.Name)
	}
}

func (k *checker) list(what string, papers []Paper) {
	for _, p := range papers {
		k.once("材料", p.Key)
		k.must(p.Name != "" && p.Issuer != "" && (p.Days == nil || *p.Days >= 0), "%s 的材料 %s 缺少 name 或 issuer，或 days 为负", what, p.Key)
		k.papers[p.Key] = true
	}
}

func (k *checker) measure(m *Measure) {
	k.once("条款", m.ID)
	k.must(m.Name != "" && m.Applicant != "", "%s 缺少 name 或 applicant", m.ID)
	k.quote(m.ID, m.Paragraph, m.Sentence)
	k.must(kindFits(m), "%s 的 kind、rate、rates、cap、lump、tiers、base 或 topics 不相配", m.ID)
	k.must(m.Cap == nil || *m.Cap > 0, "%s 的 cap 应大于零", m.ID)
	k.must(m.Lump == nil || *m.Lump > 0, "%s 的 lump 应大于零", m.ID)
	k.rate(m.ID, m.Rate)
	for _, l := range m.Rates {
		k.must(k.layers[l.Layer], "%s 用到未知层次 %s", m.ID, l.Layer)
		k.rate(m.ID, &l.Rate)
	}
	for _, t := range slices.Concat(m.Topics, m.With) {
		k.must(survey.NameOf(survey.TopicNames, t) != "", "%s 用到未知主题 %s", m.ID, t)
	}
	k.must(!m.PerYear || k.p.Programme != "", "%s 按年度限额，规则包却没有写 programme", m.ID)
	k.source(m)
	k.windows(m.ID, m.Windows)
	k.list(m.ID, m.Papers)
	k.conditions(m.ID, m.Conditions)
	k.conditions(m.ID, m.Titles)
	k.tiers(m)
}

func (k *checker) rate(what string, r *money.Rate) {
	k.must(r == nil || *r > 0 && *r <= money.One, "%s 的 rate 应在 0 与 1.00 之间", what)
}

// source: a measure that names none follows the first source; figures of a secondary source make the pack's validity say 待核实.
func (k *checker) source(m *Measure) {
	known := m.Source == ""
	for _, s := range k.p.Sources {
		if s.Key != m.Source {
			continue
		}
		known = true
		k.must(!s.Secondary || strings.Contains(k.p.Validity, "待核实"), "%s 的数字来自二手来源，validity 须写明待核实", m.ID)
	}
	k.must(known, "%s 的来源 %s 不在 sources 中", m.ID, m.Source)
	k.must(m.Source != "" || !k.p.Summary, "%s 没有写明来源", m.ID)
}

func (k *checker) tiers(m *Measure) {
	for i := range m.Tiers {
		t := &m.Tiers[i]
		k.must(t.Text != "" && (t.When != nil || i == len(m.Tiers)-1), "%s 的每一档应有 text，只有最后一档可以没有 when", m.ID)
		k.must((t.Cap == nil || *t.Cap > 0) && (t.Lump == nil || *t.Lump > 0), "%s 的档次“%s”金额应大于零", m.ID, t.Text)
		k.rate(m.ID, t.Rate)
		if t.When != nil {
			k.conditions(m.ID+" 的档次", []Condition{*t.When})
		}
	}
}

// each tells whether the measure itself or each of its tiers states something.
func (m *Measure) each(own bool, states func(*Tier) bool) bool {
	return own || len(m.Tiers) > 0 && !slices.ContainsFunc(m.Tiers, func(t Tier) bool { return !states(&t) })
}

func kindFits(m *Measure) bool {
	rated := m.each(m.Rate != nil || len(m.Rates) > 0, func(t *Tier) bool { return t.Rate != nil })
	capped := m.each(m.Cap != nil, func(t *Tier) bool { return t.Cap != nil })
	lump := m.each(m.Lump != nil, func(t *Tier) bool { return t.Lump != nil })
	states := m.Rate != nil || len(m.Rates) > 0 || m.Cap != nil || m.Lump != nil || len(m.Tiers) > 0
	switch m.Kind {
	case KindShare:
		return rated && capped && !lump && (m.Rate == nil || len(m.Rates) == 0) && m.Base != "" && len(m.Topics) > 0
	case KindOpen:
		return !states && m.Base != "" && len(m.Topics) > 0
	case KindLump:
		return lump && !rated && !capped && len(m.Topics)+len(m.With) == 0
	case KindExternal:
		return !states
	}
	return false
}
