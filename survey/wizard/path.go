package wizard

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// A path names one field of a case by its JSON names: "firm.creditCode", "years.2025.revenue", "assets.<id>.nameplate.model". A list element is
// named by its key; figures of a year, arrangements, notices and answers come into being when they are first written.

// keyOf names the field that identifies an element of a list.
var keyOf = map[reflect.Type]string{
	reflect.TypeFor[survey.Year]():        "Year",
	reflect.TypeFor[survey.Arrangement](): "Kind",
	reflect.TypeFor[survey.Answer]():      "Item",
	reflect.TypeFor[survey.SceneAnswer](): "Scene",
	reflect.TypeFor[survey.Notice]():      "Measure",
}

// made lists the elements that writing may bring into being; the others need a Desk verb.
var made = map[reflect.Type]bool{
	reflect.TypeFor[survey.Year](): true, reflect.TypeFor[survey.Arrangement](): true, reflect.TypeFor[survey.Notice](): true,
}

// place is a field found by its path, with the structs passed on the way.
type place struct {
	leaf    reflect.Value
	parents []reflect.Value // outermost first
	field   string          // path inside the innermost evidenced struct
}

// find walks from c along path. With create, elements that may come into being do.
func find(c *survey.Case, path string, create bool) (place, error) {
	v := reflect.ValueOf(c).Elem()
	p := place{}
	segs := strings.Split(path, ".")
	for i := 0; i < len(segs); i++ {
		if v.Kind() != reflect.Struct {
			return p, unknownPath(path)
		}
		p.parents = append(p.parents, v)
		f, ok := fieldByJSON(v, segs[i])
		if !ok {
			return p, unknownPath(path)
		}
		v = f
		if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct && i+1 < len(segs) {
			i++
			e, err := element(v, segs[i], create)
			if err != nil {
				return p, unknownPath(path)
			}
			v = e
		}
	}
	p.leaf, p.field = v, segs[len(segs)-1]
	return p, nil
}

func fieldByJSON(v reflect.Value, name string) (reflect.Value, bool) {
	t := v.Type()
	for i := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if tag == name {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

func element(list reflect.Value, key string, create bool) (reflect.Value, error) {
	t := list.Type().Elem()
	name := keyOf[t]
	if name == "" {
		name = "ID"
	}
	if _, ok := t.FieldByName(name); !ok {
		return reflect.Value{}, errNoElement
	}
	for i := range list.Len() {
		if text(list.Index(i).FieldByName(name)) == key {
			return list.Index(i), nil
		}
	}
	if !create || !made[t] || !mayBe(t, key) {
		return reflect.Value{}, errNoElement
	}
	e := reflect.New(t).Elem()
	if f := e.FieldByName(name); f.Kind() == reflect.Int {
		n, _ := strconv.Atoi(key)
		f.SetInt(int64(n))
	} else {
		f.SetString(key)
	}
	at := slot(list, e)
	list.Set(reflect.Append(list, e))
	for i := list.Len() - 1; i > at; i-- {
		list.Index(i).Set(list.Index(i - 1))
	}
	list.Index(at).Set(e)
	return list.Index(at), nil
}

// slot gives the index of a new element: years stay ascending, everything else goes to the end.
func slot(list, e reflect.Value) int {
	at := list.Len()
	if e.Type() != reflect.TypeFor[survey.Year]() {
		return at
	}
	for at > 0 && list.Index(at-1).FieldByName("Year").Int() > e.FieldByName("Year").Int() {
		at--
	}
	return at
}

// mayBe tells whether key may name a new element of type t.
func mayBe(t reflect.Type, key string) bool {
	switch t {
	case reflect.TypeFor[survey.Year]():
		n, err := strconv.Atoi(key)
		return err == nil && n >= 1990 && n <= 2100
	case reflect.TypeFor[survey.Arrangement]():
		return slices.ContainsFunc(survey.ArrangementNames, func(n survey.Named[survey.ArrangementKind]) bool { return string(n.Value) == key })
	}
	return key != "" && len(key) <= 40
}

func text(v reflect.Value) string {
	if v.Kind() == reflect.Int {
		return strconv.FormatInt(v.Int(), 10)
	}
	return v.String()
}

var errNoElement = survey.Fail(survey.CodeUnknownItem, "wizard.path", "没有这一项")

func unknownPath(path string) error {
	return survey.Fail(survey.CodeUnknownItem, "wizard.path", "没有字段 %s", path)
}
