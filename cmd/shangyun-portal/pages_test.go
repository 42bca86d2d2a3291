package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// The people's pages in a real browser, with the demo's own request: both pages at a desk's and a telephone's width, light and dark.
func TestPagesInARealBrowser(t *testing.T) {
	chromium := peers(t)
	data := demo(t)
	r := serve(t, data)
	empty := serve(t, t.TempDir())
	b := browse(t, chromium, empty.address)
	b.run(look(390, 844, "light"), chromedp.Navigate(empty.address+"/"))
	b.holds("empty", "受理队列 · 报送门户", "还没有收到申请")
	b.run(chromedp.Navigate(empty.address + "/requests/none"))
	b.words("没有这一项", "返回受理队列")
	b.picture("error-390-light")
	b.forgive("404")
	b.quiet()

	others(t, r, data)
	b.at(r.address)
	request := ""
	for _, size := range []struct{ width, height int64 }{{1440, 900}, {390, 844}} {
		for _, scheme := range []string{"light", "dark"} {
			b.run(look(size.width, size.height, scheme), chromedp.Navigate(r.address+"/"))
			name := fmt.Sprintf("list-%d-%s", size.width, scheme)
			b.holds(name, "受理队列 · 报送门户", "株洲恒硬刀具有限公司", longName, "SY-2026-000001-1", "576,000.00", "未列金额", "待受理", "审核中", "已退回", "已受理", "株洲市")
			if dark := ask(b, chromedp.Evaluate[string](`getComputedStyle(document.body).backgroundColor`)) == "rgb(18, 22, 31)"; dark != (scheme == "dark") {
				t.Errorf("%s: the colours do not follow the person's wish", name)
			}
			b.run(chromedp.Click(chromedp.Search(`//a[contains(., '株洲恒硬')]`)), chromedp.WaitVisible(chromedp.CSS(".back")))
			request = ask(b, chromedp.Location())
			b.holds(fmt.Sprintf("request-%d-%s", size.width, scheme), "株洲恒硬刀具有限公司 · 报送门户",
				"SY-2026-000001-1", "摘要与签名已验", "等级规则来自二手资料", "政策文本无文号、无日期，是否仍有效须核实", "金额：以当年申报通知为准", "按另行政策执行",
				"上云上平台奖补资金申报书", "一、申报单位基本情况", "投入明细表", "人民币伍拾柒万陆仟元整", "同意把申报书", "申报书.pdf", "26432000000000000011", "企业同意")
			b.wraps()
		}
	}
	for firm, words := range map[string][]string{
		"轴承": {"上云对接", "联系人", "样例丙", "Modbus TCP、OPC UA", "设备上云标准版", "春节前后停产两周", "企业同意"},
		"瓷业": {"已退回意见", "平台合同签于开始日期之前", "未列金额", "二级"},
	} {
		b.run(chromedp.Navigate(r.address+"/"), chromedp.Click(chromedp.Search(`//a[contains(., '`+firm+`')]`)), chromedp.WaitVisible(chromedp.CSS(".back")))
		b.words(words...)
		b.wraps()
		b.picture(firm + "-390-dark")
	}
	b.quiet()
	b.finds(r.address)
	b.keyboard(r.address)
	b.saves(data, request)
	b.quiet()
}

// holds checks what every page must be: its title, its words, no wider than the window.
func (b *tab) holds(name, title string, words ...string) {
	b.t.Helper()
	b.settled()
	if got := ask(b, chromedp.Title()); got != title {
		b.t.Errorf("%s: title %q, want %q", name, got, title)
	}
	b.words(words...)
	if over := ask(b, chromedp.Evaluate[int](`document.documentElement.scrollWidth - innerWidth`)); over > 0 {
		b.t.Errorf("%s: %d px wider than the window", name, over)
	}
	b.picture(name)
}

func (b *tab) words(words ...string) {
	b.t.Helper()
	b.settled()
	text := ask(b, chromedp.Evaluate[string](`document.body.innerText`))
	for _, w := range words {
		if !strings.Contains(text, w) {
			b.t.Errorf("the page lacks %q", w)
		}
	}
}

// settled waits until the whole page has come: its head is visible while the rest is still on its way.
func (b *tab) settled() {
	b.t.Helper()
	for limit := time.Now().Add(patience); ask(b, chromedp.Evaluate[string](`document.readyState`)) != "complete"; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(limit) {
			b.t.Fatal("the page never came whole")
		}
	}
}

// wraps checks that no word sticks out of its card: what is too wide scrolls inside its own region.
func (b *tab) wraps() {
	b.t.Helper()
	b.settled()
	out := ask(b, chromedp.Evaluate[[]string](`[...document.querySelectorAll('main dd, main dt, main p, main li, main h1, main code')]
		.filter(e => !e.closest('.scroll') && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1).map(e => e.tagName + ' ' + e.textContent.slice(0, 40))`))
	for _, e := range out {
		b.t.Errorf("sticks out: %s", e)
	}
}

// finds narrows the list by a word and by a state, and says so in words where nothing is left.
func (b *tab) finds(address string) {
	b.t.Helper()
	b.run(chromedp.Navigate(address+"/"), chromedp.SendKeys(chromedp.CSS("#q"), "耐磨"+kb.Enter), chromedp.WaitVisible(chromedp.Search(`//td//a[contains(., '耐磨')]`)))
	if text := ask(b, chromedp.Text(chromedp.CSS(".list tbody"))); strings.Contains(text, "恒硬") {
		b.t.Errorf("the search shows others: %s", text)
	}
	b.run(chromedp.Navigate(address + "/?state=exported"))
	b.holds("none-390-dark", "受理队列 · 报送门户", "没有符合条件的申请", "清除筛选")
}

