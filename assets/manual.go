package assets

import "embed"

// Manual holds manual/manual.md, the user's manual, manual/adviser.md, the adviser's field guide, manual/glossary.md, the terms, and the pictures
// that they show, manual/shots/*.png, which the program draws itself (make screenshots). survey/manual reads the texts.
//
//go:embed manual/*.md manual/shots/*.png
var Manual embed.FS
