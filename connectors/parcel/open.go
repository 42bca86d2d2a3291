package parcel

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"aead.dev/minisign"
	"filippo.io/age"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
)

// Open opens a parcel. Before anything in it is believed: the outer signature is one of a known sender, it was encrypted for this identity,
// the manifest inside is signed by the same sender and names this recipient, and the files are those it lists, each of its size and
// digest. What does not hold fails with E0209 and says which.
func (Parcels) Open(secret string, known []handover.Card, data []byte) (handover.Parcel, error) {
	id, err := readIdentity(secret)
	if err != nil {
		return handover.Parcel{}, err
	}
	if len(data) > MaxParcel {
		return refuse("超过大小限制", nil)
	}
	outer, err := unpack(data, MaxParcel)
	if err != nil || len(outer) != 2 || outer[0].Name != outerSig || outer[1].Name != outerAge {
		return refuse("不是交接包，或文件不完整", err)
	}
	from, err := sender(known, outer[1].Data, outer[0].Data)
	if err != nil {
		return refuse(err.Error(), nil)
	}
	r, err := age.Decrypt(bytes.NewReader(outer[1].Data), id.age)
	if err != nil {
		var other *age.NoIdentityMatchError
		if errors.As(err, &other) {
			return refuse("不是封给本机的", err)
		}
		return refuse("内容被改动或不完整", err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, MaxParcel+1))
	if err != nil || len(plain) > MaxParcel {
		return refuse("内容被改动或不完整", err)
	}
	return id.read(plain, from)
}

// read takes the decrypted tar apart.
func (id identity) read(plain []byte, from handover.Card) (handover.Parcel, error) {
	files, err := unpack(plain, MaxParcel)
	if err != nil || len(files) < 2 || files[0].Name != innerSig || files[1].Name != innerName {
		return refuse("内容不合格式", err)
	}
	key, err := signer(from)
	if err != nil || !verify(key, files[1].Data, files[0].Data) {
		return refuse("清单不是寄件人签的", err)
	}
	p := handover.Parcel{From: from, Files: files[2:]}
	d := json.NewDecoder(bytes.NewReader(files[1].Data))
	d.DisallowUnknownFields()
	if err := d.Decode(&p.Manifest); err != nil || p.Manifest.Schema != handover.SchemaParcel {
		return refuse("清单不合格式，也许出自更新的版本", err)
	}
	m := p.Manifest
	switch {
	case m.From.Key != from.Key:
		return refuse("清单不是寄件人签的", nil)
	case !slices.Contains(m.To, id.age.Recipient().String()):
		return refuse("清单上的收件人不是本机，可能被人转封", nil)
	case !safeName(m.ID) || len(m.ID) > 64 || m.Made.Year() < 1970 || m.Made.Year() > 9999:
		return refuse("清单不合格式", nil)
	case len(m.Files) != len(p.Files):
		return refuse("文件与清单不符", nil)
	}
	for i, f := range p.Files {
		sum := sha256.Sum256(f.Data)
		if want := m.Files[i]; want.Name != f.Name || want.Size != int64(len(f.Data)) || want.SHA256 != hex.EncodeToString(sum[:]) {
			return refuse("文件与清单不符", nil)
		}
	}
	return p, nil
}

// sender finds who signed data among the known cards.
func sender(known []handover.Card, data, sig []byte) (handover.Card, error) {
	var s minisign.Signature
	if err := s.UnmarshalText(sig); err != nil {
		return handover.Card{}, errors.New("签名不合格式")
	}
	claimed := false
	for _, c := range known {
		key, err := signer(c)
		if err != nil || key.ID() != s.KeyID {
			continue
		}
		if verify(key, data, sig) {
			return c, nil
		}
		claimed = true
	}
	if claimed {
		return handover.Card{}, errors.New("内容被改动或不完整")
	}
	return handover.Card{}, errors.New("寄件人不在本机的联系人里，请先核对并登记对方名片")
}

func verify(key minisign.PublicKey, data, sig []byte) bool {
	r := minisign.NewReader(bytes.NewReader(data))
	_, _ = io.Copy(io.Discard, r) // reading computes the digest
	return r.Verify(key, sig)
}

// unpack reads a tar of plain files whose names are safe and not doubled, with nothing but zeros behind.
func unpack(data []byte, most int64) ([]handover.File, error) {
	src := bytes.NewReader(data)
	r := tar.NewReader(src)
	var out []handover.File
	seen := map[string]bool{}
	for total := int64(0); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			rest, _ := io.ReadAll(src)
			if len(bytes.Trim(rest, "\x00")) > 0 {
				return nil, errors.New("something behind the end")
			}
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		limit := most
		switch h.Name {
		case innerName:
			limit = maxManifest
		case innerSig, outerSig:
			limit = maxSig
		}
		if h.Typeflag != tar.TypeReg || !safeName(h.Name) || seen[h.Name] || h.Size < 0 || h.Size > limit || len(out) >= maxFiles+2 {
			return nil, errors.New("member that is refused")
		}
		if total += h.Size; total > most {
			return nil, errors.New("too large")
		}
		seen[h.Name] = true
		if h.Size > int64(src.Len()) {
			return nil, io.ErrUnexpectedEOF
		}
		body := make([]byte, h.Size)
		if _, err := io.ReadFull(r, body); err != nil {
			return nil, err
		}
		out = append(out, handover.File{Name: h.Name, Data: body})
	}
}

func refuse(why string, err error) (handover.Parcel, error) {
	return handover.Parcel{}, &survey.Error{Code: survey.CodeParcel, Op: "parcel.open", Detail: why, Err: err}
}
