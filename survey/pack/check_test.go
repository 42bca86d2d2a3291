package pack_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/pack"
)

const overlayFile = "policy/overlay/hunan-example.yaml"

func known(t testing.TB) pack.Known {
	t.Helper()
	all, err := shippedPolicies()
	if err != nil {
		t.Fatal(err)
	}
	c, err := pack.Catalog(assets.Catalog)
	if err != nil {
		t.Fatal(err)
	}
	return pack.Known{Policies: all, Catalog: c}
}

func read(t testing.TB, files fs.FS, name string) string {
	t.Helper()
	data, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestCheckTellsEveryShippedFileAndItsFaults(t *testing.T) {
	k := known(t)
	for name, tt := range map[string]struct {
		files    fs.FS
		want     pack.Kind
		old, new string // a fault
		says     string
	}{
		"policy/voucher-hubei-2025.yaml": {assets.Policy, pack.KindPolicy, "perYear: true", "perYaer: true", "line 52"},
		"policy/voucher-guizhou.yaml":    {assets.Policy, pack.KindPolicy, "layer: iaas, rate", "layer: xaas, rate", "未知层次 xaas"},
		"policy/star-jiangsu.yaml":       {assets.Policy, pack.KindPolicy, `lump: "10000"`, `lump: "0"`, "大于零"},
		"policy/pilot-wuhan-2025.yaml":   {assets.Policy, pack.KindPolicy, `headline: "240000.00"`, `headline: "240000.01"`, "240,000.00"},
		"policy/pilot-changsha-2025.yaml": {
			assets.Policy, pack.KindPolicy, "validity: 依据二手来源归纳，未见原文，条件待核实；", "validity: 依据二手来源归纳；", "validity 须写明待核实",
		},
		"policy/pilot-zhuzhou-2025.yaml":  {assets.Policy, pack.KindPolicy, "evidence: [E2]", "evidence: [E9]", "未知材料 E9"},
		"policy/match-changsha-2021.yaml": {assets.Policy, pack.KindPolicy, `checked: "2026-11-22", `, "", "既没有文件日期"},
		overlayFile:                       {assets.Policy, pack.KindOverlay, "measure: H3-1", "measure: H9-1", "未知条款 H9-1"},
		"questions/miit-2024.yaml":        {assets.Questions, pack.KindQuestion, "edition:", "edition: x\nedition:", "already defined"},
		"catalog/mes.yaml":                {assets.Catalog, pack.KindCatalog, "    checked: ", "    chekced: ", "line"},
		"text/zh/subsidy.yaml":            {assets.Text, pack.KindText, "\n", "\na.b: c\na.b: d\n", "already defined"},
	} {
		good := read(t, tt.files, name)
		if got, err := pack.Check(name, []byte(good), k); err != nil || got != tt.want {
			t.Errorf("%s: %s, %v", name, got, err)
			continue
		}
		if !strings.Contains(good, tt.old) {
			t.Errorf("%s no longer holds %q", name, tt.old)
			continue
		}
		_, err := pack.Check(name, []byte(strings.Replace(good, tt.old, tt.new, 1)), k)
		if survey.CodeOf(err) != survey.CodePack || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: the fault is told as %v, want %q", name, err, tt.says)
		}
	}
	if _, err := pack.Check("x.yaml", []byte("a: [1]\n"), k); survey.CodeOf(err) != survey.CodePack || err == nil {
		t.Errorf("a file of no kind: %v", err)
	}
}

func TestOffersWithoutSourceOrDateAreNamed(t *testing.T) {
	k := known(t)
	good := read(t, assets.Catalog, "catalog/mes.yaml")
	for _, key := range []string{"    checked: ", "    source: "} {
		at := strings.Index(good, key)
		if at < 0 {
			t.Fatalf("no %q in the file", key)
		}
		bad := good[:at] + key + `""` + good[at+strings.IndexByte(good[at:], '\n'):]
		if _, err := pack.Check("catalog/mes.yaml", []byte(bad), k); err == nil || !strings.Contains(err.Error(), "产品") {
			t.Errorf("an offer with an empty%s passes: %v", key, err)
		}
	}
}

func TestTheNoticeIsLaidOverTheCase(t *testing.T) {
	k := known(t)
	text := strings.Replace(read(t, assets.Policy, overlayFile), "firms: []", "firms: ["+code+"]", 1)
	o, p, err := pack.Overlay(overlayFile, []byte(text), k.Policies)
	if err != nil || p.ID != "hunan-text-v1" {
		t.Fatal(p, err)
	}
	a := firm()
	line := bill(a, "L1", survey.TopicCloud, 1_286_400_00)
	a.Invoices[0].Issued, line.Kind = "2025-06-05", survey.CostCloud
	want(t, "without the notice", compute(t, a).Conservative.Amount, "none")
	laid := o.Lay(a)
	got := compute(t, laid)
	want(t, "with the notice and the list", got.Conservative.Amount, "200000.00")
	if m := got.Measure("H3-1"); m.Due != "2026-04-30" || !strings.Contains(m.Note, o.Title) {
		t.Errorf("the claim does not name the notice: %s %s", m.Due, m.Note)
	}
	if len(a.Notices)+len(a.Titles) != 0 {
		t.Error("laying the notice over changed the case itself")
	}
	o.Measures[0].List.Firms, o.Measures[0].List.Complete = nil, true
	if got := compute(t, o.Lay(a)).Measure("H3-1"); got.TitlesHeld.String() != "notMet" {
		t.Errorf("a firm that a complete list does not name holds the title: %s", got.TitlesHeld)
	}
}

func FuzzOverlay(f *testing.F) {
	f.Add([]byte(read(f, assets.Policy, overlayFile)))
	f.Add([]byte("overlay: hunan-text-v1\nmeasures: [{measure: H3-1, rate: '2.00'}]"))
	all, err := shippedPolicies()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		o, _, err := pack.Overlay("x.yaml", data, all)
		if err != nil {
			if survey.CodeOf(err) != survey.CodePack {
				t.Errorf("refused with %s", survey.CodeOf(err))
			}
			return
		}
		o.Lay(firm())
	})
}
