package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// CellState is how far the thing behind a cell is.
type CellState int

// The states of a cell.
const (
	CellOpen CellState = iota
	CellDone
	CellProblem
)

// CellGroup is some cells under one title.
type CellGroup struct {
	Title string
	Cells []CellState
}

// CellStrip shows many small things in groups, such as the questions of a form, and which is open now. It is one stop of the Tab key;
// Left, Right, Home and End move.
type CellStrip struct {
	press
	groups []CellGroup
	at     int
	words  string
	onPick func(int)
}

// NewCellStrip makes an empty strip; onPick is told the cell's number, counted from 0 over all groups.
func NewCellStrip(onPick func(int)) *CellStrip {
	s := &CellStrip{onPick: onPick}
	s.act = func() {}
	s.onKey = s.key
	s.bind(s, func() fyne.Size {
		_, n := s.fixed()
		return fyne.NewSize(s.rest()+shortTitle*float32(len(s.groups))+3*float32(n), 30)
	}, s.draw)
	return s
}

// Set shows groups, the present cell and words at the right end, such as 28 / 31.
func (s *CellStrip) Set(groups []CellGroup, at int, words string) {
	s.groups, s.at, s.words = groups, at, words
	s.Refresh()
}

// At is the number of the present cell.
func (s *CellStrip) At() int { return s.at }

// Pick goes to a cell as if the person had.
func (s *CellStrip) Pick(i int) {
	_, n := s.fixed()
	if i >= 0 && i < n && i != s.at && s.onPick != nil {
		s.onPick(i)
	}
}

const (
	cellGap  = 3
	groupGap = 16
)

// shortTitle is the least room for a group's title, which is then cut.
const shortTitle = 28

// rest is the width of all but the cells and the groups' titles.
func (s *CellStrip) rest() float32 {
	_, n := s.fixed()
	return textWidth(s.words, cellBold) + 12 + float32(max(0, len(s.groups)-1))*groupGap + 8*float32(len(s.groups)) + cellGap*float32(n)
}

// fixed is the width of all but the cells with whole titles, and the number of cells.
func (s *CellStrip) fixed() (width float32, cells int) {
	width = textWidth(s.words, cellBold) + 12
	for i, g := range s.groups {
		width += textWidth(g.Title, mutedInk.strong()) + 8
		if i > 0 {
			width += groupGap
		}
		cells += len(g.Cells)
	}
	return width + cellGap*float32(cells), cells
}

// titles is how wide a group's title may be: whole where there is room, else an equal share of what the smallest cells leave.
func (s *CellStrip) titles(width float32) func(g CellGroup) float32 {
	fixed, n := s.fixed()
	limit := float32(1e6)
	if fixed+3*float32(n) > width {
		limit = max(shortTitle, (width-s.rest()-3*float32(n))/float32(max(1, len(s.groups))))
	}
	return func(g CellGroup) float32 { return min(limit, textWidth(g.Title, mutedInk.strong())) }
}

// each visits the cells with their left edges; title is told each group's title.
func (s *CellStrip) each(width float32, title func(x, w float32, g CellGroup), cell func(i int, x, w float32, state CellState)) {
	fixed, n := s.fixed()
	if n == 0 {
		return
	}
	w, wide := clamp((width-fixed)/float32(n), 3, 17), s.titles(width)
	x, i := float32(0), 0
	for k, g := range s.groups {
		if k > 0 {
			x += groupGap
		}
		if title != nil {
			title(x, wide(g), g)
		}
		x += wide(g) + 8
		for _, state := range g.Cells {
			cell(i, x, w, state)
			x += w + cellGap
			i++
		}
	}
}

// Tapped goes to the nearest cell.
func (s *CellStrip) Tapped(e *fyne.PointEvent) {
	x, best, far := e.Position.X/theme.Scale(), -1, float32(0)
	s.each(s.designSize().Width, nil, func(i int, left, w float32, _ CellState) {
		if d := abs(left + w/2 - x); best < 0 || d < far {
			best, far = i, d
		}
	})
	s.Pick(best)
}

func (s *CellStrip) key(k fyne.KeyName) bool {
	_, n := s.fixed()
	switch k {
	case fyne.KeyLeft:
		s.Pick(s.at - 1)
	case fyne.KeyRight:
		s.Pick(s.at + 1)
	case fyne.KeyHome:
		s.Pick(0)
	case fyne.KeyEnd:
		s.Pick(n - 1)
	default:
		return false
	}
	return true
}

func (s *CellStrip) draw(p *pen, size fyne.Size) {
	cy := size.Height / 2
	s.each(size.Width, func(x, w float32, g CellGroup) { p.textFit(x, cy, w, g.Title, mutedInk.strong()) },
		func(i int, x, w float32, state CellState) {
			token := [...]fyne.ThemeColorName{theme.Track, theme.Accent, theme.Err}[clampInt(int(state), 0, 2)]
			p.rect(x, cy-5, w, 10, box{fill: token, radius: 3})
			if i == s.at {
				p.rect(x-3, cy-9, w+6, 18, box{line: theme.Accent, lineWidth: 2, radius: 5})
			}
		})
	p.textRight(size.Width, cy, s.words, cellBold)
	if s.focused {
		p.ring(-6, 0, size.Width+12, size.Height, theme.RadiusBadge)
	}
}
