package assets

import "embed"

// Policy holds the policy packs, policy/*.yaml: texts by paragraph, measures, cards, readings and worked examples; and under policy/overlay
// the form of this year's notice with invented figures.
//
//go:embed policy/*.yaml policy/overlay/*.yaml
var Policy embed.FS
