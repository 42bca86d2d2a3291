package recommend

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Quantities are what a case puts into the price schedules.
type Quantities struct {
	Users    int `yaml:"users" json:"users"`       // 从业人员 of the last year that has them
	Devices  int `yaml:"devices" json:"devices"`   // machines to connect
	Machines int `yaml:"machines" json:"machines"` // 生产设备
	Lines    int `yaml:"lines" json:"lines"`
	Sites    int `yaml:"sites" json:"sites"`
	GB       int `yaml:"gb" json:"gb"` // data to keep; no register tells it
}

// at points at the quantity of a metric, nil for the firm.
func (q *Quantities) at(m Metric) *int {
	switch m {
	case PerUser:
		return &q.Users
	case PerDevice:
		return &q.Devices
	case PerMachine:
		return &q.Machines
	case PerLine:
		return &q.Lines
	case PerSite:
		return &q.Sites
	case PerGB:
		return &q.GB
	}
	return nil
}

// QuantitiesOf counts a case. Devices are the machines of the connecting step that the wanted level asks for, otherwise all that
// are not networked yet. Every quantity is at least 1, so that no schedule comes out empty because a fact is still missing.
func QuantitiesOf(a assess.Assessment, c *survey.Case) Quantities {
	q := Quantities{Machines: a.Rates.Machines, Sites: len(c.Sites)}
	for _, y := range c.Years {
		if y.Staff != nil {
			q.Users = *y.Staff
		}
	}
	lines := map[string]bool{}
	for _, m := range c.Assets {
		if m.Line != "" && m.InDenominator() == survey.Yes {
			lines[m.Line] = true
		}
	}
	q.Lines = len(lines)
	q.Devices = a.Rates.Machines - a.Rates.Networked
	if s := connectStep(a, targetRung(a, c)); s != nil {
		q.Devices = s.Machines
	}
	for _, n := range c.Plan.Counts { // a person's word on a quantity outranks the count
		if p := q.at(Metric(n.Metric)); p != nil && n.N > 0 {
			*p = n.N
		}
	}
	for _, n := range []*int{&q.Users, &q.Devices, &q.Machines, &q.Lines, &q.Sites, &q.GB} {
		*n = max(*n, 1)
	}
	return q
}

// connectStep picks the smallest connecting step that closes the missing points, else the one with the most points; nil when there is none.
func connectStep(a assess.Assessment, r assess.Rung) *assess.Step {
	var best *assess.Step
	lack := r.NeedScore - r.HaveScore
	for i := range a.Steps {
		s := &a.Steps[i]
		if s.Need != "connect" || s.Machines <= 0 {
			continue
		}
		switch {
		case best == nil,
			s.Points >= lack && (best.Points < lack || s.Machines < best.Machines),
			best.Points < lack && s.Points > best.Points:
			best = s
		}
	}
	return best
}

func (q Quantities) of(m Metric) int {
	if p := q.at(m); p != nil {
		return max(*p, 1)
	}
	return 1
}

// units gives how many units of a component the quantities ask for.
func (p *Price) units(q Quantities) int {
	per := max(p.Per, 1)
	return max((q.of(p.Metric)+per-1)/per, p.Least, 1)
}

// tier finds the tier of n units; the last one when n is beyond all.
func (p *Price) tier(n int) Tier {
	for _, t := range p.Tiers {
		if t.UpTo == 0 || n <= t.UpTo {
			return t
		}
	}
	return p.Tiers[len(p.Tiers)-1]
}

// Resolved is an offer's price for given quantities.
type Resolved struct {
	Quantity  int    // units of the first component
	Metric    string // "6 席 …" in words
	OneOff    money.Fen
	Yearly    money.Fen
	FirstYear money.Fen // one-off and the first year's recurring charges
}

// Resolve computes the first-year price. ok is false for an offer without a price or beyond the largest amount.
func (o *Offer) Resolve(q Quantities) (r Resolved, ok bool) {
	if o.PriceKind == PriceNone || len(o.Prices) == 0 {
		return r, false
	}
	var words []string
	for i := range o.Prices {
		p := &o.Prices[i]
		n := p.units(q)
		t := p.tier(n)
		if i == 0 {
			r.Quantity = n
		}
		one, ok1 := times(t.OneOff, n)
		year, ok2 := times(t.Yearly, n)
		var err error
		if r.OneOff, err = money.Add(r.OneOff, one); err != nil || !ok1 || !ok2 {
			return Resolved{}, false
		}
		if r.Yearly, err = money.Add(r.Yearly, year); err != nil {
			return Resolved{}, false
		}
		words = append(words, p.words(n))
	}
	r.Metric = strings.Join(words, "；")
	sum, err := money.Add(r.OneOff, r.Yearly)
	r.FirstYear = sum
	return r, err == nil
}

// times multiplies without leaving the range of amounts.
func times(f money.Fen, n int) (money.Fen, bool) {
	if n < 0 || f != 0 && int64(n) > int64(money.MaxFen/f) {
		return 0, false
	}
	return f * money.Fen(n), true
}

func (p *Price) words(n int) string {
	unit := survey.NameOf(MetricNames, p.Metric)
	if per := max(p.Per, 1); per > 1 {
		return fmt.Sprintf("%s %d 份（每 %d %s一份）", p.What, n, per, unit)
	}
	return fmt.Sprintf("%s %d %s", p.What, n, unit)
}
