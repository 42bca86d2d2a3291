package importer

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	qr "github.com/skip2/go-qrcode"

	"github.com/shangyuntong/shangyun/survey/money"
)

// bill is an invoice that the tests write in every published form. Amounts in fen.
type bill struct {
	number, code, date      string
	seller, buyer, buyerTax string
	lines                   []billLine
}

type billLine struct {
	item     string
	net, tax money.Fen
}

func sampleBill() bill {
	return bill{
		number: "26432000000012345678", date: "2026-03-05", seller: "长沙某某软件有限公司", buyer: "株洲恒硬刀具有限公司", buyerTax: "91430200MA4L00000X",
		lines: []billLine{{"*软件*质量与设备数据分析平台", 1_860_000_00, 111_600_00}, {"*信息技术服务*实施", 100_000_00, 6_000_00}},
	}
}

func (b bill) sums() (net, tax money.Fen) {
	for _, l := range b.lines {
		net, tax = net+l.net, tax+l.tax
	}
	return net, tax
}

// xml writes the 数电 XML with the element names of the tax bureau.
func (b bill) xml() []byte {
	net, tax := b.sums()
	var s strings.Builder
	fmt.Fprintf(&s, `<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>%s</EIid><EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.31</Version><InherentLabel><InIssuType><LabelCode>Y</LabelCode><LabelName>是否蓝字发票标志</LabelName></InIssuType><EInvoiceType><LabelCode>02</LabelCode></EInvoiceType><GeneralOrSpecialVAT><LabelCode>01</LabelCode><LabelName>增值税专用发票</LabelName></GeneralOrSpecialVAT></InherentLabel></Header>
<EInvoiceData><SellerInformation><SellerIdNum>91430100MA4L11111X</SellerIdNum><SellerName>%s</SellerName></SellerInformation><BuyerInformation><BuyerIdNum>%s</BuyerIdNum><BuyerName>%s</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>%s</TotalAmWithoutTax><TotalTaxAm>%s</TotalTaxAm><TotalTax-includedAmount>%s</TotalTax-includedAmount><TotalTax-includedAmountInChinese>%s</TotalTax-includedAmountInChinese><Drawer>张三</Drawer><RequestTime>%s 10:30:00</RequestTime></BasicInformation>
`, b.number, b.seller, b.buyerTax, b.buyer, net, tax, net+tax, strings.ReplaceAll((net+tax).Capital(), "元", "圆"), b.date)
	for _, l := range b.lines {
		fmt.Fprintf(&s, `<IssuItemInformation><ItemName>%s</ItemName><SpecMod>V3 &amp; V4</SpecMod><MeaUnits>套</MeaUnits><Quantity>1</Quantity><UnPrice>%s</UnPrice><Amount>%s</Amount><TaxRate>0.06</TaxRate><ComTaxAm>%s</ComTaxAm><TotaltaxIncludedAmount>%s</TotaltaxIncludedAmount><TaxClassificationCode>1060201</TaxClassificationCode></IssuItemInformation>
`, l.item, l.net, l.net, l.tax, l.net+l.tax)
	}
	fmt.Fprintf(&s, `<SpecificInformation/><AdditionalInformation><Remark/></AdditionalInformation></EInvoiceData><TaxSupervisionInfo><InvoiceNumber>%s</InvoiceNumber><IssueTime>%s</IssueTime><TaxBureauName>国家税务总局湖南省税务局</TaxBureauName></TaxSupervisionInfo><TaxBureauSignature>%s</TaxBureauSignature></EInvoice>`,
		b.number, b.date, strings.Repeat("QUJD", 2_000))
	return []byte(s.String())
}

// old writes the eInvoice of 2019 that 税控 OFD files carry.
func (b bill) old() []byte {
	net, tax := b.sums()
	var s strings.Builder
	fmt.Fprintf(&s, `<?xml version="1.0" encoding="UTF-8"?><fp:eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019"><fp:InvoiceCode>%s</fp:InvoiceCode><fp:InvoiceNo>%s</fp:InvoiceNo><fp:IssueDate>%s</fp:IssueDate><fp:Buyer><fp:BuyerName>%s</fp:BuyerName><fp:BuyerTaxID>%s</fp:BuyerTaxID></fp:Buyer><fp:Seller><fp:SellerName>%s</fp:SellerName></fp:Seller><fp:TaxInclusiveTotalAmount>%s</fp:TaxInclusiveTotalAmount><fp:TaxExclusiveTotalAmount>%s</fp:TaxExclusiveTotalAmount><fp:TaxTotalAmount>%s</fp:TaxTotalAmount><fp:GoodsInfos>`,
		b.code, b.number, strings.NewReplacer("-", "年").Replace(b.date[:5])+b.date[5:7]+"月"+b.date[8:]+"日", b.buyer, b.buyerTax, b.seller, net+tax, net, tax)
	for _, l := range b.lines {
		fmt.Fprintf(&s, `<fp:GoodsInfo><fp:Item>%s</fp:Item><fp:Amount>%s</fp:Amount><fp:TaxScheme>6%%</fp:TaxScheme><fp:TaxAmount>%s</fp:TaxAmount></fp:GoodsInfo>`, l.item, l.net, l.tax)
	}
	s.WriteString(`</fp:GoodsInfos></fp:eInvoice>`)
	return []byte(s.String())
}

