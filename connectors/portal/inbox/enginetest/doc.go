// Package enginetest starts a real PostgreSQL and a real S3 server (versitygw)
// for tests and gives each test a database and a bucket of its own.
//
// It knows nothing of the inbox, opens no port but on the loopback, and is
// imported by tests alone. Where the programs are missing the tests say so.
package enginetest
