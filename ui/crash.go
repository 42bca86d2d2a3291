package ui

import (
	"github.com/shangyuntong/shangyun/ui/part"
)

// tellCrash says once that the last run did not end by itself and that nothing is lost: the case file was opened whole, and every field is saved
// when it is left.
func (u *UI) tellCrash() {
	report := u.cfg.Earlier
	if report == "" {
		return
	}
	u.cfg.Earlier = ""
	note := part.Note{Kind: part.OK, Title: u.T("crash.title"), Text: u.T("crash.text", report), Button: u.T("button.ok")}
	if u.cfg.System.Show != nil {
		note.More = []*part.Button{part.Secondary(u.T("crash.folder"), "folder", func() { u.OpenFolder(u.cfg.Folder) })}
	}
	part.NewMessage(note).ShowOn(u.win.Canvas())
}
