package importer

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/shangyuntong/shangyun/survey"
)

func bills(t testing.TB, name string, data []byte) InvoiceBatch {
	t.Helper()
	b, err := ReadInvoices(name, data, readAt)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// told joins what was said about a batch.
func told(b InvoiceBatch) string {
	var s []string
	for _, p := range b.Problems {
		s = append(s, p.Text)
	}
	return strings.Join(s, "\n")
}

// want is the sample invoice as it must come out.
func (b bill) want(file string, from trust) survey.Invoice {
	v := survey.Invoice{
		Number: b.number, Issued: survey.Date(b.date), Seller: b.seller, BuyerCode: b.buyerTax,
		Evidence: []survey.Evidence{{Source: survey.SourceInvoice, At: readAt.UTC(), Ref: file, Note: from.String()}},
	}
	for _, l := range b.lines {
		v.Lines = append(v.Lines, survey.InvoiceLine{Item: l.item, Net: l.net, Tax: l.tax, Gross: l.net + l.tax})
	}
	return v
}

func TestEveryPublishedFormGivesTheSameInvoice(t *testing.T) {
	b, old := sampleBill(), sampleBill()
	old.number, old.code = "12345678", "043001900104"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(strings.Replace(string(b.xml()), "UTF-8", "GBK", 1))
	if err != nil {
		t.Fatal(err)
	}
	customOnly := pack(t, "OFD.xml", strings.Replace(ofdRoot, "<ofd:DocRoot>", `<ofd:CustomDatas><ofd:CustomData Name="发票号码">26432000000012345678</ofd:CustomData><ofd:CustomData Name="价税合计">2077600.00</ofd:CustomData><ofd:CustomData Name="合计税额">117600.00</ofd:CustomData><ofd:CustomData Name="开票日期">2026-03-05</ofd:CustomData></ofd:CustomDatas><ofd:DocRoot>`, 1))
	tests := map[string]struct {
		file string
		data []byte
		want survey.Invoice
	}{
		"xml":                    {"a.xml", b.xml(), b.want("a.xml", trustXML)},
		"xml with a mark":        {"a.xml", append([]byte("\xEF\xBB\xBF"), b.xml()...), b.want("a.xml", trustXML)},
		"xml in GBK":             {"a.xml", []byte(gbk), b.want("a.xml", trustXML)},
		"ofd with attachment":    {"a.ofd", old.ofdAttached(t), old.want("a.ofd", trustAttachment)},
		"ofd with tags":          {"a.ofd", b.ofdTagged(t), b.want("a.ofd", trustTags)},
		"zip of one":             {"/tmp/下载.zip", pack(t, "票/a.xml", string(b.xml()), "票/a.pdf", "%PDF-"), b.want("下载.zip 中 票/a.xml", trustXML)},
		"2019 data as a file":    {"a.xml", old.old(), old.want("a.xml", trustXML)},
		"ofd with key data only": {"a.ofd", customOnly, survey.Invoice{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := bills(t, tt.file, tt.data)
			if len(got.Invoices) != 1 {
				t.Fatalf("%d invoices: %s", len(got.Invoices), told(got))
			}
			if tt.want.Number == "" {
				v := got.Invoices[0]
				if v.Number != b.number || v.Lines[0].Net != 1_960_000_00 || !strings.Contains(told(got), "没有明细") || !strings.Contains(told(got), "购买方") {
					t.Errorf("%+v, told %s", v, told(got))
				}
				return
			}
			if d := cmp.Diff([]survey.Invoice{tt.want}, got.Invoices); d != "" || len(got.Problems) > 0 {
				t.Errorf("%s\n%s", d, told(got))
			}
		})
	}
}

func TestQRCodeGivesNumberDateAndTotalOnly(t *testing.T) {
	b, old := sampleBill(), sampleBill()
	old.number, old.code = "12345678", "043001900104"
	for name, tt := range map[string]struct {
		data []byte
		want survey.InvoiceLine
		no   string
	}{
		"png":            {b.png(t), survey.InvoiceLine{Gross: 2_077_600_00}, b.number},
		"photo":          {b.photo(t), survey.InvoiceLine{Gross: 2_077_600_00}, b.number},
		"photo of a 税控票": {old.photo(t), survey.InvoiceLine{Net: 1_960_000_00}, "12345678"},
	} {
		t.Run(name, func(t *testing.T) {
			got := bills(t, "a.png", tt.data)
			if len(got.Invoices) != 1 {
				t.Fatal(told(got))
			}
			v := got.Invoices[0]
			if v.Number != tt.no || v.Issued != "2026-03-05" || v.Seller != "" || v.Checked != survey.Unknown || len(v.Lines) != 1 || v.Lines[0] != tt.want {
				t.Errorf("%+v", v)
			}
			if !strings.Contains(told(got), "补全前不计入费用") {
				t.Errorf("told %s", told(got))
			}
		})
	}
}

func TestBetterWitnessIsTakenAndEveryDifferenceIsNamed(t *testing.T) {
	b, other := sampleBill(), sampleBill()
	other.date, other.seller = "2026-04-05", "另一家公司"
	other.lines = []billLine{{"x", 100_00, 6_00}}
	same := pack(t, "b.png", string(b.png(t)), "c.ofd", string(b.ofdTagged(t)), "a.xml", string(b.xml()))
	if got := bills(t, "z.zip", same); len(got.Invoices) != 1 || len(got.Problems) > 0 || got.Invoices[0].Evidence[0].Note != "数电 XML" {
		t.Errorf("agreeing witnesses: %+v", got)
	}
	got := bills(t, "z.zip", pack(t, "b.png", string(other.png(t)), "c.ofd", string(other.ofdTagged(t)), "a.xml", string(b.xml())))
	if d := cmp.Diff([]survey.Invoice{b.want("z.zip 中 a.xml", trustXML)}, got.Invoices); d != "" {
		t.Error(d)
	}
	for _, want := range []string{"开票日期不一致：数电 XML为“2026-03-05”，OFD 标引（z.zip 中 c.ofd）为“2026-04-05”", "二维码（z.zip 中 b.png）为“106.00”", "销售方不一致", "税额不一致"} {
		if !strings.Contains(told(got), want) {
			t.Errorf("%q is not told in\n%s", want, told(got))
		}
	}
	tag, page := other.tags()
	tag = strings.Replace(tag, "</ofd:eInvoice>", "", 1) + "</ofd:eInvoice>"
	both := pack(t, "OFD.xml", ofdRoot, "Doc_0/Attachs/original_invoice.xml", string(b.xml()), "Doc_0/Tags/CustomTag.xml", tag,
		"Doc_0/Pages/Page_0/Content.xml", strings.Replace(page, b.number, "26432000000099999999", 1))
	got = bills(t, "a.ofd", both)
	if len(got.Invoices) != 1 || got.Invoices[0].Number != b.number || !strings.Contains(told(got), "发票号码不一致") {
		t.Errorf("attachment against tags: %+v\n%s", got.Invoices, told(got))
	}
}

func TestInvoicesThatContradictThemselvesStayOut(t *testing.T) {
	good := string(sampleBill().xml())
	for name, tt := range map[string]struct{ from, to, says string }{
		"line total":            {"<TotaltaxIncludedAmount>106000.00<", "<TotaltaxIncludedAmount>106000.01<", "第 2 行不含税"},
		"line net":              {"<Amount>100000.00<", "<Amount>99999.99<", "第 2 行"},
		"sum of net":            {"<TotalAmWithoutTax>1960000.00<", "<TotalAmWithoutTax>1960000.01<", "不等于价税合计"},
		"total":                 {"<TotalTax-includedAmount>2077600.00<", "<TotalTax-includedAmount>9077600.00<", "大写"},
		"words":                 {"贰佰零柒万", "玖佰零柒万", "两者不符"},
		"a line too few":        {"<IssuItemInformation><ItemName>*信息", "<Gone><ItemName>*信息", "之和"},
		"red label":             {"<LabelCode>Y<", "<LabelCode>N<", "红字"},
		"red block":             {"<SpecificInformation/>", "<SpecificInformation><RedEInvoice/></SpecificInformation>", "红字"},
		"red total":             {"<TotalTax-includedAmount>", "<TotalTax-includedAmount>-", "红字"},
		"number ruined":         {"<InvoiceNumber>26432000000012345678", "<InvoiceNumber>2643200000001234567", "19 位"},
		"two numbers":           {"<EIid>26432000000012345678", "<EIid>26432000000012345670", "两个发票号码"},
		"letters in the number": {"26432000000012345678", "2643200000001234567X", "读不出"},
		"no number":             {"26432000000012345678", "", "没有读到发票号码"},
		"amount no number":      {"<Amount>100000.00<", "<Amount>１0万四<", "第 2 行的金额读不出"},
		"negative line":         {"<Amount>100000.00</Amount><TaxRate>0.06</TaxRate><ComTaxAm>6000.00</ComTaxAm><TotaltaxIncludedAmount>106000.00", "<Amount>-1.00</Amount><TaxRate>0.06</TaxRate><ComTaxAm>0.00</ComTaxAm><TotaltaxIncludedAmount>-1.00", "是负数"},
		"amount beyond all use": {"<Amount>100000.00<", "<Amount>99999999999999999999<", "读不出"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(good, tt.from) {
				t.Fatalf("the invoice holds no %q", tt.from)
			}
			bad := strings.ReplaceAll(good, tt.from, tt.to)
			if name == "a line too few" {
				i := strings.Index(bad, "<Gone>")
				bad = bad[:i] + strings.Replace(bad[i:], "</IssuItemInformation>", "</Gone>", 1)
			}
			got := bills(t, "a.xml", []byte(bad))
			if len(got.Invoices) != 0 || len(got.Problems) == 0 || !got.Problems[0].LeftOut || got.Problems[0].Code == "" || got.Problems[0].File != "a.xml" {
				t.Fatalf("%+v", got)
			}
			if !strings.Contains(told(got), tt.says) {
				t.Errorf("%q is not told in %q", tt.says, told(got))
			}
		})
	}
}