// keyboard walks the list with the Tab key: every stop is visible, and Enter opens a request.
func (b *tab) keyboard(address string) {
	b.t.Helper()
	b.run(look(1440, 900, "light"), chromedp.Navigate(address+"/"))
	for range 40 {
		b.run(chromedp.KeyEvent(kb.Tab))
		here := ask(b, chromedp.Evaluate[string](`(e => e.tagName + ' ' + e.getAttribute('href') + ' ' + getComputedStyle(e).outlineStyle)(document.activeElement)`))
		if !strings.HasSuffix(here, " solid") {
			b.t.Errorf("no focus to be seen at %s", here)
		}
		if strings.Contains(here, "/requests/") {
			b.picture("focus-1440-light")
			b.run(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".back")))
			return
		}
	}
	b.t.Error("the keyboard does not reach a request")
}

// saves downloads every attachment, the manifest and the receipt by clicking, and holds them against what the portal keeps.
func (b *tab) saves(data, request string) {
	b.t.Helper()
	s, err := inbox.Open(b.t.Context(), data)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	sealed, receipt, err := s.Revision(b.t.Context(), inbox.Who{Role: inbox.RoleAdmin}, filepath.Base(request), 1)
	if err != nil || receipt == nil || len(sealed.Submission.Attachments) < 8 {
		b.t.Fatalf("%d attachments, %v", len(sealed.Submission.Attachments), err)
	}
	b.run(chromedp.Navigate(request))
	for i, a := range sealed.Submission.Attachments {
		name, got := b.save(fmt.Sprintf(`a[href$="/blobs/%d"]`, i))
		if name != a.Name || submit.Digest(got) != a.SHA256 || int64(len(got)) != a.Size {
			b.t.Errorf("%s came as %s, %d bytes, %s", a.Name, name, len(got), submit.Digest(got))
		}
	}
	if name, got := b.save(`a[href$="/manifest"]`); string(got) != string(sealed.Bytes) || !strings.HasSuffix(name, ".json") {
		b.t.Errorf("the manifest came as %s with %d bytes", name, len(got))
	}
	if name, _ := b.save(`a[href$="/receipt"]`); name != receipt.Number+".json" {
		b.t.Errorf("the receipt came as %s", name)
	}
}

// save clicks a link and gives the name and the bytes of the file that the browser kept.
func (b *tab) save(link string) (string, []byte) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b, patience)
	defer stop()
	dir, on := b.t.TempDir(), true
	if _, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: dir, EventsEnabled: &on,
	}); err != nil {
		b.t.Fatal(err)
	}
	begins, progress := chromedp.BrowserEvents(ctx, browser.DownloadWillBegin), chromedp.BrowserEvents(ctx, browser.DownloadProgress)
	b.run(chromedp.Click(chromedp.CSS(link)))
	name := ""
	for e, err := range begins {
		if err != nil {
			b.t.Fatalf("%s: %v", link, err)
		}
		name = e.SuggestedFilename
		break
	}
	for e, err := range progress {
		if err != nil || e.State == browser.DownloadProgressStateCanceled {
			b.t.Fatalf("%s: %v %v", link, err, e.State)
		}
		if e.State == browser.DownloadProgressStateCompleted {
			got, err := os.ReadFile(filepath.Join(dir, e.GUID))
			if err != nil {
				b.t.Fatal(err)
			}
			return name, got
		}
	}
	b.t.Fatalf("%s: no end of the download", link)
	return "", nil
}

// The staff's log-in in a real browser: refused in words with a wrong password, open with the right one, closed again after the log-out.
func TestLogInInARealBrowser(t *testing.T) {
	chromium := peers(t)
	data := t.TempDir()
	r := serveWith(t, data)
	b := browse(t, chromium, r.address)
	b.run(look(390, 844, "dark"), chromedp.Navigate(r.address+"/"))
	b.holds("login-unset-390-dark", "登录 · 报送门户", "登录报送门户", "还没有账号")
	set := program(t, "account", "add", "--login", "chief", "--name", "科长", "--role", "admin", "--data", data)
	set.Stdin = strings.NewReader("受理人员的长口令一号\n")
	if out, err := set.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	b.run(look(1440, 900, "light"), chromedp.Navigate(r.address+"/"))
	b.holds("login-1440-light", "登录 · 报送门户", "登录报送门户")
	try := func(password string) {
		b.run(chromedp.SetValue(chromedp.CSS("#login"), "chief"), chromedp.SendKeys(chromedp.CSS("#password"), password), chromedp.Click(chromedp.CSS("button.first")))
	}
	try("受理人员的长口令二号")
	b.run(chromedp.WaitVisible(chromedp.CSS(".note")))
	b.holds("login-wrong-1440-light", "登录 · 报送门户", "账号或口令不对，请重新输入。")
	try("受理人员的长口令一号")
	b.run(chromedp.WaitVisible(chromedp.CSS(".rail")))
	b.holds("logged-in-1440-light", "受理队列 · 报送门户", "还没有收到申请", "科长")
	b.run(chromedp.Click(chromedp.CSS("button.plain")), chromedp.WaitVisible(chromedp.CSS("#password")), chromedp.Navigate(r.address+"/"))
	b.holds("logged-out", "登录 · 报送门户", "登录报送门户")
	b.forgive("401")
	b.quiet()
}

// forgive drops the browser's own note of an answer that the test asked for.
func (b *tab) forgive(status string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var kept []string
	for _, e := range b.errors {
		if !strings.Contains(e, "responded with a status of "+status) {
			kept = append(kept, e)
		}
	}
	b.errors = kept
}
