package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

func demoRail() *StepRail {
	rail := NewStepRail("上云通", func() {}, func(int) {})
	rail.SetCase("株洲恒硬刀具有限公司", "案卷 2026-0117")
	rail.SetSteps([]RailItem{
		{Title: "企业信息", State: StepDone},
		{Title: "设备与系统", State: StepProblem, Note: "有 3 处冲突待核对"},
		{Title: "数字化评测", State: StepDone},
		{Title: "评测结果", State: StepCurrent, Note: "差 1 个场景到二级"},
		{Title: "推荐方案"}, {Title: "补贴与申报书"}, {Title: "检查与报送"},
	})
	rail.SetFoot(RailFoot{Done: 3, All: 7, Saved: "10:44"})
	return rail
}

func sheetFrame() fyne.CanvasObject {
	header := PageHeader("第 4 步，共 7 步", "评测结果", "工信厅企业〔2024〕56号", Secondary("与上次比较", "clock", func() {}), Secondary("导出自评报告", "doc", func() {}))
	tiles := Columns(12, []float32{1.1, 1.2, 1.8, 1.1},
		NewCounterTile("60", "台", "生产设备", "12 种型号", Neutral, func() {}),
		NewCounterTile("55.0%", "", "数字化率", "33 / 60 台", Neutral, func() {}),
		NewCounterTile("35.0%", "", "联网率", "21 / 60 台 · 两化口径 63.6%", Neutral, func() {}),
		NewCounterTile("3", "处", "待核对", "与台账不一致", Warn, func() {}))
	text := Card("评测说明", Link("看全部 23 步", func() {}), VStack(8,
		Body("新建能耗采集网关 126 台，接入水、电、气、热四类表计 3,400 余块；建设统一监测平台一套，实现分项计量、异常告警与节能诊断。这里的数字（如 3,400）不会被拆开，标点也不会出现在行首。"),
		Muted("等级规则来自二手资料，正式结果以现场评定为准。政策文本无文号、无日期，是否仍有效须核实。"),
		Notice(Info, "补上 1 处必改后即可报送；离线可先导出U盘包。"),
		Notice(Warn, "政策文本无文号、无日期，是否仍有效须核实。"),
		Notice(Err, "连接不上报送平台。资料已保存在本机，联网后会自动重报。"),
		Notice(OK, "已送达，并拿到签名回执。")))
	sum := NewErrorSummary()
	sum.Set([]Problem{{Text: "统一社会信用代码应为 18 位，现在是 12 位", OnJump: func() {}}, {Text: "请填写主营业务收入", OnJump: func() {}}})
	body := PageBody(VStack(12, tiles, sum, text))
	foot := NewBottomBar("达到二级，专精特新评分的数字化水平一项可加 3 分", TextButton("先跳过", "", func() {}), Secondary("上一步", "", func() {}), Primary("去选推荐方案", "", func() {}))
	return Frame(demoRail(), header, body, foot)
}

func sheetFields() fyne.CanvasObject {
	name := NewTextField(FieldSpec{Label: "项目名称", Required: true, Hint: "与立项批复文件一致，不超过 40 个字"})
	name.SetValue("智慧园区能耗监测平台建设项目")
	code := NewTextField(FieldSpec{Label: "统一社会信用代码", Required: true})
	code.SetValue("91330106MA2C")
	code.SetError("统一社会信用代码应为 18 位，现在是 12 位")
	place := NewSelectField(FieldSpec{Label: "建设地点", Required: true}, []Option{{"330100", "浙江省 杭州市", ""}})
	place.SetValue("330100")
	empty := NewSelectField(FieldSpec{Label: "国民经济行业", Optional: true}, nil)
	area := NewTextArea(FieldSpec{Label: "建设内容概述", Hint: "建议 100～500 字，已写 62 字"}, 3)
	area.SetValue("新建能耗采集网关 126 台，接入水、电、气、热四类表计 3,400 余块；建设统一监测平台一套，实现分项计量、异常告警与节能诊断。")
	yuan := NewYuanField(FieldSpec{Label: "合同金额", Required: true}, func(s string) (string, string) { return "人民币伍拾柒万陆仟元整 · 57.60 万元", "" })
	yuan.SetValue("576,000.00")
	date := NewDateField(FieldSpec{Label: "成立日期", Optional: true})
	number := NewNumberField(FieldSpec{Label: "从业人数", Unit: "人"})
	number.SetValue("126")
	tri := NewTriField(FieldSpec{Label: "是否规模以上企业", Hint: "不知道也可以先跳过"})
	tri.SetValue(Yes)
	off := NewTextField(FieldSpec{Label: "已锁定"})
	off.SetValue("由设备清单算出")
	off.Disable()
	consent := NewConsent([]string{"材料真实、完整，费用未在别处重复申报", "同意把材料发给报送门户，只用于本次申报"}, nil)
	consent.Set(0, true)
	form := Card("项目概况", nil, VStack(16,
		Muted("带 * 的为必填项。内容会自动保存，可以随时离开再回来。"), name,
		Columns(16, nil, code, place), Columns(16, nil, yuan, date, number),
		Columns(16, nil, tri, empty, off), area, consent))
	return Layers(NewFill(theme.Bg, 0), PageBody(Pad(20, 0, 20, 0, Column(860, form))))
}

func sheetSmall() fyne.CanvasObject {
	buttons := Flow(8, Primary("保存并继续", "", nil), Primary("新建案卷", "plus", nil), Secondary("上一步", "", nil), Secondary("导出U盘包", "usb", nil),
		TextButton("先跳过", "", nil), Danger("删除", "trash", nil), Primary("报送", "send", nil).Off(), Primary("采用扫描值", "", nil).Small(),
		Secondary("中止", "stop", nil).Small(), IconButton("copy", "复制", nil), Link("修改", nil))
	badges := Flow(8, NewBadge(OK, "满足"), NewBadge(Warn, "待核实"), NewBadge(Err, "差 1 个"), NewBadge(Info, "待报送"), NewBadge(Neutral, "未完成"),
		NewBadgeIcon(Info, "由设备清单算出", "bolt"), NewBadgeIcon(OK, "已证明最优", "shield"), Tag("生产管控"), Tag("计划排程"),
		PriceTag(Estimate), PriceTag(ListOf), PriceTag(Quoted))
	chips := ChipGroup([]string{"全部", "未联网", "未上云", "有冲突"}, []string{"60", "39", "48", "3"}, 0, nil)
	icons := Flow(14)
	for _, n := range []string{"logo", "home", "check", "cross", "warn", "info", "offline", "online", "saved", "lock", "gear", "search", "plus", "minus", "camera", "table", "scan", "person", "doc",
		"chevron-right", "chevron-left", "chevron-down", "chevron-up", "arrow-up", "arrow-down", "arrow-left", "arrow-right", "star", "bolt", "shield", "yuan", "usb", "send", "copy", "factory", "chip", "network",
		"trash", "pencil", "clock", "calendar", "filter", "refresh", "stop", "question", "folder", "globe", "undo", "redo", "receipt", "list", "download", "upload", "sort", "eye", "bell", "chart", "key", "bang", "ask", "hint", "dots"} {
		icons.Add(Icon(n, 26, theme.Ink))
	}
	return Layers(NewFill(theme.Bg, 0), PadAll(24, VStack(16, Card("按钮", nil, buttons), Card("徽标", nil, badges), chips, HStack(20, KeyFigure("52,520", "元"), KeyFigure("47.75", "/ 40").Of(20), KeyFigure("3", "处").In(theme.Warn)), Card("图标", nil, icons))))
}
