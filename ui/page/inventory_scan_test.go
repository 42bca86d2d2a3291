package page_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// network is a scanner that finds a switch, a PLC behind it and a silent host, and looks whether the consent names its plan.
type network struct {
	t    *testing.T
	sent *int
}

func (n network) Surroundings(context.Context) (scan.Surroundings, error) {
	return scan.Surroundings{Networks: []scan.Network{{Interface: "eth0", CIDR: "192.168.0.0/24", Hosts: 254, Private: true}}}, nil
}

func (n network) Plan(o scan.Order) (scan.Plan, error) {
	if !slices.Equal(o.Targets, []string{"192.168.0.0/24"}) {
		return scan.Plan{}, survey.Fail(survey.CodeScanRange, "test", "“%v”", o.Targets)
	}
	return scan.Plan{ID: "plan-1", Order: o, Hosts: 254, Ranges: o.Targets, Frames: 900, Bytes: 20_000, Seconds: 48, PerSecond: 20, Connections: 300,
		Steps:   []scan.Step{{Protocol: "modbus", Title: "Modbus/TCP 设备标识", OT: true}},
		Skipped: []scan.Skip{{What: "PROFINET DCP", Why: "没有原始套接字的权限", Enable: "以管理员身份运行命令行"}}}, nil
}

func (n network) hosts() []scan.Host {
	at := noon
	return []scan.Host{
		{Address: "192.168.0.1", MAC: "00:1b:1b:00:00:01", Names: []string{"SW-1"}, Seen: at, Identities: []scan.Identity{{Protocol: "snmp", Where: "192.168.0.1:161", At: at, Class: scan.ClassSwitch,
			Nameplate: survey.Nameplate{Manufacturer: "H3C", Model: "S5130"}, Neighbours: []scan.Neighbour{{How: "bridge", Port: "Fa0/3", MAC: "00:1b:1b:00:00:07"}}}}},
		{Address: "192.168.0.7", MAC: "00:1b:1b:00:00:07", OT: true, Seen: at, Ports: []scan.Port{{Number: 102, Transport: "tcp", State: "open", Protocol: "s7"}},
			Identities: []scan.Identity{{Protocol: "s7", Where: "192.168.0.7:102", At: at, Class: scan.ClassPLC, Nameplate: survey.Nameplate{Manufacturer: "Siemens", Model: "S7-1200", SerialNumber: "S C-9"}}}},
		{Address: "192.168.0.9", MAC: "00:1b:1b:00:00:09", Seen: at},
	}
}

func (n network) Scan(_ context.Context, o scan.Order, c scan.Consent, tell func(scan.Event)) (scan.Report, error) {
	if c.Plan != "plan-1" || c.By != "测试员" {
		n.t.Errorf("the consent names %+v", c)
	}
	*n.sent++
	hosts := n.hosts()
	for i := range hosts {
		tell(scan.Event{Kind: scan.EventHost, Host: &hosts[i]})
		tell(scan.Event{Kind: scan.EventProgress, Done: i + 1, Total: 254, Rate: 19.6, Left: 40})
	}
	return scan.Report{Plan: scan.Plan{ID: c.Plan}, Consent: c, Started: noon, Ended: noon.Add(time.Second), Hosts: hosts, Log: []scan.Frame{{N: 1}}, Bytes: 63}, nil
}

func (n network) Listen(context.Context, int, func(scan.Event)) (scan.Report, error) {
	return scan.Report{Started: noon}, nil
}

