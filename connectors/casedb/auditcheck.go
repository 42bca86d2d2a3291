package casedb

import (
	"bytes"
	"context"
	"crypto/hmac"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// minHead is how many hex digits of a head that was written down are enough.
const minHead = 16

// VerifyLog goes through the whole log and finds the first line that was changed, moved, inserted or taken away, also at the end, and facts
// that were saved or taken away without a line. head is a digest that was written down earlier, "" for none. Whoever can write the file but has
// no key can still put back the whole file as it was at an earlier time, or lay aside the newest lines that came with no save together with
// the end that was stored before them, or throw the log away so that it begins anew: only a head that was written down shows these.
// It fails with E0101 for a head that is none.
func (db *DB) VerifyLog(ctx context.Context, head string) (wizard.LogCheck, error) {
	const op = "casedb.verifylog"
	if err := db.ready(op); err != nil {
		return wizard.LogCheck{}, err
	}
	head = strings.ToLower(strings.Join(strings.Fields(head), ""))
	if _, err := hex.DecodeString(head[:len(head)&^1]); err != nil || head != "" && (len(head) < minHead || len(head) > 64) {
		return wizard.LogCheck{}, survey.Fail(survey.CodeField, op, "记下的结尾应是至少 %d 位的十六进制数", minHead)
	}
	key, err := db.chainKey()
	if err != nil {
		return wizard.LogCheck{}, fail(op, err)
	}
	tx, err := db.sql.Read.BeginTx(ctx, nil) // one snapshot of lines, end and facts
	if err != nil {
		return wizard.LogCheck{}, fail(op, err)
	}
	defer func() { _ = tx.Rollback() }()
	c := checking{key: key, written: head, facts: map[string]tally{}}
	for _, look := range []func(context.Context, *sql.Tx) error{c.lines, c.end, c.saves} {
		if c.found.Problem != "" {
			break
		}
		if err := look(ctx, tx); err != nil {
			return wizard.LogCheck{}, fail(op, err)
		}
	}
	c.found.Head = hex.EncodeToString(c.last)
	if c.found.Problem == "" && head != "" && c.found.Known == 0 {
		c.found.Problem = "记录前后相连，但记下的结尾不在其中：整个文件或记录的结尾换成了较早的，或由备份恢复过"
	}
	return c.found, nil
}

// checking is a walk through the log.
type checking struct {
	key     []byte
	written string
	last    []byte
	facts   map[string]tally
	found   wizard.LogCheck
}

// tally is what the lines of one case say about its rows of fact.
type tally struct {
	rows    int64
	seq     int64 // of the newest line with rows
	deleted bool
}

func (c *checking) bad(seq int64, format string, args ...any) {
	c.found.Bad, c.found.Problem = seq, fmt.Sprintf(format, args...)
}

func (c *checking) lines(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT seq, case_id, deed, at, facts, payload, hash FROM audit ORDER BY seq`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var n line
	var payload, hash sql.RawBytes
	for rows.Next() {
		want := c.found.Lines + 1
		if err := rows.Scan(&n.seq, &n.caseID, &n.deed, &n.at, &n.facts, &payload, &hash); err != nil {
			c.bad(want, "第 %d 条不能读取", want)
			return nil
		}
		if n.payload = payload; n.seq != want {
			c.bad(want, "第 %d 条不见了", want)
			return nil
		}
		if sum := n.digest(c.key, c.last); !hmac.Equal(sum, hash) {
			c.bad(want, "第 %d 条被改动、插入或换了位置，或它前面的被换掉", want)
			return nil
		}
		c.take(n, hash)
	}
	return rows.Err()
}

// take counts a line that was found good.
func (c *checking) take(n line, hash []byte) {
	c.last = append(c.last[:0], hash...)
	c.found.Lines = n.seq
	if c.written != "" && strings.HasPrefix(hex.EncodeToString(hash), c.written) {
		c.found.Known = n.seq
	}
	t := c.facts[n.caseID]
	if t.rows += n.facts; n.facts > 0 {
		t.seq = n.seq
	}
	t.deleted = t.deleted || n.deed == string(wizard.DeedDelete)
	c.facts[n.caseID] = t
}

// end holds the lines against the stored end.
func (c *checking) end(ctx context.Context, tx *sql.Tx) error {
	h, err := storedHead(ctx, tx, c.key)
	n := c.found.Lines
	switch {
	case errors.Is(err, errNoHead):
		c.bad(n+1, "记录的结尾不见了或被改动，第 %d 条之后可能少了", n)
	case err != nil:
		return err
	case n < h.lines:
		c.bad(n+1, "第 %d 条起被截去，应有 %d 条", n+1, h.lines)
	case n > h.lines:
		c.bad(h.lines+1, "第 %d 条是后来放进的，应只有 %d 条", h.lines+1, h.lines)
	case !bytes.Equal(h.hash, c.last):
		c.bad(n, "第 %d 条不是结尾应有的那一条", n)
	}
	return nil
}

// saves holds the rows of fact against what the lines say was saved. A deleted case has none to count.
func (c *checking) saves(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT case_id, count(*) FROM fact GROUP BY case_id`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		var n int64
		if err := rows.Scan(&id, &n); err != nil {
			return err
		}
		t := c.facts[id]
		if n > t.rows {
			c.bad(c.found.Lines+1, "案卷 %s 有 %d 行资料没有相应的记录，第 %d 条之后可能少了", id, n-t.rows, c.found.Lines)
			return nil
		}
		t.rows -= n
		c.facts[id] = t
	}
	var short []string
	for id, t := range c.facts {
		if t.rows > 0 && !t.deleted {
			short = append(short, id)
		}
	}
	if slices.Sort(short); len(short) > 0 {
		t := c.facts[short[0]]
		c.bad(t.seq, "案卷 %s 少了 %d 行资料，第 %d 条或更早的修改不在了", short[0], t.rows, t.seq)
	}
	return rows.Err()
}
