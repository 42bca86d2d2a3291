package main

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

type parcelRequests struct {
	To   string `required:"" help:"门户的名片登记成了哪位联系人。"`
	File string `arg:"" help:"写到这个文件，如 U 盘上的。" type:"path"`
}

func (c *parcelRequests) Run(r *run) error {
	return r.withDesk(func(d *wizard.Desk) error {
		packed, err := d.PackRequests(r.ctx, c.To)
		if err != nil {
			return err
		}
		if err := writeFile(c.File, packed.File.Data); err != nil {
			return err
		}
		return r.say(packed.Requests, "已把 %d 份申请封入 %s（%d 字节），只有 %s 能打开；带回的包用 parcel words 收下后才算已报送\n", len(packed.Requests), c.File, len(packed.File.Data), c.To)
	})
}

type parcelWords struct {
	File string `arg:"" help:"门户带回的包。" type:"path"`
}

func (c *parcelWords) Run(r *run) error {
	data, err := readParcel(c.File)
	if err != nil {
		return err
	}
	return r.withDesk(func(d *wizard.Desk) error {
		heard, err := d.TakeWords(r.ctx, data)
		if err != nil {
			return err
		}
		for _, x := range heard.Refused {
			fmt.Fprintf(r.note, "没有收下 %s 第 %d 版：%s\n", x.ID, x.Revision, x.Why)
		}
		return r.say(heard, "%s：新回执 %d 份，有办理结果的 %d 份，没有收下的 %d 份\n", heard.Portal, heard.Receipts, heard.Words, len(heard.Refused))
	})
}
