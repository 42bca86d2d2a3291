package assets

import "embed"

// Questions holds the editions of the maturity questionnaire, one YAML file each under questions/. survey/pack decodes them.
//
//go:embed questions/*.yaml
var Questions embed.FS
