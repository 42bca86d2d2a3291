package main

import (
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type lockNone struct {
	Yes bool `help:"不再询问。"`
}

func (c *lockNone) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		if err := r.sure(c.Yes, "不设口令时，拿到这台电脑或文件夹的人都能看到全部企业资料。仍不设口令吗"); err != nil {
			return err
		}
		if err := d.GoUnguarded(r.ctx); err != nil {
			return err
		}
		return r.say(map[string]bool{"unguarded": true}, "已记下不设口令；以后可用 shangyunctl lock set 设置。\n")
	})
}

type lockRemove struct {
	Yes bool `help:"不再询问。"`
}

func (c *lockRemove) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		if err := r.sure(c.Yes, "取消后，拿到这台电脑或文件夹的人都能看到全部企业资料。仍要取消口令吗"); err != nil {
			return err
		}
		old, err := r.secret(envPassphrase, "口令")
		if err != nil {
			return err
		}
		if err := d.Unprotect(r.ctx, old); err != nil {
			return err
		}
		return r.say(map[string]bool{"removed": true}, "口令已取消，恢复码作废。\n")
	})
}
