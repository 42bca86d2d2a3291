package join

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/connectors/update"
	"github.com/shangyuntong/shangyun/installer"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// shelf is where the packs that came as updates lie: in the folder of the cases.
func shelf(data string) update.Shelf {
	return update.Shelf{Folder: filepath.Join(data, "packs"), Keys: updateKeys(), Bundled: installer.Packs(), Program: installer.Version(), Base: assets.Packs(), Check: CheckPacks}
}

// updateKeys gives the key that is built in; tests put their own here.
var updateKeys = func() update.Keys {
	if key, _ := installer.Key(); key != "" {
		return update.Keys{key}
	}
	return nil
}

// packsIn gives the packs that a data folder works with, decoded once: those that came as an update when they are good, else the program's own.
func packsIn(data string) (wizard.Packs, fs.FS, error) {
	use := shelf(data).Open()
	if use.Number == installer.Packs() {
		p, err := Packs()
		return p, use.Files, err
	}
	p, err := packsOf(use.Files)
	return p, use.Files, err
}

// CheckPacks decodes packs as the program does and runs their own examples; templates are held against the forms' fields.
func CheckPacks(files fs.FS) error {
	if _, err := packsOf(files); err != nil {
		return err
	}
	names, err := fs.Glob(files, "template/*.docx")
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if err := CheckTemplate(name, data); err != nil {
			return err
		}
	}
	return err
}

// programPlace is the folder of the running program.
func programPlace() (update.Place, error) {
	exe, err := os.Executable()
	if err == nil {
		exe, err = filepath.EvalSymlinks(exe)
	}
	if err != nil {
		return update.Place{}, survey.Wrap(survey.CodeUpdatePlace, "join.update", err)
	}
	return update.Place{
		Folder: filepath.Dir(exe), Self: filepath.Base(exe), Keys: updateKeys(), Version: installer.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH, Try: update.Start,
	}, nil
}

// FinishUpdate carries an update of the programs through that a power cut left half done. Every program calls it first.
func FinishUpdate() error {
	p, err := programPlace()
	if err != nil {
		return err
	}
	return p.Finish()
}

// updater is the wizard's way to updates.
type updater struct{ shelf update.Shelf }

var _ wizard.Updater = updater{}

// Updates gives a desk that can only update; it needs no case file, which may be locked or damaged.
func Updates(data string) *wizard.Desk {
	return wizard.NewDesk(wizard.Parts{Updater: updater{shelf(data)}})
}

func (u updater) State(context.Context) (wizard.UpdateState, error) {
	p, err := programPlace()
	if err != nil {
		return wizard.UpdateState{}, err
	}
	now := u.shelf.Open()
	s := wizard.UpdateState{
		Running: installer.Version(), Packs: now.Number, PacksOwn: installer.Packs(), PacksDate: now.Date, PacksNotes: now.Notes, PacksBefore: now.Can, Fault: now.Fault,
	}
	s.Version, s.Before = p.Have()
	s.Key, s.Trial = installer.Key()
	return s, nil
}

func (u updater) Look(ctx context.Context, where string) ([]wizard.Update, error) {
	found, err := updateKeys().Look(ctx, where)
	if err != nil {
		return nil, err
	}
	p, err := programPlace()
	if err != nil {
		return nil, err
	}
	out := make([]wizard.Update, len(found))
	for i, f := range found {
		out[i] = wizard.Update{
			Kind: wizard.UpdateKind(f.Kind), Number: f.Number, Version: f.Version, Date: f.Date, Notes: f.Notes, From: f.From, Size: f.Size,
			Remote: strings.Contains(f.From, "://"), Refused: f.Fault,
		}
		if f.OS != "" {
			out[i].System = f.OS + "/" + f.Arch
		}
		if f.Fault == nil && f.Kind == update.KindProgram {
			out[i].Refused = p.Refuses(f.Manifest)
		}
		if f.Fault == nil && f.Kind == update.KindPacks {
			out[i].Refused = u.shelf.Refuses(f.Manifest)
			out[i].Changed = u.shelf.Changed(f.Manifest)
		}
	}
	return out, nil
}

func (u updater) Take(ctx context.Context, found wizard.Update, say func(fraction float64)) error {
	name, err := update.Fetch(ctx, found.From, "", found.Size, func(f float64) { say(f / 2) })
	if err != nil {
		return err
	}
	if name != found.From {
		defer func() { _ = os.Remove(name) }() // our own download
	}
	f, err := os.Open(name)
	if err != nil {
		return &survey.Error{Code: survey.CodeFileMissing, Op: "join.update", Detail: filepath.Base(name), Err: err}
	}
	err = u.take(ctx, f, say)
	return errors.Join(err, f.Close())
}

func (u updater) take(ctx context.Context, f *os.File, say func(fraction float64)) error {
	info, err := f.Stat()
	if err != nil {
		return survey.Wrap(survey.CodeFileMissing, "join.update", err)
	}
	head, err := updateKeys().Read(f, info.Size())
	if err != nil {
		return err
	}
	if head.Kind == update.KindPacks {
		var data bytes.Buffer
		if _, err := io.Copy(&data, io.NewSectionReader(f, 0, info.Size())); err != nil {
			return survey.Wrap(survey.CodeFileMissing, "join.update", err)
		}
		_, err := u.shelf.Take(data.Bytes())
		return err
	}
	p, err := programPlace()
	if err != nil {
		return err
	}
	_, err = p.Take(ctx, f, info.Size(), func(f float64) { say(0.5 + f/2) })
	return err
}

func (u updater) Undo(_ context.Context, kind wizard.UpdateKind) error {
	if kind == wizard.UpdatePacks {
		return u.shelf.Undo()
	}
	p, err := programPlace()
	if err != nil {
		return err
	}
	return p.Undo()
}
