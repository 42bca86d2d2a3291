package submit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

var noon = time.Date(2026, 11, 22, 4, 0, 0, 123456789, time.UTC)

func sample() submit.Submission {
	return submit.Submission{
		ID: "01938a5e-7c00-7000-8000-000000000001", Revision: 1, Kind: submit.Application,
		FormVersion: "2026-1", CaseID: "case-1", DeviceID: "device-1", DeviceTime: noon,
		Document: json.RawMessage(`{"form": {"名称": "恒硬刀具 <&>", "b": 1, "a": [true, null]}}`),
		Attachments: []submit.Blob{
			{Name: "申报书.pdf", Role: "application-pdf", SHA256: submit.Digest([]byte("pdf")), Size: 3, Type: "application/pdf"},
			{Name: "空.txt", Role: "note", SHA256: submit.Digest(nil), Size: 0, Type: "text/plain"},
		},
		Consent: submit.Consent{Text: "同意报送", By: "法定代表人", At: noon, Recipient: "受理部门"},
		Summary: submit.Summary{FirmName: "样例刀具有限公司", CreditCode: "91430200MA4L000000", Region: "株洲市", AmountFen: "57600000", Level: "一级"},
	}
}

func seal(t testing.TB, s submit.Submission) submit.Sealed {
	t.Helper()
	sealed, err := submit.Seal(s)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestSealIsStableAndParseGivesItBack(t *testing.T) {
	a, b := sample(), sample()
	b.Document = json.RawMessage("{ \"form\" : {\"a\":[true,null],\n\"b\":1,\"\\u540d称\":\"恒硬刀具 \\u003c&>\"}}")
	first, second := seal(t, a), seal(t, b)
	if !bytes.Equal(first.Bytes, second.Bytes) {
		t.Errorf("one content, two spellings:\n%s\n%s", first.Bytes, second.Bytes)
	}
	parsed, err := submit.Parse(first.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if parsed.SHA256 != first.SHA256 || !bytes.Equal(parsed.Bytes, first.Bytes) {
		t.Error("Parse gave other bytes")
	}
	if got := parsed.TotalSize(); got != 3 {
		t.Errorf("total size = %d, want 3", got)
	}
}

func TestEveryFieldIsUnderTheDigest(t *testing.T) {
	base := seal(t, sample()).SHA256
	changes := map[string]func(*submit.Submission){
		"id":         func(s *submit.Submission) { s.ID = strings.Replace(s.ID, "1", "2", 1) },
		"revision":   func(s *submit.Submission) { s.Revision = 2 },
		"document":   func(s *submit.Submission) { s.Document = json.RawMessage(`{"form":{}}`) },
		"attachment": func(s *submit.Submission) { s.Attachments[0].Name = "别的.pdf" },
		"order":      func(s *submit.Submission) { s.Attachments[0], s.Attachments[1] = s.Attachments[1], s.Attachments[0] },
		"consent":    func(s *submit.Submission) { s.Consent.Recipient = "别处" },
		"summary":    func(s *submit.Submission) { s.Summary.AmountFen = "57600001" },
		"device":     func(s *submit.Submission) { s.DeviceID = "device-2" },
		"time":       func(s *submit.Submission) { s.DeviceTime = s.DeviceTime.Add(time.Second) },
	}
	for name, change := range changes {
		s := sample()
		change(&s)
		if seal(t, s).SHA256 == base {
			t.Errorf("%s changed, the digest did not", name)
		}
	}
}

func TestSealRefusesByName(t *testing.T) {
	long := strings.Repeat("长", 5000)
	cases := []struct {
		want   string
		change func(*submit.Submission)
	}{
		{"id", func(s *submit.Submission) { s.ID = "01938a5e-7c00-4000-8000-000000000001" }},
		{"id", func(s *submit.Submission) { s.ID = strings.ToUpper(s.ID) }},
		{"revision", func(s *submit.Submission) { s.Revision = 0 }},
		{"base", func(s *submit.Submission) { s.Base = 1 }},
		{"kind", func(s *submit.Submission) { s.Kind = "other" }},
		{"deviceTime", func(s *submit.Submission) { s.DeviceTime = time.Time{} }},
		{"consent.at", func(s *submit.Submission) { s.Consent.At = time.Time{} }},
		{"consent.text", func(s *submit.Submission) { s.Consent.Text = "" }},
		{"consent.by", func(s *submit.Submission) { s.Consent.By = "" }},
		{"consent.recipient", func(s *submit.Submission) { s.Consent.Recipient = long }},
		{"summary.firmName", func(s *submit.Submission) { s.Summary.FirmName = "甲\u202e乙" }},
		{"summary.amountFen", func(s *submit.Submission) { s.Summary.AmountFen = "5760.00" }},
		{"summary.amountFen", func(s *submit.Submission) { s.Summary.AmountFen = "007" }},
		{"document", func(s *submit.Submission) { s.Document = json.RawMessage(`{"form":{"rate":0.2}}`) }},
		{"document", func(s *submit.Submission) { s.Document = json.RawMessage(`{"form":1,"form":2}`) }},
		{"/document/extra", func(s *submit.Submission) { s.Document = json.RawMessage(`{"form":{},"extra":1}`) }},
		{"attachments[0]", func(s *submit.Submission) { s.Attachments[0].Name = "../x" }},
		{"attachments[0]", func(s *submit.Submission) { s.Attachments[0].SHA256 = strings.ToUpper(s.Attachments[0].SHA256) }},
		{"attachments[0]", func(s *submit.Submission) { s.Attachments[0].Size = submit.MaxBlob + 1 }},
		{"attachments[0]", func(s *submit.Submission) { s.Attachments[0].Type = "pdf" }},
		{"attachments[1]", func(s *submit.Submission) { s.Attachments[1].Size = 1 }},
		{"attachments[1]", func(s *submit.Submission) { s.Attachments[1] = s.Attachments[0] }},
		{"attachments", func(s *submit.Submission) { s.Attachments = make([]submit.Blob, submit.MaxAttachments+1) }},
	}
	for i, c := range cases {
		t.Run(fmt.Sprint(i, " ", c.want), func(t *testing.T) {
			s := sample()
			c.change(&s)
			_, err := submit.Seal(s)
			if survey.CodeOf(err) != survey.CodeField || !strings.HasPrefix(survey.DetailOf(err), c.want) {
				t.Errorf("got %v, want E0101 for %s", err, c.want)
			}
		})
	}
}

func TestTooBigManifestIsNamed(t *testing.T) {
	s := sample()
	s.Document = json.RawMessage(`{"form":"` + strings.Repeat("x", submit.MaxManifest) + `"}`)
	if _, err := submit.Seal(s); survey.CodeOf(err) != survey.CodeFileTooBig {
		t.Errorf("got %v, want E0205", err)
	}
	if _, err := submit.Parse(make([]byte, submit.MaxManifest+1)); survey.CodeOf(err) != survey.CodeFileTooBig {
		t.Errorf("got %v, want E0205", err)
	}
}

func TestParseRefusesEveryOtherSpelling(t *testing.T) {
	good := string(seal(t, sample()).Bytes)
	cases := map[string]string{
		"empty":            "",
		"not json":         "hello",
		"white space":      good + "\n",
		"unknown member":   strings.Replace(good, `"kind":`, `"kidn":1,"kind":`, 1),
		"other case":       strings.Replace(good, `"caseId"`, `"CaseId"`, 1),
		"missing member":   strings.Replace(good, `"base":0,`, ``, 1),
		"other order":      `{"base":0,` + strings.Replace(good[1:], `"base":0,`, ``, 1),
		"escaped":          strings.Replace(good, `<&>`, `\u003c&>`, 1),
		"document changed": strings.Replace(good, `"b":1`, `"b":2`, 1),
		"other format":     strings.Replace(good, `"format":1`, `"format":2`, 1),
		"time zone":        strings.Replace(good, `"deviceTime":"2026-11-22T04:00:00Z"`, `"deviceTime":"2026-11-22T12:00:00+08:00"`, 1),
		"null attachments": `{"attachments":null` + good[strings.Index(good, `,"base"`):],
	}
	for name, in := range cases {
		if in == good {
			t.Errorf("%s: the case changes nothing", name)
		}
		if _, err := submit.Parse([]byte(in)); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestOnboardingCarriesOnlyItsOwnSections(t *testing.T) {
	ok := `{"contact":{"name":"张"},"offers":[{"vendor":"a","id":"1"},{"vendor":"a","id":"2"}],"devices":[],"protocols":[],"network":{},"dates":{},"firm":{"name":"甲","creditCode":"x","region":"株洲"}}`
	if err := submit.CheckDocument(submit.Onboarding, json.RawMessage(ok)); err != nil {
		t.Errorf("the whole list was refused: %v", err)
	}
	for _, section := range []string{"bank", "identity", "finances", "claims", "assessment", "form", "caseSummary", "Bank"} {
		doc := json.RawMessage(`{"contact":{},"` + section + `":{}}`)
		err := submit.CheckDocument(submit.Onboarding, doc)
		if survey.DetailOf(err) == "" || !strings.Contains(survey.DetailOf(err), "/document/"+section) {
			t.Errorf("%s: got %v", section, err)
		}
	}
	for _, doc := range []string{`{}`, `[]`, `null`, `"x"`, `{"firm":{"name":"甲","revenue":"1"}}`, `{"firm":[]}`,
		`{"offers":[{"vendor":"a"},{"vendor":"b"}]}`} {
		if submit.CheckDocument(submit.Onboarding, json.RawMessage(doc)) == nil {
			t.Errorf("%s was accepted", doc)
		}
	}
	s := sample()
	s.Kind, s.Document = submit.Onboarding, json.RawMessage(ok)
	if _, err := submit.Seal(s); err == nil {
		t.Error("an onboarding request with a sum and a level was sealed")
	}
	s.Summary.AmountFen, s.Summary.Level = "", ""
	seal(t, s)
}

func FuzzParse(f *testing.F) {
	good := seal(f, sample()).Bytes
	f.Add(good)
	f.Add([]byte(`{"id":"\ud800"}`))
	f.Add([]byte(strings.Repeat("[", 100)))
	f.Fuzz(func(t *testing.T, in []byte) {
		sealed, err := submit.Parse(in)
		if err != nil {
			if survey.CodeOf(err) == survey.CodeInternal {
				t.Errorf("no code: %v", err)
			}
			return
		}
		if !bytes.Equal(sealed.Bytes, in) {
			t.Error("accepted bytes are not the frozen ones")
		}
	})
}
