package assets

import _ "embed"

//go:embed font/NotoSerifSC-Regular.ttf
var fontSerif []byte

//go:embed font/NotoSerifSC-Bold.ttf
var fontSerifBold []byte

// FontSerif is the paper font, Noto Serif SC Regular with glyf outlines, cut down to 通用规范汉字表 and GB 2312
// (font/subset-serif.sh). The bytes are shared: do not change them.
func FontSerif() []byte { return fontSerif }

// FontSerifBold is the bold face of FontSerif. The bytes are shared: do not change them.
func FontSerifBold() []byte { return fontSerifBold }
