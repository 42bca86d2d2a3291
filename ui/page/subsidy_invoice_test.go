package page_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/importer"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

const invoiceXML = `<EInvoice><EInvoiceData><SellerInformation><SellerName>（样例）数据技术有限公司</SellerName></SellerInformation><BuyerInformation><BuyerIdNum>91430211MA4HY7K28C</BuyerIdNum></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>1000.00</TotalAmWithoutTax><TotalTaxAm>60.00</TotalTaxAm><TotalTax-includedAmount>1060.00</TotalTax-includedAmount></BasicInformation>
<IssuItemInformation><ItemName>*软件*接口开发</ItemName><Amount>1000.00</Amount><ComTaxAm>60.00</ComTaxAm></IssuItemInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>26432000000000000099</InvoiceNumber><IssueTime>2025-06-30</IssueTime></TaxSupervisionInfo></EInvoice>`

// invoices reads by the real importer.
type invoices struct{}

func (invoices) Invoices(name string, data []byte, at time.Time) (wizard.InvoicesBrought, error) {
	b, err := importer.ReadInvoices(name, data, at)
	out := wizard.InvoicesBrought{Invoices: b.Invoices}
	for _, p := range b.Problems {
		out.Problems = append(out.Problems, fmt.Sprint(p))
	}
	return out, err
}

func TestInvoicesAreImportedAndWhatTheyBroughtIsTold(t *testing.T) {
	s := sampleStand(t, func(p *wizard.Parts) { p.Invoices = invoices{} })
	before := len(s.stored().Invoices)
	s.ui.Go(wizard.StepSubsidy)
	s.pick = wizard.File{Name: "a.xml", Data: []byte(invoiceXML)}
	s.tap("导入发票")
	s.sees("“a.xml”的读取结果", "新增 1 张，其中 1 张已关联合同", "未验真", "早于项目开始日期", "26432000000000000099")
	if got := s.stored(); len(got.Invoices) != before+1 || got.Attachments[len(got.Attachments)-1].Role != "发票" {
		t.Errorf("%d invoices", len(got.Invoices))
	}
	s.tap("导入发票")
	s.sees("新增 0 张", "没有重复添加")
	s.pick = wizard.File{Name: "红字.xml", Data: []byte(strings.Replace(invoiceXML, ">1060.00<", ">-1060.00<", 1))}
	s.tap("导入发票")
	s.sees("红字.xml（26432000000000000099）：这是红字发票")
	s.tap("关闭读取结果")
	s.misses("这是红字发票")
	s.pick = wizard.File{Name: "坏.xml", Data: []byte("<a>")}
	s.tap("导入发票")
	s.sees("E0201")
	if got := s.stored(); len(got.Invoices) != before+1 {
		t.Errorf("%d invoices", len(got.Invoices))
	}
}
