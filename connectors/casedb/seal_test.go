package casedb

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// gcm seals for real, to prove that every payload goes through the one seam and stays in its place.
type gcm struct{ cipher.AEAD }

func newGCM(t *testing.T) gcm {
	t.Helper()
	block, err := aes.NewCipher(bytes.Repeat([]byte{3}, 32))
	if err != nil {
		t.Fatal(err)
	}
	a, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	return gcm{a}
}

func (g gcm) seal(at place, plain []byte) ([]byte, error) {
	nonce := make([]byte, g.NonceSize())
	_, _ = rand.Read(nonce)
	return g.Seal(nonce, nonce, plain, at.bytes()), nil
}

func (g gcm) open(at place, sealed []byte) ([]byte, error) {
	if len(sealed) < g.NonceSize() {
		return nil, errors.New("too short")
	}
	return g.Open(nil, sealed[:g.NonceSize()], sealed[g.NonceSize():], at.bytes())
}

// secret stands in every place where a payload may hold words of the firm.
const secret = "株洲恒硬刀具有限公司"

func secretFolder(t *testing.T, s sealer) (string, *DB) {
	t.Helper()
	dir := t.TempDir()
	db, err := open(t.Context(), dir, parts{seal: s, lock: lock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	c := &survey.Case{
		Schema: survey.SchemaCase, ID: "x", Created: day, Firm: survey.Firm{Name: secret, Address: secret},
		Sites: []survey.Site{{ID: "s", Name: secret}, {ID: "t", Name: secret}}, Drafts: map[string]string{"firm.capital": secret},
	}
	if err := db.Create(t.Context(), c, secret, day); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Blobs().Put(t.Context(), []byte(secret)); err != nil {
		t.Fatal(err)
	}
	if err := db.PutSetting(t.Context(), "portal", secret); err != nil {
		t.Fatal(err)
	}
	req := sealed(t, idA, 1, secret)
	putRequest(t, db.Outbox(), req)
	r := walk(t, db.Outbox(), req, submit.StateSending, submit.StateSent)
	r.Detail = secret
	if err := db.Outbox().Mark(t.Context(), r, day); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, load(t, db, "x")); diff != "" {
		t.Error(diff)
	}
	if got := only(t, db.Outbox()); got.Detail != secret || got.Receipt == nil {
		t.Errorf("request came back as %+v", got)
	}
	return dir, db
}

func places(t *testing.T, dir string) int {
	t.Helper()
	n := 0
	for _, b := range snapshot(t, dir) {
		n += bytes.Count(b, []byte(secret))
	}
	return n
}

func TestEveryPayloadGoesThroughTheSeal(t *testing.T) {
	dir, db := secretFolder(t, newGCM(t))
	if n := places(t, dir); n > 0 {
		t.Errorf("the firm's words stand in the files %d times while open", n)
	}
	if h, err := db.History(t.Context(), "x", "site", "s"); err != nil || len(h) != 1 || h[0].By != secret {
		t.Errorf("history = %v, %v", h, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if n := places(t, dir); n > 0 {
		t.Errorf("the firm's words stand in the files %d times after closing", n)
	}
	dir, _ = secretFolder(t, unsealed{})
	if n := places(t, dir); n < 8 {
		t.Errorf("without a seal the words were found %d times only: the search above proves nothing", n)
	}
}

func TestAMovedPayloadIsDetected(t *testing.T) {
	_, db := secretFolder(t, newGCM(t))
	raw(t, db, `UPDATE case_ SET state = 'resealing'`)
	raw(t, db, `UPDATE fact SET payload = (SELECT payload FROM fact WHERE id = 't') WHERE id = 's'`)
	_, err := db.Load(t.Context(), "x")
	wantCode(t, err, survey.CodeStoreDamaged, "site s")
	_, err = db.History(t.Context(), "x", "site", "s")
	wantCode(t, err, survey.CodeStoreDamaged, "site s")
}
