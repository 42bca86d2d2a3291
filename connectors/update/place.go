package update

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Place is the folder that the programs run from, and how new ones get there.
//
// minio/selfupdate replaces one file and has a moment in which the program is gone; here several programs change together and a kill at any
// moment leaves each of them whole: everything is staged and started once before a journal is written, each program is then renamed over
// its predecessor, and whoever starts next finishes what the journal says.
type Place struct {
	Folder  string
	Keys    Keys
	Version string // of the running program
	OS      string // runtime.GOOS unless a test says otherwise
	Arch    string
	Self    string // base name of the running program: it is replaced last
	// Try starts a program and tells whether it is of that version.
	Try func(ctx context.Context, program, version string) error

	step func(name string) // for tests: called before each change on the disk
}

// Names below Folder.
const (
	updateFolder = ".update"
	stageFolder  = ".update/stage"
	oldFolder    = ".update/old"
	journalName  = ".update/journal.json"
	doneName     = ".update/done.json"
	// packagedName marks programs that the system's own package manager put here; its content says how to update them.
	packagedName = "packaged"
)

// done is what done.json tells of the last change.
type done struct {
	Version string `json:"version"` // of the programs here
	Before  string `json:"before"`  // to go back to, "" when nothing is kept
	Highest string `json:"highest"` // version that was ever here: lower ones are refused
	Files   []swap `json:"files"`
}

// journal is a change under way.
type journal struct {
	After done   `json:"after"`
	Files []swap `json:"files"`
	Back  bool   `json:"back"` // an Undo: what is staged is the old
}

// swap is one program that changes.
type swap struct {
	Name string `json:"name"`
	New  string `json:"new"` // SHA-256
	Old  string `json:"old"`
}

func (p Place) at(name string) string { return filepath.Join(p.Folder, filepath.FromSlash(name)) }

func (p Place) mark(name string) {
	if p.step != nil {
		p.step(name)
	}
}

// Have gives the version of the programs in the folder, which is newer than the running one after an update, and the one to go back to.
func (p Place) Have() (version, before string) {
	d := p.done()
	if d.Version == "" {
		return p.Version, ""
	}
	return d.Version, d.Before
}

func (p Place) done() done {
	var d done
	if p.readJSON(doneName, &d) != nil || Newer(p.Version, d.Version) && !p.wentBack(d) {
		return done{} // a setup program has been here since
	}
	return d
}

// wentBack tells whether the last change was an Undo and its programs are still here; the running one may be the newer that it replaced.
func (p Place) wentBack(d done) bool {
	for _, f := range d.Files {
		if !same(p.at(f.Name), f.New) {
			return false
		}
	}
	return d.Before == "" && len(d.Files) > 0
}

// Refuses tells why a package cannot be taken here, nil when it can: E0705 another system, E0704 not newer, E0706 not ours to change.
func (p Place) Refuses(m Manifest) error {
	const op = "update.program"
	if m.Kind != KindProgram {
		return survey.Fail(survey.CodeUpdate, op, "不是程序更新包")
	}
	if m.OS != p.OS || m.Arch != p.Arch {
		return survey.Fail(survey.CodeUpdateNeeds, op, "这个包用于 %s/%s，本机是 %s/%s", m.OS, m.Arch, p.OS, p.Arch)
	}
	d := p.done()
	if have, _ := p.Have(); !Newer(m.Version, have) || Newer(d.Highest, m.Version) {
		return survey.Fail(survey.CodeUpdateOld, op, "程序 %s 不比已用过的 %s 新", m.Version, cmpMax(have, d.Highest))
	}
	if how, err := os.ReadFile(p.at(packagedName)); err == nil {
		return survey.Fail(survey.CodeUpdatePlace, op, "%s", strings.TrimSpace(string(how)))
	}
	return nil
}

func cmpMax(a, b string) string {
	if Newer(b, a) {
		return b
	}
	return a
}

