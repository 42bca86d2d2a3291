package recommend

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Roadmap orders a bundle into waves. How long a wave takes no source tells, so a wave is a quarter of our own choosing, and said to be.
type Roadmap struct {
	Start    survey.Date `json:"start"` // yyyy-mm
	Months   int         `json:"months"`
	Waves    []Wave      `json:"waves"`
	Cash     []CashMonth `json:"cash"` // of the first twelve months and more when the waves need it
	Total    money.Fen   `json:"total"`
	Note     string      `json:"note"`
	PeakText string      `json:"peakText"`
}

// Wave is what begins together.
type Wave struct {
	No    int       `json:"no"`
	From  string    `json:"from"` // yyyy-mm
	To    string    `json:"to"`
	Tasks []Task    `json:"tasks"`
	Cost  money.Fen `json:"cost"` // first-year cost of its tasks
}

// Task is one offer of the roadmap.
type Task struct {
	Offer  string        `json:"offer"`
	Title  string        `json:"title"`
	Vendor string        `json:"vendor"`
	Owner  string        `json:"owner,omitempty"`
	After  []string      `json:"after,omitempty"` // titles of what has to stand before
	Points assess.Points `json:"points"`          // that its needs could bring
	Cost   money.Fen     `json:"cost"`
	Why    string        `json:"why"`
}

// CashMonth is what is paid in a month: one-off parts and the year in advance when a task begins, the next year's charge a year later.
type CashMonth struct {
	Month string    `json:"month"`
	Pay   money.Fen `json:"pay"`
	Sum   money.Fen `json:"sum"` // so far
}

// waveMonths is the length of a wave and maxWave the most tasks that begin together: what a small firm can take in. Both are ours.
const (
	waveMonths = 3
	maxWave    = 3
)

// RoadmapOf orders the lines of a bundle: what others need comes before them, then what brings most points for its money. A person's wave is
// kept where the order allows. Lines that wait for each other in a circle are refused by name with E0123.
func RoadmapOf(b *Bundle, cat *Catalog, c *survey.Case) (Roadmap, error) {
	out := Roadmap{Start: startMonth(c), Waves: []Wave{}, Cash: []CashMonth{}, Note: "每批三个月、每批最多三项是程序的排法，实际工期以厂商答复为准（待核实）；云服务按年预付测算。"}
	waits := dependencies(b, cat)
	if path := circleOf(b, waits); path != "" {
		return out, survey.Fail(survey.CodeCycle, "recommend.roadmap", "%s 互相等待，排不出先后", path)
	}
	wave, rest := map[string]int{}, slices.Clone(b.Lines)
	for no := 1; len(rest) > 0; no++ {
		ready := slices.DeleteFunc(slices.Clone(rest), func(l Line) bool {
			return ownerOf(c, l.Offer).After > no || slices.ContainsFunc(waits[l.Offer], func(id string) bool { return wave[id] == 0 || wave[id] >= no })
		})
		slices.SortStableFunc(ready, func(x, y Line) int {
			return cmp.Or(cmp.Compare(dependents(waits, y.Offer), dependents(waits, x.Offer)), compareEffect(effect(b, y), effect(b, x)), strings.Compare(x.Offer, y.Offer))
		})
		if len(ready) > maxWave {
			ready = ready[:maxWave]
		}
		for _, l := range ready {
			wave[l.Offer] = no
			rest = slices.DeleteFunc(rest, func(k Line) bool { return k.Offer == l.Offer })
		}
		out.add(no, ready, b, waits, c)
	}
	out.cash(b, wave)
	return out, nil
}

func startMonth(c *survey.Case) survey.Date {
	if c.Plan.Start != "" {
		return c.Plan.Start
	}
	y, m := c.AsOf.Year(), c.AsOf.Month()
	if y == 0 {
		y, m = 2000, 0
	}
	return survey.Date(monthAt(y, m, 1))
}

// monthAt gives yyyy-mm some months after a month.
func monthAt(year, month, later int) string {
	n := year*12 + max(month, 1) - 1 + later
	return fmt.Sprintf("%04d-%02d", n/12, n%12+1)
}

// dependencies tells for each line which other lines have to stand first: those that fill its requirements.
func dependencies(b *Bundle, cat *Catalog) map[string][]string {
	out := map[string][]string{}
	in := func(id string) bool { return slices.ContainsFunc(b.Lines, func(l Line) bool { return l.Offer == id }) }
	for _, l := range b.Lines {
		o := cat.Offer(l.Offer)
		if o == nil {
			continue
		}
		for _, set := range o.Requires {
			for _, id := range set {
				if key, capability := strings.CutPrefix(id, "need:"); capability {
					for _, p := range b.Lines {
						if q := cat.Offer(p.Offer); q != nil && p.Offer != l.Offer && slices.Contains(cat.CoversOf(q), Cover{key, 2}) {
							out[l.Offer] = append(out[l.Offer], p.Offer)
						}
					}
				} else if in(id) {
					out[l.Offer] = append(out[l.Offer], id)
				}
			}
		}
	}
	return out
}

