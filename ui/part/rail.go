package part

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// StepState is how far a step is.
type StepState int

// The states of a step.
const (
	StepTodo StepState = iota
	StepCurrent
	StepDone
	StepProblem
)

// RailItem is one step: its title, how far it is, and that state in words.
type RailItem struct {
	Title string
	State StepState
	Note  string // in words; empty: 未开始, 正在填写, 已完成 or 有待改 by state
	// Off forbids going to the step.
	Off bool
}

func (i RailItem) note() string {
	if i.Note != "" {
		return i.Note
	}
	return word([...]string{"todo", "doing", "done", "problem"}[clampInt(int(i.State), 0, 3)])
}

// RailFoot is what the rail says at its foot.
type RailFoot struct {
	Done, All int    // steps
	Online    bool   // a portal is enrolled: 已登记 or 未登记
	Saved     string // hh:mm of the last save; empty: 尚未保存
}

// StepRail is the left edge of the window: logo, way home, the case, its steps, progress and connection.
type StepRail struct {
	panel
	home  *homeRow
	firm  *railFirm
	turns *railTurns
	steps *fyne.Container
	rows  []*railRow
	foot  *railFoot
	lock  *turnButton
	help  *turnButton
	onTap func(int)
}

// NewStepRail makes a rail; onHome and onTap (with the step's index) are called on a tap.
func NewStepRail(product string, onHome func(), onTap func(int)) *StepRail {
	r := &StepRail{home: newHomeRow(onHome), firm: newRailFirm(), steps: VStack(0), foot: newRailFoot(), onTap: onTap}
	r.turns = newRailTurns(r.firm)
	r.lock = newTurnButton("lock", func(string) {})
	r.lock.Hide()
	r.help = newTurnButton("question", func(string) {})
	r.help.Hide()
	line := Pad(0, 20, 0, 20, Hairline())
	edge := &drawn{}
	edge.bind(edge, func() fyne.Size { return fyne.Size{} }, func(p *pen, size fyne.Size) {
		p.rect(0, 0, size.Width, size.Height, box{fill: theme.Rail})
		p.hairDown(size.Width-1, 0, size.Height)
	})
	top := VStack(0, Layers(railLogo(product), VStack(0, Pad(19, 14, 0, 0, HStack(0, Spacer(), r.help, r.lock)))), r.home, VGap(10), line, Layers(r.firm, r.turns.row))
	r.wrap(r, Layers(edge, VStack(0, top, Grow(Scroll(r.steps)), r.foot)))
	return r
}

// SetHome marks the way home as the present page or not.
func (r *StepRail) SetHome(current bool) { r.home.on = current; r.home.Refresh() }

// SetLock shows the button that locks beside the logo; one without OnTap hides it.
func (r *StepRail) SetLock(t RailTurn) {
	if t.OnTap == nil {
		r.lock.Hide()
		return
	}
	r.lock.set(t)
	r.lock.Show()
}

// SetHelp shows the button that explains the page beside the logo.
func (r *StepRail) SetHelp(label string, onTap func()) {
	r.help.set(RailTurn{Label: label, Note: label, OnTap: onTap})
	r.help.Show()
}

// SetCase names the firm and the case; an empty firm hides both.
func (r *StepRail) SetCase(firm, number string) {
	r.firm.name, r.firm.number = firm, number
	r.firm.Refresh()
	if firm == "" {
		r.turns.row.Hide()
	} else {
		r.turns.row.Show()
	}
}

// SetRunning shows what the case comes to so far, e.g. score and money, each a label and a figure; none hides the box.
func (r *StepRail) SetRunning(pairs ...Pair) {
	r.firm.running = pairs
	r.firm.Refresh()
}

// SetSteps shows the steps anew; rows that stay keep the focus.
func (r *StepRail) SetSteps(items []RailItem) {
	for len(r.rows) < len(items) {
		row := newRailRow(len(r.rows), func(i int) {
			if r.onTap != nil {
				r.onTap(i)
			}
		})
		r.rows = append(r.rows, row)
		r.steps.Add(row)
	}
	for i, row := range r.rows {
		if i >= len(items) {
			row.Hide()
			continue
		}
		row.item, row.last = items[i], i == len(items)-1
		row.after = i > 0 && items[i-1].State == StepDone
		row.disabled = items[i].Off
		row.Show()
		row.Refresh()
	}
	r.steps.Refresh()
}

// SetFoot shows progress, connection and the last save.
func (r *StepRail) SetFoot(f RailFoot) { r.foot.say = f; r.foot.Refresh() }

func railLogo(product string) fyne.CanvasObject {
	d := &drawn{}
	d.bind(d, func() fyne.Size { return railSize(62) }, func(p *pen, _ fyne.Size) {
		p.rect(20, 18, 30, 30, box{fill: theme.Accent, radius: 7})
		p.icon(35, 33, 21, "logo", theme.OnAccent)
		p.text(60, 33.5, product, ink{17, theme.Ink, true})
	})
	return d
}

// railSize is the least size of a row of the rail: its width stays when the text grows, so that a page keeps its room.
func railSize(height float32) fyne.Size { return fyne.NewSize(theme.RailWidth/theme.Scale(), height) }

type homeRow struct {
	press
	on bool
}

