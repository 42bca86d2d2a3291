package survey

import "time"

// Walk (走访表) is the register as it is carried through the workshops.
type Walk struct {
	Firm, Case string
	Made       time.Time
	Fields     []WalkField
	Shops      []WalkShop
}

// WalkField is one column: a field of a machine and its head.
type WalkField struct {
	Key, Head string
	Yes       bool // is 是 or 否; empty while it is not known
}

// WalkShop is one workshop with its machines and the notes on it.
type WalkShop struct {
	Name     string // "" for machines without a workshop
	Notes    []string
	Machines []WalkMachine
}

// WalkMachine is one line of the register: what its QR code says (see AssetCode), and its fields as texts in the order of Walk.Fields.
type WalkMachine struct {
	ID, Code, Name string
	Values         []string
	Photos         int
}

// WalkRow is one row of a walk list that came back.
type WalkRow struct {
	Sheet  string
	Row    int
	ID     string            // 识别码, "" for a machine that was added on the way
	Values map[string]string // by field key; what is empty says nothing
}

// AssetCode is what the QR code of a machine says on a walk sheet.
func AssetCode(id string) string { return "SYT-ASSET:" + id }

// Remark is one note of a visit (走访记录) or one remark of a check (检查意见). Each is an attachment of its own, so that two people's notes never
// collide and a parcel carries them; it stays in the case and is never sent to a portal.
type Remark struct {
	ID    string    `json:"id"`    // Attachment.ID
	About string    `json:"about"` // a step ("firm"), a workshop ("workshop:一车间"), a machine ("asset:" and its id), or a path
	Text  string    `json:"text"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

// SignSheet (签字页) is what a checked case comes to, for people to sign on paper.
type SignSheet struct {
	Firm, CreditCode string
	Case             string // id
	Digest           string // SHA-256 of the exchange file of the case without its remarks, lower-case hex
	By               string
	Date             Date
	Pairs            [][2]string
	Remarks          []Remark
}

// WalkFields lists the columns of a walk list.
func WalkFields() []WalkField {
	return []WalkField{
		{"assetId", "资产编号", false}, {"name", "设备名称", false}, {"nameplate.model", "型号", false}, {"nameplate.manufacturer", "生产厂家", false}, {"nameplate.serialNumber", "出厂编号", false},
		{"count", "台数", false}, {"workshop", "车间", false}, {"line", "产线", false}, {"process", "工序", false}, {"numeric", "数控", true}, {"digital", "数字化", true},
		{"networked", "已联网", true}, {"via", "联网方式", false}, {"control", "控制系统", false}, {"onCloud", "已上云", true}, {"platform", "所上平台", false}, {"note", "备注", false},
	}
}
