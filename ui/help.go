package ui

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/page"
	"github.com/shangyuntong/shangyun/ui/part"
)

// Help explains the page that is shown, or a topic of the help; nothing while the case file is locked or not guarded yet.
func (u *UI) Help(topic string) {
	if u.locked || u.key == KeyGuard || u.win.Canvas().Overlays().Top() != nil {
		return
	}
	if u.key != KeyHelp {
		u.asked = u.key
	}
	u.turn(KeyHelp)
	if h, ok := u.pages[KeyHelp].(page.Helper); ok {
		h.Explain(u.asked, topic)
	}
}

// Return goes back to the page from which the help was asked.
func (u *UI) Return() {
	if u.key != KeyHelp {
		return
	}
	if u.asked == "" {
		u.asked = KeyHome
	}
	u.turn(u.asked)
}

// ToggleHelp opens the help, or goes back from it.
func (u *UI) ToggleHelp() {
	if u.key == KeyHelp {
		u.Return()
		return
	}
	u.Help("")
}

// plainKey takes F1, whatever has the focus.
func (u *UI) plainKey(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyF1 {
		return false
	}
	u.ToggleHelp()
	return true
}

// turnByKey undoes or redoes while an entry has the focus in which nothing was typed since it took it; else the entry keeps the keys for its text.
func (u *UI) turnByKey(k fyne.Shortcut) bool {
	e, typing := u.win.Canvas().Focused().(*part.Entry)
	if !typing || !e.Untouched() || u.state == nil || u.win.Canvas().Overlays().Top() != nil {
		return false
	}
	switch k.(type) {
	case *fyne.ShortcutUndo:
		u.Undo()
	case *fyne.ShortcutRedo:
		u.Redo()
	default:
		return false
	}
	return true
}
