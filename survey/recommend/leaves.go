package recommend

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey"
)

// Leaves are the 31 leaves of the 上云 check-list: A 基础设施, B 平台系统, C 业务应用, D 设备上云. The merge of the published lists is ours.
var Leaves = []survey.Named[string]{
	{Value: "A1", Name: "计算"}, {Value: "A2", Name: "存储与备份"}, {Value: "A3", Name: "网络与专线"}, {Value: "A4", Name: "安全"}, {Value: "A5", Name: "桌面"}, {Value: "A6", Name: "容灾"},
	{Value: "B1", Name: "数据库"}, {Value: "B2", Name: "物联网与设备平台"}, {Value: "B3", Name: "大数据与 BI"}, {Value: "B4", Name: "中间件与集成"}, {Value: "B5", Name: "开发与低代码"}, {Value: "B6", Name: "AI 模型"},
	{Value: "C1", Name: "协同办公"}, {Value: "C2", Name: "财税票"}, {Value: "C3", Name: "人力资源"}, {Value: "C4", Name: "采购 SRM"}, {Value: "C5", Name: "销售与客户"}, {Value: "C6", Name: "库存 WMS"}, {Value: "C7", Name: "研发设计"},
	{Value: "C8", Name: "计划 ERP"}, {Value: "C9", Name: "生产执行 MES"}, {Value: "C10", Name: "质量 QMS"}, {Value: "C11", Name: "设备 EAM"}, {Value: "C12", Name: "能碳"}, {Value: "C13", Name: "物流"}, {Value: "C14", Name: "售后"},
	{Value: "D1", Name: "设备数采"}, {Value: "D2", Name: "设备监控"}, {Value: "D3", Name: "设备运维与预测"}, {Value: "D4", Name: "设备能耗"}, {Value: "D5", Name: "工艺优化"},
}

// LeafName names a leaf, "" for none.
func LeafName(tag string) string { return survey.NameOf(Leaves, tag) }

// LeafState is one leaf of the check-list as the case stands to it.
type LeafState struct {
	Leaf  string   `json:"leaf"`
	Name  string   `json:"name"`
	State string   `json:"state"` // have, covered, open (wanted, nothing in the bundle covers it) or off
	Needs []string `json:"needs"` // the needs under it
}

// The states of a leaf and of a 环节.
const (
	LeafHave    = "have"
	LeafCovered = "covered"
	LeafOpen    = "open"
	LeafOff     = "off"
)

// CheckList walks the 31 leaves: what the firm has, what the bundle covers, what stays open. A leaf with anything open is open.
func (b *Bundle) CheckList(cat *Catalog) []LeafState {
	out := make([]LeafState, 0, len(Leaves))
	for _, l := range Leaves {
		s := LeafState{Leaf: l.Value, Name: l.Name}
		s.State, s.Needs = b.stateOf(cat, func(n *Need) bool { return n.Tag == l.Value })
		out = append(out, s)
	}
	return out
}

// LinkList walks the nine 环节 of the policy in the same way.
func (b *Bundle) LinkList(cat *Catalog) []LeafState {
	out := make([]LeafState, 0, len(survey.BusinessLinks))
	for _, l := range survey.BusinessLinks {
		s := LeafState{Leaf: l, Name: l}
		s.State, s.Needs = b.stateOf(cat, func(n *Need) bool {
			return slices.Contains(n.Links, l)
		})
		out = append(out, s)
	}
	return out
}

func (b *Bundle) stateOf(cat *Catalog, in func(*Need) bool) (state string, needs []string) {
	covered := map[string]bool{}
	for _, k := range b.Covered {
		covered[k] = true
	}
	state, needs = LeafOff, []string{}
	for _, n := range b.Needs {
		def := cat.Need(n.Key)
		if def == nil || !in(def) {
			continue
		}
		needs = append(needs, n.Key)
		switch {
		case n.Wanted && !covered[n.Key]:
			state = LeafOpen
		case n.Wanted && state != LeafOpen:
			state = LeafCovered
		case n.Have && state == LeafOff:
			state = LeafHave
		}
	}
	return state, needs
}
