package assets

import "embed"

// Questions holds the editions of the maturity questionnaire, one YAML file each under questions/. survey/pack decodes them. The
// other standards that the same inventory answers in part are under questions/standards/.
//
//go:embed questions/*.yaml questions/standards/*.yaml
var Questions embed.FS
