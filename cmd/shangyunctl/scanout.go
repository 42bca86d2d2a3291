package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// look shows the plan and, once agreed to, does it.
func (r *run) look(d *wizard.Desk, o scan.Order, file string, agreed, planOnly bool) error {
	p, err := d.PlanScan(o)
	if err != nil {
		return err
	}
	if !agreed {
		if r.cli.JSON {
			if err := r.json(p); err != nil {
				return err
			}
		} else {
			r.plan(p)
		}
		if planOnly {
			return nil
		}
		return survey.Fail(survey.CodeScanConsent, "shangyunctl.scan", "同意请加 --agree")
	}
	rep, err := d.Scan(r.ctx, o, p.ID, r.news)
	if err != nil {
		return err
	}
	return r.report(rep, file)
}

func (r *run) plan(p scan.Plan) {
	fmt.Fprintf(r.out, "计划 %s：%s\n", p.ID, strings.Join(p.Ranges, "、"))
	fmt.Fprintf(r.out, "最多 %d 个地址，%d 次连接，%d 个报文，%d 字节，每秒至多 %d 次，约 %d 秒（按每个地址都在线计）\n", p.Hosts, p.Connections, p.Frames, p.Bytes, p.PerSecond, p.Seconds)
	for _, s := range p.Steps {
		fmt.Fprintf(r.out, "  问 %-26s %-4s 端口 %s，每台至多 %d 个报文、%d 字节\n", s.Title, s.Transport, portList(s.Ports), s.Frames, s.Bytes)
	}
	for _, s := range p.Skipped {
		fmt.Fprintf(r.out, "  不问 %s：%s；%s\n", s.What, s.Why, s.Enable)
	}
}

func (r *run) report(rep scan.Report, file string) error {
	if file != "" {
		data, err := json.MarshalIndent(rep, "", "  ")
		if err != nil {
			return survey.Wrap(survey.CodeInternal, "shangyunctl.report", err)
		}
		if err := writeFile(file, append(data, '\n')); err != nil {
			return err
		}
	}
	if r.cli.JSON {
		return r.json(rep)
	}
	for _, h := range rep.Hosts {
		fmt.Fprintln(r.out, hostLine(h))
	}
	for _, s := range rep.Skipped {
		fmt.Fprintf(r.out, "略过 %s：%s；%s\n", s.What, s.Why, s.Enable)
	}
	for _, n := range rep.Notes {
		fmt.Fprintln(r.out, n)
	}
	word := "完成"
	if rep.Stopped {
		word = "已停止"
	}
	fmt.Fprintf(r.out, "%s：%d 台设备；发出 %d 条记录、%d 字节，用时 %.1f 秒\n", word, len(rep.Hosts), len(rep.Log), rep.Bytes, rep.Ended.Sub(rep.Started).Seconds())
	return nil
}

// hostLine is a host in one line.
func hostLine(h scan.Host) string {
	parts := []string{h.Key()}
	if h.MAC != "" {
		parts = append(parts, strings.TrimSpace(h.MAC+" "+h.Vendor))
	}
	for _, i := range h.Identities {
		n := i.Nameplate
		words := strings.Fields(strings.Join([]string{i.Class, i.Name, n.Manufacturer, n.Model, n.ProductCode, n.SoftwareRevision, n.SerialNumber}, " "))
		for _, s := range i.Software {
			words = append(words, strings.TrimSpace(s.Vendor+" "+s.Product+" "+s.Version))
		}
		parts = append(parts, "〔"+i.Protocol+"〕"+strings.Join(words, " "))
	}
	if h.Stopped != "" {
		parts = append(parts, h.Stopped)
	}
	return strings.Join(parts, "  ")
}

func (r *run) around(s scan.Surroundings) error {
	if r.cli.JSON {
		return r.json(s)
	}
	for _, n := range s.Networks {
		hint := ""
		if n.TooBig {
			hint = "（太大，请写明其中一段）"
		}
		fmt.Fprintf(r.out, "网卡 %s：%s，网段 %s，%d 个地址%s\n", n.Interface, n.Address, n.CIDR, n.Hosts, hint)
	}
	for _, h := range s.Hosts {
		fmt.Fprintln(r.out, "  "+strings.TrimSpace(strings.Join([]string{h.Address, h.MAC, h.Vendor, strings.Join(h.Names, " ")}, " ")))
	}
	for _, k := range s.Skipped {
		fmt.Fprintf(r.out, "略过 %s：%s；%s\n", k.What, k.Why, k.Enable)
	}
	return nil
}
