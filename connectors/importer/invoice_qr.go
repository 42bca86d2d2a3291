package importer

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // photos
	_ "image/png"  // screen shots
	"strings"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/shangyuntong/shangyun/survey"
)

// photo reads the QR code in a picture of an invoice.
func (r *invoiceReader) photo(name string, data []byte) error {
	size, err := photoSize(data)
	if err != nil {
		return err
	}
	if r.left.pixels -= size; r.left.pixels < 0 {
		return survey.Fail(survey.CodeFileTooBig, opInvoice, "图片太多，请分几次导入")
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return invoiceFault(err)
	}
	text, err := scan(img)
	if err != nil {
		return &survey.Error{Code: survey.CodeFileEmpty, Op: opInvoice, Detail: "图片里没有读到发票二维码，请把左上角的二维码拍清楚，或导入 XML、OFD", Err: err}
	}
	s, err := qrSlip(text)
	if err != nil {
		return err
	}
	s.file, s.from = name, trustQR
	r.slips = append(r.slips, s)
	return nil
}

// photoSize gives the number of points of a picture; too many are refused before anything is unpacked.
func photoSize(data []byte) (points int, err error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return 0, invoiceFault(err)
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > maxPhotoPixels/size.Height {
		return 0, survey.Fail(survey.CodeFileTooBig, opInvoice, "图片超过 %d 万像素，请缩小后再导入", maxPhotoPixels/10_000)
	}
	return size.Width * size.Height, nil
}

// decodePhoto unpacks a picture that is not too large.
func decodePhoto(data []byte) (image.Image, error) {
	if _, err := photoSize(data); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, invoiceFault(err)
	}
	return img, nil
}

// scan finds a QR code in a picture, first as it is and then smaller: a code in a large photo is found better when noise is averaged out.
func scan(img image.Image) (text string, err error) {
	err = errors.New("no code")
	gray := grayOf(img)
	for _, width := range []int{1_600, 800, gray.Rect.Dx(), 2_400} {
		if width > gray.Rect.Dx() {
			continue
		}
		if text, err = scanOnce(shrink(gray, width)); err == nil {
			return text, nil
		}
	}
	return "", err
}

// maxPatterns bounds the corners that one search may find: the library weighs every three of them against each other, so that a picture
// full of corners would keep it busy for days.
const maxPatterns = 400

func scanOnce(img image.Image) (text string, err error) {
	defer func() { // the library is not ours; a defect in it on foreign bytes is an unread picture, not a crash
		if p := recover(); p != nil {
			text, err = "", fmt.Errorf("panic: %v", p)
		}
	}()
	found := 0
	count := func(gozxing.ResultPoint) {
		if found++; found > maxPatterns {
			panic("too many corners")
		}
	}
	bitmap, err := gozxing.NewBinaryBitmap(gozxing.NewHybridBinarizer(gozxing.NewLuminanceSourceFromImage(img)))
	if err != nil {
		return "", err
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{
		gozxing.DecodeHintType_TRY_HARDER:                 true,
		gozxing.DecodeHintType_NEED_RESULT_POINT_CALLBACK: gozxing.ResultPointCallback(count),
	})
	if err != nil {
		return "", err
	}
	return result.GetText(), nil
}

func grayOf(img image.Image) *image.Gray {
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	if y, ok := img.(*image.YCbCr); ok {
		for row := range b.Dy() {
			copy(out.Pix[row*out.Stride:row*out.Stride+b.Dx()], y.Y[y.YOffset(b.Min.X, b.Min.Y+row):])
		}
		return out
	}
	for row := range b.Dy() {
		for col := range b.Dx() {
			r, g, bl, a := img.At(b.Min.X+col, b.Min.Y+row).RGBA()
			white := 0xFFFF - a // a transparent ground is paper
			out.Pix[row*out.Stride+col] = uint8((19595*(r+white) + 38470*(g+white) + 7471*(bl+white) + 1<<15) >> 24)
		}
	}
	return out
}

// shrink makes a picture smaller by averaging.
func shrink(in *image.Gray, width int) *image.Gray {
	w, h := in.Rect.Dx(), in.Rect.Dy()
	if width >= w {
		return in
	}
	height := max(h*width/w, 1)
	out := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		top, bottom := y*h/height, max((y+1)*h/height, y*h/height+1)
		for x := range width {
			left, right := x*w/width, max((x+1)*w/width, x*w/width+1)
			sum := 0
			for row := top; row < bottom; row++ {
				for _, p := range in.Pix[row*in.Stride+left : row*in.Stride+right] {
					sum += int(p)
				}
			}
			out.Pix[y*out.Stride+x] = uint8(sum / ((bottom - top) * (right - left)))
		}
	}
	return out
}

// qrSlip reads the text of an invoice's QR code: 01,kind,code,number,amount,yyyymmdd,check,crc. The amount is with tax where the code field
// is empty (数电) and without tax on the older kinds; that is general knowledge and not taken from a published rule, so the sum is only
// filed in the one place and the rest left open.
func qrSlip(text string) (slip, error) {
	f := strings.Split(survey.HalfWidth(text), ",")
	if len(f) < 6 || len(f) > 16 || f[0] != "01" || f[3] == "" {
		return slip{}, survey.Fail(survey.CodeFileKind, opInvoice, "这个二维码不是发票上的二维码")
	}
	s := slip{code: strings.TrimSpace(f[2]), number: strings.TrimSpace(f[3]), date: strings.TrimSpace(f[5])}
	if amount := strings.TrimSpace(f[4]); s.code == "" {
		s.gross = amount
	} else {
		s.net = amount
	}
	return s, nil
}
