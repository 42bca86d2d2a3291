package submit_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

func revision(t *testing.T, n int, doc string, change func(*submit.Submission)) submit.Sealed {
	t.Helper()
	s := sample()
	s.Revision, s.Base, s.Document = n, n-1, json.RawMessage(doc)
	if change != nil {
		change(&s)
	}
	sealed, err := submit.Seal(s)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestPointersFollowRFC6901(t *testing.T) {
	doc := json.RawMessage(`{"a/b":{"m~n":[10,{"":"x"}]},"":1}`)
	for pointer, want := range map[string]string{"": string(doc), "/a~1b/m~0n/0": "10", "/a~1b/m~0n/1/": `"x"`, "/": "1"} {
		if got, err := submit.Resolve(doc, pointer); err != nil || string(got) != want {
			t.Errorf("%q: %s %v, want %s", pointer, got, err, want)
		}
	}
	for _, pointer := range []string{"a", "/a", "/a~1b/m~0n/2", "/a~1b/m~0n/01", "/a~1b/m~0n/-1", "/a~2b", "/~", "/a~1b/m~0n/0/x", strings.Repeat("/a", 300)} {
		if got, err := submit.Resolve(doc, pointer); err == nil {
			t.Errorf("%q gave %s", pointer, got)
		}
	}
}

func TestCompareNamesWhatChanged(t *testing.T) {
	one := revision(t, 1, `{"form":{"sections":[{"key":"a","fields":[{"key":"x","value":"1"},{"key":"y","value":"2"}]},{"key":"gone"}],"rows":[["1","a"],["2","b"],["3","c"]]}}`, nil)
	two := revision(t, 2, `{"form":{"sections":[{"key":"new"},{"key":"a","fields":[{"key":"y","value":"2"},{"key":"x","value":"7"}]}],"rows":[["1","a"],["9","z"],["2","b"],["3","c"]]}}`, nil)
	var got []string
	for _, d := range submit.Compare(one, two) {
		got = append(got, d.Pointer+" "+string(d.Before)+" → "+string(d.After))
	}
	want := []string{
		`/document/form/rows/1  → ["9","z"]`,
		`/document/form/sections/0  → {"key":"new"}`,
		`/document/form/sections/1/fields/1/value "1" → "7"`,
		`/document/form/sections/1 {"key":"gone"} → `,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if again := submit.Compare(one, one); len(again) != 0 {
		t.Errorf("the same differs: %v", again)
	}
}

func TestDecisionsAreHeldAgainstTheirRevision(t *testing.T) {
	s := revision(t, 1, `{"form":{"name":"x"}}`, nil)
	good := []submit.Reason{{Pointer: "/document/form/name", Code: "T01", Text: "请更正"}}
	for name, c := range map[string]struct {
		e       submit.Event
		reasons []submit.Reason
		note    string
		ok      bool
	}{
		"return":                  {submit.EventReturn, good, "", true},
		"return without a reason": {submit.EventReturn, nil, "words", false},
		"reject with words":       {submit.EventReject, nil, "不在范围", true},
		"reject without words":    {submit.EventReject, nil, "", false},
		"accept":                  {submit.EventAccept, nil, "", true},
		"unknown code":            {submit.EventReturn, []submit.Reason{{Pointer: "/document/form/name", Code: "Z99", Text: "x"}}, "", false},
		"field of nowhere":        {submit.EventReturn, []submit.Reason{{Pointer: "/document/form/none", Code: "T01", Text: "x"}}, "", false},
		"no words":                {submit.EventReturn, []submit.Reason{{Pointer: "/document/form/name", Code: "T01", Text: ""}}, "", false},
		"misleading words":        {submit.EventReturn, []submit.Reason{{Pointer: "/document/form/name", Code: "T01", Text: "a\u202eb"}}, "", false},
		"too many":                {submit.EventReturn, bytesOf(good[0], submit.MaxReasons+1), "", false},
	} {
		if err := submit.CheckDecision(s, c.e, c.reasons, c.note); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func bytesOf(r submit.Reason, n int) []submit.Reason {
	out := make([]submit.Reason, n)
	for i := range out {
		out[i] = r
	}
	return out
}

func TestSignedWordsHoldForTheirRevisionOnly(t *testing.T) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32))
	ring := submit.Keyring{Pinned: key.Public().(ed25519.PublicKey)}
	s, other := revision(t, 1, `{"form":{}}`, nil), revision(t, 2, `{"form":{}}`, nil)
	d := submit.Decision{ID: s.Submission.ID, Revision: 1, ManifestSHA256: s.SHA256, Seq: 3, Event: submit.EventReturn, State: submit.StateReturned, Reasons: []submit.Reason{{Pointer: "/document", Code: "X01", Text: "x"}}, At: s.Submission.DeviceTime}.Sign(key)
	a := submit.Answer{ID: s.Submission.ID, Revision: 1, ManifestSHA256: s.SHA256, Operator: "平台", Seq: 4, Step: submit.StepTaken, At: s.Submission.DeviceTime}.Sign(key)
	raw, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back submit.Decision
	if err := json.Unmarshal(raw, &back); err != nil || ring.VerifyDecision(back, s) != nil || ring.VerifyAnswer(a, s) != nil {
		t.Errorf("good words do not hold: %v", err)
	}
	if err := ring.VerifyDecision(d, other); survey.CodeOf(err) != survey.CodeReceipt {
		t.Errorf("another revision: %v", err)
	}
	d.Reasons[0].Text = "y"
	if err := ring.VerifyDecision(d, s); survey.CodeOf(err) != survey.CodeReceipt {
		t.Errorf("changed words: %v", err)
	}
	a.Months = 12
	if err := ring.VerifyAnswer(a, s); survey.CodeOf(err) != survey.CodeReceipt {
		t.Errorf("changed months: %v", err)
	}
	if err := (submit.Keyring{Pinned: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, 32)).Public().(ed25519.PublicKey)}).VerifyDecision(d, s); survey.CodeOf(err) != survey.CodePortalKey {
		t.Errorf("another key: %v", err)
	}
}

