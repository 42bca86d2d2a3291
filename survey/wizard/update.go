package wizard

import (
	"context"

	"github.com/shangyuntong/shangyun/survey"
)

// UpdateKind tells what an update brings: rule packs or programs.
type UpdateKind string

// The kinds of updates.
const (
	UpdatePacks   UpdateKind = "packs"
	UpdateProgram UpdateKind = "program"
)

// Update is one signed package that was found on a stick, in a file or on the net.
type Update struct {
	Kind    UpdateKind `json:"kind"`
	Number  int        `json:"number,omitempty"`  // of packs
	Version string     `json:"version,omitempty"` // of programs
	System  string     `json:"system,omitempty"`  // of programs, e.g. "windows/amd64"
	Date    string     `json:"date"`
	Notes   []string   `json:"notes"`             // the publisher's sentences on what changed
	Changed []string   `json:"changed,omitempty"` // files of packs: "+ new", "~ changed", "- dropped"; known once the package is here
	From    string     `json:"from"`              // file or address
	Size    int64      `json:"size"`              // bytes, 0 when unknown
	Remote  bool       `json:"remote"`            // on the net: signature and contents are checked once it is fetched
	Refused error      `json:"-"`                 // why it cannot be taken here; nil when it can
}

// UpdateState is what is installed.
type UpdateState struct {
	Version     string   `json:"version"`          // of the programs in their folder
	Running     string   `json:"running"`          // of this program; differs after an update until the next start
	Before      string   `json:"before,omitempty"` // version to go back to, "" when none is kept
	Packs       int      `json:"packs"`            // number of the packs in use
	PacksOwn    int      `json:"packsOwn"`         // of those inside the program
	PacksDate   string   `json:"packsDate,omitempty"`
	PacksNotes  []string `json:"packsNotes,omitempty"`
	PacksBefore bool     `json:"packsBefore"`   // whether there are packs to go back to
	Key         string   `json:"key,omitempty"` // public key that updates must be signed with, "" when none are taken
	Trial       bool     `json:"trial"`         // the key is of whoever built the program, no publisher's
	Fault       error    `json:"-"`             // why packs that were installed are not used
}

// Updater brings rule packs and programs after the program. What it takes counts from the next start.
type Updater interface {
	State(ctx context.Context) (UpdateState, error)
	Look(ctx context.Context, where string) ([]Update, error)
	Take(ctx context.Context, u Update, say func(fraction float64)) error
	Undo(ctx context.Context, kind UpdateKind) error
}

func (d *Desk) updater() (Updater, error) {
	if d.Updater == nil {
		return nil, survey.Fail(survey.CodeNotReady, "wizard.update", "这里不能更新")
	}
	return d.Updater, nil
}

// UpdateState tells what is installed and what can be gone back to.
func (d *Desk) UpdateState(ctx context.Context) (UpdateState, error) {
	u, err := d.updater()
	if err != nil {
		return UpdateState{}, err
	}
	return u.State(ctx)
}

// LookForUpdates lists the updates in a file, in a folder such as a USB stick's, or at an https address; E0708 when there are none.
func (d *Desk) LookForUpdates(ctx context.Context, where string) ([]Update, error) {
	u, err := d.updater()
	if err != nil {
		return nil, err
	}
	return u.Look(ctx, where)
}

// TakeUpdate installs one that was found. It is checked anew; when anything is wrong nothing has changed.
func (d *Desk) TakeUpdate(ctx context.Context, found Update, say func(fraction float64)) error {
	u, err := d.updater()
	if err != nil {
		return err
	}
	return u.Take(ctx, found, say)
}

// UndoUpdate goes back to the packs or programs before the last update; E0401 when nothing is kept.
func (d *Desk) UndoUpdate(ctx context.Context, kind UpdateKind) error {
	u, err := d.updater()
	if err != nil {
		return err
	}
	return u.Undo(ctx, kind)
}
