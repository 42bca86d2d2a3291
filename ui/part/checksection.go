package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Pair is one line of a list of facts.
type Pair struct{ Key, Value string }

// KeyValue shows facts under each other: a muted key of keyWidth design pixels and its value, which wraps.
func KeyValue(keyWidth float32, pairs ...Pair) *fyne.Container {
	list := VStack(4)
	for _, p := range pairs {
		list.Add(keyValueRow(keyWidth, p))
	}
	return list
}

type keyLayout struct{ width float32 }

func (l keyLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width*theme.Scale()+o[1].MinSize().Width, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

func (l keyLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	k := l.width * theme.Scale()
	settle(o[0], k-8)
	o[1].Move(fyne.NewPos(k, 0))
	settle(o[1], size.Width-k)
}

func keyValueRow(keyWidth float32, p Pair) *fyne.Container {
	return container.New(keyLayout{keyWidth}, Muted(p.Key), Colored(p.Value, theme.SizeCell, theme.Ink, false))
}

// Section is one part of the check page.
type Section struct {
	Title  string
	Kind   Kind   // OK, Warn, Err or Neutral
	Note   string // beside the title in the kind's colour, such as 缺 1 份必交材料
	Pairs  []Pair // shown in two columns
	Action string // empty: 修改
	OnEdit func()
}

// CheckSection shows a part to be checked, with the way to mend it.
func CheckSection(s Section) *fyne.Container {
	title := HStack(10, stateDot(s.Kind), Line(s.Title, theme.SizeHeading-1, theme.Ink, true))
	if s.Note != "" {
		fg, _ := s.Kind.colors()
		title.Add(Line(s.Note, theme.SizeCell, fg, false))
	}
	head := HStack(10, Grow(title))
	if s.OnEdit != nil {
		head.Add(Link(or(s.Action, word("edit")), s.OnEdit))
	}
	rows := VStack(4)
	for i := 0; i < len(s.Pairs); i += 2 {
		second := Pair{}
		if i+1 < len(s.Pairs) {
			second = s.Pairs[i+1]
		}
		rows.Add(Columns(16, []float32{54, 46}, keyValueRow(80, s.Pairs[i]), keyValueRow(76, second)))
	}
	return VStack(8, head, Pad(0, 0, 0, 28, rows))
}

// stateDot is a kind's sign on a small round ground.
func stateDot(k Kind) fyne.CanvasObject {
	d := &drawn{}
	d.bind(d, func() fyne.Size { return fyne.NewSize(18, 18) }, func(p *pen, size fyne.Size) {
		fg, bg := k.colors()
		if k == Neutral {
			bg = theme.Track
		}
		icon := k.icon()
		if k == Err || k == Warn {
			icon = "bang"
		}
		p.disc(9, size.Height/2, 9, bg, "", 0)
		p.icon(9, size.Height/2, 12, icon, fg)
	})
	return d
}

// CheckList puts sections into one card with hairlines between them.
func CheckList(sections ...fyne.CanvasObject) *fyne.Container {
	list := VStack(16)
	for i, s := range sections {
		if i > 0 {
			list.Add(Hairline())
		}
		list.Add(s)
	}
	return CardWith(nil, list)
}

// Missing is one thing that is not there yet.
type Missing struct {
	Text, Note string
	Must       bool // 必改; otherwise 提示
	Action     string
	OnFix      func()
}

// MissingList shows what must be mended in red and what would help below; with nothing missing it says so.
func MissingList(items []Missing) *fyne.Container {
	list := VStack(8)
	var must, hint []Missing
	for _, m := range items {
		if m.Must {
			must = append(must, m)
		} else {
			hint = append(hint, m)
		}
	}
	if len(items) == 0 {
		list.Add(HStack(8, stateDot(OK), Line(word("complete"), theme.SizeCell, theme.Ink, false)))
	}
	if len(must) > 0 {
		list.Add(HStack(0, NewBadgeIcon(Err, word("must", len(must)), "bang")))
		for _, m := range must {
			list.Add(missingRow(m))
		}
	}
	if len(hint) > 0 {
		list.Add(HStack(0, NewBadgeIcon(Warn, word("hint", len(hint)), "hint")))
		for i, m := range hint {
			if i > 0 {
				list.Add(Pad(0, 0, 0, 18, Hairline()))
			}
			list.Add(hintRow(m))
		}
	}
	return list
}

func missingRow(m Missing) *fyne.Container {
	words := VStack(0, Colored(m.Text, theme.SizeCell, theme.Ink, true))
	if m.Note != "" {
		words.Add(Muted(m.Note))
	}
	row := HStack(10, Grow(words))
	if m.OnFix != nil {
		row.Add(Primary(or(m.Action, word("add")), "plus", m.OnFix).Small())
	}
	return Layers(NewFill(theme.ErrBg, theme.RadiusButton), Pad(9, 10, 9, 12, row))
}

func hintRow(m Missing) *fyne.Container {
	dot := &drawn{}
	dot.bind(dot, func() fyne.Size { return fyne.NewSize(12, 12) }, func(p *pen, size fyne.Size) {
		p.disc(6, size.Height/2, 3, theme.Warn, "", 0)
	})
	row := HStack(6, dot, Grow(Colored(m.Text, theme.SizeCell, theme.Ink, false)))
	if m.Note != "" {
		row.Add(Line(m.Note, theme.SizeCell, theme.Muted, false))
	}
	if m.OnFix != nil {
		row.Add(Link(or(m.Action, word("mend")), m.OnFix))
	}
	return row
}

// Receipt is what the portal signed.
type Receipt struct {
	Title   string // empty: 回执
	Kind    Kind
	Badge   string // 已回执
	Pairs   []Pair // 回执号, 时间, 版本 …
	Digest  string // SHA-256 in groups of four
	OnCopy  func()
	Actions []fyne.CanvasObject
}

// ReceiptCard shows a receipt.
func ReceiptCard(r Receipt) *fyne.Container {
	if r.Title == "" {
		r.Title = word("receipt")
	}
	var badge fyne.CanvasObject
	if r.Badge != "" {
		badge = NewBadge(r.Kind, r.Badge)
	}
	list := VStack(10, KeyValue(64, r.Pairs...))
	if r.Digest != "" {
		head := HStack(6, Line(word("digest"), theme.SizeCell, theme.Muted, true), Spacer())
		if r.OnCopy != nil {
			head.Add(IconButton("copy", word("copy-digest"), r.OnCopy))
		}
		list.Add(Layers(newFill(box{fill: theme.Sunk, line: theme.Line, radius: theme.RadiusButton}),
			Pad(6, 10, 8, 12, VStack(0, head, Colored(r.Digest, theme.SizeCell, theme.Ink, false)))))
	}
	if len(r.Actions) > 0 {
		list.Add(Flow(8, r.Actions...))
	}
	return Card(r.Title, badge, list)
}
