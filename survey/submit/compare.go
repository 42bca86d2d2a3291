package submit

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// Difference is one place where two revisions say different things. Pointer is of the newer one; where something was taken out, of the older.
type Difference struct {
	Pointer string          `json:"pointer"`
	Before  json.RawMessage `json:"before,omitempty"` // absent: it is new
	After   json.RawMessage `json:"after,omitempty"`  // absent: it was taken out
}

// Compare lists what changed between two revisions of a request: document, attachments and summary, in the order of the newer. Rows and
// parts that have a name of their own (key, id, name …) are matched by it, others by their place.
func Compare(older, newer Sealed) []Difference {
	var out []Difference
	for _, part := range []string{"document", "attachments", "summary"} {
		before, _ := member(older.Bytes, part)
		after, _ := member(newer.Bytes, part)
		out = append(out, differ(Pointer(part), before, after)...)
	}
	return out
}

func differ(at string, before, after json.RawMessage) []Difference {
	if bytes.Equal(before, after) {
		return nil
	}
	if len(before) == 0 || len(after) == 0 || before[0] != after[0] {
		return []Difference{{at, before, after}}
	}
	switch after[0] {
	case '{':
		return differObjects(at, before, after)
	case '[':
		return differLists(at, before, after)
	}
	return []Difference{{at, before, after}}
}

func differObjects(at string, before, after json.RawMessage) []Difference {
	var a, b map[string]json.RawMessage
	if json.Unmarshal(before, &a) != nil || json.Unmarshal(after, &b) != nil {
		return []Difference{{at, before, after}}
	}
	all := maps.Clone(a)
	maps.Copy(all, b)
	var out []Difference
	for _, name := range slices.Sorted(maps.Keys(all)) {
		out = append(out, differ(at+Pointer(name), a[name], b[name])...)
	}
	return out
}

func differLists(at string, before, after json.RawMessage) []Difference {
	var a, b []json.RawMessage
	if json.Unmarshal(before, &a) != nil || json.Unmarshal(after, &b) != nil {
		return []Difference{{at, before, after}}
	}
	pairs := pairUp(a, b)
	var out []Difference
	for _, p := range pairs {
		switch {
		case p.before < 0:
			out = append(out, Difference{Pointer: at + Pointer(strconv.Itoa(p.after)), After: b[p.after]})
		case p.after < 0:
			out = append(out, Difference{Pointer: at + Pointer(strconv.Itoa(p.before)), Before: a[p.before]})
		default:
			out = append(out, differ(at+Pointer(strconv.Itoa(p.after)), a[p.before], b[p.after])...)
		}
	}
	return out
}

// pair holds the places of one element in both lists, -1 where it is not.
type pair struct{ before, after int }

func pairUp(a, b []json.RawMessage) []pair {
	for _, name := range []string{"key", "id", "name", "sha256", "number", "title"} {
		was, ok := named(a, name)
		is, also := named(b, name)
		if ok && also {
			return byName(was, is)
		}
	}
	return byPlace(a, b)
}

// named gives the place of each element by a member that all have and none shares.
func named(list []json.RawMessage, member string) (map[string]int, bool) {
	places := map[string]int{}
	for i, v := range list {
		var m map[string]json.RawMessage
		var name string
		if json.Unmarshal(v, &m) != nil || json.Unmarshal(m[member], &name) != nil || name == "" {
			return nil, false
		}
		if _, twice := places[name]; twice {
			return nil, false
		}
		places[name] = i
	}
	return places, true
}

func byName(was, is map[string]int) []pair {
	var out []pair
	for name, i := range is {
		p := pair{-1, i}
		if at, ok := was[name]; ok {
			p.before = at
		}
		out = append(out, p)
	}
	for name, i := range was {
		if _, still := is[name]; !still {
			out = append(out, pair{i, -1})
		}
	}
	slices.SortFunc(out, func(x, y pair) int { // what is there in its order, then what is gone in its own
		gone := func(p pair) int { return min(p.after, 0) }
		return cmp.Or(gone(y)-gone(x), x.after-y.after, x.before-y.before)
	})
	return out
}

// byPlace keeps what is alike at the beginning and at the end together, so that a row put in between shows as one new row.
func byPlace(a, b []json.RawMessage) []pair {
	head := 0
	for head < len(a) && head < len(b) && bytes.Equal(a[head], b[head]) {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && bytes.Equal(a[len(a)-1-tail], b[len(b)-1-tail]) {
		tail++
	}
	var out []pair
	for i := head; i < max(len(a), len(b))-tail; i++ {
		p := pair{i, i}
		if i >= len(a)-tail {
			p.before = -1
		}
		if i >= len(b)-tail {
			p.after = -1
		}
		out = append(out, p)
	}
	return out
}
