package page_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

// acting is a scanner that does something in the window in the midst of a look, and remembers its orders.
type acting struct {
	network
	amid   func()
	orders []scan.Order
}

func (n *acting) Plan(o scan.Order) (scan.Plan, error) {
	n.orders = append(n.orders, o)
	p := scan.Plan{ID: "plan-1", Order: o, Hosts: 3, Ranges: o.Targets, Frames: 9, Seconds: 4, PerSecond: 20}
	step, skip := scan.Step{Protocol: "slmp", Title: "三菱 SLMP", Danger: "会占用连接"}, scan.Skip{What: "三菱 SLMP", Why: "默认不问", OptIn: "slmp"}
	if slices.Contains(o.OptIn, "slmp") {
		p.ID, p.Steps = "plan-2", []scan.Step{step}
	} else {
		p.Skipped = []scan.Skip{skip}
	}
	return p, nil
}

func (n *acting) Scan(_ context.Context, o scan.Order, c scan.Consent, tell func(scan.Event)) (scan.Report, error) {
	hosts := n.hosts()
	tell(scan.Event{Kind: scan.EventHost, Host: &hosts[1]})
	tell(scan.Event{Kind: scan.EventProgress, Done: 1, Total: 3, Rate: 5, Left: 7})
	n.amid()
	tell(scan.Event{Kind: scan.EventHost, Host: &hosts[0]})
	return scan.Report{Plan: scan.Plan{ID: c.Plan}, Consent: c, Started: noon, Ended: noon.Add(time.Second), Hosts: hosts, Log: []scan.Frame{{N: 1}}}, nil
}

func (n *acting) Listen(_ context.Context, seconds int, tell func(scan.Event)) (scan.Report, error) {
	var hosts []scan.Host
	for _, mac := range []string{"00:1b:1b:00:00:0d", "00:1b:1b:00:00:0e"} { // two devices without an address stay two
		h := scan.Host{MAC: mac, OT: true, Seen: noon, Identities: []scan.Identity{{Protocol: "dcp", Name: "plc-" + mac[15:], At: noon}}}
		hosts = append(hosts, h)
		tell(scan.Event{Kind: scan.EventHost, Host: &h})
	}
	tell(scan.Event{Kind: scan.EventProgress, Done: 13, Total: seconds, Left: seconds - 13})
	n.amid()
	return scan.Report{Started: noon, Ended: noon, Hosts: hosts}, nil
}

// tree gives the picture that is shown.
func (s *stand) tree() (found *part.Tree) {
	s.walk(func(o fyne.CanvasObject) {
		if t, ok := o.(*part.Tree); ok {
			found = t
		}
	})
	return found
}

func TestALookOutlivesAChangeOfStyleAndLanguage(t *testing.T) {
	n := &acting{network: network{t: t}}
	s := sampleStand(t, func(p *wizard.Parts) { p.Network = n })
	n.amid = func() {
		s.sees("Siemens S7-1200", "约剩 7 秒")
		s.ui.Apply("dark", "yes")
		s.ui.Go(wizard.StepInventory)
		s.tap("网络盘点")
		s.sees("Siemens S7-1200", "约剩 7 秒", "中止")
	}
	s.ui.Go(wizard.StepInventory)
	s.tap("网络盘点")
	s.fill("网段或地址", "192.168.0.0/24")
	s.fill("后面接电表的串口网关（可不填）", "192.168.0.60:8899")
	s.tap("先看计划")
	s.tap("我看过计划，同意向这 3 个地址发出最多 9 个报文，约 4 秒")
	s.tap("同意并开始")
	s.sees("找到 3 个地址", "H3C S5130")
	s.table(0).OnActivate(0)
	s.sees("收下 1 项")
	s.ui.Apply("language", "en")
	s.ui.Go(wizard.StepInventory)
	s.tap("Network scan")
	s.sees("H3C S5130", "Siemens S7-1200", "Take 1")
	s.ui.Apply("language", "zh")
	s.ui.Go(wizard.StepInventory)
	s.tap("网络盘点")
	s.tap("收下 1 项")
	if c := s.stored(); c.Assets[len(c.Assets)-1].Nameplate.Model != "S5130" {
		t.Errorf("the tick of before was not kept: %+v", c.Assets[len(c.Assets)-1])
	}
	s.tap("再来一次")
	n.amid = func() {}
	s.tap("只听 60 秒") // a look that begins with no finds, over the list of the one before
	s.tap("再来一次")
	if got := s.field("网段或地址").(interface{ Value() string }).Value(); got != "192.168.0.0/24" {
		t.Errorf("what was typed is lost: %q", got)
	}
	if got := n.orders[0].Gateways; !slices.Equal(got, []string{"192.168.0.60:8899"}) {
		t.Errorf("gateways %v", got)
	}
}

