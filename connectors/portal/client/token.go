package client

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"net/http"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// bearer gives what a device shows: the long token of an old enrolment, or a short one that its key signs for. A short token is kept until
// a portal says that it is over; no clock of this computer is asked.
func (c *Client) bearer(ctx context.Context, e *submit.Enrolment) (token string, short bool, err error) {
	switch {
	case e == nil:
		return "", false, nil
	case e.Key == "":
		return e.Token, false, nil
	}
	c.mu.Lock()
	token = c.tokens[e.DeviceID+"@"+e.Address]
	c.mu.Unlock()
	if token != "" {
		return token, true, nil
	}
	if token, err = c.signIn(ctx, e); err != nil {
		return "", true, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tokens[e.DeviceID+"@"+e.Address] = token
	return token, true, nil
}

func (c *Client) forget(e *submit.Enrolment, token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at := e.DeviceID + "@" + e.Address; c.tokens[at] == token {
		delete(c.tokens, at)
	}
}

// signIn signs a challenge of the portal with the device's key.
func (c *Client) signIn(ctx context.Context, e *submit.Enrolment) (string, error) {
	const op = "client.token"
	key, err := deviceKey(e.Key)
	if err != nil {
		return "", err
	}
	var challenge portal.Challenge
	k := call{op: op, method: http.MethodPost, address: e.Address, path: portal.RouteChallenge.Path}
	if err := c.json(ctx, k, nil, &challenge); err != nil {
		return "", err
	}
	k.path = portal.RouteToken.Path
	ask := portal.AskToken{DeviceID: e.DeviceID, Nonce: challenge.Nonce, Signature: ed25519.Sign(key, portal.ChallengeBytes(e.DeviceID, challenge.Nonce))}
	var given portal.Token
	if err := c.json(ctx, k, ask, &given); err != nil {
		return "", err
	}
	if given.Token == "" {
		return "", survey.Fail(survey.CodePortalAnswer, op, "回答里没有令牌")
	}
	return given.Token, nil
}

func deviceKey(seed string) (ed25519.PrivateKey, error) {
	b, err := hex.DecodeString(seed)
	if err != nil || len(b) != ed25519.SeedSize {
		return nil, survey.Fail(survey.CodeStoreDamaged, "client.key", "本机的设备密钥不完整，请重新登记报送门户")
	}
	return ed25519.NewKeyFromSeed(b), nil
}
