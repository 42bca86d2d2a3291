package page_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
)

// slack is how far a word may reach over an edge before it counts, in pixels: rounding of widths and the air around letters.
const slack = 1.5

// rect is a place on the window.
type rect struct{ x1, y1, x2, y2 float32 }

func (r rect) cut(o rect) rect {
	return rect{max(r.x1, o.x1), max(r.y1, o.y1), min(r.x2, o.x2), min(r.y2, o.y2)}
}

func (r rect) empty() bool { return r.x2-r.x1 <= slack || r.y2-r.y1 <= slack }

func (r rect) String() string { return fmt.Sprintf("%.0f,%.0f–%.0f,%.0f", r.x1, r.y1, r.x2, r.y2) }

// spoken is a word on the window: where it is drawn, and the part that draws it.
type spoken struct {
	text string
	at   rect // the letters, not the air above and below
	by   string
	in   int // number of the part
}

// fitting collects the words of a tree and what is wrong with their places.
type fitting struct {
	words  []spoken
	faults []string
	parts  int
}

// sight is what is known on the way down: the visible room, the room of the nearest part that paints itself, and whether a person can scroll
// to what lies below.
type sight struct {
	clip, own   rect
	up, across  bool
	by          string
	part        int
	entryInside bool
}

func (f *fitting) see(o fyne.CanvasObject, at fyne.Position, s sight) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	room := rect{at.X, at.Y, at.X + o.Size().Width, at.Y + o.Size().Height}
	switch v := o.(type) {
	case *canvas.Text:
		f.word(v, at, s)
	case *fyne.Container:
		for _, c := range v.Objects {
			f.see(c, at, s)
		}
	case fyne.Widget:
		f.widget(v, at, room, s)
	}
}

func (f *fitting) widget(w fyne.Widget, at fyne.Position, room rect, s sight) {
	f.parts++
	s.own, s.part = room, f.parts
	if name := fmt.Sprintf("%T", w); !strings.HasPrefix(name, "*widget.") {
		s.by = name
	}
	switch v := w.(type) {
	case *part.Scroller:
		s.clip, s.up = s.clip.cut(room), true
		if need := v.Content.MinSize().Width; need > room.x2-room.x1+slack {
			f.faults = append(f.faults, fmt.Sprintf("a scrolled part of width %.0f needs %.0f because of %s", room.x2-room.x1, need, widest(v.Content)))
			return // what lies in it is then too wide as well
		}
	case *container.Scroll:
		s.clip = s.clip.cut(room)
		s.up = s.up || v.Direction != container.ScrollHorizontalOnly
		s.across = s.across || v.Direction == container.ScrollHorizontalOnly || v.Direction == container.ScrollBoth
	case *part.Entry, *widget.Entry:
		s.clip, s.up, s.across, s.entryInside = s.clip.cut(room), true, true, true // a field scrolls with its cursor
	}
	for _, c := range test.WidgetRenderer(w).Objects() {
		f.see(c, at, s)
	}
}

// widest names the things that make a tree as wide as it is, from the outside in.
func widest(o fyne.CanvasObject) string {
	var children []fyne.CanvasObject
	switch v := o.(type) {
	case *canvas.Text:
		return strconv.Quote(v.Text)
	case *fyne.Container:
		children = v.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(v).Objects()
	}
	best := -1
	for i, c := range children {
		if c.Visible() && (best < 0 || c.MinSize().Width > children[best].MinSize().Width) {
			best = i
		}
	}
	name := fmt.Sprintf("%s(%.0f)", strings.TrimPrefix(fmt.Sprintf("%T", o), "*"), o.MinSize().Width)
	if c, ok := o.(*fyne.Container); ok {
		name = fmt.Sprintf("%T(%.0f)", c.Layout, o.MinSize().Width)
	}
	if best < 0 {
		return name
	}
	return name + " > " + widest(children[best])
}

func (f *fitting) word(t *canvas.Text, at fyne.Position, s sight) {
	if strings.TrimSpace(t.Text) == "" {
		return
	}
	m := fyne.MeasureText(strings.TrimRight(t.Text, " "), t.TextSize, t.TextStyle)
	air := m.Height * 0.2
	letters := rect{at.X, at.Y + air, at.X + m.Width, at.Y + m.Height - air}
	seen := letters.cut(s.clip)
	if s.up && (seen.y2-seen.y1 < letters.y2-letters.y1-slack) {
		return // scrolled out of sight, wholly or partly
	}
	if s.entryInside {
		return // what is typed may be longer than its field
	}
	bad := func(what string) {
		f.faults = append(f.faults, fmt.Sprintf("%q %s: %s, visible %s, part %s %s", t.Text, what, letters, s.clip, s.by, s.own))
	}
	switch {
	case !s.across && (letters.x1 < s.clip.x1-slack || letters.x2 > s.clip.x2+slack):
		bad("is cut off at the side")
	case letters.y1 < s.clip.y1-slack || letters.y2 > s.clip.y2+slack:
		bad("is cut off above or below")
	case letters.x1 < s.own.x1-slack || letters.x2 > s.own.x2+slack || letters.y1 < s.own.y1-slack || letters.y2 > s.own.y2+slack:
		bad("reaches out of its part")
	}
	f.words = append(f.words, spoken{t.Text, letters, s.by, s.part})
}

