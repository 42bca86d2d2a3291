package view

import (
	"time"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

// ClashRow is one fact that two computers left with different values, in words.
type ClashRow struct {
	Kind, ID   string
	Title      string
	Mine       string // who wrote what holds here, and when
	Sides      []ClashSide
	MineIsGone bool
}

// ClashSide is one other value beside ours.
type ClashSide struct {
	Theirs string      // who wrote it, and when
	Fields [][3]string // name of the field, ours, theirs
	Joins  bool        // neither side changed what the other changed
}

// ClashRows lists what people have to settle.
func ClashRows(w Words, list []wizard.Clash) []ClashRow {
	say := wizard.Say(w)
	empty := func(s string) string {
		if s == "" {
			return w("history.empty")
		}
		return s
	}
	var out []ClashRow
	for _, k := range list {
		r := ClashRow{Kind: k.Kind, ID: k.ID, Title: say.Fact(k.Kind, k.Name), Mine: w("parcel.clash.mine", said(k.Mine.By, k.Mine.At)), MineIsGone: k.Mine.Fact == nil}
		for i, o := range k.Other {
			s := ClashSide{Theirs: w("parcel.clash.theirs", said(o.By, o.At)), Joins: k.Joins[i]}
			for _, x := range k.Fields[i] {
				switch {
				case k.Mine.Fact == nil && x.Field == "":
					s.Fields = append(s.Fields, [3]string{r.Title, w("parcel.clash.gone"), w("parcel.clash.there")})
				case o.Fact == nil && x.Field == "":
					s.Fields = append(s.Fields, [3]string{r.Title, w("parcel.clash.there"), w("parcel.clash.gone")})
				default:
					s.Fields = append(s.Fields, [3]string{say.Field(x), empty(x.Old), empty(x.New)})
				}
			}
			r.Sides = append(r.Sides, s)
		}
		out = append(out, r)
	}
	return out
}

// said is who and when, to the minute and in the time of this computer.
func said(by, at string) string {
	if t, err := time.Parse(time.RFC3339Nano, at); err == nil {
		at = t.Local().Format("2006-01-02 15:04")
	}
	return join(by, at)
}
