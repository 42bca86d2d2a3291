package join

import (
	"strings"

	"github.com/shangyuntong/shangyun/connectors/document"
	ledger "github.com/shangyuntong/shangyun/connectors/importer"
	"github.com/shangyuntong/shangyun/connectors/parcel"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// choosing adds what choosing needs: inquiries, replies and the check of signatures.
func choosing(p wizard.Parts) wizard.Parts {
	p.Letters, p.Signers = letters{}, parcel.Parcels{}
	p.Walks, p.Sheets, p.Codes = walks{}, sheets, ledger.Codes
	return p
}

// letters writes inquiries and reads replies.
type letters struct{}

func (letters) Inquiry(l recommend.Letter) (wizard.File, error) {
	data, err := document.Inquiry(l)
	return wizard.File{Name: wizard.FileName("询价函-" + l.Vendor + ".xlsx"), Role: "inquiry", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: data}, err
}

// Comparison writes the comparison table as one sheet.
func (letters) Comparison(title string, rows []wizard.Compared) (wizard.File, error) {
	t := document.Table{Name: "比价表", Title: title, Head: []string{"需求", "入选", "厂商", "产品", "首年费用", "覆盖", "价格性质", "依据", "核对日期", "说明"},
		Widths: []float64{22, 6, 18, 26, 16, 8, 10, 34, 12, 40}}
	for _, x := range rows {
		chosen, whole := "", "全部"
		if x.Chosen {
			chosen = "✓"
		}
		if x.Halves < 2 {
			whole = "一半"
		}
		from := x.Offer.PriceFrom
		if from == "" {
			from = x.Offer.Source
		}
		t.Rows = append(t.Rows, []string{x.Title, chosen, x.Vendor, x.Offer.Title, strings.TrimSuffix(x.Price, " 元"), whole, priceWord(x.Offer.PriceKind), from, string(x.Offer.Checked), x.Offer.Note})
	}
	data, err := document.Tables(t)
	return wizard.File{Name: wizard.FileName("比价表.xlsx"), Role: "comparison", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: data}, err
}

func priceWord(k recommend.PriceKind) string {
	for _, n := range recommend.PriceKindNames {
		if n.Value == k {
			return n.Name
		}
	}
	return string(k)
}

func (letters) Reply(data []byte) ([]survey.Quote, []string, error) {
	r, err := ledger.ReadReply(data)
	return r.Quotes, r.Problems, err
}
