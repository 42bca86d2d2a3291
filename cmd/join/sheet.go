package join

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Sheet is an answer file (答卷): item → letters, scene → level, item → explanation of a declaration that differs.
type Sheet struct {
	Answers map[string]string `json:"answers"`
	Scenes  map[string]int    `json:"scenes"`
	Why     map[string]string `json:"why"`
}

// ReadSheet takes a whole answer file with no other members than its own; its maps are never nil.
func ReadSheet(data []byte) (Sheet, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var s Sheet
	err := d.Decode(&s)
	if s.Answers == nil {
		s.Answers = map[string]string{}
	}
	if s.Scenes == nil {
		s.Scenes = map[string]int{}
	}
	return s, err
}

// Letters takes the letters of an item apart: "BC" and "B,C" are the same.
func (s Sheet) Letters(item string) []string {
	return strings.Split(strings.ReplaceAll(s.Answers[item], ",", ""), "")
}
