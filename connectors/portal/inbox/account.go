package inbox

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Account is a person of the portal.
type Account struct {
	Login       string // lower case
	Name        string
	Role        Role
	Operator    string // id, for operators
	Subject     string // bound OIDC identity, "" for none
	HasPassword bool
	LockedUntil time.Time
	MadeAt      time.Time
	EndedAt     time.Time // zero: in use
}

// Who is the person as somebody who asks.
func (a Account) Who() Who {
	return Who{Role: a.Role, Login: a.Login, Name: a.Name, Operator: a.Operator}
}

const accountColumns = `login, name, role, operator, subject, password <> '', locked_until, made_at, ended_at`

func scanAccount(from interface{ Scan(...any) error }) (a Account, err error) {
	var locked, made, ended string
	err = from.Scan(&a.Login, &a.Name, &a.Role, &a.Operator, &a.Subject, &a.HasPassword, &locked, &made, &ended)
	a.LockedUntil, a.MadeAt, a.EndedAt = parseStamp(locked), parseStamp(made), parseStamp(ended)
	return a, err
}

// PutAccount makes an account or changes its name, role and operator. A changed role ends its log-ins.
func (s *Store) PutAccount(ctx context.Context, by Who, a Account, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		var role, operator string
		err := tx.QueryRow(`SELECT role, operator FROM account WHERE login = ?`, a.Login).Scan(&role, &operator)
		isNew := errors.Is(err, sql.ErrNoRows)
		if err != nil && !isNew {
			return err
		}
		if err := lastAdmin(tx, a.Login, a.Role); err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO account (login, name, role, operator, made_at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (login) DO UPDATE SET name = excluded.name, role = excluded.role, operator = excluded.operator, ended_at = ''`, a.Login, a.Name, a.Role, a.Operator, stamp(at))
		if err != nil {
			return err
		}
		if !isNew && (role != string(a.Role) || operator != a.Operator) {
			if _, err := tx.Exec(`DELETE FROM session WHERE login = ?`, a.Login); err != nil {
				return err
			}
		}
		verb := "account-change"
		if isNew {
			verb = "account-add"
		}
		return appendAudit(tx, at, by.Actor(), verb, "", 0, a.Login+" "+string(a.Role))
	})
}

// lastAdmin refuses what would leave the portal without an admin.
func lastAdmin(tx *txn, login string, role Role) error {
	var others, was int
	err := tx.QueryRow(`SELECT (SELECT count(*) FROM account WHERE role = 'admin' AND ended_at = '' AND login <> ?),
		(SELECT count(*) FROM account WHERE role = 'admin' AND ended_at = '' AND login = ?)`, login, login).Scan(&others, &was)
	if err == nil && was > 0 && others == 0 && role != RoleAdmin {
		err = ErrNotAllowed
	}
	return err
}

// EndAccount closes an account with its log-ins and keys; what it did stays in the audit.
func (s *Store) EndAccount(ctx context.Context, by Who, login string, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		if err := lastAdmin(tx, login, ""); err != nil {
			return err
		}
		res, err := tx.Exec(`UPDATE account SET ended_at = ? WHERE login = ? AND ended_at = ''`, stamp(at), login)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNotFound)
		}
		for _, end := range []string{`DELETE FROM session WHERE login = ?`, `UPDATE access_key SET ended_at = made_at WHERE login = ? AND ended_at = ''`} {
			if _, err := tx.Exec(end, login); err != nil {
				return err
			}
		}
		return appendAudit(tx, at, by.Actor(), "account-end", "", 0, login)
	})
}

// SetPassword keeps the hash of a password, ends the account's log-ins and unlocks it.
func (s *Store) SetPassword(ctx context.Context, by Who, login, hash string, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		res, err := tx.Exec(`UPDATE account SET password = ?, failures = 0, locked_until = '' WHERE login = ? AND ended_at = ''`, hash, login)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNotFound)
		}
		if _, err := tx.Exec(`DELETE FROM session WHERE login = ?`, login); err != nil {
			return err
		}
		return appendAudit(tx, at, by.Actor(), "password", "", 0, login)
	})
}

// Accounts lists every account, those in use first.
func (s *Store) Accounts(ctx context.Context) (list []Account, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+accountColumns+` FROM account ORDER BY ended_at <> '', login`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		a, err := scanAccount(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

// Account gives an account in use with the hash of its password; ErrLogin otherwise, ErrLocked while it is locked.
func (s *Store) Account(ctx context.Context, login string, at time.Time) (a Account, hash string, err error) {
	err = s.reading(ctx, func(tx *txn) error {
		a, err = scanAccount(tx.QueryRow(`SELECT `+accountColumns+` FROM account WHERE login = ? AND ended_at = ''`, login))
		if errors.Is(err, sql.ErrNoRows) {
			return ErrLogin
		}
		if err != nil {
			return err
		}
		if at.Before(a.LockedUntil) {
			return ErrLocked
		}
		return tx.QueryRow(`SELECT password FROM account WHERE login = ?`, login).Scan(&hash)
	})
	return a, hash, err
}

// The lock-out: after so many wrong passwords in a row an account rests for so long.
const (
	MaxFailures = 5
	LockTime    = 15 * time.Minute
)

// Failed counts a wrong password and locks the account at the MaxFailures-th in a row.
func (s *Store) Failed(ctx context.Context, login string, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		var n int
		err := tx.QueryRow(`UPDATE account SET failures = failures + 1 WHERE login = ? RETURNING failures`, login).Scan(&n)
		if err != nil || n < MaxFailures {
			return err
		}
		if _, err := tx.Exec(`UPDATE account SET failures = 0, locked_until = ? WHERE login = ?`, stamp(at.Add(LockTime)), login); err != nil {
			return err
		}
		return appendAudit(tx, at, login, "locked", "", 0, "")
	})
}

// Begin opens a log-in under the hash of its cookie.
func (s *Store) Begin(ctx context.Context, login, hash, how string, at, until time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		if _, err := tx.Exec(`DELETE FROM session WHERE until <= ?`, stamp(at)); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE account SET failures = 0 WHERE login = ?`, login); err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO session (hash, login, made_at, until) VALUES (?, ?, ?, ?)`, hash, login, stamp(at), stamp(until)); err != nil {
			return err
		}
		return appendAudit(tx, at, login, "login", "", 0, how)
	})
}

// Session gives whose log-in a cookie's hash is; ErrLogin when it is none or over.
func (s *Store) Session(ctx context.Context, hash string, at time.Time) (Account, error) {
	a, err := scanAccount(s.db.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM account
		WHERE login = (SELECT login FROM session WHERE hash = ? AND until > ?) AND ended_at = ''`, hash, stamp(at)))
	if errors.Is(err, sql.ErrNoRows) {
		return a, ErrLogin
	}
	return a, err
}

// End closes a log-in.
func (s *Store) End(ctx context.Context, hash string) error {
	return s.db.free(ctx, func(tx *txn) error {
		_, err := tx.Exec(`DELETE FROM session WHERE hash = ?`, hash)
		return err
	})
}

// Bind ties an account to an OIDC identity at its first log-in; afterwards only that identity opens it. It gives the account.
func (s *Store) Bind(ctx context.Context, login, subject string, at time.Time) (a Account, err error) {
	err = s.db.tx(ctx, func(tx *txn) error {
		a, err = scanAccount(tx.QueryRow(`SELECT `+accountColumns+` FROM account WHERE subject = ? AND ended_at = ''`, subject))
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		a, err = scanAccount(tx.QueryRow(`SELECT `+accountColumns+` FROM account WHERE login = ? AND subject = '' AND ended_at = ''`, login))
		if errors.Is(err, sql.ErrNoRows) {
			return ErrLogin
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE account SET subject = ? WHERE login = ?`, subject, login); err != nil {
			return err
		}
		return appendAudit(tx, at, login, "bind", "", 0, "")
	})
	return a, err
}
