package assets

import "embed"

// Software holds the rules that recognise factory software among what is installed on a computer, software/*.yaml, and guide/*.yaml, which
// says where a machine that was not identified shows its name plate or its version. survey/pack decodes both.
//
//go:embed software/*.yaml guide/*.yaml
var Software embed.FS
