package document

import (
	"bytes"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/skip2/go-qrcode"

	"github.com/shangyuntong/shangyun/survey"
)

// The walk sheet: an A4 page turned, a block for each machine with its code at the left and room to write at the right.
const (
	walkSide  = 24.0 // of a code, mm
	walkBlock = 30.0 // of a machine, mm
	walkSmall = 8.5  // points
)

// walker prints pages whose head and foot say where they belong.
type walker struct {
	pdf         *fpdf.Fpdf
	left, width float64
	bottom      float64
}

func newWalker(made time.Time, turned bool, fonts Fonts, foot string) *walker {
	way := "P"
	if turned {
		way = "L"
	}
	pdf := fpdf.New(way, "mm", "A4", "")
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetProducer("shangyun", true)
	pdf.AddUTF8FontFromBytes(face, "", fonts.Regular)
	pdf.AddUTF8FontFromBytes(face, "B", fonts.Bold)
	pdf.SetMargins(14, 12, 14)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AliasNbPages("{nb}")
	w, h := pdf.GetPageSize()
	k := &walker{pdf: pdf, left: 14, width: w - 28, bottom: h - 14}
	if way == "L" {
		k.width, k.bottom = max(w, h)-28, min(w, h)-14
	}
	pdf.SetFooterFunc(func() {
		pdf.SetFont(face, "", walkSmall)
		pdf.SetXY(k.left, k.bottom+3)
		pdf.CellFormat(k.width-30, 5, foot, "", 0, "L", false, 0, "")
		pdf.CellFormat(30, 5, "第 "+number(pdf.PageNo())+" 页 / 共 {nb} 页", "", 0, "R", false, 0, "")
	})
	return k
}

// lines prints words at a place, broken to a width, at most so many lines, and gives the height they took.
func (k *walker) lines(x, y, width, size float64, style, words string, most int) float64 {
	k.pdf.SetFont(face, style, size)
	step := size * pt * 1.45
	at := y
	for i, s := range wrap(words, width, func(r rune) float64 { return k.pdf.GetStringWidth(string(r)) }) {
		if i == most {
			break
		}
		k.pdf.SetXY(x, at)
		k.pdf.CellFormat(width, step, s, "", 0, "L", false, 0, "")
		at += step
	}
	return at - y
}

// code draws a QR code as rectangles, one per run of dark modules.
func (k *walker) code(x, y, side float64, words string) {
	q, err := qrcode.New(words, qrcode.Medium)
	if err != nil {
		return
	}
	q.DisableBorder = true
	bits := q.Bitmap()
	m := side / float64(len(bits))
	k.pdf.SetFillColor(0, 0, 0)
	for i, row := range bits {
		for j := 0; j < len(row); j++ {
			from := j
			for j < len(row) && row[j] {
				j++
			}
			if j > from {
				k.pdf.Rect(x+float64(from)*m, y+float64(i)*m, float64(j-from)*m, m, "F")
			}
		}
	}
}

func (k *walker) bytes(op string) ([]byte, error) {
	var out bytes.Buffer
	if err := k.pdf.Output(&out); err != nil {
		return nil, &survey.Error{Code: survey.CodeInternal, Op: op, Detail: "PDF 无法生成", Err: err}
	}
	return out.Bytes(), nil
}

// WalkSheet (走访表) prints the register workshop by workshop: a QR code for each machine to photograph, what is known, and boxes and lines to
// write on. It fails with E0206 for a character that the fonts lack.
func WalkSheet(w survey.Walk, fonts Fonts) ([]byte, error) {
	if err := printable("document.walk", fonts, walkWords(w)); err != nil {
		return nil, err
	}
	firm := w.Firm
	if firm == "" {
		firm = "未命名企业"
	}
	k := newWalker(w.Made, true, fonts, firm+"　走访表　"+w.Made.In(time.FixedZone("CST", 8*3600)).Format("2006-01-02")+"　拍照时请把二维码拍进去，照片会自动归到这台设备")
	for _, s := range w.Shops {
		y := k.shopHead(firm, s)
		for _, m := range s.Machines {
			if y+walkBlock > k.bottom {
				y = k.shopHead(firm, s)
			}
			k.machine(y, w.Fields, m)
			y += walkBlock
		}
	}
	return k.bytes("document.walk")
}

func walkWords(w survey.Walk) []string {
	out := []string{w.Firm}
	for _, s := range w.Shops {
		out = append(out, s.Name)
		out = append(out, s.Notes...)
		for _, m := range s.Machines {
			out = append(out, m.Values...)
		}
	}
	return out
}

