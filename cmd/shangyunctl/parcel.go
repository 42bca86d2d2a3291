package main

import (
	"fmt"
	"os"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type parcelCmd struct {
	Identity  parcelIdentity  `cmd:"" help:"本机的名片和核对码，交给对方登记。"`
	Trust     parcelTrust     `cmd:"" help:"登记对方的名片；先与对方当面或电话核对核对码。"`
	Contacts  parcelContacts  `cmd:"" help:"列出已登记的联系人。"`
	Make      parcelMake      `cmd:"" help:"制作交接包：全部资料、修改历史、附件和报送记录，只有收件人能打开。"`
	Show      parcelShow      `cmd:"" help:"查看交接包里有什么，不写入。"`
	Take      parcelTake      `cmd:"" help:"收下交接包。同一份收两次没有影响。"`
	Requests  parcelRequests  `cmd:"" help:"报送包：把等待报送的申请封给门户，用 U 盘送去。"`
	Words     parcelWords     `cmd:"" help:"收下门户带回的包：回执、退回意见、服务商答复。"`
	Conflicts parcelConflicts `cmd:"" help:"列出两边改得不一样的资料。"`
	Settle    parcelSettle    `cmd:"" help:"确定一处分歧用哪一边的。"`
}

// maxParcel bounds a parcel, in bytes.
const maxParcel = 512 << 20

type parcelIdentity struct{}

func (parcelIdentity) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		c, err := d.Card(r.ctx)
		if err != nil {
			return err
		}
		return r.say(map[string]string{"name": c.Name, "recipient": c.Recipient, "key": c.Key, "fingerprint": c.Fingerprint(), "card": c.String()},
			"姓名    %s\n收件    %s\n签名    %s\n核对码  %s\n\n名片（整行发给对方，也可做成二维码）：\n%s\n", c.Name, c.Recipient, c.Key, c.Fingerprint(), c.String())
	})
}

type parcelTrust struct {
	Name  string `arg:"" help:"给对方起的名字。"`
	Card  string `arg:"" help:"对方的名片，一整行。"`
	Check string `help:"与对方核对过的核对码，八组五位数字。"`
}

func (c *parcelTrust) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		check := c.Check
		if check == "" {
			card, err := d.ReadCard(c.Card)
			if err != nil {
				return err
			}
			if err := r.sure(false, "核对码 "+card.Fingerprint()+"，已与对方逐组核对一致吗"); err != nil {
				return err
			}
			check = card.Fingerprint()
		}
		card, err := d.Trust(r.ctx, c.Name, c.Card, check)
		if err != nil {
			return err
		}
		return r.say(card, "已登记 %s（%s）\n", card.Name, card.Fingerprint())
	})
}

type parcelContacts struct{}

func (parcelContacts) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		all, err := d.Contacts(r.ctx)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, all)
		}
		for _, c := range all {
			fmt.Fprintf(r.out, "%s  %s\n", c.Name, c.Fingerprint())
		}
		return nil
	})
}

type parcelMake struct {
	ID    string `arg:"" help:"案卷编号，可只写开头。"`
	To    string `required:"" help:"交给哪位联系人。"`
	File  string `arg:"" help:"写到这个文件，如 U 盘上的。" type:"path"`
	Agree bool   `help:"企业同意交接。"`
}

func (c *parcelMake) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		if c.Agree {
			if _, err := d.AgreeHandover(r.ctx, id, c.To); err != nil {
				return err
			}
		}
		f, err := d.HandOver(r.ctx, id, c.To)
		if survey.CodeOf(err) == survey.CodeConsent && err != nil {
			fmt.Fprintf(r.note, "%s\n同意请加 --agree。\n", wizard.HandoverText(c.To))
		}
		if err != nil {
			return err
		}
		if err := writeFile(c.File, f.Data); err != nil {
			return err
		}
		return r.say(map[string]any{"file": c.File, "size": len(f.Data)}, "已写好交接包 %s（%d 字节），只有 %s 能打开\n", c.File, len(f.Data), c.To)
	})
}

// readParcel reads a parcel, which may be larger than other input.
func readParcel(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err == nil && info.Size() > maxParcel {
		return nil, survey.Fail(survey.CodeFileTooBig, "shangyunctl.parcel", "%s 超过 %d MB", name, maxParcel>>20)
	}
	data, readErr := os.ReadFile(name)
	if err != nil || readErr != nil {
		return nil, &survey.Error{Code: survey.CodeFileMissing, Op: "shangyunctl.parcel", Detail: name, Err: readErr}
	}
	return data, nil
}

type parcelShow struct {
	File string `arg:"" help:"交接包。" type:"path"`
}

func (c *parcelShow) Run(r *run) error {
	data, err := readParcel(c.File)
	if err != nil {
		return err
	}
	return r.withDesk(func(d *wizard.Desk) error {
		in, err := d.Examine(r.ctx, data)
		if err != nil {
			return err
		}
		return r.inside(in, "")
	})
}

func (r *run) inside(in wizard.Inside, done string) error {
	here := "本机还没有这个案卷"
	if in.Here {
		here = "本机已有这个案卷"
	}
	return r.say(in, "%s寄件人 %s，%s\n案卷 %s %s（%s）\n修改记录 %d 条，其中新的 %d 条；附件 %d 份；报送记录 %d 条；两边不同 %d 处\n", done, in.From,
		in.Made.Local().Format("2006-01-02 15:04"), in.CaseID, in.Firm, here, in.Revisions, in.New, in.Files, in.Requests, in.Clashes)
}

type parcelTake struct {
	File string `arg:"" help:"交接包。" type:"path"`
}

func (c *parcelTake) Run(r *run) error {
	data, err := readParcel(c.File)
	if err != nil {
		return err
	}
	return r.withDesk(func(d *wizard.Desk) error {
		st, in, err := d.Take(r.ctx, data)
		if err != nil {
			return err
		}
		if err := r.inside(in, "已收下。"); err != nil || len(st.Clashes) == 0 || r.cli.JSON {
			return err
		}
		fmt.Fprintln(r.note, "两边改得不一样的，用 shangyunctl parcel conflicts 查看，用 parcel settle 确定。")
		return nil
	})
}
