package report

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
)

// kinds tell how far a standard's figures are verified.
var kinds = map[string]string{"official": "官方", "secondary": "二手资料", "ours": "本软件自定"}

// standards is the appendix on other standards that the same inventory answers in part, each figure with its rule, each standard with its
// edition, source and how far it is verified.
func (m *maker) standards() Chapter {
	ch := Chapter{Key: "standards", Title: "同一清单对应的其他标准", Blocks: []Block{
		para("下列数值由同一份设备与系统清单按各标准自己的口径算出，分母与正文的数字化率、联网率可能不同；清单没有说的记" + Unknown + "，不记为否。"),
	}}
	var t *Table
	list := assess.Standards(m.Others, m.c, m.a.Level)
	for i, f := range list {
		if i == 0 || list[i-1].Standard != f.Standard {
			t = &Table{Columns: []string{"指标", "结果", "依据", "口径"}, Widths: []int{22, 10, 38, 30}}
			ch.Blocks = append(ch.Blocks, Block{Title: f.Standard, Table: t, Source: f.Edition + "；来源（" + kinds[f.Kind] + "）：" + f.Source + "。" + f.Note})
		}
		t.row(f.Name, f.Value, f.Text, f.Rule)
	}
	if len(list) == 0 {
		ch.Blocks = append(ch.Blocks, para("没有载入其他标准。"))
	}
	return ch
}

// since sets the last two frozen assessments beside each other: only the items and scenes that changed.
func (m *maker) since() []Block {
	n := len(m.c.Snapshots)
	if n < 2 {
		return nil
	}
	from, to := &m.c.Snapshots[n-2], &m.c.Snapshots[n-1]
	cmp := assess.Compare(from, to)
	t := &Table{Columns: []string{"条目", from.Label, to.Label, "变化", "说明"}, Widths: []int{34, 15, 15, 12, 24}}
	for _, x := range cmp.Items {
		if x.From != x.To || strings.Join(x.Before, "") != strings.Join(x.After, "") {
			t.row(x.Key+" "+x.Title, letters(x.Before, x.From), letters(x.After, x.To), signed(x.To-x.From), only(x.Only))
		}
	}
	for _, x := range cmp.Scenes {
		if x.From != x.To {
			t.row(x.Title, level(x.From), level(x.To), steps(x.To-x.From), only(x.Only))
		}
	}
	if len(t.Rows) == 0 {
		return []Block{para(from.Label + " 与 " + to.Label + " 之间没有条目变化。")}
	}
	source := "定稿的数值照录，不再重算；" + signed(cmp.Score) + " 分，" + itoa(cmp.Better) + " 项提高，" + itoa(cmp.Worse) + " 项降低。"
	if !cmp.SameText {
		source += "两次所用题目文本不同，差别可能部分来自题目。"
	}
	return []Block{{Title: from.Label + " → " + to.Label + " 逐项差别", Table: t.limit(31, "项"), Source: source}}
}

func letters(options []string, p assess.Points) string {
	return or(strings.Join(options, ""), "未答") + "　" + p.String() + " 分"
}

func signed(p assess.Points) string {
	if p > 0 {
		return "+" + p.String()
	}
	return p.String()
}

func steps(n int) string {
	if n > 0 {
		return "+" + itoa(n) + " 级"
	}
	return itoa(n) + " 级"
}

func only(label string) string {
	if label == "" {
		return "—"
	}
	return "只在 " + label + " 中有"
}
