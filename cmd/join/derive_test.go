package join

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
)

func TestTheSampleIsAWholeCaseThatReachesTheKnownFigures(t *testing.T) {
	data, err := Sample()
	if err != nil {
		t.Fatal(err)
	}
	c, err := survey.DecodeCase(data)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(c.Scenes, func(a, b survey.SceneAnswer) int { return strings.Compare(a.Scene, b.Scene) }) || len(c.Scenes) != 16 {
		t.Errorf("the scenes stand in no fixed order: %v", c.Scenes)
	}
	d, err := Thinking()
	if err != nil {
		t.Fatal(err)
	}
	st := d.Derive(context.Background(), c)
	k := st.Assessment.Rates
	if k.Machines != 60 || k.Digital != 33 || k.Networked != 21 || len(st.Assessment.Open) != 0 || st.Assessment.Level != 1 {
		t.Errorf("rates %d/%d/%d, level %d, open %v", k.Machines, k.Digital, k.Networked, st.Assessment.Level, st.Assessment.Open)
	}
	if a := st.Claims.Conservative.Amount; a == nil || a.String() != "576000.00" {
		t.Errorf("headline %v", a)
	}
}

func BenchmarkDeriveOfTheSampleCase(b *testing.B) {
	data, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		b.Fatal(err)
	}
	c, err := survey.DecodeCase(data)
	if err != nil {
		b.Fatal(err)
	}
	d, err := Thinking()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d.Derive(context.Background(), c)
	}
}
