package view

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Upgrade is one possible improvement with what it brings and, where the bundle prices it, what that costs.
type Upgrade struct {
	Key, Title, Text string
	Price, PriceKind string // "" when the bundle has no price for it
	Gains            []Gain
	Closes           bool   // it helps with what the next level still lacks
	Path             string // question it is about
}

// Gain is one thing an improvement brings.
type Gain struct {
	Text string
	Tone Tone
	Rise bool
}

// Upgrades lists the improvements: those that the next level lacks before others, priced ones before the rest and cheapest first, then by
// the points they bring.
func Upgrades(w Words, st *wizard.State) []Upgrade {
	a := &st.Assessment
	rung := nextRung(*a)
	type ranked struct {
		Upgrade
		cost   *money.Fen
		class  int
		points assess.Points
	}
	var all []ranked
	for i := range a.Steps {
		s := &a.Steps[i]
		r := ranked{Upgrade: Upgrade{Key: s.Key, Title: s.Title, Path: pathOf(s), Closes: closes(s, rung)}, points: s.Points}
		line := pricing(st.Bundle, s.Need)
		switch {
		case line != nil:
			r.cost, r.PriceKind, r.Price = &line.FirstYear, line.PriceKind, w("result.step.price", line.FirstYear.Display())
			r.Text = w("result.step.by", fullName(line.Vendor, line.Title))
			if n := len(line.Covers); n > 1 {
				r.Text = w("result.step.shared", fullName(line.Vendor, line.Title), n)
			}
		case s.Need == "":
			r.class, r.Text = 1, w("result.step.own")
		case hasNeed(st.Bundle, s.Need):
			r.class, r.Text = 2, w("result.step.noprice")
		default:
			r.class, r.Text = 3, w("result.step.nooffer")
		}
		r.Gains = gains(w, a, s, rung)
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(x, y ranked) int {
		if x.Closes != y.Closes {
			return map[bool]int{true: -1, false: 1}[x.Closes]
		}
		if d := cmp.Compare(x.class, y.class); d != 0 {
			return d
		}
		if x.cost != nil && y.cost != nil && *x.cost != *y.cost {
			return cmp.Compare(*x.cost, *y.cost)
		}
		return cmp.Compare(y.points, x.points)
	})
	out := make([]Upgrade, len(all))
	for i := range all {
		out[i] = all[i].Upgrade
	}
	return out
}

func nextRung(a assess.Assessment) assess.Rung {
	for _, r := range a.Ladder {
		if r.Level == min(a.Level+1, 4) {
			return r
		}
	}
	return assess.Rung{}
}

// closes tells whether a step helps with a counter that the next level lacks.
func closes(s *assess.Step, r assess.Rung) bool {
	if s.Points > 0 && r.HaveScore < r.NeedScore {
		return true
	}
	return r.HaveScenes < r.NeedScenes && slices.ContainsFunc(s.Scenes, func(g assess.SceneGain) bool { return g.From < r.Level && g.To >= r.Level })
}

// pricing finds the line of the bundle that covers a need; one that alone covers it goes first.
func pricing(b recommend.Bundle, need string) *recommend.Line {
	if need == "" || b.Conflict != nil {
		return nil
	}
	var found *recommend.Line
	for i := range b.Lines {
		l := &b.Lines[i]
		if slices.Contains(l.OnlyHere, need) {
			return l
		}
		if found == nil && slices.Contains(l.Covers, need) && slices.Contains(b.Covered, need) {
			found = l
		}
	}
	return found
}

func hasNeed(b recommend.Bundle, need string) bool {
	return slices.ContainsFunc(b.Needs, func(n recommend.NeedState) bool { return n.Key == need })
}

func pathOf(s *assess.Step) string {
	if s.Item != "" {
		return "answers." + s.Item
	}
	if len(s.Scenes) > 0 {
		return "scenes." + s.Scenes[0].Scene
	}
	return "answers"
}

func gains(w Words, a *assess.Assessment, s *assess.Step, r assess.Rung) []Gain {
	var out []Gain
	if s.Points > 0 {
		out = append(out, Gain{w("result.gain.points", s.Points.String()), Under, true})
	}
	up := 0
	for _, g := range s.Scenes {
		if g.From < r.Level && g.To >= r.Level {
			up++
		}
		out = append(out, Gain{w("result.gain.scene", w("assess.level."+strconv.Itoa(g.From)), w("assess.level."+strconv.Itoa(g.To))), Under, true})
	}
	if up > 0 {
		out = append(out, Gain{w("result.gain.scenes", r.HaveScenes, r.HaveScenes+up), Good, true})
	}
	if s.Item != "" && !strings.HasPrefix(s.Key, "settle:") && len(s.Options) == 1 && s.Group != "" {
		out = append(out, Gain{w("result.gain.band", s.Item, s.Options[0]), Under, false})
	}
	return out
}
