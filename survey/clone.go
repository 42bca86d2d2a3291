package survey

import (
	"reflect"
	"sync"
	"time"
)

// Clone copies a case deeply.
func (c *Case) Clone() *Case {
	d := *c
	part(reflect.ValueOf(&d).Elem())
	return &d
}

// part gives v, whose bytes were copied, slices, maps and pointees of its own.
func part(v reflect.Value) {
	if !shares(v.Type()) {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			part(v.Field(i))
		}
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		s := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(s, v)
		v.Set(s)
		for i := 0; i < s.Len() && shares(v.Type().Elem()); i++ {
			part(s.Index(i))
		}
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		p := reflect.New(v.Type().Elem())
		p.Elem().Set(v.Elem())
		v.Set(p)
		part(p.Elem())
	case reflect.Map: // of text to text: see Case.Drafts
		if v.IsNil() {
			return
		}
		m := reflect.MakeMapWithSize(v.Type(), v.Len())
		for k, e := range v.Seq2() {
			m.SetMapIndex(k, e)
		}
		v.Set(m)
	}
}

var shared sync.Map // reflect.Type → bool

// shares tells whether two values of a type with the same bytes would share what one of them changes. A time's place is never changed.
func shares(t reflect.Type) bool {
	if known, ok := shared.Load(t); ok {
		return known.(bool)
	}
	yes := t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Pointer
	if t.Kind() == reflect.Struct && t != reflect.TypeFor[time.Time]() {
		for i := range t.NumField() {
			yes = yes || shares(t.Field(i).Type)
		}
	}
	shared.Store(t, yes)
	return yes
}
