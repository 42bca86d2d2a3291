package report

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
)

// costs says in general words why an open item costs a firm; no figure of the firm stands in it.
var costs = map[string]string{
	"Q1": "网络不成片，设备数据出不来，后面的系统只能靠人录入", "Q2": "老设备没有数字接口，产量、工艺参数靠手抄，难追溯", "Q3": "未联网设备的停机和异常要到交班才知道，排产凭经验",
	"Q4": "人工录入慢且容易错，报表滞后，管理靠追问", "Q5": "没有系统管的环节各记各的账，信息对不上", "Q6": "一次勒索或入侵可能让生产停摆，客户验厂也会扣分",
	"Q7": "图纸、客户和工艺数据丢了难恢复，外泄难追责", "Q8": "没有规划就零散投入，容易重复建设", "Q9": "没有制度，系统上了也容易用不下去", "Q10": "没有人负责，问题没人跟，供应商走了就停",
	"Q11": "投入少或没有单独记账，得不了分，也难证明投入", "Q12": "单位能耗没有下降或没有记录，电费去向说不清", "Q13": "合格率没有提升或没有记录，废品和返工的损失看不见", "Q14": "人均产出没有提升或没有记录", "Q15": "成本率没有下降或没有记录",
}

// findings tells what was seen, why it costs, by which evidence, and how large it is.
func (m *maker) findings() Chapter {
	t := &Table{Columns: []string{"序", "看到什么", "为什么是损失", "依据", "大小"}, Widths: []int{4, 33, 23, 30, 10}}
	add := func(seen, why, by, size string) { t.row(itoa(len(t.Rows)+1), seen, why, by, size) }
	for _, g := range m.a.Gaps {
		add(g.Title, strings.TrimSuffix(g.Text, "。")+"。先做："+g.Do, or(found(g.Trace), g.Jump), "—")
	}
	for _, it := range m.lost() {
		add(it.Key+" "+it.Term+"："+seen(it), or(costs[it.Key], "本项失分"), m.basis(&it), "失 "+(it.Max-it.Points).String()+" 分")
	}
	var idle []string
	for _, s := range m.a.Scenes {
		if s.Level == 0 {
			idle = append(idle, s.Title)
		}
	}
	if len(idle) > 0 {
		add("还没有开展或没有确认的场景："+strings.Join(idle, "、"), "这些环节没有任何数字化手段或没有证据", "场景问答", itoa(len(idle))+" 个场景")
	}
	if n := len(m.c.Conflicts); n > 0 {
		add("同一台设备有两种说法没有核定", "清单不准，比率和分数都可能变", "设备清单的来源记录", itoa(n)+" 处")
	}
	if n := m.a.Rates.Unknown; n > 0 {
		add("有设备没有确定是否算生产设备", "分母不定，联网率等还会变", "设备清单", itoa(n)+" 台")
	}
	if n := m.missing(); n > 0 {
		add("现场评定要的材料还没有附上", "没有证据的得分，现场可能不认", "附录 D", itoa(n)+" 件")
	}
	if len(t.Rows) == 0 {
		add("没有发现失分项", "—", "评测", "—")
	}
	return Chapter{Key: "findings", Title: "发现", Blocks: []Block{
		{Table: t, Source: "“为什么是损失”是通用说明，不是对本企业损失的测量；损失金额" + Unknown + "。其余来自评测、清单和案卷。"},
	}}
}

func seen(it assess.Item) string {
	switch {
	case !it.Answered:
		return or(it.Undefined, "还没有回答")
	case it.Explain != "":
		return it.Explain
	}
	return chosen(&it, it.Counted)
}

// chosen prints letters with their words.
func chosen(it *assess.Item, letters []string) string {
	var out []string
	for _, l := range letters {
		text := l
		for _, o := range it.Options {
			if o.Letter == l {
				text = l + " " + o.Text
			}
		}
		out = append(out, text)
	}
	return strings.Join(out, "；")
}

// basis says what an item's answer rests on.
func (m *maker) basis(it *assess.Item) string {
	var names []string
	for _, r := range it.Behind {
		names = append(names, r.Text)
	}
	asked, have := m.proofCount(it.Key)
	papers := "材料 " + itoa(have) + " / " + itoa(asked)
	switch {
	case len(names) > 0:
		return some(names, 2, "项") + "；" + papers
	case it.Computed != nil:
		return "清单核算；" + papers
	case it.Answered:
		return "企业自报；" + papers
	}
	return "无；" + papers
}
