package main

import (
	"fmt"
	"path/filepath"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

type chooseCatalog struct {
	Add  catalogAdd    `cmd:"" help:"装入一份目录（YAML）；有 .minisig 签名时给出公钥。"`
	List catalogList   `cmd:"" help:"列出装入的目录。"`
	Diff catalogDiff   `cmd:"" help:"与随程序提供的目录相比，哪些产品和价格不同。"`
	Off  catalogSwitch `cmd:"" help:"停用一份目录（再次启用用 --on）。"`
	Drop catalogDrop   `cmd:"" help:"删去一份目录。"`
}

type catalogAdd struct {
	File string `arg:"" help:"目录文件。" type:"path"`
	Sig  string `help:"minisign 签名文件；默认是旁边的 .minisig。" type:"path"`
	Key  string `help:"签名者的公钥（RW…）。"`
}

func (c *catalogAdd) Run(r *run) error {
	data, err := readFile(c.File)
	if err != nil {
		return err
	}
	var sig []byte
	if c.Sig == "" && c.Key != "" {
		c.Sig = c.File + ".minisig"
	}
	if c.Sig != "" {
		if sig, err = readFile(c.Sig); err != nil {
			return err
		}
	}
	return r.withDesk(func(d *wizard.Desk) error {
		l, err := d.AddCatalog(r.ctx, filepath.Base(c.File), data, sig, c.Key)
		if err != nil {
			return err
		}
		return r.say(l, "装入“%s”（%s，%d 个产品，%s；与厂商的关系：%s）\n", l.Title, l.Date, l.Offers, signedWord(l), l.Sponsor)
	})
}

func signedWord(l wizard.LoadedCatalog) string {
	if l.Key == "" {
		return "未签名"
	}
	return "签名已核对，公钥 " + l.Key
}

type catalogList struct{}

func (catalogList) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		all, err := d.Catalogs(r.ctx)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, all)
		}
		base := d.Packs.Catalog
		fmt.Fprintf(r.out, "%s  %s  %s  %d 个产品（随程序提供）\n", base.ID, base.Title, base.Date, len(base.Offers))
		for _, l := range all {
			state := ""
			if l.Off {
				state = "，已停用"
			}
			fmt.Fprintf(r.out, "%s  %s  %s  %d 个产品，%s%s；与厂商的关系：%s\n", l.ID, l.Title, l.Date, l.Offers, signedWord(l), state, l.Sponsor)
		}
		return nil
	})
}

type catalogDiff struct {
	Catalog string `arg:"" help:"目录编号。"`
	target
}

func (c *catalogDiff) Run(r *run) error {
	return c.look(r, func(d *wizard.Desk, st *wizard.State) error {
		list, err := d.CompareCatalog(r.ctx, st, c.Catalog)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, list)
		}
		for _, x := range list {
			fmt.Fprintf(r.out, "%s %s：%s → %s\n", x.Title, r.text.T("choose.differ."+x.What), orElse(x.Here, "无"), orElse(x.There, "无"))
		}
		fmt.Fprintf(r.out, "共 %d 处不同\n", len(list))
		return nil
	})
}

type catalogSwitch struct {
	Catalog string `arg:"" help:"目录编号。"`
	On      bool   `help:"再次启用。"`
}

func (c *catalogSwitch) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error { return d.SwitchCatalog(r.ctx, c.Catalog, c.On) })
}

type catalogDrop struct {
	Catalog string `arg:"" help:"目录编号。"`
}

func (c *catalogDrop) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error { return d.DropCatalog(r.ctx, c.Catalog) })
}
