package inbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// SignAnswer puts the portal's signature under an operator's answer.
type SignAnswer func(submit.Answer) submit.Answer

// stepEvents is what an operator's step does to the request besides.
var stepEvents = map[submit.Step][]submit.Event{
	submit.StepTaken:    {submit.EventReview},
	submit.StepLive:     {submit.EventAccept},
	submit.StepDeclined: {submit.EventReview, submit.EventReject},
}

// Answer keeps what the operator w says to an onboarding request that is for it. Its files must have been put (PutFile) before. The
// refusals are those of Decide, and E0604 for a step that may not follow.
func (s *Store) Answer(ctx context.Context, w Who, id string, a submit.Answer, version int, at time.Time, sign SignAnswer) (submit.Answer, error) {
	err := s.db.tx(ctx, func(tx *txn) error {
		row, err := rowFor(tx, w, id)
		switch {
		case err != nil:
			return err
		case w.Role != RoleOperator:
			return ErrForbidden
		case version != AnyVersion && version != row.Version:
			return &StaleError{Current: row.Version}
		}
		if err := submit.CheckAnswer(row.Step, a); err != nil {
			return err
		}
		sealed, err := revision(tx, id, row.Revision)
		if err != nil {
			return err
		}
		if row.State, err = s.follow(tx, w, row, a.Step, at); err != nil {
			return err
		}
		seq, err := changed(tx, id, row.Revision, "answered", row.State, at)
		if err != nil {
			return err
		}
		a.ID, a.Revision, a.ManifestSHA256, a.Seq, a.At = id, row.Revision, sealed.SHA256, seq, at
		if err := tx.QueryRow(`SELECT name FROM operator WHERE id = ?`, w.Operator).Scan(&a.Operator); err != nil {
			return err
		}
		a = sign(a)
		return keepAnswer(tx, w, a, at)
	})
	return a, err
}

// follow moves the request as the step demands; a step that changes nothing leaves it.
func (s *Store) follow(tx *txn, w Who, row Row, step submit.Step, at time.Time) (submit.State, error) {
	state := row.State
	if state != submit.StateReceived && state != submit.StateInReview && (state != submit.StateAccepted || step != submit.StepLive) {
		return state, ErrNotAllowed
	}
	for _, e := range stepEvents[step] {
		if next, err := submit.Portal.Next(state, e); err == nil {
			state = next
		}
	}
	_, err := tx.Exec(`UPDATE request SET state = ?, step = ?, changed_at = ?, decided_at = CASE WHEN ? IN ('live', 'declined') THEN ? ELSE decided_at END WHERE id = ?`,
		state, step, stamp(at), step, stamp(at), row.ID)
	return state, err
}

func keepAnswer(tx *txn, w Who, a submit.Answer, at time.Time) error {
	b, err := json.Marshal(a)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO answer (seq, request_id, n, actor, at, body) VALUES (?, ?, ?, ?, ?, ?)`, a.Seq, a.ID, a.Revision, w.Actor(), stamp(at), string(b)); err != nil {
		return err
	}
	for i, f := range a.Files {
		res, err := tx.Exec(`INSERT INTO answer_file (seq, position, sha256) SELECT ?, ?, sha256 FROM blob WHERE sha256 = ? AND size = ?`, a.Seq, i, f.SHA256, f.Size)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, &IncompleteError{Missing: []string{f.SHA256}})
		}
	}
	return appendAudit(tx, at, w.Actor(), "answer-"+string(a.Step), a.ID, a.Revision, "")
}

// PutFile stores the bytes of a file that an operator's answer will name; durable when it returns.
func (s *Store) PutFile(ctx context.Context, digest string, size int64, r io.Reader, at time.Time) error {
	if err := s.blobs.put(ctx, digest, size, r); err != nil {
		return fmt.Errorf("put file: %w", err)
	}
	return s.db.free(ctx, func(tx *txn) error {
		_, err := tx.Exec(`INSERT INTO blob VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, digest, size, stamp(at))
		return err
	})
}

// Answers gives the signed answers to a request, oldest first.
func (s *Store) Answers(ctx context.Context, w Who, id string) (list []submit.Answer, err error) {
	err = s.reading(ctx, func(tx *txn) error {
		if _, err := rowFor(tx, w, id); err != nil {
			return err
		}
		rows, err := tx.Query(`SELECT body FROM answer WHERE request_id = ? ORDER BY seq`, id)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var body string
			var a submit.Answer
			if err := rows.Scan(&body); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(body), &a); err != nil {
				return err
			}
			list = append(list, a)
		}
		return rows.Err()
	})
	return list, err
}

// AnswerFile opens a file of an answer to a request that w may see; ErrNotFound otherwise.
func (s *Store) AnswerFile(ctx context.Context, w Who, id, digest string) (io.ReadSeekCloser, error) {
	err := s.reading(ctx, func(tx *txn) error {
		if _, err := rowFor(tx, w, id); err != nil {
			return err
		}
		var n int
		err := tx.QueryRow(`SELECT count(*) FROM answer_file JOIN answer ON answer.seq = answer_file.seq WHERE request_id = ? AND sha256 = ?`, id, digest).Scan(&n)
		if err == nil && n == 0 {
			err = ErrNotFound
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.blobs.open(ctx, digest)
}
