package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type hostCmd struct {
	ID       string `help:"案卷编号。"`
	Software bool   `help:"只列出本机已安装的程序和等待连接的程序，不登记，不需要案卷。"`
}

func (c *hostCmd) Run(r *run) error {
	if c.Software {
		return c.software(r)
	}
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, b, err := d.Host(r.ctx, id)
		if err != nil {
			return err
		}
		a := b.Ledger.Assets[0]
		if r.cli.JSON {
			return r.json(map[string]any{"asset": a, "machines": st.Assessment.Rates.Machines, "systems": b.Ledger.Systems, "newly": b.Newly, "programs": b.Programs, "problems": b.Ledger.Problems})
		}
		fmt.Fprintf(r.out, "本机：%s %s，登记为信息设备，不计入生产设备（现有生产设备 %d 台）\n", a.Nameplate.Model, a.Note, st.Assessment.Rates.Machines)
		fmt.Fprintf(r.out, "看过 %d 个已安装程序，认出 %d 个工厂软件，新登记 %d 个（是否在用待核实）\n", b.Programs, len(b.Systems), b.Newly)
		for _, name := range b.Systems {
			fmt.Fprintln(r.out, "  ", name)
		}
		return r.troubles(b.Ledger.Problems)
	})
}

func (c *hostCmd) software(r *run) error {
	d, err := join.Looking(nil, r.cli.By)
	if err != nil {
		return err
	}
	in, err := d.Installed(r.ctx)
	if err != nil {
		return err
	}
	if r.cli.JSON {
		return r.json(in)
	}
	for _, p := range in.Programs {
		fmt.Fprintf(r.out, "%s\t%s\t%s\n", p.Name, p.Version, p.Publisher)
	}
	for _, s := range in.Services {
		fmt.Fprintf(r.out, "端口 %d\t%s\n", s.Port, s.Process)
	}
	return r.troubles(in.Problems)
}

func (r *run) troubles(list []string) error {
	for _, p := range list {
		fmt.Fprintln(r.out, "  待核对：", p)
	}
	return nil
}

type importCmd struct {
	ID     string   `help:"案卷编号。"`
	Look   bool     `help:"只看各列怎么读，不导入。"`
	As     []string `help:"改一列的读法，如 --as 金额=value:万元；不读的列写 ignored。" placeholder:"列名=字段[:单位]"`
	Agree  bool     `help:"确认各列的读法，以后同样表头的台账照此读。"`
	Fields bool     `help:"列出列可以读作的字段。"`
	File   string   `arg:"" optional:"" help:"设备台账（.xlsx、.csv）、nmap 的 XML 或 GLPI 的 JSON。" type:"path"`
}

func (c *importCmd) Run(r *run) error {
	if c.Fields {
		for _, f := range join.ColumnFields() {
			fmt.Fprintf(r.out, "%s\t%s\n", f.Key, f.Name)
		}
		return nil
	}
	if c.File == "" {
		return survey.Fail(survey.CodeUsage, "shangyunctl.import", "请写明文件")
	}
	data, err := readFile(c.File)
	if err != nil {
		return err
	}
	name := filepath.Base(c.File)
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		layout, err := c.layout(r, d, id, name, data)
		if err != nil || c.Look {
			return err
		}
		var st *wizard.State
		var b wizard.Brought
		if layout != nil {
			st, b, err = d.ImportAs(r.ctx, id, name, data, *layout)
		} else {
			st, b, err = d.Import(r.ctx, id, name, data)
		}
		if err != nil {
			return err
		}
		return r.brought(st, b)
	})
}

// layout gives how the columns are to be read by what was written on the command line; nil leaves it to what was agreed before or is guessed.
func (c *importCmd) layout(r *run, d *wizard.Desk, id, name string, data []byte) (*survey.Layout, error) {
	if !c.Look && len(c.As) == 0 && !c.Agree {
		return nil, nil
	}
	l, err := d.Preview(r.ctx, id, name, data, nil)
	if err != nil {
		return nil, err
	}
	if l.Layout == nil {
		if len(c.As) > 0 {
			return nil, survey.Fail(survey.CodeUsage, "shangyunctl.import", "这种文件没有要确认的列")
		}
		return nil, nil
	}
	for _, s := range c.As {
		head, field, ok := strings.Cut(s, "=")
		field, unit, _ := strings.Cut(field, ":")
		i := slices.IndexFunc(l.Layout.Columns, func(k survey.LayoutColumn) bool { return k.Header == head })
		if !ok || i < 0 {
			return nil, survey.Fail(survey.CodeUsage, "shangyunctl.import", "“%.40s”应写成 列名=字段[:单位]，列名与表头一致", s)
		}
		l.Layout.Columns[i].Field, l.Layout.Columns[i].Unit = field, unit
	}
	if c.Look {
		if len(c.As) > 0 {
			if l, err = d.Preview(r.ctx, id, name, data, l.Layout); err != nil {
				return nil, err
			}
		}
		return nil, r.columns(l)
	}
	return l.Layout, nil
}

// columns shows how a list would be read.
func (r *run) columns(l wizard.Ledger) error {
	if r.cli.JSON {
		return r.json(map[string]any{"layout": l.Layout, "agreed": l.Agreed, "samples": l.Samples, "columns": l.Columns, "rows": len(l.Assets), "problems": l.Problems, "skipped": l.Skipped})
	}
	for i, text := range l.Columns {
		var cells []string
		for _, row := range l.Samples {
			cells = append(cells, row[i])
		}
		fmt.Fprintf(r.out, "%s\t例：%s\n", text, strings.Join(cells, " | "))
	}
	how := "这样读对吗？对就加 --agree 导入并记住；不对用 --as 改"
	if l.Agreed {
		how = "按以前确认过的读法"
	}
	fmt.Fprintf(r.out, "可读入 %d 行，需要核对 %d 处；%s\n", len(l.Assets), len(l.Problems), how)
	return nil
}

func (r *run) brought(st *wizard.State, b wizard.Brought) error {
	if r.cli.JSON {
		return r.json(map[string]any{"brought": b, "rates": st.Assessment.Rates})
	}
	k := st.Assessment.Rates
	fmt.Fprintf(r.out, "工作表“%s”：新增 %d 行，补充 %d 行，已有 %d 行，略过 %d 行\n", b.Ledger.Sheet, b.Added, b.Changed, b.Unchanged, len(b.Ledger.Skipped))
	_ = r.troubles(b.Ledger.Problems)
	fmt.Fprintf(r.out, "生产设备 %d 台，数字化 %d 台，联网 %d 台\n", k.Machines, k.Digital, k.Networked)
	return nil
}
