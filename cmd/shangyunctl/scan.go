package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// asking is what scan and probe have in common.
type asking struct {
	Agree    bool     `help:"已看过计划并同意；不写就只显示计划。"`
	Report   string   `help:"把完整报告（含每个发出的报文和原始回答）写到这个 JSON 文件。" type:"path" placeholder:"FILE"`
	SNMP     string   `help:"SNMP 团体名（v2c）。" placeholder:"团体名" env:"SHANGYUN_SNMP"`
	SNMPv1   bool     `help:"团体名用于 SNMP v1。"`
	User     string   `help:"SNMPv3 用户。"`
	Auth     string   `help:"SNMPv3 认证：MD5、SHA、SHA256、SHA512。"`
	AuthPass string   `help:"SNMPv3 认证口令。" env:"SHANGYUN_SNMP_AUTH"`
	Priv     string   `help:"SNMPv3 加密：DES、AES、AES256。"`
	PrivPass string   `help:"SNMPv3 加密口令。" env:"SHANGYUN_SNMP_PRIV"`
	Switches bool     `help:"同时读交换机的邻居、转发和地址表。"`
	Port     []string `help:"改用别的端口，如 http=8088。" placeholder:"协议=端口"`
}

func (a *asking) order(o scan.Order) (scan.Order, error) {
	o.SNMP = scan.SNMP{User: a.User, Auth: a.Auth, AuthPass: a.AuthPass, Priv: a.Priv, PrivPass: a.PrivPass, Community: a.SNMP, Switches: a.Switches}
	switch {
	case a.User != "":
		o.SNMP.Version = "3"
	case a.SNMP != "" && a.SNMPv1:
		o.SNMP.Version = "1"
	case a.SNMP != "":
		o.SNMP.Version = "2c"
	}
	for _, s := range a.Port {
		name, port, _ := strings.Cut(s, "=")
		n, err := strconv.Atoi(port)
		if err != nil {
			return o, survey.Fail(survey.CodeUsage, "shangyunctl.scan", "“%.40s”应写成 协议=端口", s)
		}
		if o.Ports == nil {
			o.Ports = map[string][]int{}
		}
		o.Ports[name] = append(o.Ports[name], n)
	}
	return o, nil
}

type scanCmd struct {
	asking
	Targets  []string `arg:"" optional:"" help:"网段或地址，如 192.168.1.0/24、192.168.1.10-20。"`
	Plan     bool     `help:"只显示计划：主机、端口、报文、字节、用时，什么也不发。"`
	List     bool     `help:"列出全部协议。"`
	Around   bool     `help:"只看本机已知的网络和邻居，一个包也不发。"`
	Profile  string   `help:"ot 生产网（默认，最谨慎）或 it 办公网。" enum:"ot,it" default:"ot"`
	Exclude  []string `help:"不碰的地址或网段。"`
	Protocol []string `help:"只用这些协议。"`
	OptIn    []string `help:"勾选默认不问的协议。" name:"opt-in"`
	Gateway  []string `help:"后面接 DL/T 645 电表的串口网关，地址:端口。"`
	Leases   []string `help:"DHCP 租约文件（dnsmasq、dhcpd），配合 --around。" type:"path"`
	Again    string   `help:"用本版程序重新解析一份报告里的原始回答。" type:"path" placeholder:"FILE"`
}

func (c *scanCmd) Run(r *run) error {
	switch {
	case c.List:
		return r.protocols()
	case c.Again != "":
		return c.again(r)
	}
	d, err := join.Looking(join.Network(r.cli.Data, c.Leases...), r.cli.By)
	if err != nil {
		return err
	}
	if c.Around || len(c.Targets)+len(c.Gateway) == 0 {
		s, err := d.Surroundings(r.ctx)
		if err != nil {
			return err
		}
		return r.around(s)
	}
	o, err := c.order(scan.Order{Targets: c.Targets, Exclude: c.Exclude, Profile: scan.Profile(c.Profile), Protocols: c.Protocol, OptIn: c.OptIn, Gateways: c.Gateway})
	if err != nil {
		return err
	}
	return r.look(d, o, c.Report, c.Agree && !c.Plan, c.Plan)
}

func (c *scanCmd) again(r *run) error {
	data, err := readFile(c.Again)
	if err != nil {
		return err
	}
	var rep scan.Report
	if err := json.Unmarshal(data, &rep); err != nil {
		return &survey.Error{Code: survey.CodeFileBroken, Op: "shangyunctl.scan", Detail: "不是扫描报告", Err: err}
	}
	if err := join.VerifyFrames(rep.Log); err != nil {
		return err
	}
	read, failed := join.ReadAgain(&rep)
	fmt.Fprintf(r.note, "报文日志完整，%d 条；重新解析 %d 份回答，%d 份读不懂\n", len(rep.Log), read, failed)
	return r.report(rep, c.Report)
}

type probeCmd struct {
	asking
	Name   string `arg:"" help:"协议，见 scan --list。"`
	Target string `arg:"" help:"地址或 地址:端口。"`
}

func (c *probeCmd) Run(r *run) error {
	host, port, ported := strings.Cut(c.Target, ":")
	o := scan.Order{Targets: []string{host}, Profile: scan.ProfileOT, Protocols: []string{c.Name}, OptIn: []string{c.Name}}
	if ported {
		c.Port = append(c.Port, c.Name+"="+port)
		if c.Name == "dlt645" {
			c.Port, o.Gateways = nil, []string{c.Target}
		}
	}
	o, err := c.order(o)
	if err != nil {
		return err
	}
	d, err := join.Looking(join.Network(r.cli.Data), r.cli.By)
	if err != nil {
		return err
	}
	return r.look(d, o, c.Report, c.Agree, false)
}

type listenCmd struct {
	Seconds int    `help:"听多少秒。" default:"60"`
	Report  string `help:"把完整报告写到这个 JSON 文件。" type:"path" placeholder:"FILE"`
}

func (c *listenCmd) Run(r *run) error {
	if c.Seconds < 1 || c.Seconds > 3600 {
		return survey.Fail(survey.CodeUsage, "shangyunctl.listen", "秒数应在 1 到 3600 之间")
	}
	d, err := join.Looking(join.Network(""), r.cli.By)
	if err != nil {
		return err
	}
	rep, err := d.Listen(r.ctx, c.Seconds, r.news)
	if err != nil {
		return err
	}
	return r.report(rep, c.Report)
}

// news shows finds as they come, apart from the result.
func (r *run) news(e scan.Event) {
	switch e.Kind {
	case scan.EventHost:
		fmt.Fprintln(r.note, hostLine(*e.Host))
	case scan.EventNote:
		fmt.Fprintln(r.note, e.Text)
	case scan.EventProgress:
		if step := max(e.Total/10, 1); e.Done%step == 0 || e.Done == e.Total {
			fmt.Fprintf(r.note, "  %d / %d 个地址，%.0f 个报文/秒，约剩 %d 秒\n", e.Done, e.Total, e.Rate, e.Left)
		}
	}
}

func (r *run) protocols() error {
	all := join.Protocols()
	if r.cli.JSON {
		return r.json(all)
	}
	for _, s := range all {
		fmt.Fprintf(r.out, "%-10s %-28s %-9s %s %s\n", s.Protocol, s.Title, s.Transport, portList(s.Ports), s.Danger)
	}
	return nil
}

func portList(ports []int) string {
	var out []string
	for _, p := range slices.Clone(ports) {
		out = append(out, strconv.Itoa(p))
	}
	return strings.Join(out, ",")
}
