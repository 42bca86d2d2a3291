package ui

import (
	"context"
	"io"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
	"github.com/shangyuntong/shangyun/ui/part"
)

// Keys of the pages that are no step.
const (
	KeyHome     = "home"
	KeySettings = "settings"
	KeyHelp     = "help"
	KeyCompare  = "compare" // 企业对比
	KeyBatch    = "batch"   // 批量报送
	KeyVisit    = "visit"   // 走访
	KeyCheck    = "check"   // 检查
)

// System is what the window needs of the computer; cmd hands it over. Callbacks come on the UI goroutine.
type System struct {
	Pick  func(w fyne.Window, title string, extensions []string, got func(name string, data []byte, err error))
	Style func(dark, large bool)

	// Stream makes a large file that appears whole under its name or not at all; until then what is on the disk tells nothing. Off the UI goroutine.
	Stream func(name string, fill func(w io.Writer) error) error
	Folder func(w fyne.Window, title string, got func(folder string, err error)) // asks for a folder; "" when the person stops
	Write  func(folder string, files []wizard.File) error                        // is called off the UI goroutine
	Photos func(folder string) ([]wizard.Photo, error)                           // the files in a folder and its folders; is called off the UI goroutine
	Show   func(folder string) error                                             // in the system's file manager
	Sheet  func(code, lock string) (wizard.File, error)                          // the page to print with a recovery code
	Caret  func(w fyne.Window, x, y int32)                                       // tells the input method where the text cursor is, in pixels; may be nil
	Print  func(f wizard.File, done func(error))                                 // nil when this computer cannot print without leaving a file
}

// Config is what a window is made of.
type Config struct {
	Desk            *wizard.Desk
	Texts           map[string]survey.Text // by language
	System          System
	Version, Folder string      // shown in the settings: the program's version and where the cases lie
	Parts           []page.Part // of others, with their licences, shown in the settings
	Sample          []byte      // exchange file of an invented firm, offered while there is no case
	Help            page.Help   // what there is to read
	Earlier         string      // report of the last run when it did not end by itself; "" when it did

	Resume bool // keep the window's size, case and step, and take them up again
	Inline bool // run verbs at once, without a goroutine of their own: for tests and pictures
}

// UI is the content of the one window. Its methods run on the UI goroutine.
type UI struct {
	cfg      Config
	win      fyne.Window
	loop     *loop
	looks    *loop // looks at the network, which take minutes
	text     survey.Text
	settings map[string]string
	kept     map[string]any // by pages, see Remember

	pages map[string]page.Page
	key   string
	asked string // the page that the help was asked from
	state *wizard.State
	saved string // hh:mm of the last save

	locked  bool        // the lock page is shown
	resumed bool        // the case that was open last was taken up
	later   string      // case to open once unlocked and guarded
	idle    *time.Timer // locks after a while without work
	worked  time.Time   // when something was last done here
	count   *time.Timer // counts the wait after wrong tries
	daily   *time.Timer // looks whether a backup is due
	queue   *time.Timer // looks whether something is due to be sent
	closed  bool
	guard   bool // a passphrase is set

	rail    *part.StepRail
	place   *part.Slot
	toaster *part.Toaster
}

var _ page.Actions = (*UI)(nil)

// New builds the window's content and shows the 工作台, or the lock page while the case file is locked.
func New(win fyne.Window, cfg Config) (*UI, error) {
	u := &UI{cfg: cfg, win: win, loop: inlineLoop(), looks: inlineLoop()}
	if !cfg.Inline {
		u.loop, u.looks = newLoop(), newLoop()
	}
	settings, locked, err := readSettings(context.Background(), cfg.Desk)
	if err != nil {
		return nil, err
	}
	u.take(settings, locked)
	u.style()
	u.build()
	win.SetContent(u.toaster)
	u.fitWindow()
	u.followCaret()
	u.begin()
	u.backUpDaily()
	u.flushLater(flushFirst)
	return u, nil
}

// Started shows the page once more when the window is really on screen: only then can a field take the cursor.
func (u *UI) Started() {
	u.show()
	u.countDown()
	u.tellCrash()
}

