package assets

import "embed"

// Mark holds mark/*.yaml: by what ERP, OA, camera and controller products are known on their web pages. connectors/probe decodes it.
//
//go:embed mark/*.yaml
var Mark embed.FS
