package server

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// percent prints per mille as a percentage with one decimal, a dash for less than nothing.
func percent(mille int) string {
	if mille < 0 {
		return "—"
	}
	return fmt.Sprintf("%d.%d%%", mille/10, mille%10)
}

// wan prints fen in 万元 with two decimals, cut down.
func wan(fen int64) string {
	cents := fen / 10000 // of 万元
	return grouped(fmt.Sprintf("%d.%02d", cents/100, cents%100))
}

// Width gives the length of a bar of at most full units.
func (b bar) Width(full int) int {
	if b.Max == 0 {
		return 0
	}
	return b.Part * full / b.Max
}

// Top is where a bar of that height begins.
func (b bar) Top(full int) int { return full - b.Width(full) }

// share gives the length of a part of most on a scale of full units.
func share(part, most, full int64) int64 {
	if most == 0 {
		return 0
	}
	return part * full / most
}

// Length is how long the bar of a region is, Part how much of it is accepted.
func (t tally) Length(most, full int) int { return int(share(int64(t.All), int64(most), int64(full))) }

// Part is the accepted part of Length.
func (t tally) Part(most, full int) int { return int(share(int64(t.Done()), int64(most), int64(full))) }

// SumLength is how long the bar of a sum is.
func (t tally) SumLength(most int64, full int) int64 { return share(t.Sum, most, int64(full)) }

// chart is two lines over weeks.
type chart struct {
	Received, Decided string // points of polylines
	Area              string
	Grid              []tick
	Weeks             []tick
	Last              [2]tick // the newest points with their numbers
	Text              string  // the same for people who do not see it
}

// tick is a mark with its word.
type tick struct {
	At   int
	Word string
}

// The chart's own units.
const (
	chartWidth, chartHeight = 340, 110
	chartWeeks              = 12
)

// weekly counts by weeks, the last of which is this one.
func weekly(v *visit, received, decided []time.Time, now time.Time) chart {
	a, b := perWeek(received, now), perWeek(decided, now)
	most := 4
	for i := range a {
		most = max(most, a[i], b[i])
	}
	most = (most + 3) / 4 * 4
	y := func(n int) int { return chartHeight - n*chartHeight/most }
	c := chart{Received: points(a, y), Decided: points(b, y)}
	c.Area = c.Received + fmt.Sprintf(" %d,%d 0,%d", chartWidth, chartHeight, chartHeight)
	for i := 0; i <= 4; i++ {
		c.Grid = append(c.Grid, tick{y(most * i / 4), strconv.Itoa(most * i / 4)})
	}
	var words []string
	for i := range a {
		monday := now.In(china).AddDate(0, 0, -7*(chartWeeks-1-i)-(int(now.In(china).Weekday())+6)%7)
		if i%3 == 0 {
			c.Weeks = append(c.Weeks, tick{i * chartWidth / (chartWeeks - 1), monday.Format("1/2")})
		}
		words = append(words, fmt.Sprintf("%s: %d/%d", monday.Format("1/2"), a[i], b[i]))
	}
	c.Last = [2]tick{{y(a[chartWeeks-1]), strconv.Itoa(a[chartWeeks-1])}, {y(b[chartWeeks-1]), strconv.Itoa(b[chartWeeks-1])}}
	c.Text = v.t("每周收到/办结") + " " + strings.Join(words, ", ")
	return c
}

func perWeek(times []time.Time, now time.Time) []int {
	n := make([]int, chartWeeks)
	past := (int(now.In(china).Weekday()) + 6) % 7 // days since Monday
	for _, t := range times {
		back := (daysBetween(t, now) - past + 6) / 7
		if back >= 0 && back < chartWeeks {
			n[chartWeeks-1-back]++
		}
	}
	return n
}

func points(n []int, y func(int) int) string {
	var b strings.Builder
	for i, v := range n {
		_, _ = fmt.Fprintf(&b, "%d,%d ", i*chartWidth/(len(n)-1), y(v))
	}
	return strings.TrimSpace(b.String())
}
