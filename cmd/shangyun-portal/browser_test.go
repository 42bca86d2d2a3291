package main

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	logs "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// peers skips a test that needs a browser unless it was asked for.
func peers(t *testing.T) string {
	t.Helper()
	if os.Getenv("SHANGYUN_PEERS") != "1" {
		t.Skip("需要 Chromium：以 SHANGYUN_PEERS=1 运行（make test-peers）")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("没有找到 Chromium，请先运行 installer/deps.sh peers")
	return ""
}

// patience is how long one step of a browser may take on a busy machine.
const patience = 2 * time.Minute

// tab is one headless browser page that notes what it asked for and what went wrong.
type tab struct {
	context.Context
	t        *testing.T
	host     string
	mu       sync.Mutex
	requests []string
	errors   []string
}

// browse starts a browser of its own for the portal at address.
func browse(t *testing.T, program, address string) *tab {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("no-first-run", true), chromedp.Flag("lang", "zh-CN"), chromedp.Flag("accept-lang", "zh-CN"))
	all, stop := chromedp.NewExecAllocator(t.Context(), opts...)
	ctx, end := chromedp.NewContext(all)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); end(); stop() })
	b := &tab{Context: ctx, t: t}
	b.at(address)
	b.run()
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatal(err)
	}
	for _, enable := range []func() error{
		func() error { _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); return err },
		func() error { _, err := chromedp.Call(ctx, logs.Enable, cdp.Empty{}); return err },
		func() error { _, err := chromedp.Call(ctx, runtime.Enable, cdp.Empty{}); return err },
	} {
		if err := enable(); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func (b *tab) note(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	case *logs.EventEntryAdded:
		b.errors = append(b.errors, fmt.Sprint(e.Entry.Level, " ", e.Entry.Text, " ", e.Entry.URL))
	case *runtime.EventConsoleAPICalled:
		b.errors = append(b.errors, fmt.Sprint("console ", e.Type))
	case *runtime.EventExceptionThrown:
		b.errors = append(b.errors, e.ExceptionDetails.Text)
	}
}

func (b *tab) run(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if len(steps) == 0 { // the first call starts the browser, which lives as long as its context
		if err := chromedp.Do(b.Context); err != nil {
			b.t.Fatal(err)
		}
	}
	for i, step := range steps { // one by one: each has its own patience, and a failure tells which it was
		ctx, stop := context.WithTimeout(b, patience)
		err := chromedp.Do(ctx, step)
		stop()
		if err != nil {
			b.t.Fatalf("step %d of %d: %v", i+1, len(steps), err)
		}
	}
}

// ask gives what an action finds on the page.
func ask[T any](b *tab, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b, patience)
	defer stop()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// quiet fails when the page wrote to the console or asked another host for anything.
func (b *tab) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.errors {
		b.t.Errorf("the browser complains: %s", e)
	}
	if len(b.requests) == 0 {
		b.t.Error("no request was seen: the test sees nothing")
	}
	for _, r := range b.requests {
		if u, err := url.Parse(r); err != nil || u.Scheme != "data" && u.Host != b.host {
			b.t.Errorf("asked %s", r)
		}
	}
	b.requests, b.errors = nil, nil
}

// look sets the window's size and the person's wish for light or dark.
func look(width, height int64, scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(chromedp.EmulateViewport(width, height), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	}))
}

// picture keeps a screenshot when a folder is named for it.
func (b *tab) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("SHANGYUN_PORTAL_SHOTS")
	if dir == "" {
		return
	}
	for suffix, png := range map[string][]byte{".png": ask(b, chromedp.CaptureScreenshot()), "-whole.png": ask(b, chromedp.FullScreenshot(100))} {
		if err := os.WriteFile(filepath.Join(dir, name+suffix), png, 0o600); err != nil {
			b.t.Fatal(err)
		}
	}
}

