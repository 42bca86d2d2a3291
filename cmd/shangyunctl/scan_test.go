package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey/scan"
)

func scanCtl(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = Main(context.Background(), append([]string{"--data", filepath.Join(t.TempDir(), "d"), "--by", "测试"}, args...), &o, &e)
	return code, o.String(), e.String()
}

// TestScanShowsItsPlanFirst: without consent the plan is shown, exit code 4, and nothing connects; with it the device is known, the report
// holds every frame, and its answers can be read again.
func TestScanShowsItsPlanFirst(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	accepted := make(chan bool, 10)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			accepted <- true
			go func() {
				_, _ = io.ReadFull(c, make([]byte, 11))
				_, _ = c.Write([]byte("\x00\x01\x00\x00\x00\x03\x01\xab\x01"))
				_, _ = io.Copy(io.Discard, c)
				_ = c.Close()
			}()
		}
	}()
	target := "127.0.0.1:" + strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	code, out, errs := scanCtl(t, "probe", "modbus", target)
	if code != 4 || !strings.Contains(errs, "E0804") || !strings.Contains(out, "Modbus/TCP") {
		t.Errorf("without consent: %d %s %s", code, out, errs)
	}
	code, out, _ = scanCtl(t, "scan", "192.168.1.0/24", "--plan", "--json")
	var p scan.Plan
	if err := json.Unmarshal([]byte(out), &p); code != 0 || err != nil || p.Hosts != 254 || p.PerSecond != 20 || len(p.Steps) < 5 || len(p.Skipped) < 5 {
		t.Errorf("plan: %d %v %+v", code, err, p)
	}
	if n := len(accepted); n != 0 {
		t.Errorf("%d connections without consent", n)
	}
	file := filepath.Join(t.TempDir(), "report.json")
	code, out, errs = scanCtl(t, "probe", "modbus", target, "--agree", "--report", file, "--json")
	var r scan.Report
	if err := json.Unmarshal([]byte(out), &r); code != 0 || err != nil || len(r.Hosts) != 1 || len(r.Log) != 3 || r.Log[2].Hex != "000100000005012b0e0100" || r.Consent.By != "测试" {
		t.Errorf("%d %v %s %+v", code, err, errs, r)
	}
	if code, _, errs := scanCtl(t, "scan", "--again", file); code != 0 || !strings.Contains(errs, "报文日志完整") {
		t.Errorf("again: %d %s", code, errs)
	}
	for _, bad := range [][]string{{"scan", "8.8.8.0/24"}, {"scan", "10.0.0.0/16"}, {"probe", "nothing", "10.0.0.1"}, {"scan", "10.0.0.1", "--port", "http=9100"}} {
		if code, _, errs := scanCtl(t, bad...); code != 3 {
			t.Errorf("%v: %d %s", bad, code, errs)
		}
	}
}
