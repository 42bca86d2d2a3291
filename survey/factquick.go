package survey

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
	"unicode/utf8"
)

// A row is read by strictJSON. Rows that look exactly as json.Marshal writes them, which is what a store gives back, are read by quick in a
// fifth of the time. Whatever it does not expect (a blank, null, an unknown or doubled key, an escape that it does not know, a number that is
// not whole) it leaves to strictJSON, so that both take and refuse the same.

// strictRow is strictJSON for one row.
func strictRow[T any](data []byte, v *T) error {
	q := quick{data: data}
	if q.value(reflect.ValueOf(v).Elem()) && q.at == len(data) {
		return nil
	}
	var zero T
	*v = zero
	return strictJSON(data, v)
}

type quick struct {
	data []byte
	at   int
}

// plan is how a type is read; how is none for a type that only strictJSON reads.
type plan struct {
	how    func(q *quick, v reflect.Value) bool
	names  []string // of a struct's fields, quoted and with the colon
	fields []*plan
}

var plans sync.Map // reflect.Type → *plan

func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := newPlan(t)
	plans.Store(t, p)
	return p
}

func newPlan(t reflect.Type) *plan {
	switch {
	case reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()):
		return &plan{how: (*quick).asJSON}
	case reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return &plan{how: (*quick).asText}
	}
	switch t.Kind() {
	case reflect.String:
		return &plan{how: (*quick).text}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &plan{how: (*quick).whole}
	case reflect.Bool:
		return &plan{how: (*quick).truth}
	case reflect.Pointer:
		return &plan{how: (*quick).pointed}
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Uint8 {
			return &plan{how: (*quick).list}
		}
	case reflect.Struct:
		return structPlan(t)
	}
	return &plan{}
}

func structPlan(t reflect.Type) *plan {
	p := &plan{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || f.Anonymous || name == "" || name == "-" || strings.Contains(options, "string") {
			return &plan{}
		}
		p.names = append(p.names, `"`+name+`":`)
		p.fields = append(p.fields, planOf(f.Type))
	}
	p.how = func(q *quick, v reflect.Value) bool { return q.object(p, v) }
	return p
}

func (q *quick) value(v reflect.Value) bool {
	how := planOf(v.Type()).how
	return how != nil && how(q, v)
}

// word takes s when it comes next.
func (q *quick) word(s string) bool {
	if len(q.data)-q.at < len(s) || string(q.data[q.at:q.at+len(s)]) != s {
		return false
	}
	q.at += len(s)
	return true
}

// object takes fields in the order of the struct, as json.Marshal writes them; each once.
func (q *quick) object(p *plan, v reflect.Value) bool {
	if !q.word("{") {
		return false
	}
	if q.word("}") {
		return true
	}
	for i := 0; i < len(p.names); i++ {
		if !q.word(p.names[i]) {
			continue
		}
		how := p.fields[i].how
		if how == nil || !how(q, v.Field(i)) {
			return false
		}
		if q.word("}") {
			return true
		}
		if !q.word(",") {
			return false
		}
	}
	return false
}

func (q *quick) list(v reflect.Value) bool {
	if !q.word("[") {
		return false
	}
	if q.word("]") {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		return true
	}
	how := planOf(v.Type().Elem()).how
	for n := 0; how != nil; n++ {
		if n == v.Cap() {
			v.Grow(1)
		}
		v.SetLen(n + 1)
		if !how(q, v.Index(n)) {
			return false
		}
		if q.word("]") {
			return true
		}
		if !q.word(",") {
			return false
		}
	}
	return false
}

func (q *quick) pointed(v reflect.Value) bool {
	if q.at < len(q.data) && q.data[q.at] == 'n' { // null
		return false
	}
	v.Set(reflect.New(v.Type().Elem()))
	return q.value(v.Elem())
}

// quoted takes a string and gives what stands between the quotes; one with an escape, a control character or a damaged rune is left.
func (q *quick) quoted() ([]byte, bool) {
	if !q.word(`"`) {
		return nil, false
	}
	plain := true // ASCII only
	for i := q.at; i < len(q.data); i++ {
		switch c := q.data[i]; {
		case c == '"':
			s := q.data[q.at:i]
			q.at = i + 1
			return s, plain || utf8.Valid(s)
		case c == '\\' || c < ' ':
			return nil, false
		case c >= utf8.RuneSelf:
			plain = false
		}
	}
	return nil, false
}

func (q *quick) text(v reflect.Value) bool {
	s, ok := q.quoted()
	if ok {
		v.SetString(string(s))
	}
	return ok
}

func (q *quick) asText(v reflect.Value) bool {
	s, ok := q.quoted()
	return ok && v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(s) == nil
}

func (q *quick) asJSON(v reflect.Value) bool {
	from := q.at
	if _, ok := q.quoted(); !ok {
		return false
	}
	return v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(q.data[from:q.at]) == nil
}

// whole takes an integer of up to 18 digits.
func (q *quick) whole(v reflect.Value) bool {
	minus := q.word("-")
	from, n := q.at, int64(0)
	for q.at < len(q.data) && q.data[q.at] >= '0' && q.data[q.at] <= '9' {
		n = n*10 + int64(q.data[q.at]-'0')
		if q.at++; q.at-from > 18 {
			return false
		}
	}
	if q.at == from || q.data[from] == '0' && q.at > from+1 || v.OverflowInt(n) {
		return false
	}
	if minus {
		n = -n
	}
	v.SetInt(n)
	return true
}

func (q *quick) truth(v reflect.Value) bool {
	yes := q.word("true")
	v.SetBool(yes)
	return yes || q.word("false")
}
