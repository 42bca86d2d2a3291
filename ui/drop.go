package ui

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
)

// Drop takes files that were dropped anywhere onto the window, one after another: a list of machines, invoices, a parcel, a case. Each goes
// to the page that would have asked for it, which says what it brought. Nothing is taken while a question is open or the file is locked.
func (u *UI) Drop(files []wizard.File) {
	if u.locked || u.key == KeyGuard || u.win.Canvas().Overlays().Top() != nil {
		u.Say(u.T("drop.notnow"))
		return
	}
	for _, f := range files {
		u.dropOne(f)
	}
}

func (u *UI) dropOne(f wizard.File) {
	key, needsCase := page.ReceiverOf(f.Name)
	switch {
	case key == "":
		u.fail(survey.Fail(survey.CodeDropped, "ui.drop", "%s", f.Name))
		return
	case needsCase && u.state == nil:
		u.fail(survey.Fail(survey.CodeDropNoCase, "ui.drop", "%s", f.Name))
		return
	}
	u.turn(key)
	if r, ok := u.pages[key].(page.Receiver); ok {
		r.Receive(f.Name, f.Data)
	}
}

// DropFailed says why a dropped file could not be read.
func (u *UI) DropFailed(err error) { u.fail(err) }
