package main

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type portalCmd struct {
	Show  portalShow  `cmd:"" help:"向门户询问密钥指纹，供电话核对。"`
	Enrol portalEnrol `cmd:"" help:"核对指纹后登记门户。"`
}

type portalShow struct {
	Address string `arg:"" help:"门户地址。"`
}

func (c *portalShow) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		f, err := d.Fingerprint(r.ctx, c.Address)
		if err != nil {
			return err
		}
		return r.say(map[string]string{"fingerprint": f}, "密钥指纹：%s\n请打电话与受理单位逐组核对。\n", f)
	})
}

type portalEnrol struct {
	Address     string `arg:"" help:"门户地址。"`
	Code        string `help:"登记码。" required:""`
	Fingerprint string `help:"已与受理单位核对的指纹。" required:""`
}

func (c *portalEnrol) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		e, err := d.Enrol(r.ctx, c.Address, c.Code, c.Fingerprint)
		if err != nil {
			return err
		}
		return r.say(map[string]string{"portal": e.Portal, "device": e.DeviceID}, "已登记“%s”\n", e.Portal)
	})
}

type sendCmd struct {
	ID    string `help:"案卷编号。"`
	Kind  string `help:"application 或 onboarding。" enum:"application,onboarding" default:"application"`
	Agree bool   `help:"同意发送；会先显示发什么、发给谁，并记入案卷。"`
}

func (c *sendCmd) Run(r *run) error {
	kind := submit.Kind(c.Kind)
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		e, err := d.Enrolment(r.ctx)
		if err != nil {
			return err
		}
		if e != nil {
			fmt.Fprintln(r.note, wizard.ConsentText(kind, e.Portal))
		}
		if c.Agree {
			if _, err := d.Agree(r.ctx, id, kind); err != nil {
				return err
			}
		}
		_, sealed, err := d.Seal(r.ctx, id, kind)
		if err != nil {
			return err
		}
		fmt.Fprintf(r.note, "已封存第 %d 版，摘要 %s\n", sealed.Revision, sealed.SHA256)
		st, err := d.Send(r.ctx, id, kind, nil)
		if err != nil {
			return err
		}
		for _, q := range st.Requests {
			if q.ID == sealed.ID && q.Revision == sealed.Revision && q.Receipt != nil {
				return r.say(q, "已报送，回执 %s（%s）\n", q.Receipt.Number, q.Receipt.ReceivedAt.Local().Format("2006-01-02 15:04:05"))
			}
		}
		return survey.Fail(survey.CodeReceipt, "shangyunctl.send", "没有取得回执")
	})
}

type statusCmd struct {
	ID    string `help:"案卷编号。"`
	Proof bool   `help:"从门户取回已报送的内容，与本机逐字节核对。"`
	Fetch bool   `help:"先向门户询问办理结果：退回意见、服务商答复及其证明。"`
}

func (c *statusCmd) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		if c.Fetch {
			if _, err := d.Follow(r.ctx, id); err != nil {
				return err
			}
		}
		st, err := d.View(r.ctx, id)
		if err != nil {
			return err
		}
		type row struct {
			wizard.Request
			Proved int64        `json:"provedBytes,omitempty"`
			Said   *wizard.Said `json:"said,omitempty"`
		}
		rows := []row{}
		for _, q := range st.Requests {
			x := row{Request: q}
			if said := q.Said(); said.Decision != nil || len(said.Answers) > 0 {
				x.Said, x.Detail = &said, ""
			}
			if c.Proof && q.Receipt != nil {
				if x.Proved, err = d.Prove(r.ctx, q); err != nil {
					return err
				}
			}
			rows = append(rows, x)
		}
		if r.cli.JSON {
			return r.json(rows)
		}
		for _, x := range rows {
			fmt.Fprintf(r.out, "%s 第 %d 版 %s 摘要 %s\n", r.text.T("kind."+string(x.Kind)), x.Revision, r.text.T("request."+string(x.State)), x.SHA256)
			if x.Receipt != nil {
				fmt.Fprintf(r.out, "  回执 %s\n", x.Receipt.Number)
			}
			if x.Problem != "" {
				fmt.Fprintf(r.out, "  %s\n", r.text.Error(&survey.Error{Code: survey.Code(x.Problem), Detail: x.Detail}))
			}
			if x.Proved > 0 {
				fmt.Fprintf(r.out, "  门户所存与本机逐字节一致，共核对 %d 字节\n", x.Proved)
			}
		}
		for _, back := range st.Returned {
			fmt.Fprintf(r.out, "退回 %s（%s）%s：%s\n", back.Label, back.Path, back.Reason.Code, back.Reason.Text)
		}
		if len(rows) == 0 {
			fmt.Fprintln(r.out, "还没有报送过。")
		}
		return nil
	})
}
