package part

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// OptionSpec is one answer of a question: its letter, words, points and a note, each but the text may be empty.
type OptionSpec struct {
	Letter, Text, Points, Note string
	Sub                        string // a second, muted line
}

// OptionRow is one answer to tap: a radio button, or a check box among answers of which several may hold.
type OptionRow struct {
	press
	spec     OptionSpec
	multi    bool
	selected bool
	key      wrapKey
	lines    []string
	subKey   wrapKey
	subLines []string
	onRune   func(rune)
}

// Label is the words of the row.
func (r *OptionRow) Label() string { return r.spec.Text }

// TypedRune hands a typed letter to the group, so that A to E choose.
func (r *OptionRow) TypedRune(c rune) {
	if r.onRune != nil {
		r.onRune(c)
	}
}

// NewOptionRow makes a row; multi draws a check box instead of a radio button. onTap is called on every
// tap; the caller selects.
func NewOptionRow(spec OptionSpec, multi, selected bool, onTap func()) *OptionRow {
	r := &OptionRow{spec: spec, multi: multi, selected: selected}
	r.act = onTap
	r.bind(r, r.measure, r.draw)
	return r
}

// SetSelected marks the row or not.
func (r *OptionRow) SetSelected(on bool) { r.selected = on; r.Refresh() }

// Selected says whether the row is marked.
func (r *OptionRow) Selected() bool { return r.selected }

// SetNote exchanges the note at the right, such as 与清单一致.
func (r *OptionRow) SetNote(s string) { r.spec.Note = s; r.Refresh() }

func (r *OptionRow) left() float32 {
	x := float32(42)
	if r.spec.Letter != "" {
		x += 22
	}
	return x
}

func (r *OptionRow) right() float32 {
	w := float32(16)
	if r.spec.Points != "" {
		w += textWidth(r.spec.Points, stepBold) + 12
	}
	if r.spec.Note != "" {
		w += textWidth(r.spec.Note, mutedInk) + 12
	}
	return w
}

func (r *OptionRow) broken(width float32) []string {
	room := max(60, width-r.left()-r.right())
	key := wrapKey{r.spec.Text, room, theme.Scale()}
	if key != r.key {
		r.key = key
		r.lines = wrap(r.spec.Text, room, func(s string) float32 { return textWidth(s, stepBold) })
	}
	return r.lines
}

// brokenSub wraps the second line.
func (r *OptionRow) brokenSub(width float32) []string {
	room := max(60, width-r.left()-r.right())
	key := wrapKey{r.spec.Sub, room, theme.Scale()}
	if key != r.subKey {
		r.subKey = key
		r.subLines = wrap(r.spec.Sub, room, func(s string) float32 { return textWidth(s, mutedInk) })
	}
	return r.subLines
}

func (r *OptionRow) measure() fyne.Size {
	w := r.designSize().Width
	n, subs := 1, 1
	if w > 0 {
		n, subs = len(r.broken(w)), len(r.brokenSub(w))
	}
	h := 20 + 21*float32(n)
	if r.spec.Sub != "" {
		h += 18 * float32(subs)
	}
	return fyne.NewSize(r.left()+r.right()+90, h)
}

func (r *OptionRow) draw(p *pen, size fyne.Size) {
	face := box{fill: theme.Surface, line: theme.Line, radius: theme.RadiusButton}
	text := stepInk
	switch {
	case r.selected:
		face.fill, face.line, face.lineWidth = theme.Tint, theme.Accent, 2
		text = stepBold.in(theme.Accent)
	case r.hovered && !r.disabled:
		face.fill, face.line = theme.Sunk, theme.StrongLine
	}
	if r.disabled {
		text.token = theme.Faint
	}
	p.rect(0, 0, size.Width, size.Height, face)
	cy := size.Height / 2
	r.drawMark(p, 22, cy)
	if r.spec.Letter != "" {
		p.text(42, cy, r.spec.Letter, stepBold.in(text.token))
	}
	lines := r.broken(size.Width)
	y := cy - 10.5*float32(len(lines)-1)
	if r.spec.Sub != "" {
		y -= 9 * float32(len(r.brokenSub(size.Width)))
	}
	for _, s := range lines {
		p.text(r.left(), y, s, text)
		y += 21
	}
	if r.spec.Sub != "" {
		for _, s := range r.brokenSub(size.Width) {
			p.text(r.left(), y-1, s, mutedInk)
			y += 18
		}
	}
	x := size.Width - 16
	if r.spec.Points != "" {
		i := cellInk.in(text.token)
		if r.selected {
			i = cellBold.in(theme.Accent)
		}
		p.textRight(x, cy, r.spec.Points, i)
		x -= max(52, textWidth(r.spec.Points, stepBold)+12)
	}
	p.textRight(x, cy, r.spec.Note, mutedInk)
	if r.focused {
		p.ring(2, 2, size.Width-4, size.Height-4, theme.RadiusButton-2)
	}
}

