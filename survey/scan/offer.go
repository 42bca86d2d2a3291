package scan

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Offer is what one host of a report offers to the register, with the switch it hangs on.
type Offer struct {
	Host    Host
	Asset   survey.Asset // without id; Count is 0: one address says nothing of how many machines a line holds
	Systems []survey.System
}

// Offers lists what the hosts of a report offer, in the order of their addresses. Hosts of which nothing but silence is known offer
// nothing.
func Offers(hosts []Host) []Offer {
	links := Links(hosts)
	out := []Offer{}
	for i := range hosts {
		a, systems, ok := Propose(hosts[i])
		if !ok {
			continue
		}
		a.Count = 0
		a.Reach = reach(&hosts[i])
		if l, ok := links[hosts[i].Key()]; ok {
			a.Reach.Switch, a.Reach.Port = l.Switch, l.Port
		}
		out = append(out, Offer{hosts[i], a, systems})
	}
	return out
}

func reach(h *Host) survey.Reach {
	r := survey.Reach{}
	if h.Address != "" {
		r.Addresses = []string{h.Address}
	}
	if mac, err := survey.ParseMAC(h.MAC); err == nil {
		r.MACs = []string{mac}
	}
	if len(h.Names) > 0 {
		r.HostName = h.Names[0]
	}
	return r
}

// Link says on which device and port a host hangs.
type Link struct {
	To     string // address of the switch
	Switch string // as people know it: its name, else its address
	Port   string
	How    string // lldp, bridge
}

// Links finds for each address the switch and port it hangs on, as switches told: a neighbour that announced itself (lldp) before one whose
// MAC address a port has learnt (bridge). Of several switches that know a MAC address the one whose port knows fewest is nearest; ports
// that know many are lines to other switches.
func Links(hosts []Host) map[string]Link {
	out, crowd := map[string]Link{}, map[string]int{}
	at := func(n Neighbour) int {
		return slices.IndexFunc(hosts, func(h Host) bool {
			return n.MAC != "" && strings.EqualFold(n.MAC, h.MAC) || n.Address != "" && n.Address == h.Address || n.How == "lldp" && n.Name != "" && slices.Contains(h.Names, n.Name)
		})
	}
	for i := range hosts {
		known := map[string]int{} // MAC addresses behind each port
		seen := neighbours(&hosts[i])
		for _, n := range seen {
			known[n.Port]++
		}
		for _, n := range seen {
			j := at(n)
			if n.How == "arp" || j < 0 || j == i {
				continue
			}
			address, size := hosts[j].Key(), known[n.Port]
			if n.How == "lldp" {
				size = 0
			}
			if old, ok := crowd[address]; ok && old <= size {
				continue
			}
			crowd[address] = size
			out[address] = Link{To: hosts[i].Key(), Switch: title(&hosts[i]), Port: n.Port, How: n.How}
		}
	}
	return out
}

// neighbours is all that a host told of the devices it sees.
func neighbours(h *Host) (out []Neighbour) {
	for i := range h.Identities {
		out = append(out, h.Identities[i].Neighbours...)
	}
	return out
}

// title is how people know a host.
func title(h *Host) string { return cmpOr(name(*h), h.Key()) }
