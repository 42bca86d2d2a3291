package survey

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"
)

// filled gives a noun of every kind with every field set, as json.Marshal writes it.
func filled(t testing.TB) []Fact {
	t.Helper()
	c, n := &Case{}, 0
	fillValue(reflect.ValueOf(c).Elem(), &n)
	facts, err := c.Facts()
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func fillValue(v reflect.Value, n *int) {
	*n++
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 11, 23, 1, 2, 3, *n, time.UTC)))
	case v.Type() == reflect.TypeFor[Tri]():
		v.SetInt(int64(1 + *n%2))
	case v.Type() == reflect.TypeFor[Date]():
		v.SetString(fmt.Sprintf("20%02d-03-05", *n%80))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			fillValue(v.Field(i), n)
		}
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fillValue(v.Index(0), n)
		fillValue(v.Index(1), n)
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillValue(v.Elem(), n)
	case v.Kind() == reflect.String:
		v.SetString(fmt.Sprintf("值%d", *n))
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	case v.CanInt():
		v.SetInt(int64(*n))
	case v.Kind() == reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"firm.capital": "三十万左右"}))
	default:
		panic("a case holds a kind that the test does not fill: " + v.Type().String())
	}
}

// nouns gives a place to read each kind of list row into.
var nouns = map[string]func() any{
	"asset": func() any { return new(Asset) }, "invoice": func() any { return new(Invoice) }, "answer": func() any { return new(Answer) },
	"contract": func() any { return new(Contract) }, "system": func() any { return new(System) }, "year": func() any { return new(Year) },
	"attachment": func() any { return new(Attachment) }, "conflict": func() any { return new(Conflict) }, "site": func() any { return new(Site) },
}

// TestRowsThatAStoreGivesBackGoTheQuickWay would fail for a field of a type that quick does not know; such rows would only be slow.
func TestRowsThatAStoreGivesBackGoTheQuickWay(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range filled(t) {
		to, ok := nouns[f.Kind]
		if !ok {
			continue
		}
		seen[f.Kind] = true
		v := to()
		q := quick{data: string(f.Data)}
		if !q.value(reflect.ValueOf(v).Elem()) || q.at != len(f.Data) {
			t.Errorf("%s stops at %q", f.Kind, f.Data[q.at:])
		}
	}
	if len(seen) != len(nouns) {
		t.Errorf("only %v were tried", seen)
	}
}

// TestAWholeCaseGoesTheQuickWay as it is written, indented, and with its fields in another order: a batch has one of these a millisecond.
func TestAWholeCaseGoesTheQuickWay(t *testing.T) {
	c, n := &Case{}, 0
	fillValue(reflect.ValueOf(c).Elem(), &n)
	c.Schema, c.Firm.Name, c.Assets[0].Note = SchemaCase, "<厂> \"新\" & 旧\n二行", "" // written with escapes
	c.Assets[1].Value, c.Assets[1].Ports = nil, nil
	plain, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	indented, err := json.MarshalIndent(c, " ", "\t")
	if err != nil {
		t.Fatal(err)
	}
	var loose any
	if err := json.Unmarshal(plain, &loose); err != nil {
		t.Fatal(err)
	}
	sorted, err := json.Marshal(loose)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"plain": plain, "indented": indented, "sorted": sorted} {
		var got, want Case
		q := quick{data: string(data)}
		if !q.value(reflect.ValueOf(&got).Elem()) || q.at != len(data) {
			t.Errorf("%s: stops at %.60q", name, data[q.at:])
		}
		if err := strictJSON(data, &want); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, got\n%+v\nwant\n%+v", name, err, got, want)
		}
	}
}

