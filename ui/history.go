package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

// redoShifted is Ctrl+Shift+Z; Ctrl+Z and Ctrl+Y come as Fyne's own undo and redo.
var redoShifted = &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}

// keys takes the keys of undo and redo. An entry with the focus keeps them for the text in it.
func (u *UI) keys() {
	c := u.win.Canvas()
	c.AddShortcut(&fyne.ShortcutUndo{}, u.ByKey)
	c.AddShortcut(&fyne.ShortcutRedo{}, u.ByKey)
	c.AddShortcut(redoShifted, u.ByKey)
	c.AddShortcut(findKey, func(fyne.Shortcut) { u.Seek() })
	c.AddShortcut(lockKey, func(k fyne.Shortcut) { u.lockByKey(k) })
	c.SetOnTypedKey(func(k *fyne.KeyEvent) { u.plainKey(k) })
	part.Everywhere(func(k fyne.Shortcut) bool { return u.findByKey(k) || u.lockByKey(k) || u.turnByKey(k) }, u.plainKey)
}

// ByKey undoes or redoes as a key of the window asks; it does nothing while an entry has the focus or a message is open.
func (u *UI) ByKey(k fyne.Shortcut) {
	c := u.win.Canvas()
	if _, typing := c.Focused().(*part.Entry); typing || c.Overlays().Top() != nil || u.state == nil {
		return
	}
	if _, undo := k.(*fyne.ShortcutUndo); undo {
		u.Undo()
	} else {
		u.Redo()
	}
}

// Undo takes the newest edit of the open case back, Redo brings it back; a short notice says which.
func (u *UI) Undo() {
	u.step("undo", func(st *wizard.State) *wizard.Turn { return st.CanUndo }, (*wizard.Desk).Undo)
}

// Redo brings back what Undo took.
func (u *UI) Redo() {
	u.step("redo", func(st *wizard.State) *wizard.Turn { return st.CanRedo }, (*wizard.Desk).Redo)
}

func (u *UI) step(name string, next func(*wizard.State) *wizard.Turn, verb func(*wizard.Desk, context.Context, string) (*wizard.State, error)) {
	u.win.Canvas().Unfocus() // what is being typed is saved first and is then the newest edit
	id := u.Case()
	if id == "" {
		return
	}
	told := ""
	u.run(u.T("history."+name), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		st, err := d.Open(ctx, id)
		if err != nil {
			return nil, err
		}
		what := next(st)
		if what == nil {
			told = u.T("history.none." + name)
			return st, nil
		}
		told = u.T("history."+name+".done", wizard.Say(u.T).Turn(what))
		return verb(d, ctx, id)
	}, func(err error) {
		if err != nil {
			u.fail(err)
			return
		}
		u.Say(told)
	})
}

// showTurns brings the rail's undo and redo up to date.
func (u *UI) showTurns() {
	turn := func(name string, t *wizard.Turn, tap func()) part.RailTurn {
		return part.RailTurn{Label: u.T("history." + name), Note: u.T("history."+name+".what", wizard.Say(u.T).Turn(t)), Off: t == nil, OnTap: tap}
	}
	var undo, redo *wizard.Turn
	if u.state != nil {
		undo, redo = u.state.CanUndo, u.state.CanRedo
	}
	u.rail.SetTurns(turn("undo", undo, u.Undo), turn("redo", redo, u.Redo))
}
