package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

type simulateCmd struct {
	Policy  string `help:"规则包：编号、编号@版本或 .yaml 文件。" required:""`
	Cases   string `help:"案卷，一行一个交换文件的 JSON（.jsonl）。" required:"" type:"path"`
	Cap     string `help:"假设上限改为这个金额，如 20万。"`
	Rate    string `help:"假设比例改为这个数，如 0.20。"`
	Measure string `help:"假设只改这一条，如 H3-1；不写则改所有按比例的条款。"`
	Jobs    int    `help:"并行数，0 为全部处理器。" default:"0"`
}

// simulated is what the command prints.
type simulated struct {
	Base     *subsidy.Simulation `json:"base"`
	WhatIf   *subsidy.Simulation `json:"whatIf,omitempty"`
	Refused  int                 `json:"refused"` // lines that are no case
	Faults   []fault             `json:"faults,omitempty"`
	Validity string              `json:"validity"`
}

// fault is a line that was refused.
type fault struct {
	Line int    `json:"line"`
	Why  string `json:"why"`
}

func (c *simulateCmd) Run(r *run) error {
	packs, err := join.Packs()
	if err != nil {
		return err
	}
	p, err := findPack(packs.Policies, c.Policy)
	if err != nil {
		return err
	}
	policies := []*subsidy.Policy{p}
	what, err := c.whatIf(p)
	if err != nil {
		return err
	}
	if what != nil {
		policies = append(policies, p.With(*what))
	}
	f, err := os.Open(c.Cases)
	if err != nil {
		return &survey.Error{Code: survey.CodeFileMissing, Op: "shangyunctl.simulate", Detail: c.Cases, Err: err}
	}
	out, err := simulate(f, policies, packs.Questions, c.Jobs)
	_ = f.Close()
	if err != nil {
		return err
	}
	out.Validity = p.Validity
	if r.cli.JSON {
		return r.json(out)
	}
	out.print(r, c)
	return nil
}

func (c *simulateCmd) whatIf(p *subsidy.Policy) (*subsidy.WhatIf, error) {
	if c.Cap == "" && c.Rate == "" {
		if c.Measure != "" {
			return nil, survey.Fail(survey.CodeUsage, "shangyunctl.simulate", "--measure 与 --cap 或 --rate 同用")
		}
		return nil, nil
	}
	if c.Measure != "" && !slices.ContainsFunc(p.Measures, func(m subsidy.Measure) bool { return m.ID == c.Measure }) {
		return nil, survey.Fail(survey.CodeUnknownItem, "shangyunctl.simulate", "规则包 %s 没有条款 %s", p.Ref(), c.Measure)
	}
	x := &subsidy.WhatIf{Measure: c.Measure}
	if c.Cap != "" {
		limit, err := money.Parse(c.Cap)
		if err != nil || limit <= 0 {
			return nil, survey.Fail(survey.CodeMoney, "shangyunctl.simulate", "--cap “%s”", c.Cap)
		}
		x.Cap = &limit
	}
	if c.Rate != "" {
		rate, err := money.ParseRate(c.Rate)
		if err != nil || rate <= 0 || rate > money.One {
			return nil, survey.Fail(survey.CodeNumber, "shangyunctl.simulate", "--rate “%s” 应在 0 与 1 之间", c.Rate)
		}
		x.Rate = &rate
	}
	return x, nil
}

func (s *simulated) print(r *run, c *simulateCmd) {
	words := func(x *subsidy.Simulation) {
		fmt.Fprintf(r.out, "  案卷 %d，可得 %d 家，测算上限合计 %s 元；若入选另有 %d 家 %s 元；待核实 %d 家\n", x.Cases, x.Winners, x.Cost.Display(), x.Possible, x.Further.Display(), x.Open)
		for _, m := range x.Measures {
			fmt.Fprintf(r.out, "    %s：%d 家，%s 元，其中到上限 %d 家，最高 %s 元\n", m.ID, m.Winners, m.Cost.Display(), m.Capped, m.Largest.Display())
		}
		for _, g := range x.Regions {
			fmt.Fprintf(r.out, "    地区 %s：%d 家，%s 元\n", cmp.Or(g.Region, "未填"), g.Winners, g.Cost.Display())
		}
	}
	fmt.Fprintf(r.out, "%s（%s）\n", s.Base.Title, s.Base.Policy)
	words(s.Base)
	if s.WhatIf != nil {
		fmt.Fprintf(r.out, "假设 %s\n", strings.TrimSpace(cmp.Or(c.Measure, "所有按比例的条款")+" "+assumed("比例", c.Rate)+" "+assumed("上限", c.Cap)))
		words(s.WhatIf)
		fmt.Fprintf(r.out, "相差 %s 元\n", (s.WhatIf.Cost - s.Base.Cost).Display())
	}
	if s.Refused > 0 {
		fmt.Fprintf(r.out, "有 %d 行不是案卷，未计入：\n", s.Refused)
		for _, f := range s.Faults {
			fmt.Fprintf(r.out, "  第 %d 行：%s\n", f.Line, f.Why)
		}
	}
	fmt.Fprintln(r.out, "金额为测算上限，不是应得金额。"+s.Validity)
}

func assumed(what, value string) string {
	if value == "" {
		return ""
	}
	return what + " " + value
}
