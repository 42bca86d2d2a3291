package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// attachable are the endings of files that may be attached.
var attachable = []string{".pdf", ".jpg", ".jpeg", ".png", ".ofd", ".xml", ".docx", ".xlsx"}

// subsidyAttachments is the card of the papers that go along.
type subsidyAttachments struct {
	list *subsidyList
	role *part.SelectField
}

func newSubsidyAttachments(p *subsidyPage) *subsidyAttachments {
	l := newSubsidyList(p, "attachments", part.TableColumn{Title: "role", Weight: 1}, part.TableColumn{Title: "name", Weight: 2},
		part.TableColumn{Title: "size", Width: 90, Align: trailing}, part.TableColumn{Title: "added", Width: 140})
	l.rows = func(st *wizard.State) []view.ListRow { return view.AttachmentRows(p.a.T, st) }
	l.edit = func(id string) fyne.CanvasObject { return l.foot(id) }
	t := &subsidyAttachments{list: l, role: part.NewSelectField(p.spec("attachments.role"), nil)}
	add := part.Secondary(p.a.T("subsidy.attachments.add"), "upload", t.add)
	l.card(nil)
	l.content = part.CardWith(part.HeadRow(p.a.T("subsidy.attachments"), p.a.T("subsidy.attachments.note"), nil),
		part.VStack(12, part.HStack(12, part.Grow(t.role), part.VStack(0, part.VGap(22), add)), l.place, l.fields))
	return t
}

func (t *subsidyAttachments) show(st *wizard.State) {
	options := picks(view.RolePicks(t.list.p.a.T, st))
	t.role.SetOptions(options)
	if t.role.Value() == "" && len(options) > 0 {
		t.role.SetValue(options[0].Value)
	}
}

func (t *subsidyAttachments) add() {
	a, role := t.list.p.a, t.role.Value()
	a.PickFile(a.T("subsidy.attachments.pick", role), attachable, func(name string, data []byte) {
		a.Do(a.T("subsidy.attachments.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			return d.Attach(ctx, a.Case(), name, role, "", view.MediaType(name), data)
		})
	})
}
