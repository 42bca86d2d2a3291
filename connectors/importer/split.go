package importer

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// trait is 数字化 or 联网 of one row: uniform over all its machines, or true of some of them.
type trait struct {
	tri  survey.Tri
	some int // machines it is true of; -1 when tri speaks for all
}

// flagOf reads the yes/no column and the column of 台数. A number above 1, or one with 台, in the yes/no column is a count.
func (rec *record) flagOf(yesNo, number Field, total int) trait {
	t, c := rec.cell(number)
	if isNone(t) {
		if t, c = rec.cell(yesNo); isNone(t) {
			v, _ := readTri(t)
			return trait{v, -1}
		}
		if v, err := readTri(t); err == nil {
			return trait{v, -1}
		}
	}
	n, err := readCount(t)
	if err != nil && c.Field == FieldNetworked && readNetwork(t) != (network{}) {
		return trait{survey.Yes, -1} // 联网 filled with the network itself
	}
	switch {
	case err != nil && c.Field == yesNo:
		rec.problem(c, "“"+cut(t, 20)+"”看不出是或否，请填 是 或 否")
		return trait{survey.Unknown, -1}
	case err != nil:
		rec.problem(c, err.Error())
		return trait{survey.Unknown, -1}
	case n > total:
		rec.problem(c, fmt.Sprintf("%d 台多于数量 %d 台，请核对", n, total))
		return trait{survey.Unknown, -1}
	case n == total:
		return trait{survey.Yes, -1}
	case n == 0:
		return trait{survey.No, -1}
	}
	return trait{survey.Unknown, n}
}

// split sets 数字化 and 联网, and parts a row whose machines differ into lines that are alike. Machines on the network
// are taken to be among the digital ones, which the note of each line says.
func (rec *record) split(a survey.Asset) []survey.Asset {
	d := rec.flagOf(FieldDigital, FieldDigitalN, a.Count)
	n := rec.flagOf(FieldNetworked, FieldNetworkN, a.Count)
	rec.contradictions(&a, d, n)
	if d.some < 0 && n.some < 0 {
		a.Digital, a.Networked = d.tri, n.tri
		rec.wire(&a)
		return []survey.Asset{a}
	}
	cuts := []int{a.Count}
	for _, at := range []int{d.some, n.some} {
		if at > 0 {
			cuts = append(cuts, at)
		}
	}
	lines := partition(a, cuts)
	from := 0
	for i := range lines {
		l := &lines[i]
		l.Digital, l.Networked = d.at(from), n.at(from)
		from += l.Count
		rec.wire(l)
		if l.Networked != survey.Yes {
			// Neither data nor a cloud reaches a machine that is on no network, whatever the row says of its fellows.
			l.Flows, l.OnCloud, l.Platform = nil, survey.Unknown, ""
		}
		l.Note = joinNote(l.Note, fmt.Sprintf("由一行 %d 台拆出", a.Count))
		if d.some > 0 && n.some > 0 {
			l.Note += "，联网的视为数字化设备的一部分"
		}
		if i > 0 && l.AssetID != "" {
			l.AssetID = fmt.Sprintf("%s#%d", l.AssetID, i+1)
		}
	}
	return lines
}

// contradictions names what the row says against itself; nothing is corrected.
func (rec *record) contradictions(a *survey.Asset, d, n trait) {
	_, c := rec.cell(FieldNetworked)
	if c == nil {
		_, c = rec.cell(FieldNetworkN)
	}
	digital, known := d.machines(a.Count)
	networked, known2 := n.machines(a.Count)
	if known && known2 && networked > digital {
		rec.problem(c, fmt.Sprintf("联网 %d 台多于数字化 %d 台，请核对", networked, digital))
	}
	if known2 && networked == 0 && (len(a.Flows) > 0 || a.OnCloud == survey.Yes) {
		rec.problem(c, "填了未联网，又写了自动采集或上云，请核对")
	}
}

// machines counts the machines the trait is true of; false when it is unknown.
func (f trait) machines(total int) (int, bool) {
	switch {
	case f.some >= 0:
		return f.some, true
	case f.tri == survey.Yes:
		return total, true
	}
	return 0, f.tri == survey.No
}

// at gives the flag of the machine with index i; those it is true of stand first.
func (f trait) at(i int) survey.Tri {
	if f.some < 0 {
		return f.tri
	}
	return survey.TriOf(i < f.some)
}

// wire adds the network of a networked line.
func (rec *record) wire(a *survey.Asset) {
	if a.Networked != survey.Yes {
		return
	}
	for _, f := range []Field{FieldNetwork, FieldNetworked} {
		t, _ := rec.cell(f)
		n := readNetwork(t)
		if a.Network == "" {
			a.Network = n.kind
		}
		if a.Via == "" {
			a.Via = n.via
		}
	}
}

// partition parts a at the given counts; the value is shared by count to the fen, the rest going to the last line.
func partition(a survey.Asset, cuts []int) []survey.Asset {
	var lines []survey.Asset
	from, spent := 0, money.Fen(0)
	for from < a.Count {
		to := a.Count
		for _, c := range cuts {
			if c > from && c < to {
				to = c
			}
		}
		l := a
		l.Count = to - from
		if a.Value != nil {
			v := money.Part(*a.Value, to, a.Count) - spent
			spent += v
			l.Value = &v
		}
		l.Evidence = append([]survey.Evidence(nil), a.Evidence...)
		lines = append(lines, l)
		from = to
	}
	return lines
}
