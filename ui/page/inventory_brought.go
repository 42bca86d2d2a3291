package page

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
)

// broughtCard tells what an import or a scan did: lines added, completed and known already, conflicts, and every row that needs a person or
// was left out, with its place.
func broughtCard(a Actions, title string, b wizard.Brought, close, disputes func()) fyne.CanvasObject {
	head := part.HStack(8, part.Icon("check", 18, theme.OK), part.Grow(part.Heading(title)), part.IconButton("cross", a.T("inventory.brought.close"), close))
	list := part.VStack(10, head, part.Body(a.T("inventory.brought.sum", b.Added, b.Changed, b.Unchanged)))
	if b.Ledger.Sheet != "" {
		list.Add(part.Muted(a.T("inventory.brought.sheet", b.Ledger.Sheet)))
	}
	if len(b.Systems) > 0 {
		list.Add(part.Notice(part.Info, a.T("stock.systems", len(b.Systems), b.Newly, strings.Join(b.Systems, a.T("stock.comma")))))
	}
	if b.Conflicts > 0 {
		list.Add(part.Notice(part.Warn, a.T("inventory.brought.conflicts", b.Conflicts)))
		list.Add(part.HStack(0, part.Secondary(a.T("inventory.brought.settle"), "", disputes).Small()))
	}
	lines := func(key string, rows []string) {
		if len(rows) == 0 {
			return
		}
		inner := part.VStack(4, part.Line(a.T(key, len(rows)), theme.SizeCell, theme.Ink, true))
		for _, r := range rows {
			inner.Add(part.Muted(r))
		}
		list.Add(part.InnerCard(inner))
	}
	lines("inventory.brought.problems", b.Ledger.Problems)
	lines("inventory.brought.skipped", b.Ledger.Skipped)
	lines("inventory.brought.columns", b.Ledger.Columns)
	return part.BareCard(part.Scroll(part.Pad(14, 16, 14, 16, list)))
}
