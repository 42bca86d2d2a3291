package wizard

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Walks writes the papers and lists of a visit and reads the lists back.
type Walks interface {
	Print(w survey.Walk) (File, error) // PDF with a QR code for each machine
	List(w survey.Walk) (File, error)  // XLSX, a sheet for each workshop
	Read(name string, data []byte, fields []survey.WalkField) (rows []survey.WalkRow, problems []string, err error)
	Sign(s survey.SignSheet) (File, error)
}

// CodeReader reads the QR codes in a photo; none is no error.
type CodeReader func(data []byte) ([]string, error)

var errNoWalk = survey.Fail(survey.CodeNotReady, "wizard.walk", "此程序不带走访表")

// WalkOf lays the register out by workshops, in the order in which they come up in it.
func (d *Desk) WalkOf(ctx context.Context, c *survey.Case) (survey.Walk, error) {
	w := survey.Walk{Firm: c.Firm.Name, Case: c.ID, Made: d.Now(), Fields: survey.WalkFields()}
	notes, err := d.Notes(ctx, c, survey.RoleVisit)
	if err != nil {
		return w, err
	}
	photos := map[string]int{}
	for _, a := range c.Attachments {
		if a.Role == survey.RolePhoto || a.Role == survey.RolePlate {
			photos[a.For]++
		}
	}
	at := map[string]int{}
	for i := range c.Assets {
		a := &c.Assets[i]
		if _, ok := at[a.Workshop]; !ok {
			at[a.Workshop] = len(w.Shops)
			w.Shops = append(w.Shops, survey.WalkShop{Name: a.Workshop})
		}
		m := survey.WalkMachine{ID: a.ID, Code: survey.AssetCode(a.ID), Name: a.Name, Photos: photos[a.ID]}
		one := &survey.Case{Assets: c.Assets[i : i+1]}
		for _, f := range w.Fields {
			m.Values = append(m.Values, walkText(one, a.ID, f))
		}
		w.Shops[at[a.Workshop]].Machines = append(w.Shops[at[a.Workshop]].Machines, m)
	}
	for _, n := range notes {
		if name, ok := strings.CutPrefix(n.About, "workshop:"); ok {
			if i, ok := at[name]; ok {
				w.Shops[i].Notes = append(w.Shops[i].Notes, n.Text)
			}
		}
	}
	return w, nil
}

func walkText(one *survey.Case, id string, f survey.WalkField) string {
	s, _ := Get(one, "assets."+id+"."+f.Key)
	if f.Yes {
		return map[string]string{survey.Yes.String(): "是", survey.No.String(): "否"}[s]
	}
	return s
}

// TakeWalk gives the walk sheet as a PDF and the list as an XLSX, after the consent.
func (d *Desk) TakeWalk(ctx context.Context, id string, l Leaving) ([]File, error) {
	l.Kind = LeavesWalk
	if d.Walks == nil {
		return nil, errNoWalk
	}
	c, err := d.Cases.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(c.Assets) == 0 {
		return nil, survey.Fail(survey.CodeNotReady, "wizard.walk", "清单里还没有设备")
	}
	w, err := d.WalkOf(ctx, c)
	if err != nil {
		return nil, err
	}
	sheet, err := d.Walks.Print(w)
	if err != nil {
		return nil, err
	}
	list, err := d.Walks.List(w)
	if err != nil {
		return nil, err
	}
	return []File{sheet, list}, d.Leave(ctx, id, l)
}

// Walked tells what a walk list that came back did.
type Walked struct {
	Filled    int      `json:"filled"`    // fields that were unknown and are known now
	Same      int      `json:"same"`      // machines on which the list says nothing new
	Added     int      `json:"added"`     // machines that were not in the register
	Proposals int      `json:"proposals"` // fields on which the list says otherwise; a person decides
	Problems  []string `json:"problems"`  // rows and cells that need a person, with their place
}

