package document

import (
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// SignSheet (签字页) prints what a checked case comes to, the digest of what was checked as words and QR code, the remarks, and the places to sign.
// It draws no signature and no seal. It fails with E0206 for a character that the fonts lack.
func SignSheet(s survey.SignSheet, made time.Time, fonts Fonts) ([]byte, error) {
	words := []string{s.Firm, s.By}
	for _, p := range s.Pairs {
		words = append(words, p[0], p[1])
	}
	for _, n := range s.Remarks {
		words = append(words, n.Text, n.By)
	}
	if err := printable("document.signsheet", fonts, words); err != nil {
		return nil, err
	}
	k := newWalker(made, false, fonts, "案卷 "+s.Case+"　摘要 "+s.Digest[:min(16, len(s.Digest))]+"…")
	k.pdf.AddPage()
	y := 18.0
	y += k.lines(k.left, y, k.width, 18, "B", "检查签字页", 1) + 4
	k.code(k.left+k.width-30, 16, 30, s.Case+" "+s.Digest)
	pairs := append([][2]string{{"企业名称", s.Firm}, {"统一社会信用代码", s.CreditCode}}, s.Pairs...)
	pairs = append(pairs, [2]string{"检查人", s.By}, [2]string{"检查日期", s.Date.Chinese()})
	for i, p := range pairs {
		width := k.width - 40
		if i < 3 {
			width -= 36 // beside the code
		}
		k.lines(k.left, y, 38, 10.5, "B", p[0], 1)
		y += max(k.lines(k.left+40, y, width, 10.5, "", p[1], 4), 6) + 1.2
	}
	y += 2
	y += k.lines(k.left, y, k.width, 9, "", "摘要（SHA-256，检查意见不计在内）："+s.Digest, 2) + 4
	y = k.remarks(y, s.Remarks)
	k.places(y)
	return k.bytes("document.signsheet")
}

// remarks prints the remarks with numbers, over as many pages as they take.
func (k *walker) remarks(y float64, list []survey.Remark) float64 {
	y += k.lines(k.left, y, k.width, 12, "B", "检查意见", 1) + 1
	if len(list) == 0 {
		return y + k.lines(k.left, y, k.width, 10.5, "", "没有意见。", 1) + 4
	}
	for i, n := range list {
		words := number(i+1) + "．" + n.Text + "（" + n.By + "，" + n.At.In(time.FixedZone("CST", 8*3600)).Format("2006-01-02 15:04") + "）"
		k.pdf.SetFont(face, "", 10.5)
		tall := float64(len(wrap(words, k.width, func(r rune) float64 { return k.pdf.GetStringWidth(string(r)) }))) * 10.5 * pt * 1.45
		if y+tall > k.bottom {
			k.pdf.AddPage()
			y = 18
		}
		y += k.lines(k.left, y, k.width, 10.5, "", words, 60) + 1.5
	}
	return y + 4
}

// places prints where people sign.
func (k *walker) places(y float64) {
	if y+62 > k.bottom {
		k.pdf.AddPage()
		y = 18
	}
	y += k.lines(k.left, y, k.width, 10.5, "", "以上内容已当面核对。签字只表示看过和核对过，不代替申报承诺。", 2) + 4
	for i, who := range []string{"企业负责人（签字）", "企业（公章）", "检查人（签字）", "顾问（签字）"} {
		x := k.left + float64(i%2)*(k.width/2)
		at := y + float64(i/2)*24
		k.lines(x, at, k.width/2-6, 10.5, "", who+"：", 1)
		k.pdf.SetDrawColor(120, 120, 120)
		k.pdf.Line(x+40, at+6, x+k.width/2-8, at+6)
		k.lines(x+40, at+9, k.width/2-6, 10.5, "", "年　　月　　日", 1)
	}
}
