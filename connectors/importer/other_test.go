package importer

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

var otherDay = time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC)

// nmapXML is retyped from what nmap 7.93 writes for an S7 server, a computer and a silent address.
const nmapXML = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="nmap -sV -oX scan.xml 192.168.0.0/24" start="1764300000" version="7.93">
<host><status state="up" reason="arp-response"/>
<address addr="192.168.0.10" addrtype="ipv4"/><address addr="00:1B:1B:0A:0B:0C" addrtype="mac" vendor="Siemens AG"/>
<hostnames></hostnames>
<ports><port protocol="tcp" portid="102"><state state="open" reason="syn-ack"/><service name="iso-tsap" product="Siemens S7 PLC" devicetype="specialized" method="probed" conf="10"/>
<script id="s7-info" output="..."><elem key="Module">6ES7 315-2EH14-0AB0 </elem><elem key="Basic Hardware">6ES7 315-2EH14-0AB0 </elem><elem key="Version">3.2.6</elem><elem key="System Name">SNAP7-SERVER</elem><elem key="Serial Number">S C-C2UR28922012</elem></script></port>
<port protocol="tcp" portid="80"><state state="closed"/></port></ports></host>
<host><status state="up"/><address addr="192.168.0.20" addrtype="ipv4"/><hostnames><hostname name="office-7.lan" type="PTR"/></hostnames>
<ports><port protocol="tcp" portid="445"><state state="open"/><service name="microsoft-ds" method="table"/></port><port protocol="tcp" portid="22"><state state="open"/><service name="ssh" product="OpenSSH" version="9.2" method="probed"/></port></ports></host>
<host><status state="up"/><address addr="192.168.0.30" addrtype="ipv4"/></host>
<host><status state="down"/><address addr="192.168.0.31" addrtype="ipv4"/></host>
</nmaprun>`

func TestNmapHostsBecomeAssets(t *testing.T) {
	l, err := Read("d/scan.xml", []byte(nmapXML), nil, otherDay)
	if err != nil || l.Format != FormatNmap || len(l.Assets) != 2 || len(l.Problems) != 0 || l.Skipped[0].Text != "2 个地址" {
		t.Fatalf("%+v %v", l, err)
	}
	p := l.Assets[0]
	if p.Name != "SNAP7-SERVER" || p.Nameplate.Model != "6ES7 315-2EH14-0AB0" || p.Nameplate.SerialNumber != "S C-C2UR28922012" || p.Nameplate.SoftwareRevision != "3.2.6" ||
		p.Reach.MACs[0] != "00:1b:1b:0a:0b:0c" || p.Evidence[0].Source != survey.SourceProbe || p.Evidence[0].Ref != "192.168.0.10" || p.Evidence[0].Note != "文件 scan.xml" {
		t.Errorf("%+v", p)
	}
	if c := l.Assets[1]; c.Reach.HostName != "office-7.lan" || strings.Join(c.Protocols, ",") != "ssh" || !strings.Contains(c.Note, "445 microsoft-ds") {
		t.Errorf("%+v", c)
	}
	cut := nmapXML[:strings.LastIndex(nmapXML, "office-7")]
	if l, err = Read("scan.xml", []byte(cut), nil, otherDay); err != nil || len(l.Assets) != 1 || len(l.Problems) != 1 {
		t.Errorf("a file that breaks off: %+v %v", l, err)
	}
	if _, err := Read("scan.xml", []byte("<?xml version=\"1.0\"?><nmaprun></nmaprun>"), nil, otherDay); survey.CodeOf(err) != survey.CodeFileEmpty {
		t.Errorf("nobody there: %v", err)
	}
}

const glpiComputer = `{"deviceid":"pc-2026-01-01-00-00-00","action":"inventory","tag":"A1","content":{"versionclient":"x","hardware":{"name":"CAD-3"},
"bios":{"smanufacturer":"Dell Inc.","smodel":"XPS 13 9350","ssn":"640HP72","assettag":"PC-7"},"operatingsystem":{"full_name":"Windows 10 专业版"},
"networks":[{"description":"lo","mac":"00:00:00:00:00:00","ipaddress":"127.0.0.1","type":"loopback"},{"description":"eth0","mac":"44-19-B6-01-02-03","ipaddress":"192.168.0.44"},{"description":"vm","virtualdev":true,"mac":"00:50:56:c0:00:08"}],
"softwares":[{"name":"AutoCAD 2020"}]}}`

func TestGLPIInventoriesBecomeAssets(t *testing.T) {
	l, err := Read("pc.json", []byte(glpiComputer), nil, otherDay)
	if err != nil || len(l.Assets) != 1 {
		t.Fatalf("%+v %v", l, err)
	}
	a := l.Assets[0]
	if a.Name != "CAD-3" || a.AssetID != "PC-7" || a.Nameplate.SerialNumber != "640HP72" || a.Nameplate.SoftwareRevision != "Windows 10 专业版" || len(a.Reach.MACs) != 1 ||
		a.Reach.MACs[0] != "44:19:b6:01:02:03" || a.Reach.Addresses[0] != "192.168.0.44" || a.InDenominator() != survey.No || a.Evidence[0].By != "GLPI" {
		t.Errorf("%+v", a)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{"1.json": glpiComputer, "2.json": `{"deviceid":"x"}`, "readme.txt": "no"} {
		w, _ := z.Create(name)
		_, _ = w.Write([]byte(text))
	}
	z.Close()
	if l, err = Read("all.zip", b.Bytes(), nil, otherDay); err != nil || len(l.Assets) != 1 || len(l.Problems) != 1 {
		t.Errorf("a zip with one bad file: %+v %v", l, err)
	}
	for name, text := range map[string]string{"no inventory": `{"a":1}`, "a list of nothing": `[]`, "broken": `{"deviceid":`, "deep": strings.Repeat(`[`, 100) + strings.Repeat(`]`, 100)} {
		if _, err := Read("x.json", []byte(text), nil, otherDay); survey.CodeOf(err).Class() != survey.ClassInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if l, err = Read("x.json", []byte(strings.Replace(glpiComputer, `"640HP72"`, `7`, 1)), nil, otherDay); err != nil || len(l.Assets) != 1 || len(l.Problems) != 1 {
		t.Errorf("a field of another type: %+v %v", l, err)
	}
}

const listCSV = "设备台账\n名称,型号,购置金额,单位名\n车床,CAK50,12,台\n铣床,X62,8.5,台\n"

func TestAColumnIsReadAsAPersonAgreed(t *testing.T) {
	first, err := Read("a.csv", []byte(listCSV), nil, otherDay)
	if err != nil || first.Agreed || first.Layout == nil || len(first.Samples) != 2 || first.Samples[0][0] != "车床" {
		t.Fatalf("%+v %v", first, err)
	}
	if v := first.Assets[0].Value; v == nil || v.String() != "12.00" {
		t.Errorf("guessed value %v", v)
	}
	l := *first.Layout
	for i := range l.Columns {
		switch l.Columns[i].Header {
		case "购置金额":
			l.Columns[i].Unit = "万元"
		case "单位名":
			l.Columns[i].Field = string(FieldWorkshop)
		}
	}
	again, err := Read("明年.csv", []byte(listCSV+"磨床,M7130,20,台\n"), []survey.Layout{l}, otherDay)
	if err != nil || !again.Agreed || again.Assets[2].Value.String() != "200000.00" || again.Assets[0].Workshop != "台" {
		t.Fatalf("%+v %v", again, err)
	}
	other, err := Read("b.csv", []byte("设备名称,型号\n车床,CAK50\n"), []survey.Layout{l}, otherDay)
	if err != nil || other.Agreed {
		t.Errorf("another header follows the layout: %+v %v", other, err)
	}
	for name, change := range map[string]func(*survey.Layout){
		"no name":       func(l *survey.Layout) { l.Columns[0].Field = string(FieldNote) },
		"twice":         func(l *survey.Layout) { l.Columns[1].Field = string(FieldName) },
		"unknown field": func(l *survey.Layout) { l.Columns[1].Field = "toy" },
		"unknown unit":  func(l *survey.Layout) { l.Columns[2].Unit = "斤" },
	} {
		bad := l
		bad.Columns = append([]survey.LayoutColumn(nil), l.Columns...)
		change(&bad)
		if _, err := Read("a.csv", []byte(listCSV), []survey.Layout{bad}, otherDay); survey.CodeOf(err) != survey.CodeLayout {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNetworkColumnsAreRead(t *testing.T) {
	l, err := Read("a.csv", []byte("设备名称,MAC地址,IP地址,计算机名,资产分类代码\nPLC,00-1B-1B-0A-0B-0C,192.168.0.9,LINE1,A02330000\nHMI,坏的,,,\n"), nil, otherDay)
	if err != nil {
		t.Fatal(err)
	}
	a := l.Assets[0]
	if a.Reach.MACs[0] != "00:1b:1b:0a:0b:0c" || a.Reach.Addresses[0] != "192.168.0.9" || a.Reach.HostName != "LINE1" || a.Category != "A02330000" || len(l.Assets[1].Reach.MACs) != 0 {
		t.Errorf("%+v", l.Assets)
	}
	named := false
	for _, p := range l.Problems {
		named = named || p.Row == 3 && strings.Contains(p.Text, "坏的")
	}
	if !named {
		t.Errorf("a bad MAC address is not named: %+v", l.Problems)
	}
}

// TestGLPIsOwnExamplesAreRead reads the examples of the format where a folder with them is named.
func TestGLPIsOwnExamplesAreRead(t *testing.T) {
	dir := os.Getenv("SHANGYUN_GLPI_EXAMPLES")
	if dir == "" {
		t.Skip("SKIP SHANGYUN_GLPI_EXAMPLES names no folder")
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(dir + "/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		l, err := Read(f.Name(), data, nil, otherDay)
		var x struct{ Partial bool }
		_ = json.Unmarshal(data, &x)
		if (err != nil || len(l.Problems) > 0) && !x.Partial {
			t.Errorf("%s: %v %+v", f.Name(), err, l.Problems)
		}
	}
}

func FuzzOtherTools(f *testing.F) {
	f.Add([]byte(nmapXML))
	f.Add([]byte(glpiComputer))
	f.Add([]byte("[" + glpiComputer + "]"))
	f.Add([]byte(`<host><address/><ports><port><state state="open"/></port></ports></host >`)) // had no name
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, read := range []func(string, []byte, time.Time) (Ledger, error){readNmap, readGLPI} {
			l, err := read("x", data, otherDay)
			if err != nil {
				continue
			}
			for _, a := range l.Assets {
				if a.Name == "" || len([]rune(a.Name)) > 202 || len(a.Evidence) != 1 || len(a.Protocols) > 20 || len(a.Reach.MACs) > 64 {
					t.Errorf("%+v", a)
				}
			}
		}
	})
}
