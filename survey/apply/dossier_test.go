package apply_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/money"
)

func guide() *apply.Guide {
	seven, none := 7, 0
	return &apply.Guide{
		ID: "g", Title: "某系统", Status: "待核实", Sources: []apply.GuideSource{{Key: "S", Title: "通知"}},
		Screens: []apply.GuideScreen{{Title: "一", Source: "S", Fields: []apply.GuideField{{Field: "firm.founded"}, {Field: "cost.gross"}, {Field: "project.name", Limit: 3}, {Field: "firm.park"}}}},
		Steps:   []apply.GuideStep{{Key: "up", Title: "上传", Before: &seven, Source: "S"}, {Key: "due", Title: "截止", Before: &none, Source: "S"}, {Key: "see", Title: "公示", Source: "S"}},
	}
}

// The package follows the Guangdong order with what the other lists add, and every file is called 市-企业-序号-名称.
func TestThePackageHasItsOrderAndItsNames(t *testing.T) {
	in := whole()
	in.Case.Attachments = append(in.Case.Attachments, survey.Attachment{ID: "x", Name: "../../第二份 合同.PDF", Role: "合同"})
	d := apply.NewDossier(in)
	var order, files []string
	for _, p := range d.Packing {
		order = append(order, p.No+" "+p.Name+" "+p.State)
		files = append(files, p.File)
	}
	want := []string{
		"01 申报函 由本程序生成", "02 真实性、不重复申报承诺书 由本程序生成", "03 申报表 由本程序生成", "04 申报书 由本程序生成", "05 投入明细表 由本程序生成", "06 上云技术方案 已生成骨架，须补充",
		"07 上云总结报告 已生成骨架，须补充", "08 证据索引 由本程序生成", "09 营业执照副本 已附", "10 法定代表人身份证明书 由本程序生成", "11 授权委托书 由本程序生成", "12 上年度审计报告 已附",
		"13 完税（无欠税）证明和信用中国报告 缺", "14-1 项目合同 已附", "14-2 项目合同 已附", "15 发票 已附", "16 付款凭证（银行回单） 已附", "17 数据来源、模型和成效说明 缺", "18 工业大数据示范认定文件 缺",
	}
	if !slices.Equal(order, want) {
		t.Errorf("the order is %q", order)
	}
	for i, name := range map[int]string{8: "株洲市-株洲恒硬刀具有限公司-09-营业执照副本.pdf", 14: "株洲市-株洲恒硬刀具有限公司-14-2-项目合同.pdf", 12: "", 3: "株洲市-株洲恒硬刀具有限公司-04-申报书"} {
		if files[i] != name {
			t.Errorf("file %d is %q, want %q", i, files[i], name)
		}
	}
	in.Case.Firm.Name = "a/../b\\c:\x00\u202e*?\"<>|公司 . "
	for _, p := range apply.NewDossier(in).Packing {
		if strings.ContainsAny(p.File, "/\\:*?\"<>|\x00\u202e ") || strings.HasPrefix(p.File, ".") {
			t.Errorf("the name %q", p.File)
		}
	}
}

// 标杆 asks for a finished 技术方案: the skeleton alone leaves it missing, the firm's own takes its place.
func TestTheFirmsOwnPaperTakesThePlaceOfTheSkeleton(t *testing.T) {
	in := whole()
	in.Case.Project.Measure = "H3-1"
	at := func() apply.Packed {
		d := apply.NewDossier(in)
		return d.Packing[slices.IndexFunc(d.Packing, func(p apply.Packed) bool { return p.Name == "上云技术方案" })]
	}
	missing := func() bool {
		return slices.ContainsFunc(apply.Fill(in).Missing, func(m apply.Missing) bool { return m.Name == "上云技术方案" })
	}
	if p := at(); p.Document != "scheme" || !missing() || !strings.HasPrefix(p.No, "0") {
		t.Errorf("without: %+v, missing %v", p, missing())
	}
	in.Case.Attachments = append(in.Case.Attachments, survey.Attachment{ID: "own", Name: "方案终稿.docx", Role: "上云技术方案"})
	if p := at(); p.Document != "" || p.State != "已附" || !strings.HasSuffix(p.File, "上云技术方案.docx") || missing() {
		t.Errorf("with: %+v, missing %v", p, missing())
	}
}

