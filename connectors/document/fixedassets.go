package document

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// assetColumn is one column of the fixed-asset list. The heads are those that the importer knows, so that the list can be taken in again.
type assetColumn struct {
	head  string
	width float64
	cell  func(a *survey.Asset) any
}

func said(f func(a *survey.Asset) string) func(*survey.Asset) any {
	return func(a *survey.Asset) any { return f(a) }
}

func yes(f func(a *survey.Asset) survey.Tri) func(*survey.Asset) any {
	return func(a *survey.Asset) any {
		if v := f(a); v != survey.Unknown {
			return v.Chinese()
		}
		return ""
	}
}

var codeColumn = assetColumn{"资产分类代码", 13, said(func(a *survey.Asset) string { return a.Category })}

var assetColumns = []assetColumn{
	{"资产编号", 14, said(func(a *survey.Asset) string { return a.AssetID })},
	{"资产名称", 22, said(func(a *survey.Asset) string { return a.Name })},
	{"规格型号", 18, said(func(a *survey.Asset) string { return a.Nameplate.Model })},
	{"生产厂家", 16, said(func(a *survey.Asset) string { return a.Nameplate.Manufacturer })},
	{"出厂编号", 18, said(func(a *survey.Asset) string { return a.Nameplate.SerialNumber })},
	{"用途", 10, said(useWord)},
	{"是否计入生产设备", 10, yes(func(a *survey.Asset) survey.Tri { return a.Counted })},
	{"数量", 8, func(a *survey.Asset) any { return max(a.Count, 1) }},
	{"计量单位", 8, said(func(*survey.Asset) string { return "台" })},
	{"原值（元）", 15, func(a *survey.Asset) any {
		if a.Value == nil {
			return ""
		}
		return number64(*a.Value)
	}},
	{"购置日期", 12, said(func(a *survey.Asset) string { return string(a.Bought) })},
	{"投用日期", 12, said(func(a *survey.Asset) string { return string(a.Nameplate.InitialOperation) })},
	{"使用部门", 14, said(func(a *survey.Asset) string { return a.Workshop })},
	{"产线", 12, said(func(a *survey.Asset) string { return a.Line })},
	{"安装地点", 14, said(func(a *survey.Asset) string { return a.Nameplate.Location })},
	{"工序", 12, said(func(a *survey.Asset) string { return a.Process })},
	{"是否关键工序", 9, yes(func(a *survey.Asset) survey.Tri { return a.KeyStep })},
	{"是否数控", 9, yes(func(a *survey.Asset) survey.Tri { return a.Numeric })},
	{"是否数字化", 9, yes(func(a *survey.Asset) survey.Tri { return a.Digital })},
	{"是否联网", 9, yes(func(a *survey.Asset) survey.Tri { return a.Networked })},
	{"控制系统", 14, said(func(a *survey.Asset) string { return a.Control })},
	{"接口、协议", 18, said(func(a *survey.Asset) string {
		return strings.Join(append(a.Ports[:len(a.Ports):len(a.Ports)], a.Protocols...), "、")
	})},
	{"是否上云", 9, yes(func(a *survey.Asset) survey.Tri { return a.OnCloud })},
	{"上云平台", 14, said(func(a *survey.Asset) string { return a.Platform })},
	{"MAC地址", 19, said(func(a *survey.Asset) string { return strings.Join(a.Reach.MACs, "、") })},
	{"IP地址", 16, said(func(a *survey.Asset) string { return strings.Join(a.Reach.Addresses, "、") })},
	{"主机名", 14, said(func(a *survey.Asset) string { return a.Reach.HostName })},
	{"备注", 24, said(func(a *survey.Asset) string { return a.Note })},
	{"来源", 22, said(witnesses)},
}

func useWord(a *survey.Asset) string { return survey.NameOf(survey.UseNames, a.Use) }

// witnesses names where what stands in a line comes from, each once.
func witnesses(a *survey.Asset) string {
	var out []string
	seen := map[string]bool{}
	for _, e := range a.Evidence {
		s := strings.TrimSpace(sourceWords[e.Source] + " " + e.Ref)
		if !seen[s] && len(out) < 6 {
			out, seen[s] = append(out, s), true
		}
	}
	return strings.Join(out, "；")
}

var sourceWords = map[survey.Source]string{survey.SourcePerson: "人工", survey.SourceLedger: "台账", survey.SourceHost: "本机", survey.SourceProbe: "扫描",
	survey.SourceInvoice: "发票", survey.SourceDocument: "附件", survey.SourceImport: "导入"}

// FixedAssets writes the register as a fixed-asset list (固定资产清单). codes adds the column of GB/T 14885 codes, which a person gives: the
// program knows no table of them. What is not known stays empty; unknown is never written as 否.
func FixedAssets(c *survey.Case, codes bool) ([]byte, error) {
	columns := assetColumns
	if codes {
		columns = append([]assetColumn{assetColumns[0], codeColumn}, assetColumns[1:]...)
	}
	s := sheet{name: "固定资产清单", title: "固定资产清单", under: "企业：" + c.Firm.Name + "    基准日：" + string(c.AsOf), widths: []float64{6}, head: []any{"序号"}}
	for _, k := range columns {
		s.widths, s.head = append(s.widths, k.width), append(s.head, k.head)
	}
	for i := range c.Assets {
		row := []any{i + 1}
		for _, k := range columns {
			row = append(row, k.cell(&c.Assets[i]))
		}
		s.rows = append(s.rows, row)
	}
	return workbook([]sheet{s})
}
