package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type caseCmd struct {
	New    caseNew    `cmd:"" help:"新建案卷。"`
	List   caseList   `cmd:"" help:"列出案卷。"`
	Show   caseShow   `cmd:"" help:"查看案卷概况。"`
	Export caseExport `cmd:"" help:"导出为交换文件（JSON）。"`
	Import caseImport `cmd:"" help:"导入交换文件为新案卷。"`

	Bundle  caseBundle  `cmd:"" help:"把一家企业的全部资料导出为可读的 zip。"`
	Retain  caseRetain  `cmd:"" help:"设定保存期限；到期只提醒，不会自动删除。"`
	Delete  caseDelete  `cmd:"" help:"彻底删除一家企业：密钥、资料、附件和备份里的，并出具删除证明。"`
	Deleted caseDeleted `cmd:"" help:"列出删除过的案卷；补出删除证明。"`
}

type caseNew struct {
	Name string `arg:"" optional:"" help:"企业名称。"`
}

func (c *caseNew) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		st, err := d.New(r.ctx, c.Name)
		if err != nil {
			return err
		}
		return r.say(map[string]string{"id": st.Case.ID}, "已新建案卷 %s\n", st.Case.ID)
	})
}

type caseShow struct {
	target
	Show bool `help:"完整显示电话和账号；不加则只显示头尾几位。"`
}

func (c *caseShow) Run(r *run) error {
	return c.read(r, func(_ *wizard.Desk, st *wizard.State) error {
		if r.cli.JSON {
			if c.Show {
				return r.json(st.Case)
			}
			return r.json(st.Case.Masked())
		}
		k := st.Case
		fmt.Fprintf(r.out, "%s（%s）\n设备 %d 行，系统 %d 套，合同 %d 份，发票 %d 张，附件 %d 份\n", k.Firm.Name, k.Firm.CreditCode,
			len(k.Assets), len(k.Systems), len(k.Contracts), len(k.Invoices), len(k.Attachments))
		for _, s := range st.Steps {
			fmt.Fprintf(r.out, "  %s：%s\n", r.text.T("step."+string(s.Key)), r.text.T("step.state."+s.State, s.Open))
		}
		return nil
	})
}

type caseImport struct {
	File string `arg:"" help:"交换文件（JSON）。" type:"path"`
}

func (c *caseImport) Run(r *run) error {
	in, err := readCase(c.File)
	if err != nil {
		return err
	}
	return r.withDesk(func(d *wizard.Desk) error {
		st, err := d.Adopt(r.ctx, in)
		if err != nil {
			return err
		}
		return r.say(map[string]string{"id": st.Case.ID}, "已导入为新案卷 %s\n", st.Case.ID)
	})
}

type setCmd struct {
	ID     string   `help:"案卷编号，可只写开头；只有一个案卷时可省略。"`
	Fields []string `arg:"" help:"字段=内容，可写多个；add:列表 新增一项（add:lines=发票编号），del:列表.编号 删除。"`
}

func (c *setCmd) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		made := []string{}
		var bad error
		for _, f := range c.Fields {
			path, err := c.one(r, d, id, f)
			switch {
			case err != nil && path == "":
				return err
			case err != nil:
				bad = err
				fmt.Fprintf(r.note, "%s：%s\n", survey.MaskIn(path), r.text.Error(err))
			case path != "":
				made = append(made, path)
			}
		}
		if bad != nil {
			return bad
		}
		for _, path := range made {
			fmt.Fprintf(r.note, "已新增 %s\n", path)
		}
		return r.say(map[string]any{"id": id, "added": made}, "已保存 %d 项\n", len(c.Fields))
	})
}

// one does one part of the line and gives the path of what was added. A value that cannot be taken gives its path with the error: it is kept
// as a draft and the rest of the line goes on.
func (c *setCmd) one(r *run, d *wizard.Desk, id, f string) (string, error) {
	path, value, ok := strings.Cut(f, "=")
	if gone, found := strings.CutPrefix(f, "del:"); found {
		list, key, _ := strings.Cut(gone, ".")
		_, err := d.Remove(r.ctx, id, list, key)
		return "", err
	}
	if list, found := strings.CutPrefix(path, "add:"); found {
		_, key, err := d.Add(r.ctx, id, list, value)
		if err != nil {
			return "", err
		}
		return list + "." + key, nil
	}
	if !ok {
		return "", survey.Fail(survey.CodeUsage, "shangyunctl.set", "“%s”应写成 字段=内容", f)
	}
	if _, err := d.Set(r.ctx, id, path, value); err != nil {
		return path, err
	}
	return "", nil
}

// maxInput bounds every file named on the command line, in bytes.
const maxInput = 64 << 20

func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, &survey.Error{Code: survey.CodeFileMissing, Op: "shangyunctl.read", Detail: name, Err: err}
	case info.Size() > maxInput:
		return nil, survey.Fail(survey.CodeFileTooBig, "shangyunctl.read", "%s 超过 64 MB", name)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, &survey.Error{Code: survey.CodeFileMissing, Op: "shangyunctl.read", Detail: name, Err: err}
	}
	return data, nil
}
