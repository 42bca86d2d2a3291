// Package casedb keeps cases, their attachments, the outbox and the settings of
// this computer in one folder: cases.db (SQLite) and blobs/ (one file per
// content, named by its SHA-256). Every payload and every file in blobs/ is
// sealed by a key of its firm, and these keys by connectors/vault (vault.json);
// readable are ids, states, times, sizes and digests.
//
// A case is stored as facts (survey.Fact), one row per revision: nothing is
// written over, the highest revision holds, the others are its history. What a
// method has acknowledged survives a power cut; what failed left no trace. One
// process at a time has the folder open.
//
// It never looks inside a payload except to check that it can be read back and
// to show a firm's name in the list, never repairs or replaces a damaged file,
// never takes a receipt away, never sends anything and has no clock.
package casedb
