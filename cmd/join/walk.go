package join

import (
	"time"

	"github.com/shangyuntong/shangyun/connectors/document"
	ledger "github.com/shangyuntong/shangyun/connectors/importer"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

const pdfType = "application/pdf"

// walks writes and reads what is carried through the workshops, and the page that is signed after a check.
type walks struct{}

func (walks) Print(w survey.Walk) (wizard.File, error) {
	data, err := document.WalkSheet(w, printFonts())
	return wizard.File{Name: wizard.FileName("走访表-" + w.Firm + ".pdf"), Role: "walk", Type: pdfType, Data: data}, err
}

func (walks) List(w survey.Walk) (wizard.File, error) {
	data, err := document.WalkList(w)
	return wizard.File{Name: wizard.FileName("走访表-" + w.Firm + ".xlsx"), Role: "walk", Type: sheetType, Data: data}, err
}

func (walks) Read(_ string, data []byte, fields []survey.WalkField) ([]survey.WalkRow, []string, error) {
	return ledger.Walk(data, fields)
}

func (walks) Sign(s survey.SignSheet) (wizard.File, error) {
	data, err := document.SignSheet(s, time.Now(), printFonts())
	return wizard.File{Name: wizard.FileName("检查签字页-" + s.Firm + ".pdf"), Role: "sign", Type: pdfType, Data: data}, err
}

// sheets writes plain tables.
func sheets(name string, list []wizard.Sheet) (wizard.File, error) {
	tables := make([]document.Table, len(list))
	for i, s := range list {
		tables[i] = document.Table{Name: s.Name, Title: s.Title, Head: s.Head, Widths: s.Widths, Rows: s.Rows}
	}
	data, err := document.Tables(tables...)
	return wizard.File{Name: name, Role: "sheet", Type: sheetType, Data: data}, err
}
