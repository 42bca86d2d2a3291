package page

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/manual"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register("help", newHelp) }

// Help is what there is to read: the manuals, the terms, and where their pictures come from.
type Help struct {
	Manual, Guide manual.Manual
	Terms         []manual.Term
	Picture       func(name string) []byte                       // nil when there is none of that name
	PDF           func(ctx context.Context) (wizard.File, error) // the user's manual to print; nil where it cannot be made
}

// Helper is the page that explains another page, or a topic of the help when one is named.
type Helper interface{ Explain(page, topic string) }

// The tabs of the help.
const (
	helpPage = iota
	helpTerms
	helpManual
	helpGuide
)

// help is 帮助: what the page before is for, the terms, and the manuals.
type help struct {
	a      Actions
	about  string // the page that is explained
	tab    int
	packs  *wizard.Packs
	topics []view.Topic // of the tab
	found  []view.Topic // those that the words find

	tabs  *part.Segmented
	find  *part.TextField
	list  *part.PickList
	place *part.Slot
	text  *part.Slot
	read  *part.Scroller
	split fyne.CanvasObject
	bar   *part.BottomBar
}

func newHelp(a Actions) Page {
	p := &help{a: a, about: "help", place: part.NewSlot(nil), text: part.NewSlot(nil)}
	p.tabs = part.NewSegmented(p.Tabs(), 0, p.ShowTab)
	p.find = part.SearchBox(a.T("help.search"), func(string) { p.filter() })
	p.list = part.NewPickList(p.open)
	p.read = part.Scroll(part.Pad(18, 24, 24, 24, p.text))
	left := part.BareCard(part.VStack(0, part.Pad(10, 10, 6, 10, p.find), part.Grow(part.Pad(0, 0, 6, 0, p.list))))
	p.split = part.Columns(12, []float32{1, 2.3}, left, part.BareCard(p.read))
	p.bar = part.NewBottomBar(a.T("help.foot"))
	if a.Install().Help.PDF != nil {
		p.bar = part.NewBottomBar(a.T("help.foot"), part.Secondary(a.T("help.save"), "download", p.save), part.Primary(a.T("help.back"), "", a.Return))
	} else {
		p.bar = part.NewBottomBar(a.T("help.foot"), part.Primary(a.T("help.back"), "", a.Return))
	}
	return p
}

// Parts implements Page.
func (p *help) Parts() (header, body, foot fyne.CanvasObject) {
	return part.PageHeader("", p.a.T("help.title"), p.a.T("help.note"), p.tabs), part.Pad(4, 24, 16, 24, p.place), p.bar
}

// Tabs names the tabs.
func (p *help) Tabs() []string {
	return []string{p.a.T("help.tab.page"), p.a.T("help.tab.words"), p.a.T("help.tab.manual"), p.a.T("help.tab.field")}
}

// ShowTab turns to a tab.
func (p *help) ShowTab(i int) {
	if i < helpPage || i > helpGuide {
		return
	}
	p.tab = i
	p.tabs.Set(i)
	p.find.SetValue("")
	in := p.a.Install().Help
	switch i {
	case helpPage:
		p.topics = view.PageHelp(p.a.T, p.about)
		p.place.Set(part.Columns(12, nil, part.BareCard(p.read)))
		p.write(p.topics...)
		return
	case helpTerms:
		p.topics = p.terms(in)
	case helpManual:
		p.topics = view.Pages(view.TopicManual, in.Manual)
	case helpGuide:
		p.topics = view.Pages(view.TopicGuide, in.Guide)
	}
	p.place.Set(p.split)
	p.filter()
}

// terms are the glossary, the scenes and the policies' sentences.
func (p *help) terms(in Help) []view.Topic {
	if p.packs == nil {
		return view.Terms(p.a.T, in.Terms, nil, nil)
	}
	return view.Terms(p.a.T, in.Terms, p.packs.Questions, p.packs.Policies)
}

// Explain implements Helper.
func (p *help) Explain(about, topic string) {
	if about != "" {
		p.about = about
	}
	tab := helpPage
	for i, kinds := range [][]string{helpTerms: {view.TopicTerm, view.TopicScene, view.TopicPolicy}, helpManual: {view.TopicManual}, helpGuide: {view.TopicGuide}} {
		if slices.Contains(kinds, view.TopicKind(topic)) {
			tab = i
		}
	}
	p.ShowTab(tab)
	if at := slices.IndexFunc(p.found, func(t view.Topic) bool { return t.Key == topic }); at >= 0 && tab != helpPage {
		p.list.Pick(at)
	}
}

// Show implements Page; the help depends on the packs only.
func (p *help) Show(*wizard.State) {
	if p.packs != nil {
		return
	}
	p.a.Run("", func(_ context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		p.packs = &d.Packs
		return nil, nil
	}, func(error) { p.ShowTab(p.tab) })
}

// filter lists the topics that the words find and opens the first.
func (p *help) filter() {
	p.found = view.FindTopics(p.topics, p.find.Value())
	rows := make([]part.Option, len(p.found))
	for i, t := range p.found {
		rows[i] = part.Option{Text: t.Title, Note: t.Note}
		if t.Deep && p.find.Value() == "" {
			rows[i].Value = "-"
		}
	}
	p.list.Set(rows, 0)
	if len(p.found) == 0 {
		p.text.Set(part.Muted(p.a.T("help.none")))
		p.read.Refresh()
		return
	}
	p.write(p.found[0])
}

func (p *help) open(i int) { p.write(p.found[i]) }

// write shows topics below each other.
func (p *help) write(topics ...view.Topic) {
	stack := part.VStack(10)
	for _, t := range topics {
		if len(stack.Objects) > 0 {
			stack.Add(part.VGap(6))
		}
		stack.Add(part.Colored(t.Title, theme.SizeHeading+1, theme.Ink, true))
		if t.Note != "" {
			stack.Add(part.Muted(t.Note))
		}
		for _, b := range t.Blocks {
			stack.Add(p.block(b))
		}
	}
	p.text.Set(stack)
	p.read.ScrollToTop()
	p.read.Refresh()
}

// block draws one block of a topic.
func (p *help) block(b manual.Block) fyne.CanvasObject {
	switch b.Kind {
	case manual.Bullets, manual.Steps:
		return part.Points(b.Kind == manual.Steps, b.Items)
	case manual.Code:
		lines := part.VStack(2)
		for _, s := range b.Items {
			lines.Add(part.Colored(s, theme.SizeCell, theme.Ink, false))
		}
		return part.InnerCard(lines)
	case manual.Table:
		list := part.VStack(6)
		for _, row := range b.Rows {
			list.Add(part.KeyValue(150, part.Pair{Key: row[0], Value: joined(row[1:])}))
		}
		return list
	case manual.Picture:
		in := p.a.Install().Help
		if in.Picture == nil {
			return part.Muted(b.Text)
		}
		if img := part.Picture(b.File, in.Picture(b.File)); img != nil {
			return part.VStack(4, img, part.Muted(b.Text))
		}
		return part.Muted(b.Text)
	}
	return part.Body(b.Text)
}

func joined(cells []string) string {
	out := ""
	for i, c := range cells {
		if i > 0 {
			out += "　"
		}
		out += c
	}
	return out
}

// save writes the user's manual as PDF where the person says.
func (p *help) save() {
	var f wizard.File
	p.a.Run(p.a.T("help.save"), func(ctx context.Context, _ *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		f, err = p.a.Install().Help.PDF(ctx)
		return nil, err
	}, func(err error) {
		if err == nil {
			p.a.SaveFiles("", []wizard.File{f})
		}
	})
}
