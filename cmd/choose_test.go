package cmd

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"

	"aead.dev/minisign"
	"github.com/xuri/excelize/v2"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

const vendorCatalog = `id: vendor-2026
title: 某厂商目录
date: 2026-11-20
sponsor_relation: 由厂商提供
vendors:
  - {id: acme, name: 某厂商}
offers:
  - id: acme-light
    vendor: acme
    title: 轻量财务
    link: 财务
    layer: saas
    source: 厂商价目表
    price_kind: list
    checked: 2026-11-20
    price_source: 厂商价目表第 3 页
    covers: [{need: "scene:finance", halves: 2}, {need: "data:finance", halves: 2}]
    prices: [{what: 年费, metric: firm, tiers: [{one_off: "0.00", yearly: "1.00"}]}]
`

func chooseDesk(t *testing.T) (*wizard.Desk, *wizard.State) {
	t.Helper()
	d, closer, err := join.Desk(t.Context(), t.TempDir(), "测试")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closer.Close() })
	st, err := d.New(t.Context(), "某某厂")
	if err != nil {
		t.Fatal(err)
	}
	if st, err = d.Need(t.Context(), st.Case.ID, "scene:finance", survey.Yes); err != nil {
		t.Fatal(err)
	}
	return d, st
}

func TestASignedCatalogLiesOverTheShippedOne(t *testing.T) {
	d, st := chooseDesk(t)
	public, private, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	data, key := []byte(vendorCatalog), public.String()
	sig := minisign.Sign(private, data)
	forged := bytes.Replace(data, []byte("1.00"), []byte("0.01"), 1)
	if _, err := d.AddCatalog(t.Context(), "v.yaml", forged, sig, key); survey.CodeOf(err) != survey.CodeCatalog {
		t.Errorf("a catalog changed after signing gives %v", err)
	}
	for word, text := range map[string]string{"日期": "    checked: 2026-11-20\n", "来源": "    source: 厂商价目表\n"} {
		if _, err := d.AddCatalog(t.Context(), "v.yaml", []byte(strings.Replace(vendorCatalog, text, "", 1)), nil, ""); survey.CodeOf(err) != survey.CodePack || !strings.Contains(err.Error(), word) {
			t.Errorf("without %s: %v", word, err)
		}
	}
	if _, err := d.AddCatalog(t.Context(), "v.yaml", data, sig, key); err != nil {
		t.Fatal(err)
	}
	if _, err := d.AddCatalog(t.Context(), "v.yaml", data, nil, ""); survey.CodeOf(err) != survey.CodeCatalog {
		t.Errorf("an unsigned one in place of a signed one gives %v", err)
	}
	has := func() bool {
		st, err := d.Open(t.Context(), st.Case.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range st.Bundle.Lines {
			if l.Offer == "acme-light" {
				return true
			}
		}
		return false
	}
	if !has() {
		t.Error("the cheapest offer of the loaded catalog is not chosen")
	}
	list, err := d.CompareCatalog(t.Context(), st, "vendor-2026")
	if err != nil || len(list) != 1 || list[0].What != "only-there" {
		t.Errorf("the difference is %+v, %v", list, err)
	}
	if err := d.SwitchCatalog(t.Context(), "vendor-2026", false); err != nil || has() {
		t.Errorf("a catalog that is off is used, or %v", err)
	}
	if err := d.DropCatalog(t.Context(), "vendor-2026"); err != nil {
		t.Error(err)
	}
	if all, err := d.Catalogs(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("after dropping: %v, %v", all, err)
	}
}

func TestAnInquiryComesBackAsQuotes(t *testing.T) {
	d, st := chooseDesk(t)
	id := st.Case.ID
	if _, err := d.Inquiries(t.Context(), st, []string{"chanjet-haokuaiji", "chanjet-tplus"}, wizard.Leaving{Where: "x"}); survey.CodeOf(err) != survey.CodeConsent {
		t.Errorf("without consent: %v", err)
	}
	files, err := d.Inquiries(t.Context(), st, []string{"chanjet-haokuaiji", "chanjet-tplus"}, wizard.Leaving{Where: "x", By: "测试"})
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	x, err := excelize.OpenReader(bytes.NewReader(files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for cell, v := range map[string]string{"C2": "0", "D2": "900", "E2": "12", "F2": "报价单 7", "G2": "2026-11-18", "H2": "2026-12-31", "C3": "很贵", "F3": "报价单 8", "G3": "2026-11-18"} {
		if err := x.SetCellStr("报价回执", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var filled bytes.Buffer
	if err := x.Write(&filled); err != nil {
		t.Fatal(err)
	}
	st, took, err := d.ImportReply(t.Context(), id, filled.Bytes())
	if err != nil || took.Taken != 1 || len(took.Problems) != 1 || !strings.Contains(took.Problems[0], "第 3 行") {
		t.Fatalf("%+v, %v", took, err)
	}
	o := st.Catalog.Offer("chanjet-haokuaiji")
	if o.PriceKind != recommend.PriceQuoted || o.PriceFrom != "报价单 7" || o.Checked != "2026-11-18" || o.Prices[0].Term != 12 || o.Prices[0].Tiers[0].Yearly != 90_000 {
		t.Errorf("the offer is %+v", o)
	}
	if _, _, err := d.ImportReply(t.Context(), id, []byte("a,b\n1,2\n")); survey.CodeOf(err) != survey.CodeReply {
		t.Errorf("another table gives %v", err)
	}
	if _, err := d.Quote(t.Context(), id, survey.Quote{ID: "chanjet-tplus"}); survey.CodeOf(err) != survey.CodeQuote {
		t.Errorf("a quote without a paper gives %v", err)
	}
}
