package report

import "strings"

// gap is what the next level asks for, counter by counter, scene by scene, item by item.
func (m *maker) gap() Chapter {
	rungs := &Table{Columns: []string{"等级", "得分（已有 / 要求）", "场景（已有 / 要求）", "约束性场景（已有 / 要求）", "是否达到"}, Widths: []int{22, 22, 20, 22, 14}}
	for _, r := range m.a.Ladder {
		met := "未达到"
		if r.Met {
			met = "达到"
		}
		rungs.row(r.Name, r.HaveScore.String()+" / "+r.NeedScore.String(), itoa(r.HaveScenes)+" / "+itoa(r.NeedScenes), itoa(r.HaveStars)+" / "+itoa(r.NeedStars), met)
	}
	goal := min(m.a.Level+1, 4)
	scenes := &Table{Columns: []string{"还没达到的场景", "现在", "目标", level(goal) + "的要求（大白话）", "要的材料"}, Widths: []int{18, 7, 7, 38, 30}}
	var there []string
	for _, s := range m.a.Scenes {
		name, to := s.Title, level(goal)
		if s.Level >= goal {
			there = append(there, s.Title)
			continue
		}
		if s.Star {
			name = "（约束性）" + name
		}
		text, proof := "—", "—"
		if goal <= len(s.Levels) {
			text = s.Levels[goal-1]
		}
		if goal <= len(s.Evidence) {
			proof = strings.TrimPrefix(s.Evidence[goal-1], level(goal)+"：")
		}
		scenes.row(name, level(s.Level), to, text, proof)
	}
	if len(scenes.Rows) == 0 {
		scenes.row("没有", "—", "—", "—", "—")
	}
	items := &Table{Columns: []string{"采集项", "现得 / 满分", "差多少就升一档"}, Widths: []int{46, 16, 38}}
	for _, it := range m.lost() {
		items.row(it.Key+" "+it.Term, it.Points.String()+" / "+it.Max.String(), or(it.Flip, "见第 8 章的措施"))
	}
	blocks := []Block{
		{Title: "等级规则的三项计数（同时满足才升级）", Table: rungs, Source: m.rule()},
		warn(m.a.RuleStatus),
		{Title: "场景：离" + level(goal) + "还差什么", Table: scenes, Source: m.a.Title + "的 " + itoa(len(m.a.Scenes)) + " 个应用场景；要求为本软件的通俗说法，官方原文见指标文件。已达到" + level(goal) + "的：" + or(strings.Join(there, "、"), "没有") + "。"},
	}
	if b, ok := m.way(); ok {
		blocks = append(blocks, b)
	}
	if len(items.Rows) > 0 {
		blocks = append(blocks, Block{Title: "采集项：离下一档还差什么", Table: items, Source: "评测的核算；档位上界含、下界不含。"})
	}
	return Chapter{Key: "gap", Title: "离下一级的差距", Blocks: blocks}
}

// way is the cheapest set of steps to the next level.
func (m *maker) way() (Block, bool) {
	w := m.Way
	if w == nil || w.There {
		return Block{}, false
	}
	b := Block{Title: "到" + w.LevelName + "最省的一组步骤（预测）", Source: w.Rule + "。" + "价格：产品目录" + m.catalogDate() + "。"}
	if !w.Feasible {
		b.Text = []string{"按目录和台账到不了：" + or(strings.Join(w.Why, "；"), Unknown) + "。"}
		return b, true
	}
	var steps []string
	for i, s := range w.Steps {
		if i == 12 {
			steps = append(steps, "另有 "+itoa(len(w.Steps)-i)+" 步见附件 JSON")
			break
		}
		how := "自己动手，不用采购"
		switch {
		case s.Ready:
			how = "台账里的系统已经做到，确认等级即可"
		case len(s.Asks) > 0:
			how = "需询价：" + strings.Join(s.Asks, "、")
		case len(s.Offers) > 0:
			var names []string
			for _, o := range s.Offers {
				names = append(names, o.Vendor+"“"+o.Title+"”首年 "+o.FirstYear.Display()+" 元")
			}
			how = some(names, 3, "项")
		}
		steps = append(steps, itoa(i+1)+" "+s.Title+"（"+how+"；做完 "+s.After.Score.String()+" 分，"+s.After.LevelName+"）")
	}
	total := "首年合计 " + w.Cost.Display() + " 元"
	if n := len(w.Asks); n > 0 {
		total += "，另有 " + itoa(n) + " 项需询价没有计入"
	}
	if w.Proved {
		total += "；已证明没有更省的"
	}
	b.Text = []string{strings.Join(steps, "；") + "。" + total + "。"}
	return b, true
}

func (m *maker) rule() string {
	q := m.Questionnaire
	if q == nil {
		return m.a.Title + "。"
	}
	out := "《" + q.Title + "》" + q.DocNo + "，" + q.Date.Chinese()
	for _, s := range q.Sources {
		if s.Key == q.Rule.Source {
			out += "；等级规则取自：" + s.Text + "（" + s.Status + "）"
		}
	}
	return out + "。"
}

// ranking is the measures in their order.
func (m *maker) ranking() Chapter {
	t := &Table{Columns: []string{"序", "措施", "带来什么", "排序分", "费用范围与出处", "时间", "要什么、有什么风险"}, Widths: []int{4, 15, 20, 11, 21, 7, 22}}
	for i, x := range m.measures {
		title := x.Title
		if x.Planned {
			title += "（已在方案内）"
		}
		t.row(itoa(i+1), title, x.Gain+"。补贴："+x.Subsidy, itoa(x.Effect)+"×"+itoa(x.Effort)+"×"+itoa(x.Fit)+"="+itoa(x.Score), x.Cost+"；"+x.CostBy, x.Time, "要："+x.Needs+"。险："+x.Risk)
	}
	if len(t.Rows) == 0 {
		t.row("—", "没有可列的措施", "—", "—", "—", "—", "—")
	}
	return Chapter{Key: "measures", Title: "措施排序", Blocks: []Block{
		para(Formula),
		{Table: t.fit(mostMeasures, "项"), Source: "措施与得分：" + m.a.Title + "的核算，单独做这一项的增量，不可相加；费用：产品目录" + m.catalogDate() + "，" +
			"同一需求可由多个产品满足；对口条款按需求类别对应政策费用类别，对应关系为本软件自定。目录没有实施时间，时间一律" + Unknown + "。"},
	}}
}

// mostMeasures is on how many lines of print the measures may stand.
const mostMeasures = 44

func (m *maker) catalogDate() string {
	if m.Catalog == nil {
		return "（未载入）"
	}
	return " " + m.Catalog.ID + "（" + string(m.Catalog.Date) + "）"
}
