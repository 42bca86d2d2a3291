package probe

import (
	"strings"
	"testing"

	"github.com/gosnmp/gosnmp"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// TestSNMPLetsOnlyReadingOut encodes requests with the library and holds them against the gate: reading what is listed passes, setting
// anything and reading anything else does not, in any version.
func TestSNMPLetsOnlyReadingOut(t *testing.T) {
	engine := &snmpMessage{engine: []byte("\x80\x00\x1f\x88\x04plc"), boots: 1, time: 9}
	for name, o := range map[string]scan.SNMP{
		"v1": {Version: "1", Community: "factory"}, "v2c": {Version: "2c", Community: "factory"}, "v3": {Version: "3", User: "reader"},
		"v3 signed": {Version: "3", User: "reader", Auth: "SHA", AuthPass: "authpass123"},
	} {
		s, err := newSNMP(o, engine)
		if err != nil {
			t.Fatal(name, err)
		}
		encode := func(kind gosnmp.PDUType, oid string, as gosnmp.Asn1BER, value any) []byte {
			b, err := s.SnmpEncodePacket(kind, []gosnmp.SnmpPDU{{Name: "." + oid, Type: as, Value: value}}, 0, 5)
			if err != nil {
				t.Fatal(name, err)
			}
			return b
		}
		p, tables := registry["snmp"], registry["snmp-tables"]
		if !fits(p, encode(gosnmp.GetRequest, snmpSystem[0], gosnmp.Null, nil)) {
			t.Errorf("%s: the system group is held back", name)
		}
		if !fits(tables, encode(gosnmp.GetBulkRequest, snmpTables[2]+".0.1.2.3.4.5", gosnmp.Null, nil)) {
			t.Errorf("%s: a table is held back", name)
		}
		for what, frame := range map[string][]byte{
			"set of sysName":   encode(gosnmp.SetRequest, "1.3.6.1.2.1.1.5.0", gosnmp.OctetString, "x"),
			"set of a listed":  encode(gosnmp.SetRequest, snmpSystem[0], gosnmp.OctetString, "x"),
			"get of the users": encode(gosnmp.GetRequest, "1.3.6.1.6.3.15.1.2.2.1.3", gosnmp.Null, nil),
			"bulk of all":      encode(gosnmp.GetBulkRequest, "1.3.6.1", gosnmp.Null, nil),
		} {
			if fits(p, frame) || fits(tables, frame) {
				t.Errorf("%s: %s passes", name, what)
			}
		}
	}
	s, err := newSNMP(scan.SNMP{Version: "2c", Community: "factory"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	frame, _ := s.SnmpEncodePacket(gosnmp.GetRequest, []gosnmp.SnmpPDU{{Name: "." + snmpSystem[0], Type: gosnmp.Null}}, 0, 0)
	tpl := registry["snmp"].Templates[1]
	if shown := tpl.shown(frame); len(shown) != 2*len(frame) || strings.Contains(shown, text("factory")) {
		t.Errorf("the log shows %s", tpl.shown(frame))
	}
}
