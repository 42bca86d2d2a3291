package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const invoiceXML = `<?xml version="1.0" encoding="UTF-8"?><EInvoice><EInvoiceData><SellerInformation><SellerName>长沙某某软件有限公司</SellerName></SellerInformation><BuyerInformation><BuyerIdNum>91430211MA4HY7K28C</BuyerIdNum></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>1000.00</TotalAmWithoutTax><TotalTaxAm>60.00</TotalTaxAm><TotalTax-includedAmount>1060.00</TotalTax-includedAmount></BasicInformation>
<IssuItemInformation><ItemName>*软件*接口开发</ItemName><Amount>1000.00</Amount><ComTaxAm>60.00</ComTaxAm></IssuItemInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>26432000000000000099</InvoiceNumber><IssueTime>2026-06-30</IssueTime></TaxSupervisionInfo></EInvoice>`

func TestInvoiceFilesAreReadOneByOneAndABadOneIsNamed(t *testing.T) {
	dir := t.TempDir()
	run := func(want int, args ...string) (string, string) {
		t.Helper()
		var out, errs bytes.Buffer
		if code := Main(t.Context(), append([]string{"--data", filepath.Join(dir, "data")}, args...), &out, &errs); code != want {
			t.Fatalf("%v: exit %d, want %d\n%s%s", args, code, want, &out, &errs)
		}
		return out.String(), errs.String()
	}
	good, bad := filepath.Join(dir, "a.xml"), filepath.Join(dir, "b.pdf")
	for name, text := range map[string]string{good: invoiceXML, bad: "%PDF-1.7"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run(0, "case", "new", "株洲测试有限公司")
	out, errs := run(3, "invoice", bad, good)
	for _, want := range []string{"a.xml：读到 1 张，新增 1 张", "未验真", "企业信用代码未填"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in %q", want, out)
		}
	}
	if !strings.Contains(errs, "b.pdf：E0203") {
		t.Errorf("the bad file is not named: %q", errs)
	}
	out, _ = run(0, "--json", "invoice", good)
	var got []invoiceFile
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got) != 1 || got[0].Brought.Added != 0 || len(got[0].Brought.Known) != 1 {
		t.Errorf("%v: %s", err, out)
	}
	if strings.Contains(out, "null") {
		t.Errorf("an empty list is null: %s", out)
	}
}
