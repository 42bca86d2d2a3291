package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/shangyuntong/shangyun/survey/money"
)

// portalLines are the three lines a portal prints when it is ready.
type portalLines struct{ address, fingerprint, code string }

// portal starts a portal on loopback and enrols this device, comparing the fingerprint that the portal printed on its own screen.
func (d *demo) portal(ctx context.Context) (string, error) {
	d.server = exec.CommandContext(ctx, filepath.Join(d.bin, "shangyun-portal"), "serve", "--data", filepath.Join(d.out, "portal"), "--listen", "127.0.0.1:0", "--open-loopback")
	logFile, err := os.Create(filepath.Join(d.out, "portal.log"))
	if err != nil {
		return "", err
	}
	d.server.Stderr = logFile
	out, err := d.server.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := d.server.Start(); err != nil {
		return "", err
	}
	if d.lines, err = readPortal(out); err != nil {
		return "", err
	}
	err = d.ctl(ctx, nil, "portal", "enrol", d.lines.address, "--code", d.lines.code, "--fingerprint", d.lines.fingerprint)
	return d.lines.address + "，指纹 " + d.lines.fingerprint, err
}

func readPortal(out io.Reader) (portalLines, error) {
	var p portalLines
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			lines <- s.Text()
		}
	}()
	limit := time.After(20 * time.Second)
	for p.address == "" || p.fingerprint == "" || p.code == "" {
		select {
		case <-limit:
			return p, errors.New("门户 20 秒内没有就绪")
		case line, ok := <-lines:
			if !ok {
				return p, errors.New("门户没有启动")
			}
			key, value, _ := strings.Cut(line, " ")
			switch key {
			case "地址":
				p.address = value
			case "密钥指纹":
				p.fingerprint = value
			case "登记码":
				p.code, _, _ = strings.Cut(value, "（")
			}
		}
	}
	return p, nil
}

// stopPortal ends the portal that this demo started.
func (d *demo) stopPortal() {
	if d.server == nil || d.server.Process == nil {
		return
	}
	_ = d.server.Process.Signal(syscall.SIGTERM)
	_ = d.server.Wait()
	d.server = nil
}

// summary is what the last screen shows, as the programs printed it.
type summary struct {
	assessment struct {
		Score, LevelName, RuleStatus string
		Level                        int
		Ladder                       []struct {
			Name                                                string
			Level, NeedScenes, HaveScenes, NeedStars, HaveStars int
			NeedScore, HaveScore                                string
			Met                                                 bool
		}
	}
	bundle struct {
		FirstYear string
		Lines     []struct{ Vendor, Title, FirstYear, PriceKind string }
		Proof     struct{ Text string }
	}
	claims struct {
		Validity     string
		Conservative struct {
			Amount, Capital, Note string
			Parts                 []struct{ Measure string }
		}
		Measures []struct{ ID, Name, Clause string }
	}
	request struct {
		SHA256  string
		Receipt struct{ Number string }
	}
	files []string
}

// summary prints one screen.
func (d *demo) summary() {
	a, b, c := d.sum.assessment, d.sum.bundle, d.sum.claims
	fmt.Printf("\n──── 株洲恒硬刀具有限公司（虚构样例） ────\n等级    %s，得分 %s\n", a.LevelName, a.Score)
	for _, r := range a.Ladder {
		if r.Level == a.Level || r.Level == a.Level+1 {
			fmt.Printf("        %s：得分 %s/%s，场景 %d/%d，★场景 %d/%d%s\n", r.Name, r.HaveScore, r.NeedScore, r.HaveScenes, r.NeedScenes, r.HaveStars, r.NeedStars,
				map[bool]string{true: "，已达到", false: "，未达到"}[r.Met])
		}
	}
	fmt.Printf("        %s\n方案    %d 项，首年 %s 元（计划支出，不进申报书）\n", a.RuleStatus, len(b.Lines), yuan(b.FirstYear))
	for _, l := range b.Lines {
		fmt.Printf("        %s %s %s 元\n", l.Vendor, l.Title, yuan(l.FirstYear))
	}
	clause := ""
	for _, p := range c.Conservative.Parts {
		for _, m := range c.Measures {
			if m.ID == p.Measure {
				clause = m.Clause + " " + m.Name
			}
		}
	}
	fmt.Printf("补贴    测算上限 %s 元（人民币%s），%s\n        %s\n", yuan(c.Conservative.Amount), c.Conservative.Capital, clause, c.Validity)
	for i, f := range d.sum.files {
		fmt.Printf("%s%s\n", map[bool]string{true: "文书    ", false: "        "}[i == 0], f)
	}
	fmt.Printf("回执    %s，内容摘要 %s\n用时    %.1f 秒\n\n", d.sum.request.Receipt.Number, d.sum.request.SHA256, time.Since(d.started).Seconds())
}

// yuan prints a decimal string as people read money, 576,000.00.
func yuan(s string) string {
	f, err := money.Parse(s)
	if err != nil {
		return s
	}
	return f.Display()
}
