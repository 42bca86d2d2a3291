package main

import (
	"fmt"
	"strconv"

	"github.com/shangyuntong/shangyun/connectors/document"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// overviewTables are the cases that were scored, the distributions, and those that could not be read.
func overviewTables(d *wizard.Desk, lines []assess.Line, o assess.Overview) []document.Table {
	q := d.Packs.Questions
	all := document.Table{Name: "评测总表", Title: q.Title + " 评测总表", Head: []string{"序号", "文件", "行", "企业名称", "统一社会信用代码", "地区", "县市区", "园区", "行业", "得分"}}
	all.Widths = []float64{7, 24, 7, 28, 21, 14, 12, 16, 22, 9}
	for _, x := range q.Dimensions {
		all.Head, all.Widths = append(all.Head, x.Title), append(all.Widths, 11)
	}
	for _, x := range []string{"等级", "达到一级的场景", "达到二级的场景", "达到三级的场景", "达到四级的场景", "生产设备（台）", "数字化率", "联网率", "未答", "自报不一致", "对不上的地方"} {
		all.Head, all.Widths = append(all.Head, x), append(all.Widths, 11)
	}
	bad := document.Table{Name: "读不出的", Head: []string{"文件", "第几行", "错误码", "原因"}, Widths: []float64{36, 9, 10, 80}}
	for _, l := range lines {
		if l.Code != "" {
			bad.Rows = append(bad.Rows, []string{l.File, number(l.At), string(l.Code), l.Error})
			continue
		}
		all.Rows = append(all.Rows, caseRow(len(all.Rows)+1, l))
	}
	return []document.Table{all, spread(q, o), bad}
}

func caseRow(no int, l assess.Line) []string {
	row := []string{strconv.Itoa(no), l.File, number(l.Row), l.Firm, l.CreditCode, regionName(l.Region), l.County, l.Park, industryName(l.Industry), l.Score.String()}
	for _, p := range l.Dimensions {
		row = append(row, p.String())
	}
	row = append(row, l.LevelName)
	for _, n := range []int{l.Scenes[0], l.Scenes[1], l.Scenes[2], l.Scenes[3], l.Machines} {
		row = append(row, strconv.Itoa(n))
	}
	all := int64(l.Machines)
	return append(row, inventory.Percent(int64(l.Digital), all), inventory.Percent(int64(l.Networked), all), strconv.Itoa(l.Open), strconv.Itoa(l.Differ), strconv.Itoa(l.Gaps))
}

// spread is the second sheet: levels, bands of scores, regions, industries, parks, each group with how many cases stand behind it.
func spread(q *assess.Questionnaire, o assess.Overview) document.Table {
	t := document.Table{Name: "分布", Title: "分布（只数读得出的案卷；等级规则：" + q.Rule.Status + "）", Widths: []float64{10, 30, 9}}
	t.Head = []string{"分组", "名称", "份数", q.Rule.None}
	for _, l := range q.Rule.Levels {
		t.Head = append(t.Head, l.Name)
	}
	t.Head = append(t.Head, "最低分", "中位分", "最高分", "平均分")
	for range len(t.Head) - 3 {
		t.Widths = append(t.Widths, 12)
	}
	add := func(kind, name string, s assess.Share) {
		row := []string{kind, name, strconv.Itoa(s.Cases)}
		for i := range len(q.Rule.Levels) + 1 {
			row = append(row, strconv.Itoa(s.Levels[i]))
		}
		t.Rows = append(t.Rows, append(row, s.Least.String(), s.Median.String(), s.Most.String(), s.Mean.String()))
	}
	add("全部", "全部", o.All)
	for i, n := range o.Bands {
		t.Rows = append(t.Rows, []string{"分数段", fmt.Sprintf("%d～%d 分", i*10, i*10+10), strconv.Itoa(n)})
	}
	for _, s := range o.Region {
		add("地区", named(regionName(s.Key)), s)
	}
	for _, s := range o.Industry {
		add("行业", named(industryName(s.Key)), s)
	}
	for _, s := range o.Park {
		add("园区", named(s.Key), s)
	}
	return t
}

func named(s string) string {
	if s == "" {
		return "没有填"
	}
	return s
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func regionName(code string) string {
	if r, ok := survey.RegionByCode(code); ok {
		return r.Name
	}
	return code
}

func industryName(code string) string {
	if in, ok := survey.IndustryByCode(code); ok {
		return in.Code + " " + in.Name
	}
	return code
}
