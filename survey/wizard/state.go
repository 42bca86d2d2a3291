package wizard

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// State is a case with everything that follows from it. It is made anew after each change and never stored; pages only read it.
type State struct {
	Case        *survey.Case
	Assessment  assess.Assessment
	Bundle      recommend.Bundle
	BundleError error // why there is no bundle; the bundle then holds needs and conflict only
	Claims      subsidy.Claims
	Application apply.Application
	Onboarding  apply.Application
	Problems    map[string]error // by field path: why a kept draft cannot be taken
	Steps       []StepState
	Requests    []Request  // newest first
	Returned    []Returned `json:",omitempty"` // places that the portal returned and that wait to be mended
	Enrolment   *submit.Enrolment
	Checking    string              `json:",omitempty"` // who opened the case for checking only (see BeginCheck); "" when it may be changed
	Clashes     []Clash             `json:",omitempty"` // facts that two people left with different values
	CanUndo     *Turn               `json:",omitempty"` // what Undo would take back; nil when there is nothing
	CanRedo     *Turn               `json:",omitempty"` // what Redo would bring back; nil when there is nothing
	Programmes  []subsidy.Programme // the policy in force and the others that apply to the firm
	Policy      *subsidy.Policy     `json:"-"` // the pack that Claims follow; only to be read
	Policies    []*subsidy.Policy   `json:"-"` // every pack at hand; only to be read
	Guide       *apply.Guide        `json:"-"` // of the portal where Policy is filed; only to be read
	Plates      inventory.Guide     `json:"-"` // where machines that were not identified show what they are; only to be read
	Catalog     *recommend.Catalog  `json:"-"` // the pack that Bundle is chosen from; only to be read

	Questions *assess.Questionnaire `json:"-"` // the edition that Assessment follows; only to be read
	Standards []assess.Standard     `json:"-"` // other standards that the register answers in part; only to be read
}

// StepKey names a step of the wizard.
type StepKey string

// The steps, in order; the 工作台 stands before them.
const (
	StepFirm      StepKey = "firm"      // 企业信息
	StepInventory StepKey = "inventory" // 设备与系统
	StepAssess    StepKey = "assess"    // 数字化评测
	StepResult    StepKey = "result"    // 评测结果
	StepRecommend StepKey = "recommend" // 推荐方案
	StepSubsidy   StepKey = "subsidy"   // 补贴与申报书
	StepReview    StepKey = "review"    // 检查与报送
)

// Steps gives the steps in order.
func Steps() []StepKey {
	return []StepKey{StepFirm, StepInventory, StepAssess, StepResult, StepRecommend, StepSubsidy, StepReview}
}

// StepState is one step as the rail shows it.
type StepState struct {
	Key   StepKey
	State string // todo, doing, done or problem
	Open  int    // things still open or to be mended
}

// state adds to what follows from the case what follows from its requests and its history.
func (d *Desk) state(ctx context.Context, st *State) (*State, error) {
	var err error
	if st.Requests, err = d.Outbox.Requests(ctx, st.Case.ID); err != nil {
		return nil, err
	}
	if st.Returned, err = d.returned(ctx, st.Requests); err != nil {
		return nil, err
	}
	if st.Enrolment, err = d.Enrolment(ctx); err != nil {
		return nil, err
	}
	if st.Checking, err = d.checking(ctx, st.Case.ID); err != nil {
		return nil, err
	}
	if n := len(st.Requests); n > 0 {
		d.fill(st, d.revision(st.Requests, submit.Application))
	}
	if st.Clashes, err = d.clashes(ctx, st.Case); err != nil {
		return nil, err
	}
	st.Steps = steps(st)
	return st, d.turns(ctx, st)
}

// thinkTime is what a recommendation may take; catalogs of this kind take a fraction of it. Past it the answer so far stands, with its gap.
const thinkTime = 30 * time.Second

// Derive computes everything that follows from the case alone. It touches no store.
func (d *Desk) Derive(ctx context.Context, c *survey.Case) *State {
	st := &State{Case: c, Problems: map[string]error{}, Catalog: recommend.ForCase(d.catalog(ctx), c), Questions: d.Packs.Questions, Standards: d.Packs.Standards, Plates: d.Packs.Guide}
	for path, raw := range c.Drafts {
		err := Set(c.Clone(), path, raw, "", d.Now())
		if err != nil && survey.CodeOf(err) != survey.CodeUnknownItem { // a parcel may bring the draft of what was taken out here
			st.Problems[path] = err
		}
	}
	st.Assessment = assess.Run(d.Packs.Questions, c)
	think, stop := context.WithTimeout(ctx, thinkTime)
	defer stop()
	d.claim(st)
	st.Bundle, st.BundleError = recommend.Recommend(think, st.Catalog, st.Assessment, c, d.Solver, AidOf(st))
	st.Guide = d.Packs.GuideFor(st.Policy)
	d.fill(st, 1)
	st.Steps = steps(st)
	return st
}

