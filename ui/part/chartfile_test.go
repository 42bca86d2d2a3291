package part

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// charts are one of each kind, made anew.
func charts() map[string]func() fyne.CanvasObject {
	return map[string]func() fyne.CanvasObject{
		"radar": func() fyne.CanvasObject {
			return Sized(520, 340, NewRadar([]Axis{{"设备", "40", 40, 60}, {"管理 <&>", "70", 70, 70}, {"成效", "55", 55, 80}}, true))
		},
		"front": func() fyne.CanvasObject {
			return Sized(520, 300, NewFront(FrontChart{Points: []FrontPoint{{0.2, 0.3, "2 项"}, {0.6, 0.8, "4 项"}}, Chosen: 1, Budget: 0.7, BudgetWord: "预算"}))
		},
		"waterfall": func() fyne.CanvasObject {
			return Sized(520, 260, NewWaterfall([]FallBar{{To: 1, Figure: "10 万", Name: "投入"}, {To: 0.2, Figure: "2 万", Name: "补贴", Role: BarResult, Between: "×20%"}}))
		},
		"gaps": func() fyne.CanvasObject {
			return NewGapBars([]GapBar{{Name: "总分", Now: 0.5, Target: 0.6, Words: "50 / 60"}})
		},
		"cost": func() fyne.CanvasObject {
			return NewCostBar([]CostPiece{{"云平台", "3 万元", 0.6, false}, {"采集", "2 万元", 0.4, true}})
		},
		"gantt": func() fyne.CanvasObject {
			return Sized(640, 0, NewGantt([]string{"2026-12", "2027-01", "2027-02"}, []Span{{"第 1 批", "3 万元", 0, 2, true}, {"上云", "张三", 0, 2, false}}))
		},
		"sync": func() fyne.CanvasObject {
			return NewSyncLine([]SyncStep{{"填写", "已完成", StepDone}, {"报送", "要处理", StepProblem}, {"回执", "未开始", StepTodo}})
		},
		"tree": func() fyne.CanvasObject {
			return NewTree([]Node{{Name: "交换机", Icon: "network"}, {Depth: 1, Name: "车床", Edge: "口 1", Icon: "factory"}})
		},
	}
}

func TestEveryChartIsWrittenAsAPictureOfTwiceItsSize(t *testing.T) {
	for _, dark := range []bool{false, true} {
		dress(t, dark, 1)
		for name, draw := range charts() {
			data, err := PNG(draw())
			if err != nil {
				t.Fatal(name, err)
			}
			img, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(name, err)
			}
			seen := map[[3]uint32]bool{}
			for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 3 {
				for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 3 {
					r, g, b, _ := img.At(x, y).RGBA()
					seen[[3]uint32{r >> 8, g >> 8, b >> 8}] = true
				}
			}
			if img.Bounds().Dx() < 1040 || len(seen) < 5 {
				t.Errorf("%s, dark %v: %v with %d colours", name, dark, img.Bounds(), len(seen))
			}
		}
	}
}

func TestEveryChartIsWrittenAsVectorsWithItsWords(t *testing.T) {
	dress(t, false, 1)
	for name, draw := range charts() {
		data := SVG(draw())
		words, shapes := "", 0
		for d := xml.NewDecoder(bytes.NewReader(data)); ; {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s is no XML: %v\n%s", name, err, data)
			}
			switch v := tok.(type) {
			case xml.StartElement:
				if v.Name.Local != "svg" && v.Name.Local != "text" {
					shapes++
				}
			case xml.CharData:
				words += string(v)
			}
		}
		if shapes < 3 || strings.TrimSpace(words) == "" {
			t.Errorf("%s: %d shapes, words %q", name, shapes, words)
		}
		if name == "radar" && !strings.Contains(words, "管理 <&>") {
			t.Errorf("the radar lost a word: %q", words)
		}
		if !bytes.Equal(data, SVG(draw())) {
			t.Errorf("%s: equal charts give other bytes", name)
		}
	}
}
