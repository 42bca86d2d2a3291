package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// mostMachines is on how many lines of print the register may stand; the rest stands in the attached data.
const mostMachines = 40

// equipment is the register and the picture of the network.
func (m *maker) equipment() Chapter {
	t := &Table{Columns: []string{"设备", "品牌与型号", "台数", "控制系统", "接口与协议", "能否接入"}, Widths: []int{25, 22, 6, 17, 18, 12}}
	list := slices.Clone(m.c.Assets)
	slices.SortStableFunc(list, func(x, y survey.Asset) int {
		return cmp.Or(class(&x)-class(&y), cmp.Compare(survey.NormalizeText(x.Process), survey.NormalizeText(y.Process)))
	})
	for i := range list {
		a := &list[i]
		if a.Use == survey.UseOffice {
			continue
		}
		name := a.Name
		if a.AssetID != "" {
			name = a.AssetID + " " + name
		}
		wire := strings.Join(append(slices.Clone(a.Ports), a.Protocols...), "、")
		t.row(known(name), known(strings.TrimSpace(a.Nameplate.Manufacturer+" "+a.Nameplate.Model)), itoa(a.Count), known(a.Control), known(wire), way(a))
	}
	if len(t.Rows) == 0 {
		t.row("没有登记设备", "—", "—", "—", "—", "—")
	}
	ways := &Table{Columns: []string{"接入方式", "生产设备（台）"}, Widths: []int{60, 40}}
	for _, k := range m.connectable() {
		ways.row(k.way, itoa(k.count))
	}
	rates := &Table{Columns: []string{"指标", "数值", "计算", "口径与出处", "性质"}, Widths: []int{18, 8, 20, 46, 8}}
	for _, r := range m.a.Rates.Lines {
		rates.row(r.Name, or(r.Percent, Unknown), r.Text, r.Rule+"；"+r.Source, r.Status)
	}
	return Chapter{Key: "equipment", Title: "设备与网络", Blocks: []Block{
		{Title: "设备与网络现状", Net: m.net(), Source: "设备清单与系统清单（案卷）。只画已登记的关系；没有登记的连线不画。"},
		{Title: "各项比率", Table: rates, Source: "设备清单；两个联网率的分母不同，不可混用。"},
		{Title: "生产设备能否接入", Table: ways, Source: wayRule},
		{Title: "设备清单", Table: t.fit(mostMachines, "行"), Source: "设备清单（案卷），不含办公与信息设备。"},
	}}
}

// class orders production machines first.
func class(a *survey.Asset) int {
	switch a.InDenominator() {
	case survey.Yes:
		return 0
	case survey.Unknown:
		return 1
	}
	return 2
}

// net draws systems over networks over machines.
func (m *maker) net() *Net {
	cloud, local := Layer{Name: "云上系统"}, Layer{Name: "本地系统"}
	var unsure []string
	for _, s := range m.c.Systems {
		if s.InUse == survey.No {
			continue
		}
		box := Box{Head: clip(s.Name), Text: known(survey.NameOf(survey.DeploymentNames, s.Deployment))}
		switch s.OnCloud() {
		case survey.Yes:
			box.Tone = ToneGood
			cloud.Boxes = append(cloud.Boxes, box)
		case survey.No:
			local.Boxes = append(local.Boxes, box)
		default:
			unsure = append(unsure, s.Name)
		}
	}
	if len(unsure) > 0 {
		local.Boxes = append(local.Boxes, Box{Head: itoa(len(unsure)) + " 个系统", Text: "部署" + Unknown, Tone: ToneWarn})
	}
	nets, floor := Layer{Name: "车间网络"}, Layer{Name: "生产设备"}
	for _, n := range survey.NetNames {
		if k := m.count(func(a *survey.Asset) bool { return a.Networked == survey.Yes && a.Network == n.Value }); k > 0 {
			nets.Boxes = append(nets.Boxes, Box{Head: n.Name, Text: itoa(k) + " 台", Tone: ToneGood})
			floor.Boxes = append(floor.Boxes, Box{Head: itoa(k) + " 台", Text: "接在" + n.Name, Tone: ToneGood, Link: true})
		}
	}
	if k := m.count(func(a *survey.Asset) bool { return a.Networked == survey.Yes && a.Network == "" }); k > 0 {
		nets.Boxes = append(nets.Boxes, Box{Head: "网络类别" + Unknown, Text: itoa(k) + " 台", Tone: ToneWarn})
		floor.Boxes = append(floor.Boxes, Box{Head: itoa(k) + " 台", Text: "已联网", Tone: ToneGood, Link: true})
	}
	if k := m.count(func(a *survey.Asset) bool { return a.Networked == survey.No }); k > 0 {
		floor.Boxes = append(floor.Boxes, Box{Head: itoa(k) + " 台", Text: "未联网", Tone: ToneBad})
	}
	if k := m.count(func(a *survey.Asset) bool { return a.Networked == survey.Unknown }); k > 0 {
		floor.Boxes = append(floor.Boxes, Box{Head: itoa(k) + " 台", Text: "联网" + Unknown, Tone: ToneWarn})
	}
	out := &Net{}
	for _, l := range []Layer{cloud, local, nets, floor} {
		if len(l.Boxes) == 0 {
			l.Boxes = []Box{{Head: "没有登记", Tone: ToneWarn}}
		}
		if len(l.Boxes) > 6 {
			rest := len(l.Boxes) - 5
			l.Boxes = append(l.Boxes[:5:5], Box{Head: "另有 " + itoa(rest) + " 个", Text: "见第 3 章"})
		}
		out.Layers = append(out.Layers, l)
	}
	return out
}

// clip shortens a name for the picture; the list of systems has it in full.
func clip(s string) string {
	if r := []rune(s); len(r) > 24 {
		return string(r[:24]) + "…"
	}
	return s
}

// count adds up the production machines that fit.
func (m *maker) count(fits func(*survey.Asset) bool) int {
	n := 0
	for i := range m.c.Assets {
		if a := &m.c.Assets[i]; a.InDenominator() == survey.Yes && fits(a) {
			n += max(a.Count, 0)
		}
	}
	return n
}
