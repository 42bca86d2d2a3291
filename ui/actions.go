package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
	"github.com/shangyuntong/shangyun/ui/part"
)

// busyAfter is how long work goes on before the wait overlay covers the page.
const busyAfter = 300 * time.Millisecond

// T gives the words of a key.
func (u *UI) T(key string, args ...any) string { return u.text.T(key, args...) }

// ErrorText gives the sentence for an error.
func (u *UI) ErrorText(err error) string { return u.text.Error(err) }

// Case is the id of the open case.
func (u *UI) Case() string {
	if u.state == nil {
		return ""
	}
	return u.state.Case.ID
}

// State is the open case with what follows from it; nil when none is open.
func (u *UI) State() *wizard.State { return u.state }

// Do runs a verb and shows the state that followed.
func (u *UI) Do(busy string, v page.Verb) { u.Run(busy, v, nil) }

// Run runs a verb, shows the state that followed, if any, and tells how it ended.
func (u *UI) Run(busy string, v page.Verb, then func(error)) {
	u.run(busy, v, func(err error) {
		if err != nil {
			u.fail(err)
		}
		if then != nil {
			then(err)
		}
	})
}

// Set saves one field; the page shows what is wrong with a value beside its field, so no message is shown.
func (u *UI) Set(path, raw string) {
	id := u.Case()
	u.run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.Set(ctx, id, path, raw)
	}, func(err error) {
		if code := survey.CodeOf(err); err != nil && (code.Class() != survey.ClassInvalid || code == survey.CodeUnknownItem || code == survey.CodeForCheck) {
			u.fail(err)
		}
	})
}

func (u *UI) run(busy string, v page.Verb, then func(error)) {
	var st *wizard.State
	var err error
	u.touch()
	wait := u.wait(busy)
	u.loop.Add(func(ctx context.Context) {
		st, err = v(ctx, u.cfg.Desk, func(text string, fraction float64) {
			u.loop.UI(func() { wait.set(text, fraction) })
		})
	}, func() {
		wait.end()
		if st != nil {
			u.state, u.saved = st, u.cfg.Desk.Now().Local().Format("15:04")
			u.show()
		}
		then(err)
		u.followLock()
	})
}

// waiting is the overlay of one verb; it opens only when the work takes longer than a moment.
type waiting struct {
	u       *UI
	overlay *part.WaitOverlay
	over    bool
	timer   *time.Timer
}

func (u *UI) wait(busy string) *waiting {
	w := &waiting{u: u}
	if busy == "" || u.loop.inline {
		return w
	}
	w.overlay = part.NewWaitOverlay(busy, u.loop.Cancel)
	w.timer = time.AfterFunc(busyAfter, func() {
		fyne.Do(func() {
			if !w.over {
				w.overlay.ShowOn(u.win.Canvas())
			}
		})
	})
	return w
}

func (w *waiting) set(text string, fraction float64) {
	if w.overlay != nil && !w.over {
		w.overlay.Set(part.Running{Title: text, Fraction: float32(fraction)})
	}
}

func (w *waiting) end() {
	w.over = true
	if w.timer != nil {
		w.timer.Stop()
	}
	if w.overlay != nil && w.overlay.IsOpen() {
		w.overlay.Close()
	}
}

// fail says what went wrong and what to do next.
func (u *UI) fail(err error) {
	if survey.CodeOf(err) == survey.CodeCancelled {
		u.toaster.Say(part.Info, u.ErrorText(err), "", nil)
		return
	}
	part.NewMessage(part.Note{Kind: part.Err, Title: u.T("message.failed"), Text: u.ErrorText(err), Button: u.T("button.ok")}).ShowOn(u.win.Canvas())
}

// Say shows a short notice.
func (u *UI) Say(text string) {
	n := u.toaster.Say(part.OK, text, "", nil)
	if !u.loop.inline {
		time.AfterFunc(6*time.Second, func() { fyne.Do(func() { u.toaster.DismissIf(n) }) })
	}
}

// Ask asks before something that cannot be undone.
func (u *UI) Ask(title, text, yes string, do func()) {
	part.NewConfirm(part.Ask{Title: title, Text: text, Yes: yes, No: u.T("button.cancel"), Danger: true, OnYes: do}).ShowOn(u.win.Canvas())
}

// Prompt asks for one line of text.
func (u *UI) Prompt(q page.Prompt, got func(string)) {
	part.NewPrompt(part.AskText{
		Ask:   part.Ask{Title: q.Title, Text: q.Text, Yes: q.Yes, No: u.T("button.cancel")},
		Label: q.Label, Placeholder: q.Placeholder, OnText: got,
	}).ShowOn(u.win.Canvas())
}

// Install tells what this installation is.
func (u *UI) Install() page.Install {
	return page.Install{Version: u.cfg.Version, Folder: u.cfg.Folder, Parts: u.cfg.Parts, Sample: u.cfg.Sample, Help: u.cfg.Help}
}

// Go turns to a step.
func (u *UI) Go(step wizard.StepKey) {
	if u.state != nil {
		u.turn(string(step))
	}
}

// Home turns to the 工作台, Settings to the settings.
func (u *UI) Home()     { u.turn(KeyHome) }
func (u *UI) Settings() { u.turn(KeySettings) }

// Jump turns to the page that mends a path and puts the cursor there.
func (u *UI) Jump(path string) {
	u.Go(wizard.StepOf(path))
	if j, ok := u.pages[u.key].(page.Jumper); ok {
		j.JumpTo(path)
	}
}

// PickFile asks for a file to read.
func (u *UI) PickFile(title string, extensions []string, got func(name string, data []byte)) {
	u.cfg.System.Pick(u.win, title, extensions, func(name string, data []byte, err error) {
		switch {
		case err != nil:
			u.fail(err)
		case name != "":
			got(name, data)
		}
	})
}

// SaveFiles asks for a folder, notes what leaves and where to, and writes the files.
func (u *UI) SaveFiles(caseID string, files []wizard.File) {
	u.cfg.System.Folder(u.win, "", func(folder string, err error) {
		if err != nil {
			u.fail(err)
			return
		}
		if folder == "" {
			return
		}
		u.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			if err := d.NoteExport(ctx, caseID, wizard.FileNames(files), folder); err != nil {
				return nil, err
			}
			return nil, u.cfg.System.Write(folder, files)
		}, func(err error) {
			if err == nil {
				u.Say(u.T("saved.to", len(files), folder))
			}
		})
	})
}

// Setting gives an installation setting.
func (u *UI) Setting(key string) string { return u.settings[key] }

// Keep changes an installation setting.
func (u *UI) Keep(key, value string) {
	u.settings[key] = value
	var err error
	u.loop.Add(func(ctx context.Context) { err = u.cfg.Desk.Settings.PutSetting(ctx, "ui."+key, value) }, func() {
		if err != nil {
			u.fail(err)
		}
	})
}

// Apply changes an installation setting and draws everything anew.
func (u *UI) Apply(key, value string) {
	u.Keep(key, value)
	if t, ok := u.cfg.Texts[u.settings["language"]]; ok {
		u.text = t
	}
	u.leave()
	u.style()
	key = u.key
	u.build()
	u.win.SetContent(u.toaster)
	u.key = ""
	u.turn(key)
}

func (u *UI) style() {
	if u.cfg.System.Style != nil {
		u.cfg.System.Style(u.settings["dark"] == "yes", u.settings["large"] == "yes")
	}
}
