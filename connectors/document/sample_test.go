package document

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/rule"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

func ptr[T any](v T) *T { return &v }

// input is an invented firm with n cost lines.
func input(n int) apply.Input {
	c := &survey.Case{
		ID: "0193f0a0-1111-7222-8333-444455556666", AsOf: "2026-11-23",
		Firm: survey.Firm{
			Name: "株洲恒硬刀具有限公司", CreditCode: "91350100M000100Y43", Region: "430200", County: "天元区", Address: "株洲市天元区黄河南路 188 号 <A 座> & 3 层",
			Industry: "C33", Products: "硬质合金刀具、数控刀片", LegalRep: "张恒", Founded: "2012-03-05", Capital: ptr(money.Yuan(10_000_000)), VATPayer: survey.VATGeneral,
			AboveScale: survey.Yes, Independent: survey.Yes, Dishonest: survey.No, DeclaredSize: "small",
			Contact: survey.Contact{Name: "李镕", Phone: "13800000000", Email: "lirong@example.com"},
			Bank:    survey.Bank{AccountName: "株洲恒硬刀具有限公司", BankName: "某银行株洲分行", Account: "6222000000000000000"},
		},
		Years:   []survey.Year{{Year: 2025, Staff: ptr(128), Revenue: ptr(money.Yuan(46_800_000)), MainRevenue: ptr(money.Yuan(46_800_000)), Page: "第 7 页"}},
		Systems: []survey.System{{ID: "s1", Name: "生产管控平台", Deployment: survey.DeployHybrid}},
		Project: survey.Project{
			Name: "刀具质量与设备数据分析", Start: "2025-09-01", End: "2026-06-30", Place: "株洲市天元区", Links: []string{"生产设备管理", "生产管控"}, CoreSystem: "s1", UseMonths: ptr(5),
			Summary: "建设质量与设备数据分析平台，接入 21 台机床。\n第二段：“刀具磨损”预测，准确率目标 ≥90%。", Before: "人工抄表，次日汇总。", After: "实时采集，当班处理。", Goals: "联网率由 35.0% 提高到 60%。", Promised: survey.Yes,
		},
		Aids:        []survey.Aid{{ID: "a1", Year: 2024, Programme: "技术改造", DocNo: "株财企指〔2024〕1号", Project: "旧线改造", Amount: money.Yuan(50_000)}},
		Attachments: []survey.Attachment{{ID: "f1", Name: "营业执照.pdf", Role: "营业执照"}, {ID: "f2", Name: "合同.pdf", Role: "合同"}},
	}
	claims := &subsidy.Claims{
		Policy: "hunan-text", Title: "深化制造业与互联网融合发展的若干政策措施", Validity: "政策文本无文号、无日期，是否仍有效须核实。", AsOf: "2026-11-23", VATBase: "不含税（一般纳税人）",
	}
	var base money.Fen
	for i := range n {
		id := fmt.Sprintf("L%d", i+1)
		net := money.Yuan(int64(1000 * (i + 1)))
		tax := money.Rate(1300).Of(net)
		inv := fmt.Sprintf("2643200000%010d", i+1)
		c.Contracts = append(c.Contracts, survey.Contract{ID: "c" + id, Number: "HY-" + id, Supplier: "湖南某工业软件有限公司", Title: "合同" + id, Signed: "2025-09-10", Gross: net + tax})
		c.Invoices = append(c.Invoices, survey.Invoice{ID: "i" + id, Number: inv, Issued: "2025-12-01", Seller: "湖南某工业软件有限公司", Contract: "c" + id, Checked: survey.Yes,
			Lines: []survey.InvoiceLine{{ID: id, Item: "费用" + id, Net: net, Tax: tax, Gross: net + tax, Kind: survey.CostSoftware}}})
		c.Payments = append(c.Payments, survey.Payment{ID: "p" + id, Date: "2025-12-20", Amount: net + tax, Voucher: "V" + id, Invoice: "i" + id})
		claims.Lines = append(claims.Lines, subsidy.LineClaim{State: rule.Met, Expense: subsidy.Expense{
			Line: id, Title: "=质量与设备数据分析平台模块 " + id, Supplier: "湖南某工业软件有限公司", Contract: "HY-" + id, Invoice: inv, Issued: "2025-12-01", Kind: "software", Net: net, Tax: tax, Gross: net + tax, Paid: net + tax, Base: net, State: rule.Met,
		}})
		base += net
	}
	amount := money.Rate(2000).Of(base)
	claims.Measures = []subsidy.MeasureClaim{{
		ID: "H5-1", Name: "工业大数据应用示范", Clause: "第五条", Paragraph: "P5.3", Sentence: "对入选的工业大数据应用示范项目，按不超过项目投资的20%给予支持，最高不超过200万元。", Kind: "share",
		Rate: ptr(money.Rate(2000)), Cap: ptr(money.Yuan(2_000_000)), Verdict: rule.Met, Base: base, Amount: ptr(amount), AmountText: amount.Display() + " 元",
		Explain: base.Display() + " × 20% = " + amount.Display() + "，未达上限", Titles: []rule.Trace{{Text: "入选工业大数据应用示范", Verdict: rule.Met}},
		Conditions: []rule.Trace{{Text: "制造业企业", Verdict: rule.Met}},
	}}
	claims.Conservative = subsidy.Total{Name: "保守口径", Amount: ptr(amount), Capital: amount.Capital(), Parts: []subsidy.Part{{Measure: "H5-1", Base: base, Amount: amount}}}
	ladder := []assess.Rung{}
	for l, need := range []assess.Points{20000, 40000, 60000, 80000} {
		ladder = append(ladder, assess.Rung{Level: l + 1, Name: []string{"一级 初始级", "二级 规范级", "三级 集成级", "四级 协同级"}[l], NeedScore: need, HaveScore: 47375, NeedScenes: 6, HaveScenes: 8 - l, NeedStars: 3, HaveStars: 5 - l, Met: l < 2})
	}
	return apply.Input{
		Case: c, Claims: claims, Revision: 2,
		Assessment: &assess.Assessment{
			Edition: "miit-2024", Title: "中小企业数字化水平评测指标（2024年版）", RuleStatus: "等级规则取自二手来源，须与官方文件核对。", Score: 47375, Level: 2, LevelName: "二级 规范级", Ladder: ladder,
			Rates: assess.Rates{Machines: 60, Digital: 33, Networked: 21, Lines: []assess.RateLine{{Name: "生产设备联网率", Percent: "35.0%", Text: "21 / 60 台", Rule: "工信厅企业〔2024〕56号 Q3", Status: "官方"}}},
		},
		Bundle: &recommend.Bundle{Catalog: "2026-11", Lines: []recommend.Line{{Offer: "o1", Vendor: "甲云", Title: "设备物联平台", Quantity: 1}, {Offer: "o2", Vendor: "乙云", Title: "别家的产品", Quantity: 1}}},
	}
}

func fonts(t testing.TB) Fonts {
	t.Helper()
	return Fonts{Regular: asset(t, "font/NotoSerifSC-Regular.ttf"), Bold: asset(t, "font/NotoSerifSC-Bold.ttf")}
}

func templates(t testing.TB) Templates {
	t.Helper()
	return Templates{Application: asset(t, "template/申报书.docx"), Onboarding: asset(t, "template/onboarding.docx")}
}

func asset(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "assets", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func set(t testing.TB, in apply.Input) (apply.Application, []File) {
	t.Helper()
	a := apply.Fill(in)
	request, err := apply.RequestJSON(in, a)
	if err != nil {
		t.Fatal(err)
	}
	files, err := Set(a, request, fonts(t), templates(t))
	if err != nil {
		t.Fatal(err)
	}
	return a, files
}
