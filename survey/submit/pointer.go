package submit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Pointer joins names to an RFC 6901 pointer.
func Pointer(names ...string) string {
	var b strings.Builder
	for _, n := range names {
		b.WriteByte('/')
		b.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(n))
	}
	return b.String()
}

// names splits an RFC 6901 pointer.
func names(pointer string) ([]string, error) {
	if pointer == "" {
		return nil, nil
	}
	if pointer[0] != '/' || len(pointer) > 500 {
		return nil, fmt.Errorf("pointer %q does not begin with /", pointer)
	}
	parts := strings.Split(pointer[1:], "/")
	for i, p := range parts {
		if strings.Contains(strings.NewReplacer("~0", "", "~1", "").Replace(p), "~") {
			return nil, fmt.Errorf("pointer %q has a lone ~", pointer)
		}
		parts[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(p)
	}
	return parts, nil
}

// Resolve gives what an RFC 6901 pointer names in a JSON value.
func Resolve(value json.RawMessage, pointer string) (json.RawMessage, error) {
	parts, err := names(pointer)
	if err != nil {
		return nil, err
	}
	for _, name := range parts {
		if value, err = member(value, name); err != nil {
			return nil, fmt.Errorf("pointer %q: %w", pointer, err)
		}
	}
	return value, nil
}

func member(value json.RawMessage, name string) (json.RawMessage, error) {
	switch value = bytes.TrimSpace(value); {
	case len(value) > 0 && value[0] == '{':
		var m map[string]json.RawMessage
		if err := json.Unmarshal(value, &m); err != nil {
			return nil, err
		}
		if v, ok := m[name]; ok {
			return v, nil
		}
	case len(value) > 0 && value[0] == '[':
		var list []json.RawMessage
		if err := json.Unmarshal(value, &list); err != nil {
			return nil, err
		}
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(list) && strconv.Itoa(i) == name {
			return list[i], nil
		}
	}
	return nil, fmt.Errorf("no member %q", name)
}
