package casedb

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

var _ wizard.Audit = (*DB)(nil)

// words is what a line of the log says behind its seal.
type words struct {
	By    string         `json:"by"`
	What  string         `json:"what,omitempty"`
	Where string         `json:"where,omitempty"`
	Facts map[string]int `json:"facts,omitempty"`
}

// Log appends one line in a durable transaction of its own; Seq and Facts of l are not used. Numbers of telephones, persons
// and accounts are masked before. It fails with E0305 for a case that has no key here, and with E0308 while locked.
func (db *DB) Log(ctx context.Context, l wizard.Logged) error {
	const op = "casedb.log"
	if err := db.ready(op); err != nil {
		return err
	}
	l.Facts = nil
	return fail(op, db.sql.Tx(ctx, func(tx *sql.Tx) error { return db.note(ctx, tx, l) }))
}

// note appends one line within tx: whoever writes rows of fact calls it in the same transaction, with Facts counting them by kind.
func (db *DB) note(ctx context.Context, tx *sql.Tx, l wizard.Logged) error {
	key, err := db.chainKey()
	if err != nil {
		return err
	}
	h, err := readHead(ctx, tx, key)
	if err != nil {
		return err
	}
	n := line{seq: h.lines + 1, caseID: l.CaseID, deed: string(l.Deed), at: stampOf(l.At), facts: l.Count()}
	if n.payload, err = db.sealWords(n, l.Masked()); err != nil {
		return err
	}
	n.hash = n.digest(key, h.hash)
	_, err = tx.ExecContext(ctx, `INSERT INTO audit (seq, case_id, deed, at, facts, payload, hash) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		n.seq, n.caseID, n.deed, n.at, n.facts, n.payload, n.hash)
	if err != nil {
		return err
	}
	return head{lines: n.seq, hash: n.hash}.write(ctx, tx, key)
}

// chainKey is what the hashes are keyed with. It follows from the vault's master key, so that it stays when a firm's key is destroyed.
func (db *DB) chainKey() ([]byte, error) {
	if db.seal.off {
		return make([]byte, sha256.Size), nil
	}
	return db.vault.Derive("audit")
}

// line is one row of the log as it is stored.
type line struct {
	seq              int64
	caseID, deed, at string
	facts            int64
	payload, hash    []byte
}

// digest covers the hash before and every other column, each with its length.
func (l line) digest(key, before []byte) []byte {
	h := hmac.New(sha256.New, key)
	number := func(n int64) { _, _ = h.Write(binary.BigEndian.AppendUint64(nil, uint64(n))) }
	_, _ = h.Write([]byte("line"))
	number(l.seq)
	number(l.facts)
	for _, b := range [][]byte{before, []byte(l.caseID), []byte(l.deed), []byte(l.at), l.payload} {
		number(int64(len(b)))
		_, _ = h.Write(b)
	}
	return h.Sum(nil)
}

// head is the end of the log: how many lines there are, and the hash of the newest.
type head struct {
	lines int64
	hash  []byte
}

func (h head) mac(key []byte) []byte {
	m := hmac.New(sha256.New, key)
	_, _ = m.Write(binary.BigEndian.AppendUint64([]byte("head"), uint64(h.lines)))
	_, _ = m.Write(h.hash)
	return m.Sum(nil)
}

func (h head) write(ctx context.Context, tx *sql.Tx, key []byte) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO audit_head (one, lines, hash, mac) VALUES (1, ?1, ?2, ?3)
		ON CONFLICT (one) DO UPDATE SET lines = ?1, hash = ?2, mac = ?3`, h.lines, h.hash, h.mac(key))
	return err
}

// errNoHead: the end of the log is gone or was changed.
var errNoHead = errors.New("end of the log is missing or changed")

