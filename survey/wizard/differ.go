package wizard

import (
	"bytes"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// The sorts of Difference.
const (
	DiffChanged = "changed" // a field has another value
	DiffAdded   = "added"   // a fact came
	DiffGone    = "gone"    // a fact was taken out
	DiffSaid    = "said"    // the same value was confirmed again
)

// Difference is one field, or one fact as a whole, that differs. Telephone and bank account numbers are masked in it.
type Difference struct {
	Sort  string `json:"sort"`
	Kind  string `json:"kind"`            // of the fact: firm, asset …
	ID    string `json:"id"`              // of the fact
	Name  string `json:"name,omitempty"`  // how a person knows the fact, e.g. a machine's name
	Field string `json:"field,omitempty"` // JSON names inside the fact, "*" for an element of a list; "" for the fact as a whole
	Old   string `json:"old,omitempty"`
	New   string `json:"new,omitempty"`
}

// small are the kinds of which every field is told when a fact comes or goes; of the others the name says enough.
var small = map[string]bool{"year": true, "answer": true, "scene": true, "arrangement": true, "notice": true, "draft": true, "asOf": true}

// Differences tells what changes did, field by field. A fact that only changed its place in a list is left out.
func (d *Desk) Differences(changes []FactChange) []Difference {
	out := []Difference{}
	for _, f := range changes {
		out = append(out, d.differences(f)...)
	}
	return out
}

func (d *Desk) differences(f FactChange) []Difference {
	if f.Old == nil && f.New == nil {
		return nil
	}
	old, now := noun(f.Old), noun(f.New)
	one := Difference{Kind: f.Kind, ID: f.ID, Name: d.nameOf(f.Kind, f.ID, now), Sort: DiffChanged}
	if !now.IsValid() {
		one.Name = d.nameOf(f.Kind, f.ID, old)
	}
	switch {
	case f.Old != nil && f.New != nil && bytes.Equal(f.Old.Data, f.New.Data):
		return nil
	case small[f.Kind] || f.Old != nil && f.New != nil:
	case f.Old == nil:
		one.Sort = DiffAdded
		return []Difference{one}
	default:
		one.Sort = DiffGone
		return []Difference{one}
	}
	out := compare(one, values(old), values(now))
	if len(out) == 0 {
		one.Sort = DiffSaid
		switch {
		case f.Old == nil:
			one.Sort = DiffAdded
		case f.New == nil:
			one.Sort = DiffGone
		}
		out = append(out, one)
	}
	return out
}

// compare pairs the fields of two states of one fact by their paths.
func compare(one Difference, old, now []value) []Difference {
	was := map[string]value{}
	for _, v := range old {
		was[v.path] = v
	}
	var out []Difference
	put := func(field, before, after string) {
		if before == after {
			return
		}
		x := one
		x.Field, x.Old, x.New = field, hide(one, field, before), hide(one, field, after)
		out = append(out, x)
	}
	for _, v := range now {
		put(v.shape, was[v.path].text, v.text)
		delete(was, v.path)
	}
	for _, v := range old {
		if _, left := was[v.path]; left {
			put(v.shape, v.text, "")
		}
	}
	return out
}

// hide masks a private value; a text kept as a draft of such a field as well.
func hide(one Difference, field, text string) string {
	if one.Kind == "draft" {
		return survey.MaskDraft(one.ID, text)
	}
	return survey.MaskField(one.Kind+"."+field, text)
}

// value is one field in words. Elements without a key of their own go by their place.
type value struct{ path, shape, text string }

// noun gives the noun inside a fact; the zero Value when there is none.
func noun(f *survey.Fact) reflect.Value {
	var c survey.Case
	if f == nil || c.Assemble([]survey.Fact{*f}) != nil {
		return reflect.Value{}
	}
	if f.Kind == "draft" {
		return reflect.ValueOf(c.Drafts[f.ID])
	}
	v := reflect.ValueOf(c)
	for i := range v.NumField() {
		tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		switch {
		case tag == f.Kind:
			return v.Field(i)
		case tag == f.Kind+"s" && v.Field(i).Len() > 0:
			return v.Field(i).Index(0)
		}
	}
	return reflect.Value{}
}

func values(v reflect.Value) []value {
	var out []value
	if v.IsValid() {
		collect(v, "", "", &out)
	}
	return out
}

func collect(v reflect.Value, path, shape string, out *[]value) {
	if text, ok := words(v); ok {
		*out = append(*out, value{path, shape, text})
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			if tag != "evidence" && tag != "id" && v.Type().Field(i).Name != keyOf[v.Type()] {
				collect(v.Field(i), join(path, tag), join(shape, tag), out)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			key := strconv.Itoa(i)
			if id := v.Index(i); id.Kind() == reflect.Struct && id.FieldByName("ID").IsValid() {
				key = id.FieldByName("ID").String()
			}
			collect(v.Index(i), join(path, key), join(shape, "*"), out)
		}
	case reflect.Pointer, reflect.Map:
	default:
		*out = append(*out, value{path, shape, fmt.Sprint(v.Interface())})
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// words prints a field as a person reads it; false for what is taken apart further.
func words(v reflect.Value) (string, bool) {
	switch x := v.Interface().(type) {
	case survey.Tri:
		if x == survey.Unknown {
			return "", true
		}
		return x.Chinese(), true
	case time.Time:
		return x.UTC().Format(time.RFC3339), true
	case money.Fen:
		return x.Display(), true
	case survey.PolicyClass:
		return named(survey.ClassNames, x), true
	case survey.Use:
		return named(survey.UseNames, x), true
	case survey.NetKind:
		return named(survey.NetNames, x), true
	case survey.SystemKind:
		return named(survey.SystemKindNames, x), true
	case survey.Deployment:
		return named(survey.DeploymentNames, x), true
	case survey.CostKind:
		return named(survey.CostKindNames, x), true
	case survey.Topic:
		return named(survey.TopicNames, x), true
	case survey.ArrangementKind:
		return named(survey.ArrangementNames, x), true
	case []survey.Function:
		list := make([]string, len(x))
		for i, f := range x {
			list[i] = named(survey.FnNames, f)
		}
		return strings.Join(list, "、"), true
	}
	if t, ok := leaves[v.Type()]; ok {
		return t.print(v.Interface()), true
	}
	return "", false
}

func named[T ~string](list []survey.Named[T], v T) string {
	if n := survey.NameOf(list, v); n != "" {
		return n
	}
	return string(v)
}

// nameOf is how a person knows a fact of a list; "" for what there is one of only.
func (d *Desk) nameOf(kind, id string, v reflect.Value) string {
	switch kind {
	case "scene":
		for _, s := range assess.Run(d.Packs.Questions, &survey.Case{}).Scenes {
			if s.Key == id {
				return s.Title
			}
		}
		return id
	case "arrangement":
		return named(survey.ArrangementNames, survey.ArrangementKind(id))
	case "year", "answer", "notice", "snapshot":
		return id
	}
	if !v.IsValid() || v.Kind() != reflect.Struct || kind == "firm" || kind == "project" {
		return ""
	}
	for _, name := range []string{"Name", "Number", "Programme", "Title", "Voucher", "Kind"} {
		if f := v.FieldByName(name); f.IsValid() && f.Kind() == reflect.String && f.String() != "" {
			return f.String()
		}
	}
	return ""
}
