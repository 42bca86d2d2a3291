package view

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// PlanRow is one line of a plan: what and how much.
type PlanRow struct{ Label, Value string }

// PlanRows says what a plan would do, before anything is sent.
func PlanRows(w Words, p scan.Plan) []PlanRow {
	var names []string
	for _, s := range p.Steps {
		names = append(names, s.Title)
	}
	return []PlanRow{
		{w("scan.plan.hosts"), w("scan.plan.hosts.value", p.Hosts, strings.Join(p.Ranges, "、"))},
		{w("scan.plan.profile"), w("scan.profile." + string(p.Order.Profile))},
		{w("scan.plan.frames"), w("scan.plan.frames.value", p.Connections, p.Frames, p.Bytes)},
		{w("scan.plan.time"), w("scan.plan.time.value", p.Seconds, p.PerSecond)},
		{w("scan.plan.steps"), strings.Join(names, "、")},
	}
}

// FindRow is one find beside the register.
type FindRow struct {
	Key                              string // scan.Host.Key
	Address, Name, What, Hangs, Into string
	OT, Known, Dispute, Identified   bool
	Gains                            int
}

// FindFilter names a choice of finds.
type FindFilter int

// The filters, in the order of the chips.
const (
	AllFinds FindFilter = iota
	NewFinds
	KnownFinds
	DisputedFinds
	OTFinds
	SilentFinds // not identified
)

// FindFilters are the keys of the chips' names.
var FindFilters = []string{"all", "new", "known", "dispute", "ot", "silent"}

// FindRows lists finds in the order they have.
func FindRows(w Words, offers []wizard.FindOffer) []FindRow {
	out := make([]FindRow, len(offers))
	for i, o := range offers {
		r := FindRow{Key: o.Host.Key(), Address: cmpOr(o.Host.Address, o.Host.MAC), Name: o.Asset.Name, OT: o.Host.OT, Known: o.Line != "", Dispute: len(o.Disputes) > 0, Identified: o.Host.Identified(), Gains: len(o.Gains)}
		r.What = strings.Join(slices.DeleteFunc([]string{o.Asset.Nameplate.Manufacturer, cmpOr(o.Asset.Nameplate.Model, o.Asset.Nameplate.ProductCode), o.Asset.Nameplate.SoftwareRevision}, func(s string) bool { return s == "" }), " ")
		if r.What == "" {
			r.What = cmpOr(strings.Join(o.Host.Runs(), w("stock.comma")), o.Asset.Nameplate.DeviceClass, o.Host.Vendor, w("scan.unknown"))
		}
		r.Hangs = strings.TrimSpace(o.Asset.Reach.Switch + " " + o.Asset.Reach.Port)
		r.Into = w("scan.into.new")
		if r.Known {
			r.Into = w("scan.into.line", o.LineName)
		}
		out[i] = r
	}
	return out
}

// Fits tells whether a find is in a choice.
func (r FindRow) Fits(f FindFilter) bool {
	switch f {
	case NewFinds:
		return !r.Known
	case KnownFinds:
		return r.Known
	case DisputedFinds:
		return r.Dispute
	case OTFinds:
		return r.OT
	case SilentFinds:
		return !r.Identified
	}
	return true
}

// NetNode is one device of the network picture. Depth is how many devices lie between it and the top.
type NetNode struct {
	Depth             int
	Key               string // of the find; "" for a heading
	Name, Sub, Port   string
	OT, Switch, Known bool
}

// NetOf keeps of a picture the finds of a choice and what they hang on.
func NetOf(nodes []NetNode, rows []FindRow, f FindFilter) []NetNode {
	fits := map[string]bool{}
	for _, r := range rows {
		fits[r.Key] = r.Fits(f)
	}
	var out []NetNode
	need := -1 // the depth of what has to be there for a find that is kept
	for i := len(nodes) - 1; i >= 0; i-- {
		n := nodes[i]
		if fits[n.Key] || n.Depth == need {
			out = append(out, n)
			need = n.Depth - 1
		}
	}
	slices.Reverse(out)
	return out
}

