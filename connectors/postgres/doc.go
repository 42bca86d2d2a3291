// Package postgres opens one PostgreSQL database safely: pool, migrations, errors, locks.
//
// Every commit is synced before it returns, whatever the server's own default
// is (synchronous_commit on), so what was acknowledged survives a power cut.
// Several programs may open the same database at once; they bring it to the
// newest version one after the other.
//
// It never knows what the tables mean, never shows a password (not in an error
// either), and is the only package that imports the driver.
package postgres
