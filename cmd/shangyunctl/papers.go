package main

import (
	"fmt"
	"path/filepath"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type applyCmd struct {
	target
	agreed
	Kind string `help:"application（申报，发给主管部门）或 onboarding（上云对接，发给平台商）。" enum:"application,onboarding" default:"application"`
	Out  string `short:"o" help:"文书放在这个文件夹。" default:"." type:"path"`
}

func (c *applyCmd) Run(r *run) error {
	kind := submit.Kind(c.Kind)
	return c.look(r, func(d *wizard.Desk, st *wizard.State) error {
		files, err := d.PapersOf(st, kind)
		if c.Case == "" && err == nil { // an exchange file has left already
			l := c.leaving(c.Out)
			l.Kind = wizard.LeavesWith(kind)
			err = d.Leave(r.ctx, st.Case.ID, l)
		}
		if err != nil {
			return err
		}
		var names []string
		var data [][]byte
		for _, f := range files {
			names, data = append(names, filepath.Join(c.Out, f.Name)), append(data, f.Data)
		}
		if err := writeFiles(names, data); err != nil {
			return err
		}
		open := d.Ready(st, kind)
		if r.cli.JSON {
			return r.json(map[string]any{"files": names, "open": open})
		}
		for _, n := range names {
			fmt.Fprintln(r.out, "已写出", n)
		}
		for _, o := range open {
			fmt.Fprintln(r.out, "报送前要补：", o)
		}
		return nil
	})
}

type sampleCmd struct {
	Out string `arg:"" help:"写到这个文件夹。" type:"path"`
}

func (c *sampleCmd) Run(r *run) error {
	entries, err := assets.Sample.ReadDir("sample")
	if err != nil {
		return survey.Wrap(survey.CodeInternal, "shangyunctl.sample", err)
	}
	var names []string
	for _, e := range entries {
		data, err := assets.Sample.ReadFile("sample/" + e.Name())
		if err != nil {
			return survey.Wrap(survey.CodeInternal, "shangyunctl.sample", err)
		}
		name := filepath.Join(c.Out, e.Name())
		if err := writeFile(name, data); err != nil {
			return err
		}
		names = append(names, name)
		if !r.cli.JSON {
			fmt.Fprintln(r.out, "已写出", name)
		}
	}
	if r.cli.JSON {
		return r.json(names)
	}
	return nil
}
