package page_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/shangyuntong/shangyun/connectors/casedb"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

// monkey does what comes to its mind: taps, keys, words, shortcuts, pages, sizes.
type monkey struct {
	*stand
	r    *rand.Rand
	log  []string          // the last events, for whoever has to find a fault
	said map[string]string // path → text that was typed into its field and left there, while nobody took it back
	name int
}

// wishes are texts that people type or paste.
var wishes = []string{"株洲", "2000万", "１２３．５", "-1", "abc", "", "一百五", "2025年3月1日", "91430211MA4HY7K28C", "138 0000 0000", "\u202e反", "🙂", "9999999999999999999999", "<b>", "'; --", "0.001"}

// plain are fields of text that stand on one page and of which each left text must be found again, as a value or as a kept draft.
var plain = map[string]string{"法定代表人": "firm.legalRep", "注册地址": "firm.address", "主营产品": "firm.products", "联系电话": "firm.contact.phone", "注册资本": "firm.capital", "2025 年从业人员": "years.2025.staff"}

func (m *monkey) note(format string, args ...any) {
	m.log = append(m.log, fmt.Sprintf(format, args...))
	if len(m.log) > 30 {
		m.log = m.log[1:]
	}
}

// top are the objects that can be reached now: those of the open question, else those of the page.
func (m *monkey) top(visit func(fyne.CanvasObject)) {
	root := m.win.Content()
	if o := m.win.Canvas().Overlays().Top(); o != nil {
		root = o
	}
	walk(root, visit)
}

func (m *monkey) step() {
	switch n := m.r.IntN(100); {
	case n < 40:
		m.tapSomething()
	case n < 60:
		m.fillSomething()
	case n < 72:
		m.typeSomething()
	case n < 80:
		m.keys()
	case n < 90:
		m.turn()
	case n < 95:
		size := fyne.NewSize(1024+m.r.Float32()*400, 640+m.r.Float32()*200)
		m.note("size %v", size)
		m.win.Resize(size)
	default:
		m.scroll()
	}
}

func (m *monkey) tapSomething() {
	var all []fyne.Tappable
	m.top(func(o fyne.CanvasObject) {
		if t, ok := o.(fyne.Tappable); ok {
			all = append(all, t)
		}
	})
	if len(all) == 0 {
		return
	}
	t := all[m.r.IntN(len(all))]
	label := ""
	if l, ok := t.(interface{ Label() string }); ok {
		label = l.Label()
	}
	m.note("tap %T %q", t, label)
	m.forget()
	size := t.(fyne.CanvasObject).Size()
	test.TapAt(t, fyne.NewPos(m.r.Float32()*size.Width, m.r.Float32()*size.Height))
}

// fillSomething fills a known field of 企业信息 as a person does, and remembers what was left in it.
func (m *monkey) fillSomething() {
	if m.win.Canvas().Overlays().Top() != nil || m.ui.Case() == "" {
		return
	}
	m.ui.Go(wizard.StepFirm)
	for label, path := range plain {
		var field part.Field
		m.top(func(o fyne.CanvasObject) {
			if f, ok := o.(part.Field); ok {
				if l, ok := o.(interface{ Label() string }); ok && l.Label() == label {
					field = f
				}
			}
		})
		if field == nil || m.r.IntN(3) > 0 {
			continue
		}
		text := wishes[m.r.IntN(len(wishes))]
		m.note("fill %s %q", label, text)
		e := field.(interface{ Input() fyne.Focusable }).Input().(*part.Entry)
		field.Focus()
		e.SetText(text)
		m.win.Canvas().Unfocus()
		m.said[path] = field.Value()
		m.found(path)
		return
	}
}

// found demands that what was left in a field is in the case file, as a value or as a draft.
func (m *monkey) found(path string) {
	m.t.Helper()
	c := m.stored()
	want := m.said[path]
	value, err := wizard.Get(c, path)
	if err != nil {
		m.t.Fatalf("%s: %v", path, err)
	}
	if tidy, err := wizard.Tidy(c.Clone(), path, want); err == nil {
		if value != tidy {
			m.t.Fatalf("%s: %q was left in the field and %q is stored; the last events: %q", path, tidy, value, m.log)
		}
	} else if c.Drafts[path] != want {
		m.t.Fatalf("%s: %q was left in the field and the draft is %q; the last events: %q", path, want, c.Drafts[path], m.log)
	}
}

// forget: after anything that may rightly change a field (a suggestion, undo, another case) only what is stored now counts.
func (m *monkey) forget() { clear(m.said) }

