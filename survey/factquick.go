package survey

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
	"unicode/utf8"
)

// Rows and whole cases mean what strictJSON reads in them. Those that hold nothing unusual are read by quick in a fraction of the time: it
// follows the same Go types, so there is no second schema. Whatever it does not expect (an unknown, doubled or differently written key, a
// null where there is no list or pointer, a number that is not whole, damaged text) it leaves to strictJSON, which reads the whole again:
// both take and refuse the same, with the same errors.

// strictQuick is strictJSON, quicker where it can be.
func strictQuick[T any](data string, v *T) error {
	q := quick{data: data} // what it reads are parts of this one string
	q.blank()
	if q.value(reflect.ValueOf(v).Elem()) {
		if q.blank(); q.at == len(data) {
			return nil
		}
	}
	var zero T
	*v = zero
	return strictJSON([]byte(data), v)
}

type quick struct {
	data string
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
	case reflect.Map:
		if t == reflect.TypeFor[map[string]string]() {
			return &plan{how: (*quick).texts}
		}
	case reflect.Struct:
		return structPlan(t)
	}
	return &plan{}
}

func structPlan(t reflect.Type) *plan {
	p := &plan{}
	if t.NumField() > 64 { // object notes in one word which it has seen
		return p
	}
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
	if !strings.HasPrefix(q.data[q.at:], s) {
		return false
	}
	q.at += len(s)
	return true
}

// sign takes one character when it comes next.
func (q *quick) sign(c byte) bool {
	if q.at < len(q.data) && q.data[q.at] == c {
		q.at++
		return true
	}
	return false
}

// blank takes what JSON calls white space.
func (q *quick) blank() {
	for q.at < len(q.data) && q.data[q.at] <= ' ' {
		switch q.data[q.at] {
		case ' ', '\n', '\t', '\r':
			q.at++
		default:
			return
		}
	}
}

// more takes a comma, or the end of an object or a list.
func (q *quick) more(end byte) (more, ok bool) {
	q.blank()
	if q.sign(',') {
		q.blank()
		return true, true
	}
	return false, q.sign(end)
}

// object takes fields in any order, quickest in the order of the struct, as json.Marshal writes them; each once.
func (q *quick) object(p *plan, v reflect.Value) bool {
	if !q.sign('{') {
		return false
	}
	if q.blank(); q.sign('}') {
		return true
	}
	seen, next := uint64(0), 0
	for {
		i := q.field(p, next)
		if i < 0 || seen&(1<<i) != 0 {
			return false
		}
		seen |= 1 << i
		next = i + 1
		q.blank()
		how := p.fields[i].how
		if how == nil || !how(q, v.Field(i)) {
			return false
		}
		if more, ok := q.more('}'); !more {
			return ok
		}
	}
}

// field takes the name of a field; it looks from the place of the one that should come next. −1 when there is no such name.
func (q *quick) field(p *plan, next int) int {
	for i := next; i < len(p.names); i++ {
		if q.word(p.names[i]) {
			return i
		}
	}
	for i := range min(next, len(p.names)) {
		if q.word(p.names[i]) {
			return i
		}
	}
	return -1
}

func (q *quick) list(v reflect.Value) bool {
	if q.word("null") {
		return true
	}
	if !q.sign('[') {
		return false
	}
	if q.blank(); q.sign(']') {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		return true
	}
	how := planOf(v.Type().Elem()).how
	if how == nil {
		return false
	}
	room := roomOf(v.Type())
	list := room.Get().(reflect.Value)
	defer func() {
		list.Clear()
		list.SetLen(0)
		room.Put(list)
	}()
	for n := 0; ; n++ {
		if n == list.Cap() {
			list.Grow(1)
		}
		list.SetLen(n + 1)
		if !how(q, list.Index(n)) {
			return false
		}
		if more, ok := q.more(']'); !more {
			v.Set(reflect.MakeSlice(v.Type(), n+1, n+1))
			reflect.Copy(v, list)
			return ok
		}
	}
}

// rooms are where lists grow before they are copied in their final length: reflect.Type of the list → *sync.Pool of empty lists.
var rooms sync.Map

func roomOf(t reflect.Type) *sync.Pool {
	if p, ok := rooms.Load(t); ok {
		return p.(*sync.Pool)
	}
	p, _ := rooms.LoadOrStore(t, &sync.Pool{New: func() any { return reflect.New(t).Elem() }})
	return p.(*sync.Pool)
}

// texts takes a map of texts.
func (q *quick) texts(v reflect.Value) bool {
	if !q.sign('{') {
		return false
	}
	m := map[string]string{}
	v.Set(reflect.ValueOf(m))
	if q.blank(); q.sign('}') {
		return true
	}
	for {
		name, ok := q.quoted()
		if !ok {
			return false
		}
		if q.blank(); !q.sign(':') {
			return false
		}
		q.blank()
		text, ok := q.quoted()
		if !ok {
			return false
		}
		m[name] = text
		if more, ok := q.more('}'); !more {
			return ok
		}
	}
}

func (q *quick) pointed(v reflect.Value) bool {
	if q.word("null") {
		return true
	}
	v.Set(reflect.New(v.Type().Elem()))
	return q.value(v.Elem())
}

// quoted takes a string and gives its text; one with a control character or a damaged rune is left.
func (q *quick) quoted() (string, bool) {
	if !q.sign('"') {
		return "", false
	}
	plain := true // ASCII only
	for i := q.at; i < len(q.data); i++ {
		switch c := q.data[i]; {
		case c == '"':
			s := q.data[q.at:i]
			q.at = i + 1
			return s, plain || utf8.ValidString(s)
		case c == '\\':
			return q.escaped()
		case c < ' ':
			return "", false
		case c >= utf8.RuneSelf:
			plain = false
		}
	}
	return "", false
}

// escaped takes a string with escapes; its opening quote has been taken.
func (q *quick) escaped() (string, bool) {
	for i := q.at; i < len(q.data); i++ {
		switch q.data[i] {
		case '\\':
			i++
		case '"':
			var s string
			err := json.Unmarshal([]byte(q.data[q.at-1:i+1]), &s)
			q.at = i + 1
			return s, err == nil
		}
	}
	return "", false
}

func (q *quick) text(v reflect.Value) bool {
	s, ok := q.quoted()
	if ok {
		v.SetString(s)
	}
	return ok
}

func (q *quick) asText(v reflect.Value) bool {
	s, ok := q.quoted()
	return ok && v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s)) == nil
}

func (q *quick) asJSON(v reflect.Value) bool {
	from := q.at
	if _, ok := q.quoted(); !ok {
		return false
	}
	return v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON([]byte(q.data[from:q.at])) == nil
}

// whole takes an integer of up to 18 digits.
func (q *quick) whole(v reflect.Value) bool {
	minus := q.sign('-')
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
