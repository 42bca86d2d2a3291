package main

import (
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/connectors/casedb"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type lockCmd struct {
	Status   lockStatus   `cmd:"" help:"是否设有口令。"`
	Set      lockSet      `cmd:"" help:"设置口令，并给出只显示一次的恢复码。"`
	Change   lockChange   `cmd:"" help:"更换口令；也可用恢复码代替旧口令。"`
	Remove   lockRemove   `cmd:"" help:"取消口令。此后拿到这台电脑的人都能看到全部企业资料。"`
	Recovery lockRecovery `cmd:"" help:"换一个新的恢复码，旧的作废。"`
	Agency   lockAgency   `cmd:"" help:"让服务机构的 age 公钥也能打开。"`
	Keyring  lockKeyring  `cmd:"" help:"让本机的系统钥匙串也能打开。"`
}

type lockStatus struct{}

func (lockStatus) Run(r *run) error {
	desk, closer, err := join.Desk(r.ctx, r.cli.Data, r.cli.By)
	if err != nil {
		return err
	}
	st := desk.LockState()
	words := "没有设置口令：拿到这个文件夹的人都能看到全部企业资料。用 shangyunctl lock set 设置。\n"
	if st.Protected {
		words = "已设置口令，案卷加密保存。\n"
	}
	return errors.Join(r.say(st, "%s", words), closer.Close())
}

type lockSet struct{}

func (lockSet) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		if d.LockState().Protected {
			return survey.Fail(survey.CodeUsage, "shangyunctl.lock", "已经设有口令，更换请用 lock change")
		}
		return r.protect(d, "", envPassphrase)
	})
}

type lockChange struct{}

func (lockChange) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		old, err := r.secret(envPassphrase, "旧口令或恢复码")
		if err != nil {
			return err
		}
		return r.protect(d, old, envNew)
	})
}

func (r *run) protect(d *wizard.Desk, old, env string) error {
	fresh, err := r.twice(env)
	if err != nil {
		return err
	}
	code, err := d.Protect(r.ctx, old, fresh)
	if err != nil {
		return err
	}
	if code == "" {
		return r.say(map[string]bool{"changed": true}, "口令已更换，恢复码不变。\n")
	}
	return r.showCode(code)
}

func (r *run) showCode(code string) error {
	return r.say(map[string]string{"recovery": code}, "恢复码（只显示这一次，请抄写或打印后锁好）：\n\n    %s\n\n忘记口令时只有它能打开案卷；口令和恢复码都丢了，任何人都无法恢复。\n", code)
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

type lockRecovery struct{}

func (lockRecovery) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		old, err := r.secret(envPassphrase, "口令")
		if err != nil {
			return err
		}
		code, err := d.NewRecovery(r.ctx, old)
		if err != nil {
			return err
		}
		return r.showCode(code)
	})
}

type lockAgency struct {
	Recipient string `arg:"" help:"服务机构的 age 公钥（age1…）。"`
}

func (c *lockAgency) Run(r *run) error {
	return r.withStore(func(db *casedb.DB) error {
		if err := db.AddRecipient(r.ctx, c.Recipient, time.Now()); err != nil {
			return err
		}
		return r.say(map[string]bool{"added": true}, "已添加。持有这把私钥的机构也能打开本机案卷。\n")
	})
}

type lockKeyring struct{}

func (lockKeyring) Run(r *run) error {
	return r.withStore(func(db *casedb.DB) error {
		if err := db.AddKeyring(r.ctx, time.Now()); err != nil {
			return err
		}
		return r.say(map[string]bool{"added": true}, "已添加。口令和恢复码仍然有效。\n")
	})
}
