package assets

import "embed"

// Text holds text/<language>/*.yaml: flat maps from key to words, one folder a language, one file a room of the product so that people who
// write different pages do not meet in one file.
//
//go:embed text/*/*.yaml
var Text embed.FS
