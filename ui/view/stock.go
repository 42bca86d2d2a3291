package view

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// RateCard is one rate with the lines behind each of its parts.
type RateCard struct {
	Name, Percent, Text, Rule string
	Parts                     []RatePart
}

// RatePart is a share of a rate and the ids of its lines.
type RatePart struct {
	Label string
	Lines []string
}

// RateCards lists the rates of a register, each clickable down to its machines. Parts without a line are left out.
func RateCards(w Words, c *survey.Case) []RateCard {
	var out []RateCard
	for _, r := range inventory.Rates(inventory.Count(c.Assets)) {
		k := RateCard{Name: r.Name, Percent: r.Percent, Text: r.Text, Rule: w("stock.rate.rule", r.Rule, r.Standard, r.Status)}
		if k.Percent == "" {
			k.Percent = "—"
		}
		for _, p := range []inventory.Part{inventory.PartCounted, inventory.PartRest, inventory.PartOpen} {
			lines, err := inventory.Behind(c.Assets, r.Key, p)
			if err == nil && len(lines) > 0 {
				k.Parts = append(k.Parts, RatePart{w("stock.part."+string(p), len(lines)), lines})
			}
		}
		out = append(out, k)
	}
	return out
}

// NextStep says what is not known of a machine and where to look; ok is false for one that is identified.
func NextStep(st *wizard.State, asset string) (u inventory.Unidentified, ok bool) {
	for _, u := range inventory.Open(st.Case, st.Plates) {
		if u.Asset == asset {
			return u, true
		}
	}
	return u, false
}

// Photos names the pictures of a machine's name plate.
func Photos(c *survey.Case, asset string) (names []string) {
	for _, a := range c.Attachments {
		if a.Role == survey.RolePlate && a.For == asset {
			names = append(names, a.Name)
		}
	}
	return names
}

// Others lists the other lines of the register, for a choice.
func Others(w Words, c *survey.Case, asset string) []ListItem {
	var out []ListItem
	for i := range c.Assets {
		if a := &c.Assets[i]; a.ID != asset {
			out = append(out, ListItem{Value: a.ID, Text: cmpOr(a.Name, w("inventory.unnamed")), Note: strings.TrimSpace(a.AssetID + " " + a.Nameplate.Model)})
		}
	}
	return out
}

func cmpOr(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// Separable lists the witnesses of a line that can be taken out again: number and words.
func Separable(w Words, a *survey.Asset) (out []ListItem) {
	with := 0
	for _, e := range a.Evidence {
		if len(e.Said) > 0 || e.Source == survey.SourcePerson {
			with++
		}
	}
	for i, e := range a.Evidence {
		if with > 1 && len(e.Said) > 0 && e.Source != survey.SourcePerson {
			out = append(out, ListItem{Value: strconv.Itoa(i), Text: strings.TrimSpace(w("inventory.source."+string(e.Source)) + " " + e.Ref)})
		}
	}
	return out
}

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
		r := FindRow{Address: o.Host.Address, Name: o.Asset.Name, OT: o.Host.OT, Known: o.Line != "", Dispute: len(o.Disputes) > 0, Identified: o.Host.Identified(), Gains: len(o.Gains)}
		r.What = strings.Join(slices.DeleteFunc([]string{o.Asset.Nameplate.Manufacturer, cmpOr(o.Asset.Nameplate.Model, o.Asset.Nameplate.ProductCode), o.Asset.Nameplate.SoftwareRevision}, func(s string) bool { return s == "" }), " ")
		if r.What == "" {
			r.What = cmpOr(o.Asset.Nameplate.DeviceClass, o.Host.Vendor, w("scan.unknown"))
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
	Name, Sub, Port   string
	OT, Switch, Known bool
}

// NetTree draws who hangs where: devices under the switch and port that told of them, and what no switch knows under a heading of its own.
// A circle, which two switches that name each other make, is cut at the first.
func NetTree(w Words, offers []wizard.FindOffer, hosts []scan.Host) []NetNode {
	links := scan.Links(hosts)
	rows := map[string]FindRow{}
	for _, r := range FindRows(w, offers) {
		rows[r.Address] = r
	}
	under := map[string][]string{}
	parents := map[string]bool{}
	for _, h := range hosts {
		l, ok := links[h.Address]
		if ok {
			under[l.To] = append(under[l.To], h.Address)
			parents[l.To] = true
		} else {
			under[""] = append(under[""], h.Address)
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
		out = append(out, NetNode{Depth: depth, Name: cmpOr(r.Name, address), Sub: address, Port: links[address].Port, OT: r.OT, Switch: parents[address], Known: r.Known})
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
		if !seen[h.Address] {
			walk(h.Address, 1)
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
		{w("scan.fact.systems"), strings.Join(systems, w("stock.comma"))}, {w("scan.fact.how"), strings.Join(how, w("stock.comma"))}, {w("scan.fact.stopped"), o.Host.Stopped},
	} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}
