package rule

import (
	"github.com/shangyuntong/shangyun/survey"
)

// evalTitle answers a title test. A title that nobody spoke of, or that lacks its 文号, is 待核实; one whose validity ended before the
// reference day is 不满足. Of several entries of one kind the best counts.
func (c *Cond) evalTitle(f Facts, t *Trace) {
	t.Fact = "title:" + c.Title.Key
	t.Verdict = Open
	first := true
	for i := range f.Case.Titles {
		held := &f.Case.Titles[i]
		if held.Kind != c.Title.Key {
			continue
		}
		v, found, needed := c.Title.test(held, f.Case)
		if first || better(v, t.Verdict) {
			t.Verdict, t.Found = v, found
			if needed != "" {
				t.Needed = needed
			}
		}
		first = false
	}
	if t.Verdict == Open && t.Needed == "" {
		t.Needed = "提供入选名单、认定文件或证书（文号、日期、所在页）"
	}
}

func better(a, b Verdict) bool {
	rank := [...]int{Open: 1, Met: 2, NotMet: 0}
	return rank[a.index()] > rank[b.index()]
}

func (q *TitleTest) test(held *survey.Title, c *survey.Case) (v Verdict, found, needed string) {
	found = shown(held)
	switch {
	case held.Have == survey.No:
		return NotMet, found, ""
	case held.Have != survey.Yes:
		return Open, found, ""
	case held.ValidUntil.Before(c.AsOf):
		return NotMet, found + "，有效期至" + held.ValidUntil.Chinese() + "，已过", ""
	case q.DocNo && held.DocNo == "":
		return Open, found, "补充文号或证书编号和日期（读法 A6：以公布的名单为准）"
	case q.SameProject && !sameProject(held.Project, c.Project.Name):
		return Open, found, "核实名单中的项目与申报项目是否同一项目（名称、单位一致）"
	}
	return Met, found, ""
}

// sameProject accepts an unnamed side: a list that names firms only, or a case without a project name yet, differs from nothing.
func sameProject(listed, own string) bool {
	return listed == "" || own == "" || survey.NormalizeText(listed) == survey.NormalizeText(own)
}

func shown(t *survey.Title) string {
	s := "已登记：" + t.Have.Chinese()
	if t.DocNo != "" {
		s += "，文号 " + t.DocNo
	}
	if t.Date != "" {
		s += "，" + t.Date.Chinese()
	}
	if t.Project != "" {
		s += "，项目“" + t.Project + "”"
	}
	return s + source(t.Evidence)
}
