package apply

func (f *filling) ladderTable() Table {
	t := Table{
		Key: "ladder", Title: "等级规则的三项计数", Keys: []string{"level", "score", "scenes", "stars", "met"},
		Columns: []string{"等级", "得分（已有 / 要求）", "达标场景（已有 / 要求）", "其中约束性场景（已有 / 要求）", "是否达到"},
	}
	for _, r := range f.assessed().Ladder {
		met := "否"
		if r.Met {
			met = "是"
		}
		t.row(r.Name, points(r.HaveScore)+" / "+points(r.NeedScore), itoa(r.HaveScenes)+" / "+itoa(r.NeedScenes), itoa(r.HaveStars)+" / "+itoa(r.NeedStars), met)
	}
	return t
}

func (f *filling) rateTable() Table {
	t := Table{
		Key: "rates", Title: "设备与系统的比率（由登记表计算）", Keys: []string{"name", "percent", "text", "rule", "status"},
		Columns: []string{"指标", "数值", "计算", "口径", "依据性质"}, Right: []bool{false, true, false, false, false},
	}
	for _, r := range f.assessed().Rates.Lines {
		t.row(r.Name, r.Percent, r.Text, r.Rule, r.Status)
	}
	return t
}
