package assets

import "embed"

// Policy holds the policy packs, policy/*.yaml: texts by paragraph, measures, cards, readings and worked examples.
//
//go:embed policy/*.yaml
var Policy embed.FS
