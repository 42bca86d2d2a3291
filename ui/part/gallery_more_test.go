package part

import (
	"fmt"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

func onPage(o fyne.CanvasObject) fyne.CanvasObject {
	return Layers(NewFill(theme.Bg, 0), PadAll(24, o))
}

func nothing() {}

func sheetResult() fyne.CanvasObject {
	head := CardWith(nil, Columns(16, []float32{1.1, 2.4, 1.6},
		VStack(0, Muted("当前等级"), HStack(10, KeyFigure("一级", ""), Icon("arrow-right", 18, theme.Muted), KeyFigure("二级", "").In(theme.Accent))),
		NewLevelPath(1, 2),
		HStack(24, Labeled("得分", KeyFigure("47.75", "/ 40").Of(20), ""), Labeled("场景", KeyFigure("5", "/ 6").Of(20).In(theme.Err), ""), Labeled("★ 场景", KeyFigure("5", "/ 3").Of(20), ""))))
	radar := Card("能力雷达", Legend("现在", "方案后"), NewRadar([]Axis{
		{"产品生命周期", "25%", 25, 25}, {"生产执行", "33→67%", 33, 67}, {"供应链", "50%", 50, 50}, {"管理决策", "25→50%", 25, 50},
		{"数字化基础", "50→68%", 50, 68}, {"数字化管理", "42.5%", 42.5, 42.5}, {"数字化成效", "50%", 50, 50}}, true))
	left := VStack(8, SceneGroup("产品生命周期", "达到二级 1 / 4",
		NewSceneBar(Scene{"产品设计", true, 2, 2}, nothing), NewSceneBar(Scene{"工艺设计", false, 1, 1}, nothing), NewSceneBar(Scene{"营销管理", true, 1, 1}, nothing), NewSceneBar(Scene{"售后服务", false, 0, 0}, nothing)),
		SceneGroup("管理决策", "达到二级 1 / 4", NewSceneBar(Scene{"财务管理", true, 2, 2}, nothing), NewSceneBar(Scene{"协同办公", false, 1, 2}, nothing)))
	right := VStack(8, SceneGroup("生产执行", "达到二级 2 / 6", NewSceneBar(Scene{"计划排程", false, 1, 2}, nothing), NewSceneBar(Scene{"质量管理", true, 2, 2}, nothing), NewSceneBar(Scene{"能耗管理", false, 0, 0}, nothing)))
	scenes := CardWith(HeadRow("16 个应用场景", "★ 约束性 10 个", Legend("现在", "方案后")), Columns(28, nil, left, right))
	steps := CardWith(HeadRow("最省钱的三步", "做完第 1 步就达到二级；后两步留出余量，防止现场评定扣分", Link("看全部 23 步", nothing)), Grid(3, 12,
		NewStepCard(StepSpec{1, "协同办公 一级升二级", "审批、报销上企业微信基础版，两周可用", "0 元", Estimate, []Gain{{OK, "场景 5→6", "arrow-up"}, {OK, "达到二级", "check"}}}, true, nothing),
		NewStepCard(StepSpec{2, "设备管理 一级升二级", "点检、保养计划上云，60 台设备已在册", "6,800 元/年", Estimate, []Gain{{Info, "场景 6→7", "arrow-up"}, {Info, "得分 +0.7", ""}}}, false, nothing),
		NewStepCard(StepSpec{3, "再联网 4 台数控车床", "加装 4 套采集网关，联网台数 21→25", "9,600 元", ListOf, []Gain{{Info, "得分 +1.5", "arrow-up"}, {Info, "Q3 进 D 档", ""}}}, false, nil)))
	return onPage(VStack(12, head, Columns(12, []float32{3, 5}, radar, scenes), steps))
}

func sheetAssess() fyne.CanvasObject {
	bands := []Band{{0.1, "10%", "0 分"}, {0.2, "20%", "1.5 分"}, {0.4, "40%", "3.0 分"}, {0.6, "60%", "4.5 分"}, {1, "", "6.0 分"}}
	group := NewOptionGroup([]OptionSpec{{"A", "10% 及以下", "0 分", "", ""}, {"B", "超过 10%，到 20%", "1.5 分", "", ""}, {"C", "超过 20%，到 40%", "3.0 分", "与清单一致", ""},
		{"D", "超过 40%，到 60%", "4.5 分", "", ""}, {"E", "超过 60%", "6.0 分", "", ""}}, false, nil)
	group.Set(2)
	multi := NewOptionGroup([]OptionSpec{{"", "已建立数据备份与恢复制度，并每年至少演练一次（附演练记录），相关制度文件已经在全公司范围内发布", "1 分", "", ""}, {"", "已购买网络安全服务", "1 分", "", "合同在有效期内"}}, true, nil)
	multi.Set(0)
	multi.Row(1).Disable()
	left := CardWith(nil, VStack(10, HStack(8, Grow(Muted("采集项 Q3 · 生产设备联网率 · 单选 · 满分 6 分")), NewBadgeIcon(Info, "由设备清单算出", "bolt")),
		Colored("车间里的生产设备，有多少台已经连上了网？", 18, theme.Ink, true), Muted("能把数据传到工控网或应用系统的才算，只接电源的不算。"),
		TintCard(VStack(6, HStack(12, KeyFigure("21 / 60 台", "").Of(20), Muted("="), KeyFigure("35.0%", "").Of(20), Icon("arrow-right", 18, theme.Muted), KeyFigure("3.0 分", "").Of(20).In(theme.Accent), Spacer(), Link("看这 21 台", nothing)), NewScoreBand(bands, 0.35, 0.4167))),
		group, multi))
	counters := VStack(12, Strong("达到二级，三项都要满足"),
		NewCounterBlock(Counter{"得分", "47.75", "40", true, "满足", 1}), NewCounterBlock(Counter{"场景达到二级", "5", "6", false, "差 1 个", 0.83}), NewCounterBlock(Counter{"★ 场景达到二级", "5", "3", true, "满足", 1}))
	right := CardWith(HeadRow("实时评分", "", NewBadgeIcon(Neutral, "现在 一级", "")), VStack(12, NewDial(47.75, "47.75", "满分 100", 40), Muted("基础 25.0 · 管理 12.75 · 成效 10.0").Aligned(fyne.TextAlignCenter), Hairline(), counters, Hairline(),
		NewDial(0, "0", "满分 100", 0)))
	return onPage(Columns(12, []float32{1.6, 1}, left, right))
}

func demoTable() *Table {
	t := NewTable([]TableColumn{{Title: "企业", Weight: 2.6, Sortable: true}, {Title: "所在地", Weight: 1.2}, {Title: "数字化等级", Width: 112}, {Title: "得分", Width: 70, Align: fyne.TextAlignTrailing, Sortable: true},
		{Title: "下一步", Weight: 2}, {Title: "来源", Width: 60, Align: fyne.TextAlignCenter}, {Title: "同步", Width: 120}}, 34, TotalRow("合计 40 份", "显示 1–12", "5,232,520.00", Link("索取报价", nothing))).WithChevron()
	t.SetRows(40, func(r, c int) Cell {
		switch c {
		case 0:
			return Cell{Text: fmt.Sprintf("株洲恒硬刀具有限公司 %d", r), Dot: r%5 == 3}
		case 1:
			return Cell{Text: "株洲 天元区", Token: theme.Muted}
		case 2:
			return Cell{Text: levelWord(r % 5), Meter: 1 + r%5, Bold: r%5 > 0}
		case 3:
			return Cell{Text: fmt.Sprintf("%d.75", 20+r)}
		case 4:
			return Cell{Text: "核对设备冲突 3 处，然后按退回意见修改"}
		case 5:
			return Cell{Icon: []string{"scan", "table", "camera", "person"}[r%4]}
		}
		k := Kind(r % 5)
		return Cell{Badge: []string{"未完成", "已回执", "待核实", "被退回 3 处", "待报送"}[k], BadgeKind: k}
	})
	t.Select(0)
	t.SetSort(3, false)
	return t
}

func sheetTables() fyne.CanvasObject {
	two := NewTable([]TableColumn{{Title: "费用行", Weight: 2}, {Title: "金额", Width: 130, Align: fyne.TextAlignTrailing}, {Title: "措施与条款", Weight: 2}, {Title: "条件", Width: 110}}, 50, nil)
	two.RowKind = func(r int) Kind {
		if r == 2 {
			return Warn
		}
		return Neutral
	}
	two.SetRows(3, func(r, c int) Cell {
		return []Cell{{Text: "质量与设备数据分析平台", Sub: "合同 1 份 · 发票 6 张 · 已付清", Bold: true}, {Text: "1,860,000.00", Price: r}, {Text: "第五条 工业大数据示范", Sub: "20%，上限 2,000,000.00"}, {Badge: "满足", BadgeKind: OK}}[c]
	})
	none := NewTable([]TableColumn{{Title: "名称"}, {Title: "型号"}}, 31, nil).WithEmpty("还没有设备，请扫描、导入台账或手工添加")
	strip := NewProgressStrip(Running{Icon: "scan", Title: "正在扫描 192.168.10.0/24", Words: "158 / 254 个地址 · 剩余时间 48 秒", Fraction: 0.62}, nothing)
	wait := NewProgressStrip(Running{Title: "正在生成申报书", Fraction: -1}, nil)
	return onPage(VStack(12, strip, wait, Sized(0, 330, BareCard(demoTable())), Sized(0, 190, BareCard(two)), BareCard(none)))
}

func sheetMoney() fyne.CanvasObject {
	fall := CardWith(HeadRow("钱从哪里来、到哪里去", "万元，不含税", nil), Sized(0, 210, NewWaterfall([]FallBar{
		{0, 1, "523.25", "投入", "5 行费用", BarTotal, "", 0}, {1, 0.55, "−235.25", "不计入", "装备、订阅", BarAway, "", 0}, {0, 0.55, "288.00", "可申报基数", "3 行费用", BarTotal, "", 0},
		{0, 0.11, "57.60", "补贴上限", "基数的 20%", BarResult, "×20%", 0}, {0, 0.89, "465.65", "企业净支出", "投入减补贴", BarRest, "", 1}})))
	sums := VStack(12, NewHeadlineSum(Headline{"保守口径", "一个申报，就高", Info, "576,000.00", "元", "测算上限，含 1 行待核实", "人民币伍拾柒万陆仟元整", true}),
		NewHeadlineSum(Headline{"费用不重复口径", "须经主管部门确认", Warn, "1,076,000.00", "元", "含贯标定额 500,000.00", "人民币壹佰零柒万陆仟元整", false}))
	slider := CardWith(nil, VStack(6, HStack(8, Muted("首年预算"), KeyFigure("60,000 元", "").Of(18), Spacer(), Muted("还剩 7,480 元")), NewBudgetSlider([]float32{0.08, 0.16, 0.28, 0.54, 0.6, 0.9}, 3, 4, nil)))
	front := CardWith(HeadRow("花多少、提升多少", "", Muted("点一下换方案")), Sized(0, 230, NewFront(FrontChart{
		Points: []FrontPoint{{0.08, 0.12, ""}, {0.13, 0.4, ""}, {0.22, 0.52, ""}, {0.48, 0.72, "5.25 万 · +8.80 分"}, {0.6, 0.84, ""}}, Beaten: []fyne.Position{{X: 0.3, Y: 0.3}, {X: 0.5, Y: 0.5}}, Chosen: 3, Budget: 0.54, BudgetWord: "预算 6 万",
		XTicks: []Tick{{0, "0"}, {0.5, "5"}, {1, "10 万元"}}, YTicks: []Tick{{0, "+0"}, {0.33, "+4"}, {0.66, "+8"}, {1, "+12"}}})))
	return onPage(VStack(12, Columns(12, []float32{1.4, 1}, fall, sums), Columns(12, nil, front, VStack(12, slider, NewOptionRow(OptionSpec{Text: "52,520 元", Points: "+8.80 分", Sub: "预算内覆盖最多"}, false, true, nothing), NewOptionRow(OptionSpec{Text: "64,300 元", Points: "+10.20 分", Sub: "多覆盖能耗管理、安全生产"}, false, false, nothing)))))
}

func sheetReview() fyne.CanvasObject {
	check := CheckList(
		CheckSection(Section{Title: "企业信息", Kind: OK, Pairs: []Pair{{"企业名称", "株洲恒硬刀具有限公司"}, {"信用代码", "91430211MA4HY7K28C"}, {"行业与规模", "C33 金属制品业 · 小型企业"}, {"主营收入", "4,680.00 万元（上年度）"}}, OnEdit: nothing}),
		CheckSection(Section{Title: "设备与系统", Kind: Warn, Note: "有 3 处待核对", Pairs: []Pair{{"生产设备", "60 台，数字化 33，联网 21"}, {"信息系统", "6 套，覆盖 11 个环节"}}, OnEdit: nothing}),
		CheckSection(Section{Title: "附件", Kind: Err, Note: "缺 1 份必交材料", Pairs: []Pair{{"已备", "17 份，共 46.2 MB"}, {"还缺", "1 份必交，3 份建议交"}}, Action: "去补材料", OnEdit: nothing}),
		CheckSection(Section{Title: "推荐方案", Kind: Neutral, Note: "未开始", Pairs: []Pair{{"产品", "—"}}}))
	missing := Card("缺的材料", nil, MissingList([]Missing{{"工控安全合同尾款付款凭证", "合同 380,000.00，已付 342,000.00", true, "", nothing}, {"网络安全风险评估报告", "可多得 1.25 分", false, "", nil}, {"试点企业名单截图", "贯标奖励要用", false, "", nothing}}))
	consent := NewConsent([]string{"材料真实、完整，费用未在别处重复申报", "同意把材料发给报送门户，只用于本次申报；门户不得另作他用，也不得转给第三方"}, nil)
	consent.Set(0, true)
	receipt := ReceiptCard(Receipt{"上一版回执", OK, "已回执", []Pair{{"回执号", "HN-2026-4302-000117-1"}, {"时间", "2026年11月20日 16:05"}, {"版本", "第 1 版，18 个文件"}}, "3f9a 27c1 b04e 8d55 61fe 0a92 c7d3 4b18 e5a0 9c6f 72bb 13d8 a4e7 5f01 d92c 86b3", nothing, nil})
	return onPage(Columns(12, []float32{1.58, 1}, check, VStack(12, missing, Card("报送前确认", Link("看会发出去什么", nothing), consent), receipt)))
}

func sheetOverlay() fyne.CanvasObject {
	toast := NewToaster(onPage(Columns(12, nil, Card("案卷", nil, EmptyState("folder", "还没有案卷", "新建一个案卷，或从U盘导入别处做好的案卷", Primary("新建案卷", "plus", nothing))), Card("设备", nil, EmptyState("scan", "还没有设备", "", nil)))))
	toast.Say(OK, "已保存到本机", "撤销", nothing)
	return toast
}