// shopName is how a workshop is called on paper.
func shopName(s survey.WalkShop) string {
	if s.Name == "" {
		return "未分车间"
	}
	return s.Name
}

// shopHead begins a page of a workshop and gives where its machines begin.
func (k *walker) shopHead(firm string, s survey.WalkShop) float64 {
	k.pdf.AddPage()
	k.lines(k.left, 11, k.width*0.6, 15, "B", shopName(s), 1)
	k.lines(k.left+k.width*0.6, 12.5, k.width*0.4, walkSmall+1, "", firm+"　共 "+number(len(s.Machines))+" 行", 1)
	y := 20.0
	if len(s.Notes) > 0 {
		y += k.lines(k.left, y, k.width, walkSmall+0.5, "", "已记："+strings.Join(s.Notes, "；"), 2)
	}
	y += k.lines(k.left, y, k.width, walkSmall+0.5, "", "走访人：＿＿＿＿＿＿＿＿　陪同人：＿＿＿＿＿＿＿＿　日期：＿＿＿＿＿＿＿＿　车间备注：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿", 1)
	return y + 2
}

// machine prints one block.
func (k *walker) machine(y float64, fields []survey.WalkField, m survey.WalkMachine) {
	k.pdf.SetDrawColor(150, 150, 150)
	k.pdf.SetLineWidth(0.2)
	k.pdf.Rect(k.left, y, k.width, walkBlock-2, "D")
	k.code(k.left+2, y+2, walkSide, m.Code)
	value := map[string]string{}
	for i, f := range fields {
		if i < len(m.Values) {
			value[f.Key] = m.Values[i]
		}
	}
	x, wide := k.left+walkSide+6, k.width*0.36
	at := y + 2
	name := m.Name
	if name == "" {
		name = "（未命名）"
	}
	at += k.lines(x, at, wide, 11, "B", name, 1) + 0.5
	for _, group := range [][]string{{"assetId", "count"}, {"nameplate.model", "nameplate.manufacturer"}, {"nameplate.serialNumber", "line", "process"}} {
		at += k.lines(x, at, wide, walkSmall, "", labelled(fields, value, group), 1)
	}
	if note := value["note"]; note != "" {
		k.lines(x, at, wide, walkSmall, "", "备注 "+note, 1)
	}
	x += wide + 4
	step := 5.2
	for i, key := range []string{"numeric", "digital", "networked", "onCloud"} {
		k.answer(x, y+2+step*float64(i), headOf(fields, key), value[key])
	}
	if m.Photos > 0 {
		k.lines(x, y+2+step*4, 40, walkSmall, "", "已有照片 "+number(m.Photos)+" 张", 1)
	}
	x += 46
	room := k.left + k.width - x - 3
	for i, key := range []string{"via", "control", "platform"} {
		k.blank(x, y+2+step*float64(i), room, headOf(fields, key), value[key])
	}
	k.blank(x, y+2+step*3, room, "现场备注", "")
	k.blank(x, y+2+step*4, room, "", "")
}

func labelled(fields []survey.WalkField, value map[string]string, keys []string) string {
	var out []string
	for _, key := range keys {
		if value[key] != "" {
			out = append(out, headOf(fields, key)+" "+value[key])
		}
	}
	return strings.Join(out, "　")
}

func headOf(fields []survey.WalkField, key string) string {
	for _, f := range fields {
		if f.Key == key {
			return f.Head
		}
	}
	return key
}

// answer prints a question with its two boxes, the known answer ticked.
func (k *walker) answer(x, y float64, head, known string) {
	k.lines(x, y, 16, walkSmall, "", head, 1)
	for i, word := range []string{"是", "否"} {
		bx := x + 17 + 13*float64(i)
		k.pdf.SetDrawColor(60, 60, 60)
		k.pdf.Rect(bx, y+0.8, 3, 3, "D")
		if known == word {
			k.pdf.Line(bx+0.6, y+2.4, bx+1.3, y+3.2)
			k.pdf.Line(bx+1.3, y+3.2, bx+2.5, y+1.4)
		}
		k.lines(bx+4, y, 6, walkSmall, "", word, 1)
	}
}

// blank prints a head and what is known over a line to write on.
func (k *walker) blank(x, y, width float64, head, known string) {
	words := head
	if known != "" {
		words += "：" + known
	}
	k.lines(x, y, width, walkSmall, "", words, 1)
	k.pdf.SetDrawColor(150, 150, 150)
	k.pdf.Line(x, y+4.6, x+width, y+4.6)
}
