package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type outboxCmd struct {
	List   outboxList   `cmd:"" help:"列出等待报送的申请、下次尝试的时间和原因。"`
	Run    outboxRun    `cmd:"" help:"逐一报送，失败的过后自动再试，全部送达后结束。"`
	Pause  outboxPause  `cmd:"" help:"暂停报送，直到 outbox resume。"`
	Resume outboxResume `cmd:"" help:"继续报送。"`
	Limit  outboxLimit  `cmd:"" help:"限制上传速度。"`
}

type outboxList struct{}

func (outboxList) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		all, err := d.Queue(r.ctx)
		if err != nil || r.cli.JSON {
			return orJSON(r, err, all)
		}
		paused, err := d.Paused(r.ctx)
		if err != nil {
			return err
		}
		if paused {
			fmt.Fprintln(r.out, "报送已暂停，用 shangyunctl outbox resume 继续。")
		}
		for _, w := range all {
			fmt.Fprintf(r.out, "%s %s 第 %d 版 %s，已试 %d 次%s\n", w.Firm, r.text.T("kind."+string(w.Kind)), w.Revision, r.text.T("request."+string(w.State)), w.Attempts, nextTry(w))
			if w.Problem != "" {
				fmt.Fprintf(r.out, "  %s\n", r.text.Error(&survey.Error{Code: survey.Code(w.Problem), Detail: w.Detail}))
			}
		}
		if len(all) == 0 {
			fmt.Fprintln(r.out, "没有等待报送的申请。")
		}
		return nil
	})
}

func nextTry(w wizard.Waiting) string {
	switch {
	case w.Held:
		return "，须先处理下面的问题"
	case w.Rest > 0:
		return "，" + w.Rest.Round(time.Second).String() + " 后再试"
	}
	return ""
}

type outboxRun struct {
	Once bool `help:"只试一轮。"`
	Now  bool `help:"第一轮不等：还在等待重试的、被拒绝过的也再试一次。"`
	Stay bool `help:"全部送达后不结束，继续等待新的申请和办理结果。"`
}

func (c *outboxRun) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		var last wizard.Round
		tell := progressLines(r)
		report := func(round wizard.Round, err error) {
			last = round
			fmt.Fprintf(r.note, "送达 %d 份，失败 %d 次，待再试 %d 份，须处理 %d 份\n", round.Sent, round.Failed, round.Left, round.Held)
			if err == nil {
				err = round.Last
			}
			if err != nil {
				fmt.Fprintln(r.note, r.text.Error(err))
			}
		}
		if c.Now || c.Once {
			round, err := d.Flush(r.ctx, c.Now, tell)
			if err != nil {
				return err
			}
			report(round, nil)
		}
		if !c.Once {
			if err := d.Keep(r.ctx, !c.Stay, sleep, tell, report); err != nil {
				return err
			}
		}
		if c.Once && last.Last != nil {
			return last.Last
		}
		if last.Held > 0 {
			return survey.Fail(survey.CodePortalRefused, "shangyunctl.outbox", "有 %d 份须先处理，见 outbox list", last.Held)
		}
		return r.say(last, "没有等待报送的申请了。\n")
	})
}

// progressLines tells each file once it begins and once it is safe.
func progressLines(r *run) func(wizard.Request, submit.Progress) {
	return func(q wizard.Request, p submit.Progress) {
		if p.File != "" && (p.Done == 0 || p.Done == p.Size) {
			fmt.Fprintf(r.note, "第 %d 版 %s %d/%d 字节，共 %d/%d\n", q.Revision, p.File, p.Done, p.Size, p.All, p.Total)
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type outboxPause struct{}

func (outboxPause) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		if err := d.Pause(r.ctx); err != nil {
			return err
		}
		return r.say(map[string]bool{"paused": true}, "报送已暂停。已送达的部分不会丢。\n")
	})
}

type outboxResume struct{}

func (outboxResume) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		if err := d.Resume(r.ctx); err != nil {
			return err
		}
		return r.say(map[string]bool{"paused": false}, "可以继续报送了。\n")
	})
}

type outboxLimit struct {
	Rate int64 `arg:"" help:"每秒字节数，如 200000；0 为不限。"`
}

func (c *outboxLimit) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		if err := d.SetRate(r.ctx, c.Rate); err != nil {
			return err
		}
		return r.say(map[string]int64{"bytesPerSecond": c.Rate}, "上传速度限为每秒 %d 字节（0 为不限）\n", c.Rate)
	})
}

type receiptCmd struct {
	ID  string `help:"案卷编号。"`
	PDF string `name:"pdf" help:"把回执写成 PDF，放进这个文件夹。" type:"path"`
}

func (c *receiptCmd) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.View(r.ctx, id)
		if err != nil {
			return err
		}
		receipts := []submit.Receipt{}
		for _, q := range st.Requests {
			if q.Receipt == nil {
				continue
			}
			receipts = append(receipts, *q.Receipt)
			if c.PDF == "" {
				continue
			}
			f, err := d.ReceiptPaper(r.ctx, q)
			if err == nil {
				err = d.NoteExport(r.ctx, id, f.Name, c.PDF)
			}
			if err == nil {
				err = writeFile(filepath.Join(c.PDF, f.Name), f.Data)
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(r.note, "已写好 %s\n", filepath.Join(c.PDF, f.Name))
		}
		if r.cli.JSON {
			return r.json(receipts)
		}
		for _, x := range receipts {
			fmt.Fprintf(r.out, "%s 第 %d 版 %s %s\n", x.Number, x.Revision, r.text.T("kind."+string(x.Kind)), x.ReceivedAt.Local().Format("2006-01-02 15:04:05"))
		}
		if len(receipts) == 0 {
			fmt.Fprintln(r.out, "还没有回执。")
		}
		return nil
	})
}