func TestAnOperatorGoesStepByStep(t *testing.T) {
	for name, c := range map[string]struct {
		before submit.Step
		a      submit.Answer
		code   survey.Code
	}{
		"taken":                 {"", submit.Answer{Step: submit.StepTaken}, ""},
		"quote first":           {"", submit.Answer{Step: submit.StepQuoted, QuoteFen: "1"}, survey.CodeConflict},
		"quote":                 {submit.StepTaken, submit.Answer{Step: submit.StepQuoted, QuoteFen: "1200000"}, ""},
		"better quote":          {submit.StepQuoted, submit.Answer{Step: submit.StepQuoted, QuoteFen: "1100000"}, ""},
		"quote without sum":     {submit.StepTaken, submit.Answer{Step: submit.StepQuoted}, survey.CodeField},
		"quote in yuan":         {submit.StepTaken, submit.Answer{Step: submit.StepQuoted, QuoteFen: "12.00"}, survey.CodeField},
		"live without day":      {submit.StepSigned, submit.Answer{Step: submit.StepLive}, survey.CodeField},
		"live":                  {submit.StepSigned, submit.Answer{Step: submit.StepLive, GoLive: "2026-12-01", Months: 3}, ""},
		"declined":              {submit.StepTaken, submit.Answer{Step: submit.StepDeclined, Note: "不在服务区"}, ""},
		"declined, no reason":   {submit.StepTaken, submit.Answer{Step: submit.StepDeclined}, survey.CodeField},
		"after declined":        {submit.StepDeclined, submit.Answer{Step: submit.StepTaken}, survey.CodeConflict},
		"months before go-live": {submit.StepTaken, submit.Answer{Step: submit.StepQuoted, QuoteFen: "1", Months: 3}, survey.CodeField},
	} {
		err := submit.CheckAnswer(c.before, c.a)
		if (err == nil) != (c.code == "") || err != nil && survey.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}
