package main

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
)

type caseList struct {
	Search string `help:"名称、信用代码、所在地或编号中的词，空格分开，须全部出现。"`
	Region string `help:"所在地：行政区划代码或市州名称，如 430200 或 株洲。"`
	Level  string `help:"数字化等级：0（未达级）至 4，none 为未评测。" enum:",none,0,1,2,3,4" default:""`
	State  string `help:"状态：todo 待办，mend 待改，waiting 待报送，received 已回执；或申请的状态：draft、sealed、sending、sent、blocked、returned、accepted、rejected、withdrawn。" enum:",todo,mend,waiting,received,draft,sealed,sending,sent,blocked,returned,accepted,rejected,withdrawn" default:""`
	Sort   string `help:"排序：updated（新的在前）、name、region、level、score、next、state、deadline。" enum:"updated,name,region,level,score,next,state,deadline" default:"updated"`
	Desc   bool   `help:"倒序。"`
	Offset int    `help:"跳过前几个。"`
	Limit  int    `help:"最多列出几个；0 为全部。"`
	Renew  bool   `help:"先重算概况缺失或由别的政策包、别的版本算出的案卷。"`
}

func (c *caseList) Run(r *run) error {
	region := c.Region
	if named, ok := survey.RegionByName(region); ok {
		region = named.Code
	}
	return r.withDesk(func(d *wizard.Desk) error {
		if c.Renew {
			if err := renew(r, d); err != nil {
				return err
			}
		}
		found, err := d.Search(r.ctx, wizard.Query{
			Text: c.Search, Region: region, Level: c.Level, State: wizard.Group(c.State), Sort: wizard.SortKey(c.Sort), Desc: c.Desc, Offset: c.Offset, Limit: c.Limit,
		})
		if err != nil || r.cli.JSON {
			return orJSON(r, err, found.Entries)
		}
		stale := 0
		for _, e := range found.Entries {
			v := view.CaseOn(r.text.T, e, d.Today())
			level := v.LevelName
			switch {
			case !v.Known:
				level, v.Next = "—", "—"
			case level == "":
				level = r.text.T("home.level.none")
			}
			if e.Stale {
				stale++
			}
			fmt.Fprintf(r.out, "%s  %s  %s  %s  %s  %s  %s", v.ID, v.Updated, v.Sync, level, v.Region, v.Name, v.Next)
			if v.Due != "" {
				fmt.Fprintf(r.out, "  %s", v.Due)
			}
			if e.Due(d.Today()) {
				fmt.Fprintf(r.out, "  保存期限 %s 已到：导出并删除，或延长", e.RetainUntil)
			}
			fmt.Fprintln(r.out)
		}
		switch {
		case found.All == 0:
			fmt.Fprintln(r.out, "还没有案卷。用 shangyunctl case new 新建。")
		case found.Total == 0:
			fmt.Fprintln(r.note, r.text.T("home.none"))
		case stale > 0:
			fmt.Fprintf(r.note, "其中 %d 份的等级和下一步尚未按现在的政策包和版本重算，加 --renew 先重算。\n", stale)
		}
		return nil
	})
}

// renew makes every stale overview again; a case that cannot be read is named and does not stop the others.
func renew(r *run, d *wizard.Desk) error {
	found, err := d.Search(r.ctx, wizard.Query{})
	if err != nil {
		return err
	}
	for _, e := range found.Entries {
		if !e.Stale {
			continue
		}
		if err := d.Renew(r.ctx, e.ID); err != nil {
			if r.ctx.Err() != nil {
				return err
			}
			fmt.Fprintf(r.note, "%s：%s\n", e.ID, r.text.Error(err))
		}
	}
	return nil
}
