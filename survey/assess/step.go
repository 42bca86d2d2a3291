package assess

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Need keys of steps that every edition has. Steps of options take the need of the option, "scene:<key>" lifts a scene to 2 by a
// system, "integrate:<key>" to 3, "ai:<key>" to 4, "data:<key>" makes a link's data come in by themselves.
const (
	NeedConnect  = "connect"  // bring machines on a network
	NeedDigitise = "digitise" // make machines digital
)

// steps lists every possible improvement, each with what it alone would bring to the headline (see Outlook). Money spent (Q11) and
// results (Q12–Q15) are not deeds of their own and have no step.
func (q *Questionnaire) steps(a *Assessment) []Step {
	var out []Step
	put := func(s Step) {
		if s.Item != "" {
			s.Points = q.after(a, s.Item, s.Options, nil) - a.item(s.Item).Points
		} else if s.Link != "" {
			s.Points = q.linkGain(a, s.Link)
		}
		if s.Points > 0 || len(s.Scenes) > 0 {
			out = append(out, s)
		}
	}
	for i := range q.Items {
		it, found := &q.Items[i], &a.Items[i]
		switch {
		case it.Answer == "digital-rate":
			machineSteps(it, found, "digitise:", NeedDigitise, "再把 %d 台改成数字化设备", put)
		case it.Answer == "networked-rate":
			machineSteps(it, found, "network:", NeedConnect, "再联网 %d 台生产设备", put)
		case it.Answer == "auto-links":
			q.dataSteps(it, found, put)
		default:
			optionSteps(it, found, put)
		}
		if found.Computed != nil && found.ComputedPoints > found.Points {
			put(Step{Key: "settle:" + it.Key, Title: "把“" + it.Title + "”的自报改成核算结果", Item: it.Key, Options: found.Computed, Group: group(it)})
		}
	}
	q.sceneSteps(a, put)
	return out
}

// group names the steps of which one excludes the others.
func group(q *Question) string {
	if q.Multi {
		return ""
	}
	return q.Key
}

func machineSteps(q *Question, it *Item, key, need, title string, put func(Step)) {
	if it.Ratio == nil {
		return
	}
	n, all, last := int(it.Ratio.Num), int(it.Ratio.Den), 0
	for _, bound := range q.Bounds {
		more := short(n, all, bound)
		if more <= last || n+more > all {
			continue
		}
		last = more
		put(Step{
			Key: key + strconv.Itoa(more), Need: need, Title: fmt.Sprintf(title, more), Machines: more,
			Item: q.Key, Options: []string{q.Options[Band(int64(n+more), int64(all), q.Bounds)].Letter}, Group: q.Key,
		})
	}
}

func (q *Questionnaire) dataSteps(it *Question, found *Item, put func(Step)) {
	for _, o := range it.Options {
		if o.Link != "" && !slices.Contains(found.Counted, o.Letter) {
			put(Step{Key: "data:" + o.Link, Need: "data:" + o.Link, Title: "让“" + q.Scene(o.Link).Title + "”的数据自动采集", Item: it.Key, Options: []string{o.Letter}})
		}
	}
}

func optionSteps(q *Question, it *Item, put func(Step)) {
	for _, o := range q.Options {
		if o.Step != "" && !slices.Contains(it.Counted, o.Letter) {
			put(Step{Key: "item:" + q.Key + ":" + o.Letter, Need: o.Need, Title: o.Step, Item: q.Key, Options: []string{o.Letter}, Group: group(q)})
		}
	}
}

var sceneNeeds = [...]string{"", "", "scene:", "integrate:", "ai:"}

func (q *Questionnaire) sceneSteps(a *Assessment, put func(Step)) {
	covered := a.systemLinks(q)
	links := q.links()
	for i := range a.Scenes {
		s := &a.Scenes[i]
		for to := s.Level + 1; to <= len(s.Levels); to++ {
			step := Step{
				Key: "scene:" + s.Key + ":" + strconv.Itoa(to), Title: "“" + s.Title + "”做到" + levelWords[to],
				Scenes: []SceneGain{{s.Key, s.Level, to}}, Group: "scene:" + s.Key,
			}
			if need := sceneNeeds[to]; need != "" {
				step.Need = need + s.Key
			}
			if to >= 2 && slices.Contains(links, s.Key) && !slices.Contains(covered, s.Key) {
				step.Link = s.Key
			}
			put(step)
		}
	}
}

var levelWords = [...]string{"", "一级", "二级", "三级", "四级"}

// TitleOf gives what a key of Open, a Step or a Difference is about: the item's or scene's plain title, the key itself when unknown.
func (a *Assessment) TitleOf(key string) string {
	for i := range a.Items {
		if a.Items[i].Key == key {
			return a.Items[i].Title
		}
	}
	for i := range a.Scenes {
		if a.Scenes[i].Key == strings.TrimPrefix(key, "scene:") {
			return a.Scenes[i].Title
		}
	}
	return key
}
