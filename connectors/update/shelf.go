package update

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/shangyuntong/shangyun/survey"
)

// Shelf keeps the packs that came as updates, in a folder of its own beside the cases: each package as it came, and current.json, which names
// the one in use and the one before. A package is verified again every time it is read, for the folder can be written by anybody here.
type Shelf struct {
	Folder  string
	Keys    Keys
	Bundled int    // number of the packs inside the program
	Program string // version of the program
	Base    fs.FS  // the packs inside the program, with the folders policy, questions, …
	// Check decodes the packs as the program will and runs their own examples.
	Check func(files fs.FS) error
}

const currentName = "current.json"

// maxShelf bounds a package of packs on the disk, in bytes.
const maxShelf = maxPacks + maxManifest

// current is what current.json holds.
type current struct {
	Use     string `json:"use"`     // file in use, "" for those inside the program
	Before  string `json:"before"`  // what was used before, to go back to; "" for those inside the program
	Can     bool   `json:"can"`     // whether there is something to go back to
	Highest int    `json:"highest"` // number that was ever in use: lower ones are refused
	SHA256  string `json:"sha256"`  // of the package of that number, so that it can be taken again after going back
}

// InUse is what the program works with.
type InUse struct {
	Number int      // of the packs
	Notes  []string // of the package, nil for those inside the program
	Date   string
	Files  fs.FS
	Fault  error // why a package that was installed is not used; nil when all is well
	Can    bool  // whether Undo would do something
}

// Open gives the packs to work with: the newest good ones. It never fails: what is broken is left aside and told in Fault.
func (s Shelf) Open() InUse {
	own := InUse{Number: s.Bundled, Files: s.Base}
	c, err := s.read()
	if err != nil {
		own.Fault = err
		return own
	}
	own.Can = c.Can
	for _, name := range []string{c.Use, c.Before} {
		if name == "" {
			break
		}
		p, files, err := s.load(name)
		switch {
		case err != nil:
			own.Fault = errors.Join(own.Fault, err)
		case p.Number > s.Bundled:
			return InUse{Number: p.Number, Notes: p.Notes, Date: p.Date, Files: files, Fault: own.Fault, Can: c.Can}
		}
	}
	return own
}

func (s Shelf) read() (current, error) {
	var c current
	data, err := os.ReadFile(filepath.Join(s.Folder, currentName))
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &c)
	}
	if err == nil && (c.Use != filepath.Base(c.Use) && c.Use != "" || c.Before != filepath.Base(c.Before) && c.Before != "") {
		err = errors.New("names a file elsewhere")
	}
	if err != nil {
		return current{}, &survey.Error{Code: survey.CodeUpdate, Op: "update.shelf", Detail: currentName, Err: err}
	}
	return c, nil
}

func (s Shelf) write(c current) error {
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return put(filepath.Join(s.Folder, currentName), 0o600, func(w io.Writer) error { _, err := w.Write(data); return err })
}

// load reads and verifies a package on the shelf and lays it over the packs inside the program.
func (s Shelf) load(name string) (*Package, fs.FS, error) {
	data, err := readBounded(filepath.Join(s.Folder, name))
	if err != nil {
		return nil, nil, err
	}
	p, err := s.Keys.Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, err
	}
	files, err := s.fit(p)
	return p, files, err
}

func readBounded(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &survey.Error{Code: survey.CodeFileMissing, Op: "update.shelf", Detail: filepath.Base(name), Err: err}
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxShelf+1))
	if err != nil || len(data) > maxShelf {
		return nil, &survey.Error{Code: survey.CodeUpdate, Op: "update.shelf", Detail: filepath.Base(name), Err: err}
	}
	return data, nil
}

