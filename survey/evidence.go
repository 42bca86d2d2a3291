package survey

import "time"

// Source says what kind of witness a piece of evidence is.
type Source string

// The sources, by descending directness.
const (
	SourcePerson   Source = "person"   // a person said so
	SourceLedger   Source = "ledger"   // the firm's own list (XLSX, CSV)
	SourceHost     Source = "host"     // this computer, asked by the program
	SourceProbe    Source = "probe"    // a device, asked on the network
	SourceInvoice  Source = "invoice"  // an invoice or another paper read by the program
	SourceDocument Source = "document" // an attached document
	SourceImport   Source = "import"   // another case file
)

// Evidence says who or what stated a fact, when, and where it can be looked up again.
type Evidence struct {
	Source     Source    `json:"source"`
	By         string    `json:"by,omitempty"`         // person or program
	At         time.Time `json:"at"`                   // UTC
	Ref        string    `json:"ref,omitempty"`        // "台账.xlsx 第 17 行", an address, a page
	Attachment string    `json:"attachment,omitempty"` // Attachment.ID
	Verified   bool      `json:"verified,omitempty"`   // a second witness agreed; false is 待核实
	Note       string    `json:"note,omitempty"`
	Said       []Word    `json:"said,omitempty"` // what this witness said of the asset, field by field, whatever became of it
}

// Word is one statement of a witness. A list is stated by one word for each of its elements.
type Word struct {
	Field string `json:"field"` // path inside the noun, e.g. "nameplate.model"
	Text  string `json:"text"`  // as a form field takes it
}

// Attachment is one file of the case. The bytes live in the store under SHA256.
type Attachment struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Role   string    `json:"role"` // slot it fills, e.g. "营业执照", "合同", "Q6"
	For    string    `json:"for,omitempty"`
	SHA256 string    `json:"sha256"` // lower-case hex
	Size   int64     `json:"size"`   // bytes
	Type   string    `json:"type"`   // media type
	Added  time.Time `json:"added"`
}

// The roles of attachments that the inventory makes.
const (
	RolePlate = "铭牌照片"   // a picture of a machine's name plate; For is Asset.ID
	RoleScan  = "网络盘点报告" // the whole report of a look at the network: plan, consent, every frame, raw answers
	RolePhoto = "现场照片"   // of a visit; For is Asset.ID, "" while nobody knows which machine it shows
	RoleVisit = "走访记录"   // one note of a visit; For says what it is about, see wizard.Note
	RoleCheck = "检查意见"   // one remark of a check
)

// Stays tells whether a file is working material of the inventory: it stays in the case and is never part of a request to a portal.
func (a Attachment) Stays() bool {
	switch a.Role {
	case RolePlate, RoleScan, RolePhoto, RoleVisit, RoleCheck:
		return true
	}
	return false
}

// Tri is a fact that may be unknown; unknown is never taken for no.
type Tri int8

// The three values of Tri.
const (
	Unknown Tri = iota
	Yes
	No
)

var triNames = [...]string{"unknown", "yes", "no"}

// String gives "unknown", "yes" or "no".
func (t Tri) String() string {
	if t < 0 || int(t) >= len(triNames) {
		return "unknown"
	}
	return triNames[t]
}

// Chinese gives 不清楚, 是 or 否.
func (t Tri) Chinese() string { return [...]string{"不清楚", "是", "否"}[t.index()] }

func (t Tri) index() int {
	if t < 0 || int(t) >= len(triNames) {
		return 0
	}
	return int(t)
}

// MarshalText writes the name.
func (t Tri) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads a name; "" is unknown, anything else is refused.
func (t *Tri) UnmarshalText(b []byte) error {
	for i, n := range triNames {
		if string(b) == n {
			*t = Tri(i)
			return nil
		}
	}
	if len(b) == 0 {
		*t = Unknown
		return nil
	}
	return Fail(CodeField, "survey.tri", "只能是 yes、no 或 unknown")
}

// TriOf turns a bool into Yes or No.
func TriOf(b bool) Tri {
	if b {
		return Yes
	}
	return No
}

// ParseTri reads what people write: 是/有/√/yes/1/已… as Yes, 否/无/×/no/0/未… as No, empty or 不清楚/未知 as Unknown.
func ParseTri(s string) (Tri, error) {
	switch NormalizeText(s) {
	case "", "unknown", "不清楚", "不知道", "未知", "待核实", "-", "—", "/":
		return Unknown, nil
	case "yes", "y", "是", "有", "√", "✓", "✔", "1", "true", "已", "已联网", "已上云", "已数字化", "●":
		return Yes, nil
	case "no", "n", "否", "无", "×", "x", "✗", "✘", "0", "false", "未", "没有", "未联网", "未上云", "○":
		return No, nil
	}
	return Unknown, Fail(CodeField, "survey.tri", "“%s”不是 是/否", s)
}
