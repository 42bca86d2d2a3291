package survey

import (
	"bytes"
	"encoding/json"
	"reflect"
)

// Diff gives the facts that turn before into after: the changed and new ones as they are in after, and those gone as they were in before.
// Only what differs is written out. It fails as Facts does.
func Diff(before, after *Case) (now, gone []Fact, err error) {
	type key struct{ kind, id string }
	type had struct {
		order int
		v     any
	}
	was := map[key]had{}
	if _, err := before.facts(func(kind, id string, order int, v any) bool {
		was[key{kind, id}] = had{order, v}
		return false
	}); err != nil {
		return nil, nil, err
	}
	now, err = after.facts(func(kind, id string, order int, v any) bool {
		k := key{kind, id}
		o, ok := was[k]
		delete(was, k)
		return !ok || o.order != order || !same(o.v, v)
	})
	if err != nil {
		return nil, nil, err
	}
	gone, err = before.facts(func(kind, id string, _ int, _ any) bool {
		_, left := was[key{kind, id}]
		return left
	})
	return now, gone, err
}

// same tells whether two nouns are written alike.
func same(a, b any) bool {
	if reflect.DeepEqual(a, b) {
		return true
	}
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
