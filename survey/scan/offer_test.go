package scan_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/survey/scan"
)

func TestASwitchTellsWhoHangsWhere(t *testing.T) {
	hosts := []scan.Host{
		{Address: "192.168.0.1", Names: []string{"CORE"}, MAC: "00:1b:1b:00:00:01", Identities: []scan.Identity{{Neighbours: []scan.Neighbour{
			{How: "bridge", Port: "1", MAC: "00:1B:1B:00:00:10"}, {How: "bridge", Port: "1", MAC: "00:1b:1b:00:00:11"}, {How: "bridge", Port: "1", MAC: "00:1b:1b:00:00:02"},
			{How: "arp", Port: "9", Address: "192.168.0.10"}, {How: "bridge", Port: "2", MAC: "00:1b:1b:00:00:12"}}}}},
		{Address: "192.168.0.2", MAC: "00:1b:1b:00:00:02", Identities: []scan.Identity{{Neighbours: []scan.Neighbour{{How: "bridge", Port: "Fa0/3", MAC: "00:1b:1b:00:00:10"}, {How: "lldp", Port: "Fa0/4", MAC: "00:1b:1b:00:00:11"}}}}},
		{Address: "192.168.0.10", MAC: "00:1b:1b:00:00:10"}, {Address: "192.168.0.11", MAC: "00:1b:1b:00:00:11"}, {Address: "192.168.0.12", MAC: "00:1b:1b:00:00:12"},
		{Address: "192.168.0.99"},
	}
	links := scan.Links(hosts)
	for address, want := range map[string]scan.Link{
		"192.168.0.10": {To: "192.168.0.2", Switch: "192.168.0.2", Port: "Fa0/3", How: "bridge"},
		"192.168.0.11": {To: "192.168.0.2", Switch: "192.168.0.2", Port: "Fa0/4", How: "lldp"},
		"192.168.0.12": {To: "192.168.0.1", Switch: "CORE", Port: "2", How: "bridge"},
		"192.168.0.2":  {To: "192.168.0.1", Switch: "CORE", Port: "1", How: "bridge"},
	} {
		if links[address] != want {
			t.Errorf("%s hangs on %+v, want %+v", address, links[address], want)
		}
	}
	offers := scan.Offers(hosts)
	if len(offers) != 5 || offers[2].Asset.Reach.Port != "Fa0/3" || offers[2].Asset.Count != 0 || offers[2].Asset.Reach.MACs[0] != "00:1b:1b:00:00:10" || offers[0].Asset.Reach.HostName != "CORE" {
		t.Errorf("%+v", offers)
	}
}
