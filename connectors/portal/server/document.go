package server

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Node is one part of a document as the page shows it: words, or parts, or a
// table when all parts are alike and flat.
type Node struct {
	Label string
	Text  string
	Parts []Node
	Head  []string // of a table
	Rows  [][]string
}

// nodeOf makes any JSON readable.
func nodeOf(b json.RawMessage) (Node, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return Node{}, err
	}
	return node(v), nil
}

func parts(m map[string]any) []Node {
	list := make([]Node, 0, len(m))
	for _, name := range slices.Sorted(maps.Keys(m)) {
		n := node(m[name])
		n.Label = label(name)
		list = append(list, n)
	}
	return list
}

func node(v any) Node {
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 {
			return Node{Text: "（空）"}
		}
		return Node{Parts: parts(v)}
	case []any:
		return listNode(v)
	}
	return Node{Text: scalar(v)}
}

func listNode(list []any) Node {
	if len(list) == 0 {
		return Node{Text: "（无）"}
	}
	if head, ok := alike(list); ok {
		n := Node{}
		for _, name := range head {
			n.Head = append(n.Head, label(name))
		}
		for _, row := range list {
			cells := make([]string, len(head))
			for i, name := range head {
				cells[i] = scalar(row.(map[string]any)[name])
			}
			n.Rows = append(n.Rows, cells)
		}
		return n
	}
	if !slices.ContainsFunc(list, func(v any) bool { return !flat(v) }) {
		words := make([]string, len(list))
		for i, v := range list {
			words[i] = scalar(v)
		}
		return Node{Text: strings.Join(words, "、")}
	}
	n := Node{}
	for i, v := range list {
		part := node(v)
		part.Label = strconv.Itoa(i + 1)
		n.Parts = append(n.Parts, part)
	}
	return n
}

// alike gives the columns of a list of flat objects with at most eight names between them.
func alike(list []any) ([]string, bool) {
	names := map[string]bool{}
	for _, v := range list {
		m, ok := v.(map[string]any)
		if !ok {
			return nil, false
		}
		for name, value := range m {
			if !flat(value) {
				return nil, false
			}
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names)), len(names) > 0 && len(names) <= 8
}

func flat(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		if v == "" {
			return "—"
		}
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "是"
		}
		return "否"
	}
	return "—"
}

// cellAt gives a row's cell, "" where the row is shorter than its head.
func cellAt(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

// rightAt tells whether a column is of figures.
func rightAt(right []bool, i int) bool { return i < len(right) && right[i] }

// codeLike tells whether a cell is a number, a date or a code, which no line should break.
func codeLike(s string) bool {
	return len(s) <= 24 && strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f }) < 0
}
