package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/shangyuntong/shangyun/installer"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
)

// maxFile bounds a file that a person picks, in bytes.
const maxFile = 64 << 20

// parts are the things of others that this program is made of.
func parts() []page.Part {
	var out []page.Part
	for _, p := range installer.Own() {
		out = append(out, page.Part{Name: p.Name, Version: p.Version, Licence: p.Licence, Text: p.Text})
	}
	return out
}

// pickHere asks for a file by a dialog inside the window and reads it; no name means that the person changed her mind.
func pickHere(w fyne.Window, title string, extensions []string, got func(name string, data []byte, err error)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			got("", nil, wrap(err, ""))
			return
		}
		data, err := read(r)
		got(r.URI().Name(), data, err)
	}, w)
	d.SetTitleText(title)
	if len(extensions) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(extensions))
	}
	d.Resize(fyne.NewSize(860, 600))
	d.Show()
}

// readFile reads a file that was double-clicked.
func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, wrap(err, filepath.Base(name))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = survey.Fail(survey.CodeFileTooBig, "shangyun.open", "%s 超过 64 MB", filepath.Base(name))
	}
	return data, wrap(err, filepath.Base(name))
}

// read reads a file of at most 64 MB and closes it.
func read(r fyne.URIReadCloser) ([]byte, error) {
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = survey.Fail(survey.CodeFileTooBig, "shangyun.pick", "%s 超过 64 MB", r.URI().Name())
	}
	return data, wrap(err, r.URI().Name())
}

// maxDropped bounds how many files are taken at once.
const maxDropped = 32

// dropped reads the files that were dropped onto the window, off the UI goroutine; got comes back on it.
func dropped(from []fyne.URI, got func([]wizard.File, error)) {
	go func() { // ends with the last file
		var files []wizard.File
		var first error
		for _, u := range from[:min(len(from), maxDropped)] {
			r, err := storage.Reader(u)
			var data []byte
			if err = wrap(err, u.Name()); err == nil {
				data, err = read(r)
			}
			if err != nil {
				first = err
				break
			}
			files = append(files, wizard.File{Name: u.Name(), Data: data})
		}
		fyne.Do(func() { got(files, first) })
	}()
}

// printer hands a page to the system's printing by standard input, so that no file of ours is left; nil where there is no lp.
func printer() func(f wizard.File, done func(error)) {
	lp, err := exec.LookPath("lp")
	if err != nil {
		return nil
	}
	return func(f wizard.File, done func(error)) {
		go func() { // ends with lp, at the latest after a minute
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, lp, "-t", "上云通")
			cmd.Stdin = bytes.NewReader(f.Data)
			err := cmd.Run()
			fyne.Do(func() { done(wrap(err, "lp")) })
		}()
	}
}

// folderHere asks for a folder by a dialog inside the window; "" means that the person changed her mind.
func folderHere(w fyne.Window, title string, got func(folder string, err error)) {
	d := dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
		if err != nil || dir == nil {
			got("", wrap(err, ""))
			return
		}
		got(filepath.FromSlash(dir.Path()), nil)
	}, w)
	if title != "" {
		d.SetTitleText(title)
	}
	d.Resize(fyne.NewSize(860, 600))
	d.Show()
}

// writeFiles writes files into a folder, each beside its place and then renamed.
func writeFiles(folder string, files []wizard.File) error {
	for _, f := range files {
		if err := write(filepath.Join(folder, filepath.Base(f.Name)), f.Data); err != nil {
			return wrap(err, f.Name)
		}
	}
	return nil
}

func write(name string, data []byte) error {
	tmp := name + ".part"
	if err := os.WriteFile(tmp, data, 0o600); err != nil {
		_ = os.Remove(tmp)
		return err
	}
	return os.Rename(tmp, name)
}

// wrap gives a file's failure its code.
func wrap(err error, name string) error {
	var known *survey.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, syscall.ENOSPC):
		return &survey.Error{Code: survey.CodeDiskFull, Op: "shangyun.files", Detail: name, Err: err}
	}
	return &survey.Error{Code: survey.CodeFileMissing, Op: "shangyun.files", Detail: name, Err: err}
}
