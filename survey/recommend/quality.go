package recommend

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// QualityOf grades a bundle's footing. The stars are a rule of ours, printed with them: up to three for the share of the cost at list or
// quoted prices (none, below half, below all, all), one when no price is stale, one when at least half of the answers are proved by the register.
func QualityOf(b *Bundle, cat *Catalog, a assess.Assessment, c *survey.Case) Quality {
	q := Quality{Shares: []Share{}, Stale: []string{}, Raise: []string{}}
	firm, estimated := 0, 0
	for _, k := range b.ByKind {
		s := Share{Kind: k.Kind}
		if b.FirstYear > 0 {
			s.Percent = int(k.Sum * 100 / b.FirstYear)
		}
		if PriceKind(k.Kind) == PriceEstimate {
			estimated = k.Lines
		} else {
			firm += s.Percent
		}
		q.Shares = append(q.Shares, s)
	}
	for _, l := range b.Lines {
		if o := cat.Offer(l.Offer); o != nil && Stale(o, c) {
			q.Stale = append(q.Stale, l.Title)
		}
	}
	for _, it := range a.Items {
		switch {
		case it.Computed != nil:
			q.Known++
		case it.Answered:
			q.Stated++
		default:
			q.Open++
		}
	}
	switch {
	case len(b.Lines) > 0 && estimated == 0:
		q.Stars = 3
	case firm >= 50:
		q.Stars = 2
	case firm > 0:
		q.Stars = 1
	}
	if len(q.Stale) == 0 {
		q.Stars++
	}
	if 2*q.Known >= len(a.Items) && q.Known > 0 {
		q.Stars++
	}
	q.Stars = max(q.Stars, 1)
	q.advise(estimated, len(a.Items))
	return q
}

func (q *Quality) advise(estimated, items int) {
	if estimated > 0 {
		q.Raise = append(q.Raise, fmt.Sprintf("向厂商索取书面报价：%d 项还是区间估计", estimated))
	}
	if len(q.Stale) > 0 {
		q.Raise = append(q.Raise, fmt.Sprintf("重新核对 %d 项过期的价格", len(q.Stale)))
	}
	if q.Open > 0 {
		q.Raise = append(q.Raise, fmt.Sprintf("回答还空着的 %d 道评测题", q.Open))
	}
	if 2*q.Known < items {
		q.Raise = append(q.Raise, fmt.Sprintf("补台账：%d 道题里只有 %d 道由台账证明", items, q.Known))
	}
}
