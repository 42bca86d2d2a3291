package casedb

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// difference gives the changes that turn one case into the other.
func difference(t *rapid.T, before, after *survey.Case) []wizard.Change {
	was := map[string]survey.Fact{}
	old, err := before.Facts()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range old {
		was[f.Kind+"/"+f.ID] = f
	}
	now, err := after.Facts()
	if err != nil {
		t.Fatal(err)
	}
	var out []wizard.Change
	for _, f := range now {
		if o, ok := was[f.Kind+"/"+f.ID]; !ok || o.Order != f.Order || !bytes.Equal(o.Data, f.Data) {
			out = append(out, wizard.Change{Fact: f})
		}
		delete(was, f.Kind+"/"+f.ID)
	}
	for _, f := range was {
		out = append(out, wizard.Change{Fact: f, Gone: true})
	}
	return out
}

// edit does one random thing to a case that a person could do.
func edit(t *rapid.T, c *survey.Case) {
	text := rapid.StringN(0, 12, 60)
	switch rapid.IntRange(0, 6).Draw(t, "edit") {
	case 0:
		c.Firm.Name, c.Firm.Dishonest = text.Draw(t, "name"), survey.Tri(rapid.IntRange(0, 2).Draw(t, "tri"))
	case 1:
		id := fmt.Sprintf("a%d", rapid.IntRange(0, 4).Draw(t, "id"))
		for i := range c.Assets {
			if c.Assets[i].ID == id {
				c.Assets[i].Note = text.Draw(t, "note")
				return
			}
		}
		at := rapid.IntRange(0, len(c.Assets)).Draw(t, "at")
		c.Assets = append(c.Assets[:at:at], append([]survey.Asset{{ID: id, Name: text.Draw(t, "asset")}}, c.Assets[at:]...)...)
	case 2:
		if n := len(c.Assets); n > 0 {
			at := rapid.IntRange(0, n-1).Draw(t, "at")
			c.Assets = append(c.Assets[:at:at], c.Assets[at+1:]...)
		}
	case 3:
		if n := len(c.Assets); n > 1 {
			c.Assets[0], c.Assets[n-1] = c.Assets[n-1], c.Assets[0]
		}
	case 4:
		if c.Drafts == nil {
			c.Drafts = map[string]string{}
		}
		c.Drafts[rapid.SampledFrom([]string{"firm.capital", "firm.founded"}).Draw(t, "path")] = text.Draw(t, "draft")
	case 5:
		delete(c.Drafts, "firm.capital")
	case 6:
		c.Answers = []survey.Answer{{Item: "Q6", Options: []string{"A", "C"}, Explanation: text.Draw(t, "why")}}
	}
	if len(c.Assets) == 0 {
		c.Assets = nil
	}
	if len(c.Drafts) == 0 {
		c.Drafts = nil
	}
}

func TestAnyEditsComeBack(t *testing.T) {
	db := start(t, t.TempDir())
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		want := &survey.Case{Schema: survey.SchemaCase, ID: fmt.Sprint(n), Created: day, AsOf: "2026-11-23"}
		if err := db.Create(t.Context(), want, "", day); err != nil {
			rt.Fatal(err)
		}
		for i := range rapid.IntRange(1, 4).Draw(rt, "saves") {
			before := want.Clone()
			for range rapid.IntRange(1, 5).Draw(rt, "edits") {
				edit(rt, want)
			}
			if err := db.Save(t.Context(), want.ID, difference(rt, before, want), "", day.Add(time.Duration(i))); err != nil {
				rt.Fatal(err)
			}
			got, err := db.Load(t.Context(), want.ID)
			if err != nil {
				rt.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				rt.Fatal(diff)
			}
		}
	})
}