// fit lays packs over those inside the program and has the whole checked.
func (s Shelf) fit(p *Package) (fs.FS, error) {
	if p.Kind != KindPacks {
		return nil, survey.Fail(survey.CodeUpdate, "update.packs", "不是规则更新包")
	}
	if p.Needs != "" && Newer(p.Needs, s.Program) { // the program may have gone back since
		return nil, survey.Fail(survey.CodeUpdateNeeds, "update.packs", "规则包 %d 需要程序 %s，这里是 %s", p.Number, p.Needs, s.Program)
	}
	over, err := p.all()
	if err != nil {
		return nil, err
	}
	files := Over(s.Base, over, p.Gone)
	return files, s.Check(files)
}

// Take puts packs in use. It fails with E0704 for what is older than what was here, with E0705 for what needs a newer program, and with the
// check's own error for packs that are wrong or fail their own examples; then nothing is changed.
func (s Shelf) Take(data []byte) (Manifest, error) {
	p, err := s.Keys.Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return Manifest{}, err
	}
	if p.Kind != KindPacks {
		return p.Manifest, survey.Fail(survey.CodeUpdate, "update.packs", "不是规则更新包")
	}
	c, err := s.read()
	if err != nil {
		c = current{} // what cannot be read is written anew; the program's own number still holds
	}
	sum := sha256.Sum256(data)
	digest := hex.EncodeToString(sum[:])
	if err := s.refuses(p.Manifest, c, digest == c.SHA256); err != nil {
		return p.Manifest, err
	}
	if _, err := s.fit(p); err != nil {
		return p.Manifest, err
	}
	if err := os.MkdirAll(s.Folder, 0o700); err != nil {
		return p.Manifest, placeError(err, "packs")
	}
	name := packName(p.Number)
	if c.Use == name {
		return p.Manifest, nil
	}
	if err := put(filepath.Join(s.Folder, name), 0o600, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return p.Manifest, err
	}
	return p.Manifest, s.write(current{Use: name, Before: c.Use, Can: true, Highest: p.Number, SHA256: digest})
}

// Refuses tells what stands against packs before their contents are looked at, nil when nothing: E0704 not newer, E0705 a newer program is needed.
func (s Shelf) Refuses(m Manifest) error {
	c, err := s.read()
	if err != nil {
		c = current{}
	}
	return s.refuses(m, c, c.Use != packName(m.Number))
}

// refuses lets the package of the highest number come again after going back, when it is the same one.
func (s Shelf) refuses(m Manifest, c current, again bool) error {
	if lowest := max(c.Highest, s.Bundled); m.Number < lowest || m.Number == lowest && !(again && m.Number > s.Bundled) {
		return survey.Fail(survey.CodeUpdateOld, "update.packs", "规则包 %d 不比已用过的 %d 新", m.Number, lowest)
	}
	if m.Needs != "" && Newer(m.Needs, s.Program) {
		return survey.Fail(survey.CodeUpdateNeeds, "update.packs", "规则包 %d 需要程序 %s，这里是 %s", m.Number, m.Needs, s.Program)
	}
	return nil
}

func packName(number int) string { return fmt.Sprintf("%06d%s", number, Ext) }

// Changed lists what packs do to the files that are in use: "+ new", "~ changed", "- dropped".
func (s Shelf) Changed(m Manifest) []string {
	now := s.Open().Files
	var out []string
	for _, f := range m.Files {
		data, err := fs.ReadFile(now, f.Name)
		sum := sha256.Sum256(data)
		switch {
		case err != nil:
			out = append(out, "+ "+f.Name)
		case hex.EncodeToString(sum[:]) != f.SHA256:
			out = append(out, "~ "+f.Name)
		}
	}
	for _, name := range m.Gone {
		if _, err := fs.Stat(now, name); err == nil {
			out = append(out, "- "+name)
		}
	}
	return out
}

// Undo goes back to the packs that were used before the last Take; E0401 when there is nothing to go back to.
func (s Shelf) Undo() error {
	c, err := s.read()
	if err != nil {
		return err
	}
	if !c.Can {
		return survey.Fail(survey.CodeNotReady, "update.undo", "没有可退回的规则包")
	}
	return s.write(current{Use: c.Before, Highest: c.Highest, SHA256: c.SHA256})
}
