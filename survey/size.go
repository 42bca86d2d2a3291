package survey

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
)

// SizeClass is 大型, 中型, 小型 or 微型 by 工信部联企业〔2011〕300号. The zero value is undetermined.
type SizeClass string

// The classes; their values are the words of the exchange JSON.
const (
	SizeUndetermined SizeClass = ""
	SizeMicro        SizeClass = "micro"
	SizeSmall        SizeClass = "small"
	SizeMedium       SizeClass = "medium"
	SizeLarge        SizeClass = "large"
)

// SizeRule names the rule that ClassifySize applies.
const SizeRule = "工信部联企业〔2011〕300号"

// Chinese returns 大型, 中型, 小型 or 微型, and 待核实 when undetermined.
func (c SizeClass) Chinese() string {
	if r := c.rank(); r >= 0 {
		return sizeWords[r]
	}
	return "待核实"
}

// ParseSizeClass reads a class by its Chinese name, with or without 企业, or by its English word. It reports false for
// anything else, the empty text included.
func ParseSizeClass(s string) (SizeClass, bool) {
	s = strings.TrimSuffix(NormalizeText(s), "企业")
	for i, c := range sizeRanks {
		if s == string(c) || s == sizeWords[i] {
			return c, true
		}
	}
	return SizeUndetermined, false
}

var (
	sizeRanks = [4]SizeClass{SizeMicro, SizeSmall, SizeMedium, SizeLarge}
	sizeWords = [4]string{"微型", "小型", "中型", "大型"}
)

func (c SizeClass) rank() int {
	for i, r := range sizeRanks {
		if r == c {
			return i
		}
	}
	return -1
}

// ClassifySize puts a firm into its class by 工信部联企业〔2011〕300号 and says why, in Chinese with the bounds. Large,
// medium and small ask for every bound of their class; one figure below the small bound makes a firm micro. Staff are
// 从业人员, revenue is 营业收入, assets are 资产总额; a nil figure is unknown. The class is SizeUndetermined when a figure
// that decides is missing or negative, or the trade is unknown. Figures that the trade's rule does not use are ignored.
func ClassifySize(trade SizeTrade, staff *int, revenue, assets *money.Fen) (class SizeClass, reason string) {
	rule, ok := trade.rule()
	if !ok {
		return SizeUndetermined, "行业未定或不在" + SizeRule + "所列 16 类之内，请先选择行业"
	}
	figures := readFigures(rule, staff, revenue, assets)
	rank, missing := len(sizeRanks)-1, ""
	for _, f := range figures {
		switch {
		case f.value == nil:
			missing += "、" + f.bound.measure.name()
		case *f.value < 0:
			return SizeUndetermined, f.bound.measure.name() + "不能为负数，请核对"
		default:
			rank = min(rank, f.rank())
		}
	}
	if missing != "" && rank > 0 {
		return SizeUndetermined, "缺少" + strings.TrimPrefix(missing, "、") + "，不能按" + SizeRule + "（" + trade.Chinese() + "）划型，请补填"
	}
	return sizeRanks[rank], explainSize(trade, figures, rank)
}

// figure is what a firm has of one measure, beside its bounds.
type figure struct {
	bound sizeBound
	value *int64 // people, or fen
}

// rank is the highest class that this figure alone allows.
func (f figure) rank() int {
	r := 0
	for r < len(f.bound.from) && *f.value >= f.bound.least(r+1) {
		r++
	}
	return r
}

func readFigures(rule []sizeBound, staff *int, revenue, assets *money.Fen) []figure {
	var figures []figure
	for _, b := range rule {
		f := figure{bound: b}
		switch {
		case b.measure == sizeStaff && staff != nil:
			v := int64(*staff)
			f.value = &v
		case b.measure == sizeRevenue && revenue != nil:
			f.value = (*int64)(revenue)
		case b.measure == sizeAssets && assets != nil:
			f.value = (*int64)(assets)
		}
		figures = append(figures, f)
	}
	return figures
}

// explainSize names the bounds that were reached and the one that was not.
func explainSize(trade SizeTrade, figures []figure, rank int) string {
	var has, reached, short []string
	for _, f := range figures {
		name := f.bound.measure.name()
		if f.value == nil {
			continue
		}
		has = append(has, name+" "+f.bound.measure.show(*f.value))
		if rank > 0 {
			reached = append(reached, fmt.Sprintf("%s≥%s", name, f.bound.measure.show(f.bound.least(rank))))
		}
		if rank < len(sizeRanks)-1 && f.rank() == rank {
			short = append(short, fmt.Sprintf("%s＜%s", name, f.bound.measure.show(f.bound.least(rank+1))))
		}
	}
	s := fmt.Sprintf("按%s（%s）：%s", SizeRule, trade.Chinese(), strings.Join(has, "，"))
	if len(reached) > 0 {
		s += fmt.Sprintf("；达到%s下限（%s）", sizeWords[rank], strings.Join(reached, "且"))
	}
	if len(short) > 0 {
		s += fmt.Sprintf("；未达到%s下限（%s）", sizeWords[rank+1], strings.Join(short, "，"))
	}
	return s + "，为" + sizeWords[rank] + "企业"
}
