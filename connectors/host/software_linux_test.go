package host

import (
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey/inventory"
)

// TestThisComputersSoftwareIsListed holds the list against dpkg itself and against a socket that the test opens.
func TestThisComputersSoftwareIsListed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	in, err := Software(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	at := slices.IndexFunc(in.Services, func(s inventory.Service) bool { return s.Port == port })
	if self, err := os.Executable(); at < 0 || err != nil || in.Services[at].Process == "" || !strings.HasPrefix(self[strings.LastIndexByte(self, '/')+1:], in.Services[at].Process[:4]) {
		t.Errorf("port %d of %s is not listed with its program: %+v", port, self, in.Services)
	}
	out, err := exec.Command("dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}\t${Version}\n").Output()
	if err != nil {
		t.Skip("SKIP peer dpkg-query: ", err)
	}
	want := 0
	for line := range strings.Lines(string(out)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if f[0] != "installed" {
			continue
		}
		want++
		if !slices.ContainsFunc(in.Programs, func(p inventory.Program) bool { return p.Name == f[1] && p.Version == f[2] }) {
			t.Errorf("%s %s is not listed", f[1], f[2])
		}
	}
	if want == 0 {
		t.Skip("no packages here")
	}
}

const status = `Package: kicad
Status: install ok installed
Maintainer: Debian Electronics Team <x@example.org>
Version: 6.0.11
Description: EDA
 Package: not this

Package: gone
Status: deinstall ok config-files
Version: 1

Package: last
Status: install ok installed
Version: 2`

func TestPackageListsAreRead(t *testing.T) {
	if list, err := readDpkg(strings.NewReader(status)); err != nil || len(list) != 2 || list[0] != (inventory.Program{Name: "kicad", Version: "6.0.11", Publisher: "Debian Electronics Team"}) {
		t.Errorf("dpkg: %+v %v", list, err)
	}
	if list, err := readRPM(strings.NewReader("bash\t5.1\tKylin\ngpg-pubkey\t1\t(none)\nvim\t9\t(none)\n")); err != nil || len(list) != 2 || list[1].Publisher != "" {
		t.Errorf("rpm: %+v %v", list, err)
	}
	p, ok := readBundle([]byte(`<?xml version="1.0"?><!DOCTYPE plist><plist><dict><key>CFBundleName</key><string>中望CAD</string><key>Nested</key><dict><key>CFBundleShortVersionString</key><string>no</string></dict><key>CFBundleShortVersionString</key><string>2023</string></dict></plist>`), "ZWCAD")
	if !ok || p.Name != "中望CAD" || p.Version != "2023" {
		t.Errorf("bundle: %+v", p)
	}
	if p, ok := readBundle([]byte("bplist00\x01"), "ZWCAD"); !ok || p.Name != "ZWCAD" {
		t.Errorf("binary bundle: %+v", p)
	}
}

// table is an SMBIOS table with a BIOS structure before the system structure.
var table = []byte("\x00\x05\x00\x00\x01AMI\x00\x00" + "\x01\x1b\x01\x00\x01\x02\x00\x03" + strings.Repeat("\x00", 19) + "LENOVO\x00M720t\x00PC12ABCD\x00\x00" + "\x7f\x04\x02\x00\x00\x00")

func TestTheNamePlateIsReadFromTheFirmware(t *testing.T) {
	if got := readSMBIOS(table); got != (plate{"LENOVO", "M720t", "PC12ABCD"}) {
		t.Errorf("%+v", got)
	}
	for _, s := range []string{"To Be Filled By O.E.M.", "Default string", "00000000", " ", "System Product Name"} {
		if real(s) != "" {
			t.Errorf("%q is taken for a name", s)
		}
	}
	f := facts{plate: plate{"LENOVO", "M720t", "PC12ABCD"}, memory: 1 << 30, macs: []string{"00:1b:1b:0a:0b:0c"}}
	if a := f.asset(time.Now()); a.Nameplate.SerialNumber != "PC12ABCD" || a.Reach.MACs[0] != "00:1b:1b:0a:0b:0c" || a.Reach.HostName != "" || a.Reach.Addresses != nil {
		t.Errorf("%+v", a)
	}
}

func FuzzSMBIOS(f *testing.F) {
	f.Add(table)
	f.Fuzz(func(t *testing.T, b []byte) { readSMBIOS(b) })
}

func FuzzPackageLists(f *testing.F) {
	f.Add(status)
	f.Add("bash\t5.1\tKylin\n")
	f.Add("<plist><dict><key>CFBundleName</key><string>x</string></dict></plist>")
	f.Fuzz(func(t *testing.T, s string) {
		dpkg, _ := readDpkg(strings.NewReader(s))
		rpm, _ := readRPM(strings.NewReader(s))
		p, ok := readBundle([]byte(s), "x")
		for _, q := range append(append(dpkg, rpm...), p) {
			if ok && (q.Name == "" || len([]rune(q.Name)) > 200 || strings.ContainsAny(q.Name, "\n\t")) {
				t.Errorf("%q", q.Name)
			}
		}
	})
}
