package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type auditCmd struct {
	List   auditList   `cmd:"" help:"列出一个案卷的操作记录：何时、何人、做了什么、去了哪里。"`
	Verify auditVerify `cmd:"" help:"核对整本记录有没有被改动、删去或换位；有问题时退出码为 3。"`
	Export auditExport `cmd:"" help:"把一个案卷的操作记录写成 CSV。"`
}

type auditList struct {
	ID  string `arg:"" optional:"" name:"case" help:"案卷编号，可只写开头；只有一个案卷时可省略。"`
	All bool   `help:"列出所有案卷和本机的记录。"`
}

func (c *auditList) Run(r *run) error {
	if c.All {
		return r.withDesk(func(d *wizard.Desk) error { return r.tellLog(d, "") })
	}
	return r.onCase(c.ID, r.tellLog)
}

// tellLog prints the log of a case, "" for all.
func (r *run) tellLog(d *wizard.Desk, id string) error {
	all, err := d.LogOf(r.ctx, id)
	if err != nil || r.cli.JSON {
		return orJSON(r, err, all)
	}
	for _, l := range all {
		fmt.Fprintf(r.out, "%d  %s  %s\n", l.Seq, l.At.Local().Format("2006-01-02 15:04:05"), wizard.Say(r.text.T).Logged(l))
	}
	return nil
}

type auditVerify struct {
	Head string `help:"以前记下的结尾（至少前 16 位），看它是否仍在记录里。"`
}

func (c *auditVerify) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		found, err := d.CheckLog(r.ctx, c.Head)
		if err != nil {
			return err
		}
		if err := found.Fault(); err != nil {
			if r.cli.JSON {
				_ = r.json(found) // the failure is what counts
			}
			return err
		}
		if r.cli.JSON {
			return r.json(found)
		}
		fmt.Fprintln(r.out, r.text.T("audit.whole", found.Lines))
		if found.Known > 0 {
			fmt.Fprintln(r.out, r.text.T("audit.known", found.Known))
		}
		fmt.Fprintln(r.out, r.text.T("audit.head", found.Head))
		fmt.Fprintln(r.out, r.text.T("audit.head.why"))
		return nil
	})
}

type auditExport struct {
	agreed
	ID   string `arg:"" name:"case" help:"案卷编号，可只写开头。"`
	File string `arg:"" help:"写到这个文件（.csv）。" type:"path"`
}

func (c *auditExport) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		l := c.leaving(c.File)
		l.Kind = wizard.LeavesLog
		if err := d.Leave(r.ctx, id, l); err != nil {
			return err
		}
		all, err := d.LogOf(r.ctx, id)
		if err != nil {
			return err
		}
		data, err := r.logTable(all)
		if err != nil {
			return err
		}
		if err := writeFile(c.File, data); err != nil {
			return err
		}
		return r.say(map[string]any{"file": c.File, "lines": len(all)}, "%s\n", r.text.T("audit.exported", len(all), c.File))
	})
}

// logTable is a log as CSV that spreadsheets open: UTF-8 with its mark, and no cell that they would compute.
func (r *run) logTable(all []wizard.Logged) ([]byte, error) {
	b := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(b)
	w.UseCRLF = true
	say := wizard.Say(r.text.T)
	rows := [][]string{{say("audit.seq"), say("audit.at"), say("audit.by"), say("audit.deed"), say("audit.what"), say("audit.where")}}
	for _, l := range all {
		rows = append(rows, []string{strconv.FormatInt(l.Seq, 10), l.At.UTC().Format("2006-01-02T15:04:05Z"), plain(l.By), say.Deed(l), plain(say.What(l)), plain(l.Where)})
	}
	err := w.WriteAll(rows)
	return b.Bytes(), survey.Wrap(survey.CodeInternal, "shangyunctl.audit", err)
}

// plain puts a mark before what a spreadsheet would take for a formula.
func plain(s string) string {
	if s != "" && (s[0] == '=' || s[0] == '+' || s[0] == '-' || s[0] == '@' || s[0] == '\t' || s[0] == '\r') {
		return "'" + s
	}
	return s
}
