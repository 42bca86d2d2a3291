package main

import "testing"

// TestTheWayIsSaid: the steps with their prices, what is without a price, and a level that no edition has.
func TestTheWayIsSaid(t *testing.T) {
	noTerminal(t)
	data := t.TempDir()
	wantCtl(t, data, 0, "已新建", "case", "new", "株洲恒硬刀具有限公司")
	wantCtl(t, data, 0, "首年合计", "assess", "--way")
	wantCtl(t, data, 0, "得分也只到", "assess", "--goal", "3")
	wantCtl(t, data, 0, `"short"`, "assess", "--way", "--json")
	wantCtl(t, data, 0, "江苏省星级上云企业", "assess", "--standards")
	wantCtl(t, data, 3, "没有 9 级", "assess", "--goal", "9")
}
