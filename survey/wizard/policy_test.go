package wizard_test

import (
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/subsidy"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestACaseIsComputedUnderItsOwnPack(t *testing.T) {
	all, err := pack.Policies(assets.Policy)
	if err != nil {
		t.Fatal(err)
	}
	next := *subsidy.Find(all, "hunan-text-v1")
	next.Version = 2
	p := wizard.Packs{Policies: append(all, &next), Policy: subsidy.Find(all, "hunan-text-v1@1")}
	for name, tt := range map[string]struct{ region, recorded, want, note string }{
		"unknown region":        {"", "", "hunan-text-v1@1", ""},
		"newest of the region":  {"430200", "", "hunan-text-v1@2", ""},
		"another province":      {"420100", "", "hubei-voucher-2025@1", ""},
		"no pack there":         {"440100", "", "hunan-text-v1@1", "没有收录企业所在地区的规则包"},
		"the person's choice":   {"430200", "zhuzhou-pilot-2025", "zhuzhou-pilot-2025@1", ""},
		"recorded when filed":   {"430200", "hunan-text-v1@1", "hunan-text-v1@1", "已有新版 hunan-text-v1@2"},
		"recorded and not here": {"430200", "gone@3", "hunan-text-v1@1", "gone@3 不在本程序中"},
	} {
		c := &survey.Case{Firm: survey.Firm{Region: tt.region}, Project: survey.Project{Policy: tt.recorded}}
		got, note := p.PolicyFor(c)
		if got.Ref() != tt.want || (note == "") != (tt.note == "") || !strings.Contains(note, tt.note) {
			t.Errorf("%s: %s, %q", name, got.Ref(), note)
		}
	}
}
