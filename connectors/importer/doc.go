// Package importer reads the firm's own lists and turns them into nouns of the survey: today the equipment ledger
// (设备台账) as XLSX or CSV.
//
// It keeps every row that names a machine. What it cannot read stays empty and is named with its row and column;
// what it leaves out (titles, totals, repeated headers) is listed with the reason; nothing is guessed that neither the
// header nor the cell says.
//
// The law of the room: bytes in, nouns out. It never writes a file (not even a temporary one), never opens a case,
// never runs a formula or a macro, and treats every byte as hostile: sizes, rows, columns, depth and elements are
// bounded before a table is built. One file per format.
package importer
