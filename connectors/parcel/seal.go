package parcel

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"

	"aead.dev/minisign"
	"filippo.io/age"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
)

// Limits of a parcel.
const (
	MaxParcel   = 512 << 20 // bytes of the whole file
	maxFiles    = 10_000
	maxName     = 200     // bytes
	maxManifest = 4 << 20 // bytes
	maxSig      = 4096    // bytes
)

// Names inside.
const (
	outerSig  = "parcel.age.minisig"
	outerAge  = "parcel.age"
	innerSig  = "manifest.json.minisig"
	innerName = "manifest.json"
)

// Seal makes a parcel: m needs Kind, ID, Made and From.Name, the rest is filled in. It fails with E0205 when the files are too large and
// E0209 for a card without keys.
func (Parcels) Seal(secret string, m handover.Manifest, to []handover.Card, files []handover.File) ([]byte, error) {
	const op = "parcel.seal"
	id, err := readIdentity(secret)
	if err != nil {
		return nil, err
	}
	m.Schema, m.From, m.Made = handover.SchemaParcel, id.card(m.From.Name), m.Made.UTC()
	m.To, m.Files = nil, []handover.ManifestFile{}
	var recipients []age.Recipient
	for _, c := range to {
		r, err := age.ParseX25519Recipient(c.Recipient)
		if err != nil {
			return nil, &survey.Error{Code: survey.CodeParcel, Op: op, Detail: "收件人的名片不对", Err: err}
		}
		recipients, m.To = append(recipients, r), append(m.To, c.Recipient)
	}
	if len(to) == 0 || len(files) > maxFiles {
		return nil, survey.Fail(survey.CodeParcel, op, "没有收件人，或文件过多")
	}
	total := 0
	for _, f := range files {
		if total += len(f.Data); !safeName(f.Name) || total > MaxParcel-maxManifest-(1<<20) {
			return nil, survey.Fail(survey.CodeFileTooBig, op, "交接包超过 %d MB", MaxParcel>>20)
		}
		sum := sha256.Sum256(f.Data)
		m.Files = append(m.Files, handover.ManifestFile{Name: f.Name, Size: int64(len(f.Data)), SHA256: hex.EncodeToString(sum[:])})
	}
	manifest, err := m.Encode()
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, op, err)
	}
	inner := append([]handover.File{{Name: innerSig, Data: sign(id.sign, manifest)}, {Name: innerName, Data: manifest}}, files...)
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, recipients...)
	if err == nil {
		plain := pack(inner, m.Made)
		if _, err = w.Write(plain); err == nil {
			err = w.Close()
		}
	}
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, op, err)
	}
	return pack([]handover.File{{Name: outerSig, Data: sign(id.sign, sealed.Bytes())}, {Name: outerAge, Data: sealed.Bytes()}}, m.Made), nil
}

// sign gives a prehashed signature, as Debian's minisign makes and takes it.
func sign(key minisign.PrivateKey, data []byte) []byte {
	r := minisign.NewReader(bytes.NewReader(data))
	_, _ = io.Copy(io.Discard, r) // reading computes the digest
	return r.SignWithComments(key, "shangyun parcel", "signature by shangyun")
}

// pack writes a tar of plain files; writing to memory cannot fail with names and sizes that were checked.
func pack(files []handover.File, at time.Time) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		h := &tar.Header{Name: f.Name, Mode: 0o600, Size: int64(len(f.Data)), ModTime: at.Truncate(time.Second), Format: tar.FormatUSTAR}
		if err := w.WriteHeader(h); err != nil {
			panic("parcel: tar header: " + err.Error())
		}
		_, _ = w.Write(f.Data)
	}
	_ = w.Close()
	return b.Bytes()
}

// safeName holds names to letters, digits, ".", "-", "_" and single "/" between parts that do not begin with a dot.
func safeName(s string) bool {
	if s == "" || len(s) > maxName {
		return false
	}
	before := byte('/')
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_':
		case (c == '.' || c == '/') && before != '/':
		default:
			return false
		}
		before = c
	}
	return before != '/'
}
