package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// Measure is one improvement with its rank. Score is Effect × Effort × Fit, 1 to 27; see Formula.
type Measure struct {
	Key     string        `json:"key"`
	Title   string        `json:"title"`
	Points  assess.Points `json:"points"`
	Gain    string        `json:"gain"`   // what it brings, in words
	Effect  int           `json:"effect"` // 1–3
	Effort  int           `json:"effort"` // 1–3, 3 is the lightest
	Fit     int           `json:"fit"`    // 1–3
	Score   int           `json:"score"`
	Cost    string        `json:"cost"`
	CostBy  string        `json:"costBy"` // source of the cost
	Time    string        `json:"time"`
	Needs   string        `json:"needs"`
	Risk    string        `json:"risk"`
	Subsidy string        `json:"subsidy"`
	Planned bool          `json:"planned,omitempty"` // the chosen bundle buys it
	Closes  bool          `json:"closes,omitempty"`  // it closes a counter that the next level lacks
	low     *money.Fen    // cheapest price, nil when nothing is bought or nothing is priced
	buys    bool
}

// Formula is the ranking rule as it stands on the page.
const Formula = "排序分 = 效果 × 易行 × 补贴契合（各 1～3，满分 27）。效果：3 能补上下一级所缺的得分、场景或约束性场景，2 得分增加不少于 1 分，1 其余。" +
	"易行：3 不需采购，2 有在册报价且最低价不超过预算（没有填预算的，有价即可），1 超出预算或没有在册报价。" +
	"补贴契合：3 有对口条款且条件、资格都满足，2 有对口条款但条件或资格待核实，1 没有对口条款或条件不满足。" +
	"同分的，已选入方案者在前，再按加分多少、最低价高低。此排序口径为本软件自定，不是官方规则。"

// rank gives every measure, best first. Of the levels of one scene and the bands of one item only the next one is listed.
func (m *maker) rank() []Measure {
	var out []Measure
	seen := map[string]bool{}
	for i := range m.a.Steps {
		s := &m.a.Steps[i]
		family := s.Group + "|" + s.Need
		if s.Group != "" && len(s.Scenes) > 0 {
			family = s.Group
		}
		if s.Group != "" && seen[family] {
			continue
		}
		seen[family] = true
		out = append(out, m.measure(s))
	}
	slices.SortStableFunc(out, func(x, y Measure) int {
		planned := func(p Measure) int {
			if p.Planned {
				return 0
			}
			return 1
		}
		price := func(p Measure) money.Fen {
			if p.low == nil {
				return money.MaxFen
			}
			return *p.low
		}
		return cmp.Or(y.Score-x.Score, planned(x)-planned(y), cmp.Compare(y.Points, x.Points), cmp.Compare(price(x), price(y)), strings.Compare(x.Key, y.Key))
	})
	return out
}

func (m *maker) measure(s *assess.Step) Measure {
	out := Measure{Key: s.Key, Title: s.Title, Points: s.Points, Time: Unknown, buys: s.Need != "", Effect: 1, Effort: 3}
	out.Closes = m.closes(s)
	switch {
	case out.Closes:
		out.Effect = 3
	case s.Points >= 1000:
		out.Effect = 2
	}
	out.Gain = m.gain(s)
	m.price(s, &out)
	out.Fit, out.Subsidy = m.fit(s.Need)
	out.Needs, out.Risk = m.asks(s, out.low != nil)
	out.Planned = slices.Contains(m.b.Covered, s.Need) && s.Need != ""
	out.Score = out.Effect * out.Effort * out.Fit
	return out
}

// closes tells whether a step helps with a counter that the next level lacks.
func (m *maker) closes(s *assess.Step) bool {
	r := m.next
	if r.Level == 0 {
		return false
	}
	if s.Points > 0 && r.HaveScore < r.NeedScore {
		return true
	}
	for _, g := range s.Scenes {
		if g.From >= r.Level || g.To < r.Level {
			continue
		}
		if r.HaveScenes < r.NeedScenes || r.HaveStars < r.NeedStars && m.star(g.Scene) {
			return true
		}
	}
	return false
}

