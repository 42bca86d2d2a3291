package handover

import (
	"bytes"
	"encoding/json"
	"io"
	"time"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// SchemaContent marks the JSON of what a hand-over carries.
const SchemaContent = "shangyun-handover/1"

// Limits of what is read.
const (
	MaxContent   = 256 << 20 // bytes of the JSON
	maxRevisions = 1 << 20   // of a whole case
	maxName      = 400       // bytes of an id, a name, a kind
)

// Content is one case as a parcel carries it: the whole history of its facts, the requests that a portal confirmed, and the log as it
// was on the computer that made the parcel. Contents of attachments travel beside it. It carries no setting, no key and no token.
type Content struct {
	Schema   string      `json:"schema"`
	CaseID   string      `json:"caseId"`
	Created  time.Time   `json:"created"`
	AsOf     survey.Date `json:"asOf"`
	Threads  []Thread    `json:"threads"`
	Requests []Sent      `json:"requests,omitempty"`
	Log      []Line      `json:"log,omitempty"`
}

// Sent is a request that has its receipt: knowledge of what went where, and by whom. Only who sealed a revision sends it.
type Sent struct {
	Bytes   []byte         `json:"bytes"` // as sealed
	Sealed  time.Time      `json:"sealed"`
	By      string         `json:"by"` // computer or person that sent it
	Receipt submit.Receipt `json:"receipt"`
}

// Line is one line of another computer's log, to be read only.
type Line struct {
	Seq   int64     `json:"seq"`
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Deed  string    `json:"deed"`
	What  string    `json:"what"`
	Where string    `json:"where"`
}

// Encode gives the JSON of a content.
func (c Content) Encode() ([]byte, error) {
	c.Schema = SchemaContent
	return json.Marshal(c)
}

// Decode reads the JSON of a content as strictly as it was written: every revision can be stored and read back, every place is in its range.
// What does not fit fails with E0209.
func Decode(data []byte) (Content, error) {
	const op = "handover.decode"
	var c Content
	bad := func(what string) (Content, error) {
		return Content{}, survey.Fail(survey.CodeParcel, op, "交接包内容不合格式：%s", what)
	}
	if len(data) > MaxContent {
		return bad("过大")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return bad("无法读取")
	}
	if _, err := d.Token(); err != io.EOF {
		return bad("后面还有别的内容")
	}
	if c.Schema != SchemaContent {
		return bad("版本")
	}
	if !word(c.CaseID) || c.Created.IsZero() || !stampable(c.Created) {
		return bad("申报编号")
	}
	seen, n := map[[2]string]bool{}, 0
	for i, raw := range c.Threads {
		name := [2]string{raw.Kind, raw.ID}
		if n += len(raw.Revisions); seen[name] || n > maxRevisions {
			return bad("资料重复或过多")
		}
		seen[name] = true
		t, ok := rebuilt(raw)
		if !ok {
			return bad("一条资料的历史")
		}
		c.Threads[i] = t
	}
	for _, r := range c.Requests {
		s, err := submit.Parse(r.Bytes)
		if err != nil || s.Submission.CaseID != c.CaseID || r.Receipt.ID != s.Submission.ID || r.Receipt.Revision != s.Submission.Revision ||
			r.Receipt.ManifestSHA256 != s.SHA256 || r.Receipt.Kind != s.Submission.Kind || r.Receipt.Number == "" || !stampable(r.Sealed) || !text(r.By) {
			return bad("报送记录")
		}
	}
	for _, l := range c.Log {
		if !stampable(l.At) || !utf8.ValidString(l.By+l.Deed+l.What+l.Where) {
			return bad("操作记录")
		}
	}
	return c, nil
}

// rebuilt takes a thread revision by revision, so that nothing of the sender's bookkeeping is believed.
func rebuilt(raw Thread) (Thread, bool) {
	t := NewThread(raw.Kind, raw.ID)
	t.Order = raw.Order
	if !word(raw.Kind) || !word(raw.ID) || raw.Order < 0 || raw.Order > maxRevisions ||
		raw.Head < 0 || raw.Head >= len(raw.Revisions) {
		return t, false
	}
	for i, r := range raw.Revisions {
		if r.Parent < -1 || r.Parent >= i || r.Order < 0 || r.Order > maxRevisions || !text(r.By) || !stampable(r.At) || !storable(raw.Kind, raw.ID, r.Data) {
			return t, false
		}
		if t.Put(r.Parent, r) != i { // a revision that is none, or one twice
			return t, false
		}
	}
	t.Head = raw.Head
	return t, true
}

// storable tells whether a value can be read back as this fact, and is written as this program writes.
func storable(kind, id string, data json.RawMessage) bool {
	var compact bytes.Buffer
	if json.Compact(&compact, data) != nil {
		return false
	}
	var escaped bytes.Buffer
	if json.HTMLEscape(&escaped, compact.Bytes()); !bytes.Equal(escaped.Bytes(), data) {
		return false
	}
	var c survey.Case
	if c.Assemble([]survey.Fact{{Kind: kind, ID: id, Data: data}}) != nil {
		return false
	}
	facts, err := c.Facts()
	if err != nil {
		return false
	}
	for _, f := range facts {
		if f.Kind == kind && f.ID == id {
			return true
		}
	}
	return false
}

func word(s string) bool { return s != "" && text(s) }

func text(s string) bool { return len(s) <= maxName && utf8.ValidString(s) }

// stampable holds times to what stores can write and sort as text.
func stampable(t time.Time) bool { y := t.UTC().Year(); return t.IsZero() || y >= 1970 && y <= 9999 }