// tags writes CustomTag.xml and the page that it points at.
func (b bill) tags() (tag, page string) {
	var t, p strings.Builder
	id := 100
	field := func(name string, values ...string) {
		fmt.Fprintf(&t, "<ofd:%s>", name)
		for _, v := range values {
			id++
			fmt.Fprintf(&t, `<ofd:ObjectRef PageRef="1">%d</ofd:ObjectRef>`, id)
			fmt.Fprintf(&p, `<ofd:TextObject ID="%d" Boundary="1 1 9 9" Font="29" Size="3"><ofd:TextCode X="0" Y="3">%s</ofd:TextCode></ofd:TextObject>`, id, v)
		}
		fmt.Fprintf(&t, "</ofd:%s>", name)
	}
	net, tax := b.sums()
	field("InvoiceNo", b.number)
	field("IssueDate", b.date[:4]+"年"+b.date[5:7]+"月"+b.date[8:]+"日")
	t.WriteString("<ofd:Buyer>")
	field("BuyerName", b.buyer)
	field("BuyerTaxID", b.buyerTax)
	t.WriteString("</ofd:Buyer><ofd:Seller>")
	field("SellerName", b.seller[:len(b.seller)/6*3], b.seller[len(b.seller)/6*3:]) // a long name stands in two objects
	t.WriteString("</ofd:Seller>")
	field("TaxExclusiveTotalAmount", "¥", net.String())
	field("TaxTotalAmount", "¥"+tax.String())
	field("TaxInclusiveTotalAmount", "¥"+(net+tax).String())
	t.WriteString("<ofd:GoodsInfos>")
	var items, nets, taxes []string
	for _, l := range b.lines {
		items, nets, taxes = append(items, l.item), append(nets, l.net.String()), append(taxes, l.tax.String())
	}
	field("Item", items...)
	field("Amount", nets...)
	field("TaxAmount", taxes...)
	t.WriteString("</ofd:GoodsInfos>")
	const ns = `xmlns:ofd="http://www.ofdspec.org/2016"`
	return `<?xml version="1.0" encoding="UTF-8"?><ofd:eInvoice ` + ns + `>` + t.String() + `</ofd:eInvoice>`,
		`<?xml version="1.0" encoding="UTF-8"?><ofd:Page ` + ns + `><ofd:Content><ofd:Layer ID="2">` + p.String() + `</ofd:Layer></ofd:Content></ofd:Page>`
}

const ofdRoot = `<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`

// ofdAttached is an OFD with the attached data only, ofdTagged one with tags only.
func (b bill) ofdAttached(t testing.TB) []byte {
	return pack(t, "OFD.xml", ofdRoot, "Doc_0/Attachs/original_invoice.xml", string(b.old()))
}

func (b bill) ofdTagged(t testing.TB) []byte {
	tag, page := b.tags()
	return pack(t, "OFD.xml", ofdRoot, "Doc_0/Tags/CustomTag.xml", tag, "Doc_0/Pages/Page_0/Content.xml", page)
}

// code is the text of the QR code on the invoice.
func (b bill) code2d() string {
	net, tax := b.sums()
	if b.code == "" {
		return fmt.Sprintf("01,32,,%s,%s,%s,,1A2B", b.number, net+tax, strings.ReplaceAll(b.date, "-", ""))
	}
	return fmt.Sprintf("01,10,%s,%s,%s,%s,12345678901234567890,1A2B", b.code, b.number, net, strings.ReplaceAll(b.date, "-", ""))
}

// png and photo draw an invoice's corner with its QR code; the photo is a larger, grey and noisy JPEG.
func (b bill) png(t testing.TB) []byte { return drawPNG(t, b.code2d()) }

func drawPNG(t testing.TB, text string) []byte {
	t.Helper()
	data, err := qr.Encode(text, qr.Medium, 256)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (b bill) photo(t testing.TB) []byte {
	t.Helper()
	code, err := png.Decode(bytes.NewReader(b.png(t)))
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewRGBA(image.Rect(0, 0, 1_800, 1_200))
	seed := uint32(7)
	for y := range 1_200 {
		for x := range 1_800 {
			v := uint32(200)
			if px, py := (x-80)/2, (y-60)/2; x >= 80 && y >= 60 && px < 256 && py < 256 {
				v, _, _, _ = code.At(px, py).RGBA()
				v = 30 + v>>8*180/255
			}
			seed = seed*1664525 + 1013904223
			v += seed >> 28
			img.Set(x, y, color.RGBA{uint8(v), uint8(v), uint8(v - 10), 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 70}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// pack makes a zip of names and contents.
func pack(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		p, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
