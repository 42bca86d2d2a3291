package assets

import "embed"

// Catalog holds the catalog pack, catalog/*.yaml: needs.yaml with the needs and platforms.yaml with the dated 双跨 rows beside one
// file per vendor or group of vendors. pack.Catalog decodes it.
//
//go:embed catalog/*.yaml
var Catalog embed.FS
