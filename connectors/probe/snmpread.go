package probe

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// enterprises by IANA's private enterprise numbers, those that a factory meets.
var enterprises = map[uint32]string{2: "IBM", 9: "Cisco", 11: "HP", 43: "3Com/H3C", 171: "D-Link", 207: "Allied Telesis", 236: "Samsung", 253: "Xerox", 311: "Microsoft", 318: "APC", 367: "Ricoh", 641: "Lexmark", 674: "Dell", 1248: "Epson", 1347: "Kyocera", 1602: "Canon", 2011: "Huawei",
	2435: "Brother", 3320: "BDCOM", 3902: "ZTE", 4196: "Siemens", 4329: "Siemens", 4881: "Ruijie", 5006: "Hikvision", 6574: "Synology", 8072: "Net-SNMP", 8691: "Moxa", 10002: "Ubiquiti", 11863: "TP-Link", 14988: "MikroTik", 18334: "Konica Minolta", 22610: "A10", 24681: "QNAP", 25506: "H3C", 3833: "Schneider Electric", 248: "Hirschmann",
	4346: "Phoenix Contact", 10297: "Advantech", 13576: "WAGO", 39165: "Hikvision", 1004849: "Dahua"}

// statedVersion is a version that a description names as such.
var statedVersion = regexp.MustCompile(`(?i)\b(?:firmware|version|software release)[ :]+v?(\d[\w.()-]{0,30})`)

func readSNMP(answers [][]byte, id *scan.Identity) error {
	ours := false
	for _, a := range answers {
		m, ok := parseSNMP(a)
		if !ok {
			continue
		}
		if m.version == 3 {
			ours = snmpEngine(m, id) || ours
			continue
		}
		if m.pdu == 0xa2 {
			ours = true
			for _, v := range m.values {
				snmpSet(id, v)
			}
		}
	}
	if !ours {
		return errNotOurs
	}
	snmpClass(id)
	return nil
}

// snmpEngine reads the engine id (RFC 3411, SnmpEngineID): maker, and an address, a MAC or a text.
func snmpEngine(m snmpMessage, id *scan.Identity) bool {
	if len(m.engine) < 5 {
		return false
	}
	number := binary.BigEndian.Uint32(m.engine) & 0x7fffffff
	maker := enterprises[number]
	if maker != "" && maker != "Net-SNMP" {
		id.Nameplate.Manufacturer = maker
	}
	fact(id, "SNMPv3 引擎厂商", strings.TrimSpace(fmt.Sprintf("%d %s", number, maker)))
	rest := m.engine[5:]
	switch kind := m.engine[4]; {
	case m.engine[0]&0x80 == 0:
	case kind == 1 && len(rest) == 4:
		fact(id, "引擎地址", netip.AddrFrom4([4]byte(rest)).String())
	case kind == 3 && len(rest) == 6:
		fact(id, "MAC", net.HardwareAddr(rest).String())
		if id.Nameplate.Manufacturer == "" {
			id.Nameplate.Manufacturer = vendor(net.HardwareAddr(rest))
		}
	case kind == 4:
		fact(id, "引擎名", words(rest))
	}
	fact(id, "引擎启动次数", fmt.Sprint(m.boots))
	return true
}

func snmpSet(id *scan.Identity, v snmpValue) {
	n, s := &id.Nameplate, v.String()
	switch v.oid {
	case "1.3.6.1.2.1.1.1.0":
		fact(id, "sysDescr", s)
	case "1.3.6.1.2.1.1.2.0":
		fact(id, "sysObjectID", s)
		var number uint32
		if _, err := fmt.Sscanf(strings.TrimPrefix(s, "1.3.6.1.4.1."), "%d", &number); err == nil && enterprises[number] != "" && number != 8072 && n.Manufacturer == "" {
			n.Manufacturer = enterprises[number]
		}
	case "1.3.6.1.2.1.1.3.0":
		fact(id, "运行时间", fmt.Sprintf("%d 小时", berInt(v.data)/360000))
	case "1.3.6.1.2.1.1.5.0":
		id.Name = s
	case "1.3.6.1.2.1.1.6.0":
		n.Location = s
	case "1.3.6.1.2.1.47.1.1.1.1.2.1":
		fact(id, "实体描述", s)
	case "1.3.6.1.2.1.47.1.1.1.1.10.1":
		n.SoftwareRevision = s
	case "1.3.6.1.2.1.47.1.1.1.1.11.1", "1.3.6.1.2.1.43.5.1.1.17.1":
		if s != "" {
			n.SerialNumber = s
		}
	case "1.3.6.1.2.1.47.1.1.1.1.12.1":
		if s != "" {
			n.Manufacturer = s
		}
	case "1.3.6.1.2.1.47.1.1.1.1.13.1":
		n.Model = s
	case "1.3.6.1.2.1.25.3.2.1.3.1":
		fact(id, "hrDeviceDescr", s)
	case "1.3.6.1.2.1.43.10.2.1.4.1.1":
		fact(id, "打印页数", s)
	}
}

// snmpClass names the class and fills the version from what sysDescr says plainly.
func snmpClass(id *scan.Identity) {
	var descr, device string
	printer := false
	for _, f := range id.Facts {
		switch f.Key {
		case "sysDescr":
			descr = f.Value
		case "hrDeviceDescr":
			device = f.Value
		case "打印页数":
			printer = true
		}
	}
	if m := statedVersion.FindStringSubmatch(descr); m != nil && id.Nameplate.SoftwareRevision == "" {
		id.Nameplate.SoftwareRevision = m[1]
	}
	low := strings.ToLower(descr)
	switch {
	case printer:
		id.Class = scan.ClassPrinter
		if id.Nameplate.Model == "" {
			id.Nameplate.Model = device
		}
	case strings.HasPrefix(low, "linux ") || strings.Contains(low, "windows") || strings.HasPrefix(low, "hardware: "):
		id.Class = scan.ClassServer
		if f := strings.Fields(descr); len(f) > 2 && f[0] == "Linux" {
			id.Software = append(id.Software, scan.Software{Product: "Linux", Version: f[2]})
		}
	case strings.Contains(low, "switch") || strings.Contains(low, "router") || strings.Contains(low, "scalance"):
		id.Class = scan.ClassSwitch
	case strings.Contains(low, "simatic"):
		id.Class, id.Nameplate.Manufacturer = scan.ClassPLC, "Siemens"
		siemensDescr(id, descr)
	}
}

// siemensDescr reads "Siemens, SIMATIC S7, CPU-1200, 6ES7 214-1AG40-0XB0, HW: 7, FW: V.4.2.1, S V-K2C13707" of SNMP and LLDP.
func siemensDescr(id *scan.Identity, s string) {
	n := &id.Nameplate
	for part := range strings.SplitSeq(s, ",") {
		p := strings.TrimSpace(part)
		switch {
		case strings.HasPrefix(p, "6") && strings.Contains(p, " ") && strings.Count(p, "-") >= 2:
			n.ProductCode = p
		case strings.HasPrefix(p, "HW"):
			n.HardwareRevision = strings.TrimSpace(strings.TrimLeft(p[2:], ":. "))
		case strings.HasPrefix(p, "FW"):
			n.SoftwareRevision = strings.ReplaceAll(strings.TrimSpace(strings.TrimLeft(p[2:], ":. ")), "V.", "V")
		case strings.HasPrefix(p, "S ") || strings.HasPrefix(p, "S V-"):
			n.SerialNumber = strings.TrimSpace(p[1:])
		}
	}
}
