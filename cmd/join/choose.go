package join

import (
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
	return p
}

// letters writes inquiries and reads replies.
type letters struct{}

func (letters) Inquiry(l recommend.Letter) (wizard.File, error) {
	data, err := document.Inquiry(l)
	return wizard.File{Name: wizard.FileName("询价函-" + l.Vendor + ".xlsx"), Role: "inquiry", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: data}, err
}

func (letters) Reply(data []byte) ([]survey.Quote, []string, error) {
	r, err := ledger.ReadReply(data)
	return r.Quotes, r.Problems, err
}
