package pack

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

func loadCatalog(t *testing.T) *recommend.Catalog {
	t.Helper()
	c, err := Catalog(assets.Catalog)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestShippedCatalogIsBroadAndSourced(t *testing.T) {
	c := loadCatalog(t)
	vendors, priced := map[string]bool{}, 0
	for _, o := range c.Offers {
		vendors[o.Vendor] = true
		if o.PriceKind != recommend.PriceNone {
			priced++
		}
		if o.Checked != "2026-11-22" || o.Sponsor == "" {
			t.Errorf("%s: checked %s, sponsor relation %q", o.ID, o.Checked, o.Sponsor)
		}
	}
	if len(c.Offers) < 100 || len(vendors) < 60 || priced < 45 || len(c.Examples) < 4 || len(c.Platforms) < 20 {
		t.Errorf("%d offers, %d priced, %d vendors, %d examples, %d platforms", len(c.Offers), priced, len(vendors), len(c.Examples), len(c.Platforms))
	}
	for _, p := range c.Platforms {
		if p.Status != "未核实" {
			t.Errorf("%s: status %q; no official list was seen", p.Platform, p.Status)
		}
	}
	for _, key := range []string{"connect", "digitise", "net-security", "data-security", "app-net", "5g-net", "training", "scene:quality", "data:finance"} {
		if c.Need(key) == nil {
			t.Errorf("no need %s", key)
		}
	}
}

// TestBundlesNeverBreakTheirLimits asks the shipped catalog under many budgets and holds every answer against the offers' own words.
func TestBundlesNeverBreakTheirLimits(t *testing.T) {
	c := loadCatalog(t)
	q := recommend.Quantities{Users: 86, Devices: 16, Machines: 60, Lines: 3, Sites: 1}
	needs := []string{"connect", "net-security", "data-security", "scene:equipment", "scene:quality", "scene:finance", "scene:product-design", "data:equipment"}
	covered := -1
	for _, yuan := range []int64{0, 5_000, 40_000, 90_000, 150_000, 400_000, 900_000} {
		budget := money.Yuan(yuan)
		s, err := recommend.Answer(c, needs, q, &budget)
		if err != nil || !s.Optimal || s.Cost > budget || len(s.Covered) < covered {
			t.Fatalf("budget %d: %+v, %v", yuan, s, err)
		}
		covered = len(s.Covered)
		slots, sum := map[string]bool{}, money.Fen(0)
		for _, id := range s.Chosen {
			o := c.Offer(id)
			price, ok := o.Resolve(q)
			if !ok || o.Slot != "" && slots[o.Slot] {
				t.Fatalf("budget %d: %s has no price or doubles its slot", yuan, id)
			}
			slots[o.Slot] = true
			sum += price.FirstYear
			for _, set := range o.Requires {
				if !slices.ContainsFunc(set, func(r string) bool {
					key, capability := strings.CutPrefix(r, "need:")
					return slices.Contains(s.Chosen, r) || capability && slices.Contains(s.Covered, key)
				}) {
					t.Fatalf("budget %d: %s lacks one of %v", yuan, id, set)
				}
			}
		}
		if sum != s.Cost {
			t.Fatalf("budget %d: lines add up to %v, not %v", yuan, sum, s.Cost)
		}
	}
	if covered != len(needs) {
		t.Errorf("the largest budget covers %d of %d needs", covered, len(needs))
	}
}

const smallCatalog = `id: c
title: T
date: 2026-11-22
sponsor_relation: 无
needs:
  - {key: connect, title: 联网, tag: D1, derive: flip, weight: 1}
vendors:
  - {id: v, name: V}
offers:
  - id: o
    vendor: v
    title: O
    link: 联网
    layer: device
    source: s
    price_kind: estimate
    checked: 2026-11-22
    price_source: s
    covers: [{need: connect, halves: 2}]
    prices:
      - what: 网关
        metric: device
        tiers: [{one_off: "100.00", yearly: "0.00"}]
        range: {low: "90.00", high: "100.00"}
examples:
  - {name: e, needs: [connect], given: {devices: 2}, offers: [o], sum: "200.00"}
`

func TestCatalogRefusals(t *testing.T) {
	load := func(text string) error {
		_, err := Catalog(fstest.MapFS{"catalog/a.yaml": {Data: []byte(text)}})
		return err
	}
	if err := load(smallCatalog); err != nil {
		t.Fatalf("the sound catalog: %v", err)
	}
	for name, c := range map[string][3]string{
		"misspelt key":         {"title: O", "titel: O", "titel"},
		"paid placement":       {"    title: O\n", "    title: O\n    sponsored_rank: 1\n", "sponsored_rank"},
		"unknown vendor":       {"vendor: v", "vendor: w", "厂商"},
		"unknown need":         {"need: connect,", "need: conect,", "conect"},
		"no price source":      {"    price_source: s\n", "", "来源"},
		"no source":            {"    source: s\n", "", "来源"},
		"no date":              {"    checked: 2026-11-22\n", "", "日期"},
		"bad kind":             {"estimate", "guess", "guess"},
		"no range":             {"        range: {low: \"90.00\", high: \"100.00\"}\n", "", "区间"},
		"low end of range":     {"low: \"90.00\"", "low: \"50.00\"", ""},
		"below the high end":   {"high: \"100.00\"", "high: \"150.00\"", "区间高位"},
		"range upside down":    {"low: \"90.00\"", "low: \"101.00\"", "区间高位"},
		"leaf of no list":      {"tag: D1", "tag: D9", "A1–D5"},
		"unknown 环节":           {"tag: D1", "tag: D1, links: [直播带货]", "九个环节"},
		"list without source":  {"layer: device", "layer: device\n    listed_in: [{list: 某名单, status: 未核实}]", "listed_in"},
		"term of eleven years": {"metric: device", "metric: device\n        term: 132", "计价单位"},
		"price on an inquiry":  {"price_kind: estimate", "price_kind: none", "需询价"},
		"hidden assumption":    {"metric: device", "metric: device\n        per: 4", "测算口径"},
		"bad metric":           {"metric: device", "metric: GB", "计价单位"},
		"requires nothing":     {"layer: device", "layer: device\n    requires: [[gone]]", "gone"},
		"requires itself":      {"layer: device", "layer: device\n    requires: [[o]]", "自己"},
		"excludes nothing":     {"layer: device", "layer: device\n    excludes: [gone]", "gone"},
		"need without offer":   {"halves: 2", "halves: 1", "open"},
		"need wrongly open":    {"weight: 1}", "weight: 1, open: 没有}", "open"},
		"doubled offer":        {"examples:", "  - {id: o, vendor: v, title: O, link: x, layer: saas, source: s, price_kind: none, checked: 2026-11-22}\nexamples:", "重复"},
		"example off by a fen": {"sum: \"200.00\"", "sum: \"200.01\"", "200.00"},
		"second document":      {"examples:", "---\nexamples:", "第二个文档"},
		"decreasing tiers":     {"tiers: [", "tiers: [{upto: 0, one_off: \"100.00\", yearly: \"0.00\"}, ", "档位"},
	} {
		text := strings.Replace(smallCatalog, c[0], c[1], 1)
		if text == smallCatalog {
			t.Fatalf("%s changes nothing", name)
		}
		err := load(text)
		if c[2] == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if survey.CodeOf(err) != survey.CodePack || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%s: got %v, want %s with %q", name, err, survey.CodePack, c[2])
		}
	}
}

func FuzzCatalog(f *testing.F) {
	f.Add([]byte(smallCatalog))
	if b, err := fs.ReadFile(assets.Catalog, "catalog/gateway.yaml"); err == nil {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Catalog(fstest.MapFS{"catalog/a.yaml": {Data: data}})
		if (c == nil) == (err == nil) {
			t.Fatalf("%v, %v", c, err)
		}
		if err != nil && survey.CodeOf(err) != survey.CodePack {
			t.Fatalf("code of %v", err)
		}
	})
}
