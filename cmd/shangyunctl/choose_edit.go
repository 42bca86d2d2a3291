package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// one is the case that a change is made to.
type one struct {
	ID string `help:"案卷编号，可只写开头；只有一个案卷时可省略。"`
}

// change runs a verb on the case and tells the new sum.
func (o one) change(r *run, do func(d *wizard.Desk, id string) (*wizard.State, error)) error {
	return r.onCase(o.ID, func(d *wizard.Desk, id string) error {
		st, err := do(d, id)
		if err != nil {
			return err
		}
		if st.BundleError != nil {
			fmt.Fprintln(r.note, r.text.Error(st.BundleError))
		}
		return r.say(st.Bundle, "已改。方案首年合计 %s 元，覆盖 %d 项，没有覆盖 %d 项\n", st.Bundle.FirstYear.Display(), len(st.Bundle.Covered), len(st.Bundle.Uncovered))
	})
}

type chooseLevel struct {
	Level int `arg:"" help:"1–4。"`
	one
}

func (c *chooseLevel) Run(r *run) error {
	return c.change(r, func(d *wizard.Desk, id string) (*wizard.State, error) { return d.TakeWay(r.ctx, id, c.Level) })
}

type chooseWeigh struct {
	Need   string `arg:"" help:"需求编号，如 scene:quality。"`
	Weight int64  `arg:"" help:"1–100。"`
	one
}

func (c *chooseWeigh) Run(r *run) error {
	return c.change(r, func(d *wizard.Desk, id string) (*wizard.State, error) { return d.Weigh(r.ctx, id, c.Need, c.Weight) })
}

type chooseNeed struct {
	Need string `arg:"" help:"需求编号，如 scene:quality。"`
	Want string `arg:"" help:"yes、no 或 auto。" enum:"yes,no,auto"`
	one
}

func (c *chooseNeed) Run(r *run) error {
	return c.change(r, func(d *wizard.Desk, id string) (*wizard.State, error) {
		if d.Packs.Catalog.Need(c.Need) == nil {
			return nil, survey.Fail(survey.CodeUnknownItem, "shangyunctl.need", "目录里没有需求 %s", c.Need)
		}
		return d.Need(r.ctx, id, c.Need, map[string]survey.Tri{"yes": survey.Yes, "no": survey.No}[c.Want])
	})
}

type chooseCount struct {
	Metric string `arg:"" help:"user、device、machine、line、site 或 gb。"`
	N      int    `arg:"" help:"数量。"`
	one
}

func (c *chooseCount) Run(r *run) error {
	return c.change(r, func(d *wizard.Desk, id string) (*wizard.State, error) {
		return d.Count(r.ctx, id, recommend.Metric(c.Metric), c.N)
	})
}

type chooseOwner struct {
	Offer string `arg:"" help:"产品编号。"`
	Owner string `arg:"" help:"负责人。"`
	After int    `help:"不早于第几批。"`
	one
}

func (c *chooseOwner) Run(r *run) error {
	return c.change(r, func(d *wizard.Desk, id string) (*wizard.State, error) {
		return d.Owner(r.ctx, id, survey.TaskOwner{Offer: c.Offer, Owner: c.Owner, After: c.After})
	})
}

type chooseQuote struct {
	Offer  string   `arg:"" help:"产品编号，或 own- 开头的自有编号。"`
	OneOff string   `help:"一次性费用，如 3万。" default:"0"`
	Yearly string   `help:"每年费用。" default:"0"`
	Term   int      `help:"最短期限（月）。"`
	Source string   `help:"报价单名称或编号。" required:""`
	Date   string   `help:"报价日期 yyyy-mm-dd。" required:""`
	Until  string   `help:"有效期至 yyyy-mm-dd。"`
	Vendor string   `help:"自有报价的厂商。"`
	Title  string   `help:"自有报价的产品名称。"`
	Covers []string `help:"自有报价能完整覆盖的需求，逗号分隔。"`
	Note   string   `help:"说明。"`
	one
}

func (c *chooseQuote) Run(r *run) error {
	q := survey.Quote{ID: c.Offer, Term: c.Term, Source: c.Source, Vendor: c.Vendor, Title: c.Title, Covers: c.Covers, Note: c.Note}
	var err error
	for raw, at := range map[string]*money.Fen{c.OneOff: &q.OneOff, c.Yearly: &q.Yearly} {
		if *at, err = money.Parse(raw); err != nil {
			return survey.Wrap(survey.CodeMoney, "shangyunctl.quote", err)
		}
	}
	if q.Date, err = survey.ParseDate(c.Date); err != nil {
		return err
	}
	if c.Until != "" {
		if q.Until, err = survey.ParseDate(c.Until); err != nil {
			return err
		}
	}
	return c.change(r, func(d *wizard.Desk, id string) (*wizard.State, error) { return d.Quote(r.ctx, id, q) })
}

type chooseUnquote struct {
	Offer string `arg:"" help:"产品编号。"`
	one
}

func (c *chooseUnquote) Run(r *run) error {
	return c.change(r, func(d *wizard.Desk, id string) (*wizard.State, error) { return d.Unquote(r.ctx, id, c.Offer) })
}

type chooseAsk struct {
	agreed
	Offers []string `arg:"" optional:"" help:"产品编号；不写则是方案里的估价项和全部待询价项。"`
	Out    string   `help:"写到哪个文件夹。" default:"." type:"path"`
	target
}

func (c *chooseAsk) Run(r *run) error {
	return c.look(r, func(d *wizard.Desk, st *wizard.State) error {
		files, err := d.Inquiries(r.ctx, st, c.Offers, c.leaving(c.Out))
		if err != nil {
			return err
		}
		if err := os.MkdirAll(c.Out, 0o755); err != nil {
			return survey.Wrap(survey.CodeFileMissing, "shangyunctl.ask", err)
		}
		var names []string
		for _, f := range files {
			name := filepath.Join(c.Out, f.Name)
			if err := os.WriteFile(name, f.Data, 0o600); err != nil {
				return survey.Wrap(survey.CodeFileMissing, "shangyunctl.ask", err)
			}
			names = append(names, name)
		}
		return r.say(names, "写了 %d 份询价函到 %s\n", len(names), c.Out)
	})
}

type chooseReply struct {
	File string `arg:"" help:"报价回执（XLSX 或 CSV）。" type:"path"`
	one
}

func (c *chooseReply) Run(r *run) error {
	data, err := readFile(c.File)
	if err != nil {
		return err
	}
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		_, took, err := d.ImportReply(r.ctx, id, data)
		if err != nil {
			return err
		}
		for _, p := range took.Problems {
			fmt.Fprintln(r.note, "没有采用："+p)
		}
		return r.say(took, "登记了 %d 个报价，%d 行没有采用\n", took.Taken, len(took.Problems))
	})
}
