package inbox

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// AnyVersion lets a decision stand whatever the version is; only tests and the portal's own work use it.
const AnyVersion = -1

// SettingTwoPersons is "off" where one person may accept and reject alone; everything else means two.
const SettingTwoPersons = "two_persons"

// Ruling is what somebody wants to happen to a request.
type Ruling struct {
	Event   submit.Event
	Reasons []submit.Reason
	Note    string
	Version int // of the request that was looked at (If-Match); AnyVersion for none
}

// Outcome is what came of it.
type Outcome struct {
	State    submit.State
	Version  int
	Waits    bool // a second person must confirm
	Decision *submit.Decision
}

// SignDecision puts the portal's signature under a decision.
type SignDecision func(submit.Decision) submit.Decision

// staffEvents are for reviewers and admins, firmEvents for whoever sent the request, operatorEvents for the platform it is for.
var (
	staffEvents    = map[submit.Event]bool{submit.EventReview: true, submit.EventReturn: true, submit.EventAccept: true, submit.EventReject: true, submit.EventQuarantine: true, submit.EventRelease: true}
	firmEvents     = map[submit.Event]bool{submit.EventWithdraw: true}
	operatorEvents = map[submit.Event]bool{submit.EventReturn: true}
)

func (w Who) mayRule(e submit.Event) bool {
	switch w.Role {
	case RoleAdmin:
		return staffEvents[e]
	case RoleReviewer:
		return staffEvents[e] && e != submit.EventQuarantine && e != submit.EventRelease
	case RoleOperator:
		return operatorEvents[e]
	}
	return firmEvents[e]
}

// Decide moves a request by one event. Accepting and rejecting an application takes two different people unless the portal is set to one:
// the first call then waits. The refusals: ErrNotFound for what w may not see, ErrForbidden, *StaleError, ErrNotAllowed in this state,
// ErrUnchecked while a paper is not checked, E0101 for reasons that do not hold.
func (s *Store) Decide(ctx context.Context, w Who, id string, r Ruling, at time.Time, sign SignDecision) (Outcome, error) {
	var out Outcome
	err := s.db.tx(ctx, func(tx *txn) error {
		row, err := rowFor(tx, w, id)
		if err != nil {
			return err
		}
		switch {
		case !w.mayRule(r.Event):
			return ErrForbidden
		case r.Version != AnyVersion && r.Version != row.Version:
			return &StaleError{Current: row.Version}
		}
		next, err := submit.Portal.Next(row.State, r.Event)
		if err != nil || r.Event == submit.EventRelease && row.Revision == 0 {
			return ErrNotAllowed
		}
		if row.Revision == 0 { // nothing complete is here: there is nothing to say about it
			return s.move(tx, w, row, next, r, at, &out)
		}
		sealed, err := revision(tx, id, row.Revision)
		if err != nil {
			return err
		}
		if err := submit.CheckDecision(sealed, r.Event, r.Reasons, r.Note); err != nil {
			return err
		}
		if err := mayJudge(tx, w, row, sealed, r.Event); err != nil {
			return err
		}
		second, waits, err := s.twoPersons(tx, w, row, &r, at)
		if err != nil {
			return err
		}
		if waits {
			out = Outcome{State: row.State, Version: row.Version + 1, Waits: true}
			_, err := changed(tx, row.ID, row.Revision, "proposed", row.State, at)
			return err
		}
		if err := s.move(tx, w, row, next, r, at, &out); err != nil {
			return err
		}
		return s.pronounce(tx, w, second, sealed, r, at, sign, &out)
	})
	return out, err
}

// mayJudge keeps people from judging what their own device sent, and from accepting what nobody looked at.
func mayJudge(tx *txn, w Who, row Row, sealed submit.Sealed, e submit.Event) error {
	if e != submit.EventAccept && e != submit.EventReject {
		return nil
	}
	var own, checked int
	err := tx.QueryRow(`SELECT (SELECT count(*) FROM holder JOIN device ON device.id = device_id WHERE request_id = ? AND account <> '' AND account = ?),
		(SELECT count(*) FROM checked WHERE request_id = ? AND n = ?)`, row.ID, w.Login, row.ID, row.Revision).Scan(&own, &checked)
	switch {
	case err != nil:
		return err
	case own > 0:
		return ErrForbidden
	case e == submit.EventAccept && row.Kind == submit.Application && checked < len(sealed.Submission.Attachments):
		return ErrUnchecked
	}
	return nil
}

