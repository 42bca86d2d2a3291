package main

import "github.com/shangyuntong/shangyun/survey/wizard"

type assetFill struct {
	ID     string   `help:"案卷编号。"`
	Field  string   `arg:"" help:"字段，如 workshop、networked、use。"`
	Value  string   `arg:"" help:"值；空着写成 \"\"。"`
	Assets []string `arg:"" optional:"" help:"设备编号；不写则要有 --workshop。"`
	Shop   string   `name:"workshop" help:"这个车间的每一行。"`
}

func (c *assetFill) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		lines := c.Assets
		if c.Shop != "" {
			st, err := d.Open(r.ctx, id)
			if err != nil {
				return err
			}
			for _, a := range st.Case.Assets {
				if a.Workshop == c.Shop {
					lines = append(lines, a.ID)
				}
			}
		}
		if _, err := d.SetMany(r.ctx, id, lines, c.Field, c.Value); err != nil {
			return err
		}
		return r.say(map[string]any{"lines": len(lines)}, "已写到 %d 行，可一次撤销\n", len(lines))
	})
}
