package inventory

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// Rate is one share of the register, named after the rule it follows.
type Rate struct {
	Key      string
	Name     string
	Num, Den int
	Percent  string // one decimal, "" when undefined
	Text     string // "21 / 60 台", or why the rate is undefined
	Rule     string // numerator ÷ denominator in words
	Standard string // whose rule it is
	Source   string // where the rule was read
	Status   string // 官方, 二手, 待核实 or 自有口径
}

// Rates gives the printable rates of the counts in a fixed order. The two 联网率 differ in their denominators on purpose: the 2024
// edition divides by all 生产设备, 两化融合 by the digital ones.
func Rates(n Counts) []Rate {
	const (
		edition = "《中小企业数字化水平评测指标（2024年版）》工信厅企业〔2024〕56号"
		json    = "官方题库的公开转载"
	)
	return []Rate{
		rate("digital", "生产设备数字化率", n.Digital, n.Machines, "台", n.DigitalOpen, n.noMachine(),
			"数字化生产设备 ÷ 全部生产设备", edition+" 采集项 Q2", json, "二手"),
		rate("networked", "生产设备联网率", n.Networked, n.Machines, "台", n.NetworkedOpen, n.noMachine(),
			"已联网生产设备 ÷ 全部生产设备", edition+" 采集项 Q3", json, "二手"),
		rate("digital-networked", "数字化生产设备联网率", n.DigitalNetworked, n.Digital, "台", 0, "还没有登记数字化生产设备，比率无定义",
			"已联网的数字化生产设备 ÷ 数字化生产设备", "两化融合评估（GB/T 23020-2013）", "未见标准原文", "待核实"),
		rate("key-numeric", "关键工序数控化率", n.KeyNumeric, n.KeySteps, "道", n.KeyNumericOpen, "还没有登记关键工序，比率无定义",
			"有数控设备的关键工序 ÷ 全部关键工序（离散行业）", "两化融合评估通用口径", "公开资料转述", "二手"),
		rate("cloud", "生产设备上云率", n.OnCloud, n.Machines, "台", n.CloudOpen, n.noMachine(),
			"已上云生产设备 ÷ 全部生产设备", "上云通", "本软件", "自有口径"),
	}
}

func (n Counts) noMachine() string {
	if n.Unknown > 0 {
		return fmt.Sprintf("有 %d 台设备未核实是否算生产设备，比率无定义", n.Unknown)
	}
	return "还没有登记生产设备，比率无定义"
}

func rate(key, name string, num, den int, unit string, open int, undefined string, by ...string) Rate {
	r := Rate{Key: key, Name: name, Num: num, Den: den, Rule: by[0], Standard: by[1], Source: by[2], Status: by[3], Text: undefined}
	if den <= 0 {
		return r
	}
	r.Percent = Percent(int64(num), int64(den))
	r.Text = fmt.Sprintf("%d / %d %s", num, den, unit)
	if open > 0 {
		r.Text += fmt.Sprintf("（另有 %d %s待核实，暂按否计）", open, unit)
	}
	return r
}

// Percent prints num/den in per cent with one decimal, rounded half up. When rounding would print one of the bounds (whole per
// cents) although the share is not on it, more decimals are shown, six at most: 1001/2500 against 40 is "40.04%". It gives "" when
// the share is undefined: den ≤ 0 or num < 0. Compare shares by 100·num against bound·den, never by this text.
func Percent(num, den int64, bounds ...int) string {
	if den <= 0 || num < 0 {
		return ""
	}
	places, scale := 1, uint64(1000)
	for places < 6 && hides(num, den, scale, bounds) {
		places, scale = places+1, scale*10
	}
	q, ok := scaled(num, den, scale)
	if !ok {
		return ">100%"
	}
	unit := scale / 100
	frac := strconv.FormatUint(q%unit, 10)
	return strconv.FormatUint(q/unit, 10) + "." + strings.Repeat("0", places-len(frac)) + frac + "%"
}

// hides tells whether the share, rounded to scale, prints a bound that it does not stand on.
func hides(num, den int64, scale uint64, bounds []int) bool {
	q, ok := scaled(num, den, scale)
	if !ok {
		return false
	}
	for _, b := range bounds {
		if q != uint64(b)*(scale/100) {
			continue
		}
		nh, nl := bits.Mul64(uint64(num), 100)
		bh, bl := bits.Mul64(uint64(b), uint64(den))
		return nh != bh || nl != bl
	}
	return false
}

// scaled gives num·scale/den rounded half up; false when it does not fit.
func scaled(num, den int64, scale uint64) (uint64, bool) {
	hi, lo := bits.Mul64(uint64(num), scale)
	lo, carry := bits.Add64(lo, uint64(den)/2, 0)
	hi += carry
	if hi >= uint64(den) {
		return 0, false
	}
	q, _ := bits.Div64(hi, lo, uint64(den))
	return q, true
}
