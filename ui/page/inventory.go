package page

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register(string(wizard.StepInventory), newInventory) }

// The tabs of 设备与系统.
const (
	tabAssets = iota
	tabSystems
	tabNetwork
	tabScan
)

// inventoryTab is one tab: what it shows and the field of a path on it.
type inventoryTab interface {
	content() fyne.CanvasObject
	show(st *wizard.State)
	save()
	jump(path string) bool
}

// inventory is 设备与系统: the register of machines, the systems, and what is arranged for network and security.
type inventory struct {
	a     Actions
	at    int
	tabs  []inventoryTab
	names []string
	bar   *part.Segmented
	tiles *part.Slot
	place *part.Slot
	find  *fyne.Container // the search of the register
	add   *part.Button
}

func newInventory(a Actions) Page {
	p := &inventory{a: a, tiles: part.NewSlot(nil), place: part.NewSlot(nil)}
	machines := newAssetTab(a)
	machines.table.OnPaste = p.paste
	p.tabs = []inventoryTab{machines, newSystemTab(a), newNetworkTab(a), newScanTab(a)}
	for _, key := range []string{"assets", "systems", "network", "scan"} {
		p.names = append(p.names, a.T("inventory.tab."+key))
	}
	p.bar = part.NewSegmented(p.names, 0, p.ShowTab)
	p.add = part.Secondary(a.T("inventory.add"), "plus", p.addOne)
	p.find = part.Sized(260, 0, part.SearchBox(a.T("inventory.search"), func(s string) { machines.search = s; machines.list() }))
	p.place.Set(machines.content())
	return p
}

// Parts implements Page.
func (p *inventory) Parts() (header, body, foot fyne.CanvasObject) {
	t := p.a.T
	header = part.PageHeader(t("inventory.step"), t("inventory.title"), "", p.add,
		part.Secondary(t("stock.export"), "upload", p.out), part.Secondary(t("inventory.host"), "scan", p.host), part.Secondary(t("inventory.import"), "table", p.bring),
		part.IconButton("copy", t("bulk.paste"), func() { p.paste(fyne.CurrentApp().Clipboard().Content()) }))
	body = part.Pad(4, 24, 16, 24, part.VStack(12, part.HStack(12, p.bar, part.Spacer(), p.find), p.tiles, part.Grow(p.place)))
	return header, body, part.NewBottomBar(t("inventory.foot"),
		part.Secondary(t("button.back"), "", func() { p.Leave(); p.a.Go(wizard.StepFirm) }),
		part.Primary(t("button.next"), "", func() { p.Leave(); p.a.Go(wizard.StepAssess) }))
}

// Tabs names the tabs.
func (p *inventory) Tabs() []string { return p.names }

// ShowTab turns to a tab.
func (p *inventory) ShowTab(i int) {
	p.Leave()
	p.at = i
	p.bar.Set(i)
	p.tiles.Hide()
	p.find.Hide()
	if i == tabAssets {
		p.tiles.Show()
		p.find.Show()
	}
	p.add.Enable()
	if i == tabNetwork || i == tabScan {
		p.add.Disable()
	}
	p.place.Set(p.tabs[i].content())
}

// Leave implements Leaver.
func (p *inventory) Leave() {
	for _, t := range p.tabs {
		t.save()
	}
}

// JumpTo implements Jumper.
func (p *inventory) JumpTo(path string) bool {
	head, _, _ := strings.Cut(path, ".")
	tab, ok := map[string]int{"assets": tabAssets, "conflicts": tabAssets, "systems": tabSystems, "arrangements": tabNetwork}[head]
	if !ok {
		return false
	}
	p.ShowTab(tab)
	return p.tabs[tab].jump(path)
}

// Show implements Page.
func (p *inventory) Show(st *wizard.State) {
	if st == nil {
		return
	}
	machines := p.tabs[tabAssets].(*assetTab)
	var tiles []fyne.CanvasObject
	for i, t := range view.InventoryTiles(p.a.T, st.Case) {
		do := func() { p.ShowTab(tabAssets); machines.rates() }
		if i == 3 {
			do = func() { machines.choose(view.InConflict) }
		}
		tiles = append(tiles, part.NewCounterTile(t.Value, t.Unit, t.Label, t.Sub, kindOf(t.Tone), do))
	}
	if large() {
		p.tiles.Set(part.Columns(12, []float32{174, 258, 150}, tiles[1:]...)) // the number of machines stands under the table
	} else {
		p.tiles.Set(part.Columns(12, []float32{146, 174, 258, 150}, tiles...))
	}
	for _, t := range p.tabs {
		t.show(st)
	}
}

// addOne adds a machine or a system and puts the cursor on its name.
func (p *inventory) addOne() {
	id, list := p.a.Case(), wizard.AddAsset
	if p.at == tabSystems {
		list = wizard.AddSystem
	}
	key := ""
	p.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		st, key, err = d.Add(ctx, id, list, "")
		return st, err
	}, func(err error) {
		if err == nil {
			p.tabs[p.at].jump(list + "." + key + ".name")
		}
	})
}

// bring imports an equipment list, or what another inventory tool wrote, and shows what it brought.
func (p *inventory) bring() {
	p.a.PickFile(p.a.T("inventory.import.title"), []string{".xlsx", ".csv", ".xml", ".json", ".zip"}, p.preview)
}

// out offers the register in the formats of others.
func (p *inventory) out() {
	p.ShowTab(tabAssets)
	p.tabs[tabAssets].(*assetTab).out()
}

// host asks this computer.
func (p *inventory) host() {
	id := p.a.Case()
	p.brought(p.a.T("inventory.host.busy"), p.a.T("inventory.brought.host"), func(ctx context.Context, d *wizard.Desk) (*wizard.State, wizard.Brought, error) {
		return d.Host(ctx, id)
	})
}

func (p *inventory) brought(busy, title string, verb func(context.Context, *wizard.Desk) (*wizard.State, wizard.Brought, error)) {
	var got wizard.Brought
	p.a.Run(busy, func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (st *wizard.State, err error) {
		st, got, err = verb(ctx, d)
		return st, err
	}, func(err error) {
		if err == nil {
			p.ShowTab(tabAssets)
			p.tabs[tabAssets].(*assetTab).tell(title, got)
		}
	})
}
