package survey

import (
	"strconv"

	"github.com/shangyuntong/shangyun/survey/money"
)

// SizeTrade is one of the 16 trades of 工信部联企业〔2011〕300号, each with its own bounds. "" is unknown.
type SizeTrade string

// The trades in the order of the rule.
const (
	TradeFarming    SizeTrade = "farming"
	TradeIndustry   SizeTrade = "industry"
	TradeBuilding   SizeTrade = "building"
	TradeWholesale  SizeTrade = "wholesale"
	TradeRetail     SizeTrade = "retail"
	TradeTransport  SizeTrade = "transport"
	TradeStorage    SizeTrade = "storage"
	TradePost       SizeTrade = "post"
	TradeLodging    SizeTrade = "lodging"
	TradeCatering   SizeTrade = "catering"
	TradeTelecom    SizeTrade = "telecom"
	TradeSoftware   SizeTrade = "software"
	TradeRealEstate SizeTrade = "realestate"
	TradeProperty   SizeTrade = "property"
	TradeLeasing    SizeTrade = "leasing"
	TradeOther      SizeTrade = "other"
)

// sizeMeasure is a figure that the rule counts in.
type sizeMeasure int

const (
	sizeStaff   sizeMeasure = iota // people
	sizeRevenue                    // 万元 in the table, fen in a figure
	sizeAssets                     // as revenue
)

func (m sizeMeasure) name() string {
	return [...]string{"从业人员", "营业收入", "资产总额"}[m]
}

// show prints a figure exactly, so that 1999.99 never reads as 2000.
func (m sizeMeasure) show(v int64) string {
	if m == sizeStaff {
		return strconv.FormatInt(v, 10) + "人"
	}
	return money.Fen(v).WanExact() + "万元"
}

// sizeBound is one measure with its least figures for small, medium and large: people, or 万元.
type sizeBound struct {
	measure sizeMeasure
	from    [3]int64
}

// least is the least figure of the class with this rank (1 small … 3 large), in people or fen.
func (b sizeBound) least(rank int) int64 {
	n := b.from[rank-1]
	if b.measure == sizeStaff {
		return n
	}
	return int64(money.Yuan(n * 10000))
}

// sizeRules are the bounds of 工信部联企业〔2011〕300号 for all 16 trades.
var sizeRules = []struct {
	trade  SizeTrade
	name   string
	bounds []sizeBound
}{
	{TradeFarming, "农、林、牧、渔业", []sizeBound{{sizeRevenue, [3]int64{50, 500, 20000}}}},
	{TradeIndustry, "工业", []sizeBound{{sizeStaff, [3]int64{20, 300, 1000}}, {sizeRevenue, [3]int64{300, 2000, 40000}}}},
	{TradeBuilding, "建筑业", []sizeBound{{sizeRevenue, [3]int64{300, 6000, 80000}}, {sizeAssets, [3]int64{300, 5000, 80000}}}},
	{TradeWholesale, "批发业", []sizeBound{{sizeStaff, [3]int64{5, 20, 200}}, {sizeRevenue, [3]int64{1000, 5000, 40000}}}},
	{TradeRetail, "零售业", []sizeBound{{sizeStaff, [3]int64{10, 50, 300}}, {sizeRevenue, [3]int64{100, 500, 20000}}}},
	{TradeTransport, "交通运输业", []sizeBound{{sizeStaff, [3]int64{20, 300, 1000}}, {sizeRevenue, [3]int64{200, 3000, 30000}}}},
	{TradeStorage, "仓储业", []sizeBound{{sizeStaff, [3]int64{20, 100, 200}}, {sizeRevenue, [3]int64{100, 1000, 30000}}}},
	{TradePost, "邮政业", []sizeBound{{sizeStaff, [3]int64{20, 300, 1000}}, {sizeRevenue, [3]int64{100, 2000, 30000}}}},
	{TradeLodging, "住宿业", []sizeBound{{sizeStaff, [3]int64{10, 100, 300}}, {sizeRevenue, [3]int64{100, 2000, 10000}}}},
	{TradeCatering, "餐饮业", []sizeBound{{sizeStaff, [3]int64{10, 100, 300}}, {sizeRevenue, [3]int64{100, 2000, 10000}}}},
	{TradeTelecom, "信息传输业", []sizeBound{{sizeStaff, [3]int64{10, 100, 2000}}, {sizeRevenue, [3]int64{100, 1000, 100000}}}},
	{TradeSoftware, "软件和信息技术服务业", []sizeBound{{sizeStaff, [3]int64{10, 100, 300}}, {sizeRevenue, [3]int64{50, 1000, 10000}}}},
	{TradeRealEstate, "房地产开发经营", []sizeBound{{sizeRevenue, [3]int64{100, 1000, 200000}}, {sizeAssets, [3]int64{2000, 5000, 10000}}}},
	{TradeProperty, "物业管理", []sizeBound{{sizeStaff, [3]int64{100, 300, 1000}}, {sizeRevenue, [3]int64{500, 1000, 5000}}}},
	{TradeLeasing, "租赁和商务服务业", []sizeBound{{sizeStaff, [3]int64{10, 100, 300}}, {sizeAssets, [3]int64{100, 8000, 120000}}}},
	{TradeOther, "其他未列明行业", []sizeBound{{sizeStaff, [3]int64{10, 100, 300}}}},
}

