package assess

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// autoLinks answers Q4: a link counts when a machine's data flow or a system in use feeds it without typing.
func (r *reader) autoLinks(q *Question) finding {
	fed := map[string]bool{}
	var f finding
	feed := func(flows []survey.Flow, ref func() Ref) {
		counts := false
		for _, flow := range flows {
			if slices.ContainsFunc(q.Options, func(o Choice) bool { return o.Link != "" && o.Link == flow.Scene }) {
				fed[flow.Scene], counts = true, true
			}
		}
		if counts {
			f.behind = append(f.behind, ref())
		}
	}
	for i := range r.c.Assets {
		if a := &r.c.Assets[i]; a.Use != survey.UseOffice {
			feed(a.Flows, func() Ref { return r.assetRef(i) })
		}
	}
	for i := range r.c.Systems {
		if s := &r.c.Systems[i]; s.InUse == survey.Yes {
			feed(s.Flows, func() Ref { return systemRef(s) })
		}
	}
	if len(fed) == 0 {
		return undefined("设备和系统都还没有登记“数据自动采集”；确实没有的，请选“无”")
	}
	var titles []string
	var next Points
	for _, o := range q.Options {
		switch {
		case fed[o.Link]:
			f.letters = append(f.letters, o.Letter)
			f.links = append(f.links, o.Link)
			titles = append(titles, r.sceneTitle(o.Link))
		case o.Link != "" && (next == 0 || o.Points < next):
			next = o.Points
		}
	}
	f.explain = fmt.Sprintf("%d / %d 个环节自动采集：%s", len(titles), len(r.q.links()), strings.Join(titles, "、"))
	if next > 0 {
		f.flip = "再打通 1 个环节的自动采集" + gain(next)
	}
	return f
}

// systemLinks answers Q5: how many of the links of Q4 have a system in use, on the spot or on a cloud alike; tools do not count.
func (r *reader) systemLinks(q *Question) finding {
	if len(r.c.Systems) == 0 {
		return undefined("还没有登记信息系统；确实没有的，请选“无”")
	}
	var f finding
	var titles []string
	for _, key := range r.q.links() {
		served := false
		for _, s := range r.serves[key] {
			if r.tool(s) {
				continue
			}
			served = true
			if ref := systemRef(s); !slices.Contains(f.behind, ref) {
				f.behind = append(f.behind, ref)
			}
		}
		if served {
			f.links = append(f.links, key)
			titles = append(titles, r.sceneTitle(key))
		}
	}
	n, all := len(f.links), len(r.q.links())
	f.letters = []string{q.byLinks(n)}
	f.ratio = &Ratio{Num: int64(n), Den: int64(all), Text: fmt.Sprintf("%d / %d 个环节", n, all), Percent: ratio(int64(n), int64(all), nil, "").Percent}
	f.explain = strings.TrimSuffix(fmt.Sprintf("%d / %d 个环节有系统在用 → %s：%s", n, all, f.letters[0], strings.Join(titles, "、")), "：")
	for i, least := range q.Links {
		if least > n {
			f.flip = fmt.Sprintf("再有 %d 个环节用上系统", least-n) + gain(q.Options[i+1].Points-q.points(f.letters[0]))
			break
		}
	}
	return f
}

// byLinks gives the option for a number of links: 0 → A, 1 → B, 2–11 → C, 12–13 → D, 14 → E in the 2024 edition.
func (q *Question) byLinks(n int) string {
	letter := q.Options[0].Letter
	for i, least := range q.Links {
		if n >= least {
			letter = q.Options[i+1].Letter
		}
	}
	return letter
}

// links gives the scene keys of the links that Q4 names (14 of the 16 scenes).
func (q *Questionnaire) links() []string {
	var out []string
	for i := range q.Items {
		for _, o := range q.Items[i].Options {
			if o.Link != "" {
				out = append(out, o.Link)
			}
		}
	}
	return out
}

func (r *reader) sceneTitle(key string) string {
	if s := r.q.Scene(key); s != nil {
		return s.Title
	}
	return key
}
