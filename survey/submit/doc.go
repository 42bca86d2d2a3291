// Package submit freezes a request into canonical bytes with their SHA-256,
// checks the portal's signed receipt for it, and holds the one state machine
// that the desktop and the portal both run.
//
// A Submission is what a person reviewed; Seal turns it into Sealed, whose
// bytes never change again: the line, the USB stick and the portal carry the
// same bytes, and the receipt names their digest. Nothing counts as sent before
// Receipt.Verify (or Keyring.Verify) has returned nil.
//
// The package only thinks. It never opens a file, a connection or a clock:
// times, ids and keys are arguments.
package submit
