package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// json writes v as indented JSON.
func (r *run) json(v any) error {
	e := json.NewEncoder(r.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return survey.Wrap(survey.CodeInternal, "shangyunctl.json", e.Encode(v))
}

// say writes v with --json, otherwise the words.
func (r *run) say(v any, format string, args ...any) error {
	if r.cli.JSON {
		return r.json(v)
	}
	_, err := fmt.Fprintf(r.out, format, args...)
	return err
}

func orJSON(r *run, err error, v any) error {
	if err != nil {
		return err
	}
	return r.json(v)
}

// target names what a computing verb looks at: a stored case or an exchange file, with which no database is touched.
type target struct {
	ID   string `help:"案卷编号，可只写开头；只有一个案卷时可省略。"`
	Case string `help:"直接读取交换文件（JSON），不打开案卷库。" type:"path"`
}

// read derives the state of the target for a person to look at, and gives it with a desk that thinks and writes papers.
func (t target) read(r *run, do func(*wizard.Desk, *wizard.State) error) error {
	return t.open(r, (*wizard.Desk).View, do)
}

// look is read for verbs that show nothing but what they export.
func (t target) look(r *run, do func(*wizard.Desk, *wizard.State) error) error {
	return t.open(r, (*wizard.Desk).Open, do)
}

func (t target) open(r *run, open func(*wizard.Desk, context.Context, string) (*wizard.State, error), do func(*wizard.Desk, *wizard.State) error) error {
	if t.Case != "" {
		c, err := readCase(t.Case)
		if err != nil {
			return err
		}
		d, err := join.Thinking()
		if err != nil {
			return err
		}
		return do(d, d.Derive(r.ctx, c))
	}
	return r.onCase(t.ID, func(d *wizard.Desk, id string) error {
		st, err := open(d, r.ctx, id)
		if err != nil {
			return err
		}
		return do(d, st)
	})
}

func readCase(name string) (*survey.Case, error) {
	data, err := readFile(name)
	if err != nil {
		return nil, err
	}
	return survey.DecodeCase(data)
}

// onCase opens the case file and finds the case by its id or the beginning of it.
func (r *run) onCase(prefix string, do func(d *wizard.Desk, id string) error) error {
	return r.withDesk(func(d *wizard.Desk) error {
		all, err := d.List(r.ctx)
		if err != nil {
			return err
		}
		var found []string
		for _, e := range all {
			if strings.HasPrefix(e.ID, prefix) {
				found = append(found, e.ID)
			}
		}
		if len(found) != 1 {
			return survey.Fail(survey.CodeNoCase, "shangyunctl.case", "“%s”对应 %d 个案卷", prefix, len(found))
		}
		return do(d, found[0])
	})
}

// writeFile writes a result beside its place and renames it, so that a full disk leaves the old file whole.
func writeFile(name string, data []byte) error { return writeFiles([]string{name}, [][]byte{data}) }

// writeFiles writes files that belong together: all are written beside their places before the first is renamed, so that a full disk leaves
// the old set whole and no two of them disagree.
func writeFiles(names []string, data [][]byte) error {
	for i, name := range names {
		err := os.MkdirAll(filepath.Dir(name), 0o755)
		if err == nil {
			err = os.WriteFile(name+".part", data[i], 0o600)
		}
		if err != nil {
			for _, written := range names[:i+1] {
				_ = os.Remove(written + ".part")
			}
			return diskError(name, err)
		}
	}
	for _, name := range names {
		if err := os.Rename(name+".part", name); err != nil {
			return diskError(name, err)
		}
	}
	return nil
}

func diskError(name string, err error) error {
	code := survey.CodeFileMissing
	if errors.Is(err, syscall.ENOSPC) {
		code = survey.CodeDiskFull
	}
	return &survey.Error{Code: code, Op: "shangyunctl.write", Detail: name, Err: err}
}
