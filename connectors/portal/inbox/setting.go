package inbox

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Setting reads one setting of the portal, "" when it was never set.
func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	var v string
	err := s.reading(ctx, func(tx *txn) (err error) {
		v, err = setting(tx, name)
		return err
	})
	return v, err
}

func setting(tx *txn, name string) (string, error) {
	var v string
	err := tx.QueryRow(`SELECT value FROM setting WHERE name = ?`, name).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, err
}

// SetSetting keeps one setting of the portal.
func (s *Store) SetSetting(ctx context.Context, name, value string) error {
	return s.db.tx(ctx, func(tx *txn) error {
		_, err := tx.Exec(`INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
		return err
	})
}

// Configure sets a setting that the audit must show.
func (s *Store) Configure(ctx context.Context, by Who, name, value string, at time.Time) error {
	return s.db.tx(ctx, func(tx *txn) error {
		if _, err := tx.Exec(`INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value); err != nil {
			return err
		}
		return appendAudit(tx, at, by.Actor(), "setting", "", 0, name+" "+value)
	})
}

// EnsureSetting sets a setting that was never set and gives what it is then, to whoever comes first and to all others alike.
func (s *Store) EnsureSetting(ctx context.Context, name, value string) (string, error) {
	err := s.db.tx(ctx, func(tx *txn) error {
		if _, err := tx.Exec(`INSERT INTO setting VALUES (?, ?) ON CONFLICT DO NOTHING`, name, value); err != nil {
			return err
		}
		var err error
		value, err = setting(tx, name)
		return err
	})
	return value, err
}
