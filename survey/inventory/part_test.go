package inventory_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/money"
)

var noon = time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC)

func probed(ref string, a survey.Asset) survey.Asset {
	a.Evidence = []survey.Evidence{{Source: survey.SourceProbe, By: "scan", Ref: ref, At: noon}}
	return a
}

func TestMachinesAreKnownAgainByTheirNetworkNames(t *testing.T) {
	const mac = "00:1b:1b:0a:0b:0c"
	have := []survey.Asset{
		{ID: "plc", Name: "PLC", Count: 1, Reach: survey.Reach{MACs: []string{mac}, Addresses: []string{"192.168.0.10"}}},
		{ID: "pc", Name: "工控机", Count: 1, Reach: survey.Reach{HostName: "LINE1-HMI", MACs: []string{"00:1b:1b:00:00:02"}, Addresses: []string{"192.168.0.11"}}},
		{ID: "old", Name: "旧电脑", Count: 1, Reach: survey.Reach{HostName: "localhost", Addresses: []string{"192.168.0.12"}}},
	}
	for name, x := range map[string]struct {
		reach survey.Reach
		want  string
	}{
		"the MAC address, wherever it is now":        {survey.Reach{MACs: []string{mac}, Addresses: []string{"192.168.0.77"}}, "plc"},
		"the host name, in another spelling":         {survey.Reach{HostName: "line1-hmi", Addresses: []string{"192.168.0.99"}}, "pc"},
		"the address alone":                          {survey.Reach{Addresses: []string{"192.168.0.11"}}, "pc"},
		"the address of another device now":          {survey.Reach{MACs: []string{"00:1b:1b:ff:ff:ff"}, Addresses: []string{"192.168.0.10"}}, "id-1"},
		"the address under another host name":        {survey.Reach{HostName: "OFFICE-7", Addresses: []string{"192.168.0.11"}}, "id-1"},
		"a name that every new computer has":         {survey.Reach{HostName: "localhost", Addresses: []string{"192.168.0.200"}}, "id-1"},
		"the same name on a computer with other MAC": {survey.Reach{HostName: "LINE1-HMI", MACs: []string{"00:1b:1b:00:00:99"}}, "id-1"},
	} {
		m := inventory.Merge(have, []survey.Asset{probed("192.168.0.0/24", survey.Asset{Name: "设备", Reach: x.reach})}, ids())
		if got := m.Assets[m.At[0]].ID; got != x.want {
			t.Errorf("%s: line %s, want %s", name, got, x.want)
		}
	}
}

func TestAPersonPlacesProposals(t *testing.T) {
	have := []survey.Asset{{ID: "a", Name: "车床", Count: 1, Nameplate: survey.Nameplate{SerialNumber: "S1"}}, {ID: "b", Name: "铣床", Count: 1}}
	got := survey.Asset{Name: "车床", Nameplate: survey.Nameplate{SerialNumber: "S1"}, Control: "FANUC"}
	m := inventory.Place(have, []inventory.Placed{{Asset: got, New: true}, {Asset: survey.Asset{Control: "KND"}, Into: "b"}, {Asset: survey.Asset{Control: "SIEMENS", Nameplate: got.Nameplate}, Into: "gone"}}, ids())
	if len(m.Assets) != 3 || m.Assets[2].Control != "FANUC" || m.Assets[1].Control != "KND" || m.Assets[0].Control != "SIEMENS" || m.At[0] != 2 || m.At[1] != 1 || m.At[2] != 0 {
		t.Errorf("%v %+v", m.At, m.Assets)
	}
}

func ledgerRow(row string, at time.Time, model string) survey.Asset {
	return survey.Asset{AssetID: "SB-1", Name: "车床", Count: 1, Nameplate: survey.Nameplate{Model: model},
		Evidence: []survey.Evidence{{Source: survey.SourceLedger, Ref: "台账.xlsx 第 " + row + " 行", At: at}}}
}

func TestAChangedListUpdatesButNotOverOthers(t *testing.T) {
	first := inventory.Merge(nil, []survey.Asset{ledgerRow("5", noon, "CAK50")}, ids()).Assets
	later := ledgerRow("9", noon.Add(time.Hour), "CAK63")
	m := inventory.Merge(first, []survey.Asset{later}, ids())
	if len(m.Conflicts) != 0 || len(m.Assets) != 1 || m.Assets[0].Nameplate.Model != "CAK63" || m.Changed != 1 {
		t.Errorf("a changed list: %+v", m)
	}
	if m = inventory.Merge(m.Assets, []survey.Asset{later}, ids()); m.Changed != 0 || len(m.Conflicts) != 0 {
		t.Errorf("the same list again: %+v", m)
	}
	spoken := append([]survey.Asset(nil), first...)
	spoken[0].Evidence = append(spoken[0].Evidence[:1:1], survey.Evidence{Source: survey.SourcePerson, Note: "字段 model"})
	if m = inventory.Merge(spoken, []survey.Asset{later}, ids()); m.Assets[0].Nameplate.Model != "CAK50" || len(m.Conflicts) != 1 {
		t.Errorf("over a person's word: %+v", m)
	}
	agreed := inventory.Merge(first, []survey.Asset{probed("192.168.0.9", survey.Asset{AssetID: "SB-1", Nameplate: survey.Nameplate{Model: "CAK50"}})}, ids()).Assets
	if m = inventory.Merge(agreed, []survey.Asset{later}, ids()); m.Assets[0].Nameplate.Model != "CAK50" || len(m.Conflicts) != 1 {
		t.Errorf("over another witness: %+v", m)
	}
	both := []survey.Asset{ledgerRow("5", noon, "CAK50"), ledgerRow("6", noon, "CAK63")}
	m = inventory.Merge(nil, both, ids())
	for range 2 {
		for i := range both {
			both[i].Evidence[0].At = both[i].Evidence[0].At.Add(time.Hour)
		}
		m = inventory.Merge(m.Assets, both, ids())
	}
	if m.Assets[0].Nameplate.Model != "CAK50" {
		t.Errorf("a list that contradicts itself flips: %+v", m.Assets)
	}
}

