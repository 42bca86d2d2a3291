package assess

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey"
)

// Comparison is what changed between two assessments of one firm, item by item.
type Comparison struct {
	From        string        `json:"from"` // labels
	To          string        `json:"to"`
	SameEdition bool          `json:"sameEdition"`
	SameText    bool          `json:"sameText"` // the same file to the byte; otherwise points may differ by the text alone
	Score       Points        `json:"score"`    // To less From
	Items       []ItemChange  `json:"items"`    // all, in the order of To; those that only From has at the end
	Scenes      []SceneChange `json:"scenes"`
	Pairs       []Pair        `json:"pairs"` // 改造前 / 改造后, ready to print: score, level, dimensions, rates
	Better      int           `json:"better"`
	Worse       int           `json:"worse"` // items and scenes that fell
}

// ItemChange is one item before and after.
type ItemChange struct {
	Key    string   `json:"key"`
	Title  string   `json:"title"`
	Before []string `json:"before,omitempty"` // letters that counted
	After  []string `json:"after,omitempty"`
	From   Points   `json:"from"`
	To     Points   `json:"to"`
	Max    Points   `json:"max"`
	Only   string   `json:"only,omitempty"`   // label of the one assessment that asked for it; "" when both did
	Why    string   `json:"why,omitempty"`    // the calculation of To
	WasWhy string   `json:"wasWhy,omitempty"` // the calculation of From
}

// SceneChange is one scene before and after.
type SceneChange struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Star  bool   `json:"star,omitempty"`
	From  int    `json:"from"`
	To    int    `json:"to"`
	Only  string `json:"only,omitempty"`
}

// Pair is one figure before and after, in words. Was and Is are lengths of bars in per mille, −1 where there is none.
type Pair struct {
	Name   string `json:"name"`
	Before string `json:"before"`
	After  string `json:"after"`
	Was    int    `json:"was"`
	Is     int    `json:"is"`
}

// Compare sets two snapshots beside each other. It never computes a score again: what was frozen stands.
func Compare(from, to *survey.Snapshot) Comparison {
	c := Comparison{
		From: from.Label, To: to.Label, SameEdition: from.Edition == to.Edition, SameText: from.Edition == to.Edition && from.Digest == to.Digest,
		Score: to.Score - from.Score,
	}
	was := map[string]survey.FrozenItem{}
	for _, it := range from.Items {
		was[it.Item] = it
	}
	for _, it := range to.Items {
		old, both := was[it.Item]
		x := ItemChange{Key: it.Item, Title: it.Title, Before: old.Options, After: it.Options, From: old.Points, To: it.Points, Max: it.Max, Why: it.Explain, WasWhy: old.Explain}
		if !both {
			x.Only = to.Label
		}
		c.item(x)
		delete(was, it.Item)
	}
	for _, it := range from.Items {
		if _, left := was[it.Item]; left {
			c.item(ItemChange{Key: it.Item, Title: it.Title, Before: it.Options, From: it.Points, Max: it.Max, Only: from.Label, WasWhy: it.Explain})
		}
	}
	c.scenes(from, to)
	c.pairs(from, to)
	return c
}

func (c *Comparison) item(x ItemChange) {
	c.Items = append(c.Items, x)
	c.count(x.Only, int(x.To-x.From))
}

func (c *Comparison) count(only string, by int) {
	switch {
	case only != "" || by == 0:
	case by > 0:
		c.Better++
	default:
		c.Worse++
	}
}

func (c *Comparison) scenes(from, to *survey.Snapshot) {
	at := func(list []survey.FrozenScene, key string) int {
		return slices.IndexFunc(list, func(s survey.FrozenScene) bool { return s.Scene == key })
	}
	for _, s := range to.Scenes {
		x := SceneChange{Key: s.Scene, Title: s.Title, Star: s.Star, To: s.Level, Only: to.Label}
		if i := at(from.Scenes, s.Scene); i >= 0 {
			x.From, x.Only = from.Scenes[i].Level, ""
		}
		c.Scenes = append(c.Scenes, x)
		c.count(x.Only, x.To-x.From)
	}
	for _, s := range from.Scenes {
		if at(to.Scenes, s.Scene) < 0 {
			c.Scenes = append(c.Scenes, SceneChange{Key: s.Scene, Title: s.Title, Star: s.Star, From: s.Level, Only: from.Label})
		}
	}
}

func (c *Comparison) pairs(from, to *survey.Snapshot) {
	part := func(p, most Points) int {
		if most <= 0 {
			return -1
		}
		return int(min(max(p, 0), most) * 1000 / most)
	}
	c.Pairs = append(c.Pairs,
		Pair{"得分", from.Score.String(), to.Score.String(), part(from.Score, Full), part(to.Score, Full)},
		Pair{"等级", from.LevelName, to.LevelName, min(max(from.Level, 0), 4) * 250, min(max(to.Level, 0), 4) * 250})
	for _, d := range to.Dimensions {
		p := Pair{Name: d.Name, Before: "—", After: d.Points.String(), Was: -1, Is: part(d.Points, d.Max)}
		for _, old := range from.Dimensions {
			if old.Name == d.Name {
				p.Before, p.Was = old.Points.String(), part(old.Points, old.Max)
			}
		}
		c.Pairs = append(c.Pairs, p)
	}
	for _, l := range to.Rates {
		p := Pair{Name: l.Name, Before: "—", After: rateText(l), Was: -1, Is: permille(l.Percent)}
		for _, old := range from.Rates {
			if old.Name == l.Name {
				p.Before, p.Was = rateText(old), permille(old.Percent)
			}
		}
		c.Pairs = append(c.Pairs, p)
	}
}

func rateText(l survey.FrozenRate) string {
	if l.Percent == "" {
		return l.Text
	}
	return l.Percent + "（" + l.Text + "）"
}

// permille reads "35.0%" for a bar; −1 when there is no figure.
func permille(percent string) int {
	n, digits, decimals := 0, 0, -1
	for _, c := range percent {
		switch {
		case c == '.' && decimals < 0:
			decimals = 0
		case c >= '0' && c <= '9' && decimals < 1 && digits < 6:
			n, digits = n*10+int(c-'0'), digits+1
			if decimals >= 0 {
				decimals++
			}
		case c == '%' && digits > 0:
			if decimals < 1 {
				n *= 10
			}
			return min(n, 1000)
		case c < '0' || c > '9':
			return -1
		}
	}
	return -1
}
