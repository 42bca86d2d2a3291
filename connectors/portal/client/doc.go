// Package client sends sealed requests to a portal and proves that they arrived.
//
// Nothing counts as sent before the receipt has been verified under the key
// pinned at enrolment, or one that follows from it by signed rotations. The
// steps are repeatable: after any failure the same call may be made again and
// goes on with what is still missing.
//
// A blob that is not small travels in pieces and goes on where it ended. It
// asks no clock: a short token holds until the portal says that it is over.
//
// It never retries by itself (the outbox decides when), never follows a
// redirect, never sends a body from a stream, never speaks plain HTTP to
// another machine, and never writes to disk.
package client
