package assets

import "embed"

// Portal holds the guides to government portals, portal/*.yaml: screens in order, uploads and steps. general.yaml serves every policy without
// a guide of its own.
//
//go:embed portal/*.yaml
var Portal embed.FS
