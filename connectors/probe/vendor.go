package probe

import (
	"net"
	"slices"
	"strings"

	"github.com/gopacket/gopacket/macs"
)

// vendor names the holder of a MAC's prefix (IEEE MA-L); "" when it is not listed or the address is a local one.
func vendor(mac net.HardwareAddr) string {
	if len(mac) != 6 || mac[0]&2 != 0 {
		return ""
	}
	return macs.ValidMACPrefixMap[[3]byte{mac[0], mac[1], mac[2]}]
}

// makers of control equipment by a word of their name in the MAC registry, and the protocols their devices most likely speak.
var makers = []struct {
	word      string
	protocols []string
}{
	{"siemens", []string{"s7", "opcua", "modbus"}},
	{"schneider", []string{"modbus", "opcua"}},
	{"telemecanique", []string{"modbus"}},
	{"rockwell", []string{"enip"}},
	{"allen-bradley", []string{"enip"}},
	{"omron", []string{"fins", "enip"}},
	{"mitsubishi", []string{"slmp", "modbus"}},
	{"beckhoff", []string{"opcua", "modbus"}},
	{"fanuc", []string{"focas", "opcua"}},
	{"phoenix contact", []string{"opcua", "modbus"}},
	{"wago", []string{"modbus", "opcua"}},
	{"moxa", []string{"modbus"}},
	{"advantech", []string{"modbus", "opcua"}},
	{"delta electronics", []string{"modbus"}},
	{"inovance", []string{"modbus"}},
	{"keyence", []string{"enip", "modbus"}},
	{"yokogawa", []string{"modbus", "opcua"}},
	{"honeywell", []string{"modbus", "bacnet"}},
	{"abb", []string{"modbus", "opcua"}},
	{"hollysys", []string{"modbus"}},
	{"panasonic industrial", []string{"modbus"}},
	{"fuji electric", []string{"modbus"}},
	{"weintek", []string{"modbus"}},
	{"heidenhain", []string{"opcua"}},
	{"bosch rexroth", []string{"opcua", "s7"}},
}

// automation tells whether a vendor makes control equipment.
func automation(vendor string) bool { return maker(vendor) != nil }

func maker(vendor string) []string {
	v := strings.ToLower(vendor)
	if v == "" {
		return nil
	}
	for _, m := range makers {
		if v == m.word || strings.HasPrefix(v, m.word+" ") || strings.Contains(v, " "+m.word) || strings.HasPrefix(v, m.word+",") || strings.HasPrefix(v, m.word+"-") {
			return m.protocols
		}
	}
	return nil
}

// hinted puts the protocols that the vendor's devices speak first.
func hinted(list []*Protocol, vendor string) []*Protocol {
	likely := maker(vendor)
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b *Protocol) int { return rank(likely, a.Name) - rank(likely, b.Name) })
	return out
}

func rank(likely []string, name string) int {
	if i := slices.Index(likely, name); i >= 0 {
		return i
	}
	return len(likely)
}
