package document

import (
	"bytes"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/shangyuntong/shangyun/survey"
)

// RecoverySheet prints a recovery code (恢复码) as one A4 page to be kept under lock. lock is the number of the case file's lock, so that
// two sheets can be told apart. The bytes hold the code readably: print them, and keep them only where the person says.
func RecoverySheet(code, lock string, made time.Time, fonts Fonts) ([]byte, error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetProducer("shangyun", true)
	pdf.AddUTF8FontFromBytes(face, "", fonts.Regular)
	pdf.AddUTF8FontFromBytes(face, "B", fonts.Bold)
	pdf.SetMargins(marginLeft, marginTop, marginRight)
	pdf.AddPage()
	line := func(size, gap float64, style, text string) {
		pdf.SetFont(face, style, size)
		page, _ := pdf.GetPageSize()
		for _, part := range wrap(text, page-marginLeft-marginRight, func(r rune) float64 { return pdf.GetStringWidth(string(r)) }) {
			pdf.CellFormat(0, size*pt*1.6, part, "", 1, "L", false, 0, "")
		}
		pdf.Ln(gap)
	}
	line(sizeTitle, 8, "B", "上云通 恢复码")
	line(sizeBody, 6, "", "忘记口令时，在“案卷已上锁”页面输入下面的恢复码即可开锁。字母不分大小写，短横可以不输；没有字母 I、L、O、U。")
	groups := strings.Split(code, "-")
	for len(groups) > 0 {
		n := min(3, len(groups))
		line(24, 3, "B", strings.Join(groups[:n], "  -  "))
		groups = groups[n:]
	}
	pdf.Ln(6)
	line(sizeBody, 2, "", "锁的编号："+lock)
	line(sizeBody, 8, "", "生成日期："+made.In(time.FixedZone("CST", 8*3600)).Format("2006年1月2日 15:04"))
	line(sizeBody, 3, "B", "请这样保管")
	line(sizeBody, 2, "", "一、锁进柜子，不与电脑放在一起；拿到这张纸和电脑的人可以看到全部企业资料。")
	line(sizeBody, 2, "", "二、不要拍照，不要存进电脑或手机。")
	line(sizeBody, 2, "", "三、口令和恢复码都丢了，任何人都无法恢复案卷，包括本软件的作者。")
	line(sizeBody, 2, "", "四、换了新恢复码或取消口令后，这张纸作废，请撕碎。")
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, &survey.Error{Code: survey.CodeInternal, Op: "document.recovery", Detail: "PDF 无法生成", Err: err}
	}
	return out.Bytes(), nil
}
