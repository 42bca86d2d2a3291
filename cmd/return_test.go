package cmd

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// program gives an access key of an account of the portal.
func (b *bureau) program(t *testing.T, a inbox.Account) string {
	t.Helper()
	by := inbox.Who{Role: inbox.RoleAdmin, Login: "console"}
	if err := b.store.PutAccount(t.Context(), by, a, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := b.store.AddKey(t.Context(), by, inbox.AccessKey{ID: "syk-" + a.Login, Login: a.Login, Name: "程序"}, "secret", time.Now()); err != nil {
		t.Fatal(err)
	}
	return "syk-" + a.Login + ".secret"
}

// ask calls the portal's interface with the entity tag of the request's present state.
func (b *bureau) ask(t *testing.T, key, id, verb string, body any) {
	t.Helper()
	do := func(method, path, match string, body any, want any) {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		r, err := http.NewRequestWithContext(t.Context(), method, b.URL+path, strings.NewReader(string(raw)))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+key)
		r.Header.Set("Content-Type", portal.TypeJSON)
		r.Header.Set("If-Match", match)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		if err := json.NewDecoder(res.Body).Decode(want); err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%s %s: %d %v %v", method, path, res.StatusCode, want, err)
		}
	}
	var s map[string]any
	do("GET", portal.RequestPath(id), "", nil, &s)
	version, err := json.Marshal(s["version"])
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	do("POST", portal.RequestPath(id)+"/"+verb, `"v`+string(version)+`"`, body, &out)
}

// pointerTo finds a field of the form by its key.
func pointerTo(t *testing.T, s submit.Sealed, key string) string {
	t.Helper()
	for i := range 20 {
		for j := range 80 {
			at := submit.Pointer("document", "form", "sections", itoa(i), "fields", itoa(j))
			raw, err := submit.Resolve(s.Bytes, at)
			var f struct{ Key string }
			if err == nil && json.Unmarshal(raw, &f) == nil && f.Key == key {
				return at
			}
		}
	}
	t.Fatalf("the form has no field %s", key)
	return ""
}

func itoa(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

// What the office returns stands at its field on the desk; mended, it goes in as revision 2.
func TestAReturnComesToItsFieldAndRevisionTwoGoesIn(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	b.enrol(t, d.Desk)
	first := d.delivers(t, submit.Application)
	clerk := b.program(t, inbox.Account{Login: "clerk", Name: "受理员", Role: inbox.RoleReviewer})
	b.ask(t, clerk, first.ID, "decisions", portal.Decide{Event: submit.EventReview})
	b.ask(t, clerk, first.ID, "decisions", portal.Decide{Event: submit.EventReturn, Reasons: []submit.Reason{
		{Pointer: pointerTo(t, d.manifest(t, first), "project.name"), Code: "F02", Text: "项目名称与合同不同"}, {Pointer: "/attachments/0", Code: "D03", Text: "看不清"},
	}})
	for range 2 { // asking again changes nothing
		st, err := d.Follow(t.Context(), d.id)
		if err != nil {
			t.Fatal(err)
		}
		if len(st.Returned) != 2 || st.Returned[0].Path != "project.name" || st.Returned[0].Label != "项目名称" || st.Returned[1].Path != "attachments" || st.Requests[0].State != submit.StateReturned {
			t.Fatalf("returned %+v, %s", st.Returned, st.Requests[0].State)
		}
	}
	d.set(t, "project.name", "刀具全流程质量数据分析项目")
	d.agree(t, submit.Application)
	second := d.seal(t, submit.Application)
	if second.ID != first.ID || second.Revision != 2 {
		t.Fatalf("sealed %+v", second)
	}
	if _, err := d.send(t, submit.Application); err != nil {
		t.Fatal(err)
	}
	st, err := d.Follow(t.Context(), d.id)
	if err != nil || len(st.Returned) != 0 {
		t.Errorf("after revision 2: %+v %v", st.Returned, err)
	}
	row, err := b.store.Request(t.Context(), inbox.Who{Role: inbox.RoleAdmin}, first.ID)
	if err != nil || row.Revision != 2 || row.State != submit.StateReceived || row.Returns != 1 {
		t.Errorf("portal %+v %v", row, err)
	}
}

// A word that the portal's key did not sign, or that is about other bytes, changes nothing on the desk.
func TestAForgedReturnChangesNothing(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	b.enrol(t, d.Desk)
	r := d.delivers(t, submit.Application)
	stranger := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, ed25519.SeedSize))
	_, err := b.store.Decide(t.Context(), inbox.Who{Role: inbox.RoleAdmin, Login: "x"}, r.ID, inbox.Ruling{Event: submit.EventReview, Version: inbox.AnyVersion}, time.Now(), func(w submit.Decision) submit.Decision { return w.Sign(stranger) })
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Follow(t.Context(), d.id)
	wantCode(t, err, "E0602", "")
	if st, err := d.Open(t.Context(), d.id); err != nil || st.Requests[0].State != submit.StateSent || st.Requests[0].Said().Decision != nil {
		t.Errorf("%+v %v", st.Requests[0], err)
	}
}

// What a platform operator answers comes back as evidence of the case, once, however often it is asked for.
func TestAnOperatorsProofComesIntoTheCase(t *testing.T) {
	b, d := openBureau(t, "平台商"), openTable(t)
	b.enrol(t, d.Desk)
	st, err := d.Open(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	vendor := st.Bundle.Lines[0].Vendor
	if err := b.store.PutOperator(t.Context(), inbox.Who{Role: inbox.RoleAdmin, Login: "console"}, inbox.Operator{ID: "near", Name: "近平台", Vendors: []string{vendor}}, time.Now()); err != nil {
		t.Fatal(err)
	}
	d.set(t, "onboarding.operator", vendor)
	d.set(t, "onboarding.assets", st.Case.Assets[0].ID)
	d.agree(t, submit.Onboarding)
	d.seal(t, submit.Onboarding)
	r, err := d.send(t, submit.Onboarding)
	if err != nil {
		t.Fatal(err)
	}
	key := b.program(t, inbox.Account{Login: "near", Name: "平台", Role: inbox.RoleOperator, Operator: "near"})
	proof := []byte("上云证明")
	if err := b.store.PutFile(t.Context(), submit.Digest(proof), int64(len(proof)), bytes.NewReader(proof), time.Now()); err != nil {
		t.Fatal(err)
	}
	file := submit.Blob{Name: "证明.pdf", Role: "proof", SHA256: submit.Digest(proof), Size: int64(len(proof)), Type: "application/pdf"}
	for _, a := range []portal.Answer{{Step: submit.StepTaken}, {Step: submit.StepQuoted, QuoteFen: "1200000"}, {Step: submit.StepSigned}, {Step: submit.StepLive, GoLive: "2026-11-20", Months: 2, Files: []submit.Blob{file}}} {
		if a.Files == nil {
			a.Files = []submit.Blob{}
		}
		b.ask(t, key, r.ID, "answers", a)
	}
	for range 2 {
		if st, err = d.Follow(t.Context(), d.id); err != nil {
			t.Fatal(err)
		}
	}
	found := 0
	for _, a := range st.Case.Attachments {
		if a.SHA256 == file.SHA256 && a.Role == "上云证明" {
			found++
		}
	}
	said := st.Requests[0].Said().Answers
	if found != 1 || len(said) != 4 || said[3].GoLive != "2026-11-20" || st.Requests[0].State != submit.StateAccepted {
		t.Errorf("%d papers, answers %+v, %s", found, said, st.Requests[0].State)
	}
}
