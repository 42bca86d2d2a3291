package main

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
)

// chosen names several cases by their ids, or all that a search leaves.
type chosen struct {
	IDs    []string `arg:"" optional:"" help:"案卷编号，可只写开头；不写则取 --search、--state 找到的。"`
	Search string   `help:"名称、信用代码、所在地或编号中的词。"`
	State  string   `help:"状态：todo、mend、waiting、received。" enum:",todo,mend,waiting,received" default:""`
}

func (c chosen) find(r *run, d *wizard.Desk) ([]string, error) {
	found, err := d.Search(r.ctx, wizard.Query{Text: c.Search, State: wizard.Group(c.State), Sort: wizard.SortName})
	if err != nil {
		return nil, err
	}
	var out []string
	if len(c.IDs) == 0 {
		for _, e := range found.Entries {
			out = append(out, e.ID)
		}
		return out, nil
	}
	for _, want := range c.IDs {
		var hits []string
		for _, e := range found.Entries {
			if strings.HasPrefix(e.ID, want) {
				hits = append(hits, e.ID)
			}
		}
		if len(hits) != 1 {
			return nil, survey.Fail(survey.CodeNoCase, "shangyunctl.case", "“%s”对应 %d 个案卷", want, len(hits))
		}
		out = append(out, hits[0])
	}
	return out, nil
}

type compareCmd struct {
	chosen
	agreed
	Out string `help:"写成这个 .xlsx 文件。" type:"path"`
}

func (c *compareCmd) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		ids, err := c.find(r, d)
		if err != nil {
			return err
		}
		list, err := d.Compare(r.ctx, ids, nil)
		if err != nil {
			return err
		}
		if c.Out != "" {
			f, err := d.TakeBeside(r.ctx, ids, view.CompareSheet(r.text.T, list), c.leaving(c.Out))
			if err != nil {
				return err
			}
			if err := writeFile(c.Out, f.Data); err != nil {
				return err
			}
		}
		if r.cli.JSON {
			return r.json(list)
		}
		names := view.CompareNames(r.text.T, list)
		for i, name := range names {
			fmt.Fprintf(r.out, "%s\n", name)
			if list[i].Code != "" {
				fmt.Fprintf(r.out, "  %s\n", r.text.Error(&survey.Error{Code: list[i].Code, Detail: list[i].Detail}))
				continue
			}
			for _, l := range view.CompareLines(r.text.T, list) {
				fmt.Fprintf(r.out, "  %s：%s\n", strings.TrimSpace(l.Head), l.Values[i])
			}
		}
		return nil
	})
}

type batchCmd struct {
	Look batchLook `cmd:"" help:"看哪些案卷可以报送，缺什么，要同意什么；什么也不发。"`
	Send batchSend `cmd:"" help:"逐份报送已同意的案卷。"`
}

type batchLook struct {
	chosen
	Kind string `help:"application 或 onboarding。" enum:"application,onboarding" default:"application"`
}

func (c *batchLook) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		ids, err := c.find(r, d)
		if err != nil {
			return err
		}
		list, err := d.Outgoings(r.ctx, ids, submit.Kind(c.Kind), nil)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, list)
		}
		for i, x := range view.OutgoingRows(r.text.T, list, r.text.Error) {
			fmt.Fprintf(r.out, "%s  %s  %s：%s\n", list[i].ID, x.Name, x.State, x.Note)
		}
		fmt.Fprintln(r.note, list[0].Consent)
		return nil
	})
}

type batchSend struct {
	chosen
	Kind  string   `help:"application 或 onboarding。" enum:"application,onboarding" default:"application"`
	Agree []string `help:"这些企业同意发送（案卷编号，逗号分开）；all 表示列出的每一家都已同意。"`
}

func (c *batchSend) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		ids, err := c.find(r, d)
		if err != nil {
			return err
		}
		kind := submit.Kind(c.Kind)
		list, err := d.Outgoings(r.ctx, ids, kind, nil)
		if err != nil {
			return err
		}
		fmt.Fprintln(r.note, list[0].Consent)
		var agreed []string
		for _, o := range list {
			for _, a := range c.Agree {
				if a == "all" || a != "" && strings.HasPrefix(o.ID, a) {
					agreed = append(agreed, o.ID)
				}
			}
		}
		list, err = d.SendMany(r.ctx, list, kind, agreed, func(at int, o wizard.Outgoing, _, _ int64, ended bool) {
			if ended {
				fmt.Fprintf(r.note, "%d/%d %s：%s\n", at+1, len(ids), o.Name, view.OutgoingRows(r.text.T, []wizard.Outgoing{o}, r.text.Error)[0].State)
			}
		})
		if err != nil || r.cli.JSON {
			return orJSON(r, err, list)
		}
		for _, x := range view.OutgoingRows(r.text.T, list, r.text.Error) {
			fmt.Fprintf(r.out, "%s  %s：%s\n", x.Name, x.State, x.Note)
		}
		fmt.Fprintln(r.out, view.BatchSum(r.text.T, list))
		return nil
	})
}
