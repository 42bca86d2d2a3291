package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Axis is one direction of the radar, in whole per cent.
type Axis struct {
	Name, Words string
	Now, After  int
}

// SceneGroup is the scenes of one group with how many reach the next level.
type SceneGroup struct {
	Title, Count string
	Scenes       []Scene
}

// Scene is one scene now and after the bundle.
type Scene struct {
	Key, Title string
	Star       bool
	Now, After int
}

// Difference is one declaration that is not the computed answer.
type Difference struct {
	Text, State string
	Settled     bool
	Path        string
}

// Rate is one printable rate with its rule and source.
type Rate struct{ Name, Percent, Text, Rule, Status string }

// outlook is every scene's level and every dimension's points once the bundle works: 预测, by the same cautious count as Bundle.After.
func outlook(st *wizard.State) (scenes map[string]int, sums map[string]assess.Points, ok bool) {
	a, b := &st.Assessment, &st.Bundle
	scenes, sums = map[string]int{}, map[string]assess.Points{}
	for _, s := range a.Scenes {
		scenes[s.Key] = s.Level
	}
	for _, d := range a.Dimensions {
		sums[d.Key] = d.Points
	}
	if b.After == nil || b.Conflict != nil || st.BundleError != nil {
		return scenes, sums, false
	}
	type share struct {
		dimension string
		points    assess.Points
	}
	most := map[string]share{}
	for _, s := range recommend.Steps(*a, b.Covered, recommend.QuantitiesOf(*a, st.Case)) {
		for _, g := range s.Scenes {
			scenes[g.Scene] = max(scenes[g.Scene], g.To)
		}
		key := s.Group
		if s.Link != "" {
			key = "link"
		}
		at := dimensionOf(a, s)
		if key == "" {
			sums[at] += s.Points
		} else if s.Points > most[key].points {
			most[key] = share{at, s.Points}
		}
	}
	for _, m := range most {
		sums[m.dimension] += m.points
	}
	return scenes, sums, true
}

// dimensionOf is where a step's points go; a step that only gives a link its system lifts the item that counts the links with a system,
// which shares its dimension with all items that name links.
func dimensionOf(a *assess.Assessment, s assess.Step) string {
	for i := range a.Items {
		if it := &a.Items[i]; it.Key == s.Item || s.Item == "" && len(it.Links) > 0 {
			return it.Dimension
		}
	}
	if len(a.Dimensions) > 0 {
		return a.Dimensions[0].Key
	}
	return ""
}

// Radar gives the seven axes: per scene group the share of scenes at the next level or above, per dimension the share of points.
func Radar(w Words, st *wizard.State) (axes []Axis, after bool) {
	a := &st.Assessment
	then, sums, ok := outlook(st)
	level := min(a.Level+1, 4)
	axis := func(name string, now, next int) {
		x := Axis{Name: name, Words: strconv.Itoa(now) + "%", Now: now, After: next}
		if next != now {
			x.Words = strconv.Itoa(now) + "→" + strconv.Itoa(next) + "%"
		}
		axes = append(axes, x)
	}
	for _, g := range groupsOf(a) {
		n, up, up2 := 0, 0, 0
		for _, s := range a.Scenes {
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
		axis(g, up*100/n, up2*100/n)
	}
	for _, d := range a.Dimensions {
		if d.Max > 0 {
			axis(d.Title, int(d.Points*100/d.Max), int(sums[d.Key]*100/d.Max))
		}
	}
	return axes, ok
}

func groupsOf(a *assess.Assessment) []string {
	var out []string
	for _, s := range a.Scenes {
		if len(out) == 0 || out[len(out)-1] != s.Group {
			out = append(out, s.Group)
		}
	}
	return out
}

// SceneGroups gives the sixteen scenes in their groups.
func SceneGroups(w Words, st *wizard.State) []SceneGroup {
	a := &st.Assessment
	then, _, _ := outlook(st)
	level := min(a.Level+1, 4)
	var out []SceneGroup
	for _, name := range groupsOf(a) {
		g := SceneGroup{Title: name}
		up := 0
		for _, s := range a.Scenes {
			if s.Group != name {
				continue
			}
			if s.Level >= level {
				up++
			}
			g.Scenes = append(g.Scenes, Scene{s.Key, s.Title, s.Star, s.Level, then[s.Key]})
		}
		g.Count = w("result.reached", w("assess.level."+strconv.Itoa(level)), up, len(g.Scenes))
		out = append(out, g)
	}
	return out
}

// Balance shares the groups out over two columns of about one length; the first group stands in column 0.
func Balance(groups []SceneGroup) []int {
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(groups[b].Scenes) - len(groups[a].Scenes) })
	at, sizes := make([]int, len(groups)), [2]int{}
	for _, i := range order {
		if sizes[1] < sizes[0] {
			at[i] = 1
		}
		sizes[at[i]] += len(groups[i].Scenes)
	}
	if len(at) > 0 && at[0] == 1 {
		for i := range at {
			at[i] = 1 - at[i]
		}
	}
	return at
}

// Differences lists the declarations that are not the computed answers.
func Differences(w Words, a assess.Assessment) []Difference {
	var out []Difference
	for _, d := range a.Differences {
		x := Difference{
			Text:  w("result.difference", d.Item, a.TitleOf(d.Item), strings.Join(d.Computed, "、"), strings.Join(d.Declared, "、")),
			State: w("result.difference.open"), Path: "answers." + d.Item + ".explanation",
		}
		if d.Explained != "" {
			x.Settled, x.State = true, w("result.difference.explained", d.Explained)
		}
		out = append(out, x)
	}
	return out
}

// Rates gives the rates of the register.
func Rates(w Words, a assess.Assessment) []Rate {
	var out []Rate
	for _, l := range a.Rates.Lines {
		r := Rate{Name: l.Name, Percent: l.Percent, Text: l.Text, Rule: w("result.rate.rule", l.Rule, l.Source), Status: l.Status}
		if r.Percent == "" {
			r.Percent = w("result.rate.none")
		}
		out = append(out, r)
	}
	return out
}

// SpecialPoints is the line 专精特新 数字化水平 0/3/5: 三级及以上 5, 二级 3, 一级及以下 0. The points come from a secondary reading and are
// flagged 待核实.
func SpecialPoints(w Words, level int) string {
	at := func(l int) int { return [...]int{0, 0, 3, 5, 5}[min(max(l, 0), 4)] }
	line := w("result.special", at(level))
	if next := at(level + 1); level < 4 && next > at(level) {
		line += w("result.special.next", w("assess.level."+strconv.Itoa(level+1)), next-at(level))
	}
	return line + w("result.special.open")
}
