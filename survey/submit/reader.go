package submit

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// reader is a strict JSON reader (RFC 8259) over bytes that are known to be UTF-8.
type reader struct {
	in   []byte
	at   int
	path []string
}

func (r *reader) fail(format string, args ...any) error {
	var pointer strings.Builder
	for _, p := range r.path {
		pointer.WriteByte('/')
		pointer.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(p))
	}
	return fmt.Errorf("%q byte %d: %s", pointer.String(), r.at, fmt.Sprintf(format, args...))
}

func (r *reader) space() {
	for r.at < len(r.in) && strings.IndexByte(" \t\n\r", r.in[r.at]) >= 0 {
		r.at++
	}
}

func (r *reader) peek() byte {
	if r.at < len(r.in) {
		return r.in[r.at]
	}
	return 0
}

func (r *reader) value(depth int) (node, error) {
	if depth > MaxDepth {
		return node{}, r.fail("nested deeper than %d", MaxDepth)
	}
	r.space()
	switch c := r.peek(); {
	case c == '{':
		return r.object(depth)
	case c == '[':
		return r.array(depth)
	case c == '"':
		s, err := r.string()
		return node{text: appendString(nil, s)}, err
	case c == '-' || c >= '0' && c <= '9':
		return r.number()
	}
	for _, word := range []string{"true", "false", "null"} {
		if bytes.HasPrefix(r.in[r.at:], []byte(word)) {
			r.at += len(word)
			return node{text: []byte(word)}, nil
		}
	}
	return node{}, r.fail("a value is expected")
}

func (r *reader) number() (node, error) {
	from := r.at
	for r.at < len(r.in) && strings.IndexByte("+-.0123456789eE", r.in[r.at]) >= 0 {
		r.at++
	}
	text := r.in[from:r.at]
	if err := integer(text); err != nil {
		return node{}, r.fail("%v", err)
	}
	return node{text: text}, nil
}

func (r *reader) array(depth int) (node, error) {
	n := node{open: '['}
	r.at++
	for r.space(); r.peek() != ']'; r.space() {
		if len(n.members) > 0 {
			if r.peek() != ',' {
				return node{}, r.fail("',' or ']' is expected")
			}
			r.at++
		}
		r.path = append(r.path, strconv.Itoa(len(n.members)))
		m, err := r.value(depth + 1)
		if err != nil {
			return node{}, err
		}
		r.path = r.path[:len(r.path)-1]
		n.members = append(n.members, m)
	}
	r.at++
	return n, nil
}

func (r *reader) object(depth int) (node, error) {
	n := node{open: '{'}
	seen := map[string]bool{}
	r.at++
	for r.space(); r.peek() != '}'; r.space() {
		if len(n.members) > 0 {
			if r.peek() != ',' {
				return node{}, r.fail("',' or '}' is expected")
			}
			r.at++
			r.space()
		}
		name, err := r.name(seen)
		if err != nil {
			return node{}, err
		}
		r.path = append(r.path, name)
		m, err := r.value(depth + 1)
		if err != nil {
			return node{}, err
		}
		r.path = r.path[:len(r.path)-1]
		n.names, n.members = append(n.names, name), append(n.members, m)
	}
	r.at++
	return n, nil
}

func (r *reader) name(seen map[string]bool) (string, error) {
	if r.peek() != '"' {
		return "", r.fail("a member's name is expected")
	}
	name, err := r.string()
	if err != nil {
		return "", err
	}
	if seen[name] {
		return "", r.fail("member %q stands twice", name)
	}
	seen[name] = true
	if r.space(); r.peek() != ':' {
		return "", r.fail("':' is expected")
	}
	r.at++
	return name, nil
}

func (r *reader) string() (string, error) {
	var out []byte
	for r.at++; r.at < len(r.in); {
		switch c := r.in[r.at]; {
		case c == '"':
			r.at++
			return string(out), nil
		case c < 0x20:
			return "", r.fail("control character in a string")
		case c == '\\':
			char, err := r.escape()
			if err != nil {
				return "", err
			}
			out = utf8.AppendRune(out, char)
		default:
			out = append(out, c)
			r.at++
		}
	}
	return "", r.fail("string without an end")
}

func (r *reader) escape() (rune, error) {
	r.at++
	c := r.peek()
	if i := strings.IndexByte(`"\/bfnrt`, c); c != 0 && i >= 0 {
		r.at++
		return rune("\"\\/\b\f\n\r\t"[i]), nil
	}
	first, err := r.hex4()
	if err != nil || !utf16.IsSurrogate(first) {
		return first, err
	}
	if r.peek() != '\\' {
		return 0, r.fail("lone surrogate")
	}
	r.at++
	second, err := r.hex4()
	if err != nil {
		return 0, err
	}
	char := utf16.DecodeRune(first, second)
	if char == utf8.RuneError {
		return 0, r.fail("lone surrogate")
	}
	return char, nil
}

// hex4 reads uXXXX.
func (r *reader) hex4() (rune, error) {
	if r.peek() != 'u' || r.at+5 > len(r.in) {
		return 0, r.fail("unknown escape")
	}
	v, err := strconv.ParseUint(string(r.in[r.at+1:r.at+5]), 16, 16)
	if err != nil {
		return 0, r.fail("unknown escape")
	}
	r.at += 5
	return rune(v), nil
}
