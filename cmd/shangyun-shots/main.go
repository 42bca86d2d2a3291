// Command shangyun-shots draws every page of the wizard for one case to PNG with the software canvas: no display, no C compiler. The
// demo and the manual take their pictures from it.
package main

import (
	"context"
	"flag"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/ui"
	"github.com/shangyuntong/shangyun/ui/page"
	"github.com/shangyuntong/shangyun/ui/theme"
)

func main() {
	var s shots
	flag.StringVar(&s.data, "data", join.DefaultFolder(), "folder of the cases")
	flag.StringVar(&s.id, "case", "", "case id; empty takes the newest")
	flag.StringVar(&s.out, "out", "build/pages", "folder for the pictures")
	flag.BoolVar(&s.dark, "dark", false, "dark colours")
	flag.StringVar(&s.lang, "lang", "zh", "zh or en")
	flag.StringVar(&s.charts, "charts", "", "write the charts of the case as PNG and SVG to this folder instead of pages")
	flag.StringVar(&s.only, "only", "", "draw just these pages, by name and without a number before it, e.g. assess,review")
	width := flag.Int("width", 1180, "window width")
	height := flag.Int("height", 760, "window height")
	flag.Parse()
	s.size = fyne.NewSize(float32(*width), float32(*height))
	if err := s.run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "图片没有画成：", err)
		os.Exit(1)
	}
}

type shots struct {
	data, id, out, lang, only, charts string
	dark                              bool
	size                              fyne.Size
}

func (s shots) run(ctx context.Context) error {
	desk, closer, err := join.Desk(ctx, s.data, "截图")
	if err != nil {
		return err
	}
	defer closer.Close()
	texts, err := join.Texts()
	if err != nil {
		return err
	}
	if s.id == "" {
		all, err := desk.List(ctx)
		if err != nil || len(all) == 0 {
			return fmt.Errorf("没有案卷：%w", err)
		}
		s.id = all[0].ID
	}
	app := test.NewApp()
	defer app.Quit()
	app.Settings().SetTheme(theme.New(theme.Fonts{Regular: assets.FontSans(), Bold: assets.FontSansBold()}, theme.Options{Dark: s.dark, Icon: assets.Icon}))
	win := test.NewWindow(nil)
	win.SetPadded(false)
	win.Resize(s.size)
	if s.charts != "" {
		return s.pictures(ctx, desk, texts[s.lang])
	}
	help, err := join.Help()
	if err != nil {
		return err
	}
	u, err := ui.New(win, ui.Config{Help: page.Help(help), Desk: desk, Texts: map[string]survey.Text{"zh": texts[s.lang], "en": texts[s.lang]}, Version: join.Version, Folder: s.data, Inline: true})
	if err != nil {
		return err
	}
	defer u.Close()
	return s.draw(win, u)
}

// draw turns to each page and each of its tabs and captures it.
func (s shots) draw(win fyne.Window, u *ui.UI) error {
	if err := os.MkdirAll(s.out, 0o755); err != nil {
		return err
	}
	for i, v := range u.Views(s.id) {
		name := fmt.Sprintf("%02d-%s.png", i, v.Name)
		v.Show()
		if s.only != "" {
			if !slices.Contains(strings.Split(s.only, ","), v.Name) {
				continue
			}
			name = v.Name + ".png"
		}
		s.settle(win)
		if err := s.save(win, name); err != nil {
			return err
		}
	}
	return nil
}

// settle lays everything out as a real window does with each frame: words that break lines know their height only after their width.
func (s shots) settle(win fyne.Window) {
	for range 2 {
		win.Resize(s.size.AddWidthHeight(40, 40))
		win.Resize(s.size)
	}
}

func (s shots) save(win fyne.Window, name string) error {
	f, err := os.Create(filepath.Join(s.out, name))
	if err != nil {
		return err
	}
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, reduce(win.Canvas().Capture())); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