// SizeTrades returns the 16 trades in the order of the rule.
func SizeTrades() []SizeTrade {
	var trades []SizeTrade
	for _, r := range sizeRules {
		trades = append(trades, r.trade)
	}
	return trades
}

// Chinese returns the trade's name in the rule, "待核实" when unknown.
func (t SizeTrade) Chinese() string {
	for _, r := range sizeRules {
		if r.trade == t {
			return r.name
		}
	}
	return "待核实"
}

func (t SizeTrade) rule() ([]sizeBound, bool) {
	for _, r := range sizeRules {
		if r.trade == t {
			return r.bounds, true
		}
	}
	return nil, false
}

// SizeTradeOf gives the trade of a GB/T 4754-2017 code such as "C33", "3392", "B" or "701". 采矿 (B), 制造 (C) and 电力
// (D) are 工业. It reports false where the code is too short to tell (59, K70), where the rule does not reach (铁路,
// 金融, 教育, 卫生, 公共管理) or where it is no code. Outside B, C and D the assignment follows the notes of the
// 统计上大中小微型企业划分办法(2017) from memory: 待核实.
func SizeTradeOf(industryCode string) (SizeTrade, bool) {
	letter, digits, ok := splitIndustry(industryCode)
	if !ok {
		return "", false
	}
	if t, ok := tradeOfLetter[letter]; ok {
		return t, true
	}
	for n := len(digits); n >= 2; n-- {
		if t, ok := tradeOfDigits[digits[:n]]; ok {
			return t, true
		}
	}
	return "", false
}

var tradeOfLetter = map[byte]SizeTrade{
	'A': TradeFarming, 'B': TradeIndustry, 'C': TradeIndustry, 'D': TradeIndustry, 'E': TradeBuilding, 'L': TradeLeasing,
	'M': TradeOther, 'N': TradeOther, 'O': TradeOther, 'R': TradeOther,
}

// tradeOfDigits goes by the longest beginning.
var tradeOfDigits = map[string]SizeTrade{
	"51": TradeWholesale, "52": TradeRetail,
	"54": TradeTransport, "55": TradeTransport, "56": TradeTransport, "57": TradeTransport, "58": TradeTransport, "591": TradeTransport,
	"592": TradeStorage, "593": TradeStorage, "594": TradeStorage, "595": TradeStorage, "596": TradeStorage, "599": TradeStorage,
	"60": TradePost, "61": TradeLodging, "62": TradeCatering, "63": TradeTelecom, "64": TradeTelecom, "65": TradeSoftware,
	"701": TradeRealEstate, "702": TradeProperty, "703": TradeOther, "709": TradeOther, "85": TradeOther,
}
