package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type parcelConflicts struct {
	ID string `arg:"" optional:"" help:"案卷编号，可只写开头；只有一个案卷时可省略。"`
}

func (c *parcelConflicts) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.Open(r.ctx, id)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, st.Clashes)
		}
		say := wizard.Say(r.text.T)
		for i, k := range st.Clashes {
			fmt.Fprintf(r.out, "%d  %s\n", i+1, say.Fact(k.Kind, k.Name))
			for j, o := range k.Other {
				fmt.Fprintf(r.out, "   我的（%s %s） → 对方 %d 的（%s %s）\n", k.Mine.By, minute(k.Mine.At), j+1, o.By, minute(o.At))
				for _, x := range k.Fields[j] {
					fmt.Fprintf(r.out, "     %s\n", say.Difference(x))
				}
			}
		}
		if len(st.Clashes) == 0 {
			fmt.Fprintln(r.out, "没有分歧。")
		}
		return nil
	})
}

// minute is a side's time as people here read it.
func minute(at string) string {
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return at
	}
	return t.Local().Format("2006-01-02 15:04")
}

type parcelSettle struct {
	ID     string `arg:"" help:"案卷编号，可只写开头。"`
	Number string `arg:"" help:"conflicts 里的序号，或 all。"`
	Use    string `required:"" enum:"mine,theirs,both" help:"mine 用我的，theirs 用对方的，both 合并两边各自改的栏。"`
	Other  int    `default:"1" help:"有几个对方时，是第几个。"`
}

func (c *parcelSettle) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.Open(r.ctx, id)
		if err != nil {
			return err
		}
		list := st.Clashes
		if c.Number != "all" {
			n, err := strconv.Atoi(c.Number)
			if err != nil || n < 1 || n > len(list) {
				return survey.Fail(survey.CodeUnknownItem, "shangyunctl.settle", "没有第 %s 处分歧，现有 %d 处", c.Number, len(list))
			}
			list = list[n-1 : n]
		}
		for _, k := range list {
			if st, err = d.SettleClash(r.ctx, id, k.Kind, k.ID, c.Use, c.Other-1); err != nil {
				return err
			}
		}
		return r.say(map[string]int{"settled": len(list), "open": len(st.Clashes)}, "已确定 %d 处，还有 %d 处\n", len(list), len(st.Clashes))
	})
}
