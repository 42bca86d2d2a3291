package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// The colour tokens. A pair "X, XBg" is a text colour with the background it is made for.
const (
	Bg         fyne.ThemeColorName = "syt.bg"         // the page
	Surface    fyne.ThemeColorName = "syt.surface"    // cards, fields, the bottom bar
	Sunk       fyne.ThemeColorName = "syt.sunk"       // inner cards, total rows
	Rail       fyne.ThemeColorName = "syt.rail"       // the step rail
	Line       fyne.ThemeColorName = "syt.line"       // hairlines
	StrongLine fyne.ThemeColorName = "syt.strongLine" // borders of buttons and fields
	Track      fyne.ThemeColorName = "syt.track"      // the empty part of a bar
	Ink        fyne.ThemeColorName = "syt.ink"        // text
	Muted      fyne.ThemeColorName = "syt.muted"      // second text
	Faint      fyne.ThemeColorName = "syt.faint"      // third text: placeholders, what is still to do
	Accent     fyne.ThemeColorName = "syt.accent"     // the one colour of action and of "now"
	OnAccent   fyne.ThemeColorName = "syt.onAccent"   // text on Accent
	Tint       fyne.ThemeColorName = "syt.tint"       // selected rows and cards
	TintLine   fyne.ThemeColorName = "syt.tintLine"   // border of Tint
	SoftBar    fyne.ThemeColorName = "syt.softBar"    // bars of "after" and of second rank
	OK         fyne.ThemeColorName = "syt.ok"
	OKBg       fyne.ThemeColorName = "syt.okBg"
	Warn       fyne.ThemeColorName = "syt.warn"
	WarnBg     fyne.ThemeColorName = "syt.warnBg"
	Err        fyne.ThemeColorName = "syt.err"
	ErrBg      fyne.ThemeColorName = "syt.errBg"
	Shade      fyne.ThemeColorName = "syt.shade" // the shadow under cards
	Scrim      fyne.ThemeColorName = "syt.scrim" // the veil behind an overlay
	Clear      fyne.ThemeColorName = "syt.clear" // nothing
)

// tokens holds light and dark, as 0xRRGGBBAA.
var tokens = map[fyne.ThemeColorName][2]uint32{
	Bg:         {0xF5F7FBFF, 0x12161FFF},
	Surface:    {0xFFFFFFFF, 0x1B212DFF},
	Sunk:       {0xF7F9FCFF, 0x161B26FF},
	Rail:       {0xFFFFFFFF, 0x171C27FF},
	Line:       {0xE4E9F1FF, 0x2A3242FF},
	StrongLine: {0xC9D1DEFF, 0x3F4A60FF},
	Track:      {0xE4E9F1FF, 0x2E3748FF},
	Ink:        {0x1A2233FF, 0xE8ECF4FF},
	Muted:      {0x5A667AFF, 0xA3AEC1FF},
	Faint:      {0x667287FF, 0x8995ABFF},
	Accent:     {0x2458D3FF, 0x6C96FFFF},
	OnAccent:   {0xFFFFFFFF, 0x0D1526FF},
	Tint:       {0xEDF3FFFF, 0x1E2A44FF},
	TintLine:   {0xC3D4FAFF, 0x34497AFF},
	SoftBar:    {0x9DB8F2FF, 0x48619EFF},
	OK:         {0x0B7A43FF, 0x4FD39AFF},
	OKBg:       {0xE6F5EDFF, 0x163229FF},
	Warn:       {0x9A5207FF, 0xF0B45AFF},
	WarnBg:     {0xFDF2E0FF, 0x38301CFF},
	Err:        {0xC0222AFF, 0xFF857DFF},
	ErrBg:      {0xFDECECFF, 0x3D2428FF},
	Shade:      {0x1A223312, 0x00000040},
	Scrim:      {0x121A2A73, 0x05080F99},
	Clear:      {0, 0},
}

func rgba(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 24), G: uint8(v >> 16), B: uint8(v >> 8), A: uint8(v)}
}

// Color is the colour of a token under the theme in force. Under a foreign theme it is the light or dark
// value, as the variant says; an unknown token has the colour of text.
func Color(name fyne.ThemeColorName) color.Color {
	return pick(name, Dark())
}

// Fade is the colour of a token with its opacity set to percent, 0 to 100.
func Fade(name fyne.ThemeColorName, percent int) color.Color {
	c := pick(name, Dark())
	c.A = uint8(min(max(percent, 0), 100) * 255 / 100)
	return c
}

func pick(name fyne.ThemeColorName, dark bool) color.NRGBA {
	pair, ok := tokens[name]
	if !ok {
		pair = tokens[Ink]
	}
	if dark {
		return rgba(pair[1])
	}
	return rgba(pair[0])
}
