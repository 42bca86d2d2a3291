// Package page holds one file per page of the wizard. A page lays out parts, sends a person's intent by Actions and is shown the
// State that followed. It keeps no facts of a case, starts no goroutine, computes no figure (ui/view finds the words and numbers) and never
// touches files, the network or the database.
package page

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Page is one page on screen. All its methods run on the UI goroutine.
type Page interface {
	// Parts are the page's header (part.PageHeader), scrolling body (part.PageBody) and foot (part.BottomBar); they are made once.
	Parts() (header, body, foot fyne.CanvasObject)
	// Show brings the page up to date with a state; st is nil on pages without an open case.
	Show(st *wizard.State)
}

// Leaver is a page that has something to save before another page is shown.
type Leaver interface{ Leave() }

// Jumper is a page that can put the cursor on the field of a path; false when it has none.
type Jumper interface{ JumpTo(path string) bool }

// ParcelTaker is a page that shows what a parcel holds and takes it when the person agrees.
type ParcelTaker interface{ TakeParcel(data []byte) }

// ManyTaker is a page about several cases.
type ManyTaker interface{ Take(ids []string) }

// Counter is a page that tells how long the next try has to wait; it is told each second and once it is over.
type Counter interface{ Count(left time.Duration) }

// Verb is one intent: it runs off the UI goroutine, one at a time, and gives the state that followed. Progress may be called with
// words and a fraction 0–1 (negative: unknown).
type Verb func(ctx context.Context, d *wizard.Desk, progress func(text string, fraction float64)) (*wizard.State, error)

// Actions is what a page may ask of the window. Every call returns at once; what follows comes back by Page.Show, a failure as a message
// in words.
type Actions interface {
	// T gives the words of a key in the person's language.
	T(key string, args ...any) string
	// ErrorText gives the sentence for an error in the person's language.
	ErrorText(err error) string
	// Do runs a verb on the open case's desk. busy is shown as a strip with a cancel button when the work takes longer than a moment; "" shows nothing.
	Do(busy string, v Verb)
	// Run runs a verb that may need no open case; then is told how it ended. Do shows a failure as a message, so does Run.
	Run(busy string, v Verb, then func(err error))
	// Look runs a long look at the network beside the other verbs and hands over each event, then how it ended; StopLook stops it.
	Look(look func(ctx context.Context, d *wizard.Desk, tell func(scan.Event)) error, each func(scan.Event), then func(error))
	StopLook()
	// Remember keeps what a page wants to find again when it is made anew, e.g. after a change of language; Remembered gives it, nil when there
	// is none.
	Remember(key string, what any)
	Remembered(key string) any
	// Set saves one field of the open case by its path (see wizard.Set); a value that cannot be taken is kept as a draft and comes back in State.Problems.
	Set(path, raw string)
	// Case is the id of the open case, "" when none is open.
	Case() string
	// Find hands the cases over that a query leaves; it needs no open case.
	Find(q wizard.Query, got func(wizard.Found))
	// NewCase begins a case and opens it; Open opens another case at its first unfinished step.
	NewCase(name string)
	Open(caseID string)
	// Adopt stores a case from the bytes of an exchange file under a new id and opens it.
	Adopt(file []byte)
	// Install tells what this installation is.
	Install() Install
	// Go turns to a step, Home to the 工作台, Settings to the settings; Jump to the page and field that mend a path such as "firm.creditCode".
	Go(step wizard.StepKey)
	Home()
	Settings()
	Jump(path string)
	// Help explains the present page, or a topic of the help; Return goes back to the page from which it was asked.
	Help(topic string)
	Return()
	// Enter opens a case and turns to one of its pages that is no step ("visit", "check"); Many turns to a page about several cases ("compare",
	// "batch"), which is a ManyTaker.
	Enter(caseID, key string)
	Many(key string, ids []string)
	// Photos asks for a folder and hands over the pictures in it, to be read one by one off the UI goroutine.
	Photos(title string, got func([]wizard.Photo))
	// Picture asks for a folder and writes a chart as PNG and SVG; draw makes it anew, so that the one on screen stays as it is.
	Picture(name string, draw func() fyne.CanvasObject)
	// PickFile asks for a file to read and hands over its name and bytes; extensions such as ".xlsx". Files over 64 MB are refused in words.
	PickFile(title string, extensions []string, got func(name string, data []byte))
	// SaveFiles asks for a folder, notes in the case's log what leaves, writes the files there and says where they are.
	SaveFiles(caseID string, files []wizard.File)
	// Export asks for a folder, names what would leave and where to, and writes it after the person agreed.
	Export(x Exporting)
	// Delete erases a case for good, given the firm's name as typed; then is told how it ended when it did not fail. Certificate asks for a folder and
	// hands the certificate of a deletion over.
	Delete(caseID, typed string, then func(wizard.Deletion))
	Certificate(x wizard.Deletion, then func())
	// PickFolder asks for a folder; OpenFolder shows one in the system's own file manager.
	PickFolder(title string, got func(folder string))
	OpenFolder(folder string)
	// RecoverySheet prints the page with a recovery code, or asks for a folder to save it in readably, after a warning. CanPrint tells
	// whether this computer prints without leaving a file.
	RecoverySheet(code string, print bool)
	CanPrint() bool
	// Reload begins at the 工作台 with what the case file holds now, e.g. after it was restored, and says a short notice there ("" says nothing).
	Reload(said string)
	// Say shows a short notice; Ask asks before something that cannot be undone.
	Say(text string)
	Ask(title, text, yes string, do func())
	// Prompt asks for one line of text; nothing is handed over when the person stops.
	Prompt(q Prompt, got func(text string))
	// Apply changes an installation setting ("language", "dark", "large", "lock.minutes", "folder") and redraws.
	Apply(key, value string)
	// Keep changes an installation setting without redrawing.
	Keep(key, value string)
	Setting(key string) string
}

// Exporting is something readable that a page offers to write.
type Exporting struct {
	Case, Firm string // id and name of the firm
	Kind       wizard.LeavingKind
	Name       string                // of the file; "" for papers, which have names of their own
	Format     wizard.RegisterFormat // of the register; "" for anything else
	Cases      []string              // of a comparison
	Sheet      wizard.Sheet          // of a comparison
}

// Prompt is a question for one line of text.
type Prompt struct{ Title, Text, Label, Placeholder, Yes string }

// Install is what a page may tell of the installation.
type Install struct {
	Version string // "" when unknown
	Folder  string // where the cases lie, "" when unknown
	Parts   []Part // of others, with their licences
	Sample  []byte // exchange file of an invented firm to look around with; nil when there is none
	Help    Help
}

// Maker makes a page. Pages register themselves by key: a wizard.StepKey, "home" or "settings".
type Maker func(a Actions) Page

var makers = map[string]Maker{}

// Register adds a page under its key; it is called from init only.
func Register(key string, m Maker) { makers[key] = m }

// New makes the page with that key, nil when there is none.
func New(key string, a Actions) Page {
	if m := makers[key]; m != nil {
		return m(a)
	}
	return nil
}

// Keys lists the registered keys.
func Keys() []string {
	out := make([]string, 0, len(makers))
	for k := range makers {
		out = append(out, k)
	}
	return out
}
