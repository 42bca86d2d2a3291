package assets

import "embed"

// Platform holds the connector packs of platforms' own intakes, platform/*.yaml. Those that come with the program are examples and say so.
//
//go:embed platform/*.yaml
var Platform embed.FS
