package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

// Picture asks for a folder and writes a chart as PNG, at twice its size on screen, and as SVG.
func (u *UI) Picture(name string, draw func() fyne.CanvasObject) {
	u.folder(func(folder string) {
		l := wizard.Leaving{Kind: wizard.LeavesChart, Where: folder, By: u.cfg.Desk.By}
		png, err := part.PNG(draw())
		if err != nil {
			u.fail(err)
			return
		}
		stem := wizard.FileName(name)
		files := []wizard.File{{Name: stem + ".png", Data: png}, {Name: stem + ".svg", Data: part.SVG(draw())}}
		id := u.Case()
		u.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			if err := d.Leave(ctx, id, l); err != nil {
				return nil, err
			}
			return nil, u.cfg.System.Write(folder, files)
		}, func(err error) {
			if err == nil {
				u.Say(u.T("saved.to", len(files), folder))
			}
		})
	})
}

// Photos asks for a folder and hands over the pictures in it.
func (u *UI) Photos(title string, got func([]wizard.Photo)) {
	u.PickFolder(title, func(folder string) {
		var list []wizard.Photo
		u.Run("", func(context.Context, *wizard.Desk, func(string, float64)) (_ *wizard.State, err error) {
			list, err = u.cfg.System.Photos(folder)
			return nil, err
		}, func(err error) {
			if err == nil {
				got(list)
			}
		})
	})
}
