package assess

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// spendingYears is the length of the window of Q11 (近三年).
const spendingYears = 3

// spending answers Q11: payments of the three calendar years before the reference year ÷ the revenue of the same years; a younger firm
// is measured over the years it exists. Payments for a merger or for machines known not to be digital are left out.
func (r *reader) spending(q *Question) finding {
	last := r.c.LastYear()
	if last == 0 {
		return undefined("还没有填评测基准日")
	}
	first := max(last-spendingYears+1, r.c.Firm.Founded.Year())
	if first > last {
		return undefined("企业成立不满一个会计年度，比例无定义")
	}
	if len(r.c.Payments) == 0 {
		return undefined("还没有登记付款；确实没有投入的，请选第一项")
	}
	var f finding
	revenue := new(big.Int)
	var missing []string
	for y := first; y <= last; y++ {
		year := r.c.Year(y)
		if year == nil || year.Revenue == nil || *year.Revenue < 0 {
			missing = append(missing, strconv.Itoa(y))
			continue
		}
		revenue.Add(revenue, big.NewInt(int64(*year.Revenue)))
		f.behind = append(f.behind, yearRef(year, "营业收入 "+year.Revenue.Display()+" 元"))
	}
	if missing != nil {
		return undefined("缺 " + strings.Join(missing, "、") + " 年营业收入")
	}
	if revenue.Sign() == 0 {
		return undefined("这几年营业收入为零，比例无定义")
	}
	paid, undated := r.paid(first, last, &f)
	return q.spendingAs(f, paid, revenue, undated)
}

// paid sums the digital spending of the window in fen; a sum below zero (refunds) is zero.
func (r *reader) paid(first, last int, f *finding) (sum *big.Int, undated int) {
	sum = new(big.Int)
	for i := range r.c.Payments {
		p := &r.c.Payments[i]
		y := p.Date.Year()
		if y == 0 {
			undated++
		}
		if y < first || y > last {
			continue
		}
		part := r.digitalPart(p)
		if part.Sign() == 0 {
			continue
		}
		sum.Add(sum, part)
		f.behind = append(f.behind, Ref{Kind: "payment", ID: p.ID, Text: string(p.Date) + " 付款 " + p.Amount.Display() + " 元"})
	}
	if sum.Sign() < 0 {
		sum.SetInt64(0)
	}
	return sum, undated
}

// digitalPart gives the share of a payment that its invoice's lines leave as digital spending, cut down to whole fen.
func (r *reader) digitalPart(p *survey.Payment) *big.Int {
	amount := big.NewInt(int64(p.Amount))
	i := slices.IndexFunc(r.c.Invoices, func(v survey.Invoice) bool { return p.Invoice != "" && v.ID == p.Invoice })
	if i < 0 {
		return amount
	}
	all, digital := new(big.Int), new(big.Int)
	for _, l := range r.c.Invoices[i].Lines {
		gross := big.NewInt(max(int64(l.Gross), 0))
		all.Add(all, gross)
		if !r.notDigital(&l) {
			digital.Add(digital, gross)
		}
	}
	if all.Sign() == 0 {
		return amount
	}
	return amount.Quo(amount.Mul(amount, digital), all)
}

func (r *reader) notDigital(l *survey.InvoiceLine) bool {
	if l.Kind == survey.CostMerger || l.Topic == survey.TopicMerger {
		return true
	}
	for i := range r.c.Assets {
		if a := &r.c.Assets[i]; l.Asset != "" && a.ID == l.Asset {
			return a.Digital == survey.No
		}
	}
	return false
}

func (q *Question) spendingAs(f finding, paid, revenue *big.Int, undated int) finding {
	band := wideBand(paid, revenue, q.Bounds)
	f.letters = []string{q.Options[band].Letter}
	f.ratio = &Ratio{Text: yuan(paid) + " / " + yuan(revenue) + " 元", Bounds: q.Bounds}
	if paid.IsInt64() && revenue.IsInt64() {
		f.ratio = ratio(paid.Int64(), revenue.Int64(), q.Bounds, f.ratio.Text)
	}
	f.explain = f.ratio.Text + " = " + f.ratio.Percent + " → " + f.letters[0]
	if undated > 0 {
		f.explain += fmt.Sprintf("（另有 %d 笔付款没有日期，没有计入）", undated)
	}
	if band < len(q.Bounds) {
		more := new(big.Int).Mul(revenue, big.NewInt(int64(q.Bounds[band])))
		more.Quo(more, big.NewInt(100)).Sub(more, paid).Add(more, big.NewInt(1))
		then := wideBand(new(big.Int).Add(paid, more), revenue, q.Bounds)
		f.flip = "这几年的数字化投入再多 " + yuan(more) + " 元" + gain(q.Options[then].Points-q.Options[band].Points)
	}
	return f
}

// wideBand is Band for sums of any size.
func wideBand(n, den *big.Int, bounds []int) int {
	left := new(big.Int).Mul(n, big.NewInt(100))
	for i, b := range bounds {
		if left.Cmp(new(big.Int).Mul(den, big.NewInt(int64(b)))) <= 0 {
			return i
		}
	}
	return len(bounds)
}

// yuan prints a sum of fen, not negative, in yuan with two decimals.
func yuan(fen *big.Int) string {
	whole, part := new(big.Int).QuoRem(fen, big.NewInt(100), new(big.Int))
	return fmt.Sprintf("%s.%02d", whole, part)
}