func TestEveryYuanHasItsChain(t *testing.T) {
	in := whole()
	c := in.Case
	c.Invoices[0].Lines[0].Asset, c.Contracts[1].System = "m1", "s1"
	c.Invoices[0].Evidence = []survey.Evidence{{Attachment: "发票"}}
	c.Attachments = append(c.Attachments, survey.Attachment{ID: "own", Name: "回单.pdf", Role: "付款凭证", For: "pL2"})
	c.Payments = c.Payments[:2]
	in.Claims.Lines[2].Expense.Paid = 0
	got := apply.NewDossier(in).Chains
	if len(got) != 3 || got[0].Contract != "HY-L1" || got[0].Asset != "五轴加工中心" || !slices.Equal(got[0].Payments, []string{"VL1 2025-12-20"}) || len(got[0].Gaps) > 0 || !slices.Equal(got[0].Files, []string{"发票"}) {
		t.Errorf("first: %+v", got[0])
	}
	if got[1].System != "生产管控平台" || !slices.Equal(got[1].Files, []string{"own"}) || len(got[1].Gaps) > 0 {
		t.Errorf("second: %+v", got[1])
	}
	if !slices.Equal(got[2].Gaps, []string{"未对应付款", "未对应设备或系统", "没有指明证明文件"}) {
		t.Errorf("third: %+v", got[2])
	}
}

func TestTheFieldSheetGivesWhatABoxTakes(t *testing.T) {
	in := whole()
	in.Guide = guide()
	f := apply.NewDossier(in).Sheet[0].Fields
	if f[0].Value != "2012年3月5日" || f[0].Copy != "2012-03-05" || f[1].Value != "3,052,800.00" || f[1].Copy != "3052800.00" {
		t.Errorf("%+v", f[:2])
	}
	if !f[2].Over || !strings.Contains(f[2].Note, "最多 3 字") || f[3].Note != "未填写" {
		t.Errorf("%+v", f[2:])
	}
}

func TestTasksHaveDaysOnlyWhenSomebodyStatedThem(t *testing.T) {
	in := whole()
	in.Guide = guide()
	days := func() map[string]string {
		out := map[string]string{}
		for _, k := range apply.Tasks(in) {
			out[k.Key] = string(k.Due)
			if (k.Due == "") == (k.Open == "") && k.Key != "step.see" {
				t.Errorf("%s has the day %q and is open because %q", k.Key, k.Due, k.Open)
			}
		}
		return out
	}
	for k, d := range days() {
		if d != "" {
			t.Errorf("%s is due on %s, and nobody said so", k, d)
		}
	}
	in.Case.Notices = []survey.Notice{{Measure: "H5-1", Due: "2027-01-03"}}
	in.Case.Project.Award = survey.Award{SelfReview: "2028-01-15", Amount: ptr(money.Yuan(1))}
	in.Case.Titles = []survey.Title{{ID: "t1", Kind: "cert:贯标", Have: survey.Yes, ValidUntil: "2027-08-01"}}
	in.Case.Project.Agent.Until = "2027-06-30"
	got := days()
	for k, want := range map[string]string{"step.up": "2026-12-27", "step.due": "2027-01-03", "step.see": "", "duty.selfReview": "2028-01-15", "duty.keep": "", "title.t1": "2027-08-01", "duty.agent": "2027-06-30"} {
		if got[k] != want {
			t.Errorf("%s is due on %q, want %q", k, got[k], want)
		}
	}
}

func TestPlainHTTPIsWarnedOf(t *testing.T) {
	for address, warned := range map[string]bool{
		"http://222.240.80.54:18080/hnibdp-daq/login": true, "HTTP://example.gov.cn": true, " http://a.b ": true, "http://localhost.evil.cn/": true, "http://127.0.0.1@evil.cn/": true, "http://127.0.0.1.evil.cn": true,
		"http://evil.cn?@localhost": true, "http://evil.cn/@127.0.0.1/": true,
		"https://example.gov.cn": false, "http://localhost:8080/x": false, "http://127.0.0.1:1": false, "http://[::1]:3/": false, "": false, "example.gov.cn": false,
	} {
		if (apply.Warning(address) != "") != warned {
			t.Errorf("%q: warned %v", address, !warned)
		}
	}
}

