package probe

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/gosnmp/gosnmp"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// The tables of a switch or router that the person gave a credential for: who hangs where, without touching any of them. LLDP-MIB's
// neighbours, BRIDGE-MIB's and Q-BRIDGE-MIB's forwarding tables, IP-MIB's address table. GetBulk of 20 rows, at most 20 requests a table.
var snmpTables = []string{
	"1.0.8802.1.1.2.1.4.1.1.9",   // lldpRemSysName
	"1.0.8802.1.1.2.1.4.1.1.10",  // lldpRemSysDesc
	"1.3.6.1.2.1.17.4.3.1.2",     // dot1dTpFdbPort
	"1.3.6.1.2.1.17.7.1.2.2.1.2", // dot1qTpFdbPort
	"1.3.6.1.2.1.4.22.1.2",       // ipNetToMediaPhysAddress
}

const snmpBulks = 20

func init() {
	register(Protocol{
		Name: "snmp-tables", Title: "交换机表（SNMP）", Transport: UDP, Ports: []int{161}, Frames: 1 + snmpBulks*len(snmpTables), Bytes: 100 * (1 + snmpBulks*len(snmpTables)),
		Danger:    "只在给了凭据并勾选时读",
		Templates: []Template{registry["snmp"].Templates[0], snmpTemplate("get-bulk", snmpInTable)},
		Ask:       askTables,
		Read:      readTables,
	})
}

func snmpInTable(oid string) bool {
	return slices.ContainsFunc(snmpTables, func(t string) bool { return oid == t || strings.HasPrefix(oid, t+".") })
}

func askTables(t *Talk) error {
	var engine *snmpMessage
	if t.Order.SNMP.Version == "3" {
		m, err := discover(t)
		if err != nil {
			return err
		}
		t.answers, engine = nil, &m
	}
	s, err := newSNMP(t.Order.SNMP, engine)
	if err != nil {
		return err
	}
	kind := gosnmp.PDUType(gosnmp.GetBulkRequest)
	if s.v1 {
		kind = gosnmp.GetNextRequest
	}
	for _, table := range snmpTables {
		for at, n := table, 0; n < snmpBulks; n++ {
			m, err := s.get(t, kind, []string{at})
			if err != nil {
				return err
			}
			next := ""
			for _, v := range m.values {
				if strings.HasPrefix(v.oid, table+".") {
					next = v.oid
				} else {
					next = ""
					break
				}
			}
			if next == "" || next == at {
				break
			}
			at = next
		}
	}
	return nil
}

func readTables(answers [][]byte, id *scan.Identity) error {
	ours := false
	for _, a := range answers {
		m, ok := parseSNMP(a)
		if !ok || m.version == 3 || m.pdu != 0xa2 {
			continue
		}
		ours = true
	}
	if !ours {
		return errNotOurs
	}
	list := tableNeighbours(answers)
	if len(list) == 0 {
		return errNotOurs // an agent without these tables: nothing is known by it
	}
	id.Class = scan.ClassSwitch
	fact(id, "看见的设备", fmt.Sprint(len(list)))
	return nil
}

// maxSeen bounds the neighbours of one device.
const maxSeen = 4096

// tableNeighbours reads the rows out of the answers.
func tableNeighbours(answers [][]byte) (out []scan.Neighbour) {
	at := map[string]int{}
	put := func(key string, fill func(*scan.Neighbour)) {
		i, known := at[key]
		if !known {
			if len(out) >= maxSeen {
				return
			}
			i = len(out)
			at[key], out = i, append(out, scan.Neighbour{})
		}
		fill(&out[i])
	}
	for _, a := range answers {
		m, _ := parseSNMP(a)
		if m.pdu != 0xa2 {
			continue
		}
		for _, v := range m.values {
			for n, table := range snmpTables {
				if row, ok := strings.CutPrefix(v.oid, table+"."); ok {
					tableRow(n, row, v, put)
				}
			}
		}
	}
	return out
}

func tableRow(table int, row string, v snmpValue, put func(string, func(*scan.Neighbour))) {
	part := strings.Split(row, ".")
	switch {
	case table <= 1 && len(part) == 3: // time mark, local port, index
		put("lldp "+part[1]+" "+part[2], func(n *scan.Neighbour) {
			n.How, n.Port = "lldp", part[1]
			if table == 0 {
				n.Name = v.String()
			} else {
				n.Text = v.String()
			}
		})
	case table == 2 && len(part) == 6, table == 3 && len(part) == 7:
		mac := rowMAC(part[len(part)-6:])
		if mac != "" {
			put("bridge "+mac, func(n *scan.Neighbour) { n.How, n.MAC, n.Port = "bridge", mac, v.String() })
		}
	case table == 4 && len(part) == 5 && len(v.data) == 6:
		a, err := netip.ParseAddr(strings.Join(part[1:], "."))
		if err == nil {
			put("arp "+a.String(), func(n *scan.Neighbour) {
				n.How, n.Address, n.MAC, n.Port = "arp", a.String(), net.HardwareAddr(v.data).String(), part[0]
			})
		}
	}
}

func rowMAC(part []string) string {
	m := make(net.HardwareAddr, 6)
	for i, p := range part {
		n, err := strconv.ParseUint(p, 10, 8)
		if err != nil {
			return ""
		}
		m[i] = byte(n)
	}
	return m.String()
}
