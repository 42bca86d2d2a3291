package server

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

const goodForm = `{"kind":"application","title":"申报书","number":"SB-1","date":"2026年11月23日","notes":[],"checks":[],"missing":[],"sections":[{"key":"a","title":"一、情况",
	"fields":[{"key":"x","label":"企业名称","value":"甲","required":true},{"key":"y","label":"规模以上","value":"是","options":[{"text":"是","on":true},{"text":"否","on":false}]},{"key":"z","label":"必填而空","value":"","required":true}],
	"tables":[{"key":"t","title":"明细","keys":["a","b"],"columns":["名称","金额"],"right":[false,true],"rows":[["平台"],["应用","1.00","多出"]],"total":["合计"]}]}]}`

func TestAFormReadsAsTheApplication(t *testing.T) {
	page := shown(t, `{"form":`+goodForm+`,"policy":{"validity":"是否仍有效须核实","title":"某政策"},"claims":{"measures":[{"clause":"政策第三条","name":"标杆企业","amount":null,"amountText":"金额：以当年申报通知为准","verdict":"met"},
		{"clause":"政策第五条","name":"示范项目","amount":"576000.00","amountText":"","verdict":"notMet"}]},"assessment":{"ruleStatus":"规则待核对","score":"56.95","ladder":[{"level":1,"name":"一级","met":true}]}}`)
	for _, w := range []string{"一、情况", "企业名称", "未填", "明细", "合计", "是否仍有效须核实", "以当年申报通知为准", "576,000.00", "不满足", "规则待核对", "56.95 分", "全部字段"} {
		if !strings.Contains(page, w) {
			t.Errorf("the page lacks %q", w)
		}
	}
	if strings.Contains(page, "<h2>申报书</h2>") {
		t.Error("the form is shown twice")
	}
}

// What does not have the expected form is shown member by member: nothing that was sent stays unseen.
func TestNothingThatWasSentStaysUnseen(t *testing.T) {
	for name, doc := range map[string]string{
		"form with an unknown member": `{"form":` + strings.Replace(goodForm, `"kind"`, `"secretAnnex":"没见过的内容","kind"`, 1) + `}`,
		"form without sections":       `{"form":{"title":"没见过的内容"}}`,
		"form of another kind":        `{"form":["没见过的内容"]}`,
		"claims with a number":        `{"claims":{"measures":[{"name":"没见过的内容","amount":5}]}}`,
		"claims without measures":     `{"claims":{"note":"没见过的内容"}}`,
		"assessment of text":          `{"assessment":"没见过的内容"}`,
		"assessment without a ladder": `{"assessment":{"title":"没见过的内容"}}`,
		"recommendation of a list":    `{"recommendation":["没见过的内容"]}`,
		"policy without validity":     `{"policy":{"title":"没见过的内容"}}`,
		"unknown inside claims":       `{"claims":{"measures":[{"name":"甲"}],"other":"没见过的内容"}}`,
		"evidence that fits no file":  `{"evidenceIndex":[{"sha256":"x","name":"没见过的内容"}]}`,
		"summary without a form":      `{"caseSummary":{"x":"没见过的内容"}}`,
		"summary beside a form":       `{"form":` + goodForm + `,"caseSummary":{"x":"没见过的内容"}}`,
	} {
		if !strings.Contains(shown(t, doc), "没见过的内容") {
			t.Errorf("%s: not shown", name)
		}
	}
}

func shown(t *testing.T, doc string) string {
	t.Helper()
	d := openDesk(t, true)
	d.send(sample(t, func(s *submit.Submission) { s.Document = json.RawMessage(doc) }))
	w := d.ask("GET", "/requests/"+requestID, "")
	if w.Code != http.StatusOK || !strings.HasSuffix(strings.TrimSpace(w.Body.String()), "</html>") {
		t.Fatalf("%d, the page has no end: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// FuzzPaper shows any document without a panic and with a page that ends.
func FuzzPaper(f *testing.F) {
	for _, seed := range []string{`{}`, `{"form":` + goodForm + `}`, `{"claims":{"measures":[{}]}}`, `{"assessment":{"ladder":[{"level":-5}],"scenes":[{"level":99}]}}`, `[]`, `{"form":null,"policy":null}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		p, err := paperOf(json.RawMessage(doc))
		if err != nil {
			return
		}
		v := requestView{N: 1, Paper: p, Sealed: submit.Sealed{Submission: submit.Submission{Kind: submit.Application}}}
		if err := templates["zh"].ExecuteTemplate(io.Discard, "request.html", v); err != nil {
			t.Fatal(err)
		}
	})
}

func zh(s string, _ ...any) string { return s }

func TestTimesForPeopleWhoLookNow(t *testing.T) {
	now := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) // 09:00 in China
	for at, want := range map[string]string{
		"2026-11-23T00:30:00Z": "今天 08:30", "2026-11-22T16:00:00Z": "今天 00:00", "2026-11-22T15:59:00Z": "昨天 23:59", "2026-11-21T15:59:00Z": "11-21 23:59",
		"2025-12-31T15:59:00Z": "2025-12-31", "2025-12-31T16:00:00Z": "01-01 00:00",
	} {
		when, err := time.Parse(time.RFC3339, at)
		if got := near(when, now, zh); err != nil || got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
	since := now.Add(-6 * 24 * time.Hour)
	for state, want := range map[submit.State]int{submit.StateReceived: 6, submit.StateInReview: 6, submit.StateAccepted: 0, submit.StateReturned: 0} {
		if got := waited(state, since, now); got != want {
			t.Errorf("%s: %d, want %d", state, got, want)
		}
	}
	if near(time.Time{}, now, zh) != "—" || waited(submit.StateReceived, now.Add(time.Hour), now) != 0 {
		t.Error("no time and a time to come")
	}
}

func TestSumsAndPlacesInWords(t *testing.T) {
	for in, want := range map[string]string{"576000.00": "576,000.00", "1000": "1,000", "999.99": "999.99", "": "", "-5": "-5", "1e9": "1e9", "以通知为准": "以通知为准", "1234567890123456789.00": "1234567890123456789.00"} {
		if got := grouped(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"430200": "株洲市", "430281": "株洲市", "株洲市": "株洲市", "110000": "110000", "": "—"} {
		if got := regionWord(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestUnknownAddressesAreAnsweredInWords(t *testing.T) {
	d := openDesk(t, true)
	for _, path := range []string{"/nothing", "/requests/none", "/requests/" + requestID + "/revisions/1/manifest"} {
		if w := d.ask("GET", path, ""); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "请从受理队列重新打开") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if w := openDesk(t, false).ask("GET", "/nothing", ""); w.Code != http.StatusSeeOther {
		t.Errorf("without a log-in: %d", w.Code)
	}
}

func TestPagesAreNumberedAroundThePresentOne(t *testing.T) {
	for _, c := range []struct {
		from, total int
		want        string
	}{{0, 0, ""}, {0, pageSize, ""}, {0, pageSize + 1, "[1] 2"}, {0, 226, "[1] 2 … 12"}, {120, 226, "1 … 6 [7] 8 … 12"}, {220, 226, "1 … 11 [12]"}} {
		q := asked{from: c.from}
		var got []string
		for _, p := range pageChips(q, c.total) {
			if p.On {
				p.Word = "[" + p.Word + "]"
			}
			got = append(got, p.Word)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%d of %d: %v, want %s", c.from, c.total, got, c.want)
		}
	}
}
