package report

import (
	"strconv"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

// score is the radar, the bars of what is missing, and the table by dimension.
func (m *maker) score() Chapter {
	dims := &Table{Columns: []string{"维度", "得分", "满分", "得分率", "要材料 / 已附", "可信度高 / 中 / 低"}, Widths: []int{24, 12, 12, 14, 18, 20}}
	for _, d := range m.a.Dimensions {
		asked, have := 0, 0
		var grades [3]int
		for i := range m.a.Items {
			if it := &m.a.Items[i]; it.Dimension == d.Key {
				n, k := m.proofCount(it.Key)
				asked, have = asked+n, have+k
				grades[m.confidence(it)]++
			}
		}
		dims.row(d.Title, d.Points.String(), d.Max.String(), share(int64(d.Points), int64(d.Max)), itoa(asked)+" / "+itoa(have), itoa(grades[2])+" / "+itoa(grades[1])+" / "+itoa(grades[0]))
	}
	dims.row("合计", m.a.Score.String(), assess.Full.String(), share(int64(m.a.Score), int64(assess.Full)), itoa(m.askedOfItems()), "—")
	var bars []Bar
	for _, it := range m.a.Items {
		bars = append(bars, Bar{Name: it.Key + " " + it.Term, Have: int64(it.Points), Full: int64(it.Max), Words: it.Points.String() + " / " + it.Max.String()})
	}
	level := min(m.a.Level+1, 4)
	blocks := []Block{
		{Radar: m.axes(), Source: "四组场景：达到" + levelWord(level) + "及以上的场景占比；三个维度：得分 ÷ 满分。虚线为方案用起来之后（预测）。" + m.a.Title + "。"},
		{Title: "按维度", Table: dims, Source: confidenceRule},
		{Title: "各采集项得分（缺口为空白部分）", Bars: bars, Source: m.a.Title + "；每项的依据见附录 A。"},
	}
	if len(m.a.Differences) > 0 {
		t := &Table{Columns: []string{"采集项", "按清单核算", "企业自报", "说明"}, Widths: []int{30, 15, 15, 40}}
		for _, d := range m.a.Differences {
			t.row(d.Item+" "+m.a.TitleOf(d.Item), some(d.Computed, 9, "项"), some(d.Declared, 9, "项"), or(d.Explained, "还没有说明，报送前须说明"))
		}
		blocks = append(blocks, Block{Title: "自报与核算不一致（按较低者计分）", Table: t, Source: "评测。"})
	}
	if len(m.c.Snapshots) > 0 {
		t := &Table{Columns: []string{"定稿", "日期", "得分", "等级", "说明"}, Widths: []int{12, 18, 12, 20, 38}}
		for _, s := range m.c.Snapshots {
			t.row(s.Label, s.Date.Chinese(), s.Score.String(), known(s.LevelName), or(s.Note, "—"))
		}
		blocks = append(blocks, Block{Title: "历次定稿的评测", Table: t.fit(12, "次"), Source: "案卷中定稿的评测，定稿后不再改动。"})
		blocks = append(blocks, m.since()...)
	}
	blocks = append(blocks, m.peers())
	return Chapter{Key: "score", Title: "得分", Blocks: blocks}
}

func levelWord(n int) string { return level(n) }

func (m *maker) askedOfItems() int {
	n := 0
	for i := range m.a.Items {
		k, _ := m.proofCount(m.a.Items[i].Key)
		n += k
	}
	return n
}

const confidenceRule = "可信度（本软件自定）：高 = 由清单核算且要求的材料都已附；中 = 由清单核算，或材料已附；低 = 只有自报或未答。"

// confidence grades an item: 0 low, 1 middle, 2 high.
func (m *maker) confidence(it *assess.Item) int {
	n := 0
	if it.Computed != nil {
		n++
	}
	if asked, have := m.proofCount(it.Key); asked > 0 && have == asked {
		n++
	}
	return n
}

// share prints part ÷ whole in per cent with one decimal, cut down.
func share(part, whole int64) string {
	if whole <= 0 || part < 0 {
		return Unknown
	}
	n := part * 1000 / whole
	return strconv.FormatInt(n/10, 10) + "." + strconv.FormatInt(n%10, 10) + "%"
}

// peers prints only figures that say how many firms, which year and where from.
func (m *maker) peers() Block {
	t := &Table{Columns: []string{"指标", "同行数值", "样本数", "年份", "来源"}, Widths: []int{24, 16, 12, 12, 36}}
	for _, p := range m.Peers {
		if p.N > 0 && p.Year > 0 && p.Source != "" {
			t.row(p.Name, p.Value, itoa(p.N), itoa(p.Year), p.Source)
		}
	}
	if len(t.Rows) == 0 {
		return Block{Title: "与同行相比", Text: []string{NoPeers + "。"}, Source: "同行数据只在写明样本数、年份和来源时才列出。"}
	}
	return Block{Title: "与同行相比", Table: t, Source: "各行所注。"}
}

// axes gives the radar: per group of scenes the share at the next level or above, per dimension the share of points; now, and once the
// bundle works.
func (m *maker) axes() []Axis {
	then, sums, ok := m.outlook()
	level := min(m.a.Level+1, 4)
	var out []Axis
	var groups []string
	for _, s := range m.a.Scenes {
		if len(groups) == 0 || groups[len(groups)-1] != s.Group {
			groups = append(groups, s.Group)
		}
	}
	put := func(name string, now, after int) {
		if !ok {
			after = -1
		}
		out = append(out, Axis{name, now, after})
	}
	for _, g := range groups {
		n, up, up2 := 0, 0, 0
		for _, s := range m.a.Scenes {
			if s.Group != g {
				continue
			}
			n++
			if s.Level >= level {
				up++
			}
			if then[s.Key] >= level {
				up2++
			}
		}
		put(g, up*100/n, up2*100/n)
	}
	for _, d := range m.a.Dimensions {
		if d.Max > 0 {
			put(d.Title, int(d.Points*100/d.Max), int(sums[d.Key]*100/d.Max))
		}
	}
	return out
}

// outlook is every scene's level and every dimension's points once the bundle works: 预测, by the steps that the bundle completes; of
// steps that exclude each other the largest counts.
func (m *maker) outlook() (scenes map[string]int, sums map[string]assess.Points, ok bool) {
	scenes, sums = map[string]int{}, map[string]assess.Points{}
	for _, s := range m.a.Scenes {
		scenes[s.Key] = s.Level
	}
	for _, d := range m.a.Dimensions {
		sums[d.Key] = d.Points
	}
	if m.b.After == nil || m.b.Conflict != nil {
		return scenes, sums, false
	}
	most := map[string]assess.Points{}
	where := map[string]string{}
	for _, s := range recommend.Steps(*m.a, m.b.Covered, recommend.QuantitiesOf(*m.a, m.c)) {
		for _, g := range s.Scenes {
			scenes[g.Scene] = max(scenes[g.Scene], g.To)
		}
		at := m.dimensionOf(s)
		key := s.Group
		if s.Link != "" {
			key = "link"
		}
		if key == "" {
			sums[at] += s.Points
		} else if s.Points > most[key] {
			most[key], where[key] = s.Points, at
		}
	}
	for key, p := range most {
		sums[where[key]] += p
	}
	return scenes, sums, true
}

func (m *maker) dimensionOf(s assess.Step) string {
	for i := range m.a.Items {
		if it := &m.a.Items[i]; it.Key == s.Item || s.Item == "" && len(it.Links) > 0 {
			return it.Dimension
		}
	}
	if len(m.a.Dimensions) > 0 {
		return m.a.Dimensions[0].Key
	}
	return ""
}
