package wizard

import (
	"reflect"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

func fact(t *testing.T, c *survey.Case, kind string) *survey.Fact {
	t.Helper()
	facts, err := c.Facts()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range facts {
		if f.Kind == kind {
			return &f
		}
	}
	return nil
}

func TestADifferenceNamesTheFieldAndBothValues(t *testing.T) {
	before, after := sample(), sample()
	for path, raw := range map[string]string{"assets.a1.digital": "是", "invoices.i1.lines.l1.net": "12.5", "years.2025.staff": "150"} {
		if err := Set(after, path, raw, "甲", noon); err != nil {
			t.Fatal(err)
		}
	}
	d := NewDesk(Parts{})
	for kind, want := range map[string]Difference{
		"asset":   {Sort: DiffChanged, Kind: "asset", ID: "a1", Name: "数控车床", Field: "digital", New: "是"},
		"invoice": {Sort: DiffChanged, Kind: "invoice", ID: "i1", Field: "lines.*.net", Old: "0.00", New: "12.50"},
		"year":    {Sort: DiffChanged, Kind: "year", ID: "2025", Name: "2025", Field: "staff", New: "150"},
	} {
		got := d.Differences([]FactChange{{Kind: kind, ID: want.ID, Old: fact(t, before, kind), New: fact(t, after, kind)}})
		if len(got) != 1 || got[0] != want {
			t.Errorf("%s: %+v, want %+v", kind, got, want)
		}
	}
	now := fact(t, after, "asset")
	if got := d.Differences([]FactChange{{Kind: "asset", ID: "a1", Old: now}}); len(got) != 1 || got[0].Sort != DiffGone || got[0].Name != "数控车床" {
		t.Errorf("taken out: %+v", got)
	}
	moved := *now
	moved.Order++
	if got := d.Differences([]FactChange{{Kind: "asset", ID: "a1", Old: now, New: &moved}}); len(got) != 0 {
		t.Errorf("a new place is told as %+v", got)
	}
}

func TestTelephoneAndAccountAreNeverTold(t *testing.T) {
	c := sample()
	c.Firm.Contact.Phone, c.Firm.Bank.Account = "13812345678", "4300000000000000001"
	c.Drafts = map[string]string{"firm.contact.phone": "13812345678x"}
	d := NewDesk(Parts{})
	got := d.Differences([]FactChange{
		{Kind: "firm", ID: "firm", Old: fact(t, sample(), "firm"), New: fact(t, c, "firm")}, {Kind: "draft", ID: "firm.contact.phone", New: fact(t, c, "draft")},
		{Kind: "firm", ID: "firm", Old: fact(t, c, "firm"), New: fact(t, sample(), "firm")},
	})
	if len(got) != 5 {
		t.Fatalf("%d differences: %+v", len(got), got)
	}
	for _, x := range got {
		if all := x.Old + x.New; strings.Contains(all, "2345") || strings.Contains(all, "00000000") || !strings.Contains(all, "***") {
			t.Errorf("%+v", x)
		}
	}
}

// Shapes gives the label key of every field a fact can have; the languages are held against it.
func Shapes() []string {
	var out []string
	var walk func(t reflect.Type, at string)
	walk = func(t reflect.Type, at string) {
		if _, ok := words(reflect.Zero(t)); ok {
			out = append(out, at)
			return
		}
		switch {
		case t.Kind() == reflect.Struct:
			for i := range t.NumField() {
				f := t.Field(i)
				if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag != "evidence" && tag != "id" && f.Name != keyOf[t] {
					walk(f.Type, at+"."+tag)
				}
			}
		case t.Kind() == reflect.Slice:
			walk(t.Elem(), at+".*")
		default:
			out = append(out, at)
		}
	}
	c := reflect.TypeFor[survey.Case]()
	for i := range c.NumField() {
		tag, _, _ := strings.Cut(c.Field(i).Tag.Get("json"), ",")
		switch t := c.Field(i).Type; {
		case tag == "schema" || tag == "id" || tag == "created" || tag == "drafts":
		case t.Kind() == reflect.Slice:
			kind := "fact." + strings.TrimSuffix(tag, "s")
			out = append(out, kind)
			walk(t.Elem(), kind)
		default:
			out = append(out, "fact."+tag)
			if t.Kind() == reflect.Struct {
				walk(t, "fact."+tag)
			}
		}
	}
	return out
}
