package probe

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/netip"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// budget is what a profile allows.
type budget struct {
	perSecond int // connections and datagrams in all
	perHost   int // in flight to one office host; OT hosts always one
	workers   int // hosts at once
}

var budgets = map[scan.Profile]budget{
	scan.ProfileOT: {perSecond: 20, perHost: 1, workers: 64},
	scan.ProfileIT: {perSecond: 200, perHost: 4, workers: 192},
}

// job is an order made ready.
type job struct {
	order   scan.Order
	hosts   []netip.Addr
	udp     []*Protocol
	control []*Protocol // TCP, OT
	office  []*Protocol // TCP, not OT
	frames  []*Protocol // asked by a frame on each of nets
	nets    []iface     // of this computer, that the order touches and where frames may go
	gateway map[netip.Addr]netip.AddrPort
	plan    scan.Plan
}

// prepare checks an order and works out its plan. Nothing is sent.
func prepare(o scan.Order) (*job, error) {
	if o.Profile == "" {
		o.Profile = scan.ProfileOT
	}
	b, ok := budgets[o.Profile]
	if !ok {
		return nil, survey.Fail(survey.CodeUsage, "probe.plan", "没有“%s”这种方式，只有 ot 和 it", o.Profile)
	}
	j := &job{order: o, gateway: map[netip.Addr]netip.AddrPort{}}
	for _, g := range o.Gateways {
		at, err := netip.ParseAddrPort(g)
		if err != nil || !at.Addr().Is4() {
			return nil, survey.Fail(survey.CodeScanRange, "probe.plan", "网关“%.40s”应写成 地址:端口", g)
		}
		j.gateway[at.Addr()] = at
		o.Targets = append(slices.Clone(o.Targets), at.Addr().String())
	}
	var err error
	if j.hosts, err = targets(o.Targets, o.Exclude); err != nil {
		return nil, err
	}
	if err := j.choose(); err != nil {
		return nil, err
	}
	j.work(b)
	return j, nil
}

// choose sorts the protocols into what is asked and what is left out, with the reason.
func (j *job) choose() error {
	for _, list := range [][]string{j.order.Protocols, j.order.OptIn} {
		for _, name := range list {
			if registry[name] == nil {
				return survey.Fail(survey.CodeScanProtocol, "probe.plan", "没有“%.40s”这种协议", name)
			}
		}
	}
	for name, ports := range j.order.Ports {
		if registry[name] == nil || slices.ContainsFunc(ports, func(n int) bool { return n < 1 || n > 65535 || n == neverPort }) {
			return survey.Fail(survey.CodeScanProtocol, "probe.plan", "%.40s 的端口不能用（9100 端口从不连接）", name)
		}
	}
	for _, p := range Protocols() {
		why, enable := j.leaves(p)
		if why != "" {
			j.plan.Skipped = append(j.plan.Skipped, scan.Skip{What: p.Title, Why: why, Enable: enable, OptIn: j.ticking(p)})
			continue
		}
		switch {
		case p.Named, p.Follows: // only at the gateways
		case p.Transport == Layer2:
			j.frames = append(j.frames, p)
		case p.Transport == UDP:
			j.udp = append(j.udp, p)
		case p.OT:
			j.control = append(j.control, p)
		default:
			j.office = append(j.office, p)
		}
		j.plan.Steps = append(j.plan.Steps, j.step(p))
	}
	if len(j.plan.Steps) == 0 {
		return survey.Fail(survey.CodeScanProtocol, "probe.plan", "所选的协议都不能用：%s", j.plan.Skipped[0].Why)
	}
	// The first datagram also wakes the address table: SNMP's is the gentlest.
	slices.SortStableFunc(j.udp, func(a, b *Protocol) int { return first(a) - first(b) })
	return nil
}

// follower is the protocol that fetches what another's answer points to.
func follower(p *Protocol) *Protocol {
	if p.Name == "ssdp" {
		return registry["upnp"]
	}
	return nil
}

func first(p *Protocol) int {
	if p.Name == "snmp" {
		return 0
	}
	return 1
}