func (m *maker) star(key string) bool {
	return slices.ContainsFunc(m.a.Scenes, func(s assess.SceneLevel) bool { return s.Key == key && s.Star })
}

func (m *maker) gain(s *assess.Step) string {
	var out []string
	if s.Points > 0 {
		out = append(out, "得分 +"+s.Points.String())
	}
	for _, g := range s.Scenes {
		word := "场景 " + level(g.From) + "→" + level(g.To)
		if m.star(g.Scene) {
			word = "约束性" + word
		}
		out = append(out, word)
	}
	return or(strings.Join(out, "；"), "—")
}

func level(n int) string {
	return [...]string{"未开展", "一级", "二级", "三级", "四级"}[min(max(n, 0), 4)]
}

// price finds what the catalog asks for a need that one offer covers wholly.
func (m *maker) price(s *assess.Step, out *Measure) {
	if s.Need == "" {
		out.Cost, out.CostBy = "不需采购（自有人工未计）", "评测步骤"
		return
	}
	out.Effort, out.Cost, out.CostBy = 1, "无在册报价，需询价", "产品目录"
	if m.Catalog == nil {
		return
	}
	q := recommend.QuantitiesOf(*m.a, m.c)
	if s.Machines > 0 {
		q.Devices = s.Machines
	}
	var low, high money.Fen
	var first *recommend.Offer
	n := 0
	for i := range m.Catalog.Offers {
		o := &m.Catalog.Offers[i]
		if !slices.Contains(m.Catalog.CoversOf(o), recommend.Cover{Need: s.Need, Halves: 2}) {
			continue
		}
		r, ok := o.Resolve(q)
		if !ok {
			continue
		}
		if n == 0 || r.FirstYear < low {
			low, first = r.FirstYear, o
		}
		high = max(high, r.FirstYear)
		n++
	}
	if n == 0 {
		return
	}
	out.low = &low
	out.Cost = low.Display() + " 元"
	if high > low {
		out.Cost += "～" + high.Display() + " 元"
	}
	out.Cost += "（首年）"
	out.CostBy = itoa(n) + " 个在册产品，最低为" + m.Catalog.VendorName(first.Vendor) + "“" + first.Title + "”，" +
		survey.NameOf(recommend.PriceKindNames, first.PriceKind) + "，核对于 " + string(first.Checked)
	if m.c.Plan.Budget == nil || low <= *m.c.Plan.Budget {
		out.Effort = 2
	}
}

// topics of the policy's sentences that a need is about; ours, stated in the chapter on the ranking.
func topicOf(need string) survey.Topic {
	switch {
	case need == assess.NeedConnect, need == "app-net", need == "control-net", need == "5g-net":
		return survey.TopicNetwork
	case need == "net-security":
		return survey.TopicSecurity
	case strings.HasPrefix(need, "scene:"):
		return survey.TopicCloud
	case strings.HasPrefix(need, "data:"):
		return survey.TopicBigData
	case strings.HasPrefix(need, "ai:"), strings.HasPrefix(need, "integrate:"):
		return survey.TopicApp
	}
	return ""
}

// fit finds the best measure of the policy whose subject is the need's.
func (m *maker) fit(need string) (int, string) {
	topic := topicOf(need)
	if topic == "" || m.Policy == nil {
		return 1, "没有对口条款"
	}
	best, width, text := 0, 0, ""
	for i := range m.Policy.Measures {
		d := &m.Policy.Measures[i]
		k := m.k.Measure(d.ID)
		if k == nil || !slices.Contains(d.Topics, topic) {
			continue
		}
		at := map[rule.Verdict]int{rule.Met: 3, rule.Open: 2, rule.NotMet: 1}[rule.And(k.Verdict, k.TitlesHeld)]
		if at > best || at == best && len(d.Topics) < width { // the narrower sentence is the nearer one
			best, width, text = at, len(d.Topics), d.ID+" "+d.Name+"（"+k.Clause+"，条件"+k.Verdict.Chinese()+"、资格"+k.TitlesHeld.Chinese()+"）"
		}
	}
	if best == 0 {
		return 1, "没有对口条款"
	}
	return best, text
}
