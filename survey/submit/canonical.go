package submit

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// MaxDepth is how deep arrays and objects may nest in canonical JSON.
const MaxDepth = 64

// maxSafe is the largest integer that every JSON reader keeps exactly (2^53-1, RFC 7493 section 2.2).
const maxSafe = 1<<53 - 1

// Canonical rewrites one JSON value in the form of RFC 8785: members sorted by
// UTF-16 code units, no white space, one spelling per string. It is stricter
// than the RFC: numbers must be integers within ±(2^53-1) (amounts and scores
// travel as decimal strings), and double members, lone surrogates, bytes that
// are not UTF-8 and a nesting above MaxDepth are errors that name the place by
// an RFC 6901 pointer.
func Canonical(data []byte) ([]byte, error) {
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("not UTF-8")
	}
	r := reader{in: data}
	v, err := r.value(0)
	if err != nil {
		return nil, err
	}
	r.space()
	if r.at != len(r.in) {
		return nil, r.fail("something follows the value")
	}
	return v.append(make([]byte, 0, len(data))), nil
}

// node is one parsed value: text for scalars, otherwise the parts in order.
type node struct {
	text    []byte
	open    byte // '[' or '{', 0 for scalars
	names   []string
	members []node
}

func (n node) append(to []byte) []byte {
	switch n.open {
	case '[':
		to = append(to, '[')
		for i, m := range n.members {
			if i > 0 {
				to = append(to, ',')
			}
			to = m.append(to)
		}
		return append(to, ']')
	case '{':
		to = append(to, '{')
		for i, at := range n.order() {
			if i > 0 {
				to = append(to, ',')
			}
			to = append(appendString(to, n.names[at]), ':')
			to = n.members[at].append(to)
		}
		return append(to, '}')
	}
	return append(to, n.text...)
}

// order sorts the members by the UTF-16 code units of their names (RFC 8785 section 3.2.3).
func (n node) order() []int {
	keys := make([][]uint16, len(n.names))
	order := make([]int, len(n.names))
	for i, name := range n.names {
		keys[i], order[i] = utf16.Encode([]rune(name)), i
	}
	slices.SortFunc(order, func(a, b int) int { return slices.Compare(keys[a], keys[b]) })
	return order
}

// appendString spells s as RFC 8785 section 3.2.2.2 demands.
func appendString(to []byte, s string) []byte {
	const hex = "0123456789abcdef"
	to = append(to, '"')
	for _, c := range []byte(s) {
		switch {
		case c == '"' || c == '\\':
			to = append(to, '\\', c)
		case c >= 0x20:
			to = append(to, c)
		case c == '\b':
			to = append(to, '\\', 'b')
		case c == '\t':
			to = append(to, '\\', 't')
		case c == '\n':
			to = append(to, '\\', 'n')
		case c == '\f':
			to = append(to, '\\', 'f')
		case c == '\r':
			to = append(to, '\\', 'r')
		default:
			to = append(to, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(to, '"')
}

// integer checks the spelling of a number and its range.
func integer(text []byte) error {
	digits := text
	if len(digits) > 0 && digits[0] == '-' {
		digits = digits[1:]
	}
	switch {
	case len(digits) == 0:
		return fmt.Errorf("not a number")
	case digits[0] == '0' && len(text) > 1:
		return fmt.Errorf("number %q is not an integer in its shortest form", text)
	}
	v, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || v > maxSafe || v < -maxSafe {
		return fmt.Errorf("number %q is not an integer within 2^53-1; use a decimal string", text)
	}
	return nil
}
