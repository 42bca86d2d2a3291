package survey

import (
	"regexp"
	"time"
)

// Snapshot is one assessment of the firm as it stood on a day: which text of the questions, what was answered, what it scored. It is a
// fact like any other and is never computed again, so that T0 stays what it was when the register and the edition go on.
type Snapshot struct {
	Label      string         `json:"label"` // T0 before the project, T1, T2 … after it; one of each
	Date       Date           `json:"date"`
	Note       string         `json:"note,omitempty"` // e.g. 改造前
	Edition    string         `json:"edition"`        // e.g. "miit-2024"
	Digest     string         `json:"digest"`         // SHA-256 of the edition's file, 64 hex digits
	Rule       string         `json:"rule"`           // how far the level rule was verified then
	Items      []FrozenItem   `json:"items"`
	Scenes     []FrozenScene  `json:"scenes"`
	Dimensions []FrozenPoints `json:"dimensions"`
	Rates      []FrozenRate   `json:"rates"`
	Score      Points         `json:"score"`
	Level      int            `json:"level"` // 0 (未达级) to 4
	LevelName  string         `json:"levelName"`
	Open       []string       `json:"open,omitempty"` // keys that had no answer then
	By         string         `json:"by"`
	At         time.Time      `json:"at"`
}

// FrozenItem is one scored item of a Snapshot.
type FrozenItem struct {
	Item     string   `json:"item"` // "Q3"
	Title    string   `json:"title"`
	Options  []string `json:"options,omitempty"`  // letters that counted
	Declared []string `json:"declared,omitempty"` // 自报, when the firm declared something
	Points   Points   `json:"points"`
	Max      Points   `json:"max"`
	Explain  string   `json:"explain,omitempty"` // the calculation, e.g. "21 / 60 台 = 35.0% → C"
}

// FrozenScene is one 应用场景 of a Snapshot.
type FrozenScene struct {
	Scene string `json:"scene"`
	Title string `json:"title"`
	Star  bool   `json:"star,omitempty"`
	Level int    `json:"level"` // 0 to 4
}

// FrozenPoints is the sum of one dimension of a Snapshot.
type FrozenPoints struct {
	Name   string `json:"name"`
	Points Points `json:"points"`
	Max    Points `json:"max"`
}

// FrozenRate is one printed rate of a Snapshot.
type FrozenRate struct {
	Name    string `json:"name"`
	Percent string `json:"percent,omitempty"` // "35.0%", "" when it was undefined
	Text    string `json:"text"`              // "21 / 60 台"
}

var snapshotLabel = regexp.MustCompile(`^T[0-9]$`)

// IsSnapshotLabel tells whether s is one of T0–T9.
func IsSnapshotLabel(s string) bool { return snapshotLabel.MatchString(s) }

// Snapshot finds a frozen assessment by its label, nil when there is none.
func (c *Case) Snapshot(label string) *Snapshot {
	for i := range c.Snapshots {
		if c.Snapshots[i].Label == label {
			return &c.Snapshots[i]
		}
	}
	return nil
}
