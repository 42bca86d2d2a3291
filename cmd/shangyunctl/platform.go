package main

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type platformCmd struct {
	List platformList `cmd:"" help:"列出平台接口包和是否已填写密钥。"`
	Set  platformSet  `cmd:"" help:"填写接口地址；密钥逐行从标准输入读（名称=值），封存在案卷文件里。"`
	Dry  platformDry  `cmd:"" help:"试运行：显示会发什么，什么也不发。"`
	Send platformSend `cmd:"" help:"把上云对接申请发给平台接口。"`
}

type platformList struct{}

func (platformList) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		all, err := d.IntakeList(r.ctx)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, all)
		}
		for _, p := range all {
			fmt.Fprintf(r.out, "%s %s（%s）%s\n", p.ID, p.Title, p.Status, p.Address)
			for _, name := range slices.Sorted(maps.Keys(p.Secrets)) {
				fmt.Fprintf(r.out, "  %s %s\n", name, map[bool]string{true: "已填写", false: "未填写"}[p.Secrets[name]])
			}
		}
		return nil
	})
}

type platformSet struct {
	Platform string `arg:"" help:"接口包编号，见 platform list。"`
	Address  string `help:"接口地址，如 https://intake.example。"`
	Secrets  bool   `help:"从标准输入读密钥，每行 名称=值。"`
}

func (c *platformSet) Run(r *run) error {
	secrets := map[string]string{}
	if c.Secrets {
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			name, value, ok := strings.Cut(strings.TrimSpace(in.Text()), "=")
			if !ok {
				return survey.Fail(survey.CodeUsage, "shangyunctl.platform", "密钥须逐行写成 名称=值")
			}
			secrets[name] = value
		}
	}
	return r.withDesk(func(d *wizard.Desk) error {
		if err := d.SetIntake(r.ctx, c.Platform, c.Address, secrets); err != nil {
			return err
		}
		return r.say(map[string]string{"platform": c.Platform}, "已保存。\n")
	})
}

type platformDry struct {
	ID       string `help:"案卷编号。"`
	Platform string `arg:"" help:"接口包编号。"`
}

func (c *platformDry) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		ready, err := d.DryIntake(r.ctx, id, c.Platform)
		if err != nil {
			return err
		}
		return r.json(ready)
	})
}

type platformSend struct {
	ID       string `help:"案卷编号。"`
	Platform string `arg:"" help:"接口包编号。"`
	Agree    bool   `help:"同意发送；记入案卷。"`
}

func (c *platformSend) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		if c.Agree {
			if _, err := d.AgreeIntake(r.ctx, id, c.Platform); err != nil {
				return err
			}
		}
		_, out, err := d.SendIntake(r.ctx, id, c.Platform)
		if err != nil {
			return err
		}
		return r.say(out, "平台已收下，编号 %s %s\n", out.Number, out.Message)
	})
}