// demo walks the sample firm through the real programs and gives the portal's data folder.
func demo(t *testing.T) string {
	t.Helper()
	bin, out := t.TempDir(), filepath.Join(t.TempDir(), "demo")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", bin+string(os.PathSeparator), "../shangyunctl", "../shangyun-portal", "../shangyun-demo")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	if said, err := exec.CommandContext(t.Context(), filepath.Join(bin, "shangyun-demo"), "--bin", bin, "--out", out, "--pages=false").CombinedOutput(); err != nil {
		t.Fatalf("demo: %v\n%s", err, said)
	}
	return filepath.Join(out, "portal")
}

// longName is a firm's name that no line of a small screen holds.
const longName = "湖南省株洲市天元区恒久耐磨硬质合金数控刀具精密制造与表面涂层技术研究开发有限责任公司"

// others sends further requests of other firms and lets the staff decide on some.
func others(t *testing.T, r *running, data string) {
	t.Helper()
	e := enrol(t, r)
	s, err := inbox.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	rows := []struct {
		firm, region, level, fen string
		kind                     submit.Kind
		doc                      string
		events                   []submit.Event
	}{
		{longName, "430200", "一级 初始级", "118400000", submit.Application, `{"form":{"unknown":"另一种写法"}}`, []submit.Event{submit.EventReview}},
		{"（样例）醴陵瓷业机械有限公司", "430281", "二级 规范级", "", submit.Application, `{"form":{}}`, []submit.Event{submit.EventReview, submit.EventReturn}},
		{"（样例）湘潭泵业有限公司", "430300", "三级 集成级", "18650000", submit.Application, `{"form":{}}`, []submit.Event{submit.EventReview, submit.EventAccept}},
		{"（样例）湘潭精工轴承有限公司", "430300", "", "", submit.Onboarding, `{"contact":{"name":"样例丙","phone":"13800000001","email":"c@example.com"},
			"dates":{"from":"2026-12-01","to":"2027-03-31","note":"春节前后停产两周"},"devices":[{"name":"数控车床","model":"CK6150","protocol":"Modbus TCP","count":6}],
			"firm":{"name":"（样例）湘潭精工轴承有限公司","creditCode":"91430200MA4L000000","region":"430300"},"network":{"text":"车间有线以太网，出口 100M"},
			"offers":[{"offer":"x","title":"设备上云标准版","vendor":"（样例）平台公司","quantity":1}],"protocols":["Modbus TCP","OPC UA"]}`, nil},
	}
	for i, row := range rows {
		base, open := request(t, 100+i)
		sub := base.Submission
		sub.Kind, sub.Document = row.kind, json.RawMessage(row.doc)
		sub.Summary = submit.Summary{FirmName: row.firm, CreditCode: "91430200MA4L000000", Region: row.region, Level: row.level, AmountFen: row.fen}
		sealed, err := submit.Seal(sub)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.New().Send(t.Context(), e, sealed, open, nil); err != nil {
			t.Fatal(err)
		}
		for _, event := range row.events {
			ruled(t, s, sealed, event)
		}
	}
}

// ruled lets two people decide, the papers checked.
func ruled(t *testing.T, s *inbox.Store, sealed submit.Sealed, e submit.Event) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := inbox.Ruling{Event: e, Version: inbox.AnyVersion}
	if e == submit.EventReturn {
		r.Note = "平台合同签于开始日期之前，请更正或附说明。"
		r.Reasons = []submit.Reason{{Pointer: "/attachments/0", Code: "T01", Text: r.Note}}
	}
	for i := range sealed.Submission.Attachments {
		if err := s.Check(t.Context(), inbox.Who{Role: inbox.RoleAdmin, Login: "first"}, sealed.Submission.ID, sealed.Submission.Revision, i, true, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range []string{"first", "second"} {
		out, err := s.Decide(t.Context(), inbox.Who{Role: inbox.RoleAdmin, Login: who}, sealed.Submission.ID, r, time.Now(), func(d submit.Decision) submit.Decision { return d.Sign(private) })
		if err != nil {
			t.Fatal(err)
		}
		if !out.Waits {
			return
		}
	}
}

// at tells the tab which portal it is allowed to ask from now on.
func (b *tab) at(address string) {
	b.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		b.t.Fatal(err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.host = u.Host
}
