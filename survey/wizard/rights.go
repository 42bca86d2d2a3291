package wizard

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// DeleteName is what a person types to delete a case: the firm's name, or the case's number while it has none.
func DeleteName(c *survey.Case) string {
	if c.Firm.Name == "" {
		return c.ID
	}
	return c.Firm.Name
}

// Delete (删除) erases a firm for good. typed must be its name (DeleteName), else E0101. It fails with E0307 while a request is unsent. Write
// the certificate (Deletion.Files) to a place of the person's choice and then call HandedOver; until then the certificate can be made again.
func (d *Desk) Delete(ctx context.Context, id, typed string) (Deletion, error) {
	if d.Eraser == nil {
		return Deletion{}, survey.Fail(survey.CodeNotReady, "wizard.delete", "这个程序不能删除案卷")
	}
	c, err := d.Cases.Load(ctx, id)
	if err != nil {
		return Deletion{}, err
	}
	if survey.NormalizeText(typed) != survey.NormalizeText(DeleteName(c)) {
		return Deletion{}, survey.Fail(survey.CodeField, "wizard.delete", "输入的名称与要删除的企业不一致，什么也没有删除")
	}
	return d.Eraser.Erase(ctx, id, Erased{Firm: c.Firm.Name, CreditCode: survey.Mask(c.Firm.CreditCode), By: d.By}, d.moment())
}

// Deletions gives the records of deleted firms, oldest first.
func (d *Desk) Deletions(ctx context.Context) ([]Deletion, error) {
	if d.Eraser == nil {
		return nil, nil
	}
	return d.Eraser.Deletions(ctx)
}

// HandedOver keeps the digest of the certificate that was written and forgets the firm's name.
func (d *Desk) HandedOver(ctx context.Context, x Deletion) error {
	files, err := x.Files()
	if err != nil {
		return err
	}
	return d.Eraser.HandedOver(ctx, x.CaseID, submit.Digest(files[0].Data))
}

// Files makes the certificate (删除证明): 删除证明.json, whose SHA-256 the case file keeps, and 删除证明.txt to read. They name the firm, with its
// code masked, because a proof has to say whose data it is about; digests stand for contents. E0401 when there is nothing to hand over.
func (x Deletion) Files() ([]File, error) {
	if x.Erased == nil || x.Finished.IsZero() {
		return nil, survey.Fail(survey.CodeNotReady, "wizard.certificate", "这次删除的证明已经交出，或删除还没有做完")
	}
	data, err := json.MarshalIndent(x, "", "  ")
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "wizard.certificate", err)
	}
	data = append(data, '\n')
	name := "删除证明-" + short(FileName(x.Erased.Firm), 40) + "-" + x.Begun.In(beijing).Format("20060102")
	return []File{
		{Name: name + ".json", Role: "certificate", Type: "application/json", Data: data},
		{Name: name + ".txt", Role: "certificate", Type: "text/plain", Data: []byte("\uFEFF" + strings.Join(x.words(submit.Digest(data)), "\r\n") + "\r\n")},
	}, nil
}

func (x Deletion) words(digest string) []string {
	e := x.Erased
	out := []string{
		"删除证明", "",
		"企业：　　　" + e.Firm, "信用代码：　" + e.CreditCode, "案卷号：　　" + x.CaseID, "经办人：　　" + e.By,
		"开始：　　　" + moment(x.Begun) + "（北京时间）", "完成：　　　" + moment(x.Finished) + "（北京时间）", "",
		"已销毁这家企业的密钥（编号 " + e.Key + "），此后由它加密的内容任何人都不能再读出；并删除：",
		fmt.Sprintf("　事实 %d 条，连同历次修改共 %d 行", e.Facts, e.Revisions),
		fmt.Sprintf("　封存的申请 %d 份", len(e.Requests)),
	}
	for _, r := range e.Requests {
		out = append(out, fmt.Sprintf("　　%s 第 %d 版　SHA-256 %s　回执 %s", r.ID, r.Revision, r.SHA256, r.Receipt))
	}
	out = append(out, fmt.Sprintf("　附件和文书 %d 份", len(e.Contents)))
	for _, c := range e.Contents {
		out = append(out, fmt.Sprintf("　　SHA-256 %s　%d 字节", c.SHA256, c.Size))
	}
	if e.Shared > 0 {
		out = append(out, fmt.Sprintf("　另有 %d 份内容与其他企业的附件完全相同，仍为那些企业保留", e.Shared))
	}
	out = append(out, fmt.Sprintf("　备份及搁置文件夹 %d 个，其中这家企业的内容", e.Copies), "")
	if len(e.Left) > 0 {
		out = append(append(out, "没有删除到的地方："), e.Left...)
		out = append(out, "")
	}
	return append(out,
		"不在本机可及范围内的，须由持有者自行处理：已报送给受理单位的内容、曾导出的文件、人工另存的副本、以前用过的第二备份文件夹、系统快照。",
		fmt.Sprintf("本机操作记录至第 %d 条，结尾 %s。本机只保留：案卷号、时间、数量、本证明的摘要、已清空的密钥编号，以及动作和时间可见、内容不可读的操作记录。", e.LogLines, e.LogHead),
		"随附 JSON 的 SHA-256："+digest)
}

// Retain sets until when a firm's data are kept, as yyyy-mm-dd; "" is without end. The policy texts state no period, so none is proposed: it is the
// person's choice. Nothing is ever deleted by itself; due cases are listed (Entry.Due).
func (d *Desk) Retain(ctx context.Context, id, until string) error {
	if d.Retainer == nil {
		return survey.Fail(survey.CodeNotReady, "wizard.retain", "这个程序不能设定保存期限")
	}
	day := survey.Date("")
	if s := strings.TrimSpace(until); s != "" {
		var err error
		if day, err = survey.ParseDate(s); err != nil {
			return err
		}
		if len(day) != len("2006-01-02") {
			return survey.Fail(survey.CodeDate, "wizard.retain", "保存期限要写到日，如 2030-12-31")
		}
	}
	what := "保存期限设为 " + string(day)
	if day == "" {
		what = "取消保存期限"
	}
	if err := d.log(ctx, id, DeedChange, what, ""); err != nil {
		return err
	}
	return d.Retainer.Retain(ctx, id, day)
}

// Today is the day at this desk, in China.
func (d *Desk) Today() survey.Date { return d.today() }

// Due tells whether the retention date has come.
func (e Entry) Due(today survey.Date) bool { return e.RetainUntil != "" && e.RetainUntil <= today }