func (m *monkey) typeSomething() {
	f := m.win.Canvas().Focused()
	if f == nil {
		return
	}
	for _, r := range wishes[m.r.IntN(len(wishes))] {
		f.TypedRune(r)
	}
	m.forget()
	m.note("type into %T", f)
}

func (m *monkey) keys() {
	m.forget()
	names := []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape, fyne.KeyDown, fyne.KeyUp, fyne.KeySpace, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageDown, fyne.KeyBackspace, fyne.KeyF1, fyne.KeyDelete, fyne.KeyLeft}
	switch m.r.IntN(5) {
	case 0:
		m.note("undo")
		m.shortcut(&fyne.ShortcutUndo{})
	case 1:
		m.note("redo")
		m.shortcut(&fyne.ShortcutRedo{})
	case 2:
		m.note("search")
		m.shortcut(ctrlK)
	default:
		k := names[m.r.IntN(len(names))]
		m.note("key %s", k)
		if f := m.win.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: k})
		} else if k == fyne.KeyF1 {
			m.ui.ToggleHelp()
		}
	}
}

func (m *monkey) turn() {
	m.forget()
	if m.win.Canvas().Overlays().Top() != nil {
		return
	}
	steps := wizard.Steps()
	switch n := m.r.IntN(len(steps) + 3); {
	case n < len(steps):
		m.note("go %s", steps[n])
		m.ui.Go(steps[n])
	case n == len(steps):
		m.note("home")
		m.ui.Home()
	case n == len(steps)+1 && m.name < 4:
		m.name++
		m.note("new case")
		m.ui.NewCase("第" + strconv.Itoa(m.name) + "家")
	default:
		m.note("settings")
		m.ui.Settings()
	}
}

func (m *monkey) scroll() {
	m.top(func(o fyne.CanvasObject) {
		if s, ok := o.(*container.Scroll); ok && m.r.IntN(2) == 0 {
			s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -m.r.Float32()*300)})
		}
	})
}

// TestAnyEventsAtAllLoseNothing: random events with a seed, no panic, every text that was left in a field is stored, and what the window shows at the
// end is what a second reader finds in the case file. SHANGYUN_MONKEY says how many events, SHANGYUN_SEED which.
func TestAnyEventsAtAllLoseNothing(t *testing.T) {
	events, seed := 250, uint64(20261128)
	if n, err := strconv.Atoi(os.Getenv("SHANGYUN_MONKEY")); err == nil {
		events = n
	}
	if n, err := strconv.ParseUint(os.Getenv("SHANGYUN_SEED"), 10, 64); err == nil {
		seed = n
	}
	m := &monkey{stand: sampleStand(t), r: rand.New(rand.NewPCG(seed, 1)), said: map[string]string{}}
	defer func() {
		if x := recover(); x != nil {
			t.Errorf("seed %d, the last events: %q", seed, m.log)
			panic(x)
		}
	}()
	fills := 0
	for range events {
		before := len(m.said)
		m.step()
		if len(m.said) > before {
			fills++
		}
	}
	if fills == 0 && events >= 100 {
		t.Error("nothing was filled in: the monkey does not reach the form")
	}
	m.win.Canvas().Unfocus()
	shown := map[string]string{}
	if st := m.ui.State(); st != nil {
		for path := range m.said {
			m.found(path)
		}
		m.ui.Settings() // leaves the page, which saves what it holds
		for path := range allFields(m.ui.State()) {
			shown[path] = valueOf(m.ui.State(), path)
		}
	}
	m.again(shown)
}

// again opens the case file a second time and compares.
func (m *monkey) again(shown map[string]string) {
	m.t.Helper()
	id := m.ui.Case()
	m.parts.Cases.(*casedb.DB).Close()
	db, err := casedb.Open(m.t.Context(), m.dir)
	if err != nil {
		m.t.Fatal(err)
	}
	defer db.Close()
	if id == "" {
		return
	}
	c, err := db.Load(m.t.Context(), id)
	if err != nil {
		m.t.Fatalf("the open case cannot be read again: %v", err)
	}
	for path, want := range shown {
		if got, err := wizard.Get(c, path); err != nil || got != want {
			m.t.Errorf("%s was shown as %q and is stored as %q (%v)", path, want, got, err)
		}
	}
}

func allFields(st *wizard.State) map[string]bool {
	out := map[string]bool{}
	for _, e := range wizard.Say(func(k string, _ ...any) string { return k }).Places(st) {
		if e.Kind == wizard.PlaceField {
			out[e.To] = true
		}
	}
	return out
}

func valueOf(st *wizard.State, path string) string {
	v, _ := wizard.Get(st.Case, path)
	return v
}
