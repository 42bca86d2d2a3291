package assess

import "slices"

// Outlook is where some steps together would lead: 预测, never an assessment.
type Outlook struct {
	Score     Points `json:"score"`
	Level     int    `json:"level"`
	LevelName string `json:"levelName"`
	Ladder    []Rung `json:"ladder"`
}

// After gives the outlook of an assessment with some of its steps done and declared. It is exact for any set of steps: gains that
// overlap are not added twice, of two steps of one Group the higher one counts.
func After(q *Questionnaire, a *Assessment, steps []Step) Outlook {
	options, links := map[string][]string{}, map[string][]string{}
	scenes := slices.Clone(a.Scenes)
	for _, s := range steps {
		options[s.Item] = append(options[s.Item], s.Options...)
		if it := q.byLinks(); it != nil && s.Link != "" {
			links[it.Key] = append(links[it.Key], s.Link)
		}
		for _, g := range s.Scenes {
			for i := range scenes {
				if scenes[i].Key == g.Scene {
					scenes[i].Level = max(scenes[i].Level, g.To)
				}
			}
		}
	}
	var o Outlook
	for i := range q.Items {
		key := q.Items[i].Key
		o.Score += q.after(a, key, options[key], links[key])
	}
	o.Ladder, o.Level, o.LevelName = q.Rule.climb(o.Score, scenes)
	return o
}

// after gives an item's headline points once it also has the options and, for the item that counts links, systems on the links.
func (q *Questionnaire) after(a *Assessment, key string, options, links []string) Points {
	it, found := q.Item(key), a.item(key)
	if it == nil || found == nil {
		return 0
	}
	if it.Multi {
		held := slices.DeleteFunc(slices.Concat(found.Counted, options), func(l string) bool { return len(options) > 0 && it.option(l).None })
		return max(it.Score(held), found.Points)
	}
	most := found.Points
	for _, l := range options {
		most = max(most, it.points(l))
	}
	if len(links) > 0 {
		all := slices.Concat(found.Links, links)
		slices.Sort(all)
		most = max(most, it.points(it.byLinks(len(slices.Compact(all)))))
	}
	return most
}

// linkGain gives what one more link with a system brings by itself.
func (q *Questionnaire) linkGain(a *Assessment, link string) Points {
	it := q.byLinks()
	if it == nil {
		return 0
	}
	return q.after(a, it.Key, nil, []string{link}) - a.item(it.Key).Points
}

// byLinks finds the item that counts the links with a system (Q5), nil when the edition has none.
func (q *Questionnaire) byLinks() *Question {
	for i := range q.Items {
		if len(q.Items[i].Links) > 0 {
			return &q.Items[i]
		}
	}
	return nil
}

func (a *Assessment) systemLinks(q *Questionnaire) []string {
	if it := q.byLinks(); it != nil {
		return a.item(it.Key).Links
	}
	return nil
}

func (a *Assessment) item(key string) *Item {
	for i := range a.Items {
		if a.Items[i].Key == key {
			return &a.Items[i]
		}
	}
	return nil
}