func TestWhatCanBeMendedIsKeptAndNamed(t *testing.T) {
	good := string(sampleBill().xml())
	got := bills(t, "a.xml", []byte(strings.Replace(good, "<IssueTime>2026-03-05", "<IssueTime>2026-02-30", 1)))
	if len(got.Invoices) != 1 || got.Invoices[0].Issued != "" || !strings.Contains(told(got), "开票日期“2026-02-30”读不出") {
		t.Errorf("date: %+v", got)
	}
	got = bills(t, "a.xml", []byte(strings.Replace(good, "<BuyerIdNum>91430200MA4L00000X", "<BuyerIdNum>", 1)))
	if len(got.Invoices) != 1 || got.Invoices[0].BuyerCode != "" || !strings.Contains(told(got), "购买方代码") {
		t.Errorf("buyer: %+v", got)
	}
	got = bills(t, "a.xml", []byte(strings.Replace(good, "贰佰零柒万", "二百零七万", 1)))
	if len(got.Invoices) != 1 || !strings.Contains(told(got), "大写") {
		t.Errorf("words that cannot be read: %+v", got)
	}
	b := sampleBill()
	b.lines = []billLine{{"*软件*平台", 1000_00, 60_00}, {"*软件*平台", -100_00, -6_00}}
	got = bills(t, "a.xml", b.xml())
	if len(got.Invoices) != 1 || len(got.Invoices[0].Lines) != 1 || got.Invoices[0].Lines[0].Gross != 954_00 || !strings.Contains(told(got), "折扣") {
		t.Errorf("discount: %+v", got)
	}
}

