package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// PickFolder asks for a folder.
func (u *UI) PickFolder(title string, got func(folder string)) {
	u.cfg.System.Folder(u.win, title, func(folder string, err error) {
		switch {
		case err != nil:
			u.fail(err)
		case folder != "":
			got(folder)
		}
	})
}

// OpenFolder shows a folder in the system's own file manager.
func (u *UI) OpenFolder(folder string) {
	if u.cfg.System.Show == nil {
		return
	}
	if err := u.cfg.System.Show(folder); err != nil {
		u.fail(survey.Wrap(survey.CodeFileMissing, "ui.folder", err))
	}
}

// CanPrint tells whether this computer prints without leaving a file.
func (u *UI) CanPrint() bool { return u.cfg.System.Print != nil }

// RecoverySheet prints the page with a recovery code, or saves it where the person says, after a warning. It is kept nowhere else.
func (u *UI) RecoverySheet(code string, print bool) {
	f, err := u.cfg.System.Sheet(code, u.cfg.Desk.LockState().Number)
	switch {
	case err != nil:
		u.fail(err)
	case print:
		u.cfg.System.Print(f, func(err error) {
			if err != nil {
				u.fail(err)
				return
			}
			u.Say(u.T("lock.code.printed"))
		})
	default:
		u.Ask(u.T("lock.code.save.title"), u.T("lock.code.save.text"), u.T("lock.code.save"), func() { u.SaveFiles("", []wizard.File{f}) })
	}
}

// dueEvery is how often a window that stays open looks whether a backup is due.
const dueEvery = time.Hour

// backUpDaily sees to the daily backup of a window that stays open; its start and each unlocking see to their own.
func (u *UI) backUpDaily() {
	if !u.loop.inline {
		u.daily = time.AfterFunc(dueEvery, func() { fyne.Do(u.BackUpDue) })
	}
}

// BackUpDue makes a backup when one is due, and looks again later.
func (u *UI) BackUpDue() {
	u.loop.Add(func(ctx context.Context) { _ = u.cfg.Desk.BackupDue(ctx) }, u.backUpDaily) // the settings tell what is wrong with it
}
