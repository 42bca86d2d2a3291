package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
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

type caseList struct {
	Search string `help:"名称、信用代码、所在地或编号中的词，空格分开，须全部出现。"`
	Region string `help:"所在地：行政区划代码或市州名称，如 430200 或 株洲。"`
	Level  string `help:"数字化等级：0（未达级）至 4，none 为未评测。" enum:",none,0,1,2,3,4" default:""`
	State  string `help:"状态：todo 待办，mend 待改，waiting 待报送，received 已回执；或申请的状态：draft、sealed、sending、sent、blocked、returned、accepted、rejected、withdrawn。" enum:",todo,mend,waiting,received,draft,sealed,sending,sent,blocked,returned,accepted,rejected,withdrawn" default:""`
	Sort   string `help:"排序：updated（新的在前）、name、region、level、score、next、state。" enum:"updated,name,region,level,score,next,state" default:"updated"`
	Desc   bool   `help:"倒序。"`
	Offset int    `help:"跳过前几个。"`
	Limit  int    `help:"最多列出几个；0 为全部。"`
	Renew  bool   `help:"先重算概况缺失或由别的政策包、别的版本算出的案卷。"`
}

func (c *caseList) Run(r *run) error {
	region := c.Region
	if named, ok := survey.RegionByName(region); ok {
		region = named.Code
	}
	return r.withDesk(func(d *wizard.Desk) error {
		if c.Renew {
			if err := renew(r, d); err != nil {
				return err
			}
		}
		found, err := d.Search(r.ctx, wizard.Query{
			Text: c.Search, Region: region, Level: c.Level, State: wizard.Group(c.State), Sort: wizard.SortKey(c.Sort), Desc: c.Desc, Offset: c.Offset, Limit: c.Limit,
		})
		if err != nil || r.cli.JSON {
			return orJSON(r, err, found.Entries)
		}
		stale := 0
		for _, e := range found.Entries {
			v := view.CaseOf(r.text.T, e)
			level := v.LevelName
			switch {
			case !v.Known:
				level, v.Next = "—", "—"
			case level == "":
				level = r.text.T("home.level.none")
			}
			if e.Stale {
				stale++
			}
			fmt.Fprintf(r.out, "%s  %s  %s  %s  %s  %s  %s", v.ID, v.Updated, v.Sync, level, v.Region, v.Name, v.Next)
			if e.Due(d.Today()) {
				fmt.Fprintf(r.out, "  保存期限 %s 已到：导出并删除，或延长", e.RetainUntil)
			}
			fmt.Fprintln(r.out)
		}
		switch {
		case found.All == 0:
			fmt.Fprintln(r.out, "还没有案卷。用 shangyunctl case new 新建。")
		case found.Total == 0:
			fmt.Fprintln(r.note, r.text.T("home.none"))
		case stale > 0:
			fmt.Fprintf(r.note, "其中 %d 份的等级和下一步尚未按现在的政策包和版本重算，加 --renew 先重算。\n", stale)
		}
		return nil
	})
}

// renew makes every stale overview again; a case that cannot be read is named and does not stop the others.
func renew(r *run, d *wizard.Desk) error {
	found, err := d.Search(r.ctx, wizard.Query{})
	if err != nil {
		return err
	}
	for _, e := range found.Entries {
		if !e.Stale {
			continue
		}
		if err := d.Renew(r.ctx, e.ID); err != nil {
			if r.ctx.Err() != nil {
				return err
			}
			fmt.Fprintf(r.note, "%s：%s\n", e.ID, r.text.Error(err))
		}
	}
	return nil
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
