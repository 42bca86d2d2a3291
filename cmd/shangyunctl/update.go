package main

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type updateCmd struct {
	Status updateStatus `cmd:"" help:"现有的程序和规则包版本，能退回到哪一版。"`
	Look   updateLook   `cmd:"" help:"查看 U 盘、文件夹、更新包或 https 网址上有哪些更新、改了什么，不安装。"`
	Take   updateTake   `cmd:"" help:"安装更新：先规则包，再程序。下次启动时生效。"`
	Undo   updateUndo   `cmd:"" help:"退回上一版规则包（packs）或程序（program）。"`
}

type updateStatus struct{}

func (updateStatus) Run(r *run) error {
	s, err := join.Updates(r.cli.Data).UpdateState(r.ctx)
	if err != nil {
		return err
	}
	if s.Fault != nil {
		fmt.Fprintln(r.note, r.text.Error(s.Fault))
	}
	key := "没有发布者公钥，不接受更新包"
	if s.Key != "" {
		key = "更新包须由 " + s.Key + " 签名"
		if s.Trial {
			key += "（试用钥匙，不是发布者的）"
		}
	}
	changed := ""
	for _, n := range s.PacksNotes {
		changed += "  · " + n + "\n"
	}
	return r.say(s, "程序    %s%s\n规则包  %d（程序自带 %d）%s\n%s%s\n", s.Version, orBefore(s.Before), s.Packs, s.PacksOwn, map[bool]string{true: "，可退回上一版"}[s.PacksBefore], changed, key)
}

func orBefore(version string) string {
	if version == "" {
		return ""
	}
	return "，可退回 " + version
}

type updateLook struct {
	Where string `arg:"" help:"更新包、文件夹（如 U 盘）或 https 网址。"`
}

// seen is an update as the command line tells it.
type seen struct {
	wizard.Update
	Refusal string `json:"refusal,omitempty"`
}

func (c *updateLook) Run(r *run) error {
	list, err := join.Updates(r.cli.Data).LookForUpdates(r.ctx, c.Where)
	if err != nil {
		return err
	}
	out := make([]seen, len(list))
	for i, u := range list {
		out[i].Update = u
		if u.Refused != nil {
			out[i].Refusal = r.text.Error(u.Refused)
		}
	}
	if r.cli.JSON {
		return r.json(out)
	}
	for _, u := range out {
		fmt.Fprintf(r.out, "%s\n  %s\n", u.title(), u.From)
		for _, n := range u.Notes {
			fmt.Fprintf(r.out, "  · %s\n", n)
		}
		for _, n := range u.Changed {
			fmt.Fprintf(r.out, "  %s\n", n)
		}
		if u.Refusal != "" {
			fmt.Fprintf(r.out, "  不能安装：%s\n", u.Refusal)
		}
	}
	return nil
}

func (u seen) title() string {
	switch u.Kind {
	case wizard.UpdatePacks:
		return fmt.Sprintf("规则包 %d（%s）", u.Number, u.Date)
	case wizard.UpdateProgram:
		return fmt.Sprintf("程序 %s（%s，%s）", u.Version, u.System, u.Date)
	}
	if u.Remote {
		return "更新包，下载后才知道内容"
	}
	return "不是更新包"
}

type updateTake struct {
	Where string `arg:"" help:"更新包、文件夹（如 U 盘）或 https 网址。"`
	Only  string `help:"只装 packs 或 program。" enum:"packs,program," default:""`
}

func (c *updateTake) Run(r *run) error {
	d := join.Updates(r.cli.Data)
	list, err := d.LookForUpdates(r.ctx, c.Where)
	if err != nil {
		return err
	}
	chosen, why := newest(list, wizard.UpdateKind(c.Only))
	if len(chosen) == 0 {
		if why == nil {
			why = survey.Fail(survey.CodeUpdateSource, "shangyunctl.update", "%s", c.Where)
		}
		return why
	}
	var done []string
	for _, u := range chosen {
		title := seen{Update: u}.title()
		last := -1
		err := d.TakeUpdate(r.ctx, u, func(f float64) {
			if tenth := int(f * 10); tenth != last {
				last = tenth
				fmt.Fprintf(r.note, "%s %d%%\n", title, tenth*10)
			}
		})
		if err != nil {
			return err
		}
		done = append(done, title)
	}
	return r.say(map[string]any{"taken": done}, "已安装 %s，下次启动时生效。\n", strings.Join(done, "、"))
}

// newest picks the highest packs and the highest program that can be taken, packs first; why is the last refusal.
func newest(list []wizard.Update, only wizard.UpdateKind) (out []wizard.Update, why error) {
	best := map[wizard.UpdateKind]wizard.Update{}
	for _, u := range list {
		if only != "" && u.Kind != only && u.Kind != "" {
			continue
		}
		if u.Refused != nil {
			why = u.Refused
			continue
		}
		if b, ok := best[u.Kind]; !ok || u.Number > b.Number || u.Kind == wizard.UpdateProgram && join.NewerVersion(u.Version, b.Version) {
			best[u.Kind] = u
		}
	}
	for _, kind := range []wizard.UpdateKind{wizard.UpdatePacks, "", wizard.UpdateProgram} {
		if u, ok := best[kind]; ok {
			out = append(out, u)
		}
	}
	return out, why
}

type updateUndo struct {
	What string `arg:"" enum:"packs,program" help:"packs 或 program。"`
}

func (c *updateUndo) Run(r *run) error {
	d := join.Updates(r.cli.Data)
	if err := d.UndoUpdate(r.ctx, wizard.UpdateKind(c.What)); err != nil {
		return err
	}
	s, err := d.UpdateState(r.ctx)
	if err != nil {
		return err
	}
	return r.say(s, "已退回。程序 %s，规则包 %d；下次启动时生效。\n", s.Version, s.Packs)
}
