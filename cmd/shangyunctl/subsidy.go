package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/subsidy"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type subsidyCmd struct {
	target
	Policy  string            `help:"按这个规则包测算：编号、编号@版本或 .yaml 文件；不写则按案卷记录或企业所在地。"`
	Overlay string            `help:"把本年度申报通知（.yaml）盖在规则包之上。" type:"path"`
	Keep    bool              `help:"把通知写入案卷（与 --overlay 同用）。"`
	Reading map[string]string `help:"换一种读法测算，如 --reading A5=wide。"`
	Compare bool              `help:"比较两个规则包：subsidy --compare 旧 新。"`
	Packs   []string          `arg:"" optional:"" help:"与 --compare 同用：旧包和新包。"`
}

func (c *subsidyCmd) Run(r *run) error {
	if c.Compare != (len(c.Packs) == 2) || !c.Compare && len(c.Packs) > 0 || c.Keep && (c.Overlay == "" || c.Case != "") {
		return survey.Fail(survey.CodeUsage, "shangyunctl.subsidy", "用法：subsidy --compare 旧包 新包；--keep 与 --overlay 同用且只用于案卷库中的案卷")
	}
	if c.Keep {
		if err := c.keep(r); err != nil {
			return err
		}
	}
	return c.read(r, func(_ *wizard.Desk, st *wizard.State) error {
		if c.Compare {
			return c.compare(r, st)
		}
		k, all, err := c.claims(st)
		if err != nil {
			return err
		}
		if r.cli.JSON {
			return r.json(k)
		}
		printClaims(r, k)
		for _, x := range all {
			if !x.Chosen {
				fmt.Fprintf(r.out, "另有 %s（%s）：%s。%s\n", x.Title, x.Ref, x.Text, x.Validity)
			}
		}
		return nil
	})
}

// claims computes under what the flags name; without any of them it gives what the state says.
func (c *subsidyCmd) claims(st *wizard.State) (subsidy.Claims, []subsidy.Programme, error) {
	if c.Policy == "" && c.Overlay == "" && len(c.Reading) == 0 {
		return st.Claims, st.Programmes, nil
	}
	p, cs := st.Policy, st.Case
	if c.Policy != "" {
		var err error
		if p, err = findPack(st.Policies, c.Policy); err != nil {
			return subsidy.Claims{}, nil, err
		}
	}
	if c.Overlay != "" {
		o, base, err := readOverlay(c.Overlay, append(slices.Clone(st.Policies), p))
		if err != nil {
			return subsidy.Claims{}, nil, err
		}
		p, cs = base, o.Lay(cs)
	}
	with := subsidy.ReadingsOf(cs)
	for id, key := range c.Reading {
		with[id] = key
	}
	return subsidy.ComputeWith(p, cs, st.Assessment, with), nil, nil
}

// keep writes the notices of the overlay into the case.
func (c *subsidyCmd) keep(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		o, _, err := readOverlay(c.Overlay, d.Packs.Policies)
		if err != nil {
			return err
		}
		_, err = d.Edit(r.ctx, id, func(cs *survey.Case) error {
			*cs = *o.Lay(cs)
			return nil
		})
		return err
	})
}

func (c *subsidyCmd) compare(r *run, st *wizard.State) error {
	var both [2]*subsidy.Policy
	for i, ref := range c.Packs {
		p, err := findPack(st.Policies, ref)
		if err != nil {
			return err
		}
		both[i] = p
	}
	x := subsidy.Compare(both[0], both[1], st.Case, st.Assessment)
	if r.cli.JSON {
		return r.json(x)
	}
	fmt.Fprintf(r.out, "旧 %s %s\n新 %s %s\n", x.Old, x.OldTitle, x.New, x.NewTitle)
	if len(x.Rows) == 0 {
		fmt.Fprintln(r.out, "没有变化")
	}
	for _, row := range x.Rows {
		fmt.Fprintf(r.out, "  %s %s：%s → %s  %s\n", row.Measure, row.Name, row.Before, row.After, strings.Join(row.What, "；"))
	}
	fmt.Fprintf(r.out, "保守口径：%s → %s\n%s\n", orNone(x.Before), orNone(x.After), x.Validity)
	return nil
}

// findPack takes a pack by its reference or from a file, which is checked like a shipped one.
func findPack(all []*subsidy.Policy, ref string) (*subsidy.Policy, error) {
	if p := subsidy.Find(all, ref); p != nil {
		return p, nil
	}
	if !strings.HasSuffix(ref, ".yaml") {
		names := make([]string, len(all))
		for i, p := range all {
			names[i] = p.Ref()
		}
		return nil, survey.Fail(survey.CodeUnknownItem, "shangyunctl.pack", "没有规则包“%s”，现有 %s", ref, strings.Join(names, "、"))
	}
	data, err := readFile(ref)
	if err != nil {
		return nil, err
	}
	p, err := pack.Policy(ref, data)
	if err != nil {
		return nil, &survey.Error{Code: survey.CodePack, Op: "shangyunctl.pack", Detail: ref + "，用 pack check 查看错在何处", Err: err}
	}
	return p, nil
}

func readOverlay(name string, all []*subsidy.Policy) (*subsidy.Overlay, *subsidy.Policy, error) {
	data, err := readFile(name)
	if err != nil {
		return nil, nil, err
	}
	o, p, err := pack.Overlay(name, data, all)
	if err == nil && o.Example {
		err = survey.Fail(survey.CodePack, "shangyunctl.overlay", "%s 是填写示例，数字不是真的；照通知原文改好并删去 example 一行", name)
	}
	return o, p, err
}

// shipped gives the packs that come with the program.
func shipped() ([]*subsidy.Policy, error) {
	p, err := join.Packs()
	return p.Policies, err
}
