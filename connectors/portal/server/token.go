package server

import (
	"context"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

// settingSecret is the secret under which the portal's own short-lived words stand; all instances of a portal share it.
const settingSecret = "token_key"

// loadSecret reads it once; the first portal on a new store makes it.
func (s *Server) loadSecret(ctx context.Context) error {
	s.opening.Lock()
	defer s.opening.Unlock()
	if s.secret != nil {
		return nil
	}
	fresh := make([]byte, 32)
	if _, err := rand.Read(fresh); err != nil {
		return err
	}
	kept, err := s.Store.EnsureSetting(ctx, settingSecret, hex.EncodeToString(fresh))
	if err != nil {
		return err
	}
	s.secret, err = hex.DecodeString(kept)
	return err
}

// vouch gives a word that only this portal makes: what it is for, until when, and a text, under one MAC.
func (s *Server) vouch(use, text string, until time.Time) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(until.Unix()))
	return base64.RawURLEncoding.EncodeToString(append(b, s.mac(use, text, b)...))
}

func (s *Server) mac(use, text string, until []byte) []byte {
	h := hmac.New(sha256.New, s.secret)
	_, _ = h.Write([]byte("shangyun-" + use + "\n" + text + "\n"))
	_, _ = h.Write(until)
	return h.Sum(nil)
}

var errWord = errors.New("not a word of this portal")

// vouched checks such a word and tells until when it holds.
func (s *Server) vouched(use, text, word string) (time.Time, error) {
	b, err := base64.RawURLEncoding.DecodeString(word)
	if err != nil || len(b) != 8+sha256.Size || !hmac.Equal(b[8:], s.mac(use, text, b[:8])) {
		return time.Time{}, errWord
	}
	return time.Unix(int64(binary.BigEndian.Uint64(b)), 0), nil
}

// checkToken refuses a token that is none, and tells one that is over from one that never was.
func (s *Server) checkToken(device, token string) error {
	until, err := s.vouched("token", device, token)
	switch {
	case err != nil:
		return portal.NewProblem(portal.Unauthorised, "")
	case !s.Now().Before(until):
		return portal.NewProblem(portal.TokenExpired, "")
	}
	return nil
}

func (s *Server) challenge(w http.ResponseWriter, _ *http.Request) {
	salt := rand.Text()
	s.json(w, portal.Challenge{Nonce: salt + "." + s.vouch("challenge", salt, s.Now().Add(portal.ChallengeLife))})
}

// token gives a device that signed a challenge its short token.
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	if !s.enrols.allow(s.Now()) {
		s.problem(w, r, portal.NewProblem(portal.TooMany, ""))
		return
	}
	answer, err := s.giveToken(w, r)
	if err != nil {
		if portal.Problems[problemOf(err).Kind()].Status == http.StatusUnauthorized {
			s.enrols.failed(s.Now())
		}
		s.fail(w, r, err)
		return
	}
	s.json(w, answer)
}

func (s *Server) giveToken(w http.ResponseWriter, r *http.Request) (portal.Token, error) {
	var ask portal.AskToken
	b, err := body(w, r, portal.TypeJSON, portal.MaxSmall)
	if err == nil {
		err = decode(b, &ask)
	}
	if err != nil {
		return portal.Token{}, err
	}
	salt, word, _ := strings.Cut(ask.Nonce, ".")
	until, err := s.vouched("challenge", salt, word)
	if err != nil {
		return portal.Token{}, portal.NewProblem(portal.Unauthorised, "nonce 不是本门户给的")
	}
	if !s.Now().Before(until) {
		return portal.Token{}, portal.NewProblem(portal.TokenExpired, "nonce")
	}
	d, err := s.Store.Device(r.Context(), ask.DeviceID)
	if err != nil {
		return portal.Token{}, err
	}
	if d.PublicKey == nil || !ed25519.Verify(d.PublicKey, portal.ChallengeBytes(d.ID, ask.Nonce), ask.Signature) {
		return portal.Token{}, inbox.ErrUnknownDevice
	}
	return portal.Token{Token: d.ID + "." + s.vouch("token", d.ID, s.Now().Add(portal.TokenLife)), ExpiresIn: int(portal.TokenLife.Seconds())}, nil
}
