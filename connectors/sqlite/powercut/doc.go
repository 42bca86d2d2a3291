// Package powercut is a disk for tests: a file system in memory, mounted by FUSE, that knows of every byte and every name whether it was
// synced. On a cut it forgets what was not, as a computer does whose plug is pulled; it can also refuse one operation, or every one from
// the n-th on. It needs Linux with /dev/fuse and the right to mount.
//
// It holds to the letter of POSIX and is harsher than most disks: a new name lasts only once its own folder is synced. A file that is
// renamed keeps one of its two names, as on every disk with a journal. No program of the house imports it. A test must not touch the mounted folder in the process that serves it, because a page fault on a mapped
// file would wait for ever; it lets another process do so.
package powercut