// BringWalk reads a walk list back into the register. A machine is known by its 识别码, else by its asset number or by name, model and workshop;
// what was unknown is filled, what differs becomes a proposal, an empty cell says nothing. The same list twice changes nothing. Undo takes it back.
func (d *Desk) BringWalk(ctx context.Context, id, name string, data []byte) (*State, Walked, error) {
	if d.Walks == nil {
		return nil, Walked{}, errNoWalk
	}
	rows, problems, err := d.Walks.Read(name, data, survey.WalkFields())
	if err != nil {
		return nil, Walked{}, err
	}
	b := Walked{}
	st, err := d.Edit(ctx, id, func(c *survey.Case) error {
		b = Walked{Problems: slices.Clone(problems)}
		for _, r := range rows {
			d.walkRow(c, name, r, &b)
		}
		return nil
	})
	return st, b, err
}

// walkRow takes one row.
func (d *Desk) walkRow(c *survey.Case, file string, r survey.WalkRow, b *Walked) {
	i, why := walkLine(c, r)
	if why != "" {
		b.Problems = append(b.Problems, walkPlace(r)+why)
		return
	}
	if i < 0 {
		if strings.TrimSpace(r.Values["name"]) == "" {
			b.Problems = append(b.Problems, walkPlace(r)+"没有识别码，也没有设备名称，没有读入")
			return
		}
		i = len(c.Assets)
		c.Assets = append(c.Assets, survey.Asset{ID: d.NewID(), Count: 1, Evidence: []survey.Evidence{d.person("走访时补登")}})
		b.Added++
	}
	was := *b
	one := &survey.Case{Assets: c.Assets[i : i+1 : i+1]}
	key := c.Assets[i].ID
	for _, f := range survey.WalkFields() {
		raw := strings.TrimSpace(r.Values[f.Key])
		path := "assets." + key + "." + f.Key
		if raw == "" {
			continue
		}
		said, err := Tidy(one, path, raw)
		if err != nil {
			b.Problems = append(b.Problems, walkPlace(r)+f.Head+"“"+clip(raw)+"”："+survey.DetailOf(err))
			continue
		}
		have, _ := Get(one, path)
		switch {
		case have == said:
		case have == "" || f.Yes && have == survey.Unknown.String():
			_ = put(one, path, raw, d.By, d.Now()) // Tidy took it
			b.Filled++
		case f.Key == "count" && have == "1" && was.Added != b.Added:
			_ = put(one, path, raw, d.By, d.Now())
		default:
			x := survey.Conflict{Asset: key, Field: f.Key, Have: have, Got: said, Evidence: survey.Evidence{Source: survey.SourceDocument, By: "走访表", Ref: file + " " + walkPlace(r), At: d.Now().UTC()}}
			before := len(c.Conflicts)
			d.dispute(c, []survey.Conflict{x})
			b.Proposals += len(c.Conflicts) - before
		}
	}
	if was.Filled == b.Filled && was.Proposals == b.Proposals && len(was.Problems) == len(b.Problems) {
		b.Same++
	}
}

func walkPlace(r survey.WalkRow) string {
	return "“" + r.Sheet + "”第 " + strconv.Itoa(r.Row) + " 行 "
}

// walkLine finds the line that a row speaks of: -1 for none, or why it cannot be told.
func walkLine(c *survey.Case, r survey.WalkRow) (at int, why string) {
	if r.ID != "" {
		i := slices.IndexFunc(c.Assets, func(a survey.Asset) bool { return a.ID == r.ID })
		if i < 0 {
			return -1, "识别码不在这家企业的清单里，没有读入"
		}
		return i, ""
	}
	by := func(same func(a *survey.Asset) bool) (at, n int) {
		at = -1
		for i := range c.Assets {
			if same(&c.Assets[i]) {
				at = i
				n++
			}
		}
		return at, n
	}
	if number := strings.TrimSpace(r.Values["assetId"]); number != "" {
		switch i, n := by(func(a *survey.Asset) bool { return a.AssetID == number }); {
		case n > 1:
			return -1, "资产编号“" + clip(number) + "”有几行设备，请填识别码"
		case n == 1:
			return i, ""
		}
		return -1, ""
	}
	i, n := by(func(a *survey.Asset) bool {
		return a.Name == strings.TrimSpace(r.Values["name"]) && a.Nameplate.Model == strings.TrimSpace(r.Values["nameplate.model"]) && a.Workshop == strings.TrimSpace(r.Values["workshop"])
	})
	if n > 1 {
		return -1, "有几行同名同型号的设备，请填识别码"
	}
	return i, ""
}