func newHomeRow(onTap func()) *homeRow {
	h := &homeRow{}
	h.act = onTap
	h.bind(h, func() fyne.Size { return railSize(38) }, func(p *pen, size fyne.Size) {
		token, i := theme.Muted, stepInk.in(theme.Muted)
		if h.on {
			token, i = theme.Accent, stepBold.in(theme.Accent)
		}
		if h.on || h.hovered {
			p.rect(12, 0, size.Width-24, size.Height, box{fill: theme.Tint, radius: theme.RadiusButton})
		}
		p.icon(31, size.Height/2, 18, "home", token)
		p.text(51, size.Height/2, word("home"), i)
		if h.focused {
			p.ring(12, 0, size.Width-24, size.Height, theme.RadiusButton)
		}
	})
	return h
}

type railFirm struct {
	drawn
	name, number string
	hint         string // stands in place of the number
	running      []Pair
}

// runningRow is the height of one line of the running box.
const runningRow = 20

// boxHeight is the height of the running box, 0 when there is none.
func (f *railFirm) boxHeight() float32 {
	if len(f.running) == 0 {
		return 0
	}
	return float32(len(f.running))*runningRow + 14
}

func newRailFirm() *railFirm {
	f := &railFirm{}
	f.bind(f, func() fyne.Size {
		if f.name == "" {
			return railSize(12)
		}
		return railSize(62 + f.boxHeight())
	}, func(p *pen, size fyne.Size) {
		if f.name == "" {
			return
		}
		p.textFit(20, 22, size.Width-40, f.name, cellBold)
		second := f.number
		if f.hint != "" {
			second = f.hint
		}
		p.textFit(20, 42, size.Width-40-2*theme.SmallHeight, second, mutedInk)
		if len(f.running) == 0 {
			return
		}
		p.rect(12, 58, size.Width-24, f.boxHeight()-6, box{fill: theme.Sunk, line: theme.Line, radius: theme.RadiusButton})
		for i, pair := range f.running {
			y := 58 + 4 + runningRow*(float32(i)+0.5)
			at := p.text(20, y, pair.Key, tickInk)
			p.textRight(size.Width-20, y, fit(pair.Value, cellBold, size.Width-44-at), cellBold)
		}
	})
	return f
}

type railRow struct {
	press
	index int
	item  RailItem
	after bool // the step before is done
	last  bool
}

func newRailRow(index int, onTap func(int)) *railRow {
	r := &railRow{index: index}
	r.act = func() { onTap(index) }
	r.bind(r, func() fyne.Size { return railSize(56) }, r.draw)
	return r
}

func (r *railRow) draw(p *pen, size fyne.Size) {
	const cx, cy = 34, 28
	now := r.item.State == StepCurrent
	if now || r.hovered && !r.disabled {
		p.rect(12, 4, size.Width-24, 48, box{fill: theme.Tint, radius: theme.RadiusButton})
	}
	lineToken := theme.Track
	if r.item.State == StepDone {
		lineToken = theme.Accent
	}
	if !r.last {
		p.rect(cx-1, cy+14, 2, size.Height-cy-14, box{fill: lineToken})
	}
	if r.index > 0 {
		above := theme.Track
		if r.after {
			above = theme.Accent
		}
		p.rect(cx-1, 0, 2, cy-14, box{fill: above})
	}
	title, note := stepInk, mutedInk
	switch r.item.State {
	case StepDone:
		p.disc(cx, cy, 13, theme.Rail, theme.Accent, 2)
		p.icon(cx, cy, 15, "check", theme.Accent)
	case StepCurrent:
		p.disc(cx, cy, 12.5, theme.Accent, "", 0)
		p.textMid(cx, cy, strconv.Itoa(r.index+1), cellBold.in(theme.OnAccent))
		title = stepBold.in(theme.Accent)
	case StepProblem:
		p.disc(cx, cy, 13, theme.Rail, theme.Warn, 2)
		p.icon(cx, cy, 14, "bang", theme.Warn)
		note = note.in(theme.Warn)
	default:
		p.disc(cx, cy, 13, theme.Rail, theme.StrongLine, 2)
		p.textMid(cx, cy, strconv.Itoa(r.index+1), mutedInk)
		title = title.in(theme.Muted)
	}
	p.textFit(58, cy-9, size.Width-74, r.item.Title, title)
	p.textFit(58, cy+10.5, size.Width-74, r.item.note(), note)
	if r.focused {
		p.ring(12, 4, size.Width-24, 48, theme.RadiusButton)
	}
}

type railFoot struct {
	drawn
	say RailFoot
}

func newRailFoot() *railFoot {
	f := &railFoot{}
	f.bind(f, func() fyne.Size { return railSize(theme.BarHeight + 58) }, f.draw)
	return f
}

func (f *railFoot) draw(p *pen, size fyne.Size) {
	top := size.Height - theme.BarHeight
	if f.say.All > 0 {
		p.text(20, top-43, word("progress"), mutedInk)
		p.textRight(size.Width-20, top-43, word("steps", f.say.Done, f.say.All), mutedInk)
		w := size.Width - 40
		p.bar(20, top-27, w, 6, theme.Track)
		p.bar(20, top-27, w*clamp(float32(f.say.Done)/float32(f.say.All), 0, 1), 6, theme.Accent)
	}
	p.hair(0, top, size.Width)
	cy := top + theme.BarHeight/2
	icon, say := "offline", word("offline")
	if f.say.Online {
		icon, say = "online", word("online")
	}
	p.icon(29, cy, 18, icon, theme.Muted)
	x := p.text(44, cy, say, mutedInk)
	p.hairDown(x+10, cy-8, 16)
	if f.say.Saved == "" {
		p.textFit(x+20, cy, size.Width-x-26, word("unsaved"), mutedInk)
		return
	}
	p.icon(x+26, cy, 14, "check", theme.OK)
	p.textFit(x+38, cy, size.Width-x-44, word("saved", f.say.Saved), mutedInk)
}
