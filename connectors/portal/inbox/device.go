package inbox

import (
	"cmp"
	"context"
	"crypto/ed25519"
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
	PublicKey  ed25519.PublicKey // nil for a device that has a secret
	Account    string            // login of its owner or adviser, "" for nobody's
	Person     string            // as the portal wrote it down when it gave the code
	RevokedAt  time.Time         // zero: in use
	LostSince  time.Time         // zero: not lost
	SeenAt     time.Time         // day of the last call
	Requests   int               // that it holds; only Devices fills it
}

// Who is the device as somebody who asks.
func (d Device) Who() Who { return Who{Role: RoleDevice, Device: d.ID} }

// Code is a one-time enrolment code (登记码).
type Code struct {
	Code    string
	Expires time.Time
	Account string // login of the account that the device will belong to, "" for none
	Person  string // whom it was given to
}

// AddEnrolCode makes a one-time code usable until expires. Only its hash is kept.
func (s *Store) AddEnrolCode(ctx context.Context, code string, at, expires time.Time) error {
	return s.AddCode(ctx, Who{Login: "portal"}, Code{Code: code, Expires: expires}, at)
}

// AddCode is AddEnrolCode for a certain person.
func (s *Store) AddCode(ctx context.Context, by Who, c Code, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		_, err := tx.Exec(`INSERT INTO enrol_code (hash, made_at, expires_at, account, person) VALUES (?, ?, ?, ?, ?)`,
			codeHash(c.Code), stamp(at), stamp(c.Expires), c.Account, c.Person)
		if err != nil {
			return err
		}
		return appendAudit(tx, at, by.Actor(), "enrol-code", "", 0, c.Account)
	})
}

// Enrol makes a device known by a one-time code. The same code, device and
// secret (or public key) again change nothing; every other use of a used code is ErrEnrolCode. A device with a public key has no secret.
func (s *Store) Enrol(ctx context.Context, code string, d Device, secret string, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		var expires, usedBy string
		err := tx.QueryRow(`SELECT expires_at, device_id FROM enrol_code WHERE hash = ?`, codeHash(code)).Scan(&expires, &usedBy)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrEnrolCode
		}
		if err != nil {
			return err
		}
		if usedBy != "" {
			if ok, err := same(tx, d, secret); err != nil || usedBy == d.ID && ok {
				return err
			}
			return ErrEnrolCode
		}
		if stamp(at) > expires {
			return ErrEnrolCode
		}
		return enrol(tx, codeHash(code), d, secret, at)
	})
}

func enrol(tx *txn, hash string, d Device, secret string, at time.Time) error {
	hashed := []byte{}
	if d.PublicKey == nil {
		sum := sha256.Sum256([]byte(secret))
		hashed = sum[:]
	}
	res, err := tx.Exec(`INSERT INTO device (id, name, secret_hash, enrolled_at, public_key, account, person)
		SELECT ?, ?, ?, ?, ?, account, person FROM enrol_code WHERE hash = ? ON CONFLICT DO NOTHING`, d.ID, d.Name, hashed, stamp(at), []byte(d.PublicKey), hash)
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 {
		if ok, err := same(tx, d, secret); err != nil || !ok {
			return cmp.Or(err, ErrEnrolCode) // somebody else's device id
		}
	}
	if _, err := tx.Exec(`UPDATE enrol_code SET device_id = ?, used_at = ? WHERE hash = ?`, d.ID, stamp(at), hash); err != nil {
		return err
	}
	return appendAudit(tx, at, d.ID, "enrol", "", 0, "")
}

// Authorise gives the device when secret is its own; ErrUnknownDevice otherwise.
// The comparison takes the same time for every wrong secret.
func (s *Store) Authorise(ctx context.Context, id, secret string) (d Device, err error) {
	err = s.reading(ctx, func(tx *txn) error {
		ok, err := knows(tx, id, secret)
		if err != nil {
			return err
		}
		if !ok {
			return ErrUnknownDevice
		}
		d, err = device(tx, id)
		return err
	})
	return d, err
}

// Device gives a device in use; ErrUnknownDevice for one that is unknown, revoked or lost.
func (s *Store) Device(ctx context.Context, id string) (d Device, err error) {
	err = s.reading(ctx, func(tx *txn) error {
		d, err = device(tx, id)
		if errors.Is(err, sql.ErrNoRows) || err == nil && !d.RevokedAt.IsZero() {
			return ErrUnknownDevice
		}
		return err
	})
	return d, err
}

const deviceColumns = `id, name, enrolled_at, public_key, account, person, revoked_at, lost_since, seen_at`

func device(tx *txn, id string) (Device, error) {
	return scanDevice(tx.QueryRow(`SELECT `+deviceColumns+` FROM device WHERE id = ?`, id))
}

