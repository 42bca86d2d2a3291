// Package sqlite opens one SQLite file safely: pragmas, migrations, checks and backups.
//
// It gives one writing handle (a single connection whose transactions start
// IMMEDIATE) and a small pool of read-only ones. Every commit is synced to the
// disk before it returns (synchronous FULL), so what was acknowledged survives
// a power cut.
//
// It never knows what the tables mean, never opens the database file by hand
// while it is in use (that would drop SQLite's locks), and is the only package
// that imports the driver and the migration library.
package sqlite
