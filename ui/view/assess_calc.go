package view

import (
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// maxFigure is how long a ratio may be to be set in large type.
const maxFigure = 18

// calcOf shows how the register came to an answer.
func calcOf(w Words, st *wizard.State, it *assess.Item) *Calc {
	c := &Calc{Sentence: it.Explain, Flip: it.Flip, Result: w("assess.points", it.ComputedPoints.String()), Next: -1}
	r := it.Ratio
	if r == nil {
		return c
	}
	if r.Percent != "" && len([]rune(r.Text)) <= maxFigure {
		c.Parts = []string{r.Text, r.Percent}
		if it.Explain == r.Text+" = "+r.Percent+" → "+strings.Join(it.Computed, "、") {
			c.Sentence = ""
		}
	}
	if len(r.Bounds) == 0 || len(r.Bounds) != len(it.Options)-1 || r.Den <= 0 {
		return c
	}
	for i, o := range it.Options {
		b := Band{To: 1, Points: w("assess.points", o.Points.String())}
		if i < len(r.Bounds) {
			b.To, b.Label = float32(r.Bounds[i])/100, strconv.Itoa(r.Bounds[i])+"%"
		}
		c.Bands = append(c.Bands, b)
	}
	c.Value = place(r.Num, r.Den)
	if more := nearest(st, it.Key); more > 0 {
		c.Next = place(r.Num+int64(more), r.Den)
	}
	return c
}

// place is where a ratio lies on the scale; it only draws, points are counted elsewhere.
func place(num, den int64) float32 { return min(1, float32(float64(num)/float64(den))) }

// nearest gives the fewest further machines that bring points for an item.
func nearest(st *wizard.State, item string) int {
	least := 0
	for _, s := range st.Assessment.Steps {
		if s.Item == item && s.Machines > 0 && (least == 0 || s.Machines < least) {
			least = s.Machines
		}
	}
	return least
}

// mendOf leads to where the missing figure of an item is entered.
func mendOf(st *wizard.State, it *assess.Item) string {
	last := st.Case.LastYear()
	if last == 0 {
		return "asOf"
	}
	year := func(back int, fields ...string) string {
		for y := last; y > last-back; y-- {
			for _, f := range fields {
				path := "years." + strconv.Itoa(y) + "." + f
				if v, err := wizard.Get(st.Case, path); err != nil || v == "" {
					return path
				}
			}
		}
		return "years." + strconv.Itoa(last) + "." + fields[0]
	}
	switch it.Key {
	case "Q1":
		return "arrangements.control-net.have"
	case "Q5":
		return "systems"
	case "Q6":
		return "arrangements.net-policy.have"
	case "Q7":
		return "arrangements.data-policy.have"
	case "Q11":
		if len(st.Case.Payments) == 0 {
			return "payments"
		}
		return year(3, "revenue")
	case "Q12":
		return year(2, "energyKgce", "revenue")
	case "Q13":
		return year(2, "passRates")
	case "Q14":
		return year(2, "revenue", "staff")
	case "Q15":
		return year(2, "cost", "revenue")
	}
	return "assets"
}
