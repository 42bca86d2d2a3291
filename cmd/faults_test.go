package cmd

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// request is what status tells of a request.
type request struct {
	ID, SHA256, Problem string
	Revision, Attempts  int
	State               submit.State
	Receipt             *struct{ Number string }
}

// newest is the newest request of the case folder.
func newest(t *testing.T, bin, data string) request {
	t.Helper()
	var all []request
	runCtl(t, bin, data, "--json", "status").into(t, &all)
	if len(all) == 0 {
		t.Fatal("no request")
	}
	return all[0]
}

func TestAPortalThatIsDownGetsTheSameRequestLater(t *testing.T) {
	o := openOffice(t)
	data, _ := firm(t)
	o.enrol(t, data, o.address)
	o.kill()
	runCtl(t, o.bin, data, "send", "--agree").want(t, 5, "E0501 连接不上报送平台。资料已保存在本机，联网后可再次报送。")
	down := newest(t, o.bin, data)
	if down.State != submit.StateSealed || down.Receipt != nil || down.Problem != "E0501" {
		t.Errorf("while the portal is down: %+v", down)
	}
	o.start(t)
	runCtl(t, o.bin, data, "send").want(t, 0, "已报送，回执 SY-")
	if up := newest(t, o.bin, data); up.ID != down.ID || up.SHA256 != down.SHA256 || up.Receipt == nil || up.Problem != "" {
		t.Errorf("sent %+v, sealed %+v", up, down)
	}
	o.wantOne(t, 1)
}

// fault is what answers in the portal's place.
type fault struct {
	name   string
	answer http.HandlerFunc
	code   int
	words  string
}

func faults(elsewhere string) []fault {
	problem := func(k portal.Kind) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			p := portal.NewProblem(k, "")
			w.Header().Set("Content-Type", portal.TypeProblem)
			if p.RetryAfter > 0 {
				w.Header().Set("Retry-After", fmt.Sprint(p.RetryAfter))
			}
			w.WriteHeader(p.Status)
			_ = json.NewEncoder(w).Encode(p)
		}
	}
	return []fault{
		{"captive page", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "<html><body>请登录酒店网络</body></html>")
		}, 5, "E0502"},
		{"redirect to another host", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere+r.URL.Path, http.StatusTemporaryRedirect)
		}, 5, "E0502"},
		{"503 with Retry-After of a proxy", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "120")
			http.Error(w, "upstream is restarting", http.StatusServiceUnavailable)
		}, 5, "E0504"},
		{"503 of the portal", problem(portal.Maintenance), 5, "E0504"},
		{"507 of the portal", problem(portal.StorageFull), 5, "E0504"},
		{"413 of the portal", problem(portal.TooLarge), 6, "E0601 报送平台没有接收：内容超过上限"},
		{"413 of a proxy", func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		}, 5, "E0502"},
	}
}

// Each fault at a step of the exchange, at every step in long runs: nothing counts as sent, and the next normal send gives one request and
// one receipt for it.
func TestWhateverAnswersInThePortalsPlaceTheNextSendIsWhole(t *testing.T) {
	o := openOffice(t)
	data, _ := firm(t)
	way := openLine(t, o.address)
	o.enrol(t, data, way.address)
	elsewhere := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	target, err := url.Parse(o.address)
	if err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		name string
		is   func(*http.Request) bool
	}{
		{"announce", func(r *http.Request) bool {
			return r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/revisions/")
		}},
		{"commit", func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/commit") }},
		{"blob", func(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/v1/blobs/") }},
		{"key", func(r *http.Request) bool { return r.URL.Path == portal.RouteKey.Path }},
	}
	runCtl(t, o.bin, data, "send", "--agree").want(t, 0, "已报送")
	revision := 1
	for i, f := range faults(other.URL) {
		for j, at := range steps {
			if faultRounds(1) == 1 && i%len(steps) != j {
				continue
			}
			t.Run(f.name+" at "+at.name, func(t *testing.T) {
				hit := 0
				bad := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if !at.is(r) {
						httputil.NewSingleHostReverseProxy(target).ServeHTTP(w, r)
						return
					}
					hit++
					f.answer(w, r)
				}))
				defer bad.Close()
				revision++
				runCtl(t, o.bin, data, "set", fmt.Sprintf("project.goals=第 %d 次修改", revision)).want(t, 0, "已保存")
				way.lead(bad.URL)
				runCtl(t, o.bin, data, "send").want(t, f.code, f.words)
				if r := newest(t, o.bin, data); r.Receipt != nil || r.Revision != revision || hit == 0 {
					t.Errorf("after the fault (%d times met): %+v", hit, r)
				}
				way.lead(o.address)
				runCtl(t, o.bin, data, "send").want(t, 0, "已报送，回执 SY-")
				o.wantOne(t, revision)
			})
		}
	}
	if elsewhere != 0 {
		t.Errorf("the other host was asked %d times", elsewhere)
	}
}

// The line is cut after k bytes for k over the whole exchange.
func TestALineCutAnywhereIsMendedByTheNextSend(t *testing.T) {
	o := openOffice(t)
	data, _ := firm(t)
	way := openLine(t, o.address)
	o.enrol(t, data, way.address)
	send := func(n int) ran {
		runCtl(t, o.bin, data, "set", fmt.Sprintf("project.goals=第 %06d 次修改", n)).want(t, 0, "已保存")
		return runCtl(t, o.bin, data, "send", "--agree")
	}
	send(1).want(t, 0, "已报送")
	way.cut(-1)
	send(2).want(t, 0, "已报送")
	whole := way.cut(-1)
	cuts := []int64{0, whole - 300} // the last one loses the receipt alone
	for i, n := int64(1), int64(faultRounds(4)); i < n; i++ {
		cuts = append(cuts, whole*i/n)
	}
	revision := 2
	for _, k := range cuts {
		t.Run(fmt.Sprintf("after %d of %d bytes", k, whole), func(t *testing.T) {
			revision++
			way.cut(k)
			r := send(revision)
			for less := k; r.code == 0 && less > 0; { // papers differ by some bytes: this exchange ended before the cut
				less -= 400
				revision++
				way.cut(less)
				r = send(revision)
			}
			r.want(t, 5, "E0503 传输中断")
			if r := newest(t, o.bin, data); r.Receipt != nil || r.Revision != revision {
				t.Errorf("after the cut: %+v", r)
			}
			way.cut(-1)
			runCtl(t, o.bin, data, "send").want(t, 0, "已报送，回执 SY-")
			o.wantOne(t, revision)
		})
	}
}
