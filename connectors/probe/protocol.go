package probe

import (
	"cmp"
	"slices"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// The transports of a protocol.
const (
	TCP   = "tcp"
	UDP   = "udp"
	Heard = "heard" // only listened to, nothing is sent

	Layer2 = "layer2" // one Ethernet frame to a group of the wire; listened to as well
)

// Protocol is one way to ask a device what it is.
type Protocol struct {
	Name      string // short, stable: "modbus"
	Title     string // for people
	OT        bool   // its ports belong to control equipment
	OptIn     bool   // asked only when ticked
	Named     bool   // asked only at an address the person names (a gateway)
	Follows   bool   // asked only where another protocol's answer points to
	Office    bool   // left out of the OT profile
	Group     string // the multicast group it is asked through on subnets of this computer: one datagram each instead of one per host
	Transport string
	Ports     []int
	Frames    int    // most frames ever sent to one device
	Bytes     int    // of these
	Danger    string // what to mind, for people
	Templates []Template
	// Ask sends requests and keeps raw answers by t.Keep; an answer that does not belong to the protocol ends it.
	Ask func(t *Talk) error
	// Read reads kept answers. It is pure, bounded and never panics; it fails when the first answer is not the protocol's.
	Read func(answers [][]byte, id *scan.Identity) error
}

var registry = map[string]*Protocol{}

// register adds a protocol; called from init only.
func register(p Protocol) {
	if registry[p.Name] != nil {
		panic("probe: " + p.Name + " registered twice")
	}
	registry[p.Name] = &p
}

// Protocols lists all protocols: OT first, then by name.
func Protocols() []*Protocol {
	var all []*Protocol
	for _, p := range registry {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *Protocol) int {
		if a.OT != b.OT {
			if a.OT {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Name, b.Name)
	})
	return all
}