// twoPersons keeps the first word of two, and finds it again at the second. It gives who confirms, "" where one person is enough.
func (s *Store) twoPersons(tx *txn, w Who, row Row, r *Ruling, at time.Time) (second string, waits bool, err error) {
	if r.Event != submit.EventAccept && r.Event != submit.EventReject || row.Kind != submit.Application {
		return "", false, nil
	}
	mode, err := setting(tx, SettingTwoPersons)
	if err != nil || mode == "off" {
		return "", false, err
	}
	var first, event, reasons, note string
	var n int
	err = tx.QueryRow(`SELECT actor, event, n, reasons, note FROM proposal WHERE request_id = ?`, row.ID).Scan(&first, &event, &n, &reasons, &note)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", false, err
	}
	if err == nil && event == string(r.Event) && n == row.Revision && first != w.Actor() {
		var kept []submit.Reason
		if err := json.Unmarshal([]byte(reasons), &kept); err != nil {
			return "", false, err
		}
		if len(r.Reasons) == 0 {
			r.Reasons = kept
		}
		if r.Note == "" {
			r.Note = note
		}
		return first, false, nil
	}
	b, err := json.Marshal(append([]submit.Reason{}, r.Reasons...))
	if err != nil {
		return "", false, err
	}
	_, err = tx.Exec(`INSERT INTO proposal (request_id, n, event, actor, at, reasons, note) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (request_id) DO UPDATE SET n = excluded.n, event = excluded.event, actor = excluded.actor, at = excluded.at, reasons = excluded.reasons, note = excluded.note`,
		row.ID, row.Revision, r.Event, w.Actor(), stamp(at), string(b), r.Note)
	if err != nil {
		return "", false, err
	}
	return "", true, appendAudit(tx, at, w.Actor(), "propose-"+string(r.Event), row.ID, row.Revision, "")
}

// move changes the state and writes it down in the feed and in the audit.
func (s *Store) move(tx *txn, w Who, row Row, next submit.State, r Ruling, at time.Time, out *Outcome) error {
	assignee := row.Assignee
	if r.Event == submit.EventReview && assignee == "" {
		assignee = w.Login
	}
	decided, returned := "", 0
	switch r.Event {
	case submit.EventReturn:
		decided, returned = stamp(at), 1
	case submit.EventAccept, submit.EventReject:
		decided = stamp(at)
	}
	_, err := tx.Exec(`UPDATE request SET state = ?, note = ?, changed_at = ?, assignee = ?, returns = returns + ?, decided_at = CASE WHEN ? = '' THEN decided_at ELSE ? END WHERE id = ?`,
		next, r.Note, stamp(at), assignee, returned, decided, decided, row.ID)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM proposal WHERE request_id = ?`, row.ID); err != nil {
		return err
	}
	seq, err := changed(tx, row.ID, row.Revision, string(r.Event), next, at)
	if err != nil {
		return err
	}
	*out = Outcome{State: next, Version: row.Version + 1, Decision: &submit.Decision{Seq: seq}}
	return appendAudit(tx, at, w.Actor(), string(r.Event), row.ID, row.Revision, s.manner(tx, row, r.Event))
}

// manner is what the audit says of how a decision came about.
func (s *Store) manner(tx *txn, row Row, e submit.Event) string {
	if e != submit.EventAccept && e != submit.EventReject || row.Kind != submit.Application {
		return ""
	}
	if mode, err := setting(tx, SettingTwoPersons); err == nil && mode == "off" {
		return "one-person"
	}
	return "two-persons"
}

// pronounce signs and keeps the decision.
func (s *Store) pronounce(tx *txn, w Who, first string, sealed submit.Sealed, r Ruling, at time.Time, sign SignDecision, out *Outcome) error {
	d := sign(submit.Decision{
		ID: sealed.Submission.ID, Revision: sealed.Submission.Revision, ManifestSHA256: sealed.SHA256, Seq: out.Decision.Seq,
		Event: r.Event, State: out.State, Reasons: r.Reasons, Note: r.Note, At: at,
	})
	out.Decision = &d
	b, err := json.Marshal(d)
	if err != nil {
		return err
	}
	actor, second := w.Actor(), ""
	if first != "" {
		actor, second = first, w.Actor()
	}
	_, err = tx.Exec(`INSERT INTO decision (seq, request_id, n, event, actor, second, at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		d.Seq, d.ID, d.Revision, d.Event, actor, second, stamp(at), string(b))
	return err
}

// DecisionRow is a decision with who made it, for the staff.
type DecisionRow struct {
	submit.Decision
	By, Second string
}

// Decisions gives the signed decisions about a request, oldest first.
func (s *Store) Decisions(ctx context.Context, w Who, id string) (list []DecisionRow, err error) {
	err = s.reading(ctx, func(tx *txn) error {
		if _, err := rowFor(tx, w, id); err != nil {
			return err
		}
		rows, err := tx.Query(`SELECT actor, second, body FROM decision WHERE request_id = ? ORDER BY seq`, id)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var d DecisionRow
			var body string
			if err := rows.Scan(&d.By, &d.Second, &body); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(body), &d.Decision); err != nil {
				return err
			}
			list = append(list, d)
		}
		return rows.Err()
	})
	return list, err
}

// Proposal is a decision that waits for a second person.
type Proposal struct {
	Event   submit.Event
	Actor   string
	At      time.Time
	Reasons []submit.Reason
	Note    string
}

// Proposal gives what waits for a second person at a request, nil for nothing.
func (s *Store) Proposal(ctx context.Context, id string) (*Proposal, error) {
	var p Proposal
	var at, reasons string
	err := s.db.QueryRowContext(ctx, `SELECT event, actor, at, reasons, note FROM proposal WHERE request_id = ?`, id).Scan(&p.Event, &p.Actor, &at, &reasons, &p.Note)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	p.At = parseStamp(at)
	return &p, json.Unmarshal([]byte(reasons), &p.Reasons)
}