// NetTree draws who hangs where: devices under the switch and port that told of them, and what no switch knows under a heading of its own.
// A circle, which two switches that name each other make, is cut at the first.
func NetTree(w Words, offers []wizard.FindOffer, hosts []scan.Host) []NetNode {
	links := scan.Links(hosts)
	rows := map[string]FindRow{}
	for _, r := range FindRows(w, offers) {
		rows[r.Key] = r
	}
	under := map[string][]string{}
	parents := map[string]bool{}
	for _, h := range hosts {
		l, ok := links[h.Key()]
		if ok {
			under[l.To] = append(under[l.To], h.Key())
			parents[l.To] = true
		} else {
			under[""] = append(under[""], h.Key())
		}
	}
	var out []NetNode
	seen := map[string]bool{}
	var walk func(address string, depth int)
	walk = func(address string, depth int) {
		r, ok := rows[address]
		if seen[address] || !ok && !parents[address] {
			return
		}
		seen[address] = true
		out = append(out, NetNode{Depth: depth, Key: address, Name: cmpOr(r.Name, address), Sub: address, Port: links[address].Port, OT: r.OT, Switch: parents[address], Known: r.Known})
		for _, child := range under[address] {
			walk(child, depth+1)
		}
	}
	for _, top := range under[""] { // switches first
		if parents[top] {
			walk(top, 0)
		}
	}
	loose := len(out)
	for _, h := range hosts {
		if !seen[h.Key()] {
			walk(h.Key(), 1)
		}
	}
	if len(out) > loose {
		out = slices.Insert(out, loose, NetNode{Name: w("scan.tree.loose"), Sub: w("scan.tree.loose.sub"), Switch: true, Known: true})
	}
	return out
}

// Offers lays finds beside the register of a state.
func Offers(st *wizard.State, hosts []scan.Host) []wizard.FindOffer {
	return wizard.OffersOf(st.Case, hosts)
}

// ScanFile is a report as a file for whoever asks what was sent.
func ScanFile(r scan.Report) (wizard.File, error) {
	data, err := json.MarshalIndent(r, "", "  ")
	return wizard.File{Name: "网络盘点-" + r.Started.Format("20060102-150405") + ".json", Role: survey.RoleScan, Type: "application/json", Data: data}, err
}

// Comma joins words; "—" stands for none.
func Comma(w Words, list []string) string {
	if len(list) == 0 {
		return "—"
	}
	return strings.Join(list, w("stock.comma"))
}

// FindFact is one line of a find.
type FindFact struct{ Label, Value string }

// FindFacts says what is known of a find.
func FindFacts(w Words, o wizard.FindOffer) []FindFact {
	n := o.Asset.Nameplate
	var ports, how []string
	for _, p := range o.Host.Ports {
		if p.State == "open" {
			ports = append(ports, strconv.Itoa(p.Number)+" "+p.Protocol)
		}
	}
	for _, s := range o.Host.Source {
		how = append(how, w("scan.source."+string(s)))
	}
	var systems []string
	for _, s := range o.Systems {
		systems = append(systems, s.Name)
	}
	var out []FindFact
	for _, f := range []FindFact{
		{w("scan.fact.address"), o.Host.Address}, {w("scan.fact.mac"), strings.TrimSpace(o.Host.MAC + " " + o.Host.Vendor)}, {w("scan.fact.name"), o.Asset.Reach.HostName},
		{w("scan.fact.class"), n.DeviceClass}, {w("scan.fact.maker"), n.Manufacturer}, {w("scan.fact.model"), cmpOr(n.Model, n.ProductCode)}, {w("scan.fact.serial"), n.SerialNumber},
		{w("scan.fact.version"), n.SoftwareRevision}, {w("scan.fact.hangs"), strings.TrimSpace(o.Asset.Reach.Switch + " " + o.Asset.Reach.Port)}, {w("scan.fact.ports"), strings.Join(ports, w("stock.comma"))},
		{w("scan.fact.runs"), strings.Join(o.Host.Runs(), w("stock.comma"))}, {w("scan.fact.systems"), strings.Join(systems, w("stock.comma"))}, {w("scan.fact.how"), strings.Join(how, w("stock.comma"))}, {w("scan.fact.stopped"), o.Host.Stopped},
	} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}

// PlanTick is something that is asked only when it is ticked.
type PlanTick struct {
	Protocol, Title, Why string
	On                   bool
}

// PlanTicks lists what a plan asks only because it was ticked, and what ticking would add.
func PlanTicks(p scan.Plan) (out []PlanTick) {
	for _, s := range p.Steps {
		if slices.Contains(p.Order.OptIn, s.Protocol) {
			out = append(out, PlanTick{Protocol: s.Protocol, Title: s.Title, Why: s.Danger, On: true})
		}
	}
	for _, s := range p.Skipped {
		if s.OptIn != "" {
			out = append(out, PlanTick{Protocol: s.OptIn, Title: s.What, Why: s.Why})
		}
	}
	return out
}

// PlanSkips says what a plan leaves out, why, and what would enable it.
func PlanSkips(p scan.Plan) (out []string) {
	for _, s := range p.Skipped {
		if s.OptIn == "" {
			out = append(out, strings.TrimSpace(s.What+"："+s.Why+" "+s.Enable))
		}
	}
	return out
}

// Ticked is an order with a protocol ticked, or not any more.
func Ticked(o scan.Order, protocol string, on bool) scan.Order {
	o.OptIn = slices.DeleteFunc(slices.Clone(o.OptIn), func(s string) bool { return s == protocol })
	if on {
		o.OptIn = append(o.OptIn, protocol)
	}
	return o
}
