package main

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type checkCmd struct {
	Begin  checkBegin  `cmd:"" help:"打开案卷供检查：在结束检查以前，这台电脑上不能改它，也不能封存。"`
	Show   checkShow   `cmd:"" help:"看检查要点、意见和摘要。"`
	Remark checkRemark `cmd:"" help:"记一条检查意见。"`
	Sign   checkSign   `cmd:"" help:"写出签字页（PDF，带摘要和二维码）。"`
	End    checkEnd    `cmd:"" help:"结束检查，可以修改。"`
}

type checkBegin struct {
	ID string `help:"案卷编号。"`
}

func (c *checkBegin) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.BeginCheck(r.ctx, id)
		if err != nil {
			return err
		}
		return r.say(map[string]string{"case": id, "by": st.Checking}, "只供检查，检查人 %s\n", st.Checking)
	})
}

type checkEnd struct {
	ID string `help:"案卷编号。"`
}

func (c *checkEnd) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		if _, err := d.EndCheck(r.ctx, id); err != nil {
			return err
		}
		return r.say(map[string]string{"case": id}, "检查已结束\n")
	})
}

type checkShow struct {
	ID string `help:"案卷编号。"`
}

func (c *checkShow) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.View(r.ctx, id)
		if err != nil {
			return err
		}
		s, err := d.SignSheetOf(r.ctx, st)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, map[string]any{"checking": st.Checking, "sheet": s})
		}
		for _, p := range s.Pairs {
			fmt.Fprintf(r.out, "%s：%s\n", p[0], p[1])
		}
		for _, n := range s.Remarks {
			fmt.Fprintf(r.out, "意见 %s（%s，%s）：%s\n", n.About, n.By, n.At.Local().Format("2006-01-02 15:04"), n.Text)
		}
		fmt.Fprintf(r.out, "摘要 %s\n", s.Digest)
		return nil
	})
}

type checkRemark struct {
	ID    string `help:"案卷编号。"`
	About string `help:"关于哪一步：firm、inventory、assess、result、recommend、subsidy、review，或设备 asset:编号。" default:"review"`
	Text  string `arg:"" help:"意见。"`
}

func (c *checkRemark) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		if _, err := d.Note(r.ctx, id, survey.RoleCheck, c.About, c.Text); err != nil {
			return err
		}
		return r.say(map[string]string{"about": c.About}, "已记下\n")
	})
}

type checkSign struct {
	agreed
	ID  string `help:"案卷编号。"`
	Out string `short:"o" help:"放在这个文件夹。" default:"." type:"path"`
}

func (c *checkSign) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		files, err := d.TakeSignSheet(r.ctx, id, c.leaving(c.Out))
		return r.written(c.Out, files, err)
	})
}
