package assess_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

func frozen(t *testing.T, label string, c *survey.Case) *survey.Snapshot {
	a := run(t, c)
	s := assess.Freeze(&a, label, "2026-11-23", "甲", c.Created)
	return &s
}

func TestBeforeAndAfterItemByItem(t *testing.T) {
	before, after := plant(60, 33, 21), plant(60, 33, 40)
	before.Scenes = []survey.SceneAnswer{{Scene: "quality", Level: 1}, {Scene: "office", Level: 2}}
	after.Scenes = []survey.SceneAnswer{{Scene: "quality", Level: 3}, {Scene: "office", Level: 1}}
	after.Answers = []survey.Answer{{Item: "Q8", Options: []string{"D"}}}
	t0, t1 := frozen(t, "T0", before), frozen(t, "T1", after)
	c := assess.Compare(t0, t1)
	var got []string
	for _, it := range c.Items {
		if it.From != it.To {
			got = append(got, it.Key+" "+it.From.String()+"→"+it.To.String()+" "+it.WasWhy+" | "+it.Why)
		}
	}
	want := []string{"Q3 3→6 21 / 60 台 = 35.0% → C | 40 / 60 台 = 66.7% → E", "Q8 0→4.5  | "}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if c.Score.String() != "7.5" || c.Better != 3 || c.Worse != 1 || !c.SameText || len(c.Items) != 15 || len(c.Scenes) != 16 {
		t.Errorf("%s points, %d better, %d worse, %v", c.Score, c.Better, c.Worse, c.SameText)
	}
	if d := cmp.Diff(assess.Pair{Name: "生产设备联网率", Before: "35.0%（21 / 60 台）", After: "66.7%（40 / 60 台）", Was: 350, Is: 667}, c.Pairs[6]); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(assess.Pair{Name: "得分", Before: "7.5", After: "15", Was: 75, Is: 150}, c.Pairs[0]); d != "" {
		t.Error(d)
	}
	back := assess.Compare(t1, t0)
	if back.Score != -c.Score || back.Better != c.Worse || back.Worse != c.Better {
		t.Errorf("the other way round: %s, %d better, %d worse", back.Score, back.Better, back.Worse)
	}
	if same := assess.Compare(t0, t0); same.Better+same.Worse != 0 || same.Score != 0 {
		t.Errorf("a thing differs from itself: %+v", same)
	}
}

// An item that only one of the two editions asks for is named as such and is neither better nor worse.
func TestAnotherEditionIsSaid(t *testing.T) {
	t0, t1 := frozen(t, "T0", plant(60, 33, 21)), frozen(t, "T1", plant(60, 33, 21))
	t1.Digest = "f00"
	if c := assess.Compare(t0, t1); !c.SameEdition || c.SameText {
		t.Errorf("same edition %v, same text %v", c.SameEdition, c.SameText)
	}
	t1.Edition, t1.Items[2].Item = "other", "V3"
	c := assess.Compare(t0, t1)
	only := map[string]string{}
	for _, it := range c.Items {
		if it.Only != "" {
			only[it.Key] = it.Only
		}
	}
	if d := cmp.Diff(map[string]string{"Q3": "T0", "V3": "T1"}, only); d != "" || c.SameEdition || c.Better+c.Worse != 0 {
		t.Error(d, c.Better, c.Worse)
	}
}

// What is frozen is written, read back and stays, whatever becomes of the case.
func TestSnapshotIsAFactOfItsOwn(t *testing.T) {
	c := plant(60, 33, 21)
	c.ID = "c"
	c.Snapshots = []survey.Snapshot{*frozen(t, "T0", c)}
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	back, err := survey.DecodeCase(data)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := back.Facts()
	if err != nil {
		t.Fatal(err)
	}
	again := survey.Case{ID: "c"}
	if err := again.Assemble(facts); err != nil {
		t.Fatal(err)
	}
	again.Assets = nil
	if d := cmp.Diff(c.Snapshots[0], *again.Snapshot("T0")); d != "" {
		t.Error(d)
	}
	c.Snapshots = append(c.Snapshots, c.Snapshots[0])
	if _, err := c.Facts(); err == nil {
		t.Error("two assessments under one label are taken")
	}
}