func (r *OptionRow) drawMark(p *pen, cx, cy float32) {
	ring := theme.StrongLine
	if r.selected {
		ring = theme.Accent
	}
	if r.multi {
		if r.selected {
			p.rect(cx-9, cy-9, 18, 18, box{fill: theme.Accent, radius: 4})
			p.icon(cx, cy, 14, "check", theme.OnAccent)
			return
		}
		p.rect(cx-9, cy-9, 18, 18, box{fill: theme.Surface, line: ring, lineWidth: 1.5, radius: 4})
		return
	}
	p.disc(cx, cy, 10, theme.Surface, ring, 1.8)
	if r.selected {
		p.disc(cx, cy, 5.5, theme.Accent, "", 0)
	}
}

// OptionGroup is the answers of one question under each other.
type OptionGroup struct {
	panel
	rows     []*OptionRow
	multi    bool
	onChange func(chosen []int)
}

// NewOptionGroup makes the answers; onChange is told the indexes that are selected after a tap. Up and Down move
// between the rows.
func NewOptionGroup(specs []OptionSpec, multi bool, onChange func(chosen []int)) *OptionGroup {
	g := &OptionGroup{multi: multi, onChange: onChange}
	list := VStack(6)
	for i, spec := range specs {
		row := NewOptionRow(spec, multi, false, func() { g.tap(i) })
		row.onKey = func(k fyne.KeyName) bool { return g.step(i, k) }
		row.onRune = func(c rune) { g.Letter(c) }
		g.rows = append(g.rows, row)
		list.Add(row)
	}
	g.wrap(g, list)
	return g
}

func (g *OptionGroup) tap(i int) {
	for j, r := range g.rows {
		switch {
		case j == i && g.multi:
			r.SetSelected(!r.selected)
		case !g.multi:
			r.SetSelected(j == i)
		}
	}
	if g.onChange != nil {
		g.onChange(g.Chosen())
	}
}

func (g *OptionGroup) step(i int, k fyne.KeyName) bool {
	switch k {
	case fyne.KeyDown:
		i++
	case fyne.KeyUp:
		i--
	default:
		return false
	}
	if i >= 0 && i < len(g.rows) {
		if c := fyne.CurrentApp().Driver().CanvasForObject(g.rows[i]); c != nil {
			c.Focus(g.rows[i])
		}
	}
	return true
}

// Letter taps the row with that letter, small or capital; false when there is none.
func (g *OptionGroup) Letter(c rune) bool {
	for i, r := range g.rows {
		if r.spec.Letter != "" && strings.EqualFold(r.spec.Letter, string(c)) {
			g.tap(i)
			return true
		}
	}
	return false
}

// Focused is the row that has the keyboard, -1 for none.
func (g *OptionGroup) Focused() int {
	for i, r := range g.rows {
		if r.focused {
			return i
		}
	}
	return -1
}

// Chosen is the selected indexes in order.
func (g *OptionGroup) Chosen() []int {
	var out []int
	for i, r := range g.rows {
		if r.selected {
			out = append(out, i)
		}
	}
	return out
}

// Set selects exactly these indexes without a call back.
func (g *OptionGroup) Set(chosen ...int) {
	for i, r := range g.rows {
		on := false
		for _, c := range chosen {
			on = on || c == i
		}
		r.SetSelected(on)
	}
}

// Row is the answer with index i, to note or disable it.
func (g *OptionGroup) Row(i int) *OptionRow { return g.rows[i] }
