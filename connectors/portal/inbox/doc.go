// Package inbox is the portal's store: requests, revisions and receipts in one
// SQLite file, blobs in a folder named by their content.
//
// What it acknowledges is on the disk: a blob's hash is checked, its file
// synced, renamed and its folder synced before the row; rows are committed with
// synchronous FULL before a receipt leaves. Doubles are stopped by the UNIQUE
// constraints, never by looking first.
//
// It never speaks HTTP, never reads a clock (times are arguments) and holds no
// private key: the receipt is made by a function it is given.
package inbox
