package main

import (
	"fmt"
	"path/filepath"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type packageCmd struct {
	target
	agreed
	Out string `short:"o" help:"材料包放在这个文件夹。" default:"." type:"path"`
}

func (c *packageCmd) Run(r *run) error {
	return c.look(r, func(d *wizard.Desk, st *wizard.State) error {
		files, absent, err := d.DossierOf(r.ctx, st)
		if c.Case == "" && err == nil { // an exchange file has left already
			l := c.leaving(c.Out)
			l.Kind = wizard.LeavesDossier
			err = d.Leave(r.ctx, st.Case.ID, l)
		}
		if err != nil {
			return err
		}
		var names []string
		var data [][]byte
		for _, f := range files {
			names, data = append(names, filepath.Join(c.Out, f.Name)), append(data, f.Data)
		}
		if err := writeFiles(names, data); err != nil {
			return err
		}
		whole := st.Dossier()
		if r.cli.JSON {
			return r.json(map[string]any{"files": names, "absent": absent, "packing": packed(whole), "chains": whole.Chains, "open": d.Ready(st, "application")})
		}
		for _, n := range names {
			fmt.Fprintln(r.out, "已写出", n)
		}
		for _, p := range whole.Packing {
			fmt.Fprintf(r.out, "%s %s（%s）：%s\n", p.No, p.Name, p.Need, p.State)
		}
		for _, a := range absent {
			fmt.Fprintln(r.out, "附件不在手边，没有放进材料包：", a)
		}
		for _, x := range whole.Documents {
			if x.Open > 0 {
				fmt.Fprintf(r.out, "“%s”还有 %d 处〔请补充〕要由人填写\n", x.Name, x.Open)
			}
		}
		return nil
	})
}

// packing is one line of the packing list for programs.
type packing struct {
	No    string `json:"no"`
	Name  string `json:"name"`
	Need  string `json:"need"`
	State string `json:"state"`
	Seal  string `json:"seal"`
	File  string `json:"file"` // "" when it is missing
}

func packed(d apply.Dossier) []packing {
	var out []packing
	for _, p := range d.Packing {
		out = append(out, packing{p.No, p.Name, p.Need, p.State, p.Seal, p.File})
	}
	return out
}

type guideCmd struct {
	target
	Done string `help:"把一个事项记为已办，如 upload、duty.selfReview。" placeholder:"事项"`
	Undo string `help:"把一个事项改回未办。" placeholder:"事项"`
}

func (c *guideCmd) Run(r *run) error {
	if key := c.Done + c.Undo; key != "" {
		return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
			_, err := d.Tick(r.ctx, id, key, c.Done != "")
			if err != nil {
				return err
			}
			return r.say(map[string]any{"key": key, "done": c.Done != ""}, "已记下：%s\n", key)
		})
	}
	return c.look(r, func(d *wizard.Desk, st *wizard.State) error {
		whole, tasks := st.Dossier(), st.Tasks()
		for i := range whole.Sheet { // what identifies a person stays masked on a screen; the field sheet of the package has it
			for k := range whole.Sheet[i].Fields {
				f := &whole.Sheet[i].Fields[k]
				f.Value, f.Copy = survey.MaskField(f.Key, f.Value), survey.MaskField(f.Key, f.Copy)
			}
		}
		g := st.Guide
		if g == nil {
			g = &apply.Guide{}
		}
		if r.cli.JSON {
			return r.json(map[string]any{"portal": g.Title, "address": g.Address, "warning": apply.Warning(g.Address), "status": g.Status, "note": apply.NoInterfaceText, "tasks": tasks, "screens": whole.Sheet})
		}
		fmt.Fprintf(r.out, "%s\n%s\n%s\n", g.Title, g.Status, apply.NoInterfaceText)
		if warn := apply.Warning(g.Address); warn != "" {
			fmt.Fprintln(r.out, "警告：", warn)
		}
		if g.Address != "" {
			fmt.Fprintln(r.out, "地址：", g.Address)
		}
		printTasks(r, tasks)
		for _, s := range whole.Sheet {
			fmt.Fprintf(r.out, "【%s】%s（%s）\n", s.Title, s.Note, s.Source)
			for _, f := range s.Fields {
				fmt.Fprintf(r.out, "  %s %s\t%s\t%s\n", f.No, f.Label, f.Copy, f.Note)
			}
		}
		return nil
	})
}

func printTasks(r *run, tasks []apply.Task) {
	for _, t := range tasks {
		mark, day := "☐", string(t.Due)
		if t.Done {
			mark = "☑"
		}
		if day == "" {
			day = t.Open
		}
		fmt.Fprintf(r.out, "%s %s（%s）%s %s\n", mark, t.Title, t.Tick(), day, t.Who)
	}
}

type remindCmd struct {
	target
	agreed
	Out string `short:"o" help:"写到这个 .ics 文件；不写则列出事项。" type:"path"`
}

func (c *remindCmd) Run(r *run) error {
	return c.look(r, func(d *wizard.Desk, st *wizard.State) error {
		if c.Out == "" {
			if r.cli.JSON {
				return r.json(st.Tasks())
			}
			printTasks(r, st.Tasks())
			return nil
		}
		f, err := d.Calendar(st)
		if c.Case == "" && err == nil {
			l := c.leaving(c.Out)
			l.Kind = wizard.LeavesTasks
			err = d.Leave(r.ctx, st.Case.ID, l)
		}
		if err != nil {
			return err
		}
		if err := writeFile(c.Out, f.Data); err != nil {
			return err
		}
		return r.say(map[string]string{"file": c.Out}, "已写出 %s\n", c.Out)
	})
}
