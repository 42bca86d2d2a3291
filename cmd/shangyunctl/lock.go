package main

import (
	"errors"
	"fmt"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type lockCmd struct {
	Status   lockStatus   `cmd:"" help:"是否设有口令。"`
	Set      lockSet      `cmd:"" help:"设置口令，并给出只显示一次的恢复码。"`
	None     lockNone     `cmd:"" help:"记下不设口令，窗口首次启动时不再询问。"`
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
	return errors.Join(r.say(st, "%s", lockWords(st)), closer.Close())
}

// cipherNames are the ciphers as people call them.
var cipherNames = map[string]string{wizard.CipherAES: "AES-256-GCM", wizard.CipherSM4: "SM4-GCM"}

func lockWords(st wizard.LockState) string {
	words := "没有设置口令：拿到这个文件夹的人都能看到全部企业资料。用 shangyunctl lock set 设置。\n"
	if st.Protected {
		words = "已设置口令，案卷加密保存。\n"
	}
	if st.Keyring {
		words += "本机的系统钥匙串也能打开。\n"
	}
	for _, a := range st.Agencies {
		words += "服务机构也能打开：" + a + "\n"
	}
	return words + "加密算法：" + cipherNames[st.Cipher] + "（未经密码产品认证）\n"
}

type lockSet struct {
	Cipher string `help:"加密算法：aes 或 sm4（SM4-GCM）。只能在还没有案卷的新文件夹里选定，均未经密码产品认证。" enum:",aes,sm4" default:""`
	sheetFlag
}

// sheetFlag writes the recovery sheet where the person says.
type sheetFlag struct {
	Sheet string `help:"把恢复码打印页（PDF，明文）另存到这里，如 U 盘；打印后请删除。" type:"path"`
}

func (c *lockSet) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		if d.LockState().Protected {
			return survey.Fail(survey.CodeUsage, "shangyunctl.lock", "已经设有口令，更换请用 lock change")
		}
		if cipher := map[string]string{"aes": wizard.CipherAES, "sm4": wizard.CipherSM4}[c.Cipher]; cipher != "" {
			if err := d.ChooseCipher(r.ctx, cipher); err != nil {
				return err
			}
		}
		return r.protect(d, "", envPassphrase, c.Sheet)
	})
}

type lockChange struct{}

func (lockChange) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		old, err := r.old()
		if err != nil {
			return err
		}
		return r.protect(d, old, envNew, "")
	})
}

// old gives what proves that the passphrase may be changed: the agency's identity, else the old passphrase or the recovery code.
func (r *run) old() (string, error) {
	if r.cli.Identity != "" {
		return r.identity()
	}
	return r.secret(envPassphrase, "旧口令或恢复码")
}

func (r *run) protect(d *wizard.Desk, old, env, sheet string) error {
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
	return r.showCode(d, code, sheet)
}

func (r *run) showCode(d *wizard.Desk, code, sheet string) error {
	if sheet != "" {
		f, err := join.RecoverySheet(code, d.LockState().Number)
		if err == nil {
			err = writeFile(sheet, f.Data)
		}
		if err != nil { // the code must be shown all the same
			fmt.Fprintln(r.note, r.text.Error(err))
		} else {
			fmt.Fprintf(r.note, "%s 里有明文恢复码，打印后请删除。\n", sheet)
		}
	}
	return r.say(map[string]string{"recovery": code}, "恢复码（只显示这一次，请抄写或打印后锁好）：\n\n    %s\n\n忘记口令时只有它能打开案卷；口令和恢复码都丢了，任何人都无法恢复。\n", code)
}

type lockRecovery struct{ sheetFlag }

func (c *lockRecovery) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		old, err := r.secret(envPassphrase, "口令")
		if err != nil {
			return err
		}
		code, err := d.NewRecovery(r.ctx, old)
		if err != nil {
			return err
		}
		return r.showCode(d, code, c.Sheet)
	})
}

type lockAgency struct {
	Recipient string `arg:"" optional:"" help:"服务机构的 age 公钥（age1…）。"`
	Remove    bool   `help:"取消全部服务机构。"`
}

func (c *lockAgency) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		if c.Remove == (c.Recipient != "") {
			return survey.Fail(survey.CodeUsage, "shangyunctl.lock", "请给出一个公钥，或加 --remove")
		}
		if err := d.AddAgency(r.ctx, c.Recipient); err != nil {
			return err
		}
		if c.Remove {
			return r.say(map[string]bool{"removed": true}, "服务机构的私钥不再能打开。\n")
		}
		return r.say(map[string]bool{"added": true}, "已添加。持有这把私钥的机构也能打开本机案卷：在各命令加 --identity 私钥文件。\n")
	})
}

type lockKeyring struct {
	Off bool `help:"不再用系统钥匙串。"`
}

func (c *lockKeyring) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		if err := d.UseKeyring(r.ctx, !c.Off); err != nil {
			return err
		}
		if c.Off {
			return r.say(map[string]bool{"removed": true}, "系统钥匙串不再能打开。\n")
		}
		return r.say(map[string]bool{"added": true}, "已添加。口令和恢复码仍然有效。\n")
	})
}
