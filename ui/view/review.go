package view

import (
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// ReviewFact is one line of a part to be checked.
type ReviewFact struct{ Key, Value string }

// ReviewPart is one part of the check page.
type ReviewPart struct {
	Step  wizard.StepKey // where it is mended
	Jump  string         // a path on that step, "" for the step itself
	Title string
	Tone  Tone
	Note  string // what stands against sending, "" when nothing does
	Facts []ReviewFact
}

// ReviewParts sums the case up for the last look: 企业信息, 设备与系统, 评测与等级, 推荐方案, 补贴与申报书, 附件.
func ReviewParts(w Words, st *wizard.State) []ReviewPart {
	parts := []ReviewPart{
		{Step: wizard.StepFirm, Title: w("step.firm"), Facts: firmFacts(w, st)},
		{Step: wizard.StepInventory, Title: w("step.inventory"), Facts: registerFacts(w, st)},
		{Step: wizard.StepAssess, Title: w("review.part.level"), Facts: levelFacts(w, st)},
		{Step: wizard.StepRecommend, Title: w("step.recommend"), Facts: bundleFacts(w, st)},
		{Step: wizard.StepSubsidy, Title: w("step.subsidy"), Facts: claimFacts(w, st)},
		{Step: wizard.StepSubsidy, Jump: "attachments", Title: w("review.part.papers"), Facts: paperFacts(w, st)},
	}
	for i := range parts {
		p := &parts[i]
		must := mustsOf(st, p.Step, p.Jump == "attachments")
		switch {
		case must > 0:
			p.Tone, p.Note = Bad, w("review.part.must", must)
		case p.Jump != "" || stateOf(st, p.Step) != "todo":
			p.Tone = Good
		default:
			p.Note = w("review.part.todo")
		}
	}
	return parts
}

func stateOf(st *wizard.State, key wizard.StepKey) string {
	for _, s := range st.Steps {
		if s.Key == key {
			return s.State
		}
	}
	return ""
}

// mustsOf counts what stands against sending on a step: findings and drafts that cannot be taken, or the missing papers.
func mustsOf(st *wizard.State, step wizard.StepKey, papers bool) int {
	n := 0
	if papers {
		for _, m := range st.Application.Missing {
			if m.Must {
				n++
			}
		}
		return n
	}
	for _, k := range st.Application.Checks {
		if k.Level == apply.LevelMust && wizard.StepOf(k.Jump) == step {
			n++
		}
	}
	for path := range st.Problems {
		if wizard.StepOf(path) == step {
			n++
		}
	}
	return n
}

func firmFacts(w Words, st *wizard.State) []ReviewFact {
	f := st.Case.Firm
	trade := f.Industry
	if x, ok := survey.IndustryByCode(f.Industry); ok {
		trade = x.Code + " " + x.Name
	}
	if class, ok := survey.ParseSizeClass(f.DeclaredSize); ok {
		trade += " · " + class.Chinese()
	}
	revenue := w("review.unknown")
	if y := st.Case.Year(st.Case.LastYear()); y != nil && y.MainRevenue != nil {
		revenue = w("review.firm.wan", y.MainRevenue.Wan())
	}
	return []ReviewFact{
		{w("review.firm.name"), known(w, f.Name)}, {w("review.firm.code"), known(w, f.CreditCode)}, {w("review.firm.trade"), known(w, trade)},
		{w("review.firm.revenue"), revenue},
	}
}

func known(w Words, s string) string {
	if strings.TrimSpace(s) == "" {
		return w("review.unknown")
	}
	return s
}

func registerFacts(w Words, st *wizard.State) []ReviewFact {
	r := st.Assessment.Rates
	scenes := map[string]bool{}
	for _, s := range st.Case.Systems {
		for _, k := range s.Scenes {
			scenes[string(k)] = true
		}
	}
	return []ReviewFact{
		{w("review.register.machines"), w("review.register.rates", r.Machines, r.Digital, r.Networked)},
		{w("review.register.systems"), w("review.register.scenes", len(st.Case.Systems), len(scenes))},
	}
}

// levelFacts never show a level without the standing of the rule behind it.
func levelFacts(w Words, st *wizard.State) []ReviewFact {
	a := st.Assessment
	out := []ReviewFact{{w("review.level.now"), w("review.level.score", a.Score.String(), a.LevelName)}}
	if x := st.Bundle.After; x != nil {
		out = append(out, ReviewFact{w("review.level.after"), w("review.level.after.score", x.Score.String(), w("part.level."+strconv.Itoa(x.Level)))})
	}
	if n := len(a.Open); n > 0 {
		out = append(out, ReviewFact{w("review.level.open"), w("review.level.open.count", n)})
	}
	if len(out)%2 > 0 {
		out = append(out, ReviewFact{})
	}
	return append(out, ReviewFact{w("review.level.rule"), a.RuleStatus})
}

func bundleFacts(w Words, st *wizard.State) []ReviewFact {
	var sum money.Fen
	kinds := map[string]int{}
	for _, k := range st.Case.Plan.Accepted {
		if s, err := money.Add(sum, k.FirstYear); err == nil {
			sum = s
		}
		kinds[k.PriceKind]++
	}
	n := len(st.Case.Plan.Accepted)
	if n == 0 {
		return []ReviewFact{{w("review.plan.offers"), w("review.plan.none")}}
	}
	var words []string
	for _, kind := range []string{"list", "quoted", "estimate"} {
		if kinds[kind] > 0 {
			words = append(words, w("review.plan.kind", w("price."+kind), kinds[kind]))
		}
	}
	return []ReviewFact{{w("review.plan.offers"), w("review.plan.sum", n, sum.Display())}, {w("review.plan.prices"), strings.Join(words, "，")}}
}

func claimFacts(w Words, st *wizard.State) []ReviewFact {
	value := map[string]string{}
	for _, s := range st.Application.Sections {
		for _, f := range s.Fields {
			value[f.Key] = f.Value
		}
	}
	span := w("review.unknown")
	if p := st.Case.Project; p.Start != "" && p.End != "" {
		span = w("review.claim.days", string(p.Start), string(p.End))
	}
	return []ReviewFact{
		{w("review.claim.measure"), known(w, value["claim.measure"])}, {w("review.claim.amount"), known(w, value["claim.amount"])},
		{w("review.claim.capital"), known(w, value["claim.capital"])}, {w("review.claim.span"), span},
		{w("review.claim.validity"), st.Claims.Validity},
	}
}

func paperFacts(w Words, st *wizard.State) []ReviewFact {
	var size int64
	for _, a := range st.Case.Attachments {
		size += a.Size
	}
	must, hint := 0, 0
	for _, m := range st.Application.Missing {
		if m.Must {
			must++
		} else {
			hint++
		}
	}
	return []ReviewFact{
		{w("review.papers.have"), w("review.papers.count", len(st.Case.Attachments), FileSize(size))},
		{w("review.papers.lack"), w("review.papers.open", must, hint)},
	}
}

// FormOf is the filled form of a kind of request.
func FormOf(st *wizard.State, kind submit.Kind) apply.Application {
	if kind == submit.Onboarding {
		return st.Onboarding
	}
	return st.Application
}

// Consents are the statements to be ticked: the exact sentence that is kept, cut where its parts end.
func Consents(kind submit.Kind, recipient string) []string {
	parts := strings.SplitAfter(wizard.ConsentText(kind, recipient), "；")
	return parts
}

// Clock prints a moment as people here read it.
func Clock(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }

// Digest groups the 64 digits of a SHA-256 by four.
func Digest(sha string) string {
	var groups []string
	for ; len(sha) > 4; sha = sha[4:] {
		groups = append(groups, sha[:4])
	}
	return strings.Join(append(groups, sha), " ")
}
