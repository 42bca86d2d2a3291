package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type assetTake struct {
	ID     string   `help:"案卷编号。"`
	All    bool     `help:"全部收下。"`
	Only   []string `help:"只收下这些地址。" placeholder:"地址"`
	Report string   `arg:"" help:"scan --report 写出的报告。" type:"path"`
}

func (c *assetTake) Run(r *run) error {
	data, err := readFile(c.Report)
	if err != nil {
		return err
	}
	var rep scan.Report
	if err := json.Unmarshal(data, &rep); err != nil {
		return &survey.Error{Code: survey.CodeFileBroken, Op: "shangyunctl.take", Detail: "不是扫描报告", Err: err}
	}
	if err := join.VerifyFrames(rep.Log); err != nil {
		return err
	}
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		st, err := d.Open(r.ctx, id)
		if err != nil {
			return err
		}
		offers := d.Offers(st.Case, rep.Hosts)
		var choices []wizard.FindChoice
		for _, o := range offers {
			if c.All || slices.Contains(c.Only, o.Host.Key()) {
				choices = append(choices, wizard.FindChoice{Address: o.Host.Key()})
			}
		}
		if len(choices) == 0 {
			return c.show(r, offers)
		}
		st, b, err := d.TakeFinds(r.ctx, id, rep, choices)
		if err != nil {
			return err
		}
		return r.brought(st, b)
	})
}

// show lists what the report offers; nothing is entered.
func (c *assetTake) show(r *run, offers []wizard.FindOffer) error {
	if r.cli.JSON {
		return r.json(offers)
	}
	for _, o := range offers {
		into := "新的一行"
		if o.Line != "" {
			into = "并入“" + o.LineName + "”，补 " + strings.Join(o.Gains, "、")
		}
		if len(o.Disputes) > 0 {
			into += "；不一致：" + strings.Join(o.Disputes, "、")
		}
		fmt.Fprintf(r.out, "%s\t%s\t%s\t%s\n", o.Host.Key(), o.Asset.Name, strings.TrimSpace(o.Asset.Reach.Switch+" "+o.Asset.Reach.Port), into)
	}
	return r.say(nil, "共 %d 项；看过后用 --only 地址 或 --all 收下\n", len(offers))
}
