package main

import (
	"mime"
	"path/filepath"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type attachCmd struct {
	ID   string `help:"案卷编号。"`
	Role string `help:"材料种类，如 营业执照、合同、发票、付款凭证。" required:""`
	For  string `help:"属于哪一项（如 Q6 或合同编号）。"`
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
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.Attach(r.ctx, id, filepath.Base(c.File), c.Role, c.For, kind, data)
		if err != nil {
			return err
		}
		return r.say(map[string]int{"attachments": len(st.Case.Attachments)}, "已附上 %s（%s），共 %d 份附件\n", survey.MaskIn(filepath.Base(c.File)), c.Role, len(st.Case.Attachments))
	})
}
