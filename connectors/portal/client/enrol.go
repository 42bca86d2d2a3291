package client

import (
	"context"
	"crypto/ed25519"
	"net/http"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Enrolling is what a person gives to enrol this device at a portal.
type Enrolling struct {
	Address     string
	Code        string // the one-time code that the portal printed
	Fingerprint string // the portal's key as the person compared it
	DeviceID    string // UUIDv7 of this device
	DeviceName  string
	Key         string // 64 hex digits from a random source: seed of the device's key; the same again makes a repeated enrolment safe
	Secret      string // instead of a key, for a device that was enrolled with one before
}

// Key asks a portal for its public key. Nothing in the answer is to be trusted
// before a person has compared the fingerprint.
func (c *Client) Key(ctx context.Context, address string) (portal.Key, error) {
	var key portal.Key
	k := call{op: "client.key", method: http.MethodGet, address: address, path: portal.RouteKey.Path, limit: portal.MaxManifest}
	return key, c.json(ctx, k, nil, &key)
}

// Enrol compares the fingerprint before the code leaves, makes the device's key known
// and pins the key. E0602 when the portal shows another key, E0605 when the code
// is wrong, used or too old.
func (c *Client) Enrol(ctx context.Context, en Enrolling) (submit.Enrolment, error) {
	const op = "client.enrol"
	if !submit.UUIDv7(en.DeviceID) || !submit.Hex256(en.Key+en.Secret) {
		return submit.Enrolment{}, survey.Fail(survey.CodeInternal, op, "设备编号或密钥不合规")
	}
	key, err := c.Key(ctx, en.Address)
	if err != nil {
		return submit.Enrolment{}, err
	}
	if !submit.SameFingerprint(en.Fingerprint, key.PublicKey) {
		return submit.Enrolment{}, survey.Fail(survey.CodePortalKey, op, "门户出示的密钥指纹与您核对的不同")
	}
	k := call{op: op, method: http.MethodPost, address: en.Address, path: portal.RouteEnrol.Path}
	var answer portal.Enrolled
	in := portal.Enrol{Code: en.Code, DeviceID: en.DeviceID, DeviceName: en.DeviceName, Secret: en.Secret}
	if en.Key != "" {
		own, err := deviceKey(en.Key)
		if err != nil {
			return submit.Enrolment{}, err
		}
		in.PublicKey = own.Public().(ed25519.PublicKey)
	}
	if err := c.json(ctx, k, in, &answer); err != nil {
		return submit.Enrolment{}, err
	}
	if (answer.Token == "") != (en.Secret == "") || answer.DeviceID != en.DeviceID {
		return submit.Enrolment{}, survey.Fail(survey.CodePortalAnswer, op, "登记的回答不符")
	}
	base, err := checkAddress(en.Address)
	return submit.Enrolment{
		Address: base, Portal: answer.Portal, DeviceID: en.DeviceID, Token: answer.Token, Key: en.Key,
		Keys: submit.Keyring{Pinned: key.PublicKey, Rotations: []submit.KeyRotation{}},
	}, err
}
