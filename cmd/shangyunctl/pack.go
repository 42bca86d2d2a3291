package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/pack"
)

type packCmd struct {
	List  packListCmd  `cmd:"" help:"列出随程序提供的规则包。"`
	Check packCheckCmd `cmd:"" help:"检查规则包、通知、指标、产品目录（.yaml）或申报书模板（.docx），可给文件夹。"`
}

type packListCmd struct{}

func (*packListCmd) Run(r *run) error {
	all, err := shipped()
	if err != nil {
		return err
	}
	type row struct {
		Ref      string      `json:"ref"`
		Title    string      `json:"title"`
		Region   string      `json:"region"`
		From     survey.Date `json:"from,omitempty"`
		To       survey.Date `json:"to,omitempty"`
		Validity string      `json:"validity"`
	}
	rows := make([]row, len(all))
	for i, p := range all {
		rows[i] = row{p.Ref(), p.Title, p.Region, p.From, p.To, p.Validity}
	}
	if r.cli.JSON {
		return r.json(rows)
	}
	for _, x := range rows {
		fmt.Fprintf(r.out, "%s  %s  地区 %s  适用 %s 至 %s  %s\n", x.Ref, x.Title, x.Region, orUnknown(x.From), orUnknown(x.To), x.Validity)
	}
	return nil
}

func orUnknown(d survey.Date) string {
	if d == "" {
		return "待核实"
	}
	return string(d)
}

type packCheckCmd struct {
	Paths []string `arg:"" help:"文件或文件夹。" type:"path"`
}

// checked is the result of one file.
type checked struct {
	File  string `json:"file"`
	Kind  string `json:"kind,omitempty"`
	Fault string `json:"fault,omitempty"`
}

func (c *packCheckCmd) Run(r *run) error {
	packs, err := join.Packs()
	if err != nil {
		return err
	}
	files, err := packFiles(c.Paths)
	if err != nil {
		return err
	}
	known := pack.Known{Policies: packs.Policies, Catalog: packs.Catalog}
	out, bad := make([]checked, len(files)), 0
	for i, name := range files {
		out[i] = checkFile(name, known)
		if out[i].Fault != "" {
			bad++
		}
	}
	if r.cli.JSON {
		if err := r.json(out); err != nil {
			return err
		}
	} else {
		for _, x := range out {
			if x.Fault != "" {
				fmt.Fprintf(r.out, "有误 %s：%s\n", x.File, x.Fault)
			} else {
				fmt.Fprintf(r.out, "通过 %s（%s）\n", x.File, x.Kind)
			}
		}
	}
	if bad > 0 {
		return survey.Fail(survey.CodePack, "shangyunctl.pack", "%d 个文件中有 %d 个有误", len(files), bad)
	}
	return nil
}

func checkFile(name string, known pack.Known) checked {
	x := checked{File: name}
	data, err := readFile(name)
	if err == nil {
		if strings.HasSuffix(name, ".docx") {
			x.Kind, err = "template", join.CheckTemplate(name, data)
		} else {
			var kind pack.Kind
			kind, err = pack.Check(name, data, known)
			x.Kind = string(kind)
		}
	}
	if err != nil {
		x.Fault = err.Error()
	}
	return x
}

// packFiles lists the files named and those below the folders named, sorted. A folder without any is an error.
func packFiles(paths []string) ([]string, error) {
	var out []string
	for _, root := range paths {
		n := len(out)
		err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && (name == root || strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".docx")) {
				out = append(out, name)
			}
			return err
		})
		if errors.Is(err, os.ErrNotExist) || err == nil && len(out) == n {
			return nil, survey.Fail(survey.CodeFileMissing, "shangyunctl.pack", "%s 不存在或没有 .yaml、.docx 文件", root)
		}
		if err != nil {
			return nil, survey.Wrap(survey.CodeFileMissing, "shangyunctl.pack", err)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