// circleOf writes one circle of lines that wait for each other, "" when there is none.
func circleOf(b *Bundle, waits map[string][]string) string {
	state, path := map[string]int{}, []string{}
	title := func(id string) string {
		for _, l := range b.Lines {
			if l.Offer == id {
				return l.Title
			}
		}
		return id
	}
	var visit func(id string) string
	visit = func(id string) string {
		if state[id] == 2 {
			return ""
		}
		path = append(path, id)
		if state[id] == 1 {
			return titles(path[slices.Index(path, id):], func(s string) string { return "“" + title(s) + "”" })
		}
		state[id] = 1
		for _, next := range waits[id] {
			if found := visit(next); found != "" {
				return found
			}
		}
		state[id], path = 2, path[:len(path)-1]
		return ""
	}
	for _, l := range b.Lines {
		if found := visit(l.Offer); found != "" {
			return found
		}
	}
	return ""
}

func dependents(waits map[string][]string, id string) (n int) {
	for _, list := range waits {
		if slices.Contains(list, id) {
			n++
		}
	}
	return n
}

// bang is what a line could bring and what it costs.
type bang struct{ points, cost int64 }

func effect(b *Bundle, l Line) bang {
	return bang{int64(pointsOf(b, l)), int64(max(l.FirstYear, 1))}
}

func compareEffect(x, y bang) int {
	return cmp.Compare(float64(x.points)/float64(x.cost), float64(y.points)/float64(y.cost)) // an order for people, no amount
}

func pointsOf(b *Bundle, l Line) (sum assess.Points) {
	for _, n := range b.Needs {
		if slices.Contains(l.OnlyHere, n.Key) || len(l.OnlyHere) == 0 && slices.Contains(l.Covers, n.Key) {
			sum += n.Points
		}
	}
	return sum
}

func ownerOf(c *survey.Case, offer string) survey.TaskOwner {
	for _, o := range c.Plan.Owners {
		if o.Offer == offer {
			return o
		}
	}
	return survey.TaskOwner{Offer: offer}
}

func (r *Roadmap) add(no int, lines []Line, b *Bundle, waits map[string][]string, c *survey.Case) {
	if len(lines) == 0 {
		return // a wave that only waits
	}
	w := Wave{No: len(r.Waves) + 1, From: monthAt(r.Start.Year(), r.Start.Month(), (no-1)*waveMonths), To: monthAt(r.Start.Year(), r.Start.Month(), no*waveMonths-1)}
	for _, l := range lines {
		t := Task{Offer: l.Offer, Title: l.Title, Vendor: l.Vendor, Owner: ownerOf(c, l.Offer).Owner, Cost: l.FirstYear, Points: pointsOf(b, l)}
		for _, id := range waits[l.Offer] {
			for _, p := range b.Lines {
				if p.Offer == id {
					t.After = append(t.After, p.Title)
				}
			}
		}
		switch {
		case dependents(waits, l.Offer) > 0:
			t.Why = "别的产品要用到它，先做"
		case t.Points > 0:
			t.Why = "对应的改进可加 " + t.Points.String() + " 分"
		default:
			t.Why = "不直接加分，跟着场景走"
		}
		w.Tasks, w.Cost = append(w.Tasks, t), w.Cost+l.FirstYear
	}
	r.Waves = append(r.Waves, w)
	r.Months = no * waveMonths
}

func (r *Roadmap) cash(b *Bundle, wave map[string]int) {
	months := max(12, r.Months)
	pay := make([]money.Fen, months)
	for _, l := range b.Lines {
		at := (wave[l.Offer] - 1) * waveMonths
		pay[at] += l.OneOff + l.Yearly
		for k := at + 12; k < months; k += 12 {
			pay[k] += l.Yearly
		}
	}
	var sum, most money.Fen
	peak := 0
	for k, p := range pay {
		sum += p
		if p > most {
			most, peak = p, k
		}
		r.Cash = append(r.Cash, CashMonth{Month: monthAt(r.Start.Year(), r.Start.Month(), k), Pay: p, Sum: sum})
	}
	if r.Total = sum; most > 0 {
		r.PeakText = "付款最多的月份是 " + r.Cash[peak].Month + "，" + yuan(most)
	}
}
