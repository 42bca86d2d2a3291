package main

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// agreed is who agrees that something readable leaves; without it the verb says what would leave and ends with 4.
type agreed struct {
	Agree string `help:"谁同意导出（姓名）。不写则只说明会导出什么、写到哪里，不导出。" placeholder:"姓名"`
}

// leaving names the place in full, so that the record tells where the file went.
func (a agreed) leaving(where string) wizard.Leaving {
	if full, err := filepath.Abs(where); err == nil {
		where = full
	}
	return wizard.Leaving{Where: where, By: a.Agree}
}

type caseBundle struct {
	agreed
	ID   string `arg:"" help:"案卷编号，可只写开头。"`
	File string `arg:"" help:"写到这个 .zip 文件。" type:"path"`
}

func (c *caseBundle) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		shown := int64(-1)
		if c.Agree == "" { // say what would leave before a file is begun
			return d.Leave(r.ctx, id, wizard.Leaving{Kind: wizard.LeavesBundle, Where: c.leaving(c.File).Where})
		}
		err := join.Export(c.File, func(w io.Writer) error {
			return d.Bundle(r.ctx, id, wizard.Bundling{Leaving: c.leaving(c.File), Say: r.text.T, Progress: func(done, total int64) {
				if percent := done * 100 / max(total, 1); percent/10 > shown/10 {
					shown = percent
					fmt.Fprintf(r.note, "已写出 %d%%\n", percent)
				}
			}}, w)
		})
		if err != nil {
			return err
		}
		return r.say(map[string]string{"file": c.File}, "已导出全部资料到 %s\n", c.File)
	})
}

type caseExport struct {
	target
	agreed
	Out string `short:"o" help:"写到这个文件；不写则输出到屏幕。" type:"path"`
}

func (c *caseExport) Run(r *run) error {
	return c.look(r, func(d *wizard.Desk, st *wizard.State) error {
		data, err := wizard.ExchangeFile(st.Case)
		if c.Case == "" && err == nil { // an exchange file has left already
			l := wizard.Leaving{Where: "标准输出", By: c.Agree}
			if c.Out != "" {
				l = c.leaving(c.Out)
			}
			data, err = d.Exchange(r.ctx, st.Case.ID, l)
		}
		if err != nil {
			return err
		}
		if c.Out == "" {
			_, err = r.out.Write(data)
			return err
		}
		if err := writeFile(c.Out, data); err != nil {
			return err
		}
		return r.say(map[string]string{"file": c.Out}, "已导出到 %s\n", c.Out)
	})
}
