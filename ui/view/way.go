package view

import (
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// WayStep is one step to switch on and off.
type WayStep struct{ Key, Title, Price string }

// WaySteps gives the steps of a way with their prices.
func WaySteps(w Words, way *recommend.Way) []WayStep {
	out := make([]WayStep, 0, len(way.Steps))
	for _, s := range way.Steps {
		out = append(out, WayStep{s.Key, s.Title, wayPrice(w, s)})
	}
	return out
}

// wayPrice says what a step costs; one without a known price is never shown as free.
func wayPrice(w Words, s recommend.WayStep) string {
	if s.Ready {
		return w("way.ready")
	}
	var words []string
	for _, o := range s.Offers {
		if o.Shared {
			words = append(words, w("way.shared", o.Title))
		} else {
			words = append(words, w("way.buy", o.Title, o.FirstYear.Display()))
		}
	}
	if len(s.Asks) > 0 {
		words = append(words, w("way.ask", strings.Join(s.Asks, "、")))
	}
	if words == nil {
		return w("way.own")
	}
	return strings.Join(words, "；")
}

// WayHead is what is short now, one sentence.
func WayHead(w Words, way *recommend.Way) string {
	var words []string
	for _, s := range way.Short {
		words = append(words, w("way.short."+s.Counter, s.Have, s.Need))
	}
	return strings.Join(words, "，")
}

// WhatIf is where the ticked steps would lead: 预测.
func WhatIf(w Words, st *wizard.State, way *recommend.Way, ticked map[string]bool) string {
	var steps []assess.Step
	var keys []string
	for _, s := range st.Assessment.Steps {
		if ticked[s.Key] {
			steps, keys = append(steps, s), append(keys, s.Key)
		}
	}
	o := assess.After(st.Questions, &st.Assessment, steps)
	cost, asks := way.CostOf(keys)
	line := w("way.after", o.Score.String(), o.LevelName)
	for _, g := range o.Ladder {
		if g.Level == way.Level {
			line += w("way.counters", g.Name, g.HaveScore.String()+"/"+g.NeedScore.String(), strconv.Itoa(g.HaveScenes)+"/"+strconv.Itoa(g.NeedScenes), strconv.Itoa(g.HaveStars)+"/"+strconv.Itoa(g.NeedStars))
		}
	}
	line += w("way.cost", cost.Display())
	if asks > 0 {
		line += w("way.asks", asks)
	}
	return line
}