// Close saves what the page still holds and waits for the verbs under way.
func (u *UI) Close() {
	u.leave()
	u.keepSize()
	if u.idle != nil {
		u.idle.Stop()
	}
	if u.count != nil {
		u.count.Stop()
	}
	if u.closed = true; u.queue != nil {
		u.queue.Stop()
	}
	u.loop.giveWay()
	if u.daily != nil {
		u.daily.Stop()
	}
	u.looks.Cancel()
	u.looks.Close()
	u.loop.Close()
}

// build makes rail, place and toaster anew, e.g. after a change of language or style.
func (u *UI) build() {
	part.Words(func(key string) string { return u.T("part." + key) })
	u.pages = map[string]page.Page{}
	u.rail = part.NewStepRail(u.T("product"), u.Home, func(i int) {
		if u.state != nil {
			u.Go(wizard.Steps()[i])
		}
	})
	u.rail.SetHelp(u.T("help.button"), u.ToggleHelp)
	u.keys()
	u.place = part.NewSlot(nil)
	u.toaster = part.NewToaster(u.place)
}

// turn shows the page with that key.
func (u *UI) turn(key string) {
	u.leave()
	u.touch()
	p := u.pageOf(key)
	if p == nil || u.locked && key != KeyLock {
		return
	}
	u.key = key
	if whole, ok := bare(p); ok {
		u.place.Set(whole)
		u.countDown()
		return
	}
	header, body, foot := p.Parts()
	u.place.Set(part.Frame(u.rail, header, body, foot))
	u.show()
	u.keepPlace()
}

// pageOf gives the page with that key, made when first asked for; nil when there is none.
func (u *UI) pageOf(key string) page.Page {
	p, ok := u.pages[key]
	if !ok {
		if p = page.New(key, u); p != nil {
			u.pages[key] = p
		}
	}
	return p
}

func (u *UI) leave() {
	if l, ok := u.pages[u.key].(page.Leaver); ok {
		l.Leave()
	}
}

// show brings rail and page up to date with the state.
func (u *UI) show() {
	u.rail.SetHome(u.key == KeyHome)
	items := make([]part.RailItem, 0, len(wizard.Steps()))
	done := 0
	for i, key := range wizard.Steps() {
		it := part.RailItem{Title: u.T("step." + string(key)), Note: u.T("step.state.todo"), Off: u.state == nil}
		if u.state != nil {
			s := u.state.Steps[i]
			it.State, it.Note = railState(s.State), u.stepNote(s)
			if s.State == "done" {
				done++
			}
		}
		if string(key) == u.key {
			it.State = part.StepCurrent
		}
		items = append(items, it)
	}
	u.rail.SetSteps(items)
	u.rail.SetFoot(part.RailFoot{Done: done, All: len(items), Online: u.enrolled(), Saved: u.saved})
	u.rail.SetRunning(u.running()...)
	u.showTurns()
	u.showLock()
	if u.state == nil {
		u.rail.SetCase("", "")
	} else {
		name := u.state.Case.Firm.Name
		if name == "" {
			name = u.T("case.unnamed")
		}
		u.rail.SetCase(name, u.T("case.number", short(u.state.Case.ID)))
	}
	if p := u.pages[u.key]; p != nil {
		p.Show(u.state)
	}
}

// running is what the open case comes to so far: score, level and the headline of the subsidy.
func (u *UI) running() []part.Pair {
	if u.state == nil {
		return nil
	}
	a := u.state.Assessment
	level, _, _ := strings.Cut(a.LevelName, " ")
	sum := u.T("running.none")
	if amount := u.state.Claims.Conservative.Amount; amount != nil {
		sum = u.T("running.yuan", amount.Display())
	}
	return []part.Pair{{Key: u.T("running.score"), Value: u.T("running.points", a.Score, level)}, {Key: u.T("running.money"), Value: sum}}
}

func (u *UI) stepNote(s wizard.StepState) string {
	if s.Open > 0 && s.State != "todo" {
		return u.T("step.open."+s.State, s.Open)
	}
	return u.T("step.state." + s.State)
}

func railState(s string) part.StepState {
	switch s {
	case "done":
		return part.StepDone
	case "problem":
		return part.StepProblem
	}
	return part.StepTodo
}

// short is the part of a case id that people read: the last eight digits.
func short(id string) string {
	if i := strings.LastIndexByte(id, '-'); i >= 0 && len(id)-i > 8 {
		return id[len(id)-8:]
	}
	return id
}
