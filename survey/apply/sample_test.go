package apply_test

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/rule"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

func ptr[T any](v T) *T { return &v }

// whole is an invented firm whose form is complete: W2 of the worked examples, three lines under H5-1.
func whole() apply.Input {
	c := &survey.Case{
		ID: "0193f0a0-1111-7222-8333-444455556666", AsOf: "2026-11-23",
		Firm: survey.Firm{
			Name: "株洲恒硬刀具有限公司", CreditCode: "91350100M000100Y43", Region: "430200", County: "天元区", Address: "黄河南路188号", Industry: "C33",
			LegalRep: "张恒", Founded: "2012-03-05", DeclaredSize: "small", Contact: survey.Contact{Name: "李镕", Phone: "13800000000", Email: "a@example.com"},
			Bank: survey.Bank{AccountName: "恒硬开户名", BankName: "恒硬开户行", Account: "6222999988887777"},
		},
		Years:   []survey.Year{{Year: 2025, Staff: ptr(128), Revenue: ptr(money.Yuan(46_800_000)), MainRevenue: ptr(money.Yuan(46_800_000)), Page: "第 7 页"}},
		Systems: []survey.System{{ID: "s1", Name: "生产管控平台", Deployment: survey.DeployHybrid}},
		Assets: []survey.Asset{
			{ID: "m1", Name: "五轴加工中心", Count: 2, Protocols: []string{"OPC UA", "FOCAS"}, Networked: survey.Yes, Value: ptr(money.Yuan(7_654_321))},
			{ID: "m2", Name: "烧结炉", Count: 1, Protocols: []string{"Modbus"}},
		},
		Project: survey.Project{
			Name: "刀具质量与设备数据分析", Start: "2025-09-01", End: "2026-06-30", Place: "株洲市", Links: []string{"生产管控"}, CoreSystem: "s1", Summary: "建设平台。", Before: "手工", After: "自动",
			Goals: "提高", Promised: survey.Yes,
		},
		Onboarding: survey.Onboarding{Operator: "甲云", Offers: []string{"o1"}, Assets: []string{"m1"}, Network: "车间有光纤", From: "2026-12-01", To: "2027-02-28"},
		Plan:       survey.Plan{Accepted: []survey.Chosen{{Offer: "o1", Title: "设备物联平台", FirstYear: money.Yuan(87_654)}}},
	}
	claims := &subsidy.Claims{Policy: "p", Title: "深化制造业与互联网融合发展的若干政策措施", Validity: "政策文本无文号、无日期，是否仍有效须核实。"}
	for _, l := range []struct {
		id, title string
		net       int64
		kind      survey.CostKind
	}{{"L1", "质量与设备数据分析平台", 1_860_000, survey.CostSoftware}, {"L2", "刀具磨损预测工业APP", 640_000, survey.CostSoftware}, {"L3", "工控安全防护", 380_000, survey.CostService}} {
		net := money.Yuan(l.net)
		tax := money.Rate(600).Of(net)
		c.Contracts = append(c.Contracts, survey.Contract{ID: "c" + l.id, Number: "HY-" + l.id, Supplier: "某软件公司", Signed: "2025-09-10", Gross: net + tax})
		c.Invoices = append(c.Invoices, survey.Invoice{ID: "i" + l.id, Number: "264320000000000000" + l.id, Issued: "2025-12-01", BuyerCode: "91350100M000100Y43", Contract: "c" + l.id, Checked: survey.Yes,
			Lines: []survey.InvoiceLine{{ID: l.id, Item: l.title, Net: net, Tax: tax, Gross: net + tax, Kind: l.kind}}})
		c.Payments = append(c.Payments, survey.Payment{ID: "p" + l.id, Date: "2025-12-20", Amount: net + tax, Voucher: "V" + l.id, Invoice: "i" + l.id})
		claims.Lines = append(claims.Lines, subsidy.LineClaim{State: rule.Met, Expense: subsidy.Expense{Line: l.id, Title: l.title, Supplier: "某软件公司", Contract: "HY-" + l.id,
			Invoice: "264320000000000000" + l.id, Issued: "2025-12-01", Kind: string(l.kind), Net: net, Tax: tax, Gross: net + tax, Paid: net + tax, Base: net, State: rule.Met}})
	}
	claims.Measures = []subsidy.MeasureClaim{
		{ID: "H5-1", Name: "工业大数据应用示范", Clause: "第五条", Paragraph: "P5.3", Rate: ptr(money.Rate(2000)), Cap: ptr(money.Yuan(2_000_000)), Verdict: rule.Met, Base: money.Yuan(2_880_000), Amount: ptr(money.Yuan(576_000))},
		{ID: "H3-1", Name: "上云上平台标杆", Clause: "第三条", Paragraph: "P3.4", Kind: "open", Verdict: rule.Met, Base: money.Yuan(2_880_000), AmountText: apply.ByNotice},
	}
	claims.Conservative = subsidy.Total{Amount: ptr(money.Yuan(576_000)), Parts: []subsidy.Part{{Measure: "H5-1", Amount: money.Yuan(576_000)}}}
	for i, role := range []string{"营业执照", "审计报告", "合同", "发票", "付款凭证"} {
		c.Attachments = append(c.Attachments, survey.Attachment{ID: role, Name: role + ".pdf", Role: role, Size: int64(i)})
	}
	return apply.Input{Case: c, Claims: claims, Revision: 1,
		Assessment: &assess.Assessment{Title: "评测指标（2024年版）", RuleStatus: "等级规则取自二手来源，须核实。", Score: 52375, Level: 2, LevelName: "二级 规范级", Ladder: []assess.Rung{{Level: 2, Name: "二级 规范级", NeedScore: 40000, HaveScore: 52375, NeedScenes: 6, HaveScenes: 7, NeedStars: 3, HaveStars: 4, Met: true}}},
		Bundle:     &recommend.Bundle{Lines: []recommend.Line{{Offer: "o1", Vendor: "甲云", Title: "设备物联平台", Quantity: 1, FirstYear: money.Yuan(87_654)}, {Offer: "o2", Vendor: "乙云", Title: "别家的产品", Quantity: 1, FirstYear: money.Yuan(98_765)}}},
	}
}

// value finds a field.
func value(a apply.Application, key string) string {
	for _, s := range a.Sections {
		for _, f := range s.Fields {
			if f.Key == key {
				return f.Value
			}
		}
	}
	return "no such field " + key
}

// codes lists the findings as "level code jump".
func codes(a apply.Application) map[string]apply.Check {
	out := map[string]apply.Check{}
	for _, c := range a.Checks {
		out[c.Level+" "+c.Code+" "+c.Jump] = c
	}
	return out
}
