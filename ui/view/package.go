package view

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// PackedRow is one paper of the package.
type PackedRow struct {
	Name, Note string // "08　证据索引"; 必交 · 由本程序生成
	Tone       Tone
}

// PackedRows lists the package in its order; what is missing and must be there is Bad.
func PackedRows(d apply.Dossier) []PackedRow {
	var out []PackedRow
	for _, p := range d.Packing {
		r := PackedRow{Name: p.No + "　" + p.Name, Note: p.Need + " · " + p.State, Tone: Good}
		switch {
		case p.File == "" && p.Paper.Must:
			r.Tone = Bad
		case p.File == "" || p.Paper.Skeleton && p.Attachment == nil:
			r.Tone = Careful
		}
		out = append(out, r)
	}
	return out
}

// GuideTask is one step or duty with its box.
type GuideTask struct {
	Key, Title, Day, Text, Jump string
	Done                        bool
	Tone                        Tone // Bad when its day is past
}

// GuideTasks lists the steps (after false) or the duties after the award. today decides what is late.
func GuideTasks(w Words, st *wizard.State, tasks []apply.Task, after bool) []GuideTask {
	var out []GuideTask
	for _, t := range tasks {
		if t.After != after {
			continue
		}
		r := GuideTask{Key: t.Tick(), Title: t.Title, Day: t.Open, Text: t.Text, Done: t.Done}
		if t.Who != "" {
			r.Title += "（" + t.Who + "）"
		}
		if t.Due != "" {
			r.Day = w("papers.task.due", t.Due.Chinese())
			if !t.Done && t.Due.Before(st.Case.AsOf) {
				r.Tone, r.Day = Bad, w("papers.task.late", t.Due.Chinese())
			}
		} else if t.Open != "" {
			r.Tone, r.Jump = Careful, t.Jump
		}
		out = append(out, r)
	}
	return out
}

// SheetRow is one value to be pasted: Shown is masked where it identifies a person, Copy is whole.
type SheetRow struct {
	No, Label, Shown, Note, Copy string
	Over                         bool
}

// SheetRows prepares a screen of the field sheet.
func SheetRows(s apply.Screen) []SheetRow {
	out := make([]SheetRow, len(s.Fields))
	for i, f := range s.Fields {
		out[i] = SheetRow{No: f.No, Label: f.Label, Shown: survey.MaskField(f.Key, f.Copy), Note: f.Note, Copy: f.Copy, Over: f.Over}
	}
	return out
}

// AssetPicks are the machines that a cost line may have paid for.
func AssetPicks(w Words, c *survey.Case) []Pick {
	out := []Pick{{"", w("subsidy.pick.none"), ""}}
	for _, a := range c.Assets {
		out = append(out, Pick{a.ID, named(w, a.Name), a.AssetID})
	}
	return out
}
