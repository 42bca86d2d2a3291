package host

import (
	"bufio"
	"context"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	psnet "github.com/shirou/gopsutil/v3/net"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

func TestThisComputerIsOfficeEquipmentOutsideTheDenominator(t *testing.T) {
	a, err := Describe(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	if a.InDenominator() != survey.No || a.Use != survey.UseOffice || a.Class != survey.ClassNone || a.Count != 1 || a.Digital != survey.Yes {
		t.Errorf("asset = %+v", a)
	}
	if (a.Networked == survey.Yes) != (a.Network == survey.NetApp) {
		t.Errorf("networked %s on network %q", a.Networked, a.Network)
	}
	if len(a.Evidence) != 1 || a.Evidence[0].Source != survey.SourceHost || !a.Evidence[0].At.Equal(now) || a.Evidence[0].At.Location() != time.UTC {
		t.Errorf("evidence = %+v", a.Evidence)
	}
	if !strings.Contains(a.Note, "内存") || !strings.Contains(a.Note, "硬盘") {
		t.Errorf("note = %q", a.Note)
	}
}

func TestFiguresAgreeWithTheKernelsOwn(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("compares with /proc, which only Linux has")
	}
	f := ask(t.Context(), questions)
	kb, err := strconv.ParseUint(strings.TrimSuffix(procField(t, "/proc/meminfo", "MemTotal"), " kB"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	if f.memory != kb*1024 {
		t.Errorf("memory = %d bytes, /proc says %d", f.memory, kb*1024)
	}
	if n := procCount(t, "/proc/cpuinfo", "processor"); f.cores != n {
		t.Errorf("cores = %d, /proc says %d", f.cores, n)
	}
	if want := strings.Join(strings.Fields(procField(t, "/proc/cpuinfo", "model name")), " "); want != "" && f.processor != want {
		t.Errorf("processor = %q, /proc says %q", f.processor, want)
	}
	if f.disk == 0 || f.system == "" {
		t.Errorf("facts = %+v", f)
	}
}

func TestNothingThatNamesAPersonIsKept(t *testing.T) {
	a, err := Describe(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	all := a.Name + "|" + a.Note + "|" + a.Nameplate.SoftwareRevision + "|" + a.Nameplate.SerialNumber
	var secrets []string
	if h, err := os.Hostname(); err == nil && len(h) > 3 {
		secrets = append(secrets, h)
	}
	list, err := net.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range list {
		secrets = append(secrets, i.HardwareAddr.String())
		addrs, _ := i.Addrs()
		for _, x := range addrs {
			ip, _, _ := strings.Cut(x.String(), "/")
			secrets = append(secrets, ip)
		}
	}
	for _, s := range secrets {
		if s != "" && strings.Contains(all, s) {
			t.Errorf("the asset keeps %q", s)
		}
	}
}

func TestAHangingOrFailingQuestionLeavesOnlyItsOwnFieldEmpty(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	defer close(release)
	hang := func(context.Context) func(*facts) { <-release; return nil }
	last := func(context.Context) func(*facts) {
		return func(f *facts) { f.memory = 1 << 33; cancel() } // the rest is in, time is up
	}
	refuse := func(context.Context) func(*facts) { return nil }
	f := ask(ctx, []question{hang, refuse, last})
	if f.memory != 1<<33 {
		t.Fatalf("facts = %+v", f)
	}
	a := f.asset(now)
	if a.Note != "内存 8.0 GB" || a.Networked != survey.Unknown || a.Network != "" {
		t.Errorf("asset = %+v", a)
	}
}

func TestACancelledDescriptionSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Describe(ctx, now); survey.CodeOf(err) != survey.CodeCancelled {
		t.Errorf("error = %v, want %s", err, survey.CodeCancelled)
	}
}

func TestAddressesThatAComputerGivesItselfAreNoNetwork(t *testing.T) {
	for addr, want := range map[string]bool{
		"192.168.1.20/24": true, "2001:db8::5/64": true, "10.0.0.3": true,
		"169.254.7.7/16": false, "fe80::1/64": false, "127.0.0.1/8": false, "::1/128": false, "0.0.0.0/0": false, "?": false,
	} {
		if got := reachable([]psnet.InterfaceAddr{{Addr: addr}}); got != want {
			t.Errorf("reachable(%s) = %v, want %v", addr, got, want)
		}
	}
}

func TestSizesAreRoundedToATenth(t *testing.T) {
	for n, want := range map[uint64]string{1 << 30: "1.0 GB", 16_777_216_000: "15.6 GB", 512_110_190_592: "476.9 GB", 1 << 62: "4294967296 GB"} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %s, want %s", n, got, want)
		}
	}
}

// procField gives the value of the first "name : value" line.
func procField(t *testing.T, path, name string) string {
	t.Helper()
	value := ""
	procLines(t, path, func(k, v string) {
		if k == name && value == "" {
			value = v
		}
	})
	return value
}

func procCount(t *testing.T, path, name string) (n int) {
	t.Helper()
	procLines(t, path, func(k, _ string) {
		if k == name {
			n++
		}
	})
	return n
}

func procLines(t *testing.T, path string, each func(k, v string)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		k, v, _ := strings.Cut(s.Text(), ":")
		each(strings.TrimSpace(k), strings.TrimSpace(v))
	}
}
