package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// Trouble is a case file that cannot be opened, and what a person can do about it.
type Trouble struct {
	Err    error
	Folder string
	Copies []wizard.Copy // the backups in the folder, newest first
	Texts  map[string]survey.Text
	System System

	CopiesIn func(place string) ([]wizard.Copy, error) // the backups in another folder
	Restore  func(ctx context.Context, from wizard.Copy) error
	Again    func() // opens the case file once more
	Quit     func()

	Inline bool // restore at once, without a goroutine of its own: for tests and pictures
}

// rescue is the page that is shown instead of the wizard when the case file cannot be opened.
type rescue struct {
	Trouble
	win   fyne.Window
	loop  *loop
	lang  string
	place *part.Slot
	tell  string // what the last deed came to
}

// ShowTrouble shows in the window why the case file cannot be opened. A damaged one is left as it is; the newest backup is offered with
// its time. Nothing is done before the person says so.
func ShowTrouble(win fyne.Window, t Trouble) {
	r := &rescue{Trouble: t, win: win, loop: inlineLoop(), lang: "zh", place: part.NewSlot(nil)}
	if !t.Inline {
		r.loop = newLoop()
	}
	r.show()
	win.SetContent(part.Middle(part.Sized(620, 0, r.place)))
}

func (r *rescue) t(key string, args ...any) string { return r.Texts[r.lang].T(key, args...) }

func (r *rescue) show() {
	part.Words(func(key string) string { return r.t("part." + key) })
	other, name := "en", "English"
	if r.lang == "en" {
		other, name = "zh", "中文"
	}
	language := part.Link(name, func() { r.lang = other; r.show() })
	kind := view.Trouble(r.Err)
	list := part.VStack(12, part.Body(r.Texts[r.lang].Error(r.Err)))
	if kind != "other" {
		list.Add(part.Body(r.t("rescue." + kind + ".text")))
	}
	if kind == "damaged" {
		list.Add(r.newest())
	}
	list.Add(part.Muted(r.t("rescue.cases", r.Folder)))
	if r.tell != "" {
		list.Add(part.Notice(part.Err, r.tell))
	}
	list.Add(r.buttons(kind))
	if kind == "damaged" && len(r.Copies) > 1 {
		list.Add(part.Hairline())
		list.Add(part.Strong(r.t("rescue.earlier")))
		for _, c := range r.Copies[1:min(len(r.Copies), 6)] {
			list.Add(part.HStack(10, part.Body(view.LocalTime(c.At)), part.Tag(view.CopyPlace(r.t, c)), part.Spacer(),
				part.Secondary(r.t("backup.restore"), "", func() { r.ask(c) })))
		}
	}
	r.place.Set(part.Card(r.t("rescue."+kind+".title"), language, list))
}

func (r *rescue) newest() fyne.CanvasObject {
	if len(r.Copies) == 0 {
		return part.Notice(part.Warn, r.t("rescue.damaged.none"))
	}
	return part.Notice(part.Info, r.t("rescue.damaged.newest", view.LocalTime(r.Copies[0].At)))
}

func (r *rescue) buttons(kind string) fyne.CanvasObject {
	row := part.Flow(10)
	switch {
	case kind == "damaged" && len(r.Copies) > 0:
		row.Add(part.Primary(r.t("rescue.restore", view.LocalTime(r.Copies[0].At)), "", func() { r.ask(r.Copies[0]) }))
	case kind != "damaged" && kind != "newer":
		row.Add(part.Primary(r.t("rescue.again"), "refresh", r.again))
	}
	if kind == "damaged" {
		row.Add(part.Secondary(r.t("rescue.elsewhere"), "usb", r.elsewhere))
	}
	if r.System.Show != nil && kind != "busy" {
		row.Add(part.Secondary(r.t("rescue.folder"), "folder", func() { r.say(r.System.Show(r.Folder)) }))
	}
	row.Add(part.Secondary(r.t("rescue.quit"), "", r.Quit))
	return row
}

// again gives the window over to whoever opens the case file once more.
func (r *rescue) again() {
	r.loop.Close()
	r.Again()
}

// say shows what went wrong with a deed; nil says nothing.
func (r *rescue) say(err error) {
	if err != nil {
		r.tell = r.Texts[r.lang].Error(err)
		r.show()
	}
}

func (r *rescue) elsewhere() {
	r.System.Folder(r.win, r.t("rescue.elsewhere.title"), func(folder string, err error) {
		if err != nil || folder == "" {
			r.say(err)
			return
		}
		found, err := r.CopiesIn(folder)
		if err != nil {
			r.say(err)
			return
		}
		r.tell = ""
		if len(found) == 0 {
			r.tell = r.t("rescue.elsewhere.none")
		} else {
			r.Copies = found
		}
		r.show()
	})
}

// ask asks once, saying what time the copy is from, and then restores and opens what was restored.
func (r *rescue) ask(c wizard.Copy) {
	at := view.LocalTime(c.At)
	part.NewConfirm(part.Ask{Title: r.t("backup.restore.title", at), Text: r.t("backup.restore.text", at), Yes: r.t("backup.restore"), No: r.t("button.cancel"), OnYes: func() {
		var err error
		wait := part.NewWaitOverlay(r.t("backup.restoring"), r.loop.Cancel)
		if !r.Inline {
			wait.ShowOn(r.win.Canvas())
		}
		r.loop.Add(func(ctx context.Context) { err = r.Restore(ctx, c) }, func() {
			if wait.IsOpen() {
				wait.Close()
			}
			if err != nil {
				r.say(err)
				return
			}
			r.again()
		})
	}}).ShowOn(r.win.Canvas())
}
