package handover

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Card (名片) is how one installation is known to another: the age recipient that parcels for it are sealed to and the minisign key that
// its own are signed by. It holds no secret.
type Card struct {
	Name      string `json:"name"`
	Recipient string `json:"recipient"` // age1…
	Key       string `json:"key"`       // minisign public key, base64
}

// cardMark begins every card.
const cardMark = "SYT1"

// String gives the card as one line, short enough for a QR code.
func (c Card) String() string {
	return strings.Join([]string{cardMark, c.Recipient, c.Key, base64.RawURLEncoding.EncodeToString([]byte(c.Name))}, ".")
}

// ReadCard reads a card's line; spaces and line breaks in it do not matter. What the keys are worth, connectors/parcel tells.
func ReadCard(s string) (Card, error) {
	bad := survey.Fail(survey.CodeParcel, "handover.card", "名片不完整，请重新复制整行")
	if len(s) > 4*maxName {
		return Card{}, bad
	}
	parts := strings.Split(strings.Join(strings.Fields(s), ""), ".")
	if len(parts) != 4 || parts[0] != cardMark || parts[1] == "" || parts[2] == "" {
		return Card{}, bad
	}
	name, err := base64.RawURLEncoding.DecodeString(parts[3])
	if err != nil || !text(string(name)) {
		return Card{}, bad
	}
	return Card{Name: string(name), Recipient: parts[1], Key: parts[2]}, nil
}

// Fingerprint gives eight groups of five digits over both keys, to be read out on the telephone (each group one breath). The name is not
// in it: everyone names his contacts himself.
func (c Card) Fingerprint() string {
	sum := sha512.Sum512([]byte("shangyun-card\x00" + c.Recipient + "\x00" + c.Key))
	groups := make([]string, 8)
	for i := range groups {
		groups[i] = fmt.Sprintf("%05d", binary.BigEndian.Uint64(sum[8*i:])%100000)
	}
	return strings.Join(groups, " ")
}

// The kinds of parcels.
const (
	KindHandover = "handover" // 交接: a case with its history
)

// SchemaParcel marks a parcel's manifest.
const SchemaParcel = "shangyun-parcel/1"

// Manifest is what the sender signs: who sends what to whom. A parcel sealed on to somebody else names another recipient than that, and
// is refused there.
type Manifest struct {
	Schema string         `json:"schema"`
	Kind   string         `json:"kind"`
	ID     string         `json:"id"`
	Made   time.Time      `json:"made"`
	From   Card           `json:"from"`
	To     []string       `json:"to"` // age recipients
	Files  []ManifestFile `json:"files"`
}

// ManifestFile is one file of a parcel.
type ManifestFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// File is one file of a parcel with its bytes. Names are relative, of letters, digits, ".", "-" and "/".
type File struct {
	Name string
	Data []byte
}

// Parcel is an opened parcel whose signatures, recipient, sizes and digests agree.
type Parcel struct {
	Manifest Manifest
	From     Card // as it is known here
	Files    []File
}

// File finds a file by its name, nil when there is none.
func (p Parcel) File(name string) []byte {
	for _, f := range p.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

// Encode gives the manifest's JSON.
func (m Manifest) Encode() ([]byte, error) { return json.Marshal(m) }
