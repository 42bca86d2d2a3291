package assess

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// digitalRate answers Q2: digital machines ÷ all 生产设备.
func (r *reader) digitalRate(q *Question) finding {
	return r.machineRate(q, r.counts.Digital, r.counts.DigitalOpen, "再把 %d 台改成数字化设备", func(a *survey.Asset) survey.Tri { return a.Digital })
}

// networkedRate answers Q3: networked machines ÷ ALL 生产设备, not ÷ the digital ones.
func (r *reader) networkedRate(q *Question) finding {
	return r.machineRate(q, r.counts.Networked, r.counts.NetworkedOpen, "再联网 %d 台", func(a *survey.Asset) survey.Tri { return a.Networked })
}

func (r *reader) machineRate(q *Question, n, open int, deed string, fact func(*survey.Asset) survey.Tri) finding {
	all := r.counts.Machines
	switch {
	case all == 0 && r.counts.Unknown > 0:
		return undefined(fmt.Sprintf("有 %d 台设备还没有核实是否算生产设备，比率无定义", r.counts.Unknown))
	case all == 0:
		return undefined("还没有登记生产设备，比率无定义")
	case open == all:
		return undefined(fmt.Sprintf("%d 台生产设备都还没有填这一项", all))
	}
	band := Band(int64(n), int64(all), q.Bounds)
	f := finding{letters: []string{q.Options[band].Letter}, ratio: ratio(int64(n), int64(all), q.Bounds, fmt.Sprintf("%d / %d 台", n, all))}
	f.explain = f.ratio.Text + " = " + f.ratio.Percent + " → " + f.letters[0]
	if open > 0 {
		f.explain += fmt.Sprintf("（另有 %d 台待核实，暂按否计）", open)
	}
	if r.counts.Unknown > 0 {
		f.explain += fmt.Sprintf("（%d 台未核实是否算生产设备，没有计入）", r.counts.Unknown)
	}
	if band < len(q.Bounds) {
		more := short(n, all, q.Bounds[band])
		then := Band(int64(n+more), int64(all), q.Bounds) // few machines can pass two bounds at once
		f.flip = fmt.Sprintf(deed, more) + gain(q.Options[then].Points-q.Options[band].Points)
	}
	f.behind = make([]Ref, 0, min(n, len(r.c.Assets)))
	for i := range r.c.Assets {
		if a := &r.c.Assets[i]; fact(a) == survey.Yes && inventory.Machines(a) > 0 && a.InDenominator() == survey.Yes {
			f.behind = append(f.behind, r.assetRef(i))
		}
	}
	return f
}

// short gives how many more of all are needed so that the share passes the bound: the least k with 100·(n+k) > bound·all.
func short(n, all, bound int) int {
	return int(int64(bound)*int64(all)/100) + 1 - n
}

func gain(p Points) string { return " → +" + p.String() + " 分" }

func ratio(num, den int64, bounds []int, text string) *Ratio {
	return &Ratio{Num: num, Den: den, Text: text, Percent: inventory.Percent(num, den, bounds...), Bounds: bounds}
}