func TestTimesOfIssueAreReadAsDays(t *testing.T) {
	for in, want := range map[string]survey.Date{
		"2026-03-05": "2026-03-05", "2026-03-05 10:30:00": "2026-03-05", "2026-03-05T10:30:00+08:00": "2026-03-05",
		"2026年03月05日": "2026-03-05", "20260305": "2026-03-05", "20260305103000": "2026-03-05", "2026 年 03 月 05 日": "2026-03-05",
	} {
		if got, err := invoiceDate(in); err != nil || got != want {
			t.Errorf("%q = %q, %v", in, got, err)
		}
	}
}

func TestTenThousandLinesAreReadAndNoMore(t *testing.T) {
	b := sampleBill()
	b.lines = make([]billLine, MaxInvoiceLines)
	for i := range b.lines {
		b.lines[i] = billLine{"*软件*模块", 100_00, 6_00}
	}
	if got := bills(t, "a.xml", b.xml()); len(got.Invoices) != 1 || len(got.Invoices[0].Lines) != MaxInvoiceLines || len(got.Problems) > 0 {
		t.Errorf("%d invoices, %s", len(got.Invoices), told(got))
	}
	b.lines = append(b.lines, b.lines[0])
	for name, data := range map[string][]byte{"xml": b.xml(), "tags": b.ofdTagged(t), "attachment": b.ofdAttached(t)} {
		if _, err := ReadInvoices("a", data, time.Time{}); survey.CodeOf(err) != survey.CodeFileTooBig {
			t.Errorf("%s: one line more: %v", name, err)
		}
	}
}
