package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type exportCmd struct {
	agreed
	ID     string `help:"案卷编号。"`
	Format string `arg:"" help:"xlsx 固定资产清单、xlsx-code 带 GB/T 14885 分类代码列、glpi、cyclonedx、aas。" enum:"xlsx,xlsx-code,glpi,cyclonedx,aas"`
	File   string `arg:"" help:"写到这个文件。" type:"path"`
}

func (c *exportCmd) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		f, err := d.TakeRegister(r.ctx, id, wizard.RegisterFormat(c.Format), c.leaving(c.File))
		if err != nil {
			return err
		}
		if err := writeFile(c.File, f.Data); err != nil {
			return err
		}
		return r.say(map[string]any{"file": c.File, "bytes": len(f.Data)}, "已导出到 %s\n", c.File)
	})
}

type assetCmd struct {
	List    assetList    `cmd:"" help:"列出清单，可按比率的分子、分母筛选。"`
	Split   assetSplit   `cmd:"" help:"从一行里拆出几台，单列一行。"`
	Join    assetJoin    `cmd:"" help:"两行是同一台设备：并成一行，不一致处并列待核对。"`
	Unmerge assetUnmerge `cmd:"" help:"把误并进来的一个来源拆出去，单列一行。"`
	Open    assetOpen    `cmd:"" help:"还没认出的设备和下一步。"`
	Fill    assetFill    `cmd:"" help:"把一个字段一次写到许多行，一次撤销。"`
	Photo   assetPhoto   `cmd:"" help:"附上一台设备的铭牌照片。"`
	Take    assetTake    `cmd:"" help:"看网络盘点报告里的发现，挑选后收进清单。"`
}

type assetList struct {
	ID   string `help:"案卷编号。"`
	Rate string `help:"只列这个比率的设备：digital、networked、digital-networked、key-numeric、cloud。"`
	Part string `help:"分子 counted、其余 rest、待核实 open 或分母 all。" enum:"all,counted,rest,open" default:"all"`
}

func (c *assetList) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.Open(r.ctx, id)
		if err != nil {
			return err
		}
		list := st.Case.Assets
		if c.Rate != "" {
			want, err := inventory.Behind(st.Case.Assets, c.Rate, inventory.Part(c.Part))
			if err != nil {
				return err
			}
			list = slices.DeleteFunc(slices.Clone(list), func(a survey.Asset) bool { return !slices.Contains(want, a.ID) })
		}
		if r.cli.JSON {
			return r.json(map[string]any{"assets": list, "rates": inventory.Rates(inventory.Count(st.Case.Assets))})
		}
		for _, a := range list {
			fmt.Fprintf(r.out, "%s\t%s\t%s\t%d 台\t%s\n", a.ID, a.Name, strings.TrimSpace(a.Nameplate.Manufacturer+" "+a.Nameplate.Model), a.Count, strings.Join(a.Reach.Addresses, " "))
		}
		for _, k := range inventory.Rates(inventory.Count(st.Case.Assets)) {
			if c.Rate == "" || c.Rate == k.Key {
				fmt.Fprintf(r.out, "%s（%s）%s %s\n", k.Name, k.Key, k.Percent, k.Text)
			}
		}
		return nil
	})
}

type assetSplit struct {
	ID    string `help:"案卷编号。"`
	Asset string `arg:"" help:"设备编号，见 asset list。"`
	Count int    `arg:"" help:"拆出几台。"`
}

func (c *assetSplit) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		_, key, err := d.Split(r.ctx, id, c.Asset, c.Count)
		if err != nil {
			return err
		}
		return r.say(map[string]string{"asset": key}, "已拆出，新的一行是 %s\n", key)
	})
}

type assetJoin struct {
	ID    string `help:"案卷编号。"`
	Asset string `arg:"" help:"保留的一行。"`
	Other string `arg:"" help:"并进来的一行。"`
}

func (c *assetJoin) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.Join(r.ctx, id, c.Asset, c.Other)
		if err != nil {
			return err
		}
		return r.say(map[string]int{"conflicts": len(st.Case.Conflicts)}, "已并成一行；全清单有 %d 处待核对\n", len(st.Case.Conflicts))
	})
}

type assetUnmerge struct {
	ID      string `help:"案卷编号。"`
	Asset   string `arg:"" help:"设备编号。"`
	Witness int    `arg:"" optional:"" help:"第几个来源；不写则列出各来源。"`
}

func (c *assetUnmerge) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		if c.Witness > 0 {
			_, key, err := d.Unmerge(r.ctx, id, c.Asset, c.Witness-1)
			if err != nil {
				return err
			}
			return r.say(map[string]string{"asset": key}, "已拆开，新的一行是 %s\n", key)
		}
		st, err := d.Open(r.ctx, id)
		if err != nil {
			return err
		}
		for _, a := range st.Case.Assets {
			if a.ID != c.Asset {
				continue
			}
			if r.cli.JSON {
				return r.json(a.Evidence)
			}
			for i, e := range a.Evidence {
				fmt.Fprintf(r.out, "%d\t%s %s\t%s 项\n", i+1, e.Source, e.Ref, strconv.Itoa(len(e.Said)))
			}
			return nil
		}
		return survey.Fail(survey.CodeUnknownItem, "shangyunctl.asset", "没有这一行设备")
	})
}

type assetOpen struct {
	ID string `help:"案卷编号。"`
}

func (c *assetOpen) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.Open(r.ctx, id)
		if err != nil {
			return err
		}
		list := inventory.Open(st.Case, d.Packs.Guide)
		if r.cli.JSON {
			return r.json(list)
		}
		for _, u := range list {
			fmt.Fprintf(r.out, "%s\t%s\t缺：%s\t照片 %d 张\n    拍铭牌：%s\n    看菜单：%s（%s）\n", u.Asset, u.Name, strings.Join(u.Missing, "、"), u.Photos, u.Next.Plate, u.Next.Menu, u.Next.Source)
		}
		return r.say(nil, "%d 行还没认出\n", len(list))
	})
}

type assetPhoto struct {
	ID    string `help:"案卷编号。"`
	Asset string `arg:"" help:"设备编号。"`
	File  string `arg:"" help:"照片（.jpg 或 .png）。" type:"path"`
}

func (c *assetPhoto) Run(r *run) error {
	data, err := readFile(c.File)
	if err != nil {
		return err
	}
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		if _, err := d.AttachPlate(r.ctx, id, c.Asset, filepath.Base(c.File), data); err != nil {
			return err
		}
		return r.say(nil, "已附上铭牌照片\n")
	})
}
