package update

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// Over lays files over others: a name in top hides the same name in base, and names in gone are dropped from base.
func Over(base, top fs.FS, gone []string) fs.FS { return over{base, top, gone} }

type over struct {
	base, top fs.FS
	gone      []string
}

// Open implements fs.FS.
func (o over) Open(name string) (fs.File, error) {
	f, err := o.top.Open(name)
	if !errors.Is(err, fs.ErrNotExist) {
		if info, told := statOf(f); err == nil && told && info.IsDir() {
			if below, err := o.base.Open(name); err == nil { // a folder of both: ReadDir puts them together
				_ = f.Close()
				return below, nil
			}
		}
		return f, err
	}
	if slices.Contains(o.gone, name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.base.Open(name)
}

func statOf(f fs.File) (fs.FileInfo, bool) {
	if f == nil {
		return nil, false
	}
	info, err := f.Stat()
	return info, err == nil
}

// ReadDir implements fs.ReadDirFS.
func (o over) ReadDir(name string) ([]fs.DirEntry, error) {
	top, err1 := fs.ReadDir(o.top, name)
	base, err2 := fs.ReadDir(o.base, name)
	if err1 != nil && err2 != nil {
		return nil, err2
	}
	out := slices.Clone(top)
	for _, e := range base {
		full := strings.TrimPrefix(name+"/"+e.Name(), "./")
		if !slices.Contains(o.gone, full) && !slices.ContainsFunc(top, func(t fs.DirEntry) bool { return t.Name() == e.Name() }) {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}
