package apply

// writeTable is the 申报表: the parts 申报单位基本情况, 财务情况, 项目概况, 绩效目标 of comparable dossiers with the places for the offices' opinions.
func writeTable(w *writer) {
	w.picked("head", "", "cover.number", "cover.office", "claim.measure", "cover.date")
	w.picked("firm", "一、申报单位基本情况", w.all("firm")...)
	w.picked("finance", "二、财务情况", w.all("finance")...)
	w.picked("project", "三、项目概况", "project.name", "project.start", "project.end", "project.place", "project.links", "project.coreSystem", "project.deployment", "project.suppliers", "project.useMonths",
		"cost.gross", "cost.grossWan", "claim.amount", "claim.amountWan", "claim.capital", "project.summary")
	w.picked("goals", "四、项目绩效目标", "project.before", "project.after", "project.goals")
	s := w.section("opinion", "五、审核推荐意见")
	for _, o := range [][2]string{
		{"opinion.firm", "申报单位意见"}, {"opinion.county", "县市区工业和信息化主管部门推荐意见"}, {"opinion.finance", "县市区财政部门意见"}, {"opinion.city", "市州工业和信息化主管部门审核意见"},
	} {
		s.Fields = append(s.Fields, Field{Key: "sign." + o[0], Label: o[1], Value: "\n\n经办人（签字）：　　　　负责人（签字）：\n（盖章）　　　　年　　月　　日"})
	}
}

// writePacking is the list of what lies in the package, in the order in which it is bound.
func writePacking(w *writer) {
	w.picked("head", "", "cover.number", "firm.name", "cover.office", "claim.measure")
	t := Table{
		Key: "packing", Title: "装订顺序与电子文件名", Keys: []string{"no", "name", "must", "state", "seal", "file"},
		Columns: []string{"序号", "材料名称", "要求", "状态", "签章", "电子文件名"},
	}
	for _, p := range w.dossier.Packing {
		t.row(p.No, p.Name, p.Need, p.State, p.Seal, p.File)
	}
	s := w.section("packing", "材料清单")
	s.Tables = append(s.Tables, t)
	s.Text = []string{
		"顺序依广东省同类申报材料的编排，并入济南、天门、武汉洪山和湖北平台所列材料；政策文本没有规定材料清单，以当年申报通知为准。",
		"电子文件按“市-企业-序号-名称”命名。纸质材料按序号装订，连续编页，复印件逐份写明“复印件与原件一致”并加盖公章，整册加盖骑缝章。",
		"每页页脚的数据摘要与右上角二维码对应同一份申报数据，盖章页可据此与电子数据核对。公章由人工加盖，本程序不绘制、不粘贴印章。",
	}
}