// leaves tells why a protocol is left out of this order; "" when it is not.
func (j *job) leaves(p *Protocol) (why, enable string) {
	picked := slices.Contains(j.order.Protocols, p.Name)
	switch {
	case len(j.order.Protocols) > 0 && !picked && !slices.Contains(j.order.OptIn, p.Name):
		return "没有选", "在计划里勾选 " + p.Name
	case p.Name == "snmp-tables" && (!j.order.SNMP.Switches || j.order.SNMP.Version == ""):
		return "没有勾选或没有凭据", "写明团体名或 SNMPv3 用户，并勾选读交换机表（--switches）"
	case p.Name == "opcua" && slices.Contains(j.order.OptIn, "opcua-session"):
		return "由勾选的会话方式代替", "不勾选 opcua-session"
	case p.Transport == Layer2:
		return j.touches()
	case p.Transport == Heard:
		return "只听不问", "用“监听”（listen），并给程序 CAP_NET_RAW 权限"
	case p.Follows && j.order.Profile == scan.ProfileOT && !picked:
		return "生产网方式不问办公协议", "改用办公网方式（--profile it）"
	case p.Named && len(j.gateway) == 0:
		return "只问您点名的网关", "写明网关的 地址:端口（--gateway）"
	case p.OptIn && !slices.Contains(j.order.OptIn, p.Name):
		return "默认不问：" + p.Danger, "确认后勾选（--opt-in " + p.Name + "）"
	case p.Office && j.order.Profile == scan.ProfileOT && !picked:
		return "生产网方式不问办公协议", "改用办公网方式（--profile it）"
	}
	return "", ""
}

// ticking gives the name of a protocol that is left out only because it is not ticked; else "".
func (j *job) ticking(p *Protocol) string {
	if !p.OptIn {
		return ""
	}
	with := *j
	with.order.OptIn = append(slices.Clone(j.order.OptIn), p.Name)
	if why, _ := with.leaves(p); why != "" {
		return ""
	}
	return p.Name
}

func (j *job) ports(p *Protocol) []int {
	if own := j.order.Ports[p.Name]; len(own) > 0 {
		return own
	}
	return p.Ports
}

func (j *job) step(p *Protocol) scan.Step {
	s := scan.Step{Protocol: p.Name, Title: p.Title, OT: p.OT, Transport: p.Transport, Ports: j.ports(p), Frames: p.Frames, Bytes: p.Bytes, Danger: p.Danger}
	for i := range p.Templates {
		s.Templates = append(s.Templates, p.Templates[i].String())
	}
	return s
}

// work fills in the plan's figures: upper bounds, when every address lives.
func (j *job) work(b budget) {
	p := &j.plan
	p.Order, p.Hosts, p.Ranges, p.PerSecond = j.order.Public(), len(j.hosts), spans(j.hosts), b.perSecond
	frames, bytes, tries, connects := 0, 0, 0, 0
	fixedFrames, fixedBytes := 0, 0 // whatever the number of hosts
	for _, f := range j.frames {
		fixedFrames, fixedBytes = fixedFrames+len(j.nets)*f.Frames, fixedBytes+len(j.nets)*f.Bytes
	}
	for _, u := range j.udp {
		n := len(j.ports(u))
		if f := follower(u); f != nil {
			frames, bytes, connects = frames+f.Frames, bytes+f.Bytes, connects+1
		}
		frames, bytes, tries = frames+n*u.Frames, bytes+n*u.Bytes, tries+n
	}
	most := [2]int{}
	for _, c := range j.control {
		connects += len(j.ports(c))
		most = [2]int{max(most[0], c.Frames), max(most[1], c.Bytes)}
	}
	office := [2]int{}
	for _, c := range j.office {
		n := len(j.ports(c))
		connects += n
		if j.order.Profile == scan.ProfileOT {
			most = [2]int{max(most[0], c.Frames), max(most[1], c.Bytes)}
		} else {
			office = [2]int{office[0] + n*c.Frames, office[1] + n*c.Bytes}
		}
	}
	p.Frames = fixedFrames + p.Hosts*(frames+max(most[0], office[0]))
	p.Bytes = int64(fixedBytes) + int64(p.Hosts)*int64(bytes+max(most[1], office[1]))
	p.Connections = p.Hosts * connects
	if d := registry["dlt645"]; d != nil && len(j.gateway) > 0 {
		p.Frames, p.Bytes, p.Connections = p.Frames+len(j.gateway)*d.Frames, p.Bytes+int64(len(j.gateway)*d.Bytes), p.Connections+len(j.gateway)
	}
	p.Seconds = (p.Connections+p.Hosts*tries)/b.perSecond + 5
	p.ID = j.id()
}

// id names the plan: the order with everything in it but the secrets, and the steps.
func (j *job) id() string {
	line, _ := json.Marshal(struct {
		Order  scan.Order
		Ranges []string
		Steps  []scan.Step
	}{j.plan.Order, j.plan.Ranges, j.plan.Steps}) // strings and numbers: never fails
	h := sha256.Sum256(line)
	return hex.EncodeToString(h[:8])
}

// Steps lists every protocol as it would stand in a plan.
func Steps() (out []scan.Step) {
	j := &job{}
	for _, p := range Protocols() {
		s := j.step(p)
		if p.OptIn || p.Named {
			s.Danger = "默认不问。" + s.Danger
		}
		out = append(out, s)
	}
	return out
}
