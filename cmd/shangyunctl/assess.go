package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/shangyuntong/shangyun/connectors/document"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
)

type assessCmd struct {
	Show     assessShowCmd     `cmd:"" default:"withargs" help:"评测一个案卷（默认）。"`
	Freeze   assessFreezeCmd   `cmd:"" help:"把现在的评测定稿为 T0、T1、T2…，以后不再改动。"`
	Sheet    assessSheetCmd    `cmd:"" help:"定稿时的题目全文和答案，如 assess sheet T0。"`
	Evidence assessEvidenceCmd `cmd:"" help:"证据目录：每个答案现场要看哪些材料、已附哪些、缺哪些。"`
	Diff     assessDiffCmd     `cmd:"" help:"逐项比较两次评测，如 assess diff T0 T1，或 assess diff T0 now。"`
}

type assessSheetCmd struct {
	target
	Label string `arg:"" help:"T0、T1…。"`
}

func (c *assessSheetCmd) Run(r *run) error {
	return c.read(r, func(_ *wizard.Desk, st *wizard.State) error {
		s, err := st.Sheet(c.Label)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, s)
		}
		fmt.Fprintf(r.out, "%s %s：%s（%s）SHA-256 %s\n", s.Label, s.Date, s.Title, s.DocNo, s.Digest)
		for _, line := range view.SheetLines(r.text.T, s) {
			fmt.Fprintln(r.out, line)
		}
		return nil
	})
}

type assessShowCmd struct {
	target
	Path      string `arg:"" optional:"" help:"成批评测：放交换文件（.json）的文件夹，或每行一个案卷的 .jsonl；不填则评测一个案卷。" type:"path"`
	Jobs      int    `help:"成批评测时同时算几份，0 为本机处理器的个数。" default:"0"`
	Out       string `help:"成批评测的总表，.xlsx 或 .csv。" type:"path"`
	Way       bool   `help:"到下一级最省钱的一组步骤（预测）。"`
	Goal      int    `help:"与 --way 同用：要到的等级 1–4；不写为下一级。" placeholder:"LEVEL"`
	Standards bool   `help:"同一份清单按其他标准看：两化融合、专精特新、GB/T 39116、江苏星级上云。"`
}

type assessFreezeCmd struct {
	ID    string `help:"案卷编号。"`
	Label string `arg:"" help:"T0（改造前）、T1、T2…。"`
	Note  string `help:"说明，如 改造前。"`
}

func (c *assessFreezeCmd) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.Freeze(r.ctx, id, c.Label, c.Note)
		if err != nil {
			return err
		}
		s := st.Case.Snapshot(c.Label)
		return r.say(s, "%s 已定稿：%s，得分 %s，%s，题库 %s（SHA-256 %s）\n", s.Label, s.Date, s.Score, s.LevelName, s.Edition, s.Digest)
	})
}

type assessDiffCmd struct {
	target
	From string `arg:"" help:"T0、T1…。"`
	To   string `arg:"" optional:"" default:"now" help:"T1、T2…，或 now（现在）。"`
}

func (c *assessDiffCmd) Run(r *run) error {
	return c.read(r, func(_ *wizard.Desk, st *wizard.State) error {
		x, err := st.Compare(c.From, c.To)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, x)
		}
		for _, p := range x.Pairs {
			fmt.Fprintf(r.out, "%s：%s → %s\n", p.Name, p.Before, p.After)
		}
		printChanges(r, x)
		if x.Better+x.Worse == 0 {
			fmt.Fprintln(r.out, r.text.T("maturity.same"))
		}
		if !x.SameText {
			fmt.Fprintln(r.out, r.text.T("maturity.text.other"))
		}
		return nil
	})
}

func printChanges(r *run, x assess.Comparison) {
	letters := func(list []string) string {
		if len(list) == 0 {
			return r.text.T("maturity.none")
		}
		return strings.Join(list, "")
	}
	for _, it := range x.Items {
		if it.From != it.To || letters(it.Before) != letters(it.After) {
			fmt.Fprintf(r.out, "  %s %s：%s → %s，%s → %s 分 %s\n", it.Key, it.Title, letters(it.Before), letters(it.After), it.From, it.To, it.Why)
		}
	}
	for _, s := range x.Scenes {
		if s.From != s.To {
			fmt.Fprintln(r.out, " ", r.text.T("maturity.scene", s.Title, r.text.T(fmt.Sprint("assess.level.", s.From)), r.text.T(fmt.Sprint("assess.level.", s.To))))
		}
	}
}

type assessEvidenceCmd struct {
	target
	agreed
	Out string `help:"写成 .xlsx 或 .csv。" type:"path"`
}

func (c *assessEvidenceCmd) Run(r *run) error {
	return c.read(r, func(d *wizard.Desk, st *wizard.State) error {
		proofs := assess.Proofs(&st.Assessment, st.Case.Attachments)
		if c.Out != "" {
			if err := c.write(r, d, st); err != nil {
				return err
			}
		}
		if r.cli.JSON {
			return r.json(proofs)
		}
		missing := 0
		for _, row := range wizard.ProofRows(st) {
			if row[5] == "缺" {
				missing++
			}
			fmt.Fprintf(r.out, "%s %s（%s） %s：%s %s\n", row[0], row[2], row[3], row[4], row[5], row[6])
		}
		fmt.Fprintf(r.out, "共 %d 份，缺 %d 份。材料清单来源：%s\n", len(proofs), missing, st.Assessment.ProofSource)
		return nil
	})
}

func (c *assessEvidenceCmd) write(r *run, d *wizard.Desk, st *wizard.State) error {
	if c.Case == "" {
		l := c.leaving(c.Out)
		l.Kind = wizard.LeavesProofs
		if err := d.Leave(r.ctx, st.Case.ID, l); err != nil {
			return err
		}
	}
	return writeTables(c.Out, document.Table{
		Name: "证据目录", Title: st.Case.Firm.Name + " 证据目录", Head: wizard.ProofHead(), Widths: []float64{10, 30, 30, 9, 28, 7, 24, 12, 40}, Rows: wizard.ProofRows(st),
	})
}

// writeTables writes tables in the kind of file that the name asks for.
func writeTables(name string, tables ...document.Table) error {
	make := document.Tables
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx":
	case ".csv":
		make = document.CSV
	default:
		return survey.Fail(survey.CodeUsage, "shangyunctl.tables", "只能写成 .xlsx 或 .csv：%s", name)
	}
	data, err := make(tables...)
	if err != nil {
		return err
	}
	return writeFile(name, data)
}
