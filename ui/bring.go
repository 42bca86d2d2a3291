package ui

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
)

// Bring opens a file that the person double-clicked: a case is taken in after a question, a parcel is shown on the settings page before it is
// taken. While the cases are locked it only says so.
func (u *UI) Bring(file string, data []byte, err error) {
	switch {
	case err != nil:
		u.fail(err)
	case u.locked:
		u.fail(survey.Fail(survey.CodeLocked, "ui.bring", "%s", filepath.Base(file)))
	case strings.EqualFold(filepath.Ext(file), ".syparcel"):
		u.Settings()
		if p, ok := u.pages[KeySettings].(page.ParcelTaker); ok {
			p.TakeParcel(data)
		}
	default:
		u.offer(file, data)
	}
}

// offer names the firm of an exchange file before it becomes a case here.
func (u *UI) offer(file string, data []byte) {
	var c *survey.Case
	u.Run("", func(context.Context, *wizard.Desk, func(string, float64)) (st *wizard.State, err error) {
		c, err = survey.DecodeCase(data)
		return nil, err
	}, func(err error) {
		if err == nil {
			u.Ask(u.T("bring.ask"), u.T("bring.text", c.Firm.Name, filepath.Base(file)), u.T("bring.yes"), func() { u.Adopt(data) })
		}
	})
}
