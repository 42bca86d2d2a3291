package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// batch scores every case of a folder or a JSON-lines file; no case file is opened.
func (c *assessShowCmd) batch(r *run) error {
	cases, closer, err := batchCases(c.Path)
	if err != nil {
		return err
	}
	defer closer.Close()
	d, err := join.Thinking()
	if err != nil {
		return err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(800)) // thousands of cases that live for a millisecond: collect less often
	jobs := c.Jobs
	if jobs <= 0 {
		jobs = runtime.NumCPU()
	}
	lines, err := d.Batch(r.ctx, cases, jobs, func(done int) {
		if done%1000 == 0 {
			fmt.Fprintf(r.note, "已评测 %d 份…\n", done)
		}
	})
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return survey.Fail(survey.CodeFileEmpty, "shangyunctl.batch", "%s 里没有案卷", c.Path)
	}
	over := assess.OverviewOf(lines)
	if c.Out != "" {
		if err := writeTables(c.Out, overviewTables(d, lines, over)...); err != nil {
			return err
		}
	}
	if r.cli.JSON {
		return r.json(map[string]any{"cases": lines, "overview": over})
	}
	fmt.Fprintf(r.out, "共 %d 份，评了 %d 份，读不出 %d 份\n", len(lines), over.All.Cases, over.Bad)
	for i, n := range over.All.Levels {
		fmt.Fprintf(r.out, "  %s %d 份\n", r.text.T(fmt.Sprint("assess.level.", i)), n)
	}
	if over.All.Cases > 0 {
		fmt.Fprintf(r.out, "得分：最低 %s，中位 %s，最高 %s，平均 %s\n", over.All.Least, over.All.Median, over.All.Most, over.All.Mean)
	}
	for _, l := range lines {
		if l.Code != "" {
			place := l.File
			if l.At > 0 {
				place += fmt.Sprintf("（第 %d 行）", l.At)
			}
			fmt.Fprintf(r.out, "  读不出 %s：%s %s\n", place, l.Code, l.Error)
		}
	}
	return nil
}

// batchCases reads the .json files of a folder and the folders in it by their names, or the lines of one file.
func batchCases(path string) (iter.Seq[wizard.BatchCase], io.Closer, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, &survey.Error{Code: survey.CodeFileMissing, Op: "shangyunctl.batch", Detail: path, Err: err}
	}
	if info.IsDir() {
		return folderCases(path), io.NopCloser(nil), nil
	}
	if strings.EqualFold(filepath.Ext(path), ".json") {
		return func(yield func(wizard.BatchCase) bool) { yield(fileCase(path, filepath.Base(path))) }, io.NopCloser(nil), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, &survey.Error{Code: survey.CodeFileMissing, Op: "shangyunctl.batch", Detail: path, Err: err}
	}
	return lineCases(f, filepath.Base(path)), f, nil
}

func fileCase(path, name string) wizard.BatchCase {
	data, err := readFile(path)
	return wizard.BatchCase{File: name, Text: string(data), Err: err}
}

func folderCases(root string) iter.Seq[wizard.BatchCase] {
	return func(yield func(wizard.BatchCase) bool) {
		_ = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			name, relErr := filepath.Rel(root, path)
			if relErr != nil {
				name = path
			}
			switch {
			case err != nil:
				err = &survey.Error{Code: survey.CodeFileMissing, Op: "shangyunctl.batch", Detail: name, Err: err}
				if !yield(wizard.BatchCase{File: name, Err: err}) {
					return fs.SkipAll
				}
			case e.Type().IsRegular() && strings.EqualFold(filepath.Ext(path), ".json"):
				if !yield(fileCase(path, name)) {
					return fs.SkipAll
				}
			}
			return nil
		})
	}
}

// lineCases reads one case a line; empty lines are passed over. A line over the limit ends the file.
func lineCases(f io.Reader, name string) iter.Seq[wizard.BatchCase] {
	return func(yield func(wizard.BatchCase) bool) {
		s := bufio.NewScanner(f)
		s.Buffer(make([]byte, 1<<20), maxInput)
		row := 0
		for s.Scan() {
			row++
			line := bytes.TrimSpace(bytes.TrimPrefix(s.Bytes(), []byte("\ufeff")))
			if len(line) > 0 && !yield(wizard.BatchCase{File: name, Row: row, Text: string(line)}) {
				return
			}
		}
		if err := s.Err(); err != nil {
			code := survey.CodeFileBroken
			if errors.Is(err, bufio.ErrTooLong) {
				code = survey.CodeFileTooBig
			}
			yield(wizard.BatchCase{File: name, Row: row + 1, Err: &survey.Error{Code: code, Op: "shangyunctl.batch", Detail: name, Err: err}})
		}
	}
}
