package view

import (
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// VisitShop is a workshop with its notes.
type VisitShop struct {
	Name, About, Count string
	Notes              []NoteLine
}

// NoteLine is a note with who wrote it and when.
type NoteLine struct{ Text, By string }

func noteLine(n survey.Remark) NoteLine { return NoteLine{n.Text, n.By + " · " + Clock(n.At)} }

// VisitShops lists the workshops of a walk, each with the notes on it and on its machines.
func VisitShops(w Words, walk survey.Walk, notes []survey.Remark) []VisitShop {
	var out []VisitShop
	for _, s := range walk.Shops {
		v := VisitShop{Name: s.Name, About: "workshop:" + s.Name, Count: w("visit.shop", len(s.Machines))}
		if v.Name == "" {
			v.Name = w("visit.shop.none")
		}
		names := map[string]string{}
		for _, m := range s.Machines {
			names["asset:"+m.ID] = m.Name
		}
		for _, n := range notes {
			name, machine := names[n.About]
			switch {
			case n.About == v.About:
				v.Notes = append(v.Notes, noteLine(n))
			case machine:
				l := noteLine(n)
				l.Text = name + "：" + l.Text
				v.Notes = append(v.Notes, l)
			}
		}
		out = append(out, v)
	}
	return out
}

// MachineItems lists the machines of the register to choose one from.
func MachineItems(w Words, c *survey.Case) []ListItem {
	out := make([]ListItem, len(c.Assets))
	for i := range c.Assets {
		a := &c.Assets[i]
		name := strings.TrimSpace(strings.Join([]string{a.Name, a.Nameplate.Model, a.AssetID}, " "))
		if name == "" {
			name = w("inventory.unnamed")
		}
		out[i] = ListItem{Value: a.ID, Text: name}
	}
	return out
}

// PhotoLines tells what became of photos: those that need a person first.
func PhotoLines(w Words, taken []wizard.PhotoTaken, errText func(error) string) []string {
	var bad, loose, filed []string
	for _, t := range taken {
		switch {
		case t.Code != "":
			bad = append(bad, t.Name+"："+errText(&survey.Error{Code: t.Code, Op: "view", Detail: t.Detail}))
		case t.Asset == "":
			loose = append(loose, w("visit.photo.loose", t.Name))
		default:
			filed = append(filed, w("visit.photo."+t.By, t.Name, t.Machine))
		}
	}
	sum := w("visit.photo.sum", len(filed), len(loose), len(bad))
	return append(append(append([]string{sum}, bad...), loose...), filed...)
}

// Remarks gives the remarks about one part of a check, or about all with "".
func Remarks(notes []survey.Remark, about string) []NoteLine {
	var out []NoteLine
	for _, n := range notes {
		if about == "" || n.About == about {
			out = append(out, noteLine(n))
		}
	}
	return out
}

// SyncWords are the stations of a request: filled in, sealed, sent, received, decided.
type SyncWords struct {
	Name, Note string
	State      string // done, current, problem or todo
}

// SyncSteps tells how far the newest request of a kind is; without one the first station is the present one.
func SyncSteps(w Words, st *wizard.State, list []Sent) []SyncWords {
	keys := []string{"fill", "seal", "send", "receipt", "decide"}
	at, problem := 0, false
	if len(list) > 0 {
		r := list[0].Request
		switch {
		case r.Receipt != nil && (r.State == "accepted" || r.State == "rejected" || r.State == "returned"):
			at, problem = 5, r.State != "accepted"
		case r.Receipt != nil:
			at = 4
		case r.Problem != "":
			at, problem = 2, true
		default:
			at = 2
		}
	}
	out := make([]SyncWords, len(keys))
	for i, key := range keys {
		s := SyncWords{Name: w("sync." + key), State: "todo", Note: w("sync.todo")}
		switch {
		case i < at:
			s.State, s.Note = "done", w("sync.done")
		case i == at:
			s.State, s.Note = "current", w("sync.now")
		}
		out[i] = s
	}
	if problem {
		k := min(at, len(out)-1)
		out[k].State, out[k].Note = "problem", w("sync.problem")
	}
	if n := mustsAll(st); at == 0 && n > 0 {
		out[0].Note = w("sync.musts", strconv.Itoa(n))
	}
	return out
}

func mustsAll(st *wizard.State) int { return len(st.Ready("application")) }
