package server

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

const (
	onboardingID = "01938a5e-7c00-7000-8000-000000000002"
	deviceB      = "01938a5e-7c00-7000-8000-00000000d00b"
	secretB      = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	asDeviceB    = "Authorization: Bearer " + deviceB + "." + secretB
)

// town is a portal with one application and one onboarding request of the firm "firm", whose adviser sent them from device A; device B, the firm
// "other" and the platform "far" have nothing to do with them.
type town struct {
	desk
	cookies map[string]string // by login
	keys    map[string]string // bearer header by login
}

// whoIs lists the people by what they may see: own or foreign to the two requests.
var people = []struct {
	login, operator string
	role            inbox.Role
	foreign         bool
}{
	{"firm", "", inbox.RoleOwner, false}, {"other", "", inbox.RoleOwner, true}, {"adviser", "", inbox.RoleAdviser, true},
	{"near", "near", inbox.RoleOperator, false}, {"far", "far", inbox.RoleOperator, true}, {"clerk", "", inbox.RoleReviewer, false}, {"chief", "", inbox.RoleAdmin, false},
}

func openTown(t *testing.T) town {
	t.Helper()
	d := town{openDesk(t, false), map[string]string{}, map[string]string{}}
	by := inbox.Who{Role: inbox.RoleAdmin, Login: "console"}
	for _, o := range []inbox.Operator{{ID: "near", Name: "近平台", Vendors: []string{"近云"}}, {ID: "far", Name: "远平台", Vendors: []string{"远云"}}} {
		if err := d.Store.PutOperator(t.Context(), by, o, noon); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range people {
		d.cookies[p.login] = d.enter(p.login, p.role, p.operator)
		k := inbox.AccessKey{ID: keyPrefix + p.login, Login: p.login, Name: "程序"}
		if err := d.Store.AddKey(t.Context(), by, k, "secret", noon); err != nil {
			t.Fatal(err)
		}
		d.keys[p.login] = "Authorization: Bearer " + k.ID + ".secret"
	}
	for _, c := range []struct{ code, device, secret, account string }{{"B", deviceB, secretB, "other"}, {"F", "01938a5e-7c00-7000-8000-00000000d00f", strings.Repeat("f", 64), "firm"}} {
		if err := d.Store.AddCode(t.Context(), by, inbox.Code{Code: c.code, Expires: noon.Add(1e9), Account: c.account}, noon); err != nil {
			t.Fatal(err)
		}
		if err := d.Store.Enrol(t.Context(), c.code, inbox.Device{ID: c.device, Name: "电脑"}, c.secret, noon); err != nil {
			t.Fatal(err)
		}
	}
	own := "Authorization: Bearer 01938a5e-7c00-7000-8000-00000000d00f." + strings.Repeat("f", 64)
	for _, sub := range []submit.Sealed{sample(t, nil), onboarding(t)} {
		d.send(sub)
		if w := d.ask("PUT", portal.RevisionPath(sub.Submission.ID, 1), string(sub.Bytes), own, asJSON); w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	return d
}

func onboarding(t *testing.T) submit.Sealed {
	return sample(t, func(s *submit.Submission) {
		s.ID, s.Kind, s.Summary.AmountFen, s.Summary.Level = onboardingID, submit.Onboarding, "", ""
		s.Document = json.RawMessage(`{"contact":{"name":"张"},"offers":[{"title":"设备上云","vendor":"近云"}]}`)
	})
}

// consoleRights says who is let in where: o owner, a adviser, p platform operator, r reviewer, A admin. A page that is missing here fails.
var consoleRights = map[string]string{
	"GET /{$}": "oaprA", "POST /assign": "rA", "POST /export": "rA", "GET /requests/{id}": "oaprA", "GET /requests/{id}/compare": "oaprA", "GET /requests/{id}/reason": "rA",
	"POST /requests/{id}/decide": "oaprA", "POST /requests/{id}/assign": "rA", "POST /requests/{id}/check": "rA", "POST /requests/{id}/answer": "p", "GET /requests/{id}/files/{sha256}": "oaprA",
	"GET /requests/{id}/revisions/{n}/manifest": "oaprA", "GET /requests/{id}/revisions/{n}/receipt": "oaprA", "GET /requests/{id}/revisions/{n}/blobs/{position}": "oaprA", "GET /requests/{id}/revisions/{n}/view/{position}": "oaprA",
	"GET /stats": "rA", "GET /exports": "rA", "GET /exports/{batch}/{format}": "rA", "GET /devices": "oarA", "GET /devices/{device}": "oarA", "POST /devices/code": "A", "POST /devices/{device}/revoke": "oaA",
	"GET /parcels": "rA", "POST /parcels": "rA", "POST /parcels/senders": "A", "GET /parcels/{device}/return": "rA",
	"GET /accounts": "A", "POST /accounts": "A", "POST /accounts/end": "A", "POST /accounts/key": "A", "POST /accounts/key/end": "A", "POST /settings": "A", "GET /me": "oaprA", "POST /me": "oaprA",
	"GET /platforms": "A", "POST /platforms": "A", "POST /platforms/hook": "A", "POST /platforms/hook/end": "A", "POST /platforms/hook/again": "A", "GET /audit": "rA", "GET /audit/export": "rA", "/": "oaprA",
}

var letters = map[inbox.Role]string{inbox.RoleOwner: "o", inbox.RoleAdviser: "a", inbox.RoleOperator: "p", inbox.RoleReviewer: "r", inbox.RoleAdmin: "A"}

func TestEveryRoleAtEveryPage(t *testing.T) {
	d := openTown(t)
	for _, p := range d.console() {
		allowed, ok := consoleRights[p.pattern]
		if !ok {
			t.Errorf("%s is not in the table of rights", p.pattern)
			continue
		}
		method, path, found := strings.Cut(p.pattern, " ")
		if !found {
			method, path = "GET", "/nothing"
		}
		path = strings.NewReplacer("{$}", "", "{id}", onboardingID, "{n}", "1", "{position}", "0", "{device}", "01938a5e-7c00-7000-8000-00000000d00f", "{sha256}", strings.Repeat("0", 64), "{batch}", "2026-9999", "{format}", "csv").Replace(path)
		object := strings.Contains(path, onboardingID) || strings.Contains(path, "d00f")
		for _, who := range people {
			w := d.visitAs(who.login, method, path)
			may := strings.Contains(allowed, letters[who.role])
			switch {
			case !may && w.Code != http.StatusForbidden:
				t.Errorf("%s %s as %s: %d, want refusal", method, path, who.login, w.Code)
			case may && w.Code == http.StatusForbidden:
				t.Errorf("%s %s as %s: refused", method, path, who.login)
			case may && object && who.foreign && w.Code != http.StatusNotFound:
				t.Errorf("%s %s as %s: %d, but it is another's", method, path, who.login, w.Code)
			case may && object && !who.foreign && w.Code == http.StatusNotFound && !strings.Contains(path, "/files/") && !strings.Contains(path, "/return") && !strings.Contains(path, "/compare"):
				t.Errorf("%s %s as %s: not found", method, path, who.login)
			}
			if strings.Contains(w.Body.String(), "内部出错") {
				t.Errorf("%s %s as %s failed inside", method, path, who.login)
			}
		}
		if w := d.ask(method, path, "", asForm); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/login" {
			t.Errorf("%s %s without a log-in: %d", method, path, w.Code)
		}
	}
}

// visitAs asks as a person; what is posted lacks what it needs, so that it changes nothing.
func (d town) visitAs(login, method, path string) *httptest.ResponseRecorder {
	d.t.Helper()
	if method == "GET" {
		return d.ask(method, path, "", d.cookies[login])
	}
	return d.do(d.cookies[login], path, url.Values{"lost": {"yes"}, "version": {"x"}, "position": {"x"}, "login": {"nobody"}})
}

// apiRights: d device, then as above. Every operation of the contract but the public ones stands here.
var apiRights = map[portal.Route]string{
	portal.RouteChanges: "doaprA", portal.RouteStatus: "doaprA", portal.RouteAnnounce: "d", portal.RouteCommit: "d", portal.RouteCommit2: "d", portal.RouteReceipt: "doaprA",
	portal.RouteManifest: "doaprA", portal.RouteRevBlob: "oaprA", portal.RouteWithdraw: "doa", portal.RouteDecisions: "doaprA", portal.RouteDecide: "prA", portal.RouteAnswers: "doaprA",
	portal.RouteAnswer: "p", portal.RoutePutFile: "p", portal.RouteGetFile: "doaprA", portal.RoutePutBlob: "d", portal.RouteGetBlob: "d",
	portal.RouteUploadNew: "d", portal.RouteUploadHead: "d", portal.RouteUploadPatch: "d", portal.RouteUploadEnd: "d",
}

var public = map[portal.Route]bool{
	portal.RouteHealth: true, portal.RouteReady: true, portal.RouteOpenAPI: true, portal.RouteKey: true, portal.RouteEnrol: true, portal.RouteChallenge: true, portal.RouteToken: true, portal.RouteUploadOptions: true,
}

func TestEveryRoleAtEveryOperation(t *testing.T) {
	d := openTown(t)
	type program struct {
		name, letter, header string
		foreign              bool
	}
	callers := []program{{"device A", "d", asDevice, false}, {"device B", "d", asDeviceB, true}}
	for _, p := range people {
		callers = append(callers, program{p.login, letters[p.role], d.keys[p.login], p.foreign})
	}
	for _, route := range portal.Routes() {
		if public[route] {
			continue
		}
		allowed, ok := apiRights[route]
		if !ok {
			t.Errorf("%v is not in the table of rights", route)
			continue
		}
		path := strings.NewReplacer("{id}", onboardingID, "{n}", "1", "{sha256}", submit.Digest([]byte("pdf")), "{upload}", strings.Repeat("0", 32)).Replace(route.Path)
		object := strings.Contains(path, onboardingID) && route != portal.RouteAnnounce
		for _, c := range callers {
			w := d.ask(route.Method, path, "", c.header, asJSON, "Tus-Resumable: 1.0.0")
			may := strings.Contains(allowed, c.letter)
			refused := w.Code == http.StatusForbidden
			gone := refused || w.Code == http.StatusNotFound
			switch {
			case !may && !refused:
				t.Errorf("%s %s as %s: %d, want refusal", route.Method, path, c.name, w.Code)
			case may && !c.foreign && refused:
				t.Errorf("%s %s as %s: refused", route.Method, path, c.name)
			case may && object && c.foreign && !gone && w.Code != http.StatusBadRequest:
				t.Errorf("%s %s as %s: %d, but it is another's", route.Method, path, c.name, w.Code)
			}
			if w.Code == http.StatusInternalServerError {
				t.Errorf("%s %s as %s failed inside: %s", route.Method, path, c.name, w.Body)
			}
		}
		if w := d.ask(route.Method, path, "", asJSON); w.Code != http.StatusUnauthorized {
			t.Errorf("%s %s without a token: %d", route.Method, path, w.Code)
		}
	}
}

// TestOperatorsSeeOnlyTheirOwn holds the lists and the feed, where nothing names an object.
func TestOperatorsSeeOnlyTheirOwn(t *testing.T) {
	d := openTown(t)
	for login, want := range map[string][]string{"near": {onboardingID}, "far": {}, "firm": {requestID, onboardingID}, "other": {}, "adviser": {}, "clerk": {requestID, onboardingID}, "chief": {requestID, onboardingID}} {
		var feed portal.Changes
		if err := json.Unmarshal(d.ask("GET", "/v1/changes", "", d.keys[login]).Body.Bytes(), &feed); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, c := range feed.Changes {
			seen[c.ID] = true
		}
		page := d.ask("GET", "/", "", d.cookies[login]).Body.String()
		for _, id := range []string{requestID, onboardingID} {
			may := false
			for _, w := range want {
				may = may || w == id
			}
			if seen[id] != may || strings.Contains(page, "/requests/"+id) != may {
				t.Errorf("%s sees %s: feed %v, list %v, want %v", login, id, seen[id], strings.Contains(page, "/requests/"+id), may)
			}
		}
	}
}
