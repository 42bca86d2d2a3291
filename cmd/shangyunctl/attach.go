package main

import (
	"fmt"
	"mime"
	"path/filepath"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type attachCmd struct {
	ID   string `help:"案卷编号。"`
	Role string `help:"材料种类，如 营业执照、合同、发票、付款凭证；给评测题附材料时可省略，自动填还缺的第一份。"`
	For  string `help:"属于哪一项：采集项（如 Q6）、场景（如 finance）或合同编号。"`
	File string `arg:"" help:"要附上的文件。" type:"path"`
}

func (c *attachCmd) Run(r *run) error {
	data, err := readFile(c.File)
	if err != nil {
		return err
	}
	kind := mime.TypeByExtension(filepath.Ext(c.File))
	if kind == "" {
		kind = "application/octet-stream"
	}
	file := wizard.File{Name: filepath.Base(c.File), Type: kind, Data: data}
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.Open(r.ctx, id)
		switch {
		case err != nil:
			return err
		case st.Assesses(c.For):
			return c.prove(r, d, id, file)
		case c.Role == "":
			return survey.Fail(survey.CodeUsage, "shangyunctl.attach", "请用 --role 说明材料种类")
		}
		if st, err = d.Attach(r.ctx, id, file.Name, c.Role, c.For, kind, data); err != nil {
			return err
		}
		return r.say(map[string]int{"attachments": len(st.Case.Attachments)}, "已附上 %s（%s），共 %d 份附件\n", survey.MaskIn(filepath.Base(c.File)), c.Role, len(st.Case.Attachments))
	})
}

// prove attaches the file to an answer and says what is still missing there.
func (c *attachCmd) prove(r *run, d *wizard.Desk, id string, file wizard.File) error {
	st, err := d.AttachProof(r.ctx, id, c.For, c.Role, file)
	if err != nil {
		return err
	}
	proofs := assess.ProofsOf(&st.Assessment, st.Case.Attachments, c.For)
	if r.cli.JSON {
		return r.json(proofs)
	}
	for _, p := range proofs {
		state := p.File
		if p.Missing {
			state = "缺"
		}
		fmt.Fprintf(r.out, "%s %s：%s\n", p.Key, p.Document, state)
	}
	return nil
}
