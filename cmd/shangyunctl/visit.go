package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type visitCmd struct {
	Sheet  visitSheet  `cmd:"" help:"写出走访表：PDF（每台设备一个二维码）和 XLSX（每个车间一张表）。"`
	Bring  visitBring  `cmd:"" help:"读回填好的走访表（XLSX）；不一致的并列待核对，同一张表读两次不变。"`
	Photos visitPhotos `cmd:"" help:"收一个文件夹（手机、U 盘）里的照片，按照片里的二维码或文件名归到设备。"`
	File   visitFile   `cmd:"" help:"把一张没有归属的照片归到一台设备。"`
	Note   visitNote   `cmd:"" help:"记一条走访记录，关于一个车间或一台设备。"`
	Notes  visitNotes  `cmd:"" help:"列出走访记录和没有归属的照片。"`
}

type visitSheet struct {
	agreed
	ID  string `help:"案卷编号。"`
	Out string `short:"o" help:"放在这个文件夹。" default:"." type:"path"`
}

func (c *visitSheet) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		files, err := d.TakeWalk(r.ctx, id, c.leaving(c.Out))
		return r.written(c.Out, files, err)
	})
}

// writeInto writes files into a folder, all or none, and gives their paths.
func writeInto(folder string, files []wizard.File) ([]string, error) {
	var names []string
	var data [][]byte
	for _, f := range files {
		names, data = append(names, filepath.Join(folder, f.Name)), append(data, f.Data)
	}
	return names, writeFiles(names, data)
}

// written writes files to a folder and names them.
func (r *run) written(folder string, files []wizard.File, err error) error {
	if err != nil {
		return err
	}
	names, err := writeInto(folder, files)
	if err != nil {
		return err
	}
	return r.say(map[string]any{"files": names}, "已写出 %s\n", strings.Join(names, "、"))
}

type visitBring struct {
	ID   string `help:"案卷编号。"`
	File string `arg:"" help:"填好的走访表。" type:"path"`
}

func (c *visitBring) Run(r *run) error {
	data, err := readFile(c.File)
	if err != nil {
		return err
	}
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		_, b, err := d.BringWalk(r.ctx, id, filepath.Base(c.File), data)
		if err != nil {
			return err
		}
		for _, p := range b.Problems {
			fmt.Fprintln(r.note, p)
		}
		return r.say(b, "补上 %d 处，新登记 %d 台，%d 处不一致待核对，%d 台没有变化\n", b.Filled, b.Added, b.Proposals, b.Same)
	})
}

type visitPhotos struct {
	ID     string `help:"案卷编号。"`
	Folder string `arg:"" help:"照片所在的文件夹。" type:"path"`
}

func (c *visitPhotos) Run(r *run) error {
	photos, err := join.Photos(c.Folder)
	if err != nil {
		return err
	}
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		_, taken, err := d.TakePhotos(r.ctx, id, photos, nil)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, taken)
		}
		filed := 0
		for _, t := range taken {
			switch {
			case t.Code != "":
				fmt.Fprintf(r.out, "%s 没有收下：%s\n", t.Name, r.text.Error(&survey.Error{Code: t.Code, Detail: t.Detail}))
			case t.Asset == "":
				fmt.Fprintf(r.out, "%s 认不出是哪台设备，已收下，待归属\n", t.Name)
			default:
				filed++
				fmt.Fprintf(r.out, "%s → %s（按%s）\n", t.Name, t.Machine, map[string]string{"qr": "二维码", "name": "文件名"}[t.By])
			}
		}
		fmt.Fprintf(r.out, "共 %d 张，归到设备 %d 张\n", len(taken), filed)
		return nil
	})
}

type visitFile struct {
	ID    string `help:"案卷编号。"`
	Photo string `arg:"" help:"照片的编号，见 visit notes。"`
	Asset string `arg:"" optional:"" help:"设备编号；不写则改回没有归属。"`
}

func (c *visitFile) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		if _, err := d.FilePhoto(r.ctx, id, c.Photo, c.Asset); err != nil {
			return err
		}
		return r.say(map[string]string{"photo": c.Photo, "asset": c.Asset}, "已归属\n")
	})
}

type visitNote struct {
	ID    string `help:"案卷编号。"`
	About string `arg:"" help:"workshop:车间名 或 asset:设备编号。"`
	Text  string `arg:"" help:"记录。"`
}

func (c *visitNote) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		if _, err := d.Note(r.ctx, id, survey.RoleVisit, c.About, c.Text); err != nil {
			return err
		}
		return r.say(map[string]string{"about": c.About}, "已记下\n")
	})
}

type visitNotes struct {
	ID string `help:"案卷编号。"`
}

func (c *visitNotes) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.View(r.ctx, id)
		if err != nil {
			return err
		}
		notes, err := d.Notes(r.ctx, st.Case, survey.RoleVisit)
		if err != nil {
			return err
		}
		loose := []survey.Attachment{}
		for _, a := range st.Case.Attachments {
			if a.Role == survey.RolePhoto && a.For == "" {
				loose = append(loose, a)
			}
		}
		if r.cli.JSON {
			return r.json(map[string]any{"notes": notes, "unfiled": loose})
		}
		for _, n := range notes {
			fmt.Fprintf(r.out, "%s  %s  %s：%s\n", n.At.Local().Format("2006-01-02 15:04"), n.By, n.About, n.Text)
		}
		for _, a := range loose {
			fmt.Fprintf(r.out, "待归属的照片 %s  %s\n", a.ID, a.Name)
		}
		return nil
	})
}
