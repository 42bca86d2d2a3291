package page

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register(string(wizard.StepRecommend), func(a Actions) Page { return newRecommend(a) }) }

// recommendPage is 推荐方案: what to buy within the budget, why, and what it would lead to. Planned money stays a 预测.
type recommendPage struct {
	a    Actions
	form *Form
	keys keyboard

	header fyne.CanvasObject
	tabs   *part.Segmented
	place  *part.Slot
	scroll *part.Scroller
	bar    *part.BottomBar
	accept *part.Button
	later  *part.Button

	plan  *fyne.Container // the first tab
	needs fyne.CanvasObject
	money *budgetCard
	list  *needsList
	head  *part.Slot // cost card
	body  *part.Slot // lines, chart and others
	study *studyTab
	road  *roadTab
	tab   int
	st    *wizard.State
}

func newRecommend(a Actions) *recommendPage {
	p := &recommendPage{a: a, form: NewForm(a), place: part.NewSlot(nil), head: part.NewSlot(nil), body: part.NewSlot(nil)}
	p.accept = part.Primary(a.T("recommend.accept"), "", p.takeIt)
	next := func() { p.form.Save(); a.Go(wizard.StepSubsidy) }
	back := func() { p.form.Save(); a.Go(wizard.StepResult) }
	p.later = part.TextButton(a.T("recommend.later"), "", next)
	p.bar = part.NewBottomBar("", p.later, part.Secondary(a.T("button.back"), "", back), p.accept)
	p.keys = keyboard{next: next, back: back}
	p.tabs = part.NewSegmented(p.Tabs(), 0, p.ShowTab)
	p.header = part.PageHeader(a.T("recommend.step"), a.T("step.recommend"), "", p.tabs)
	p.money = newBudgetCard(p)
	p.list = newNeedsList(p)
	p.plan = part.VStack(12, part.Fold(700, 12, []float32{1, 1.18}, p.head, p.money.card), p.body)
	p.needs = p.list.card
	p.study, p.road = newStudyTab(p), newRoadTab(p)
	p.scroll = part.PageBody(p.place)
	p.place.Set(p.plan)
	return p
}

// Parts implements Page.
func (p *recommendPage) Parts() (header, body, foot fyne.CanvasObject) {
	return p.header, p.scroll, p.bar
}

// Tabs names the parts of the page.
func (p *recommendPage) Tabs() []string {
	return []string{p.a.T("recommend.tab.plan"), p.a.T("recommend.tab.needs"), p.a.T("choose.tab.study"), p.a.T("choose.tab.road")}
}

// ShowTab opens a part of the page.
func (p *recommendPage) ShowTab(i int) {
	p.form.Save()
	p.tab = i
	p.tabs.Set(i)
	p.place.Set([]fyne.CanvasObject{p.plan, p.needs, p.study.all, p.road.all}[i])
	p.scroll.ScrollToOffset(fyne.NewPos(0, 0))
	p.Show(p.st)
}

// Leave implements Leaver.
func (p *recommendPage) Leave() {
	p.form.Save()
	p.keys.unbind()
}

// JumpTo implements Jumper: "plan.budget", "plan.needs", "plan.offer.<id>", which asks why the offer is in the bundle or not.
func (p *recommendPage) JumpTo(path string) bool {
	if id, ok := strings.CutPrefix(path, "plan.offer."); ok {
		p.ShowTab(2)
		if p.study.offer != nil {
			p.scroll.ScrollTo(p.study.offer)
			p.study.offer.Choose(id)
		}
		return true
	}
	if path == "plan.budget" {
		p.ShowTab(0)
		return p.form.Focus(path)
	}
	p.ShowTab(1)
	p.form.Focus(path)
	return true
}

// Show implements Page.
func (p *recommendPage) Show(st *wizard.State) {
	if st == nil {
		return
	}
	p.st = st
	p.keys.bind(p.place)
	failed := ""
	if st.BundleError != nil {
		failed = p.a.ErrorText(st.BundleError)
	}
	plan := view.PlanOf(p.a.T, st, failed)
	p.bar.SetNote(plan.Checked)
	p.head.Set(p.costCard(plan))
	p.money.show(plan)
	p.list.show()
	p.form.Show(st)
	switch p.tab {
	case 0:
		p.body.Set(p.planBody(plan))
	case 2:
		p.study.show(st)
	case 3:
		p.road.show(st)
	}
	p.showAccept(plan)
}

func (p *recommendPage) showAccept(plan view.Plan) {
	p.accept.SetText(p.a.T("recommend.accept"))
	p.accept.SetOnTap(p.takeIt)
	p.later.Show()
	if plan.Accepted != "" && plan.Same {
		p.later.Hide()
		p.accept.SetText(p.a.T("recommend.next.step"))
		p.accept.SetOnTap(func() { p.form.Save(); p.a.Go(wizard.StepSubsidy) })
	}
	if plan.State == view.PlanReady {
		p.accept.Enable()
	} else {
		p.accept.Disable()
	}
	p.bar.Refresh() // a longer word needs a wider button
	p.scroll.Refresh()
}

// takeIt keeps the bundle that is shown as the firm's plan.
func (p *recommendPage) takeIt() {
	p.form.Save()
	id := p.a.Case()
	p.a.Do(p.a.T("recommend.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.Accept(ctx, id)
	})
}

// offer pins or bans an offer, or takes either back.
func (p *recommendPage) offer(want survey.Tri, offers ...string) {
	id := p.a.Case()
	p.a.Do(p.a.T("recommend.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		var st *wizard.State
		var err error
		for _, o := range slices.Compact(slices.Clone(offers)) {
			if st, err = d.Offer(ctx, id, o, want); err != nil {
				return nil, err
			}
		}
		return st, nil
	})
}

// release takes back that a person insists on some needs; they stay wished for where the assessment suggests them.
func (p *recommendPage) release(keys []string) {
	id := p.a.Case()
	p.a.Do(p.a.T("recommend.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		for _, key := range keys {
			if st, err = d.Need(ctx, id, key, survey.Unknown); err != nil {
				return nil, err
			}
		}
		return st, nil
	})
}

// need takes the person's word on one need.
func (p *recommendPage) need(key string, want survey.Tri) {
	id := p.a.Case()
	p.a.Do(p.a.T("recommend.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.Need(ctx, id, key, want)
	})
}
