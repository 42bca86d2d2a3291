package importer

import (
	"bytes"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

const replyLine = "编号,产品,一次性费用（元）,每年费用（元）,最短期限（月）,报价单名称或编号,报价日期,有效期至,说明\n"

// soundReply checks what every reader of a quote relies on.
func soundReply(t *testing.T, r Reply, err error) {
	if err != nil {
		if survey.CodeOf(err) == "" {
			t.Fatalf("a failure without a code: %v", err)
		}
		return
	}
	if len(r.Quotes)+len(r.Problems) > maxReplyRows {
		t.Fatalf("%d quotes and %d problems", len(r.Quotes), len(r.Problems))
	}
	for _, q := range r.Quotes {
		if q.ID == "" || q.Source == "" || q.Date.Day() == 0 || q.OneOff < 0 || q.Yearly < 0 || q.Term < 0 || q.Term > 120 {
			t.Fatalf("taken: %+v", q)
		}
	}
	for _, p := range r.Problems {
		if !strings.HasPrefix(p, "第 ") || len(p) > 400 {
			t.Fatalf("problem %q", p)
		}
	}
}

// FuzzReadReply reads replies of vendors: as CSV, and as the worksheet of a sound container.
func FuzzReadReply(f *testing.F) {
	for _, s := range []string{
		replyLine + "o1,甲,1000,200.50,12个月,报价单 8,2026-11-20,2027-01-31,含税\n", replyLine + "o1,,NaN,,,x,2026-11-20\n,,1,,,x,2026-11-20\no2,,-1,,,x,2026-11-20\no3,,1,,999,x,2026-11-20\n",
		replyLine + "o1,,1e9,,,x,2026-13-45\no1,,99999999999999999999,,,x,今天\n", strings.ReplaceAll(replyLine, ",", "\t") + "o1\t\t1\t\t\tx\t2026.11.20\n", "编号\n", "",
	} {
		f.Add([]byte(s))
	}
	base := book(f, []any{"编号", "产品", "一次性费用（元）", "每年费用（元）", "最短期限（月）", "报价单名称或编号", "报价日期"}, []any{"o1", "甲", 1000, "", 12, "报价单 8", "2026-11-20"})
	f.Add(base)
	rezip(f, base, func(name string, b []byte) []byte {
		if name == sheetPart {
			f.Add(bytes.Clone(b))
		}
		return b
	})
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ReadReply(data)
		soundReply(t, r, err)
		if !bytes.HasPrefix(data, []byte("<")) {
			return
		}
		r, err = ReadReply(rezip(t, base, func(name string, b []byte) []byte {
			if name == sheetPart {
				return data
			}
			return b
		}))
		soundReply(t, r, err)
	})
}
