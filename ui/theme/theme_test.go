package theme

import (
	"image/color"
	"math"
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
)

// luminance and contrast follow WCAG 2.2, §1.4.3.
func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	hi, lo := luminance(a), luminance(b)
	if hi < lo {
		hi, lo = lo, hi
	}
	return (hi + 0.05) / (lo + 0.05)
}

func TestTextStandsOutOnEveryBackgroundItIsDrawnOn(t *testing.T) {
	plain := []fyne.ThemeColorName{Bg, Surface, Sunk, Rail, Tint}
	pairs := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		Ink:      append([]fyne.ThemeColorName{OKBg, WarnBg, ErrBg}, plain...),
		Muted:    append([]fyne.ThemeColorName{OKBg, WarnBg, ErrBg}, plain...),
		Faint:    {Bg, Surface, Sunk, Rail},
		Accent:   plain,
		OnAccent: {Accent, Err},
		OK:       {OKBg, Surface, Sunk, Bg, Tint},
		Warn:     {WarnBg, Surface, Sunk, Rail, Bg},
		Err:      {ErrBg, Surface, Sunk, Rail, Bg},
	}
	for _, dark := range []bool{false, true} {
		for text, grounds := range pairs {
			for _, ground := range grounds {
				if got := contrast(pick(text, dark), pick(ground, dark)); got < 4.5 {
					t.Errorf("dark=%v: %s on %s has contrast %.2f, want at least 4.5", dark, text, ground, got)
				}
			}
		}
	}
}

func TestBordersOfFieldsAndFocusAreSeen(t *testing.T) {
	for _, dark := range []bool{false, true} {
		if got := contrast(pick(Accent, dark), pick(Surface, dark)); got < 3 {
			t.Errorf("dark=%v: the focus ring has contrast %.2f, want at least 3", dark, got)
		}
	}
}

func TestColorsFollowTheThemeInForce(t *testing.T) {
	app := test.NewTempApp(t)
	for _, dark := range []bool{false, true} {
		app.Settings().SetTheme(New(Fonts{}, Options{Dark: dark}))
		if got, want := Color(Accent), color.Color(pick(Accent, dark)); got != want {
			t.Errorf("dark=%v: Color(Accent) = %v, want %v", dark, got, want)
		}
		th := app.Settings().Theme()
		if got, want := th.Color(fynetheme.ColorNamePrimary, fynetheme.VariantLight), Color(Accent); got != want {
			t.Errorf("dark=%v: Fyne's primary colour is %v, want %v", dark, got, want)
		}
		if Dark() != dark {
			t.Errorf("Dark() = %v, want %v", Dark(), dark)
		}
	}
}

func TestLargeTextGrowsTypeOnly(t *testing.T) {
	normal, large := New(Fonts{}, Options{}), New(Fonts{}, Options{Scale: 1.3})
	if got, want := large.Size(fynetheme.SizeNameText), 1.3*normal.Size(fynetheme.SizeNameText); got != want {
		t.Errorf("text = %v, want %v", got, want)
	}
	if got, want := large.Size(fynetheme.SizeNamePadding), normal.Size(fynetheme.SizeNamePadding); got != want {
		t.Errorf("padding = %v, want %v", got, want)
	}
}

func TestEveryTokenHasBothValues(t *testing.T) {
	for name, pair := range tokens {
		if name != Clear && (pair[0]&0xFF == 0 || pair[1]&0xFF == 0) {
			t.Errorf("%s is transparent in one variant", name)
		}
	}
	for fyneName, own := range fyneTokens {
		if _, ok := tokens[own]; !ok {
			t.Errorf("%s points to the unknown token %s", fyneName, own)
		}
	}
}

func TestTheFontDrawsChinese(t *testing.T) {
	regular, err := os.ReadFile("../../assets/font/NotoSansSC-Regular.otf")
	if err != nil {
		t.Fatal(err)
	}
	bold, err := os.ReadFile("../../assets/font/NotoSansSC-Bold.otf")
	if err != nil {
		t.Fatal(err)
	}
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(Fonts{Regular: regular, Bold: bold}, Options{}))
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		size := fyne.MeasureText("株洲恒硬刀具有限公司", 20, style)
		if size.Width < 199 || size.Width > 201 {
			t.Errorf("bold=%v: ten characters of 20 are %.1f wide, want 200", style.Bold, size.Width)
		}
	}
}

func TestIconsTakeTheColourOfTheTheme(t *testing.T) {
	app := test.NewTempApp(t)
	svg := func(name string) []byte {
		if name != "check" {
			return nil
		}
		return []byte(`<svg><path stroke="currentColor"/></svg>`)
	}
	app.Settings().SetTheme(New(Fonts{}, Options{Icon: svg}))
	if got, want := string(Icon("check", Accent).Content()), `<svg><path stroke="#2458D3"/></svg>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if Icon("none", Accent) != nil {
		t.Error("an unknown icon must be nil")
	}
	app.Settings().SetTheme(New(Fonts{}, Options{Icon: svg, Dark: true}))
	if got, want := string(Icon("check", Accent).Content()), `<svg><path stroke="#6C96FF"/></svg>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
