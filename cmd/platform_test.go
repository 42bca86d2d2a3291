package cmd

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// A firm's onboarding request goes straight to a platform's intake; what it answered stays in the case, its secret stays sealed.
func TestARequestGoesStraightToAPlatformsIntake(t *testing.T) {
	keys := map[string]int{}
	down := true
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down {
			http.Error(w, "", http.StatusBadGateway)
			return
		}
		if r.Header.Get("X-Api-Key") != "geheim" {
			w.WriteHeader(http.StatusUnprocessableEntity)
			return
		}
		keys[r.Header.Get("Idempotency-Key")]++
		_, _ = io.WriteString(w, `{"data":{"ticket":"P-9"},"message":"收到"}`)
	}))
	defer s.Close()
	d := openTable(t)
	_, err := d.DryIntake(t.Context(), d.id, "example-key")
	wantCode(t, err, survey.CodeNotReady, "接口地址")
	if err := d.SetIntake(t.Context(), "example-key", s.URL, map[string]string{"secret": "geheim"}); err != nil {
		t.Fatal(err)
	}
	ready, err := d.DryIntake(t.Context(), d.id, "example-key")
	if err != nil || len(ready.Body) == 0 || len(keys) != 0 {
		t.Fatalf("%+v %v", ready, err)
	}
	_, _, err = d.SendIntake(t.Context(), d.id, "example-key")
	wantCode(t, err, survey.CodeConsent, "")
	if _, err := d.AgreeIntake(t.Context(), d.id, "example-key"); err != nil {
		t.Fatal(err)
	}
	_, _, err = d.SendIntake(t.Context(), d.id, "example-key")
	wantCode(t, err, survey.CodeIntake, "")
	down = false
	var st *wizard.State
	for range 2 {
		var number string
		if st2, out, err := d.SendIntake(t.Context(), d.id, "example-key"); err != nil {
			t.Fatal(err)
		} else {
			st, number = st2, out.Number
		}
		if number != "P-9" {
			t.Error(number)
		}
	}
	if len(keys) != 1 {
		t.Errorf("the same request went under %v", keys)
	}
	papers := 0
	for _, a := range st.Case.Attachments {
		if a.Role == wizard.RoleIntake {
			papers++
		}
	}
	if papers == 0 {
		t.Error("no paper says how the platform answered")
	}
	d.set(t, "firm.contact.name", "李四")
	if _, err := d.AgreeIntake(t.Context(), d.id, "example-key"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.SendIntake(t.Context(), d.id, "example-key"); err != nil {
		t.Fatal(err)
	}
	all, err := d.IntakeList(t.Context())
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v %v", all, err)
	}
}
