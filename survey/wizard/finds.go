package wizard

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// FindOffer is one find of a look at the network beside what the register would make of it. Nothing is entered by it.
type FindOffer struct {
	scan.Offer
	Line     string   `json:"line"`     // Asset.ID of the line it seems to be; "" is a line of its own
	LineName string   `json:"lineName"` // as the register has it
	Gains    []string `json:"gains"`    // fields that the line would gain, in Chinese
	Disputes []string `json:"disputes"` // fields on which it says otherwise than the line
}

// FindChoice is a person's word on one find: take it, and into which line. Into "" leaves the line to the register, New makes one of its own.
type FindChoice struct {
	Address string `json:"address"` // scan.Host.Key
	Into    string `json:"into,omitempty"`
	New     bool   `json:"new,omitempty"`
}

// Offers is OffersOf.
func (d *Desk) Offers(c *survey.Case, hosts []scan.Host) []FindOffer { return OffersOf(c, hosts) }

// OffersOf lays the finds beside the register, for a person to look through. It touches no store.
func OffersOf(c *survey.Case, hosts []scan.Host) []FindOffer {
	offers := scan.Offers(hosts)
	assets := make([]survey.Asset, len(offers))
	for i := range offers {
		assets[i] = offers[i].Asset
	}
	m := inventory.Merge(c.Assets, assets, func() string { return "" })
	out := make([]FindOffer, len(offers))
	for i, o := range offers {
		out[i] = FindOffer{Offer: o, Gains: []string{}, Disputes: []string{}}
		if m.At[i] >= len(c.Assets) {
			continue
		}
		line := &c.Assets[m.At[i]]
		out[i].Line, out[i].LineName = line.ID, line.Name
		mine := func(e survey.Evidence) bool {
			return slices.ContainsFunc(o.Asset.Evidence, func(k survey.Evidence) bool { return k.By == e.By && k.Ref == e.Ref })
		}
		for _, k := range m.Changes {
			if k.AssetID == line.ID && mine(k.Evidence) {
				out[i].Gains = append(out[i].Gains, inventory.FieldName(k.Field))
			}
		}
		for _, k := range m.Conflicts {
			if k.Asset == line.ID && mine(k.Evidence) {
				out[i].Disputes = append(out[i].Disputes, inventory.FieldName(k.Field))
			}
		}
	}
	return out
}

// TakeFinds enters the chosen finds of a report, with their systems, and keeps the report in the case: plan, consent, every frame sent and
// the raw answers, so that better parsers can be run over them. Finds that are not chosen stay in the report only. Undo takes it back.
func (d *Desk) TakeFinds(ctx context.Context, id string, r scan.Report, choices []FindChoice) (*State, Brought, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return nil, Brought{}, survey.Wrap(survey.CodeInternal, "wizard.finds", err)
	}
	sha, err := d.Blobs.Put(ctx, data)
	if err != nil {
		return nil, Brought{}, err
	}
	b := Brought{Ledger: Ledger{Format: "scan"}, Systems: []string{}}
	st, err := d.Edit(ctx, id, func(c *survey.Case) error {
		var placed []inventory.Placed
		var systems []survey.System
		for _, o := range scan.Offers(r.Hosts) {
			i := slices.IndexFunc(choices, func(k FindChoice) bool { return k.Address == o.Host.Key() })
			if i < 0 {
				continue
			}
			placed = append(placed, inventory.Placed{Asset: o.Asset, Into: choices[i].Into, New: choices[i].New})
			systems = append(systems, o.Systems...)
		}
		m := inventory.Place(c.Assets, placed, d.NewID)
		c.Assets = m.Assets
		b.Added, b.Changed, b.Unchanged = m.Added, m.Changed, m.Unchanged
		d.dispute(c, m.Conflicts)
		b.Conflicts = len(c.Conflicts)
		c.Systems, b.Newly = inventory.MergeSystems(c.Systems, systems, d.NewID)
		for _, s := range systems {
			b.Systems = append(b.Systems, s.Name)
		}
		d.keepReport(c, r, sha, int64(len(data)))
		return nil
	})
	return st, b, err
}

// keepReport attaches a report once.
func (d *Desk) keepReport(c *survey.Case, r scan.Report, sha string, size int64) {
	if slices.ContainsFunc(c.Attachments, func(a survey.Attachment) bool { return a.SHA256 == sha && a.Role == survey.RoleScan }) {
		return
	}
	name := "网络盘点-" + r.Started.UTC().Format("20060102-150405") + ".json"
	c.Attachments = append(c.Attachments, survey.Attachment{ID: d.NewID(), Name: name, Role: survey.RoleScan, SHA256: sha, Size: size, Type: "application/json", Added: d.Now().UTC()})
}

// AttachPlate keeps a picture of a machine's name plate. Only PNG and JPEG are taken.
func (d *Desk) AttachPlate(ctx context.Context, id, asset, name string, data []byte) (*State, error) {
	kind := ""
	switch {
	case strings.HasPrefix(string(data[:min(len(data), 8)]), "\x89PNG\r\n\x1a\n"):
		kind = "image/png"
	case strings.HasPrefix(string(data[:min(len(data), 3)]), "\xff\xd8\xff"):
		kind = "image/jpeg"
	default:
		return nil, survey.Fail(survey.CodeFileKind, "wizard.plate", "“%s”不是 PNG 或 JPEG 照片", clip(name))
	}
	c, err := d.Cases.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := assetAt(c, asset); err != nil {
		return nil, err
	}
	return d.Attach(ctx, id, name, survey.RolePlate, asset, kind, data)
}
