package survey_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
)

func sampleCase(t *testing.T) *survey.Case {
	t.Helper()
	data, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		t.Fatal(err)
	}
	c, err := survey.DecodeCase(data)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFactsInAnyOrderGiveTheCaseBack(t *testing.T) {
	want := sampleCase(t)
	want.Drafts = map[string]string{"firm.capital": "很多"}
	facts, err := want.Facts()
	if err != nil {
		t.Fatal(err)
	}
	rand.Shuffle(len(facts), func(i, j int) { facts[i], facts[j] = facts[j], facts[i] })
	got := &survey.Case{ID: want.ID, Created: want.Created, AsOf: want.AsOf}
	if err := got.Assemble(facts); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestALaterReferenceDayIsAFactOfItsOwn(t *testing.T) {
	c := sampleCase(t)
	c.AsOf = "2027-01-05"
	facts, err := c.Facts()
	if err != nil {
		t.Fatal(err)
	}
	got := &survey.Case{AsOf: "2026-11-23"}
	if err := got.Assemble(facts); err != nil || got.AsOf != "2027-01-05" {
		t.Errorf("the reference day came back as %q, %v", got.AsOf, err)
	}
}

func TestARowThatCannotBePlacedIsRefusedNotDropped(t *testing.T) {
	for _, f := range []survey.Fact{
		{Kind: "mystery", ID: "1", Data: json.RawMessage(`{}`)},
		{Kind: "asset", ID: "1", Data: json.RawMessage(`{"id":"1","colour":"red"}`)},
		{Kind: "asset", ID: "1", Data: json.RawMessage(`{"id":"1"} {}`)},
		{Kind: "asset", ID: "1", Data: json.RawMessage(`{"id":"1"}}`)},
		{Kind: "firm", ID: "firm", Data: json.RawMessage(`[]`)},
	} {
		if err := (&survey.Case{}).Assemble([]survey.Fact{f}); survey.CodeOf(err) != survey.CodeStoreDamaged {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

func TestDoubledOrMissingIDsAreRefused(t *testing.T) {
	for _, c := range []survey.Case{
		{Assets: []survey.Asset{{ID: "a"}, {ID: "a"}}},
		{Systems: []survey.System{{}}},
	} {
		if _, err := c.Facts(); err == nil {
			t.Errorf("%+v was taken", c)
		}
	}
}

func TestExchangeFileIsStrict(t *testing.T) {
	for _, s := range []string{``, `{}`, `{"schema":"other/1"}`, `{"schema":"shangyun-case/1","x":1}`, `{"schema":"shangyun-case/1"} 1`,
		`{"schema":"shangyun-case/1","asOf":"yesterday"}`, `{"schema":"shangyun-case/1","firm":{"capital":5}}`} {
		if _, err := survey.DecodeCase([]byte(s)); err == nil {
			t.Errorf("%q was taken", s)
		}
	}
}

func FuzzDecodeCase(f *testing.F) {
	f.Add([]byte(`{"schema":"shangyun-case/1","id":"x","assets":[{"id":"a","count":1}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := survey.DecodeCase(data)
		if err != nil {
			return
		}
		if _, err := c.Clone().Facts(); err != nil {
			t.Fatal(err)
		}
	})
}