func TestNothingIsSentBeforeThePlanIsAgreedTo(t *testing.T) {
	sent := 0
	s := sampleStand(t, func(p *wizard.Parts) { p.Network = network{t, &sent} })
	before := len(s.stored().Assets)
	s.ui.Go(wizard.StepInventory)
	s.tap("网络盘点")
	s.sees("没有发包", "192.168.0.0/24（254 个地址）")
	s.tap("先看计划")
	s.sees("E0801")
	s.tap("192.168.0.0/24（254 个地址）")
	s.tap("先看计划")
	s.sees("254 个：192.168.0.0/24", "900 个报文", "48 秒，每秒不超过 20 个", "Modbus/TCP 设备标识", "PROFINET DCP", "以管理员身份运行命令行")
	s.tap("同意并开始")
	if sent != 0 {
		t.Fatal("the look began without a consent")
	}
	s.tap("我看过计划，同意向这 254 个地址发出最多 900 个报文，约 48 秒")
	s.tap("同意并开始")
	if sent != 1 {
		t.Fatal("the look did not begin")
	}
	s.sees("找到 3 个地址", "Siemens S7-1200", "收下 0 项", "没有说明自己是什么")
	if n := len(s.stored().Assets); n != before {
		t.Fatalf("%d lines were entered before anybody took them", n-before)
	}
	list := s.table(0)
	s.tap("工业协议")
	if got := rowsOf(list); got != 1 {
		t.Errorf("工业协议 lists %d finds", got)
	}
	list.OnSelect(0)
	s.sees("S C-9", "SW-1 Fa0/3", "清单里没有像它的设备")
	list.OnActivate(0)
	s.sees("收下 1 项")
	s.tap("全部")
	s.tap("网络图")
	s.sees("SW-1", "Fa0/3", "不知道接在哪里", "192.168.0.9")
	s.tap("收下 1 项")
	c := s.stored()
	if len(c.Assets) != before+1 || c.Assets[before].Reach.Port != "Fa0/3" || c.Assets[before].Nameplate.SerialNumber != "S C-9" {
		t.Fatalf("taken: %+v", c.Assets[before:])
	}
	if a := c.Attachments[len(c.Attachments)-1]; a.Role != survey.RoleScan {
		t.Errorf("the report is not kept: %+v", a)
	}
	s.sees("清单已有")
	s.tap("导出报文记录")
	if len(s.saved) != 1 {
		t.Errorf("%d files saved", len(s.saved))
	}
	s.ui.NewCase("乙")
	s.ui.Go(wizard.StepInventory)
	s.tap("网络盘点")
	s.misses("Siemens S7-1200", "SW-1")
}

func TestRatesLeadToTheirMachines(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepInventory)
	s.tap("数字化率")
	s.sees("生产设备数字化率", "关键工序数控化率", "两化融合评估")
	want, err := inventory.Behind(s.stored().Assets, "digital", inventory.PartCounted)
	if err != nil {
		t.Fatal(err)
	}
	s.tap(fmt.Sprintf("计入 %d 行", len(want)))
	s.sees("生产设备数字化率：计入")
	if got := rowsOf(s.table(0)); got != len(want) {
		t.Errorf("the rate leads to %d lines, want %d", got, len(want))
	}
	s.tap("显示全部设备")
	if got := rowsOf(s.table(0)); got != len(s.stored().Assets) {
		t.Errorf("%d lines after all", got)
	}
}

func TestALineIsPartedAndMadeOneAgain(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepInventory)
	c := s.stored()
	i := slices.IndexFunc(c.Assets, func(a survey.Asset) bool { return a.Count > 1 })
	s.ui.Jump("assets." + c.Assets[i].ID + ".name")
	s.tap("拆出几台…")
	s.fill("拆出台数", "1")
	s.tap("拆出")
	if got := s.stored(); len(got.Assets) != len(c.Assets)+1 || got.Assets[i].Count != c.Assets[i].Count-1 || got.Assets[i+1].Count != 1 {
		t.Fatalf("%d lines after parting", len(got.Assets))
	}
	s.pick = wizard.File{Name: "铭牌.jpg", Data: []byte("\xff\xd8\xff\xe0 picture")}
	s.tap("附铭牌照片")
	s.sees("铭牌照片 铭牌.jpg")
	if a := s.stored().Attachments; a[len(a)-1].For != c.Assets[i].ID {
		t.Error("the picture is not the machine's")
	}
}

func TestTheRegisterIsExportedAfterTheConsent(t *testing.T) {
	s := sampleStand(t, func(p *wizard.Parts) { p.Registers = registers{} })
	s.ui.Go(wizard.StepInventory)
	s.tap("导出清单")
	s.sees("GLPI 资产清单", "CycloneDX", "AAS 电子铭牌", "GB/T 14885")
	s.tap("固定资产清单（Excel）")
	if len(s.saved) != 0 {
		t.Fatal("the file was written before the consent")
	}
	s.sees("网卡地址")
	s.tap("同意并导出")
	if len(s.saved) != 1 || s.saved[0].Name != "固定资产清单.xlsx" {
		t.Errorf("saved %+v", s.saved)
	}
}

type registers struct{}

func (registers) Register(c *survey.Case, format wizard.RegisterFormat, _ time.Time) (wizard.File, error) {
	return wizard.File{Name: string(format), Data: []byte(c.ID)}, nil
}
