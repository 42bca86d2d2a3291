package apply

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// writeSummary is the skeleton of the 上云总结报告 (项目完成情况报告): done, spent, before and after.
func writeSummary(w *writer) {
	w.picked("base", "一、项目基本情况", "firm.name", "project.name", "project.start", "project.end", "project.place", "project.suppliers")
	w.section("done", "二、完成情况", append(w.lines("project.summary", "实际完成的建设内容"), "连续使用"+w.say("project.useMonths")+"个月。", w.ask("与合同约定相比的完成情况、验收时间和验收单位"))...).Tables = []Table{w.table("contracts")}
	links := w.section("links", "三、上云上平台环节", "环节："+w.say("project.links")+"；核心业务系统："+w.say("project.coreSystem")+"，云形态："+w.say("project.deployment")+"。")
	links.Text = append(links.Text, w.ask("每个环节附在用系统截图和登录记录的序号"))
	s := w.section("change", "四、实施前后对比", append(append([]string{"实施前："}, w.lines("project.before", "实施前")...), append([]string{"实施后："}, w.lines("project.after", "实施后")...)...)...)
	s.Tables = []Table{w.changes()}
	w.section("goals", "五、绩效目标完成情况", append(w.lines("project.goals", "申报时的绩效目标"), w.ask("逐项写明实际值、测量方法和证明材料的序号"))...)
	money := w.section("money", "六、资金使用", "投入合计（含税）"+w.say("cost.gross")+"元，已付款"+w.say("cost.paid")+"元。")
	money.Tables = []Table{w.kinds(), w.table("payments")}
	w.section("next", "七、存在问题与下一步", w.ask("存在的问题、改进措施和下一步计划"))
	w.sign("企业（公章）", "项目负责人（签字）")
}

// changes sets the first frozen assessment beside the last one, or beside the present one; without a frozen one there is nothing to compare.
func (w *writer) changes() Table {
	t := Table{Key: "changes", Title: "数字化水平评测前后对比", Keys: []string{"name", "before", "after"}, Columns: []string{"指标", "实施前", "实施后"}}
	list := w.f.c.Snapshots
	if len(list) == 0 || w.f.in.Assessment == nil {
		return t
	}
	from, to := &list[0], &list[len(list)-1]
	if len(list) == 1 {
		now := assess.Freeze(w.f.in.Assessment, "现在", w.f.c.AsOf, "", w.f.c.Created)
		to = &now
	}
	return compared(t, from, to)
}

func compared(t Table, from, to *survey.Snapshot) Table {
	t.Title += "（" + from.Label + " " + string(from.Date) + " 与 " + to.Label + " " + string(to.Date) + "）"
	for _, p := range assess.Compare(from, to).Pairs {
		t.row(p.Name, p.Before, p.After)
	}
	return t
}
