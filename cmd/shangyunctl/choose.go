package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type chooseCmd struct {
	Insight chooseInsight `cmd:"" help:"方案的深入分析：每项需求的花费、其他方案、净费用、花费与得分、集中度、数据质量、上云清单。"`
	Why     chooseWhy     `cmd:"" help:"为什么没有选某个产品，选它要多花多少。"`
	Stable  chooseStable  `cmd:"" help:"估计的价格上下浮动 20%，各项还在方案里的比例。可随时按 Ctrl+C 停下，给出已算的。"`
	Level   chooseLevel   `cmd:"" help:"以最少的花费达到某一级：按最省的走法选定需求。"`
	Weigh   chooseWeigh   `cmd:"" help:"调整一项需求的权重（1–100；0 恢复目录的）。"`
	Need    chooseNeed    `cmd:"" help:"一定要、不要或按建议对待一项需求。"`
	Count   chooseCount   `cmd:"" help:"改价格所依的数量，如 gb 500（0 恢复台账的）。"`
	Road    chooseRoad    `cmd:"" help:"实施路线图：分批、月份、负责人、现金流。"`
	Owner   chooseOwner   `cmd:"" help:"指定路线图里一项的负责人和最早批次。"`
	Table   chooseTable   `cmd:"" help:"比价表：每项需求下各产品的价格、报价和来源。"`
	Ask     chooseAsk     `cmd:"" help:"写询价函（每家厂商一个 XLSX），内含可填的报价回执。"`
	Reply   chooseReply   `cmd:"" help:"导入厂商填好的报价回执。"`
	Quote   chooseQuote   `cmd:"" help:"登记本案卷的一个报价；目录里没有的产品编号以 own- 开头。"`
	Unquote chooseUnquote `cmd:"" help:"删去一个报价。"`
	Catalog chooseCatalog `cmd:"" help:"产品目录：装入（可验签名）、列出、对比、停用、删去。"`
}

type chooseInsight struct{ target }

func (c *chooseInsight) Run(r *run) error {
	return c.read(r, func(d *wizard.Desk, st *wizard.State) error {
		x, err := d.InsightsOf(r.ctx, st, func(text string, _ float64) { fmt.Fprintln(r.note, "正在算："+text) })
		if err == nil {
			fmt.Fprintln(r.note, "正在算：花费与得分")
			x.Gain, err = d.GainOf(r.ctx, st)
		}
		if err != nil || r.cli.JSON {
			return orJSON(r, err, x)
		}
		r.insight(st, x)
		return nil
	})
}

func (r *run) insight(st *wizard.State, x wizard.Insight) {
	say := func(format string, args ...any) { fmt.Fprintf(r.out, format+"\n", args...) }
	say("每项需求的花费")
	for _, n := range x.NeedCosts {
		say("  %s", n.Text)
	}
	say("其他方案")
	for _, o := range x.Others {
		say("  %s：首年 %s 元，%s", o.Title, o.FirstYear.Display(), o.Text)
	}
	say("净费用：%s", x.Net.Text)
	say("花费与得分（%s）", map[bool]string{true: "已证明", false: "未全部证明"}[x.Gain.Proved])
	for _, p := range x.Gain.Points {
		say("  首年 %s 元 → 加 %s 分，得分 %s，%s：%s", p.Cost.Display(), p.Gain, p.Score, p.LevelName, orElse(strings.Join(p.Buys, "、"), "不用采购"))
	}
	say("厂商集中度")
	for _, v := range x.Vendors {
		say("  %s：%s 元，占 %d%%（%d 项）", v.Vendor, v.Sum.Display(), v.Percent, v.Lines)
	}
	say("退出：一次性投入 %s 元收不回；最短期限仍要付 %s 元；%d 项的数据怎样取回待核实", x.Exit.Lost.Display(), x.Exit.Bound.Display(), len(x.Exit.Unknown))
	say("数据质量：%s（台账证明 %d 题、自报 %d 题、未答 %d 题）", strings.Repeat("★", x.Quality.Stars), x.Quality.Known, x.Quality.Stated, x.Quality.Open)
	for _, a := range x.Quality.Raise {
		say("  可提高：%s", a)
	}
	for _, list := range [][]recommend.LeafState{x.Links, x.Leaves} {
		for _, l := range list {
			name := l.Name
			if l.Leaf != name {
				name = l.Leaf + " " + name
			}
			say("  %s：%s", name, r.text.T("choose.leaf."+l.State))
		}
	}
}