func scanDevice(from interface{ Scan(...any) error }, more ...any) (d Device, err error) {
	var enrolled, revoked, lost, seen string
	var pub []byte
	err = from.Scan(append([]any{&d.ID, &d.Name, &enrolled, &pub, &d.Account, &d.Person, &revoked, &lost, &seen}, more...)...)
	if len(pub) > 0 {
		d.PublicKey = pub
	}
	d.EnrolledAt, d.RevokedAt, d.LostSince, d.SeenAt = parseStamp(enrolled), parseStamp(revoked), parseStamp(lost), parseStamp(seen)
	return d, err
}

// Devices lists the devices that w may see, with how many requests each holds: all to the staff, their own to others.
func (s *Store) Devices(ctx context.Context, w Who) (list []Device, err error) {
	query, args := `SELECT `+deviceColumns+`, (SELECT count(*) FROM holder WHERE device_id = id) FROM device`, []any{}
	if w.Role != RoleAdmin && w.Role != RoleReviewer {
		query, args = query+` WHERE account <> '' AND account = ?`, []any{w.Login}
	}
	rows, err := s.db.QueryContext(ctx, query+` ORDER BY enrolled_at DESC, id`, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		n := 0
		d, err := scanDevice(rows, &n)
		if err != nil {
			return nil, err
		}
		d.Requests = n
		list = append(list, d)
	}
	return list, rows.Err()
}

// On lists what a device holds: what was on it when it was lost.
func (s *Store) On(ctx context.Context, device string) (list []Row, err error) {
	list, _, err = s.List(ctx, Who{Role: RoleDevice, Device: device}, Query{Limit: 200})
	return list, err
}

// Revoke ends a device's tokens; its requests stay. With since it was lost then: what it sent from that moment on is marked.
// ErrNotFound for a device that is not w's, or ended already.
func (s *Store) Revoke(ctx context.Context, w Who, id string, since, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		d, err := device(tx, id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return ErrNotFound
		case err != nil:
			return err
		case w.Role != RoleAdmin && (w.Role == RoleReviewer || w.Role == RoleOperator || w.Login == "" || d.Account != w.Login):
			return ErrNotFound
		case !d.RevokedAt.IsZero() && (since.IsZero() || !d.LostSince.IsZero()):
			return ErrNotFound
		}
		verb, lostSince := "revoke", ""
		if !since.IsZero() {
			verb, lostSince = "lost", stamp(since)
		}
		if _, err := tx.Exec(`UPDATE device SET revoked_at = CASE WHEN revoked_at = '' THEN ? ELSE revoked_at END, lost_since = ? WHERE id = ?`, stamp(at), lostSince, id); err != nil {
			return err
		}
		if lostSince != "" {
			if _, err := tx.Exec(`UPDATE request SET suspect = 1, version = version + 1 WHERE id IN (SELECT revision.request_id FROM revision
				JOIN receipt ON receipt.request_id = revision.request_id AND receipt.n = revision.n WHERE device_id = ? AND received_at >= ?)`, id, lostSince); err != nil {
				return err
			}
		}
		return appendAudit(tx, at, w.Actor(), verb, "", 0, id)
	})
}

// Seen notes the day on which a device last called; it writes once a day at most.
func (s *Store) Seen(ctx context.Context, d Device, at time.Time) error {
	if at.Sub(d.SeenAt) < 24*time.Hour {
		return nil
	}
	return s.db.free(ctx, func(tx *txn) error {
		_, err := tx.Exec(`UPDATE device SET seen_at = ? WHERE id = ?`, stamp(at), d.ID)
		return err
	})
}

// same tells whether an enrolment repeats the one that is known.
func same(tx *txn, d Device, secret string) (bool, error) {
	if d.PublicKey == nil {
		return knows(tx, d.ID, secret)
	}
	have, err := device(tx, d.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil && have.RevokedAt.IsZero() && d.PublicKey.Equal(have.PublicKey), err
}

// knows tells whether secret is the device's. A store that cannot be read is an error and not a no: a sender gives up for good at a no.
func knows(tx *txn, id, secret string) (bool, error) {
	var want []byte
	err := tx.QueryRow(`SELECT secret_hash FROM device WHERE id = ? AND revoked_at = '' AND public_key IS NULL`, id).Scan(&want)
	found := err == nil
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	if !found {
		want = make([]byte, sha256.Size)
	}
	have := sha256.Sum256([]byte(secret))
	return subtle.ConstantTimeCompare(have[:], want) == 1 && found, nil
}

// codeHash folds what people type: case, spaces and dashes do not count, and
// the digits that base32 lacks are taken for the letters they look like.
func codeHash(code string) string {
	folded := strings.NewReplacer(" ", "", "-", "", "0", "O", "1", "I", "8", "B").Replace(strings.ToUpper(survey.HalfWidth(code)))
	sum := sha256.Sum256([]byte("shangyun-enrol-code-v1\n" + folded))
	return hex.EncodeToString(sum[:])
}
