package wizard_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestEveryFieldOfAFactHasALabel(t *testing.T) {
	texts, err := pack.Texts(assets.Text)
	if err != nil {
		t.Fatal(err)
	}
	shapes := wizard.Shapes()
	if len(shapes) < 150 {
		t.Fatalf("only %d fields were found", len(shapes))
	}
	for tag, text := range texts {
		for _, key := range shapes {
			if !text.Has(key) {
				t.Errorf("%s has no %s", tag, key)
			}
		}
	}
	zh := wizard.Say(texts["zh"].T)
	for want, x := range map[string]wizard.Difference{
		"设备“车床” · 台数：1 → 2":     {Sort: wizard.DiffChanged, Kind: "asset", Name: "车床", Field: "count", Old: "1", New: "2"},
		"企业信息 · 企业名称：（空） → 甲":   {Sort: wizard.DiffChanged, Kind: "firm", Field: "name", New: "甲"},
		"未采用的填写（台数）：（空） → 三":    {Sort: wizard.DiffChanged, Kind: "draft", ID: "assets.a1.count", New: "三"},
		"未采用的填写（不含税金额）：（空） → 三": {Sort: wizard.DiffChanged, Kind: "draft", ID: "invoices.i.lines.l.net", New: "三"},
		"新增合同“HY-1”":            {Sort: wizard.DiffAdded, Kind: "contract", Name: "HY-1"},
	} {
		if got := zh.Difference(x); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
