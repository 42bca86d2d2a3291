package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type caseRetain struct {
	ID    string `arg:"" help:"案卷编号，可只写开头。"`
	Until string `arg:"" optional:"" help:"保存到哪一天，如 2030-12-31；不写则取消期限。政策原文没有规定期限，由经办人决定。"`
}

func (c *caseRetain) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		if err := d.Retain(r.ctx, id, c.Until); err != nil {
			return err
		}
		if c.Until == "" {
			return r.say(map[string]string{"id": id}, "已取消保存期限。\n")
		}
		return r.say(map[string]string{"id": id, "until": c.Until}, "保存期限已设为 %s；到期只提醒，不会自动删除。\n", c.Until)
	})
}

type caseDelete struct {
	ID  string `arg:"" help:"案卷编号，可只写开头。"`
	Yes string `name:"yes-delete" help:"企业全名，表示确认；不写则在终端询问。" placeholder:"企业全名"`
	Out string `short:"o" help:"删除证明放在这个文件夹。" default:"." type:"path"`
}

func (c *caseDelete) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		typed := c.Yes
		if typed == "" && term.IsTerminal(int(os.Stdin.Fd())) {
			fmt.Fprint(r.note, "删除后任何人都不能恢复，本机备份里的也一并删除。请输入企业全名确认：")
			line, err := bufio.NewReader(io.LimitReader(os.Stdin, 400)).ReadString('\n')
			if err != nil {
				return survey.Wrap(survey.CodeUsage, "shangyunctl.delete", err)
			}
			typed = strings.TrimSpace(line)
		}
		if typed == "" {
			return survey.Fail(survey.CodeUsage, "shangyunctl.delete", "没有确认，什么也没有删除；确认请加 --yes-delete 企业全名")
		}
		x, err := d.Delete(r.ctx, id, typed)
		if err != nil {
			return err
		}
		return r.certificate(d, x, c.Out)
	})
}

type caseDeleted struct {
	Out string `short:"o" help:"把还没有交出的删除证明写到这个文件夹。" type:"path"`
}

func (c *caseDeleted) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		all, err := d.Deletions(r.ctx)
		if err != nil {
			return err
		}
		for _, x := range all {
			if c.Out != "" && x.Erased != nil {
				if err := r.certificate(d, x, c.Out); err != nil {
					return err
				}
			}
		}
		if r.cli.JSON {
			if c.Out != "" {
				return nil
			}
			return r.json(all)
		}
		for _, x := range all {
			fmt.Fprintf(r.out, "%s  %s  证明摘要 %s\n", x.CaseID, x.Begun.Local().Format("2006-01-02 15:04"), x.Certificate)
		}
		if len(all) == 0 {
			fmt.Fprintln(r.out, "没有删除过案卷。")
		}
		return nil
	})
}

// certificate writes a certificate and, once it is on the disk, lets the case file forget the firm's name.
func (r *run) certificate(d *wizard.Desk, x wizard.Deletion, folder string) error {
	files, err := x.Files()
	if err != nil {
		return err
	}
	names, err := writeInto(folder, files)
	if err != nil {
		return err
	}
	if err := d.HandedOver(r.ctx, x); err != nil {
		return err
	}
	for _, l := range x.Erased.Left {
		fmt.Fprintln(r.note, "没有删除到：", l)
	}
	return r.say(map[string]any{"deleted": x.CaseID, "certificate": names, "left": x.Erased.Left}, "已删除；删除证明在 %s\n", names[1])
}
