package importer

import (
	"fmt"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

// sound holds what must be true of every batch, whatever the bytes were.
func sound(t *testing.T, b InvoiceBatch, err error) {
	t.Helper()
	if err != nil {
		if survey.CodeOf(err) == survey.CodeInternal || survey.DetailOf(err) == "" {
			t.Fatalf("error without code or words: %v", err)
		}
		return
	}
	if len(b.Problems) > maxInvoiceProblems {
		t.Fatalf("%d problems", len(b.Problems))
	}
	for _, v := range b.Invoices {
		if n := len(v.Number); n != 8 && n != 20 || len(v.Lines) == 0 || v.Checked != survey.Unknown || v.Evidence[0].Source != survey.SourceInvoice {
			t.Fatalf("%+v", v)
		}
		for _, l := range v.Lines {
			if l.Net < 0 || l.Gross < 0 || l.Net+l.Tax != l.Gross && len(b.Problems) == 0 {
				t.Fatalf("%+v", v)
			}
		}
	}
}

func FuzzReadInvoices(f *testing.F) {
	b, old := sampleBill(), sampleBill()
	old.number, old.code = "12345678", "043001900104"
	f.Add(b.xml())
	f.Add(old.old())
	f.Add(b.ofdTagged(f))
	f.Add(old.ofdAttached(f))
	f.Add(pack(f, "a.xml", string(b.xml()), "b.png", string(b.png(f))))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := ReadInvoices("a", data, readAt)
		sound(t, got, err)
	})
}

// FuzzInvoiceTags mutates tags and page inside a sound container.
func FuzzInvoiceTags(f *testing.F) {
	tag, page := sampleBill().tags()
	f.Add(tag, page)
	f.Fuzz(func(t *testing.T, tag, page string) {
		got, err := ReadInvoices("a.ofd", pack(t, "OFD.xml", ofdRoot, "Doc_0/Tags/CustomTag.xml", tag, "Doc_0/Pages/Page_0/Content.xml", page), readAt)
		sound(t, got, err)
	})
}

func FuzzInvoiceQR(f *testing.F) {
	f.Add(sampleBill().code2d())
	f.Add("01,10,043001900104,12345678,100.00,20260305,1,2")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := qrSlip(text)
		if err != nil {
			return
		}
		r := &invoiceReader{left: newAllowance(), slips: []slip{s}}
		sound(t, r.batch(readAt), nil)
	})
}

func BenchmarkRead1000XMLInvoices(b *testing.B) {
	var files [][]byte
	for i := range 1_000 {
		v := sampleBill()
		v.number = fmt.Sprintf("2643200000%010d", i)
		files = append(files, v.xml())
	}
	for b.Loop() {
		for _, data := range files {
			if got, err := ReadInvoices("a.xml", data, readAt); err != nil || len(got.Invoices) != 1 || len(got.Problems) > 0 {
				b.Fatal(err, got)
			}
		}
	}
}

func BenchmarkReadInvoiceOf10000Lines(b *testing.B) {
	v := sampleBill()
	v.lines = make([]billLine, MaxInvoiceLines)
	for i := range v.lines {
		v.lines[i] = billLine{"*软件*模块", 100_00, 6_00}
	}
	data := v.xml()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		bills(b, "a.xml", data)
	}
}

func BenchmarkReadPhoto(b *testing.B) {
	data := sampleBill().photo(b)
	for b.Loop() {
		bills(b, "a.jpg", data)
	}
}
