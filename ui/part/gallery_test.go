package part

import (
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"github.com/shangyuntong/shangyun/ui/theme"
)

var shots = flag.String("shots", "", "folder for pictures of the parts")

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "assets", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func dress(t testing.TB, dark bool, scale float32) fyne.App {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(
		theme.Fonts{Regular: read(t, "font/NotoSansSC-Regular.otf"), Bold: read(t, "font/NotoSansSC-Bold.otf")},
		theme.Options{Dark: dark, Scale: scale, Icon: func(name string) []byte {
			b, err := os.ReadFile(filepath.Join("..", "..", "assets", "icon", name+".svg"))
			if err != nil {
				t.Errorf("no icon %q", name)
			}
			return b
		}}))
	return app
}

// sheets are the pictures of the gallery; each is also a test that its parts draw without panic.
var sheets = map[string]struct {
	w, h float32
	make func() fyne.CanvasObject
}{
	"frame":   {1180, 760, sheetFrame},
	"fields":  {1180, 900, sheetFields},
	"small":   {1180, 560, sheetSmall},
	"result":  {968, 700, sheetResult},
	"assess":  {968, 860, sheetAssess},
	"tables":  {968, 860, sheetTables},
	"money":   {968, 640, sheetMoney},
	"review":  {968, 720, sheetReview},
	"overlay": {968, 420, sheetOverlay},
}

func TestGallery(t *testing.T) {
	for name, sheet := range sheets {
		for _, dark := range []bool{false, true} {
			for _, scale := range []float32{1, 1.3} {
				if dark && scale > 1 {
					continue // large text is drawn in light only
				}
				suffix := map[bool]string{false: "-light", true: "-dark"}[dark]
				if scale > 1 {
					suffix += "-large"
				}
				t.Run(name+suffix, func(t *testing.T) {
					dress(t, dark, scale)
					c := software.NewCanvas()
					c.SetPadded(false)
					c.SetContent(sheet.make())
					c.Resize(fyne.NewSize(sheet.w*scale, sheet.h*scale))
					c.Content().Refresh()
					if n := countObjects(c.Content()); n < 10 {
						t.Errorf("the sheet has only %d objects", n)
					}
					if *shots == "" {
						return
					}
					f, err := os.Create(filepath.Join(*shots, name+suffix+".png"))
					if err != nil {
						t.Fatal(err)
					}
					defer f.Close()
					if err := png.Encode(f, c.Capture()); err != nil {
						t.Fatal(err)
					}
				})
			}
		}
	}
}

func countObjects(o fyne.CanvasObject) int {
	switch v := o.(type) {
	case *fyne.Container:
		n := 1
		for _, c := range v.Objects {
			n += countObjects(c)
		}
		return n
	case fyne.Widget:
		n := 1
		for _, c := range test.WidgetRenderer(v).Objects() {
			n += countObjects(c)
		}
		return n
	}
	return 1
}
