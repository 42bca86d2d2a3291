// Package importer reads the firm's own papers and turns them into nouns of the survey: the equipment ledger (设备台账) as XLSX or CSV, and
// electronic invoices (电子发票) as 数电 XML, OFD, a QR code in a photo, or a zip of those.
//
// Of a ledger it keeps every row that names a machine. What it cannot read stays empty and is named with its row and column;
// what it leaves out (titles, totals, repeated headers) is listed with the reason; nothing is guessed that neither the
// header nor the cell says. An invoice that contradicts itself is left out and named; nothing proves that one is genuine (未验真).
//
// The law of the room: bytes in, nouns out. It never writes a file (not even a temporary one), never opens a case,
// never runs a formula or a macro, never fetches anything, and treats every byte as hostile: sizes, rows, columns, depth, elements and
// pixels are bounded before a table is built. One file per format.
package importer
