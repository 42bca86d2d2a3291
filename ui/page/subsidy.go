package page

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

func init() { Register(string(wizard.StepSubsidy), newSubsidy) }

// The tabs of 补贴与申报书.
const (
	subsidyMoney   = iota // 项目与费用
	subsidyClaim          // 测算
	subsidyPaper          // 申报书
	subsidyPackage        // 材料包与报送
)

// subsidyPage is 补贴与申报书: what was spent, what the policy grants for it, and the form that asks for it.
type subsidyPage struct {
	a    Actions
	form *Form
	st   *wizard.State
	tab  int

	tabs   *part.Segmented
	place  *part.Slot
	next   *part.Button
	bar    *part.BottomBar
	views  [4]fyne.CanvasObject
	money  *subsidyMoneyTab
	claim  *subsidyClaimTab
	papers *subsidyPaperTab
	whole  *subsidyPackageTab

	brought *broughtInvoices // what an import of invoices did
}

func newSubsidy(a Actions) Page {
	p := &subsidyPage{a: a, form: NewForm(a), place: part.NewSlot(nil)}
	p.tabs = part.NewSegmented(p.Tabs(), 0, p.ShowTab)
	p.next = part.Primary("", "arrow-right", p.onward)
	p.bar = part.NewBottomBar("", part.Secondary(a.T("button.back"), "", p.back), p.next)
	p.money, p.claim, p.papers, p.whole = newSubsidyMoney(p), newSubsidyClaim(p), newSubsidyPaper(p), newSubsidyPackage(p)
	p.views = [4]fyne.CanvasObject{p.money.body, p.claim.body, p.papers.body, p.whole.body}
	p.ShowTab(subsidyMoney)
	return p
}

// Parts implements Page.
func (p *subsidyPage) Parts() (header, body, foot fyne.CanvasObject) {
	return part.PageHeader(p.a.T("subsidy.step"), p.a.T("subsidy.title"), p.a.T("subsidy.note"), p.tabs), p.place, p.bar
}

// Tabs names the inner tabs.
func (p *subsidyPage) Tabs() []string {
	return []string{p.a.T("subsidy.tab.money"), p.a.T("subsidy.tab.claim"), p.a.T("subsidy.tab.paper"), p.a.T("papers.tab")}
}

// ShowTab turns to an inner tab.
func (p *subsidyPage) ShowTab(i int) {
	if i < 0 || i >= len(p.views) {
		return
	}
	p.form.Save()
	p.tab = i
	p.tabs.Set(i)
	p.place.Set(p.views[i])
	p.next.SetText(p.a.T([]string{"subsidy.to.claim", "subsidy.to.paper", "papers.to", "button.next"}[i]))
	p.Show(p.st)
}

// Show implements Page.
func (p *subsidyPage) Show(st *wizard.State) {
	if p.st = st; st == nil {
		return
	}
	p.bar.SetNote(st.Claims.Validity)
	switch p.tab {
	case subsidyMoney:
		p.money.show(st)
	case subsidyClaim:
		p.claim.show(st)
	case subsidyPaper:
		p.papers.show(st)
	case subsidyPackage:
		p.whole.show(st)
	}
	p.form.Show(st)
	p.money.problems()
}

// Leave implements Leaver.
func (p *subsidyPage) Leave() { p.form.Save() }

// JumpTo implements Jumper: it opens the tab and the element that hold the field.
func (p *subsidyPage) JumpTo(path string) bool {
	if path == "project.promised" {
		p.ShowTab(subsidyPaper)
		p.papers.promise()
		return true
	}
	if strings.HasPrefix(path, "project.agent.") || strings.HasPrefix(path, "project.award.") {
		p.ShowTab(subsidyPackage)
		return p.form.Focus(path)
	}
	p.ShowTab(subsidyMoney)
	head, rest, _ := strings.Cut(path, ".")
	if card := p.money.cards[head]; card != nil {
		id, _, _ := strings.Cut(rest, ".")
		if card.choose(id) {
			p.money.reveal(card.content)
		}
	}
	if strings.HasPrefix(path, "firm.bank.") {
		head = "bank"
	}
	return p.form.Focus(path) || p.money.jump(head)
}

func (p *subsidyPage) back() {
	if p.tab > subsidyMoney {
		p.ShowTab(p.tab - 1)
		return
	}
	p.form.Save()
	p.a.Go(wizard.StepRecommend)
}

func (p *subsidyPage) onward() {
	if p.tab < subsidyPackage {
		p.ShowTab(p.tab + 1)
		return
	}
	p.form.Save()
	p.a.Go(wizard.StepReview)
}
