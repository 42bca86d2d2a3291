package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Fonts are the two faces of the screen font, OTF or TTF (never TTC). Empty bytes leave Fyne's own face.
type Fonts struct {
	Regular, Bold []byte
}

// Options are the reader's choices.
type Options struct {
	Dark  bool
	Scale float32                  // size of the text: 1 is normal, 1.3 is large; below 0.8 or above 2 it is drawn to the nearest bound; 0 is 1
	Icon  func(name string) []byte // an icon's SVG by name, in which currentColor stands for its colour; may be nil
}

type look struct {
	opts          Options
	regular, bold fyne.Resource
	base          fyne.Theme
}

var _ fyne.Theme = (*look)(nil)

// New is the program's theme.
func New(fonts Fonts, opts Options) fyne.Theme {
	if opts.Scale == 0 {
		opts.Scale = 1
	}
	opts.Scale = min(max(opts.Scale, 0.8), 2)
	l := &look{opts: opts, base: fynetheme.DefaultTheme()}
	if len(fonts.Regular) > 0 {
		l.regular = fyne.NewStaticResource("NotoSansSC-Regular.otf", fonts.Regular)
	}
	if len(fonts.Bold) > 0 {
		l.bold = fyne.NewStaticResource("NotoSansSC-Bold.otf", fonts.Bold)
	}
	return l
}

// inForce is the theme of the running program, or nil under a foreign theme.
func inForce() *look {
	if app := fyne.CurrentApp(); app != nil {
		if l, ok := app.Settings().Theme().(*look); ok {
			return l
		}
	}
	return nil
}

// Dark says whether the dark colours are in force.
func Dark() bool {
	if l := inForce(); l != nil {
		return l.opts.Dark
	}
	app := fyne.CurrentApp()
	return app != nil && app.Settings().ThemeVariant() == fynetheme.VariantDark
}

// Scale is the reader's text scale, 0.8 to 2; 1 under a foreign theme.
func Scale() float32 {
	if l := inForce(); l != nil {
		return l.opts.Scale
	}
	return 1
}

// Font is the face for a style: all bold styles share the bold face; there is no italic in Chinese.
func (l *look) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return l.base.Font(style)
	case style.Bold && l.bold != nil:
		return l.bold
	case !style.Bold && l.regular != nil:
		return l.regular
	}
	return l.base.Font(style)
}

// Icon is Fyne's own icon, for the few Fyne widgets in use.
func (l *look) Icon(name fyne.ThemeIconName) fyne.Resource { return l.base.Icon(name) }

// fyneTokens maps Fyne's colour names to ours.
var fyneTokens = map[fyne.ThemeColorName]fyne.ThemeColorName{
	fynetheme.ColorNameBackground:          Bg,
	fynetheme.ColorNameButton:              Surface,
	fynetheme.ColorNameDisabledButton:      Sunk,
	fynetheme.ColorNameDisabled:            Faint,
	fynetheme.ColorNameError:               Err,
	fynetheme.ColorNameFocus:               TintLine,
	fynetheme.ColorNameForeground:          Ink,
	fynetheme.ColorNameForegroundOnError:   OnAccent,
	fynetheme.ColorNameForegroundOnPrimary: OnAccent,
	fynetheme.ColorNameForegroundOnSuccess: OnAccent,
	fynetheme.ColorNameForegroundOnWarning: OnAccent,
	fynetheme.ColorNameHeaderBackground:    Sunk,
	fynetheme.ColorNameHover:               Tint,
	fynetheme.ColorNameHyperlink:           Accent,
	fynetheme.ColorNameInputBackground:     Surface,
	fynetheme.ColorNameInputBorder:         StrongLine,
	fynetheme.ColorNameMenuBackground:      Surface,
	fynetheme.ColorNameOverlayBackground:   Surface,
	fynetheme.ColorNamePlaceHolder:         Faint,
	fynetheme.ColorNamePressed:             TintLine,
	fynetheme.ColorNamePrimary:             Accent,
	fynetheme.ColorNameScrollBar:           StrongLine,
	fynetheme.ColorNameScrollBarBackground: Clear,
	fynetheme.ColorNameSelection:           TintLine,
	fynetheme.ColorNameSeparator:           Line,
	fynetheme.ColorNameShadow:              Shade,
	fynetheme.ColorNameSuccess:             OK,
	fynetheme.ColorNameWarning:             Warn,
}

// Color is the colour of one of our tokens or of Fyne's names; the variant is the one the theme was made with.
func (l *look) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if own, ok := fyneTokens[name]; ok {
		name = own
	}
	if _, ok := tokens[name]; ok {
		return pick(name, l.opts.Dark)
	}
	variant := fynetheme.VariantLight
	if l.opts.Dark {
		variant = fynetheme.VariantDark
	}
	return l.base.Color(name, variant)
}

// Size is the size for Fyne's own widgets; type grows with the reader's scale.
func (l *look) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case fynetheme.SizeNameText:
		return SizeBody * l.opts.Scale
	case fynetheme.SizeNameCaptionText:
		return SizeCell * l.opts.Scale
	case fynetheme.SizeNameSubHeadingText:
		return SizeHeading * l.opts.Scale
	case fynetheme.SizeNameHeadingText:
		return SizeTitle * l.opts.Scale
	case fynetheme.SizeNameInlineIcon:
		return 18 * l.opts.Scale
	case fynetheme.SizeNamePadding:
		return 4
	case fynetheme.SizeNameInnerPadding:
		return 9
	case fynetheme.SizeNameInputRadius, fynetheme.SizeNameButtonRadius:
		return RadiusButton
	case fynetheme.SizeNameInputBorder:
		return 1
	case fynetheme.SizeNameCardRadius, fynetheme.SizeNameDialogRadius, fynetheme.SizeNamePopupRadius:
		return RadiusCard
	case fynetheme.SizeNameScrollBar:
		return 8
	case fynetheme.SizeNameScrollBarSmall:
		return 4
	case fynetheme.SizeNameModalBlurRadius:
		return 0
	}
	return l.base.Size(name)
}
