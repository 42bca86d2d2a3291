package view

import (
	"slices"
	"strconv"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Cell is how far one question is.
type Cell int

// The states of a question.
const (
	CellOpen    Cell = iota
	CellDone         // answered
	CellProblem      // a declaration differs without an explanation
)

// CellGroup is the questions of one dimension, or the scenes.
type CellGroup struct {
	Title string
	Cells []Cell
}

// Strip gives the progress of all questions in groups, in the order of Keys, and how many are answered, such as 28 / 31.
func Strip(w Words, st *wizard.State) (groups []CellGroup, words string) {
	a := &st.Assessment
	done, all := 0, 0
	state := func(key string) Cell {
		all++
		for _, d := range a.Differences {
			if d.Item == key && d.Explained == "" {
				return CellProblem
			}
		}
		if slices.Contains(a.Open, key) {
			return CellOpen
		}
		done++
		return CellDone
	}
	for _, d := range a.Dimensions {
		g := CellGroup{Title: d.Title}
		for i := range a.Items {
			if a.Items[i].Dimension == d.Key {
				g.Cells = append(g.Cells, state(a.Items[i].Key))
			}
		}
		groups = append(groups, g)
	}
	g := CellGroup{Title: w("assess.scenes")}
	for i := range a.Scenes {
		g.Cells = append(g.Cells, state(a.Scenes[i].Key))
	}
	return append(groups, g), strconv.Itoa(done) + " / " + strconv.Itoa(all)
}
