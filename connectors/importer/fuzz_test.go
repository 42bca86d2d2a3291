package importer

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

// holds checks what must be true of every ledger that was read from any bytes at all.
func holds(t *testing.T, l Ledger, err error) {
	t.Helper()
	if err != nil {
		if code := survey.CodeOf(err); code.Class() != survey.ClassInvalid || survey.DetailOf(err) == "" {
			t.Fatalf("error without a code of its own or without words: %v", err)
		}
		return
	}
	machines := 0
	for _, a := range l.Assets {
		if machines += a.Count; a.Count < 1 || len(a.Evidence) != 1 || a.Value != nil && *a.Value < 0 {
			t.Fatalf("asset that must not be: %+v", a)
		}
		if a.Name == "" && len(l.Problems) == 0 {
			t.Fatalf("nameless asset without a problem: %+v", a)
		}
	}
	if machines != l.Totals.Machines || len(l.Assets) != l.Totals.Lines || l.Totals.Networked > l.Totals.Counted || l.Totals.Digital > l.Totals.Counted {
		t.Fatalf("totals %+v do not fit %d machines", l.Totals, machines)
	}
}

func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{
		"设备名称,数量\n车床,1台\n", "sep=;\n设备名称;数量;原值(万元)\n车床;2;1.5\n合计;2;\n", "\xEF\xBB\xBF名称\t数量\t购置日期\n床\t3\t2025.3.5\n",
		"\xFF\xFE\x2D\x8B", "设备名称,数量,数字化台数,联网台数\n车床,9,3,2\n", "\"设备名称\",\"数量\n（台）\"\n\"a\"\"b\",１\n", "\xC9\xE8\xB1\xB8\xC3\xFB\xB3\xC6,\xCA\xFD\xC1\xBF\nx,1\n", ",,,\n,,\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := ReadLedger("台账.csv", data, readAt)
		holds(t, l, err)
	})
}

// FuzzReadXLSX puts foreign text into the worksheet of a sound container, where the mutations reach the readers instead
// of failing at the checksum.
func FuzzReadXLSX(f *testing.F) {
	base := book(f, head, []any{"车床", "A", 1})
	var sheet []byte
	rezip(f, base, func(name string, b []byte) []byte {
		if name == sheetPart {
			sheet = bytes.Clone(b)
		}
		return b
	})
	f.Add(sheet)
	const begin, end = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`, `</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`
	for _, rows := range []string{
		`<row r="3"><c r="A3" t="inlineStr"><is><t>设备名称</t></is></c><c t="str"><v>数量</v></c></row><row><c t="s"><v>99</v></c><c><v>1E300</v></c></row>`,
		`<row r="1"><c r="B1" t="b"><v>1</v></c></row><row r="1"><c r="A1" t="d"><v>2025-03-05T00:00:00</v></c></row>`,
		`<row r="5"/><row r="2"><c r="A2"><f>A1</f></c></row>`,
	} {
		f.Add([]byte(begin + rows + end))
	}
	f.Fuzz(func(t *testing.T, part []byte) {
		data := rezip(t, base, func(name string, b []byte) []byte {
			if name == sheetPart {
				return part
			}
			return b
		})
		l, err := ReadLedger("台账.xlsx", data, readAt)
		holds(t, l, err)
	})
}

// FuzzReadContainer mutates the whole file.
func FuzzReadContainer(f *testing.F) {
	f.Add(book(f, head, []any{"车床", "A", 1}))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := ReadLedger("台账", data, readAt)
		holds(t, l, err)
	})
}

// manyRows is a ledger of n rows and 12 columns.
func manyRows(n int) [][]any {
	rows := [][]any{{"资产编号", "设备名称", "规格型号", "生产厂家", "类别", "车间", "数量", "购置日期", "原值（万元）", "是否数字化", "是否联网", "备注"}}
	for i := range n {
		rows = append(rows, []any{fmt.Sprintf("A-%05d", i), "数控车床", "CK6150", "某机床厂", "生产设备", "一车间", 1, 45000 + i%700, 18.5, "是", "否", "第一批"})
	}
	return rows
}

func BenchmarkReadXLSXOf10000Rows(b *testing.B) {
	data := bookStream(b, manyRows(10_000))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if l := read(b, data); l.Totals.Machines != 10_000 || len(l.Problems) > 0 {
			b.Fatal(l.Totals)
		}
	}
}

func BenchmarkReadCSVOf10000Rows(b *testing.B) {
	var s strings.Builder
	for _, r := range manyRows(10_000) {
		for i, c := range r {
			if i > 0 {
				s.WriteByte(',')
			}
			if r[0] != "资产编号" && i == 7 {
				c = "2025年3月"
			}
			fmt.Fprint(&s, c)
		}
		s.WriteByte('\n')
	}
	data := []byte(s.String())
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if l := read(b, data); l.Totals.Machines != 10_000 || len(l.Problems) > 0 {
			b.Fatal(l.Totals)
		}
	}
}