func TestFurtherChecks(t *testing.T) {
	for name, c := range map[string]struct {
		change func(in *apply.Input)
		want   string
	}{
		"late":            {func(in *apply.Input) { in.Case.Notices = []survey.Notice{{Measure: "H5-1", Due: "2026-11-22"}} }, "must window-late notices.H5-1.due"},
		"on the last day": {func(in *apply.Input) { in.Case.Notices = []survey.Notice{{Measure: "H5-1", Due: "2026-11-23"}} }, ""},
		"outside":         {func(in *apply.Input) { in.Case.Notices = []survey.Notice{{Measure: "H5-1", From: "2026-01-01"}} }, "hint window-line invoices.iL1.lines.L1"},
		"closed":          {func(in *apply.Input) { in.Claims.Measures[0].Due = "2025-10-26" }, "hint window-closed notices.H5-1.due"},
		"exponent":        {func(in *apply.Input) { in.Case.Drafts = map[string]string{"invoices.iL1.number": "2.6432E+19"} }, "must spreadsheet invoices.iL1.number"},
		"tail":            {func(in *apply.Input) { in.Case.Drafts = map[string]string{"contracts.cL1.gross": "1,286,400.00000001"} }, "must spreadsheet contracts.cL1.gross"},
		"fifteen digits":  {func(in *apply.Input) { in.Case.Invoices[0].Number = "26432000000012300000" }, "hint spreadsheet invoices.iL1.number"},
		"sixteen digits":  {func(in *apply.Input) { in.Case.Invoices[0].Number = "26432000000012310000" }, ""},
		"account":         {func(in *apply.Input) { in.Case.Firm.Bank.Account = "622299998888777000" }, "hint spreadsheet firm.bank.account"},
		"name":            {func(in *apply.Input) { in.Case.Firm.Name = "株洲恒硬(湖南)有限公司" }, "hint name-licence firm.name"},
		"other project": {func(in *apply.Input) {
			in.Case.Titles = []survey.Title{{ID: "t", Have: survey.Yes, Project: "别的项目"}}
		}, "hint title-project titles.t.project"},
		"unit":          {func(in *apply.Input) { in.Case.Years[0].MainRevenue = ptr(money.Yuan(4680)) }, "hint unit years.2025.mainRevenue"},
		"over contract": {func(in *apply.Input) { in.Case.Contracts[1].Gross = money.Yuan(1) }, "hint invoiced-over contracts.cL2.gross"},
		"no machine":    {func(in *apply.Input) {}, "hint chain invoices.iL1.lines.L1"},
	} {
		in := whole()
		if name != "no machine" {
			for i := range in.Case.Invoices {
				in.Case.Invoices[i].Lines[0].Asset = "m1"
			}
		}
		before := codes(apply.Fill(in))
		c.change(&in)
		after := codes(apply.Fill(in))
		if name == "no machine" {
			before = nil
		}
		for k := range after {
			parts := strings.Fields(k)
			if _, was := before[k]; !was && len(parts) > 1 && slices.Contains([]string{"window-late", "window-line", "window-closed", "spreadsheet", "name-licence", "title-project", "unit", "invoiced-over", "chain"}, parts[1]) && c.want == "" {
				t.Errorf("%s: %s", name, k)
			}
		}
		if _, ok := after[c.want]; c.want != "" && !ok {
			t.Errorf("%s: no %q among %v", name, c.want, after)
		}
	}
}

// Every finding quotes its clause and says where it is mended.
func TestEveryFindingHasClauseAndJump(t *testing.T) {
	in := apply.Input{Case: &survey.Case{ID: "x", Firm: survey.Firm{CreditCode: "1", DeclaredSize: "small", Bank: survey.Bank{AccountName: "y"}}, Drafts: map[string]string{"firm.capital": "1e9"}}}
	all := slices.Concat(apply.Fill(in).Checks, apply.FillOnboarding(in).Checks, apply.Fill(whole()).Checks, apply.GlyphChecks(whole(), apply.Fill(whole()), func(r rune) bool { return r != '镕' }))
	glyph := 0
	for _, c := range all {
		if c.Clause == "" || c.Jump == "" || c.Text == "" || c.Level != apply.LevelMust && c.Level != apply.LevelHint {
			t.Errorf("%+v", c)
		}
		if c.Code == "glyph" {
			glyph++
			if c.Jump != "firm.contact.name" || !strings.Contains(c.Text, "“镕”（U+9555）") {
				t.Errorf("%+v", c)
			}
		}
	}
	if glyph != 1 || len(all) < 30 {
		t.Errorf("%d findings, %d of them of a character", len(all), glyph)
	}
}