// overlaps adds each pair of words that are drawn over each other.
func (f *fitting) overlaps() {
	for i, a := range f.words {
		for _, b := range f.words[i+1:] {
			if !a.at.cut(b.at).empty() {
				f.faults = append(f.faults, fmt.Sprintf("%q %s (%s) and %q %s (%s) lie on each other", a.text, a.at, a.by, b.text, b.at, b.by))
			}
		}
	}
}

// faultsOf tells which words of a tree of that size are cut off or lie on each other.
func faultsOf(o fyne.CanvasObject, size fyne.Size) []string {
	f := &fitting{}
	all := rect{0, 0, size.Width, size.Height}
	f.see(o, fyne.NewPos(0, 0), sight{clip: all, own: all})
	f.overlaps()
	return f.faults
}

// settled gives the window a size as a real one does, frame by frame.
func (s *stand) settled(size fyne.Size) {
	for range 2 {
		s.win.Resize(size.AddWidthHeight(40, 40))
		s.win.Resize(size)
	}
}

// dressed is one look of the window.
type dressed struct {
	dark  bool
	scale float32
	lang  string
}

func (d dressed) String() string { return fmt.Sprintf("%s ×%.1f dark=%v", d.lang, d.scale, d.dark) }

func (s *stand) dress(d dressed) {
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Fonts{Regular: assets.FontSans(), Bold: assets.FontSansBold()}, theme.Options{Icon: assets.Icon, Dark: d.dark, Scale: d.scale}))
	s.ui.Apply("language", d.lang)
}

var looks = []dressed{{false, 1, "zh"}, {true, 1, "zh"}, {false, 1.3, "zh"}, {false, 1, "en"}, {false, 1.3, "en"}}

// walked tells whether a look is walked over: the first one always, with SHANGYUN_LOOK=all each, or the one that it names, e.g. "en ×1.3
// dark=false". All take minutes on a busy machine.
func walked(look dressed) bool {
	only := os.Getenv("SHANGYUN_LOOK")
	return only == "all" || only == look.String() || only == "" && look == looks[0]
}

// fits walks over every page in each look and size and demands that no word is cut off or lies on another.
func (s *stand) fits(state, id string) {
	s.t.Helper()
	for _, look := range looks {
		if !walked(look) {
			continue
		}
		s.dress(look)
		for _, size := range []fyne.Size{{Width: 1180, Height: 760}, {Width: 1024, Height: 640}} {
			for _, v := range s.ui.Views(id) {
				v.Show()
				s.settled(size)
				for _, fault := range faultsOf(s.win.Content(), s.win.Canvas().Size()) {
					s.t.Errorf("%s, %s, %s, %v: %s", state, v.Name, look, size, fault)
				}
				if got := s.win.Canvas().Size(); got.Width > size.Width+slack || got.Height > size.Height+slack {
					s.t.Errorf("%s, %s, %s: asks for %v instead of %v", state, v.Name, look, got, size)
				}
			}
		}
	}
}

func TestNoWordIsCutOffOrOverlapped(t *testing.T) {
	t.Run("sample", func(t *testing.T) {
		s := sampleStand(t)
		s.must(s.desk.Freeze(t.Context(), s.ui.Case(), "T0", ""))
		s.fits("sample", s.ui.Case())
	})
	t.Run("new", func(t *testing.T) {
		if os.Getenv("SHANGYUN_LOOK") == "" {
			t.Skip("with SHANGYUN_LOOK=all")
		}
		s := newStand(t)
		st, err := s.desk.New(t.Context(), "湖南某某某某某某精密智能装备制造股份有限公司株洲分公司")
		if err != nil {
			t.Fatal(err)
		}
		s.fits("new", st.Case.ID)
	})
}

// TestTheFittingFindsFaults: a word over the edge, one that its part is too small for, and two on each other are found; good ones are not.
func TestTheFittingFindsFaults(t *testing.T) {
	newStand(t)
	at := func(s string, x, y float32) fyne.CanvasObject {
		o := canvas.NewText(s, theme.Color(theme.Ink))
		o.Move(fyne.NewPos(x, y))
		return o
	}
	size := fyne.NewSize(200, 100)
	for _, c := range []struct {
		name string
		tree fyne.CanvasObject
		want string
	}{
		{"good", container.NewWithoutLayout(at("企业信息", 10, 10), at("企业信息", 10, 40)), ""},
		{"side", container.NewWithoutLayout(at("企业信息企业信息企业信息企业信息", 10, 10)), "at the side"},
		{"below", container.NewWithoutLayout(at("企业信息", 10, 90)), "below"},
		{"overlap", container.NewWithoutLayout(at("企业信息", 10, 10), at("企业信息", 20, 14)), "lie on each other"},
	} {
		got := strings.Join(faultsOf(c.tree, size), "\n")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: found %q, want %q", c.name, got, c.want)
		}
	}
}
