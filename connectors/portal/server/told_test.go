package server

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

func TestHooksAreToldSignedAndAgainUntilTheyAnswer(t *testing.T) {
	d := openTown(t)
	var got []string
	answer := http.StatusServiceUnavailable
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		at, _ := strconv.ParseInt(r.Header.Get("webhook-timestamp"), 10, 64)
		var e event
		if err := json.Unmarshal(b, &e); err != nil || e.SpecVersion != "1.0" || r.Header.Get("Content-Type") != TypeEvent {
			t.Errorf("no CloudEvent: %s", b)
		}
		if want := SignEvent("whsec_test", r.Header.Get("webhook-id"), time.Unix(at, 0), b); r.Header.Get("webhook-signature") != want {
			t.Errorf("signature %q, want %q", r.Header.Get("webhook-signature"), want)
		}
		got = append(got, e.Type+" "+e.Subject)
		w.WriteHeader(answer)
	}))
	t.Cleanup(receiver.Close)
	by := inbox.Who{Login: "chief", Role: inbox.RoleAdmin}
	if err := d.Store.AddHook(t.Context(), by, inbox.Hook{ID: "h", Operator: "near", URL: receiver.URL, Secret: "whsec_test"}, noon); err != nil {
		t.Fatal(err)
	}
	_, tag := d.status(requestID, d.keys["clerk"])
	d.decide(requestID, d.keys["clerk"], tag, portal.Decide{Event: submit.EventReview}) // not this operator's business
	_, tag = d.status(onboardingID, d.keys["near"])
	d.ask("POST", portal.RequestPath(onboardingID)+"/answers", `{"step":"taken"}`, d.keys["near"], asJSON, "If-Match: "+tag)
	d.TellDue(t.Context())
	d.TellDue(t.Context()) // not due yet
	if len(got) != 1 || got[0] != "cn.shangyuntong.request.answered "+onboardingID {
		t.Fatalf("told %v", got)
	}
	for at := noon; len(got) < lastAttempt; at = at.Add(mostWait) {
		d.Now = func() time.Time { return at }
		d.TellDue(t.Context())
		if at.Sub(noon) > 100*mostWait {
			t.Fatal("it is not told again")
		}
	}
	if dead, err := d.Store.Dead(t.Context(), 10); err != nil || len(dead) != 1 || dead[0].Problem != "回答 503" {
		t.Fatalf("dead %+v %v", dead, err)
	}
	answer = http.StatusNoContent
	if err := d.Store.Again(t.Context(), by, "h", d.Now()); err != nil {
		t.Fatal(err)
	}
	d.TellDue(t.Context())
	d.TellDue(t.Context())
	if len(got) != lastAttempt+1 {
		t.Errorf("told %d times, want %d", len(got), lastAttempt+1)
	}
}

func TestABatchIsTheSameInEveryFormatAndStaysSo(t *testing.T) {
	d := openTown(t)
	if err := d.Store.Configure(t.Context(), inbox.Who{}, inbox.SettingTwoPersons, "off", noon); err != nil {
		t.Fatal(err)
	}
	d.do(d.cookies["clerk"], "/requests/"+requestID+"/check", url.Values{"n": {"1"}, "position": {"0"}, "done": {"yes"}})
	if w := d.do(d.cookies["clerk"], "/export", url.Values{"id": {requestID}}); w.Code != http.StatusConflict {
		t.Errorf("exported before it was accepted: %d", w.Code)
	}
	for _, e := range []submit.Event{submit.EventReview, submit.EventAccept} {
		_, tag := d.status(requestID, d.keys["clerk"])
		if code, done, p := d.decide(requestID, d.keys["clerk"], tag, portal.Decide{Event: e}); code != 200 || done.Waits {
			t.Fatalf("%s: %d %+v", e, code, p)
		}
	}
	if rows, err := d.Store.Audit(t.Context(), inbox.AuditQuery{RequestID: requestID, Verb: "accept"}); err != nil || len(rows) != 1 || rows[0].Detail != "one-person" {
		t.Errorf("the audit does not show that one person decided: %+v %v", rows, err)
	}
	w := d.do(d.cookies["clerk"], "/export", url.Values{"all": {"yes"}})
	_, id, _ := strings.Cut(w.Header().Get("Location"), "done=")
	if w.Code != http.StatusSeeOther || id != "2026-0001" {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	file := func(format string) []byte {
		w := d.ask("GET", "/exports/"+id+"/"+format, "", d.cookies["clerk"])
		if w.Code != 200 {
			t.Fatalf("%s: %d", format, w.Code)
		}
		return w.Body.Bytes()
	}
	book, err := excelize.OpenReader(bytes.NewReader(file("xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	cell, _ := book.GetCellValue("Sheet1", "F2")
	if cell != "样例<b>刀具</b>公司" || !strings.Contains(string(file("csv")), cell) || !strings.Contains(string(file("csv")), "576000.00") {
		t.Errorf("cell %q, %s", cell, file("csv"))
	}
	var whole struct {
		Requests []struct{ Manifest json.RawMessage }
	}
	if err := json.Unmarshal(file("json"), &whole); err != nil || len(whole.Requests) != 1 {
		t.Fatalf("%v", err)
	}
	if s, _ := d.status(requestID, asDevice); s.State != submit.StateExported {
		t.Errorf("state %s", s.State)
	}
}

func TestALostDeviceIsMarkedAndItsFirmsAreListed(t *testing.T) {
	d := openTown(t)
	w := d.do(d.cookies["chief"], "/devices/"+deviceA+"/revoke", url.Values{"lost": {"yes"}, "since": {"2026-11-21"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if w := d.ask("GET", "/v1/changes", "", asDevice); w.Code != http.StatusUnauthorized {
		t.Errorf("its token still holds: %d", w.Code)
	}
	page := d.ask("GET", "/devices/"+deviceA, "", d.cookies["chief"]).Body.String()
	if !strings.Contains(page, "刀具") || !strings.Contains(page, "报失后收到") {
		t.Errorf("what was on it is not listed: %s", page)
	}
	if list := d.ask("GET", "/?quick=suspect", "", d.cookies["clerk"]).Body.String(); !strings.Contains(list, requestID) {
		t.Error("its requests are not marked in the queue")
	}
}

func TestNobodyJudgesWhatHisOwnDeviceSent(t *testing.T) {
	d := openTown(t)
	by := inbox.Who{Role: inbox.RoleAdmin, Login: "console"}
	if err := d.Store.PutAccount(t.Context(), by, inbox.Account{Login: "firm", Name: "兼职", Role: inbox.RoleReviewer}, noon); err != nil {
		t.Fatal(err)
	}
	_, tag := d.status(requestID, d.keys["clerk"])
	d.decide(requestID, d.keys["clerk"], tag, portal.Decide{Event: submit.EventReview})
	_, tag = d.status(requestID, d.keys["clerk"])
	if code, _, p := d.decide(requestID, d.keys["firm"], tag, portal.Decide{Event: submit.EventReject, Note: "x"}); code != http.StatusForbidden {
		t.Errorf("%d %+v", code, p)
	}
}