// storedHead reads the end of the log; errNoHead when it was not written with the key.
func storedHead(ctx context.Context, tx *sql.Tx, key []byte) (head, error) {
	var h head
	var mac []byte
	err := tx.QueryRowContext(ctx, `SELECT lines, hash, mac FROM audit_head`).Scan(&h.lines, &h.hash, &mac)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !hmac.Equal(mac, h.mac(key)) {
		return head{}, errNoHead
	}
	return h, err
}

// readHead gives the end that the next line follows. After damage the log goes on, because work must, but so that the damage stays to be
// found: a line never takes the place of a missing one, and behind a false end it starts from a hash that no line has.
func readHead(ctx context.Context, tx *sql.Tx, key []byte) (head, error) {
	h, err := storedHead(ctx, tx, key)
	if errors.Is(err, errNoHead) {
		h, err = head{hash: []byte("broken")}, nil
	}
	if err != nil {
		return h, err
	}
	var last int64
	err = tx.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM audit`).Scan(&last)
	h.lines = max(h.lines, last)
	return h, err
}

// wordsPlace is where the words of a line stand, sealed by a firm's key or, when that is destroyed already, by the installation's.
func wordsPlace(n line, keyOf string) place {
	return place{table: "audit", id: strconv.FormatInt(n.seq, 10) + "/" + n.caseID + "/" + n.deed + "/" + n.at, column: "payload", caseID: keyOf, revision: 1}
}

func (db *DB) sealWords(n line, l wizard.Logged) ([]byte, error) {
	plain, err := json.Marshal(words{By: l.By, What: l.What, Where: l.Where, Facts: l.Facts})
	if err != nil {
		return nil, err
	}
	sealed, err := db.seal.seal(wordsPlace(n, n.caseID), plain)
	switch {
	case survey.CodeOf(err) == survey.CodeNoCase:
		return db.seal.seal(wordsPlace(n, ""), plain)
	case errors.Is(err, errNoKey):
		return nil, noCase("casedb.log")
	}
	return sealed, err
}

// openWords gives no words when the firm's key was destroyed after they were sealed by it.
func (db *DB) openWords(n line) (words, error) {
	var w words
	plain, err := db.seal.open(wordsPlace(n, n.caseID), n.payload)
	if survey.CodeOf(err) == survey.CodeNoCase {
		if plain, err = db.seal.open(wordsPlace(n, ""), n.payload); err != nil {
			return w, nil
		}
	}
	if err == nil {
		err = json.Unmarshal(plain, &w)
	}
	return w, err
}

// Logged gives the lines of a case, oldest first; "" gives those of all cases and of the installation. The words of a line that cannot be
// read are "", and after damage What says so; VerifyLog tells more.
func (db *DB) Logged(ctx context.Context, caseID string) ([]wizard.Logged, error) {
	const op = "casedb.logged"
	if err := db.ready(op); err != nil {
		return nil, err
	}
	where, args := "", []any(nil)
	if caseID != "" {
		where, args = ` WHERE case_id = ?`, []any{caseID}
	}
	rows, err := db.sql.Read.QueryContext(ctx, `SELECT seq, case_id, deed, at, payload FROM audit`+where+` ORDER BY seq`, args...)
	if err != nil {
		return nil, fail(op, err)
	}
	defer func() { _ = rows.Close() }()
	out := []wizard.Logged{}
	for rows.Next() {
		var n line
		if err := rows.Scan(&n.seq, &n.caseID, &n.deed, &n.at, &n.payload); err != nil {
			return nil, fail(op, err)
		}
		w, err := db.openWords(n)
		if err != nil {
			w = words{What: unreadable}
		}
		l := wizard.Logged{Seq: n.seq, CaseID: n.caseID, Deed: wizard.Deed(n.deed), By: w.By, What: w.What, Where: w.Where, Facts: w.Facts}
		l.At, _ = time.Parse(stamp, n.at) // a changed time is the zero one here, and VerifyLog names the line
		out = append(out, l)
	}
	return out, fail(op, rows.Err())
}
