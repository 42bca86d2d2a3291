package report

import (
	"slices"
	"strconv"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

var sourceNames = []survey.Named[survey.Source]{
	{Value: survey.SourcePerson, Name: "人工填写"}, {Value: survey.SourceLedger, Name: "企业台账"}, {Value: survey.SourceHost, Name: "本机盘点"}, {Value: survey.SourceProbe, Name: "设备网络识别"},
	{Value: survey.SourceInvoice, Name: "发票等票据"}, {Value: survey.SourceDocument, Name: "附件文件"}, {Value: survey.SourceImport, Name: "其他案卷导入"},
}

// witness is one kind of source with what it stated.
type witness struct {
	source    survey.Source
	by        string
	facts     int
	from, til string
}

// looked is what was looked at, when, and who was asked.
func (m *maker) looked() Chapter {
	t := &Table{Columns: []string{"来源", "谁说的", "陈述条数", "最早", "最晚"}, Widths: []int{20, 32, 14, 17, 17}}
	for _, w := range m.witnesses() {
		t.row(or(survey.NameOf(sourceNames, w.source), string(w.source)), or(w.by, "文件或设备，没有记人名"), itoa(w.facts), w.from, w.til)
	}
	if len(t.Rows) == 0 {
		t.row("—", "还没有任何事实登记来源", "0", "—", "—")
	}
	scope := &Table{Columns: []string{"看了什么", "数量", "说明"}, Widths: []int{28, 16, 56}}
	scope.row("设备清单", itoa(len(m.c.Assets))+" 行", "生产设备 "+itoa(m.a.Rates.Machines)+" 台；是否计入未核实 "+itoa(m.a.Rates.Unknown)+" 台")
	scope.row("信息系统", itoa(len(m.c.Systems))+" 个", "在用情况见第 3 章")
	scope.row("年度数据", itoa(len(m.c.Years))+" 年", "人员、收入、成本、能耗、合格率")
	scope.row("评测题与场景", itoa(len(m.a.Items))+" 题、"+itoa(len(m.a.Scenes))+" 个场景", "未答 "+itoa(len(m.a.Open))+" 项")
	scope.row("合同、发票、付款", itoa(len(m.c.Contracts))+"、"+itoa(len(m.c.Invoices))+"、"+itoa(len(m.c.Payments))+" 份", "只用于补贴测算")
	scope.row("附件", itoa(len(m.c.Attachments))+" 个", "逐项对照见附录 D")
	files := &Table{Columns: []string{"附件", "用途", "摘要前 12 位", "加入日期"}, Widths: []int{38, 24, 24, 14}}
	for _, f := range m.c.Attachments {
		files.row(f.Name, f.Role, digest(f.SHA256), f.Added.Format("2006-01-02"))
	}
	attached := Block{Title: "附件清单", Table: files.fit(34, "个"), Source: "案卷附件；完整摘要见附件 JSON。"}
	if len(files.Rows) == 0 {
		attached = para("案卷里还没有附件。")
	}
	return Chapter{Key: "looked", Title: "看了什么、何时看、问了谁", Blocks: []Block{
		para("本报告以 " + known(m.c.AsOf.Chinese()) + " 为基准日，依据案卷中登记的事实推算。没有登记的不推测，写“" + Unknown + "”。"),
		{Title: "范围", Table: scope, Source: "案卷。"},
		{Title: "事实的来源", Table: t.fit(38, "条"), Source: "案卷中每条事实所附的来源记录；日期为世界协调时。"},
		attached,
	}}
}

func (m *maker) witnesses() []witness {
	var out []witness
	add := func(list []survey.Evidence) {
		for _, e := range list {
			i := slices.IndexFunc(out, func(w witness) bool { return w.source == e.Source && w.by == e.By })
			if i < 0 {
				out, i = append(out, witness{source: e.Source, by: e.By}), len(out)
			}
			w, day := &out[i], "—"
			if !e.At.IsZero() {
				day = e.At.UTC().Format("2006-01-02")
			}
			w.facts++
			if w.from == "" || day < w.from {
				w.from = day
			}
			w.til = max(w.til, day)
		}
	}
	add(m.c.Firm.Evidence)
	for _, x := range m.c.Years {
		add(x.Evidence)
	}
	for _, x := range m.c.Titles {
		add(x.Evidence)
	}
	for i := range m.c.Assets {
		add(m.c.Assets[i].Evidence)
	}
	for _, x := range m.c.Systems {
		add(x.Evidence)
	}
	for _, x := range m.c.Arrangements {
		add(x.Evidence)
	}
	for _, x := range m.c.Answers {
		add(x.Evidence)
	}
	for _, x := range m.c.Scenes {
		add(x.Evidence)
	}
	for _, x := range m.c.Invoices {
		add(x.Evidence)
	}
	return out
}

// profile is the firm.
func (m *maker) profile() Chapter {
	f := m.c.Firm
	t := &Table{Columns: []string{"项目", "内容", "项目", "内容"}, Widths: []int{16, 34, 16, 34}}
	region := known(f.Region)
	if r, ok := survey.RegionByCode(f.Region); ok {
		region = r.Name + f.County
	}
	trade := known(f.Industry)
	if x, ok := survey.IndustryByCode(f.Industry); ok {
		trade = x.Code + " " + x.Name
	}
	capital := Unknown
	if f.Capital != nil {
		capital = f.Capital.Display() + " 元"
	}
	t.row("所在地", region, "行业", trade)
	t.row("园区", known(f.Park), "主营产品", known(f.Products))
	t.row("成立时间", known(f.Founded.Chinese()), "注册资本", capital)
	t.row("规上企业", known3(f.AboveScale), "企业规模", m.size())
	years := &Table{Columns: []string{"年度", "人员", "营业收入（元）", "营业成本（元）", "利润总额（元）", "综合能耗（吨标准煤）"}, Widths: []int{10, 12, 21, 21, 18, 18}}
	for i := range m.c.Years {
		y := &m.c.Years[i]
		staff, energy := Unknown, Unknown
		if y.Staff != nil {
			staff = itoa(*y.Staff) + " 人"
		}
		if y.EnergyKgce != nil {
			energy = thousandths(*y.EnergyKgce)
		}
		years.row(itoa(y.Year), staff, yuan(y.Revenue), yuan(y.Cost), yuan(y.Profit), energy)
	}
	if len(years.Rows) == 0 {
		years.row(Unknown, Unknown, Unknown, Unknown, Unknown, Unknown)
	}
	sys := &Table{Columns: []string{"系统", "类型", "供应商", "部署", "在用", "与之互通"}, Widths: []int{20, 20, 20, 12, 10, 18}}
	for _, s := range m.c.Systems {
		var to []string
		for _, id := range s.Integrations {
			if o := m.c.System(id); o != nil {
				to = append(to, o.Name)
			}
		}
		sys.row(s.Name, known(survey.NameOf(survey.SystemKindNames, s.Kind)), known(s.Vendor), known(survey.NameOf(survey.DeploymentNames, s.Deployment)), known3(s.InUse), or(some(to, 4, "个"), "未登记"))
	}
	if len(sys.Rows) == 0 {
		sys.row("没有登记信息系统", "—", "—", "—", "—", "—")
	}
	return Chapter{Key: "profile", Title: "企业概况", Blocks: []Block{
		{Table: t, Source: "企业信息（案卷）；规模按" + survey.SizeRule + "推算。"},
		{Title: "近年数据", Table: years.fit(17, "年"), Source: "年度数据（案卷），页码等出处见附件 JSON。"},
		{Title: "信息系统", Table: sys.fit(39, "个"), Source: "系统清单（案卷）。"},
	}}
}

func (m *maker) size() string {
	y := m.c.Year(m.c.LastYear())
	if y == nil {
		return Unknown
	}
	revenue := y.Revenue
	if revenue == nil {
		revenue = y.MainRevenue
	}
	trade, _ := survey.SizeTradeOf(m.c.Firm.Industry)
	class, _ := survey.ClassifySize(trade, y.Staff, revenue, y.Assets)
	return class.Chinese()
}

func yuan(f *money.Fen) string {
	if f == nil {
		return Unknown
	}
	return f.Display()
}

func thousandths(n int64) string {
	if n < 0 {
		return "-" + thousandths(-n)
	}
	return strconv.FormatInt(n/1000, 10) + "." + strconv.FormatInt(n%1000+1000, 10)[1:]
}
