package assess

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// arrangements answers Q6 and Q7: an option holds when its arrangement is there. Nothing recorded leaves the item to the declaration.
func (r *reader) arrangements(q *Question) finding { return r.arranged(q, nil) }

// network answers Q1: a network is there when a machine hangs on it or the arrangement says so; a person's no outranks both. Full
// coverage also needs a networked machine in every recorded 工序; where no 工序 is recorded the arrangement's own word decides.
func (r *reader) network(q *Question) finding {
	return r.arranged(q, func(o *Choice, said survey.Tri, f *finding) survey.Tri {
		if o.Network == "" {
			return r.covered(said, f)
		}
		var first *survey.Asset
		for i := range r.c.Assets {
			a := &r.c.Assets[i]
			if a.Use != survey.UseOffice && a.Networked == survey.Yes && a.Network == o.Network {
				first = a
				f.behind = append(f.behind, r.assetRef(i))
			}
		}
		switch {
		case first != nil && said == survey.No:
			f.explain += "（清单里有设备接在" + survey.NameOf(survey.NetNames, o.Network) + "上，但回答是没有，暂不计）"
		case first != nil:
			return survey.Yes
		}
		return said
	})
}

// covered judges 全面覆盖 by the processes of the register.
func (r *reader) covered(said survey.Tri, f *finding) survey.Tri {
	steps := map[string]bool{}
	var names []string
	for i := range r.c.Assets {
		a := &r.c.Assets[i]
		name := survey.NormalizeText(a.Process)
		if name == "" || a.Use == survey.UseOffice {
			continue
		}
		if _, seen := steps[name]; !seen {
			names = append(names, name)
		}
		steps[name] = steps[name] || a.Networked == survey.Yes
	}
	if len(names) == 0 || said == survey.No {
		return said
	}
	slices.Sort(names)
	for _, name := range names {
		if !steps[name] {
			f.explain += "（工序“" + name + "”还没有联网设备，不算全面覆盖）"
			return survey.No
		}
	}
	return survey.Yes
}

func (r *reader) arranged(q *Question, judge func(*Choice, survey.Tri, *finding) survey.Tri) finding {
	var f finding
	recorded := false
	for i := range q.Options {
		o := &q.Options[i]
		if o.By == "" {
			continue
		}
		have := r.c.Arrangement(o.By)
		said := have.Have
		recorded = recorded || said != survey.Unknown
		if judge != nil {
			before := len(f.behind)
			said = judge(o, said, &f)
			recorded = recorded || len(f.behind) > before
		}
		switch said {
		case survey.Yes:
			f.letters = append(f.letters, o.Letter)
			if have.Have == survey.Yes {
				f.behind = append(f.behind, Ref{Kind: "arrangement", ID: string(o.By), Text: survey.NameOf(survey.ArrangementNames, o.By)})
			}
		case survey.Unknown:
			f.open = append(f.open, o.Letter)
		}
	}
	return q.arrangedAs(f, recorded)
}

func (q *Question) arrangedAs(f finding, recorded bool) finding {
	f.held, f.letters = f.letters, q.Clean(f.letters)
	open := len(f.open)
	if open > 0 && q.Score(f.held) == 0 {
		f.letters = nil // what is held counts only with others that are still open
	}
	switch {
	case f.letters == nil && !recorded:
		return finding{open: f.open, undefined: "还没有登记这方面的情况"}
	case f.letters == nil && open > 0:
		return finding{open: f.open, undefined: fmt.Sprintf("还有 %d 项没有填", open)}
	case f.letters == nil:
		f.letters = []string{q.Options[0].Letter}
	}
	note := f.explain
	f.explain = "已登记：" + strings.Join(f.letters, "、")
	if open > 0 {
		f.explain += fmt.Sprintf("，另有 %d 项待核实，暂不计", open)
	}
	f.explain += note
	f.flip = q.nextOption(f.held)
	return f
}

// nextOption says what the first option that is not held, and brings points by itself, would give.
func (q *Question) nextOption(held []string) string {
	have := q.Score(held)
	for _, o := range q.Options {
		if o.None || slices.Contains(held, o.Letter) {
			continue
		}
		if more := q.Score(append(slices.Clone(held), o.Letter)) - have; more > 0 {
			return "再做到“" + o.Text + "”" + gain(more)
		}
	}
	return ""
}
