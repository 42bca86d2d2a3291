package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// What stands in the way, for callers that answer differently to each.
var (
	// ErrAway: the server does not answer, is ending or has just ended a connection. The same may be tried again.
	ErrAway = errors.New("database server is away")
	// ErrNewer: a newer program has migrated the database beyond what this one knows.
	ErrNewer = errors.New("database was written by a newer version")
	// ErrFull: the server's disk has no room left.
	ErrFull = errors.New("database server's disk is full")
	// ErrUnique: a row with the same key is there already.
	ErrUnique = errors.New("row exists already")
	// ErrRefused: the server does not let this user in.
	ErrRefused = errors.New("database server refuses the log-in")
)

var errBad = driver.ErrBadConn

// Explain joins one of the errors above to an error of the driver. Other errors
// and nil come back unchanged; a context that ended is not the server's fault.
func Explain(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	kind := kindOf(err)
	if kind == nil || errors.Is(err, kind) {
		return err
	}
	return fmt.Errorf("%w: %w", kind, err)
}

func kindOf(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch {
		case pg.Code == "23505":
			return ErrUnique
		case pg.Code == "53100":
			return ErrFull
		case strings.HasPrefix(pg.Code, "28"), pg.Code == "3D000":
			return ErrRefused
		case strings.HasPrefix(pg.Code, "08"), strings.HasPrefix(pg.Code, "57P"), pg.Code == "25P03", pg.Code == "53300":
			return ErrAway
		}
		return nil
	}
	var connecting *pgconn.ConnectError
	var line net.Error
	if errors.As(err, &connecting) || errors.As(err, &line) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err) {
		return ErrAway
	}
	if strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "closed pool") {
		return ErrAway
	}
	return nil
}
