package page_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

const otherCatalog = `id: vendor-2026
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

func TestACatalogIsLoadedComparedSwitchedAndDroppedInTheWindow(t *testing.T) {
	s := sampleStand(t)
	s.ui.Settings()
	s.sees("产品目录", "随程序提供")
	loaded := func() []wizard.LoadedCatalog {
		all, err := s.desk.Catalogs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	s.pick = wizard.File{Name: "坏.yaml", Data: []byte("id: x\n")}
	s.tap("装入目录")
	s.sees("E0701")
	s.tap("知道了")
	s.pick = wizard.File{Name: "某厂商.yaml", Data: []byte(otherCatalog)}
	s.tap("装入目录")
	s.sees("某厂商目录", "2026-11-20，1 个产品，没有签名；与厂商的关系：由厂商提供")
	s.tap("有何不同")
	s.sees("有 1 处不同", "轻量财务", "只在装入的目录里")
	s.tap("停用")
	s.sees("；已停用")
	if all := loaded(); len(all) != 1 || !all[0].Off {
		t.Fatalf("loaded: %+v", all)
	}
	s.tap("启用")
	s.misses("；已停用")
	s.tap("删去")
	s.sees("删去目录“某厂商目录”？")
	s.tap("删去", 1)
	s.misses("某厂商目录")
	if all := loaded(); len(all) != 0 {
		t.Fatalf("after dropping: %+v", all)
	}
}
