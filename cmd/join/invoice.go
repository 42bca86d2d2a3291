package join

import (
	"time"

	ledger "github.com/shangyuntong/shangyun/connectors/importer"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// invoices reads electronic invoices for the desk.
type invoices struct{}

func (invoices) Invoices(name string, data []byte, at time.Time) (wizard.InvoicesBrought, error) {
	b, err := ledger.ReadInvoices(name, data, at)
	if err != nil {
		return wizard.InvoicesBrought{}, err
	}
	out := wizard.InvoicesBrought{Invoices: append([]survey.Invoice{}, b.Invoices...), Problems: []string{}}
	for _, p := range b.Problems {
		out.Problems = append(out.Problems, p.String())
	}
	return out, nil
}
