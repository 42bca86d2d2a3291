package pack_test

import (
	"testing"
	"testing/fstest"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/pack"
)

func TestFactorySoftwareIsRecognised(t *testing.T) {
	rules, err := pack.Software(assets.Software)
	if err != nil || len(rules) < 50 {
		t.Fatalf("%d rules: %v", len(rules), err)
	}
	in := inventory.Installed{
		Programs: []inventory.Program{{Name: "GX Works3", Version: "1.095Z", Publisher: "MITSUBISHI ELECTRIC"}, {Name: "GX Works2"}, {Name: "Google Chrome"}, {Name: "用友U8+ V16.5"}},
		Services: []inventory.Service{{Port: 49320, Process: "server_runtime.exe"}, {Port: 22, Process: "sshd"}},
	}
	got := inventory.Recognise(rules, in, survey.Evidence{Source: survey.SourceHost, Ref: "本机"})
	if len(got) != 3 || got[0].Product != "GX Works" || len(got[0].Evidence) != 2 || got[1].Kind != survey.KindERP || got[2].Product != "KEPServerEX" || got[0].InUse != survey.Unknown {
		t.Errorf("%+v", got)
	}
	ids := 0
	have := []survey.System{{ID: "x", Name: "ERP", Kind: survey.KindERP, Product: "用友 u8", InUse: survey.Yes}}
	all, added := inventory.MergeSystems(have, got, func() string { ids++; return "new" })
	again, none := inventory.MergeSystems(all, got, func() string { ids++; return "new" })
	if added != 2 || none != 0 || len(again) != 3 || all[0].Name != "ERP" || all[0].InUse != survey.Yes || len(all[0].Evidence) != 1 || len(again[0].Evidence) != 1 {
		t.Errorf("%d added, then %d: %+v", added, none, all)
	}
}

func TestABadSoftwareRuleIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no source":         "rules: [{product: A, vendor: B, kind: erp, match: [a]}]",
		"unknown kind":      "rules: [{product: A, vendor: B, kind: toy, match: [a], source: x}]",
		"example not found": "rules: [{product: A, vendor: B, kind: erp, match: [aa], source: x, examples: [bb]}]",
		"stranger found":    "rules: [{product: A, vendor: B, kind: erp, match: [aa], source: x}]\nstrangers: [aab]",
		"misspelt key":      "rules: [{produkt: A}]",
	} {
		_, err := pack.Software(fstest.MapFS{"software/a.yaml": {Data: []byte(text)}})
		if survey.CodeOf(err) != survey.CodePack {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsNotIdentifiedHasANextStep(t *testing.T) {
	g, err := pack.Guide(assets.Software)
	if err != nil {
		t.Fatal(err)
	}
	c := &survey.Case{
		Assets: []survey.Asset{
			{ID: "known", Name: "车床", Count: 1, Use: survey.UseProduction, Nameplate: survey.Nameplate{Manufacturer: "沈阳", Model: "CAK50"}},
			{ID: "plc", Name: "192.168.0.7", Count: 1, Protocols: []string{"s7"}, Nameplate: survey.Nameplate{Manufacturer: "Siemens", DeviceClass: "SIMATIC"}},
			{ID: "many", Name: "冲床", Count: 6, Use: survey.UseProduction},
			{ID: "bare", Name: "设备", Count: 1},
		},
		Attachments: []survey.Attachment{{ID: "p", Role: survey.RolePlate, For: "plc"}},
	}
	got := inventory.Open(c, g)
	if len(got) != 3 || got[0].Asset != "plc" || got[0].Photos != 1 || got[0].Next.Words[0] != "s7-1200" || len(got[0].Missing) != 3 ||
		len(got[1].Missing) != 2 || got[2].Next.Plate != g.Default.Plate || len(got[2].Missing) != 4 {
		t.Errorf("%+v", got)
	}
}
