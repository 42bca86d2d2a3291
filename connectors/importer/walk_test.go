package importer

import (
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

func TestAWalkListIsKnownByItsHead(t *testing.T) {
	for _, c := range []struct {
		name, data string
		rows       int
		problems   int
		code       survey.Code
	}{
		{"with codes", "识别码（勿改）,设备名称,数字化\nSYT-ASSET:a1,车床,是\n,新机器,\n,,\n", 2, 0, ""},
		{"with a title above", "一车间,,\n设备名称,识别码,备注\n车床,a1,主轴异响\n", 1, 0, ""},
		{"by asset numbers", "资产编号,设备名称\nG-1,车床\n", 1, 1, ""},
		{"without either", "设备名称,备注\n车床,x\n", 0, 0, survey.CodeFileEmpty},
		{"empty", "", 0, 0, survey.CodeFileEmpty},
	} {
		rows, problems, err := Walk([]byte(c.data), survey.WalkFields())
		if code := survey.CodeOf(err); err != nil && code != c.code || err == nil && c.code != "" {
			t.Errorf("%s: %v", c.name, err)
		}
		if len(rows) != c.rows || len(problems) != c.problems {
			t.Errorf("%s: %d rows, problems %v", c.name, len(rows), problems)
		}
	}
	rows, _, err := Walk([]byte("识别码（勿改）,设备名称,数字化\nSYT-ASSET:a1,车床,是\n"), survey.WalkFields())
	if err != nil || rows[0].ID != "a1" || rows[0].Row != 2 || rows[0].Values["digital"] != "是" {
		t.Errorf("%+v, %v", rows, err)
	}
}

// FuzzWalk: no bytes make the reader of walk lists fall over, and what it gives is text.
func FuzzWalk(f *testing.F) {
	for _, s := range []string{"", "识别码,设备名称\na,b\n", "PK\x03\x04", "设备名称\t识别码\n\"a\nb\"\tc\n", strings.Repeat("识别码,", 500)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, _, err := Walk(data, survey.WalkFields())
		if err != nil && survey.CodeOf(err) == survey.CodeInternal {
			t.Errorf("a failure without a code: %v", err)
		}
		for _, r := range rows {
			if r.Row < 1 {
				t.Errorf("row %d", r.Row)
			}
		}
	})
}

// FuzzCodes: no picture makes the reader of QR codes fall over.
func FuzzCodes(f *testing.F) {
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Add([]byte("\xff\xd8\xff\xe0"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := Codes(data); err != nil && survey.CodeOf(err) == survey.CodeInternal {
			t.Errorf("a failure without a code: %v", err)
		}
	})
}
