package page

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// recoveryCard shows a recovery code the one time it can be shown: to be copied or printed. It goes on once one group of it was typed, as
// a sign that it stands on paper.
func recoveryCard(a Actions, code string, done func()) fyne.CanvasObject {
	n, group := view.AskedGroup(code)
	field := part.NewTextField(part.FieldSpec{Label: a.T("lock.code.group", n), Hint: a.T("lock.code.group.hint")})
	next := func() {
		if !view.SameGroup(field.Value(), group) {
			field.SetError(a.T("lock.code.group.wrong"))
			return
		}
		done()
	}
	field.OnSubmit(func(string) { next() })
	groups := part.Grid(3, 12)
	for i, g := range strings.Split(code, "-") {
		groups.Add(part.VStack(2, part.Muted(strconv.Itoa(i+1)), part.Title(g)))
	}
	buttons := part.Flow(10, part.Primary(a.T("lock.code.done"), "", next))
	if a.CanPrint() {
		buttons.Add(part.Secondary(a.T("lock.code.print"), "", func() { a.RecoverySheet(code, true) }))
	}
	buttons.Add(part.Secondary(a.T("lock.code.save"), "download", func() { a.RecoverySheet(code, false) }))
	return part.VStack(14, part.Heading(a.T("lock.code.title")), part.TintCard(groups), part.Notice(part.Warn, a.T("lock.code.text")), field, buttons)
}
