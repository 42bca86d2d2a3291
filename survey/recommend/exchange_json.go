package recommend

import (
	"bytes"
	"encoding/json"
	"strconv"
)

func at(where string, i int) string { return where + "[" + strconv.Itoa(i) + "]" }

// absent tells whether a value is null, which stands for a field that is left out.
func absent(v json.RawMessage) bool { return string(v) == "null" }

// object hands the fields of an object over one by one, each name once and spelt exactly. data is known to be valid JSON.
func object(data []byte, where string, take func(key string, v json.RawMessage) error) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return fault(FaultSyntax, "%s", where)
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		key, ok := t.(string)
		var v json.RawMessage
		if err != nil || !ok || d.Decode(&v) != nil {
			return fault(FaultSyntax, "%s", where)
		}
		if len(key) > maxID {
			return fault(FaultField, "%s", where)
		}
		if seen[key] {
			return fault(FaultDoubleField, "%s.%s", where, key)
		}
		seen[key] = true
		if err := take(key, v); err != nil {
			return err
		}
	}
	return nil
}

// list hands the elements of an array over one by one and stops at the limit, however long the array is. null is an empty array.
func list(data []byte, where string, limit int, over Fault, take func(i int, v json.RawMessage) error) error {
	if absent(data) {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return fault(FaultSyntax, "%s", where)
	}
	for i := 0; d.More(); i++ {
		if i == limit {
			return fault(over, "%s", where)
		}
		var v json.RawMessage
		if d.Decode(&v) != nil {
			return fault(FaultSyntax, "%s", at(where, i))
		}
		if err := take(i, v); err != nil {
			return err
		}
	}
	return nil
}

func text(v json.RawMessage, where string) (s string, err error) {
	if v[0] != '"' || json.Unmarshal(v, &s) != nil {
		return "", fault(FaultSyntax, "%s", where)
	}
	if s == "" || len(s) > maxID {
		return "", fault(FaultID, "%s", where)
	}
	return s, nil
}

func flag(v json.RawMessage, where string) (bool, error) {
	switch string(v) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, fault(FaultSyntax, "%s", where)
}

func whole(v json.RawMessage, where string, low, high int64) (int64, error) {
	n, err := strconv.ParseInt(string(v), 10, 64)
	if err != nil || n < low || n > high {
		return 0, fault(FaultNumber, "%s", where)
	}
	return n, nil
}