func orElse(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

type chooseWhy struct {
	Offer string `arg:"" help:"产品编号。"`
	target
}

func (c *chooseWhy) Run(r *run) error {
	return c.read(r, func(d *wizard.Desk, st *wizard.State) error {
		w, err := d.WhyNotOf(r.ctx, st, c.Offer)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, w)
		}
		fmt.Fprintf(r.out, "%s：%s\n", w.Title, w.Text)
		for _, code := range w.Reasons {
			fmt.Fprintf(r.out, "  %s（%s）\n", recommend.ReasonTexts[code], code)
		}
		return nil
	})
}

type chooseStable struct {
	target
	Rounds int `help:"算多少次。" default:"200"`
}

func (c *chooseStable) Run(r *run) error {
	return c.read(r, func(d *wizard.Desk, st *wizard.State) error {
		s, err := d.Stable(r.ctx, st, c.Rounds, nil)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, s)
		}
		if s.Done == 0 {
			return survey.Fail(survey.CodeCancelled, "shangyunctl.stable", "一次也没有算完")
		}
		fmt.Fprintf(r.out, "估计价格各自浮动 ±%d%%，算了 %d 次：整个方案不变的占 %d%%\n", s.Spread, s.Done, s.Same*100/s.Done)
		for _, l := range s.Lines {
			fmt.Fprintf(r.out, "  %s 保留 %d%%\n", l.Title, l.Kept*100/s.Done)
		}
		for _, l := range s.Rivals {
			fmt.Fprintf(r.out, "  %s 换入 %d%%\n", l.Title, l.Kept*100/s.Done)
		}
		return nil
	})
}

type chooseRoad struct{ target }

func (c *chooseRoad) Run(r *run) error {
	return c.read(r, func(_ *wizard.Desk, st *wizard.State) error {
		m, err := wizard.Roadmap(st)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, m)
		}
		for _, w := range m.Waves {
			fmt.Fprintf(r.out, "第 %d 批 %s 至 %s，首年 %s 元\n", w.No, w.From, w.To, w.Cost.Display())
			for _, t := range w.Tasks {
				fmt.Fprintf(r.out, "  %s %s，负责人 %s；%s", t.Vendor, t.Title, orElse(t.Owner, "未定"), t.Why)
				if len(t.After) > 0 {
					fmt.Fprintf(r.out, "；在%s之后", strings.Join(t.After, "、"))
				}
				fmt.Fprintln(r.out)
			}
		}
		for _, k := range m.Cash {
			if k.Pay > 0 {
				fmt.Fprintf(r.out, "  %s 付 %s 元，累计 %s 元\n", k.Month, k.Pay.Display(), k.Sum.Display())
			}
		}
		fmt.Fprintf(r.out, "%s；%s\n", m.PeakText, m.Note)
		return nil
	})
}

type chooseTable struct {
	agreed
	XLSX string `help:"另写成表格文件（XLSX），含每项需求的全部产品；须写明谁同意导出。" name:"xlsx" type:"path"`
	target
}

func (c *chooseTable) Run(r *run) error {
	if c.XLSX != "" {
		return c.look(r, func(d *wizard.Desk, st *wizard.State) error {
			f, err := d.TakeComparison(r.ctx, st, c.leaving(c.XLSX))
			if err != nil {
				return err
			}
			if err := os.WriteFile(c.XLSX, f.Data, 0o600); err != nil {
				return survey.Wrap(survey.CodeFileMissing, "shangyunctl.table", err)
			}
			return r.say(c.XLSX, "写了 %s\n", c.XLSX)
		})
	}
	return c.read(r, func(_ *wizard.Desk, st *wizard.State) error {
		rows := wizard.ComparisonOf(st)
		if r.cli.JSON {
			return r.json(rows)
		}
		last := ""
		for _, x := range rows {
			if x.Need != last {
				fmt.Fprintln(r.out, x.Title)
				last = x.Need
			}
			mark := "  "
			if x.Chosen {
				mark = "✓ "
			}
			fmt.Fprintf(r.out, "  %s%s %s：%s（%s，%s，%s）\n", mark, x.Vendor, x.Offer.Title, x.Price, r.text.T("price."+string(x.Offer.PriceKind)), orElse(x.Offer.PriceFrom, x.Offer.Source), x.Offer.Checked)
		}
		return nil
	})
}
