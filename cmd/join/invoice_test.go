package join

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

const (
	firmCode = "91430211MA4HY7K28C"
	supplier = "（样例）数据技术有限公司"
)

// invoiceXML is a 数电 XML of one line: 1,000.00 + 60.00.
func invoiceXML(number, date, seller, buyer string) []byte {
	return fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8"?><EInvoice><Header><InherentLabel><InIssuType><LabelCode>Y</LabelCode></InIssuType></InherentLabel></Header><EInvoiceData>
<SellerInformation><SellerName>%s</SellerName></SellerInformation><BuyerInformation><BuyerIdNum>%s</BuyerIdNum></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>1000.00</TotalAmWithoutTax><TotalTaxAm>60.00</TotalTaxAm><TotalTax-includedAmount>1060.00</TotalTax-includedAmount><TotalTax-includedAmountInChinese>壹仟零陆拾圆整</TotalTax-includedAmountInChinese></BasicInformation>
<IssuItemInformation><ItemName>*软件*接口开发</ItemName><Amount>1000.00</Amount><ComTaxAm>60.00</ComTaxAm></IssuItemInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>%s</InvoiceNumber><IssueTime>%s</IssueTime></TaxSupervisionInfo></EInvoice>`, seller, buyer, number, date)
}

// sampleDesk is a desk over a new case file with the sample firm.
func sampleDesk(t *testing.T) (*wizard.Desk, string) {
	t.Helper()
	d, closer, err := Desk(t.Context(), filepath.Join(t.TempDir(), "data"), "测试")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = closer.Close() })
	return d, adoptSample(t, d)
}

func adoptSample(t *testing.T, d *wizard.Desk) string {
	t.Helper()
	data, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		t.Fatal(err)
	}
	c, err := survey.DecodeCase(data)
	if err != nil {
		t.Fatal(err)
	}
	st, err := d.Adopt(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return st.Case.ID
}

func bring(t *testing.T, d *wizard.Desk, id, name string, data []byte) (*wizard.State, wizard.InvoicesBrought) {
	t.Helper()
	st, b, err := d.ImportInvoices(t.Context(), id, name, data)
	if err != nil {
		t.Fatal(err)
	}
	return st, b
}

func TestAnInvoiceComesWithItsContractItsFileAndIsUnverified(t *testing.T) {
	d, id := sampleDesk(t)
	file := invoiceXML("26432000000000000099", "2026-06-30", supplier, firmCode)
	st, b := bring(t, d, id, "a.xml", file)
	if b.Added != 1 || b.Linked != 1 || len(b.Problems)+len(b.Warnings)+len(b.Known) > 0 {
		t.Fatalf("%+v", b)
	}
	v := st.Case.Invoices[len(st.Case.Invoices)-1]
	a := st.Case.Attachments[len(st.Case.Attachments)-1]
	if v.Contract != "con-1" || v.Checked != survey.Unknown || v.ID == "" || v.Lines[0].ID == "" || v.Lines[0].Gross != 1060_00 || v.Evidence[0].Attachment != a.ID {
		t.Errorf("%+v", v)
	}
	if a.Role != "发票" || a.Name != "a.xml" || a.Type != "application/xml" || a.Size != int64(len(file)) {
		t.Errorf("%+v", a)
	}
	kept, err := d.Cases.Load(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(st.Case.Invoices, kept.Invoices); diff != "" {
		t.Errorf("stored otherwise:\n%s", diff)
	}
	again, b := bring(t, d, id, "a.xml", file)
	if b.Added != 0 || len(b.Known) != 1 || !strings.Contains(b.Known[0], "没有重复添加") {
		t.Errorf("again: %+v", b)
	}
	if diff := cmp.Diff(st.Case, again.Case); diff != "" {
		t.Errorf("the same file again changes the case:\n%s", diff)
	}
}

func TestWhatDoesNotFitTheCaseIsNamed(t *testing.T) {
	const number = "26432000000000000098"
	good := [...]string{number, "2026-06-30", supplier, firmCode}
	for name, tt := range map[string]struct {
		change func(v *[4]string)
		says   string
		known  bool
	}{
		"nothing amiss":    {func(*[4]string) {}, "", false},
		"other buyer":      {func(v *[4]string) { v[3] = "91430000000000000X" }, "不是本企业", false},
		"before the start": {func(v *[4]string) { v[1] = "2025-12-31" }, "早于项目开始日期 2026-01-15", false},
		"after the end":    {func(v *[4]string) { v[1] = "2026-11-01" }, "晚于项目完成日期 2026-10-31", false},
		"first day":        {func(v *[4]string) { v[1] = "2026-01-15" }, "", false},
		"number is known":  {func(v *[4]string) { v[0] = "26432000000000000011" }, "价税合计（已登记“1,971,600.00”，文件“1,060.00”）不同，没有改动", true},
	} {
		t.Run(name, func(t *testing.T) {
			d, id := sampleDesk(t)
			v := good
			tt.change(&v)
			_, b := bring(t, d, id, "a.xml", invoiceXML(v[0], v[1], v[2], v[3]))
			told := strings.Join(slices.Concat(b.Warnings, b.Known), "\n")
			if tt.says == "" && told != "" || !strings.Contains(told, tt.says) {
				t.Errorf("told %q, want %q", told, tt.says)
			}
			if (b.Added == 0) != tt.known {
				t.Errorf("%+v", b)
			}
		})
	}
}

func TestANumberOfAnotherCaseIsNamed(t *testing.T) {
	d, id := sampleDesk(t)
	other := adoptSample(t, d)
	file := invoiceXML("26432000000000000097", "2026-06-30", supplier, firmCode)
	if _, b := bring(t, d, other, "a.xml", file); len(b.Warnings) > 0 {
		t.Fatalf("first: %+v", b)
	}
	_, b := bring(t, d, id, "a.xml", file)
	if b.Added != 1 || len(b.Warnings) != 1 || !strings.Contains(b.Warnings[0], "另一案卷（株洲恒硬刀具有限公司）已登记同一号码") {
		t.Errorf("%+v", b)
	}
}

func TestAnInvoiceIsLinkedOnlyWhereOneContractFits(t *testing.T) {
	d, id := sampleDesk(t)
	_, b := bring(t, d, id, "a.xml", invoiceXML("26432000000000000096", "2026-06-30", "从未签约有限公司", firmCode))
	if b.Linked != 0 {
		t.Errorf("no contract: %+v", b)
	}
	_, key, err := d.Add(t.Context(), id, wizard.AddContract, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Set(t.Context(), id, "contracts."+key+".supplier", "(样例)数据技术有限公司"); err != nil {
		t.Fatal(err)
	}
	_, b = bring(t, d, id, "b.xml", invoiceXML("26432000000000000095", "2026-06-30", supplier, firmCode))
	if b.Linked != 0 || b.Invoices[0].Contract != "" {
		t.Errorf("two contracts: %+v", b)
	}
}

func TestAFileWithoutAnInvoiceChangesNothing(t *testing.T) {
	d, id := sampleDesk(t)
	before, err := d.Cases.Load(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	red := strings.Replace(string(invoiceXML("26432000000000000094", "2026-06-30", supplier, firmCode)), ">Y<", ">N<", 1)
	if _, b := bring(t, d, id, "red.xml", []byte(red)); b.Added != 0 || len(b.Problems) != 1 || !strings.Contains(b.Problems[0], "红字") {
		t.Errorf("%+v", b)
	}
	if _, _, err := d.ImportInvoices(t.Context(), id, "x.xml", []byte("<a>")); survey.CodeOf(err) != survey.CodeFileBroken {
		t.Errorf("broken: %v", err)
	}
	after, err := d.Cases.Load(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error(diff)
	}
}