func (d *Desk) fill(st *State, revision int) {
	in := d.input(st, revision)
	st.Application, st.Onboarding = apply.Fill(in), apply.FillOnboarding(in)
	if d.Prints != nil {
		st.Application.Checks = append(st.Application.Checks, apply.GlyphChecks(in, st.Application, d.Prints)...)
		st.Onboarding.Checks = append(st.Onboarding.Checks, apply.GlyphChecks(in, st.Onboarding, d.Prints)...)
	}
}

func (d *Desk) input(st *State, revision int) apply.Input {
	return apply.Input{
		Case: st.Case, Assessment: &st.Assessment, Bundle: &st.Bundle, Claims: &st.Claims, Date: st.Case.AsOf, Revision: revision, Guide: st.Guide,
	}
}

// steps tells how far each step is. A draft that cannot be taken makes its step a problem.
func steps(st *State) []StepState {
	c := st.Case
	at := func(prefixes ...string) (drafts, must int) {
		for path := range st.Problems {
			if hasPrefix(path, prefixes) {
				drafts++
			}
		}
		for _, k := range st.Application.Checks {
			if k.Level == "must" && hasPrefix(k.Jump, prefixes) {
				must++
			}
		}
		return drafts, must
	}
	step := func(key StepKey, begun bool, open, problems int) StepState {
		s := StepState{Key: key, State: "todo", Open: open + problems}
		switch {
		case problems > 0:
			s.State = "problem"
		case begun && open == 0:
			s.State = "done"
		case begun:
			s.State = "doing"
		}
		return s
	}
	firmDrafts, firmMust := at("firm.", "years.")
	assetDrafts, _ := at("assets.", "systems.", "sites.", "arrangements.")
	moneyDrafts, moneyMust := at("project.", "contracts.", "invoices.", "payments.", "aids.", "titles.", "notices.")
	differences := 0
	for _, x := range st.Assessment.Differences {
		if x.Explained == "" {
			differences++
		}
	}
	open := len(st.Assessment.Open)
	all := len(st.Assessment.Items) + len(st.Assessment.Scenes)
	sent := len(st.Requests) > 0 && st.Requests[0].Receipt != nil
	money := len(c.Contracts)+len(c.Invoices) > 0 || c.Project.Name != ""
	return []StepState{
		step(StepFirm, c.Firm.CreditCode != "", firmMust, firmDrafts),
		step(StepInventory, len(c.Assets)+len(c.Systems) > 0, 0, assetDrafts+len(c.Conflicts)),
		step(StepAssess, open < all, open, differences),
		step(StepResult, open < all, open, 0),
		step(StepRecommend, len(c.Plan.Accepted) > 0, 0, 0),
		step(StepSubsidy, money, moneyMust, moneyDrafts),
		step(StepReview, sent, mustCount(st), 0),
	}
}

func mustCount(st *State) int {
	n := 0
	for _, k := range st.Application.Checks {
		if k.Level == "must" {
			n++
		}
	}
	for _, m := range st.Application.Missing {
		if m.Must {
			n++
		}
	}
	return n
}

func hasPrefix(s string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

// StepOf gives the step on whose page the field of a path is mended.
func StepOf(path string) StepKey {
	head, _, _ := strings.Cut(path, ".")
	if strings.HasPrefix(path, "firm.bank.") { // the account a subsidy would be paid to stands with the money
		return StepSubsidy
	}
	switch head {
	case "firm", "years", "sites", "asOf":
		return StepFirm
	case "assets", "systems", "arrangements", "conflicts":
		return StepInventory
	case "answers", "scenes":
		return StepAssess
	case "plan":
		return StepRecommend
	case "project", "contracts", "invoices", "payments", "aids", "titles", "notices", "attachments":
		return StepSubsidy
	}
	return StepReview
}

// FirstOpen gives the first step that is not done; the last when all are.
func FirstOpen(st *State) StepKey {
	for _, s := range st.Steps {
		if s.State != "done" {
			return s.Key
		}
	}
	return StepReview
}