func TestWhatIsAskedOnlyWhenTickedIsTickedOnThePlan(t *testing.T) {
	n := &acting{network: network{t: t}, amid: func() {}}
	s := sampleStand(t, func(p *wizard.Parts) { p.Network = n })
	s.ui.Go(wizard.StepInventory)
	s.tap("网络盘点")
	s.fill("网段或地址", "192.168.0.7")
	s.tap("交换机用 SNMPv3")
	s.fill("SNMPv3 用户（可不填）", "reader")
	s.fill("认证口令（SHA）", "authpass123")
	s.tap("先看计划")
	consent := "我看过计划，同意向这 3 个地址发出最多 9 个报文，约 4 秒"
	s.tap(consent)
	s.tap("三菱 SLMP")
	s.sees("会占用连接")
	if s.button("同意并开始").Disabled() != true {
		t.Error("a consent to the plan before counts for the one after the tick")
	}
	last := n.orders[len(n.orders)-1]
	if !slices.Equal(last.OptIn, []string{"slmp"}) || last.SNMP != (scan.SNMP{Version: "3", User: "reader", Auth: "SHA", AuthPass: "authpass123", Switches: true}) {
		t.Errorf("ordered %+v", last)
	}
	s.tap("三菱 SLMP")
	if last := n.orders[len(n.orders)-1]; len(last.OptIn) != 0 {
		t.Errorf("ordered %+v after the tick was taken back", last)
	}
}

func TestListeningCountsDownAndKeepsDevicesWithoutAnAddressApart(t *testing.T) {
	n := &acting{network: network{t: t}}
	s := sampleStand(t, func(p *wizard.Parts) { p.Network = n })
	n.amid = func() { s.sees("正在听 60 秒", "还剩 47 秒 · 听到 2 台", "plc-0d", "plc-0e") }
	s.ui.Go(wizard.StepInventory)
	s.tap("网络盘点")
	s.tap("只听 60 秒")
	before := len(s.stored().Assets)
	list := s.table(0)
	list.OnActivate(0)
	list.OnActivate(1)
	s.tap("收下 2 项")
	c := s.stored()
	if len(c.Assets) != before+2 || len(c.Assets[before].Reach.Addresses) != 0 || c.Assets[before].Reach.MACs[0] == c.Assets[before+1].Reach.MACs[0] {
		t.Errorf("taken: %+v", c.Assets[before:])
	}
}

func TestThePictureKeepsToTheFilterAndOpensItsDevices(t *testing.T) {
	n := &acting{network: network{t: t}, amid: func() {}}
	s := sampleStand(t, func(p *wizard.Parts) { p.Network = n })
	s.ui.Go(wizard.StepInventory)
	s.tap("网络盘点")
	s.fill("网段或地址", "192.168.0.0/24")
	s.tap("先看计划")
	s.tap("我看过计划，同意向这 3 个地址发出最多 9 个报文，约 4 秒")
	s.tap("同意并开始")
	s.tap("网络图")
	s.sees("H3C S5130", "192.168.0.9")
	s.tap("工业协议")
	s.misses("192.168.0.9")
	s.sees("H3C S5130", "Siemens S7-1200")
	test.TapAt(s.tree(), fyne.NewPos(60, 34+20))
	s.sees("S C-9", "SW-1 Fa0/3")
	s.tree().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	s.misses("S C-9")
}

// TestTheScanTabFits walks the four states of the tab in each look (see walked) and both sizes: no word is cut off or lies on another.
func TestTheScanTabFits(t *testing.T) {
	texts, err := pack.Texts(assets.Text)
	if err != nil {
		t.Fatal(err)
	}
	for _, look := range looks {
		if !walked(look) {
			continue
		}
		s := sampleStand(t, func(p *wizard.Parts) { p.Network = &acting{network: network{t: t}, amid: func() {}} })
		s.dress(look)
		w := texts[look.lang].T
		name := strings.NewReplacer(" ", "-", "×", "", "=", "-").Replace(look.String())
		check := func(state string) {
			for _, size := range []fyne.Size{{Width: 1180, Height: 760}, {Width: 1024, Height: 640}} {
				s.settled(size)
				for _, fault := range faultsOf(s.win.Content(), s.win.Canvas().Size()) {
					t.Errorf("%s, %s, %v: %s", state, look, size, fault)
				}
			}
			s.shot("scan-" + state + "-" + name)
		}
		s.ui.Go(wizard.StepInventory)
		for i, tab := range []string{"assets", "systems", "network"} {
			s.tap(w("inventory.tab." + tab))
			s.shot("inventory-" + string(rune('1'+i)) + "-" + name)
		}
		s.tap(w("inventory.tab.scan"))
		check("order")
		s.fill(w("scan.targets"), "192.168.0.0/24")
		s.tap(w("scan.toplan"))
		check("plan")
		s.tap(w("scan.consent", 3, 9, 4))
		s.tap(w("scan.start"))
		s.table(0).OnSelect(1)
		check("finds")
		s.tap(w("scan.view.picture"))
		check("picture")
	}
}
