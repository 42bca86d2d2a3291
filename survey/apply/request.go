package apply

import (
	"encoding/json"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// RequestJSON writes the document that travels with a request. An application has the members form, caseSummary,
// assessment, recommendation, claims, evidenceIndex and policy; an onboarding request firm, contact, offers, devices,
// protocols, network and dates. Numbers are integers; amounts, rates and scores are decimal strings. Planned money
// and the bundle's prices are left out. It fails with E0001 when a value cannot be written.
func RequestJSON(in Input, a Application) (json.RawMessage, error) {
	data, err := json.Marshal(requestDocument(in, a))
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "apply.request", err)
	}
	return data, nil
}

// requestDocument is RequestJSON before it is written.
func requestDocument(in Input, a Application) map[string]any {
	f := newFilling(in, a.Kind)
	if a.Kind == KindOnboarding {
		return f.onboardingDocument()
	}
	return map[string]any{
		"form":           a,
		"caseSummary":    f.summary(),
		"assessment":     f.assessment(),
		"recommendation": f.recommendation(),
		"claims":         f.claims(),
		"evidenceIndex":  f.evidence(),
		"policy":         f.policy(),
	}
}

func (f *filling) onboardingDocument() map[string]any {
	firm, o := f.c.Firm, f.c.Onboarding
	own, _ := f.offers()
	return map[string]any{
		"firm":      map[string]string{"name": firm.Name, "creditCode": firm.CreditCode, "region": firm.Region},
		"contact":   firm.Contact,
		"offers":    list(own),
		"devices":   list(f.devices()),
		"protocols": f.protocols(),
		"network":   map[string]string{"text": o.Network},
		"dates":     map[string]string{"from": string(o.From), "to": string(o.To), "note": o.Note},
	}
}

// list writes an empty list as [] and never as null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func (f *filling) summary() map[string]any {
	firm := f.c.Firm
	return map[string]any{
		"caseId": f.c.ID, "asOf": f.c.AsOf, "firm": map[string]any{
			"name": firm.Name, "creditCode": firm.CreditCode, "region": firm.Region, "county": firm.County, "park": firm.Park,
			"industry": firm.Industry, "size": firm.DeclaredSize, "aboveScale": firm.AboveScale, "vatPayer": firm.VATPayer,
		},
		"year": map[string]any{
			"year": f.last.Year, "staff": f.last.Staff, "revenue": f.last.Revenue, "mainRevenue": f.last.MainRevenue, "page": f.last.Page,
		},
		"counts": map[string]int{
			"assets": len(f.c.Assets), "systems": len(f.c.Systems), "contracts": len(f.c.Contracts), "invoices": len(f.c.Invoices),
			"payments": len(f.c.Payments), "attachments": len(f.evidence()),
		},
	}
}

// assessment is the result without the texts of the questionnaire.
func (f *filling) assessment() map[string]any {
	a := f.assessed()
	items, scenes, rungs, rates := []map[string]any{}, []map[string]any{}, []map[string]any{}, []map[string]string{}
	for _, i := range a.Items {
		items = append(items, map[string]any{
			"key": i.Key, "computed": list(i.Computed), "declared": list(i.Declared), "counted": list(i.Counted),
			"points": points(i.Points), "max": points(i.Max), "answered": i.Answered,
		})
	}
	for _, s := range a.Scenes {
		scenes = append(scenes, map[string]any{"key": s.Key, "title": s.Title, "star": s.Star, "level": s.Level, "proposed": s.Proposed})
	}
	for _, r := range a.Ladder {
		rungs = append(rungs, map[string]any{
			"level": r.Level, "name": r.Name, "met": r.Met, "needScore": points(r.NeedScore), "haveScore": points(r.HaveScore),
			"needScenes": r.NeedScenes, "haveScenes": r.HaveScenes, "needStars": r.NeedStars, "haveStars": r.HaveStars,
		})
	}
	for _, r := range a.Rates.Lines {
		rates = append(rates, map[string]string{"name": r.Name, "percent": r.Percent, "text": r.Text, "rule": r.Rule, "status": r.Status})
	}
	return map[string]any{
		"edition": a.Edition, "title": a.Title, "ruleStatus": a.RuleStatus, "score": points(a.Score), "computed": points(a.Computed),
		"declared": points(a.Declared), "level": a.Level, "levelName": a.LevelName, "items": items, "scenes": scenes, "ladder": rungs,
		"rates": rates, "differences": list(differences(a.Differences)), "open": list(a.Open),
	}
}

func differences(in []assess.Difference) []map[string]any {
	var out []map[string]any
	for _, d := range in {
		out = append(out, map[string]any{"item": d.Item, "computed": list(d.Computed), "declared": list(d.Declared), "explained": d.Explained})
	}
	return out
}

// recommendation names what was recommended, without any price: planned money stays at home.
func (f *filling) recommendation() map[string]any {
	lines := []map[string]any{}
	if b := f.in.Bundle; b != nil {
		for _, l := range b.Lines {
			lines = append(lines, map[string]any{"offer": l.Offer, "vendor": l.Vendor, "title": l.Title, "quantity": l.Quantity, "covers": list(l.Covers)})
		}
		return map[string]any{"catalog": b.Catalog, "lines": lines, "uncovered": list(b.Uncovered), "note": "推荐方案为预测，不含金额，不计入申报。"}
	}
	return map[string]any{"lines": lines}
}

// claims keeps what the application stands on: spent lines, every measure's verdict, both totals. No forecast.
func (f *filling) claims() map[string]any {
	c := f.in.Claims
	if c == nil {
		return map[string]any{}
	}
	lines := []subsidy.LineClaim{}
	for _, l := range c.Lines {
		if Spent(l.Expense) {
			lines = append(lines, l)
		}
	}
	measures := []map[string]any{}
	for _, m := range c.Measures {
		one := map[string]any{
			"id": m.ID, "name": m.Name, "clause": m.Clause, "paragraph": m.Paragraph, "kind": m.Kind, "verdict": m.Verdict, "lines": list(m.Lines),
			"base": m.Base, "open": m.Open, "amount": m.Amount, "amountText": m.AmountText, "ifTitled": m.IfTitled, "explain": m.Explain,
			"rate": m.Rate, "cap": m.Cap,
		}
		if f.claim != nil && f.claim.ID == m.ID {
			one["filed"], one["conditions"], one["titles"] = true, list(m.Conditions), list(m.Titles)
		}
		measures = append(measures, one)
	}
	return map[string]any{
		"vatBase": c.VATBase, "lines": lines, "measures": measures, "conservative": c.Conservative, "disjoint": c.Disjoint,
		"ifSelected": c.IfSelected, "warnings": list(c.Warnings),
	}
}

func (f *filling) evidence() []map[string]any {
	out := []map[string]any{}
	for i, a := range f.c.Attachments {
		if a.Stays() {
			continue
		}
		out = append(out, map[string]any{"no": i + 1, "id": a.ID, "name": a.Name, "role": a.Role, "for": a.For, "sha256": a.SHA256, "size": a.Size, "type": a.Type})
	}
	return out
}

func (f *filling) policy() map[string]any {
	c := f.in.Claims
	if c == nil {
		return map[string]any{}
	}
	return map[string]any{"id": c.Policy, "version": c.Version, "title": c.Title, "validity": c.Validity, "asOf": c.AsOf, "readings": list(c.Readings)}
}
