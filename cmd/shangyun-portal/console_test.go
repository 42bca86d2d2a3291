package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

const password = "受理人员的长口令一号"

// account makes a person of the portal by the real program.
func account(t *testing.T, data, login, name, role string, more ...string) {
	t.Helper()
	c := program(t, append([]string{"account", "add", "--login", login, "--name", name, "--role", role, "--data", data}, more...)...)
	c.Stdin = strings.NewReader(password + "\n")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// enters logs a person in.
func (b *tab) enters(address, login string) {
	b.t.Helper()
	b.run(chromedp.Navigate(address+"/login"), chromedp.WaitVisible(chromedp.CSS("#password")), chromedp.SendKeys(chromedp.CSS("#login"), login),
		chromedp.SendKeys(chromedp.CSS("#password"), password), chromedp.Click(chromedp.CSS("button.first")), chromedp.WaitVisible(chromedp.CSS(".rail")))
}

// axe demands that axe-core finds nothing serious on the page as it is.
func (b *tab) axe(where string) {
	b.t.Helper()
	source, err := os.ReadFile("../../build/npm/node_modules/axe-core/axe.min.js")
	if err != nil {
		b.t.Fatal("没有找到 axe-core，请先运行 installer/deps.sh peers")
	}
	b.run(chromedp.Evaluate[chromedp.Void](string(source) + ";void 0"))
	found := ask(b, chromedp.Evaluate[string](`axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations
		.filter(v => v.impact === "serious" || v.impact === "critical").map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + " " + (n.any[0] ? n.any[0].message : "")).join(" | "))))`, chromedp.EvalAwaitPromise))
	var list []string
	if err := json.Unmarshal([]byte(found), &list); err != nil {
		b.t.Fatalf("%s: %v", where, err)
	}
	for _, v := range list {
		b.t.Errorf("%s: %s", where, v)
	}
}

// narrow checks that nothing is wider than the window.
func (b *tab) narrow(where string) {
	b.t.Helper()
	if over := ask(b, chromedp.Evaluate[int](`document.documentElement.scrollWidth - innerWidth`)); over > 0 {
		b.t.Errorf("%s: %d px wider than the window", where, over)
	}
}

// The console in a real browser: every flow of the staff, every page at three widths, light and dark, Chinese and English, judged by axe-core.
func TestConsoleInARealBrowser(t *testing.T) {
	if os.Getenv("SHANGYUN_CONSOLE") != "1" { // on a machine that is busy with much else a page may take minutes: this test is for a quiet one
		t.Skip("需要空闲的机器，约数分钟：以 SHANGYUN_PEERS=1 SHANGYUN_CONSOLE=1 运行")
	}
	chromium := peers(t)
	data := demo(t)
	r := serveWith(t, data)
	for _, p := range [][]string{{"clerk", "受理员 1", "reviewer"}, {"chief", "张科长", "admin"}} {
		account(t, data, p[0], p[1], p[2])
	}
	others(t, r, data)
	b := browse(t, chromium, r.address)
	b.run(look(1440, 900, "light"))
	b.enters(r.address, "clerk")
	request := b.returns(r.address)
	b.revises(t, r, data, request)
	b.accepts(request, "clerk", "初审意见已记下")
	b.press(".who button", `!!document.querySelector("#password")`)
	b.enters(r.address, "chief")
	b.accepts(request, "chief", "已办：受理")
	b.exports(r.address)
	b.manages(r.address)
	b.everyPage(r.address, request)
	b.quiet()
}

// wait polls the page for a word.
func (b *tab) wait(word string) {
	b.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); {
		if strings.Contains(ask(b, chromedp.Evaluate[string](`document.body.innerText`)), word) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("the page never says %q: %s", word, ask(b, chromedp.Evaluate[string](`document.body.innerText`)))
}

// returns narrows the queue without loading the page anew, opens the sample firm's request and returns two places of it.
func (b *tab) returns(address string) string {
	b.t.Helper()
	b.run(chromedp.Navigate(address+"/"), chromedp.SendKeys(chromedp.CSS("#q"), "恒硬"))
	b.wait("共 1 件")
	b.run(chromedp.Click(chromedp.Search(`//td//a[contains(., '株洲恒硬')]`)), chromedp.WaitVisible(chromedp.CSS(".back")))
	at := ask(b, chromedp.Location())
	b.press(`button[value=review]`, `!!document.querySelector(".done")`)
	b.words("审核中", "负责人 clerk")
	for i, point := range []string{`(//dl[@class='fields']//a[@class='point'])[3]`, `(//ul[@class='files']//a[@class='point'])[1]`} {
		b.run(chromedp.Click(chromedp.Search(point)))
		b.run(chromedp.WaitVisible(chromedp.CSS(fmt.Sprintf(".reason:nth-of-type(%d)", i+1))))
	}
	b.run(chromedp.Evaluate[chromedp.Void](`for (const [i, row] of [...document.querySelectorAll(".reason")].entries()) {
		row.querySelector("select[name=code]").value = ["T01", "D03"][i]; row.querySelector("textarea").value = ["平台合同签于 2026年2月18日，早于项目开始日，请更正或附说明。", "收款账号看不清，请重新扫描。"][i]; }`))
	b.picture("return-1440-light")
	b.axe("returning")
	b.press(`button[value=return]`, `!!document.querySelector(".done")`)
	b.words("已退回", "退回意见", "收款账号看不清", "退回处")
	b.picture("returned-1440-light")
	return at
}

// revises sends revision 2 of the request, as the firm's device would, and compares the two.
func (b *tab) revises(t *testing.T, r *running, data, request string) {
	t.Helper()
	s, err := inbox.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	id := filepath.Base(request)
	before, _, err := s.Revision(t.Context(), inbox.Who{Role: inbox.RoleAdmin}, id, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AddEnrolCode(t.Context(), "SECOND", time.Now(), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	e, err := client.New().Enrol(t.Context(), client.Enrolling{
		Address: r.address, Fingerprint: printed.FindStringSubmatch(r.out.String())[1], Code: "SECOND", DeviceID: "01938a5e-7c00-7000-8000-00000000d002", DeviceName: "另一台电脑", Secret: strings.Repeat("ab", 32),
	})
	if err != nil {
		t.Fatal(err)
	}
	open := func(sha string) ([]byte, error) {
		f, err := s.BlobOf(t.Context(), inbox.Who{Role: inbox.RoleAdmin}, id, 1, sha)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		return io.ReadAll(f)
	}
	if _, err := client.New().Send(t.Context(), e, before, open, nil); err != nil { // shows that it has revision 1
		t.Fatal(err)
	}
	next := before.Submission
	next.Revision, next.Base = 2, 1
	next.Document = json.RawMessage(strings.Replace(string(next.Document), "刀具制造质量与设备数据分析项目", "刀具全流程质量与设备数据分析项目", -1))
	sealed, err := submit.Seal(next)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.New().Send(t.Context(), e, sealed, open, nil); err != nil {
		t.Fatal(err)
	}
	b.run(chromedp.Navigate(request))
	b.words("本版改动", "第 1 版", "收款账号看不清")
	b.run(chromedp.Click(chromedp.Search(`//nav[@class='tabs']/a[contains(., '版本对比')]`)), chromedp.WaitVisible(chromedp.CSS(".diff")))
	b.words("刀具制造质量与设备数据分析项目", "刀具全流程质量与设备数据分析项目")
	b.axe("compare")
	b.picture("compare-1440-light")
}

// until polls a condition on the page; a page that is just being left counts as not yet.
func (b *tab) until(condition string) {
	b.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		ctx, stop := context.WithTimeout(b, patience)
		met, err := chromedp.Run(ctx, chromedp.Evaluate[bool](condition))
		stop()
		if err == nil && met {
			return
		}
	}
	b.t.Fatalf("never: %s\n%s", condition, ask(b, chromedp.Evaluate[string](`document.body.innerText`)))
}

// press clicks the first element of a selector and waits until the next page says so.
func (b *tab) press(selector, until string) {
	b.t.Helper()
	b.until(`document.readyState === "complete" && !!document.querySelector(` + strconv.Quote(selector) + `)`)
	b.run(chromedp.Evaluate[chromedp.Void](`document.body.dataset.old = "yes"; setTimeout(() => document.querySelector(` + strconv.Quote(selector) + `).click(), 0); void 0`))
	b.until(`document.readyState === "complete" && !document.body.dataset.old && (` + until + `)`)
}

// accepts checks every paper and says yes.
func (b *tab) accepts(request, login, word string) {
	b.t.Helper()
	b.run(chromedp.Navigate(request))
	if login == "clerk" {
		b.press(`button[value=review]`, `!!document.querySelector(".done")`)
		b.press(`button[value=accept]`, `!!document.querySelector(".note[role=alert]")`)
		b.words("还有材料没有核对")
		b.forgive("409")
		b.run(chromedp.Navigate(request))
		papers := ask(b, chromedp.Evaluate[int](`document.querySelectorAll(".files form").length`))
		if papers < 5 {
			b.t.Errorf("%d papers to check", papers)
		}
		for n := range papers {
			b.press(`.files input[name=done][value=yes] ~ button`, `document.querySelectorAll(".files input[name=done][value=no]").length === `+strconv.Itoa(n+1))
		}
	}
	b.press(`button[value=accept]`, `!!document.querySelector(".done")`)
	b.words(word)
	b.picture("accept-" + login + "-1440-light")
}

// exports makes a batch of what was ticked in the queue.
func (b *tab) exports(address string) {
	b.t.Helper()
	b.run(chromedp.Navigate(address+"/?state=accepted"), chromedp.WaitVisible(chromedp.CSS("#all")), chromedp.Click(chromedp.CSS("#all")))
	b.words("已选 2 件", "申请上限合计")
	b.picture("picked-1440-light")
	b.press(`button[formaction="/export"]`, `!!document.querySelector(".done")`)
	b.words("已生成批次")
	for _, format := range []string{"xlsx", "csv", "json"} {
		if name, body := b.save(`a[href$="/` + format + `"]`); !strings.HasSuffix(name, "."+format) || len(body) < 100 {
			b.t.Errorf("%s came as %s with %d bytes", format, name, len(body))
		}
	}
}

// manages issues a code, makes an account and a platform, and logs a wrong input.
func (b *tab) manages(address string) {
	b.t.Helper()
	b.run(chromedp.Navigate(address+"/devices"), chromedp.SendKeys(chromedp.CSS("input[name=person]"), "株洲某顾问"), chromedp.WaitVisible(chromedp.CSS("form.line")))
	b.press("form.line button", `!!document.querySelector(".secret")`)
	b.words("只显示这一次", "密钥指纹")
	b.run(chromedp.Navigate(address+"/platforms"), chromedp.SendKeys(chromedp.CSS("input[name=id]"), "sample"), chromedp.SendKeys(chromedp.CSS("input[name=name]"), "（样例）平台公司"),
		chromedp.SendKeys(chromedp.CSS("textarea[name=vendors]"), "（样例）平台公司"), chromedp.WaitVisible(chromedp.CSS("form.line")))
	b.press("form.line button.first", `!!document.querySelector(".list")`)
	b.run(chromedp.Navigate(address+"/accounts"), chromedp.SendKeys(chromedp.CSS("input[name=login]"), "Bad Login"), chromedp.SendKeys(chromedp.CSS("input[name=name]"), "某人"), chromedp.WaitVisible(chromedp.CSS("form.line")))
	b.press("form.line button.first", `!!document.querySelector(".note[role=alert]")`)
	b.words("账号只能用小写字母")
	b.forgive("422")
}

// everyPage looks at all pages at three widths, in both schemes and languages.
func (b *tab) everyPage(address, request string) {
	b.t.Helper()
	pages := map[string]string{"queue": "/", "request": strings.TrimPrefix(request, address), "stats": "/stats", "exports": "/exports", "devices": "/devices", "accounts": "/accounts", "platforms": "/platforms", "audit": "/audit", "me": "/me"}
	for _, v := range []struct {
		width  int64
		scheme string
		lang   string
	}{{1440, "light", "zh"}, {1440, "dark", "en"}, {390, "dark", "zh"}, {360, "light", "en"}} {
		b.run(look(v.width, 860, v.scheme), chromedp.Navigate(address+"/language?to="+v.lang))
		for name, path := range pages {
			b.run(chromedp.Navigate(address+path), chromedp.WaitVisible(chromedp.CSS("main")))
			where := fmt.Sprintf("console-%s-%d-%s-%s", name, v.width, v.scheme, v.lang)
			b.narrow(where)
			if v.width == 1440 || name == "queue" { // the narrow pages have the same parts in another order
				b.axe(where)
			}
			b.picture(where)
		}
	}
}
