package part

import (
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestOverlaysDraw opens what lies above a page, in a window, and with -shots keeps a picture of each.
func TestOverlaysDraw(t *testing.T) {
	options := make([]Option, 30)
	for i := range options {
		options[i] = Option{strconv.Itoa(i), "通用设备制造业 " + strconv.Itoa(i), "C" + strconv.Itoa(30+i)}
	}
	for name, open := range map[string]func(c fyne.Canvas, f *SelectField){
		"confirm": func(c fyne.Canvas, _ *SelectField) {
			NewConfirm(Ask{Title: "删除这个案卷？", Text: "案卷里的 60 台设备、15 项答案和 18 个附件都会从本机删除，不能恢复。已送达门户的材料不受影响。", Yes: "删除案卷", Danger: true}).ShowOn(c)
		},
		"message": func(c fyne.Canvas, _ *SelectField) {
			NewMessage(Note{Kind: OK, Title: "已送达，门户已签名", Text: "回执已保存在案卷里，可随时查看。", Pairs: []Pair{{"回执号", "HN-2026-4302-000117-1"}, {"时间", "2026年11月20日 16:05"}},
				More: []*Button{Secondary("导出回执", "download", nil)}}).ShowOn(c)
		},
		"wait": func(c fyne.Canvas, _ *SelectField) {
			w := NewWaitOverlay("正在报送", nothing)
			w.Set(Running{Title: "正在报送", Words: "3 / 18 个文件", Fraction: 0.2})
			w.ShowOn(c)
		},
		"select": func(_ fyne.Canvas, f *SelectField) { f.SetValue("2"); f.open() },
	} {
		for _, dark := range []bool{false, true} {
			t.Run(name+strconv.FormatBool(dark), func(t *testing.T) {
				dress(t, dark, 1)
				f := NewSelectField(FieldSpec{Label: "国民经济行业", Required: true}, options)
				w := test.NewTempWindow(t, onPage(VStack(0, Card("企业信息", nil, f))))
				w.SetPadded(false)
				w.Resize(fyne.NewSize(760, 460))
				w.Content().Refresh()
				open(w.Canvas(), f)
				if len(w.Canvas().Overlays().List()) != 1 || w.Canvas().Focused() == nil {
					t.Fatal("nothing is open, or the keyboard is nowhere")
				}
				if *shots == "" {
					return
				}
				out, err := os.Create(filepath.Join(*shots, "over-"+name+map[bool]string{false: "-light", true: "-dark"}[dark]+".png"))
				if err != nil {
					t.Fatal(err)
				}
				defer out.Close()
				if err := png.Encode(out, w.Canvas().Capture()); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}
