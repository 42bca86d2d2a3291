package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register("check", newCheck) }

// check is 检查: everything once more for a reviewer who may look and remark but change nothing, and the page that is signed.
type check struct {
	a           Actions
	st          *wizard.State
	left, right *part.Slot
	body        *part.Scroller
	bar         *part.BottomBar
	mode, sign  *part.Button
}

func newCheck(a Actions) Page {
	p := &check{a: a, left: part.NewSlot(nil), right: part.NewSlot(nil)}
	p.body = part.PageBody(part.Columns(12, []float32{61, 39}, p.left, p.right))
	p.mode = part.Secondary(a.T("check.begin"), "eye", p.toggle)
	p.sign = part.Primary(a.T("check.sign"), "doc", func() {
		a.Export(Exporting{Case: p.st.Case.ID, Firm: p.st.Case.Firm.Name, Kind: wizard.LeavesCheck})
	})
	p.bar = part.NewBottomBar(a.T("check.foot"), part.Secondary(a.T("many.home"), "home", a.Home), p.mode, p.sign)
	return p
}

// Parts implements Page.
func (p *check) Parts() (header, body, foot fyne.CanvasObject) {
	return part.PageHeader("", p.a.T("check.title"), p.a.T("check.note")), p.body, p.bar
}

// toggle begins the check, or ends it after a question.
func (p *check) toggle() {
	if p.st.Checking == "" {
		p.turn((*wizard.Desk).BeginCheck, "check.begun")
		return
	}
	p.a.Ask(p.a.T("check.end"), p.a.T("check.end.text"), p.a.T("check.end.yes"), func() { p.turn((*wizard.Desk).EndCheck, "check.ended") })
}

func (p *check) turn(verb func(*wizard.Desk, context.Context, string) (*wizard.State, error), said string) {
	id := p.a.Case()
	p.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return verb(d, ctx, id)
	}, func(err error) {
		if err == nil {
			p.a.Say(p.a.T(said))
		}
	})
}

// Show implements Page.
func (p *check) Show(st *wizard.State) {
	if p.st = st; st == nil {
		return
	}
	if st.Checking != "" {
		p.mode.SetText(p.a.T("check.end"))
		p.bar.SetNote(p.a.T("check.foot.on", st.Checking))
	} else {
		p.mode.SetText(p.a.T("check.begin"))
		p.bar.SetNote(p.a.T("check.foot"))
	}
	p.bar.Refresh()
	var sheet survey.SignSheet
	p.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		sheet, err = d.SignSheetOf(ctx, st)
		return nil, err
	}, func(err error) {
		if err == nil && p.st == st {
			p.lay(st, sheet)
		}
	})
}

func (p *check) lay(st *wizard.State, sheet survey.SignSheet) {
	t := p.a.T
	var list []fyne.CanvasObject
	for _, s := range view.ReviewParts(t, st) {
		about := string(s.Step)
		if s.Jump != "" {
			about = s.Jump
		}
		sec := part.Section{Title: s.Title, Kind: kindOf(s.Tone), Note: s.Note, Pairs: pairsOf(s.Facts), Action: t("check.remark"), OnEdit: func() { p.remark(about, s.Title) }}
		for _, n := range view.Remarks(sheet.Remarks, about) {
			sec.Pairs = append(sec.Pairs, part.Pair{Key: t("check.remark.key"), Value: n.Text})
		}
		list = append(list, part.CheckSection(sec))
	}
	p.left.Set(part.CheckList(list...))
	right := part.VStack(12)
	if st.Checking != "" {
		right.Add(part.Notice(part.Info, t("check.on", st.Checking)))
	}
	right.Add(part.Card(t("check.musts"), nil, todoList(p.a, view.ReviewTodos(t, st, "application", p.a.ErrorText))))
	remarks := part.VStack(8)
	for _, n := range view.Remarks(sheet.Remarks, "") {
		remarks.Add(part.VStack(0, part.Body(n.Text), part.Small(n.By)))
	}
	if len(sheet.Remarks) == 0 {
		remarks.Add(part.Muted(t("check.remarks.none")))
	}
	right.Add(part.Card(t("check.remarks", len(sheet.Remarks)), part.Link(t("check.remark"), func() { p.remark("review", t("check.all")) }), remarks))
	digest := part.VStack(4)
	for i := 0; i < len(sheet.Digest); i += 16 {
		digest.Add(part.Line(sheet.Digest[i:min(i+16, len(sheet.Digest))], theme.SizeCell, theme.Ink, false))
	}
	digest.Add(part.Small(t("check.digest.note")))
	right.Add(part.Card(t("check.digest"), nil, digest))
	p.right.Set(right)
	p.body.Refresh()
}

// remark writes down what should be changed; the case itself stays as it is.
func (p *check) remark(about, title string) {
	id := p.a.Case()
	p.a.Prompt(Prompt{Title: p.a.T("check.remark.title", title), Text: p.a.T("check.remark.text"), Label: p.a.T("check.remark.label"), Yes: p.a.T("visit.write.yes")}, func(text string) {
		p.a.Do("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			return d.Note(ctx, id, survey.RoleCheck, about, text)
		})
	})
}
