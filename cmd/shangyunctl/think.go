package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func (c *assessShowCmd) Run(r *run) error {
	return c.read(r, func(_ *wizard.Desk, st *wizard.State) error {
		if c.Way || c.Goal != 0 {
			return c.way(r, st)
		}
		if c.Standards {
			return c.standards(r, st)
		}
		a := st.Assessment
		if r.cli.JSON {
			return r.json(a)
		}
		fmt.Fprintf(r.out, "%s\n得分 %s（满分 100），%s\n", a.Title, a.Score, a.LevelName)
		for _, m := range a.Dimensions {
			fmt.Fprintf(r.out, "  %s %s / %s\n", m.Title, m.Points, m.Max)
		}
		for _, g := range a.Ladder {
			mark := "未达到"
			if g.Met {
				mark = "达到"
			}
			fmt.Fprintf(r.out, "  %s：得分 %s/%s，场景 %d/%d，★场景 %d/%d，%s\n", g.Name, g.HaveScore, g.NeedScore, g.HaveScenes, g.NeedScenes, g.HaveStars, g.NeedStars, mark)
		}
		for _, it := range a.Items {
			if it.Explain != "" {
				fmt.Fprintf(r.out, "  %s %s：%s %s\n", it.Key, it.Term, it.Explain, it.Flip)
			}
		}
		for _, x := range a.Differences {
			fmt.Fprintf(r.out, "  不一致 %s：清单 %s，自报 %s\n", x.Item, strings.Join(x.Computed, ""), strings.Join(x.Declared, ""))
		}
		for _, g := range a.Gaps {
			fmt.Fprintf(r.out, "  对不上：%s。%s先做：%s\n", g.Title, g.Text, g.Do)
		}
		if len(a.Open) > 0 {
			fmt.Fprintf(r.out, "  还没回答：%s\n", strings.Join(a.Open, "、"))
		}
		fmt.Fprintln(r.out, a.RuleStatus)
		return nil
	})
}

type recommendCmd struct {
	agreed // to --lp
	target
	Accept bool          `help:"采用这个方案（只记为计划，不进申报书）。"`
	Budget string        `help:"首年预算，如 6万。"`
	Limit  time.Duration `help:"最多算这么久（如 30s），到时给出当前方案和真实差距；只用于 --model 和 --lp。"`
	Model  string        `help:"只算这个模型文件（JSON，格式见 schema model），不打开案卷。" type:"path"`
	LP     string        `help:"把模型写成 .lp，旁边写出模型和结果的 JSON，供第三方复算。" name:"lp" type:"path"`
}

func (c *recommendCmd) Run(r *run) error {
	if c.Model != "" {
		return c.solveFile(r)
	}
	if c.Case == "" && (c.Accept || c.Budget != "") {
		err := r.onCase(c.ID, func(d *wizard.Desk, id string) error {
			if c.Budget != "" {
				if _, err := d.Set(r.ctx, id, "plan.budget", c.Budget); err != nil {
					return err
				}
			}
			if c.Accept {
				_, err := d.Accept(r.ctx, id)
				return err
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return c.read(r, func(d *wizard.Desk, st *wizard.State) error {
		if c.LP != "" {
			l := c.leaving(c.LP)
			if l.Kind = wizard.LeavesModel; c.Case == "" { // an exchange file has left already
				if err := d.Leave(r.ctx, st.Case.ID, l); err != nil {
					return err
				}
			}
			if err := c.exportModel(r, st); err != nil {
				return err
			}
		}
		b := st.Bundle
		if r.cli.JSON && st.BundleError == nil {
			return r.json(b)
		}
		if st.BundleError != nil {
			return st.BundleError
		}
		for _, l := range b.Lines {
			fmt.Fprintf(r.out, "%s %s × %d  首年 %s 元（%s，%s，核对于 %s）\n    满足：%s；%s\n", l.Vendor, l.Title, l.Quantity, l.FirstYear.Display(),
				r.text.T("price."+l.PriceKind), l.Source, l.Checked, needTitles(b, l.Covers), l.LossText)
		}
		fmt.Fprintf(r.out, "首年合计 %s 元，%s\n", b.FirstYear.Display(), b.Proof.Text)
		if len(b.Uncovered) > 0 {
			fmt.Fprintf(r.out, "没有覆盖：%s\n", needTitles(b, b.Uncovered))
		}
		fmt.Fprintln(r.out, "这是计划支出，只作预测，不进申报书；估价以供应商报价为准。")
		return nil
	})
}

// needTitles gives the needs by their names.
func needTitles(b recommend.Bundle, keys []string) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = key
		for _, n := range b.Needs {
			if n.Key == key {
				names[i] = n.Title
			}
		}
	}
	return strings.Join(names, "、")
}

type schemaCmd struct {
	What string `arg:"" help:"case（交换文件的 JSON Schema）、model（选型模型的 JSON Schema）、fields（表单字段）或 questions（题目与场景）。" enum:"case,model,fields,questions"`
}

func (c *schemaCmd) Run(r *run) error {
	v, err := schema(c.What)
	if err != nil {
		return survey.Wrap(survey.CodeInternal, "shangyunctl.schema", err)
	}
	return r.json(v)
}