func TestUnmergingGivesBothLinesBack(t *testing.T) {
	line := inventory.Merge(nil, []survey.Asset{ledgerRow("5", noon, "CAK50")}, ids()).Assets
	found := probed("192.168.0.9", survey.Asset{AssetID: "SB-1", Name: "PLC", Control: "S7-1200", Ports: []string{"RJ45"}, Nameplate: survey.Nameplate{Model: "6ES7", Manufacturer: "Siemens"},
		Networked: survey.Yes, Reach: survey.Reach{MACs: []string{"00:1b:1b:0a:0b:0c"}}})
	merged := inventory.Merge(line, []survey.Asset{found}, ids())
	a := merged.Assets[0]
	if a.Control != "S7-1200" || a.Name != "车床" || len(merged.Conflicts) != 2 {
		t.Fatalf("merged %+v", merged)
	}
	rest, apart, err := inventory.Unmerge(a, 1, ids())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(line[0], rest); d != "" {
		t.Errorf("the first line is not as it was:\n%s", d)
	}
	apart.Evidence, found.Evidence = nil, nil
	found.ID, found.Count = apart.ID, 1
	if d := cmp.Diff(found, apart); d != "" {
		t.Errorf("the other line:\n%s", d)
	}
	if _, _, err := inventory.Unmerge(rest, 0, ids()); survey.CodeOf(err) != survey.CodeNotReady {
		t.Errorf("the only witness left: %v", err)
	}
	a.Evidence = append(a.Evidence, survey.Evidence{Source: survey.SourcePerson, Note: "字段 control"})
	if rest, _, _ = inventory.Unmerge(a, 1, ids()); rest.Control != "S7-1200" || rest.Networked != survey.Unknown {
		t.Errorf("what a person has set is forgotten, or the rest is not: %+v", rest)
	}
}

func TestJoiningLosesNothing(t *testing.T) {
	a, b := ledgerRow("5", noon, "CAK50"), ledgerRow("8", noon, "CAK63")
	a.ID, b.ID, b.AssetID, b.Workshop = "a", "b", "SB-2", "一车间"
	one, conflicts := inventory.Join(a, b)
	if one.ID != "a" || one.AssetID != "SB-1" || one.Workshop != "一车间" || one.Nameplate.Model != "CAK50" || len(conflicts) != 2 || len(one.Evidence) != 2 {
		t.Fatalf("%+v %+v", one, conflicts)
	}
	_, apart, err := inventory.Unmerge(one, 1, ids())
	if err != nil || apart.AssetID != "SB-2" || apart.Nameplate.Model != "CAK63" || apart.Workshop != "一车间" {
		t.Errorf("%+v %v", apart, err)
	}
}

func TestSplittingKeepsMachinesAndMoney(t *testing.T) {
	value := money.Fen(100_00)
	a := survey.Asset{ID: "a", AssetID: "SB-1", Name: "台钻", Count: 3, Value: &value}
	rest, apart, err := inventory.Split(a, 1, ids())
	if err != nil || rest.Count != 2 || apart.Count != 1 || *rest.Value+*apart.Value != value || *apart.Value != 3333 || apart.AssetID != "" || apart.ID == "a" || *a.Value != value {
		t.Errorf("%+v %+v %v", rest, apart, err)
	}
	for _, n := range []int{0, 3, -1} {
		if _, _, err := inventory.Split(a, n, ids()); survey.CodeOf(err) != survey.CodeNumber {
			t.Errorf("%d machines: %v", n, err)
		}
	}
}

func TestMACAddresses(t *testing.T) {
	for in, want := range map[string]string{"00-1B-1B-0A-0B-0C": "00:1b:1b:0a:0b:0c", "001b.1b0a.0b0c": "00:1b:1b:0a:0b:0c", " 001B1B0A0B0C ": "00:1b:1b:0a:0b:0c",
		"00:00:00:00:00:00": "", "ff:ff:ff:ff:ff:ff": "", "01:00:5e:00:00:fb": "", "00:1b:1b": "", "zz": ""} {
		got, err := survey.ParseMAC(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q %v", in, got, err)
		}
	}
}
