package document

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/skip2/go-qrcode"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// ReceiptSheet prints a portal's receipt (回执) as one A4 page: what was received, when, under which number, with the signature in full, so
// that anybody who has the portal's key can check it without this program. The QR holds the bytes that were signed and the signature.
func ReceiptSheet(r submit.Receipt, s submit.Sealed, e submit.Enrolment, fonts Fonts) ([]byte, error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCreationDate(r.ReceivedAt)
	pdf.SetModificationDate(r.ReceivedAt)
	pdf.SetProducer("shangyun", true)
	pdf.SetTitle("回执 "+r.Number, true)
	pdf.AddUTF8FontFromBytes(face, "", fonts.Regular)
	pdf.AddUTF8FontFromBytes(face, "B", fonts.Bold)
	pdf.SetMargins(marginLeft, marginTop, marginRight)
	pdf.AddPage()
	page, _ := pdf.GetPageSize()
	width := page - marginLeft - marginRight
	pdf.SetFont(face, "B", sizeTitle)
	pdf.CellFormat(width, 12, "报 送 回 执", "", 1, "C", false, 0, "")
	pdf.Ln(4)
	for _, row := range receiptRows(r, s, e) {
		if row[1] == "" {
			continue
		}
		pdf.SetFont(face, "", sizeBody)
		parts := wrap(row[1], width-38, func(c rune) float64 { return pdf.GetStringWidth(string(c)) })
		for i, text := range parts {
			label := ""
			if i == 0 {
				label = row[0]
			}
			pdf.SetFont(face, "B", sizeBody)
			pdf.CellFormat(36, 7, label, "", 0, "L", false, 0, "")
			pdf.SetFont(face, "", sizeBody)
			pdf.CellFormat(width-36, 7, text, "", 1, "L", false, 0, "")
		}
		pdf.SetDrawColor(200, 205, 212)
		pdf.Line(marginLeft, pdf.GetY()+0.8, marginLeft+width, pdf.GetY()+0.8)
		pdf.Ln(2)
	}
	if err := receiptCode(pdf, r); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, &survey.Error{Code: survey.CodeInternal, Op: "document.receipt", Detail: "PDF 无法生成", Err: err}
	}
	return out.Bytes(), nil
}

func receiptRows(r submit.Receipt, s submit.Sealed, e submit.Enrolment) [][2]string {
	kind := "补贴申报"
	if r.Kind == submit.Onboarding {
		kind = "上云对接"
	}
	m := s.Submission
	files := fmt.Sprintf("%d 份，共 %d 字节", len(m.Attachments), s.TotalSize())
	return [][2]string{
		{"回执号", r.Number}, {"报送门户", e.Portal + "　" + e.Address}, {"申报单位", m.Summary.FirmName}, {"统一社会信用代码", m.Summary.CreditCode},
		{"事项", kind + "　" + m.Summary.Title}, {"版本", fmt.Sprintf("第 %d 版", r.Revision)},
		{"收到时间", r.ReceivedAt.In(time.FixedZone("CST", 8*3600)).Format("2006年1月2日 15:04:05") + "（北京时间，以门户为准）"},
		{"附件", files}, {"申请编号", r.ID}, {"内容摘要", "SHA-256 " + r.ManifestSHA256}, {"门户序号", fmt.Sprint(r.Seq)},
		{"签名密钥指纹", grouped(r.PortalKeyID)}, {"签名（Ed25519）", base64.StdEncoding.EncodeToString(r.Signature)},
		{"说明", "本机已用登记门户时核对过的密钥验过签名。回执只证明门户在上述时间完整收到了这一版内容，不表示已经受理或批准。"},
	}
}

// grouped writes a key's number as people compare it.
func grouped(id string) string {
	var out []string
	for i := 0; i+4 <= len(id); i += 4 {
		out = append(out, id[i:i+4])
	}
	return strings.Join(out, " ")
}

func receiptCode(pdf *fpdf.Fpdf, r submit.Receipt) error {
	text := string(r.SigningBytes()) + "\n" + base64.StdEncoding.EncodeToString(r.Signature)
	png, err := qrcode.Encode(text, qrcode.Low, 900)
	if err != nil {
		return &survey.Error{Code: survey.CodeInternal, Op: "document.receipt", Detail: "二维码无法生成", Err: err}
	}
	pdf.RegisterImageOptionsReader("receipt", fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(png))
	y := pdf.GetY() + 4
	pdf.ImageOptions("receipt", marginLeft, y, 44, 44, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
	pdf.SetXY(marginLeft+48, y+4)
	pdf.SetFont(face, "", 9)
	for _, text := range []string{"二维码内是被签名的原文和签名。", "有门户公钥的人不用本软件也能核对。"} {
		pdf.SetX(marginLeft + 48)
		pdf.CellFormat(0, 6, text, "", 1, "L", false, 0, "")
	}
	return nil
}
