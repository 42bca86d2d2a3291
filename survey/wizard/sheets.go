package wizard

import (
	"context"

	"github.com/shangyuntong/shangyun/survey"
)

// Sheet is one plain table: a name for its tab, a title above it, the head and rows of texts.
type Sheet struct {
	Name, Title string
	Head        []string
	Widths      []float64 // of the columns, in characters
	Rows        [][]string
}

// Sheets writes plain tables as one XLSX.
type Sheets func(name string, list []Sheet) (File, error)

// TakeBeside gives a comparison of firms as an XLSX, after the consent for each firm in it: all are asked for before anything is made.
func (d *Desk) TakeBeside(ctx context.Context, ids []string, s Sheet, l Leaving) (File, error) {
	if d.Sheets == nil {
		return File{}, survey.Fail(survey.CodeNotReady, "wizard.compare", "此程序不带表格导出")
	}
	l.Kind = LeavesCompare
	f, err := d.Sheets("企业对比.xlsx", []Sheet{s}) // first: what cannot be made does not leave
	if err != nil {
		return File{}, err
	}
	for _, id := range ids {
		if err := d.Leave(ctx, id, l); err != nil {
			return File{}, err
		}
	}
	return f, nil
}
