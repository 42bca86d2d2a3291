package assets

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// Packs is everything that an update of the rules may replace, as one tree: policy, questions, catalog, template and the marks of software.
func Packs() fs.FS { return packs{Policy, Questions, Catalog, Template, Software, Portal, Platform} }

// packs puts folders of several trees side by side; no name stands in two of them.
type packs []fs.FS

// Open implements fs.FS.
func (p packs) Open(name string) (fs.File, error) {
	for _, f := range p {
		if file, err := f.Open(name); !errors.Is(err, fs.ErrNotExist) && name != "." {
			return file, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir implements fs.ReadDirFS.
func (p packs) ReadDir(name string) ([]fs.DirEntry, error) {
	var out []fs.DirEntry
	for _, f := range p {
		list, err := fs.ReadDir(f, name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		out = append(out, list...)
	}
	if len(out) == 0 {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}
