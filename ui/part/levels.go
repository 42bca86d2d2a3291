package part

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// levelWord names a level of the 2024 edition, from 0.
func levelWord(l int) string { return word("level." + itoa(clampInt(l, 0, 4))) }

// LevelPath is the way 未达级, 一级 … 四级 with the present level and the target.
type LevelPath struct {
	drawn
	now, target int
}

// NewLevelPath makes a path; levels are 0 to 4; a target not above now is left out.
func NewLevelPath(now, target int) *LevelPath {
	l := &LevelPath{now: clampInt(now, 0, 4), target: clampInt(target, 0, 4)}
	l.bind(l, func() fyne.Size { return fyne.NewSize(400, 64) }, l.draw)
	return l
}

// Set exchanges the levels.
func (l *LevelPath) Set(now, target int) {
	l.now, l.target = clampInt(now, 0, 4), clampInt(target, 0, 4)
	l.Refresh()
}

func (l *LevelPath) draw(p *pen, size fyne.Size) {
	const y = 20
	x := func(i int) float32 { return 40 + (size.Width-80)*float32(i)/4 }
	for i := range 4 {
		switch {
		case i < l.now:
			p.rect(x(i), y-1.5, x(i+1)-x(i), 3, box{fill: theme.Accent})
		case i < l.target:
			p.dashes(x(i)+12, y, x(i+1)-12, y, 3.5, theme.Accent, 6, 4)
		default:
			p.rect(x(i), y-1.5, x(i+1)-x(i), 3, box{fill: theme.Track})
		}
	}
	for i := range 5 {
		say, i2 := levelWord(i), mutedInk
		switch {
		case i == l.now:
			p.disc(x(i), y, 11, theme.Accent, "", 0)
			p.icon(x(i), y, 14, "check", theme.OnAccent)
			say, i2 = word("now", say), cellBold
		case i == l.target && i > l.now:
			p.disc(x(i), y, 12, theme.Surface, theme.Accent, 3)
			p.disc(x(i), y, 4, theme.Accent, "", 0)
			say, i2 = word("target", say), cellBold.in(theme.Accent)
		case i < l.now:
			p.disc(x(i), y, 6, theme.Accent, "", 0)
		default:
			p.disc(x(i), y, 7, theme.Surface, theme.StrongLine, 2)
		}
		p.textMid(x(i), y+29, say, i2)
	}
}

// drawMeter draws four small bars of which level are filled.
func drawMeter(p *pen, x, cy float32, level int) {
	for i := range 4 {
		token := theme.Track
		if i < level {
			token = theme.Accent
		}
		h := 6 + 2*float32(i)
		p.rect(x+9*float32(i), cy+7-h, 6, h, box{fill: token, radius: 2})
	}
}

// Scene is one 应用场景: its level now and after the plan, 0 (未开展) to 4.
type Scene struct {
	Name       string
	Key        bool // ★ 约束性
	Now, After int
}

// SceneBar is one scene with its four cells; the word at the right is the level now. onTap may be nil.
type SceneBar struct {
	press
	scene Scene
}

// NewSceneBar makes a bar.
func NewSceneBar(s Scene, onTap func()) *SceneBar {
	b := &SceneBar{scene: s}
	b.act = onTap
	b.disabled = onTap == nil
	b.bind(b, func() fyne.Size { return fyne.NewSize(230, 24) }, b.draw)
	return b
}

// Set exchanges the scene.
func (b *SceneBar) Set(s Scene) { b.scene = s; b.Refresh() }

func (b *SceneBar) draw(p *pen, size fyne.Size) {
	cy := size.Height / 2
	if b.scene.Key {
		p.icon(7, cy, 13, "star", theme.Accent)
	}
	p.textFit(18, cy, 60, b.scene.Name, cellInk)
	left, right := float32(82), size.Width-52
	w := clamp((right-left)/4-3, 8, 40)
	for i := range 4 {
		token := theme.Track
		switch {
		case i < b.scene.Now:
			token = theme.Accent
		case i < b.scene.After:
			token = theme.SoftBar
		}
		p.rect(left+(w+3)*float32(i), cy-4, w, 8, box{fill: token, radius: 2})
	}
	say, i := levelWord(b.scene.Now), mutedInk
	if b.scene.Now == 0 {
		say = word("idle")
	}
	if b.scene.Now >= 2 {
		i = cellBold
	}
	p.textRight(size.Width, cy, say, i)
	if b.focused {
		p.ring(-3, 0, size.Width+6, size.Height, 4)
	}
}

// SceneGroup is a caption with a count, a hairline and the bars of its scenes.
func SceneGroup(title, count string, bars ...fyne.CanvasObject) *fyne.Container {
	head := HStack(8, Line(title, theme.SizeCell, theme.Muted, true), Spacer(), Line(count, theme.SizeCell, theme.Muted, false))
	return VStack(1, append([]fyne.CanvasObject{head, Hairline()}, bars...)...)
}

// Legend is the key of a chart: 现在 and 方案后 as small boxes.
func Legend(names ...string) fyne.CanvasObject {
	d := &drawn{}
	d.bind(d, func() fyne.Size {
		return fyne.NewSize(textWidth(strings.Join(names, ""), mutedInk)+34*float32(len(names)), 20)
	}, func(p *pen, size fyne.Size) {
		x := float32(8)
		for i, n := range names {
			token := theme.Accent
			if i > 0 {
				token = theme.SoftBar
			}
			p.rect(x, size.Height/2-5, 14, 10, box{fill: token, radius: 3})
			x = p.text(x+20, size.Height/2, n, mutedInk) + 12
		}
	})
	return d
}
