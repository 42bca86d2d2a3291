package view

import (
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// Tile is one counter: a figure with its unit, a label and a line below it.
type Tile struct {
	Value, Unit, Label, Sub string
	Tone                    Tone
}

// InventoryTiles are 生产设备, 数字化率, 联网率 and 待核对 of a register.
func InventoryTiles(w Words, c *survey.Case) [4]Tile {
	n := inventory.Count(c.Assets)
	rates := map[string]inventory.Rate{}
	for _, r := range inventory.Rates(n) {
		rates[r.Key] = r
	}
	share := func(key string) Tile {
		r := rates[key]
		t := Tile{Value: r.Percent, Label: w("inventory.tile." + key), Sub: r.Text}
		if t.Value == "" {
			t.Value = "—"
		} else {
			t.Sub = w("inventory.tile.of", r.Num, r.Den)
		}
		return t
	}
	machines := Tile{Value: strconv.Itoa(n.Machines), Unit: w("inventory.unit"), Label: w("inventory.tile.machines"), Sub: w("inventory.tile.lines", len(c.Assets))}
	if n.Unknown > 0 {
		machines.Sub = w("inventory.tile.unknown", n.Unknown)
	}
	networked := share("networked")
	if r := rates["digital-networked"]; r.Percent != "" && n.Machines > 0 {
		networked.Sub = w("inventory.tile.fusion", networked.Sub, r.Percent)
	}
	conflicts := Tile{Value: strconv.Itoa(len(c.Conflicts)), Unit: w("inventory.tile.places"), Label: w("inventory.tile.conflicts"), Sub: w("inventory.tile.conflicts.none")}
	if len(c.Conflicts) > 0 {
		conflicts.Tone, conflicts.Sub = Careful, w("inventory.tile.conflicts.some")
	}
	return [4]Tile{machines, share("digital"), networked, conflicts}
}

// AssetRow is one line of the register as the table shows it.
type AssetRow struct {
	ID, Name, Model, Class    string
	Count                     int
	Digital, Networked, Cloud survey.Tri
	Counted                   survey.Tri // in the denominator
	Source                    survey.Source
	Conflict                  bool
	Open                      bool   // not identified
	words                     string // what a search looks at
}

// AssetRows lists the register in its order.
func AssetRows(w Words, c *survey.Case) []AssetRow {
	disputed := map[string]bool{}
	for _, x := range c.Conflicts {
		disputed[x.Asset] = true
	}
	open := map[string]bool{}
	for _, u := range inventory.Open(c, inventory.Guide{}) {
		open[u.Asset] = true
	}
	var out []AssetRow
	for i := range c.Assets {
		a := &c.Assets[i]
		r := AssetRow{Open: open[a.ID],
			ID: a.ID, Name: a.Name, Model: a.Nameplate.Model, Class: survey.NameOf(survey.ClassNames, a.Class), Count: inventory.Machines(a),
			Digital: a.Digital, Networked: a.Networked, Cloud: a.OnCloud, Counted: a.InDenominator(), Conflict: disputed[a.ID],
		}
		if r.Name == "" {
			r.Name = w("inventory.unnamed")
		}
		if len(a.Evidence) > 0 {
			r.Source = a.Evidence[0].Source
		}
		r.words = survey.NormalizeText(strings.Join([]string{r.Name, r.Model, a.AssetID, a.Nameplate.Manufacturer, a.Nameplate.SerialNumber, a.Workshop, a.Process, r.Class, a.Reach.HostName, strings.Join(a.Reach.Addresses, " "), strings.Join(a.Reach.MACs, " ")}, "\n"))
		out = append(out, r)
	}
	return out
}

// AssetFilter names a choice of rows.
type AssetFilter int

// The filters, in the order of the chips. 未联网 and 未上云 look at 生产设备 only and take in what is not known to be so.
const (
	AllAssets AssetFilter = iota
	OffNetwork
	OffCloud
	InConflict
	NotCounted
	NotIdentified // counts lines
)

func (r AssetRow) fits(f AssetFilter) bool {
	switch f {
	case OffNetwork:
		return r.Counted == survey.Yes && r.Networked != survey.Yes
	case OffCloud:
		return r.Counted == survey.Yes && r.Cloud != survey.Yes
	case InConflict:
		return r.Conflict
	case NotCounted:
		return r.Counted != survey.Yes
	case NotIdentified:
		return r.Open
	}
	return true
}

// PickAssets keeps the rows that a filter, a choice of lines (nil is all) and a search leave.
func PickAssets(rows []AssetRow, f AssetFilter, only map[string]bool, search string) []AssetRow {
	search = survey.NormalizeText(search)
	var out []AssetRow
	for _, r := range rows {
		if r.fits(f) && (only == nil || only[r.ID]) && strings.Contains(r.words, search) {
			out = append(out, r)
		}
	}
	return out
}

// FilterCounts gives the number of machines (台) behind each filter; conflicts and what is not identified count lines.
func FilterCounts(rows []AssetRow) []string {
	out := make([]string, NotIdentified+1)
	for f := range out {
		n := 0
		for _, r := range rows {
			switch {
			case !r.fits(AssetFilter(f)):
			case AssetFilter(f) == InConflict || AssetFilter(f) == NotIdentified:
				n++
			default:
				n += r.Count
			}
		}
		out[f] = strconv.Itoa(n)
	}
	return out
}

// AssetTotal is the line under the table.
func AssetTotal(w Words, c *survey.Case) string {
	n := inventory.Count(c.Assets)
	return w("inventory.total", n.Machines, n.Digital, n.Networked)
}

// Dispute is one conflict of an asset in words.
type Dispute struct{ ID, Field, Have, Got, Witness string }

// Disputes lists the conflicts of an asset.
func Disputes(w Words, c *survey.Case, asset string) []Dispute {
	var out []Dispute
	for _, x := range c.Conflicts {
		if x.Asset == asset {
			out = append(out, Dispute{ID: x.ID, Field: inventory.FieldName(x.Field), Have: x.Have, Got: x.Got, Witness: witness(w, x.Evidence)})
		}
	}
	return out
}

// Witnesses lists who said what of an asset, newest last, in words.
func Witnesses(w Words, list []survey.Evidence) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = witness(w, e)
	}
	return out
}

func witness(w Words, e survey.Evidence) string {
	var parts []string
	if e.Source != "" {
		parts = append(parts, w("inventory.source."+string(e.Source)))
	}
	for _, s := range []string{e.By, e.Ref, e.Note} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if !e.At.IsZero() {
		parts = append(parts, e.At.Local().Format("2006-01-02 15:04"))
	}
	return strings.Join(parts, " · ")
}

// FlowWords says where a machine's own data go, e.g. 状态 → MES（生产管控）.
func FlowWords(c *survey.Case, flows []survey.Flow, scene func(key string) string) []string {
	var out []string
	for _, f := range flows {
		s := f.Data
		if sys := c.System(f.System); sys != nil {
			s += " → " + sys.Name
		}
		if name := scene(f.Scene); name != "" {
			s += "（" + name + "）"
		}
		out = append(out, s)
	}
	return out
}

// Denominator says whether a line counts as 生产设备.
func Denominator(w Words, a survey.Asset) (string, Tone) {
	switch a.InDenominator() {
	case survey.Yes:
		return w("inventory.counted.yes"), Good
	case survey.No:
		return w("inventory.counted.no"), Plain
	}
	return w("inventory.counted.open"), Careful
}
