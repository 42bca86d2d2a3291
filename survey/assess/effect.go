package assess

import (
	"fmt"
	"math/big"

	"github.com/shangyuntong/shangyun/survey"
)

// The four 成效 items compare last year (上年) with the year before (前年) by cross-multiplication. The published question bank names no
// tolerance, so 持平 is exact equality.

// energy answers Q12: 综合能源消费量 per revenue; lower is better.
func (r *reader) energy(q *Question) finding {
	return r.compare(q, sides{"综合能源消费量", "营业收入", kgce, revenue, false, "上年综合能源消费量再少 %s", tonnes})
}

// revenuePerHead answers Q14: revenue per member of staff; higher is better.
func (r *reader) revenuePerHead(q *Question) finding {
	return r.compare(q, sides{"营业收入", "从业人员", revenue, staff, true, "上年营业收入再多 %s", yuanText})
}

// costRatio answers Q15: cost per revenue; lower is better.
func (r *reader) costRatio(q *Question) finding {
	return r.compare(q, sides{"营业成本", "营业收入", cost, revenue, false, "上年营业成本再少 %s", yuanText})
}

// passRate answers Q13: mean monthly 产品合格率 of the months known; higher is better.
func (r *reader) passRate(q *Question) finding {
	return r.compare(q, sides{"各月合格率之和", "月数", passSum, passMonths, true, "上年各月合格率合计再高 %s", pointsText})
}

// sides is a quotient of two figures of a year.
type sides struct {
	top, bottom string
	num, den    figure
	higher      bool // a higher quotient is the better one
	deed        string
	amount      func(int64) string // of the deed
}

// figure gives one figure of a year with its text; false when it is not known.
type figure func(y *survey.Year) (n int64, text string, ok bool)

func (r *reader) compare(q *Question, s sides) finding {
	last := r.c.LastYear()
	if last == 0 {
		return undefined("还没有填评测基准日")
	}
	var f finding
	var n, d [2]int64
	for i, y := range [2]int{last, last - 1} {
		year := r.c.Year(y)
		if year == nil {
			return undefined(fmt.Sprintf("缺 %d 年的数据", y))
		}
		var top, bottom string
		var ok bool
		if n[i], top, ok = s.num(year); !ok || n[i] < 0 {
			return undefined(fmt.Sprintf("缺 %d 年%s", y, s.top))
		}
		if d[i], bottom, ok = s.den(year); !ok || d[i] <= 0 {
			return undefined(fmt.Sprintf("缺 %d 年%s", y, s.bottom))
		}
		f.behind = append(f.behind, yearRef(year, s.top+" "+top+"，"+s.bottom+" "+bottom))
	}
	order := product(n[0], d[1]).cmp(product(n[1], d[0]))
	word := [...]string{"降低", "持平", "增加"}[order+1]
	if !s.higher {
		order = -order
	}
	f.letters = []string{q.Options[order+1].Letter}
	f.explain = fmt.Sprintf("%s ÷ %s，%d 年比 %d 年%s → %s", s.top, s.bottom, last, last-1, word, f.letters[0])
	if by, to := s.flip(n, d, order); by > 0 {
		f.flip = fmt.Sprintf(s.deed, s.amount(by)) + gain(q.Options[to+1].Points-q.Options[order+1].Points)
	}
	return f
}

// flip gives by how much, at least, last year's figure must change for the next better answer, and which that is: 0 持平, 1 better. All
// else stays as it is. Nothing when the answer is the best one already, or no figure can reach a better one.
func (s *sides) flip(n, d [2]int64, order int) (by int64, to int) {
	at, rest, ok := quotient(n[1], d[0], d[1]) // where last year's figure would equal the year before
	switch {
	case order > 0 || !ok:
		return 0, 0
	case order == 0:
		to = 1
	case rest > 0: // no whole figure is exactly equal
		to = 1
	}
	switch {
	case s.higher && rest > 0, s.higher && order == 0:
		at++
	case !s.higher && order == 0:
		at--
	}
	if at < 0 {
		return 0, 0
	}
	if s.higher {
		return at - n[0], to
	}
	return n[0] - at, to
}

func tonnes(kgce int64) string  { return fmt.Sprintf("%d.%03d 吨标准煤", kgce/1000, kgce%1000) }
func yuanText(fen int64) string { return yuan(big.NewInt(fen)) + " 元" }
func pointsText(points int64) string {
	return fmt.Sprintf("%d.%02d 个百分点", points/100, points%100)
}

func revenue(y *survey.Year) (int64, string, bool) {
	if y.Revenue == nil {
		return 0, "", false
	}
	return int64(*y.Revenue), y.Revenue.Display() + " 元", true
}

func cost(y *survey.Year) (int64, string, bool) {
	if y.Cost == nil {
		return 0, "", false
	}
	return int64(*y.Cost), y.Cost.Display() + " 元", true
}

func staff(y *survey.Year) (int64, string, bool) {
	if y.Staff == nil {
		return 0, "", false
	}
	return int64(*y.Staff), fmt.Sprintf("%d 人", *y.Staff), true
}

func kgce(y *survey.Year) (int64, string, bool) {
	if y.EnergyKgce == nil {
		return 0, "", false
	}
	return *y.EnergyKgce, tonnes(max(*y.EnergyKgce, 0)), true
}

func passSum(y *survey.Year) (int64, string, bool) {
	sum, months := passed(y)
	return sum, fmt.Sprintf("%d.%02d%%", sum/100, sum%100), months > 0
}

func passMonths(y *survey.Year) (int64, string, bool) {
	_, months := passed(y)
	return months, fmt.Sprintf("%d 个月", months), months > 0
}

// passed sums the rates of a year's months; a month given twice counts once, by its first rate.
func passed(y *survey.Year) (sum, months int64) {
	var seen [13]bool
	for _, m := range y.PassRates {
		if m.Month < 1 || m.Month > 12 || m.Rate < 0 || m.Rate > 10000 || seen[m.Month] {
			continue
		}
		seen[m.Month] = true
		sum += int64(m.Rate)
		months++
	}
	return sum, months
}
