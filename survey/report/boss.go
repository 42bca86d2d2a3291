package report

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
)

// boss is the one page for the owner.
func (m *maker) boss() Chapter {
	b := []Block{{Path: m.path()}, warn(m.a.RuleStatus), {Cards: m.cards(), Source: "得分与计数：" + m.a.Title + "；金额来源见第 9、10 章。计划支出是预测，补贴为测算上限，不是应得金额。"}}
	if m.next.Level > 0 {
		b = append(b, Block{Title: "离" + m.next.Name + "：三项同时满足才升级", Bars: counters(m.next)})
	}
	b = append(b, Block{Title: "三个主要差距", List: first3(m.gaps())})
	var steps []Entry
	for _, x := range m.measures[:min(3, len(m.measures))] {
		steps = append(steps, Entry{Head: x.Title, Text: x.Gain + "；" + x.Cost + "；" + x.Needs})
	}
	if len(steps) == 0 {
		steps = []Entry{{Head: "先把设备清单和评测题补齐", Text: "资料不足，还排不出改进措施。"}}
	}
	b = append(b, Block{Title: "下一步先做三件事", List: steps, Source: "第 8 章的排序前三项。"})
	b = append(b, Block{Title: "钱和补贴", List: m.money()})
	return Chapter{Key: "boss", Title: "给老板的一页", Own: true, Blocks: b}
}

// counters are the three counters of a level as bars.
func counters(r assess.Rung) []Bar {
	bar := func(name string, have, need int64, words string) Bar {
		if have >= need {
			words += "　达到"
		}
		return Bar{Name: name, Have: have, Full: need, Words: words}
	}
	return []Bar{
		bar("得分", int64(r.HaveScore), int64(r.NeedScore), r.HaveScore.String()+" / "+r.NeedScore.String()),
		bar("达到"+level(r.Level)+"的场景", int64(r.HaveScenes), int64(r.NeedScenes), itoa(r.HaveScenes)+" / "+itoa(r.NeedScenes)),
		bar("其中约束性场景", int64(r.HaveStars), int64(r.NeedStars), itoa(r.HaveStars)+" / "+itoa(r.NeedStars)),
	}
}

func first3(list []Entry) []Entry { return list[:min(3, len(list))] }

func (m *maker) path() *Path {
	p := &Path{Names: []string{"未达级"}, Now: m.a.Level, Next: m.a.Level}
	for _, r := range m.a.Ladder {
		p.Names = append(p.Names, r.Name)
	}
	if m.next.Level > 0 {
		p.Next = m.next.Level
	}
	return p
}

func (m *maker) cards() []Card {
	out := []Card{{Label: "当前等级", Value: m.a.LevelName, Note: "得分 " + m.a.Score.String() + " / 100"}}
	if n := len(m.a.Open); n > 0 {
		out[0].Note += "，" + itoa(n) + " 项未答按 0 计"
	}
	if r := m.next; r.Level > 0 {
		out = append(out, Card{Label: "下一级", Value: r.Name, Note: short(r)})
	} else {
		out = append(out, Card{Label: "下一级", Value: "已是最高级", Note: "保持并留存证据"})
	}
	plan := Card{Label: "方案首年支出（预测）", Value: Unknown, Note: "还没有可行方案"}
	if len(m.b.Lines) > 0 {
		plan.Value, plan.Note = m.b.FirstYear.Display()+" 元", itoa(len(m.b.Lines))+" 个产品，以报价为准"
	}
	aid := Card{Label: "补贴测算上限（保守）", Value: "暂无可计金额", Note: or(m.k.Validity, "没有对应政策规则包")}
	if x := m.k.Conservative.Amount; x != nil {
		aid.Value = x.Display() + " 元"
	}
	return append(out, plan, aid)
}

// short says what a level still lacks.
func short(r assess.Rung) string {
	var out []string
	if d := r.NeedScore - r.HaveScore; d > 0 {
		out = append(out, "差 "+d.String()+" 分")
	}
	if d := r.NeedScenes - r.HaveScenes; d > 0 {
		out = append(out, "差 "+itoa(d)+" 个场景")
	}
	if d := r.NeedStars - r.HaveStars; d > 0 {
		out = append(out, "差 "+itoa(d)+" 个约束性场景")
	}
	return or(strings.Join(out, "，"), "三项条件都已满足")
}

// gaps are what holds the firm back: the counters of the next level first, then the items that lose most.
func (m *maker) gaps() []Entry {
	var out []Entry
	if r := m.next; r.Level > 0 {
		if d := r.NeedScenes - r.HaveScenes; d > 0 {
			out = append(out, Entry{"达到" + level(r.Level) + "的场景只有 " + itoa(r.HaveScenes) + " 个，" + r.Name + "要 " + itoa(r.NeedScenes) + " 个", "还差 " + itoa(d) + " 个；见第 7 章场景表。"})
		}
		if d := r.NeedStars - r.HaveStars; d > 0 {
			out = append(out, Entry{"其中约束性场景只有 " + itoa(r.HaveStars) + " 个，要 " + itoa(r.NeedStars) + " 个", "还差 " + itoa(d) + " 个。"})
		}
		if d := r.NeedScore - r.HaveScore; d > 0 {
			out = append(out, Entry{"得分 " + r.HaveScore.String() + "，" + r.Name + "要 " + r.NeedScore.String(), "还差 " + d.String() + " 分。"})
		}
	}
	for _, it := range m.lost() {
		text := "本项得 " + it.Points.String() + " / " + it.Max.String() + " 分"
		if it.Explain != "" {
			text += "；" + it.Explain
		}
		out = append(out, Entry{it.Key + " " + it.Term, text + "。"})
	}
	return out
}

// lost lists the items that do not have their full points, the largest loss first.
func (m *maker) lost() []assess.Item {
	var out []assess.Item
	for _, it := range m.a.Items {
		if it.Points < it.Max {
			out = append(out, it)
		}
	}
	slices.SortStableFunc(out, func(x, y assess.Item) int { return int((y.Max - y.Points) - (x.Max - x.Points)) })
	return out
}

func (m *maker) money() []Entry {
	var out []Entry
	plan := Entry{"计划支出", "还没有可行方案，金额" + Unknown + "。"}
	if len(m.b.Lines) > 0 {
		var names []string
		for _, l := range m.b.Lines {
			names = append(names, l.Vendor+"“"+l.Title+"”"+l.FirstYear.Display()+" 元")
		}
		plan.Text = "首年 " + m.b.FirstYear.Display() + " 元（预测）：" + some(names, 4, "项") + "。"
		if x := m.b.After; x != nil {
			plan.Text += "用起来之后预计得分 " + x.Score.String() + "，" + level(x.Level) + "（预测，以评定为准）。"
			if x.Level == 0 {
				plan.Text = strings.Replace(plan.Text, "未开展（预测", "未达级（预测", 1)
			}
		}
	}
	out = append(out, plan)
	aid := Entry{"补贴", "按已录入的费用还没有可计的金额。"}
	if x := m.k.Conservative; x.Amount != nil {
		aid.Text = "保守口径测算上限 " + x.Amount.Display() + " 元。" + x.Note + "。"
	}
	if x := m.k.IfSelected; x.Amount != nil && m.k.Conservative.Amount != nil && *x.Amount > *m.k.Conservative.Amount || x.Amount != nil && m.k.Conservative.Amount == nil {
		aid.Text += "若入选所缺资格，上限 " + x.Amount.Display() + " 元，不计入当前金额。"
	}
	if m.k.Validity != "" {
		aid.Text += m.k.Validity + "。"
	}
	return append(out, aid)
}
