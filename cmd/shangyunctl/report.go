package main

import (
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type reportCmd struct {
	agreed
	ID   string `arg:"" optional:"" name:"case" help:"案卷编号，可只写开头；只有一个案卷时可省略。"`
	File string `help:"直接读取交换文件（JSON），不打开案卷库。" name:"case" type:"path"`
	Out  string `short:"o" help:"写到这个 PDF 文件。" default:"诊断报告.pdf" type:"path"`
}

func (c *reportCmd) Run(r *run) error {
	return target{ID: c.ID, Case: c.File}.look(r, func(d *wizard.Desk, st *wizard.State) error {
		d.By = r.cli.By
		f, err := d.ReportOf(st)
		if c.File == "" && err == nil { // an exchange file has left already
			l := c.leaving(c.Out)
			l.Kind = wizard.LeavesReport
			err = d.Leave(r.ctx, st.Case.ID, l)
		}
		if err != nil {
			return err
		}
		if err := writeFile(c.Out, f.Data); err != nil {
			return err
		}
		return r.say(map[string]any{"file": c.Out, "bytes": len(f.Data)}, "已写出 %s\n", c.Out)
	})
}
