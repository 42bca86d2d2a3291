package parcel

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"strings"

	"aead.dev/minisign"
	"filippo.io/age"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Parcels implements wizard.Parcels. It keeps nothing: whoever calls keeps the secret sealed.
type Parcels struct{}

var _ wizard.Parcels = Parcels{}

// identity is the two secret keys of an installation.
type identity struct {
	age  *age.X25519Identity
	sign minisign.PrivateKey
}

// NewIdentity makes the secret of an installation: an age identity and a minisign key, in one line.
func (Parcels) NewIdentity() (string, error) {
	a, err := age.GenerateX25519Identity()
	if err != nil {
		return "", survey.Wrap(survey.CodeInternal, "parcel.identity", err)
	}
	_, key, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		return "", survey.Wrap(survey.CodeInternal, "parcel.identity", err)
	}
	raw, err := key.MarshalText()
	if err != nil {
		return "", survey.Wrap(survey.CodeInternal, "parcel.identity", err)
	}
	return a.String() + "." + base64.RawStdEncoding.EncodeToString(raw), nil
}

func readIdentity(secret string) (identity, error) {
	var id identity
	a, b, ok := strings.Cut(secret, ".")
	err := errors.New("two parts are needed")
	if ok {
		var raw []byte
		if id.age, err = age.ParseX25519Identity(a); err == nil {
			if raw, err = base64.RawStdEncoding.DecodeString(b); err == nil {
				err = id.sign.UnmarshalText(raw)
			}
		}
	}
	return id, survey.Wrap(survey.CodeStoreDamaged, "parcel.identity", err)
}

// Card gives what others need to know of the installation with this secret.
func (Parcels) Card(secret, name string) (handover.Card, error) {
	id, err := readIdentity(secret)
	if err != nil {
		return handover.Card{}, err
	}
	return id.card(name), nil
}

func (id identity) card(name string) handover.Card {
	return handover.Card{Name: name, Recipient: id.age.Recipient().String(), Key: publicKey(id.sign).String()}
}

func publicKey(k minisign.PrivateKey) minisign.PublicKey {
	p, _ := k.Public().(minisign.PublicKey)
	return p
}

// CheckCard holds that both keys of a card are keys; E0209 otherwise.
func (Parcels) CheckCard(c handover.Card) error {
	_, err := age.ParseX25519Recipient(c.Recipient)
	if err == nil {
		_, err = signer(c)
	}
	if err != nil {
		return &survey.Error{Code: survey.CodeParcel, Op: "parcel.card", Detail: "名片里的密钥不对，请重新复制整行", Err: err}
	}
	return nil
}

func signer(c handover.Card) (minisign.PublicKey, error) {
	var k minisign.PublicKey
	if err := k.UnmarshalText([]byte(c.Key)); err != nil {
		return k, err
	}
	if k.String() != c.Key {
		return k, errors.New("key is not in its shortest form")
	}
	return k, nil
}
