package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register("settings", newSettings) }

// settings is 设置: how the window looks, the portal that requests go to, the lock, and what this installation is.
type settings struct {
	a      Actions
	body   *part.Scroller
	rows   *fyne.Container
	portal *portalCard
	queue  *queueCard
	packs  *part.Slot
	guard  *lockCard
	backup *backupCard
	parcel *parcelCard
	clash  *clashCard
	update *updateCard
	shelf  *catalogCard
	read   bool // enrolment and packs were read
}

func newSettings(a Actions) Page {
	p := &settings{a: a, packs: part.NewSlot(nil)}
	p.guard, p.backup = newLockCard(a), newBackupCard(a)
	p.portal = newPortalCard(a, func() { p.read = false; p.Show(nil) })
	p.queue = newQueueCard(a)
	p.parcel, p.clash, p.update = newParcelCard(a), newClashCard(a), newUpdateCard(a)
	p.shelf = newCatalogCard(a)
	p.rows = part.VStack(12, part.Columns(12, nil, p.looks(), p.lockCard()), p.clash.place, p.guard.place, p.backup.place, p.portal.place, p.queue.place, p.parcel.place, p.shelf.place, p.update.place, p.about())
	if l := p.licences(); l != nil {
		p.rows.Add(l)
	}
	p.body = part.PageBody(p.rows)
	return p
}

// Parts implements Page.
func (p *settings) Parts() (header, body, foot fyne.CanvasObject) {
	return part.PageHeader("", p.a.T("settings.title"), p.a.T("settings.note")), p.body,
		part.NewBottomBar(p.a.T("settings.foot"), part.Secondary(p.a.T("settings.home"), "home", p.a.Home))
}

// TakeParcel implements ParcelTaker.
func (p *settings) TakeParcel(data []byte) { p.parcel.examine(data) }

// Show implements Page.
func (p *settings) Show(st *wizard.State) {
	p.clash.show(st)
	if p.read {
		return
	}
	p.read = true
	if p.guard.fresh == nil { // once: a recovery code that is being written down stays
		p.guard.show()
	}
	p.backup.show()
	p.parcel.show()
	p.queue.show()
	p.update.show()
	p.shelf.show()
	var packs wizard.Packs
	var enrolled *submit.Enrolment
	p.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		packs = d.Packs
		enrolled, err = d.Enrolment(ctx)
		return nil, err
	}, func(error) {
		p.portal.show(enrolled)
		list := part.VStack(10)
		for _, r := range view.PackRows(p.a.T, packs) {
			list.Add(part.VStack(2, part.KeyValue(96, part.Pair{Key: r.Kind, Value: r.Title}), part.Pad(0, 0, 0, 96, part.Muted(r.Status))))
		}
		p.packs.Set(list)
	})
}

func (p *settings) looks() fyne.CanvasObject {
	yesNo := func(key string) part.Field {
		f := part.NewChoiceField(part.FieldSpec{Label: p.a.T("settings." + key)}, []part.Option{{Value: "no", Text: p.a.T("settings." + key + ".no")}, {Value: "yes", Text: p.a.T("settings." + key + ".yes")}})
		return p.bind(f, key, "no")
	}
	language := part.NewChoiceField(part.FieldSpec{Label: p.a.T("settings.language")}, []part.Option{{Value: "zh", Text: "中文"}, {Value: "en", Text: "English"}})
	return part.Card(p.a.T("settings.section.looks"), nil, part.VStack(14, p.bind(language, "language", "zh"), yesNo("dark"), yesNo("large")))
}

// bind shows a setting and applies each choice at once.
func (p *settings) bind(f *part.ChoiceField, key, otherwise string) part.Field {
	v := p.a.Setting(key)
	if v == "" {
		v = otherwise
	}
	f.SetValue(v)
	f.Listen(func(v string) { p.a.Apply(key, v) }, nil)
	return f
}

func (p *settings) lockCard() fyne.CanvasObject {
	choices, now := view.IdleOptions(p.a.T, p.a.Setting("lock.minutes"))
	options := make([]part.Option, len(choices))
	for i, c := range choices {
		options[i] = part.Option{Value: c[0], Text: c[1]}
	}
	f := part.NewSelectField(part.FieldSpec{Label: p.a.T("settings.lock.minutes"), Hint: p.a.T("settings.lock.hint")}, options)
	f.SetValue(now)
	f.Listen(func(v string) { p.a.Keep("lock.minutes", v) }, nil)
	return part.Card(p.a.T("settings.section.lock"), nil, f)
}

func (p *settings) about() fyne.CanvasObject {
	in := p.a.Install()
	open := func(s string) string {
		if s == "" {
			return p.a.T("settings.unknown")
		}
		return s
	}
	return part.Card(p.a.T("settings.section.about"), nil, part.VStack(12,
		part.KeyValue(96, part.Pair{Key: p.a.T("settings.version"), Value: open(in.Version)}, part.Pair{Key: p.a.T("settings.folder"), Value: open(in.Folder)}),
		part.Muted(p.a.T("settings.folder.note")), part.Hairline(), part.Strong(p.a.T("settings.packs")), p.packs))
}
