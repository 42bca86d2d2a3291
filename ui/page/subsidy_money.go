package page

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// subsidyMoneyTab is 项目与费用: the project, and what was contracted, invoiced and paid for it.
type subsidyMoneyTab struct {
	p       *subsidyPage
	body    fyne.CanvasObject
	scroll  *part.Scroller
	errors  *part.ErrorSummary
	anchors *part.Slot
	cards   map[string]*subsidyList // by the head of their paths
	places  map[string]fyne.CanvasObject
	order   []string

	links    *wordChips
	core     *part.SelectField
	measure  *part.SelectField
	attach   *subsidyAttachments
	asked    *part.Slot // the card of this year's notice
	askedFor string     // its measure
	looks    []func()   // the live checks of the invoice lines on screen
}

func newSubsidyMoney(p *subsidyPage) *subsidyMoneyTab {
	t := &subsidyMoneyTab{p: p, errors: part.NewErrorSummary(), anchors: part.NewSlot(nil), links: newWordChips(p.a, "project.links"), asked: part.NewSlot(nil)}
	t.cards = map[string]*subsidyList{
		"contracts": newSubsidyContracts(p), "invoices": newSubsidyInvoices(p), "payments": newSubsidyPayments(p),
		"aids": newSubsidyAids(p), "titles": newSubsidyTitles(p),
	}
	t.attach = newSubsidyAttachments(p)
	t.cards["attachments"] = t.attach.list
	t.order = []string{"project", "contracts", "invoices", "payments", "aids", "titles", "attachments", "bank", "notices"}
	t.places = map[string]fyne.CanvasObject{"project": t.project(), "bank": t.bank(), "notices": t.notice()}
	stack := part.VStack(12, t.errors, t.anchors)
	for _, key := range t.order {
		if c := t.cards[key]; c != nil {
			t.places[key] = c.content
		}
		stack.Add(t.places[key])
	}
	t.scroll = part.PageBody(stack)
	t.body = t.scroll
	p.form.Within(t.scroll)
	return t
}

func (t *subsidyMoneyTab) show(st *wizard.State) {
	t.askNotice(view.NoticeMeasure(st))
	t.core.SetOptions(picks(view.SystemPicks(t.p.a.T, st.Case)))
	t.measure.SetOptions(picks(view.MeasurePicks(t.p.a.T, st)))
	t.links.show(linkPicks(), st.Case.Project.Links)
	for _, c := range t.cards {
		c.show(st)
	}
	t.attach.show(st)
	t.jumps()
	t.scroll.Refresh()
}

// jumps is the row of ways to the cards, with how many elements each holds.
func (t *subsidyMoneyTab) jumps() {
	row := part.Flow(8)
	for _, key := range t.order {
		title := t.p.a.T("subsidy." + key)
		if c := t.cards[key]; c != nil && len(c.have) > 0 && key != "titles" {
			title += " " + strconv.Itoa(len(c.have))
		}
		row.Add(part.Secondary(title, "", func() { t.jump(key) }).Small())
	}
	t.anchors.Set(row)
}

// problems lists the fields in error on top of the tab.
func (t *subsidyMoneyTab) problems() {
	for _, look := range t.looks {
		look()
	}
	t.errors.Set(t.p.form.Problems())
	t.scroll.Refresh()
}

func (t *subsidyMoneyTab) jump(key string) bool {
	o, ok := t.places[key]
	if ok {
		t.reveal(o)
	}
	return ok
}

func (t *subsidyMoneyTab) reveal(o fyne.CanvasObject) {
	t.scroll.Refresh()
	t.scroll.ScrollTo(o)
}

// spec makes the label of a field from its key; a hint is shown when there are words for it.
func (p *subsidyPage) spec(key string) part.FieldSpec {
	return part.FieldSpec{Label: p.a.T("subsidy." + key), Keys: p.keys()}
}

func (p *subsidyPage) must(key string) part.FieldSpec {
	s := p.spec(key)
	s.Required = true
	return s
}

func (p *subsidyPage) hinted(key string) part.FieldSpec {
	s := p.spec(key)
	s.Hint = p.a.T("subsidy." + key + ".hint")
	return s
}

func (p *subsidyPage) keys() *part.Keys { return &part.Keys{Next: p.onward, Back: p.back} }
