package inbox

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Device is an enrolled desktop.
type Device struct {
	ID, Name   string
	EnrolledAt time.Time
}

// AddEnrolCode makes a one-time code usable until expires. Only its hash is kept.
func (s *Store) AddEnrolCode(ctx context.Context, code string, at, expires time.Time) error {
	return s.db.Tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO enrol_code (hash, made_at, expires_at) VALUES (?, ?, ?)`, codeHash(code), stamp(at), stamp(expires))
		if err != nil {
			return err
		}
		return appendAudit(tx, at, "portal", "enrol-code", "", 0, "")
	})
}

// Enrol makes a device known by a one-time code. The same code, device and
// secret again change nothing; every other use of a used code is ErrEnrolCode.
func (s *Store) Enrol(ctx context.Context, code string, d Device, secret string, at time.Time) error {
	return s.db.Tx(ctx, func(tx *sql.Tx) error {
		var expires, usedBy string
		err := tx.QueryRow(`SELECT expires_at, device_id FROM enrol_code WHERE hash = ?`, codeHash(code)).Scan(&expires, &usedBy)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrEnrolCode
		}
		if err != nil {
			return err
		}
		if usedBy != "" {
			if usedBy != d.ID || !knows(tx, d.ID, secret) {
				return ErrEnrolCode
			}
			return nil
		}
		if stamp(at) > expires {
			return ErrEnrolCode
		}
		return enrol(tx, codeHash(code), d, secret, at)
	})
}

func enrol(tx *sql.Tx, hash string, d Device, secret string, at time.Time) error {
	sum := sha256.Sum256([]byte(secret))
	res, err := tx.Exec(`INSERT INTO device (id, name, secret_hash, enrolled_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, d.ID, d.Name, sum[:], stamp(at))
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil {
		return err
	} else if n == 0 && !knows(tx, d.ID, secret) {
		return ErrEnrolCode // somebody else's device id
	}
	if _, err := tx.Exec(`UPDATE enrol_code SET device_id = ?, used_at = ? WHERE hash = ?`, d.ID, stamp(at), hash); err != nil {
		return err
	}
	return appendAudit(tx, at, d.ID, "enrol", "", 0, "")
}

// Authorise gives the device when secret is its own; ErrUnknownDevice otherwise.
// The comparison takes the same time for every wrong secret.
func (s *Store) Authorise(ctx context.Context, id, secret string) (Device, error) {
	var d Device
	err := s.reading(ctx, func(tx *sql.Tx) error {
		if !knows(tx, id, secret) {
			return ErrUnknownDevice
		}
		var at string
		err := tx.QueryRow(`SELECT id, name, enrolled_at FROM device WHERE id = ?`, id).Scan(&d.ID, &d.Name, &at)
		d.EnrolledAt = parseStamp(at)
		return err
	})
	return d, err
}

// Revoke ends a device's token; its requests stay.
func (s *Store) Revoke(ctx context.Context, id string, at time.Time) error {
	return s.db.Tx(ctx, func(tx *sql.Tx) error {
		res, err := tx.Exec(`UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at = ''`, stamp(at), id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNotFound)
		}
		return appendAudit(tx, at, "portal", "revoke", "", 0, id)
	})
}

func knows(tx *sql.Tx, id, secret string) bool {
	var want []byte
	err := tx.QueryRow(`SELECT secret_hash FROM device WHERE id = ? AND revoked_at = ''`, id).Scan(&want)
	if err != nil {
		want = make([]byte, sha256.Size)
	}
	have := sha256.Sum256([]byte(secret))
	return subtle.ConstantTimeCompare(have[:], want) == 1 && err == nil
}

// codeHash folds what people type: case, spaces and dashes do not count, and
// the digits that base32 lacks are taken for the letters they look like.
func codeHash(code string) string {
	folded := strings.NewReplacer(" ", "", "-", "", "0", "O", "1", "I", "8", "B").Replace(strings.ToUpper(survey.HalfWidth(code)))
	sum := sha256.Sum256([]byte("shangyun-enrol-code-v1\n" + folded))
	return hex.EncodeToString(sum[:])
}