// Take puts new programs in place. say is told how far it is, from 0 to 1. When the new ones do not start, E0707 says so and nothing has changed.
func (p Place) Take(ctx context.Context, r io.ReaderAt, size int64, say func(fraction float64)) (Manifest, error) {
	pack, err := p.Keys.Read(r, size)
	if err != nil {
		return Manifest{}, err
	}
	if err := p.Finish(); err != nil {
		return pack.Manifest, err
	}
	if err := p.Refuses(pack.Manifest); err != nil {
		return pack.Manifest, err
	}
	j, err := p.stage(ctx, pack, say)
	if err == nil {
		err = p.tryAll(ctx, stageFolder, j.Files, pack.Version)
	}
	if err == nil {
		err = p.keepOld(j.Files)
	}
	if err != nil {
		return pack.Manifest, errors.Join(err, p.clean())
	}
	if err := p.commit(j); err != nil {
		return pack.Manifest, err
	}
	if err := p.tryAll(ctx, ".", j.Files, pack.Version); err != nil {
		return pack.Manifest, errors.Join(err, p.Undo())
	}
	return pack.Manifest, nil
}

// stage writes the new programs beside the old ones and holds them against their digests.
func (p Place) stage(ctx context.Context, pack *Package, say func(float64)) (journal, error) {
	have, _ := p.Have()
	j := journal{After: done{Version: pack.Version, Before: have, Highest: pack.Version}}
	p.mark("stage")
	if err := errors.Join(os.RemoveAll(p.at(stageFolder)), os.MkdirAll(p.at(stageFolder), 0o755)); err != nil {
		return j, placeError(err, updateFolder)
	}
	for i, f := range pack.Files {
		old, err := digestOf(p.at(f.Name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // only what is here is replaced
		}
		if err != nil {
			return j, placeError(err, f.Name)
		}
		if err := ctx.Err(); err != nil {
			return j, survey.Wrap(survey.CodeCancelled, "update.program", err)
		}
		p.mark("stage " + f.Name)
		if err := put(p.at(stageFolder+"/"+f.Name), 0o755, func(w io.Writer) error { return pack.copyTo(w, f) }); err != nil {
			return j, err
		}
		j.Files = append(j.Files, swap{Name: f.Name, New: f.SHA256, Old: old})
		say(float64(i+1) / float64(len(pack.Files)+1))
	}
	if len(j.Files) == 0 {
		return j, survey.Fail(survey.CodeUpdatePlace, "update.program", "%s 里没有可以更新的程序", filepath.Base(p.Folder))
	}
	slices.SortStableFunc(j.Files, func(a, b swap) int { return rank(a.Name == p.Self) - rank(b.Name == p.Self) })
	j.After.Files = j.Files
	return j, nil
}

func rank(last bool) int {
	if last {
		return 1
	}
	return 0
}

func (p Place) tryAll(ctx context.Context, folder string, files []swap, version string) error {
	for _, f := range files {
		if err := p.Try(ctx, p.at(folder+"/"+f.Name), version); err != nil {
			return &survey.Error{Code: survey.CodeUpdateStart, Op: "update.program", Detail: f.Name, Err: err}
		}
	}
	return nil
}

// keepOld copies the programs that will be replaced, so that they can be put back.
func (p Place) keepOld(files []swap) error {
	p.mark("keep")
	if err := errors.Join(os.RemoveAll(p.at(oldFolder)), os.MkdirAll(p.at(oldFolder), 0o755)); err != nil {
		return placeError(err, updateFolder)
	}
	for _, f := range files {
		p.mark("keep " + f.Name)
		if err := p.copy(f.Name, oldFolder+"/"+f.Name); err != nil {
			return err
		}
	}
	return nil
}

func (p Place) copy(from, to string) error {
	in, err := os.Open(p.at(from))
	if err != nil {
		return placeError(err, from)
	}
	defer func() { _ = in.Close() }()
	return put(p.at(to), 0o755, func(w io.Writer) error { _, err := io.Copy(w, in); return err })
}

// commit writes the journal, from which on the change is finished by whoever starts next, and carries it out.
func (p Place) commit(j journal) error {
	p.mark("journal")
	if err := p.writeJSON(journalName, j); err != nil {
		return err
	}
	return p.Finish()
}

// Finish carries out what a journal says, forward where the new programs are whole, else back. It does nothing when there is none, and may
// be called by several programs at once.
func (p Place) Finish() error {
	var j journal
	err := p.readJSON(journalName, &j)
	if errors.Is(err, fs.ErrNotExist) {
		p.sweep()
		return nil
	}
	if err != nil { // it is written whole or not at all; what it says is lost only with the disk
		return placeError(err, journalName)
	}
	for _, f := range j.Files {
		if same(p.at(f.Name), f.New) {
			continue
		}
		if !same(p.at(stageFolder+"/"+f.Name), f.New) {
			return p.back(j)
		}
		p.mark("replace " + f.Name)
		if err := replace(p.at(stageFolder+"/"+f.Name), p.at(f.Name), p.at(oldFolder+"/"+f.Name+".running")); err != nil {
			return errors.Join(err, p.back(j))
		}
	}
	p.mark("done")
	if err := p.writeJSON(doneName, j.After); err != nil {
		return err
	}
	p.mark("clean")
	if err := p.clean(); err != nil || !j.Back {
		return err
	}
	_ = os.RemoveAll(p.at(oldFolder)) // nothing to go back to any more; Windows keeps what runs for the next sweep
	return nil
}

// back puts the old programs back; the journal stays when that fails, so that the next start tries again.
func (p Place) back(j journal) error {
	for _, f := range j.Files {
		if j.Back || same(p.at(f.Name), f.Old) {
			continue
		}
		p.mark("back " + f.Name)
		tmp := stageFolder + "/" + f.Name + ".old"
		if err := errors.Join(os.MkdirAll(p.at(stageFolder), 0o755), p.copy(oldFolder+"/"+f.Name, tmp)); err != nil {
			return err
		}
		if err := replace(p.at(tmp), p.at(f.Name), p.at(oldFolder+"/"+f.Name+".running")); err != nil {
			return err
		}
	}
	return p.clean()
}

// clean ends a change: first the journal, then what was staged.
func (p Place) clean() error {
	err := os.Remove(p.at(journalName))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	err = errors.Join(err, os.RemoveAll(p.at(stageFolder)))
	p.sweep()
	return placeError(err, updateFolder)
}

// sweep removes programs that were moved aside while they ran. Windows keeps them until they have ended.
func (p Place) sweep() {
	left, _ := filepath.Glob(p.at(oldFolder + "/*.running"))
	for _, name := range left {
		_ = os.Remove(name)
	}
}

// Undo puts the programs back that were here before the last Take; E0401 when nothing is kept.
func (p Place) Undo() error {
	d := p.done()
	if d.Before == "" {
		return survey.Fail(survey.CodeNotReady, "update.undo", "没有可退回的程序版本")
	}
	j := journal{Back: true, After: done{Version: d.Before, Highest: d.Highest}}
	if err := os.MkdirAll(p.at(stageFolder), 0o755); err != nil {
		return placeError(err, updateFolder)
	}
	for _, f := range d.Files {
		if err := p.copy(oldFolder+"/"+f.Name, stageFolder+"/"+f.Name); err != nil {
			return err
		}
		if !same(p.at(stageFolder+"/"+f.Name), f.Old) {
			return errors.Join(survey.Fail(survey.CodeUpdatePlace, "update.undo", "留存的旧程序 %s 已损坏", f.Name), p.clean())
		}
		j.Files = append(j.Files, swap{Name: f.Name, New: f.Old})
	}
	j.After.Files = j.Files
	return p.commit(j)
}

// replace renames a program over another. Windows does not let a running one be replaced, but lets it be moved aside first.
func replace(from, to, aside string) error {
	err := move(from, to)
	if err == nil || runtime.GOOS != "windows" {
		return err
	}
	_ = os.Remove(aside)
	if moved := os.Rename(to, aside); moved != nil {
		return errors.Join(err, moved)
	}
	if err := move(from, to); err != nil {
		return errors.Join(err, os.Rename(aside, to))
	}
	return nil
}

func (p Place) readJSON(name string, v any) error {
	data, err := os.ReadFile(p.at(name))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

func (p Place) writeJSON(name string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return put(p.at(name), 0o644, func(w io.Writer) error { _, err := w.Write(data); return err })
}
