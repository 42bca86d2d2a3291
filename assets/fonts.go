package assets

import "embed"

//go:embed font/NotoSansSC-Regular.otf
var fontSans []byte

//go:embed font/NotoSansSC-Bold.otf
var fontSansBold []byte

//go:embed icon/*.svg
var icons embed.FS

// FontSans is the screen font, Noto Sans SC Regular cut down to 通用规范汉字表 and GB 2312 (font/subset.sh).
// The bytes are shared: do not change them.
func FontSans() []byte { return fontSans }

// FontSansBold is the bold face of FontSans. The bytes are shared: do not change them.
func FontSansBold() []byte { return fontSansBold }

// Icon is the SVG of a stroke icon on a 24 grid, for instance Icon("check"); nil for a name that is not in icon/.
// Its colour is the word currentColor, replaced by whoever draws it.
func Icon(name string) []byte {
	b, err := icons.ReadFile("icon/" + name + ".svg")
	if err != nil {
		return nil
	}
	return b
}