// FuzzCase holds the same for a whole case as FuzzRow does for a row.
func FuzzCase(f *testing.F) {
	c, n := &Case{}, 0
	fillValue(reflect.ValueOf(c).Elem(), &n)
	c.Sites, c.Contracts, c.Invoices, c.Payments, c.Snapshots, c.Attachments = nil, nil, nil, nil, nil, nil
	for _, indent := range []string{"", " "} {
		data, err := json.MarshalIndent(c, "", indent)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, s := range []string{
		" {} ", "{}\v", "{ \"schema\" : \"a\" }", `{"schema":"a" , "id":"b"}`, `{"id":"b","schema":"a"}`, `{"drafts":{}}`, `{"drafts":{"a":"b","a":"c"}}`, `{"drafts":{"a":null}}`,
		`{"drafts":null}`, `{"drafts":{"a" : "\u4e00\ud800"}}`, `{"drafts":{"a":"b",}}`, `{"assets":null}`, `{"assets":[null]}`, `{"assets":[{},{}]}`, `{"assets":[{"value":null}]}`,
		`{"created":null}`, `{"created":"\u0032026-11-23T01:02:03Z"}`, `{"asOf":"2026\u002d11-23"}`, `{"asOf":null}`, `{"plan":null}`, `{"plan":{}}x`, "{\"id\":\"\\\xff\"}", `{"id":"\q"}`, `{"id":"\`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { agree[Case](t, data) })
}

// FuzzRow holds that a row is taken and refused as strictJSON does, whichever way it goes.
func FuzzRow(f *testing.F) {
	for _, fact := range filled(f) {
		if nouns[fact.Kind] != nil {
			f.Add(fact.Kind, []byte(fact.Data))
		}
	}
	for _, s := range []string{
		`{}`, `null`, ``, `{"id":"a"}`, `{"ID":"a"}`, `{"id":"a","id":"b"}`, `{"name":"b","id":"a"}`, `{"id":"\u0061"}`, `{"id":"a"} `, `{"id":"a"}{}`, `{"id":"a",}`, `{,}`,
		`{"count":1e2}`, `{"count":01}`, `{"count":-0}`, `{"count":9223372036854775808}`, `{"count":1.0}`, `{"count":"1"}`, `{"id":"a","more":1}`, `{"id":null}`, `{"ports":[]}`,
		`{"ports":null}`, `{"ports":["a",]}`, `{"counted":"yes"}`, `{"counted":"maybe"}`, `{"value":"1.00"}`, `{"value":null}`, `{"value":1}`, "{\"id\":\"\xff\"}", "{\"id\":\"\t\"}",
		`{"bought":"2021-5"}`, `{"bought":""}`, `{"evidence":[{"at":"2026-11-23T01:02:03Z"}]}`, `{"evidence":[{"at":"gestern"}]}`, `{"nameplate":{"model":"x"}}`, `{"nameplate":{"x":1}}`,
	} {
		f.Add("asset", []byte(s))
	}
	f.Fuzz(func(t *testing.T, kind string, data []byte) {
		if kind == "invoice" {
			agree[Invoice](t, data)
		} else {
			agree[Asset](t, data)
		}
	})
}

func agree[T any](t *testing.T, data []byte) {
	var got, want T
	errGot, errWant := strictQuick(string(data), &got), strictJSON(data, &want)
	if (errGot == nil) != (errWant == nil) {
		t.Fatalf("%q: %v, but strictly %v", data, errGot, errWant)
	}
	if errWant == nil && !reflect.DeepEqual(got, want) {
		t.Errorf("%q gives\n%+v, but strictly\n%+v", data, got, want)
	}
}

// TestACloneSharesNothing changes everything in a clone and finds the original as it was.
func TestACloneSharesNothing(t *testing.T) {
	c, n := &Case{}, 0
	fillValue(reflect.ValueOf(c).Elem(), &n)
	was, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	d := c.Clone()
	if !reflect.DeepEqual(c, d) {
		t.Fatal("the clone differs")
	}
	spoil(reflect.ValueOf(d).Elem())
	d.Drafts["new"] = "x"
	if now, err := json.Marshal(c); err != nil || string(now) != string(was) {
		t.Errorf("the original changed with its clone, %v", err)
	}
	if got := (&Case{}).Clone(); !reflect.DeepEqual(got, &Case{}) {
		t.Errorf("the clone of an empty case is %+v", got)
	}
}

// spoil writes over everything that v reaches, in place.
func spoil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type() != reflect.TypeFor[time.Time]() {
				spoil(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			spoil(v.Index(i))
		}
	case reflect.Pointer:
		spoil(v.Elem())
	case reflect.Map:
		for _, k := range v.MapKeys() {
			v.SetMapIndex(k, reflect.Zero(v.Type().Elem()))
		}
	default:
		v.SetZero()
	}
}

func TestADiffNamesWhatChangedAndNothingElse(t *testing.T) {
	c, n := &Case{}, 0
	fillValue(reflect.ValueOf(c).Elem(), &n)
	d := c.Clone()
	if now, gone, err := Diff(c, d); err != nil || len(now)+len(gone) > 0 {
		t.Fatalf("nothing changed, yet %d and %d, %v", len(now), len(gone), err)
	}
	turned := c.Clone()
	turned.Assets[0], turned.Assets[1] = turned.Assets[1], turned.Assets[0]
	if now, _, err := Diff(c, turned); err != nil || len(now) != 2 || now[0].Order == now[1].Order {
		t.Errorf("two assets that changed places give %v, %v", now, err)
	}
	d.Firm.Name = "新"
	d.Assets[1].Note = "新"
	d.Assets[0].Ports = nil // omitted, so written
	d.Answers = append(d.Answers[:1:1], Answer{Item: "Q99"})
	delete(d.Drafts, "firm.capital")
	now, gone, err := Diff(c, d)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range append(now, gone...) {
		names = append(names, f.Kind+" "+f.ID)
	}
	want := []string{"firm firm", "asset " + c.Assets[0].ID, "asset " + c.Assets[1].ID, "answer Q99", "answer " + c.Answers[1].Item, "draft firm.capital"}
	if !reflect.DeepEqual(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
	c.Assets[0].Ports, d.Assets[0].Ports = []string{}, nil // written alike
	c.Assets[1].Note = d.Assets[1].Note
	if now, _, _ := Diff(&Case{Assets: c.Assets}, &Case{Assets: d.Assets}); len(now) > 0 {
		t.Errorf("assets that are written alike differ: %s", now[0].Data)
	}
	d.Assets[1].ID = d.Assets[0].ID
	if _, _, err := Diff(c, d); CodeOf(err) != CodeField {
		t.Errorf("a doubled id gives %v", err)
	}
}
