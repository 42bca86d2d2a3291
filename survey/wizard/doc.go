// Package wizard joins the thinking rooms into the steps a person takes: Desk holds the verbs, State what follows from
// them, Field the one way to read and write a single fact by its path.
//
// It declares the interfaces that it needs (Cases, Blobs, Outbox, Settings, Histories, Scanner, Importer, Filler, Sender, Clock) and knows none
// of their makers: no database, no file, no network, no window, no clock of its own.
package wizard
