package assets

import "embed"

// Sample holds the invented sample firm's own files, e.g. "sample/台账.xlsx", its equipment ledger.
//
//go:embed sample
var Sample embed.FS
