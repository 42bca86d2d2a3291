package apply

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// FillOnboarding makes the 上云对接 request to one platform operator: contact, chosen offers of that operator, devices
// and protocols, network and wished dates. It never holds bank, finances, identity papers, prices or another vendor's
// offers.
func FillOnboarding(in Input) Application {
	f := newFilling(in, KindOnboarding)
	a := f.form("上云对接需求表", onboardingSections, onboardingFields)
	for i := range a.Sections {
		switch s := &a.Sections[i]; s.Key {
		case "offers":
			s.Tables = append(s.Tables, f.offerTable())
		case "devices":
			s.Tables = append(s.Tables, f.deviceTable())
		}
	}
	a.Checks = f.onboardingChecks(&a)
	return a
}

// offer is one chosen offer of the operator.
type offer struct {
	ID       string `json:"id"`
	Vendor   string `json:"vendor"`
	Title    string `json:"title"`
	Quantity int    `json:"quantity"`
	Metric   string `json:"metric,omitempty"`
}

// offers are the chosen offers whose vendor is known to be the operator; strangers are those of other or unknown vendors
// that were asked for by name.
func (f *filling) offers() (own []offer, strangers []string) {
	o := f.c.Onboarding
	wanted := o.Offers
	lines := map[string]offer{}
	if f.in.Bundle != nil {
		for _, l := range f.in.Bundle.Lines {
			lines[l.Offer] = offer{ID: l.Offer, Vendor: l.Vendor, Title: l.Title, Quantity: l.Quantity, Metric: l.Metric}
			if len(o.Offers) == 0 && o.Operator != "" && l.Vendor == o.Operator {
				wanted = append(wanted, l.Offer)
			}
		}
	}
	for _, id := range wanted {
		l, ok := lines[id]
		if !ok || o.Operator == "" || l.Vendor != o.Operator {
			strangers = append(strangers, id)
			continue
		}
		own = append(own, l)
	}
	return own, strangers
}

func (f *filling) offerTable() Table {
	t := Table{Key: "offers", Title: "拟选用的产品与服务", Keys: []string{"no", "title", "quantity", "metric"}, Columns: []string{"序号", "产品或服务", "数量", "计量"}}
	own, _ := f.offers()
	for i, o := range own {
		t.row(itoa(i+1), o.Title, itoa(o.Quantity), o.Metric)
	}
	return t
}

// device is one line of machines to connect.
type device struct {
	Name         string   `json:"name"`
	Manufacturer string   `json:"manufacturer,omitempty"`
	Model        string   `json:"model,omitempty"`
	Count        int      `json:"count"`
	Control      string   `json:"control,omitempty"`
	Ports        []string `json:"ports,omitempty"`
	Protocols    []string `json:"protocols,omitempty"`
	Networked    string   `json:"networked"`
	Via          string   `json:"via,omitempty"`
}

func (f *filling) devices() []device {
	var out []device
	for _, a := range f.c.Assets {
		if !slices.Contains(f.c.Onboarding.Assets, a.ID) {
			continue
		}
		out = append(out, device{
			Name: a.Name, Manufacturer: a.Nameplate.Manufacturer, Model: a.Nameplate.Model, Count: a.Count, Control: a.Control,
			Ports: a.Ports, Protocols: a.Protocols, Networked: a.Networked.String(), Via: a.Via,
		})
	}
	return out
}

func (f *filling) deviceTable() Table {
	t := Table{
		Key: "devices", Title: "拟接入设备", Keys: []string{"no", "name", "maker", "model", "count", "control", "ports", "protocols", "networked"},
		Columns: []string{"序号", "设备", "厂家", "型号", "台数", "控制系统", "接口", "协议", "已联网"},
	}
	for i, d := range f.devices() {
		var n survey.Tri
		_ = n.UnmarshalText([]byte(d.Networked))
		t.row(itoa(i+1), d.Name, d.Manufacturer, d.Model, itoa(d.Count), d.Control, strings.Join(d.Ports, "、"), strings.Join(d.Protocols, "、"), n.Chinese())
	}
	return t
}

// protocols lists the protocols of the devices, each once, in order of appearance.
func (f *filling) protocols() []string {
	out := []string{}
	for _, d := range f.devices() {
		for _, p := range d.Protocols {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

func (f *filling) protocolText() string { return strings.Join(f.protocols(), "、") }

func (f *filling) onboardingChecks(a *Application) []Check {
	out := f.emptyRequired(a)
	own, strangers := f.offers()
	for _, id := range strangers {
		out = append(out, Check{Level: "must", Code: "offer-vendor", Jump: "onboarding.offers",
			Text: "产品 " + id + " 不属于所选平台服务商，不能写入发给该服务商的对接需求，请去掉或更换服务商。", Clause: "一次对接只发给一家服务商"})
	}
	if len(own) == 0 {
		out = append(out, Check{Level: "must", Code: "offer-none", Jump: "onboarding.offers", Text: "尚未选择该服务商的产品或服务，请先选择。", Clause: "对接需求须写明产品"})
	}
	if len(f.devices()) == 0 {
		out = append(out, Check{Level: "hint", Code: "device-none", Jump: "onboarding.assets", Text: "尚未选择要接入的设备；只上系统不接设备时可以不选。", Clause: "四、拟接入设备与协议"})
	}
	o := f.c.Onboarding
	if o.To.Before(o.From) {
		out = append(out, Check{Level: "must", Code: "date-order", Jump: "onboarding.to", Text: "希望完成日期早于希望开始日期，请核对。", Clause: "日期先后"})
	}
	return append(out, f.creditCode()...)
}
