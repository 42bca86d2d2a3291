package document

import (
	"regexp"
	"strconv"
	"strings"
)

// Layout (版式) is how a paper is laid out. It is a property of its template: what somebody sets in Word or WPS is what the PDF follows.
type Layout struct {
	Top, Bottom, Left, Right float64 // margins in millimetres
	Title, Head, Body        float64 // sizes in points
	Pitch                    float64 // distance of body lines in points; 0 is one and a half times their size
	Squeeze                  float64 // points by which body characters stand closer than their size, so that 28 fill a line
	Outside                  bool    // page numbers at the outer side (odd right, even left), else centred
}

// The layouts of GB/T 9704-2012: 天头 37, 订口 28, type area 156 × 225 mm; for prose 22 lines of 28 characters of 三号 on a page.
var (
	formLayout  = Layout{Top: marginTop, Bottom: marginBottom, Left: marginLeft, Right: marginRight, Title: sizeTitle, Head: sizeHead, Body: sizeBody, Outside: true}
	proseLayout = Layout{Top: marginTop, Bottom: marginBottom, Left: marginLeft, Right: marginRight, Title: sizeTitle, Head: 16, Body: 16, Pitch: 28.95, Squeeze: 0.25, Outside: true}
)

// The paragraph styles by which a template names its sizes.
const (
	styleTitle, styleHead, styleBody = "SyTitle", "SyHead", "SyBody"
)

var (
	sections  = regexp.MustCompile(`(?s)<w:sectPr.*?</w:sectPr>`)
	marginTag = regexp.MustCompile(`<w:pgMar [^>]*>`)
	gridTag   = regexp.MustCompile(`<w:docGrid [^>]*>`)
	styleTag  = regexp.MustCompile(`(?s)<w:style .*?</w:style>`)
	spaceTag  = regexp.MustCompile(`<w:spacing w:val="[^>]*>`)
	sizeTag   = regexp.MustCompile(`<w:sz w:val="(\d{1,3})"/>`)
)

// LayoutOf reads the layout of a template: margins and line pitch of its first upright section, the sizes of its styles SyTitle, SyHead and
// SyBody, and whether odd and even pages differ. What it does not say, or says beyond reason, stays as in other. It fails with E0208.
func LayoutOf(template []byte, other Layout) (Layout, error) {
	pkg, err := openPackage(template)
	if err != nil {
		return other, err
	}
	return pkg.layout(other), nil
}

// layout is LayoutOf an opened template.
func (p parts) layout(other Layout) Layout {
	l := other
	l.Outside = false
	for _, one := range p {
		switch text := string(one.data); one.name {
		case "word/document.xml":
			l.page(text)
		case "word/styles.xml":
			l.sizes(text)
		case "word/settings.xml":
			l.Outside = strings.Contains(text, "<w:evenAndOddHeaders/>")
		}
	}
	return l
}

func (l *Layout) page(text string) {
	for _, s := range sections.FindAllString(text, -1) {
		if strings.Contains(s, `w:orient="landscape"`) {
			continue
		}
		tag := marginTag.FindString(s)
		for name, to := range map[string]*float64{"w:top": &l.Top, "w:bottom": &l.Bottom, "w:left": &l.Left, "w:right": &l.Right} {
			if mm := attribute(tag, name) / 20 * pt; mm >= 5 && mm <= 80 {
				*to = mm
			}
		}
		if pitch := attribute(gridTag.FindString(s), "w:linePitch") / 20; l.Pitch > 0 && pitch >= 10 && pitch <= 60 {
			l.Pitch = pitch
		}
		return
	}
}

func (l *Layout) sizes(text string) {
	for _, s := range styleTag.FindAllString(text, -1) {
		for id, to := range map[string]*float64{styleTitle: &l.Title, styleHead: &l.Head, styleBody: &l.Body} {
			if !strings.Contains(s, `w:styleId="`+id+`"`) {
				continue
			}
			if squeeze := -attribute(spaceTag.FindString(s), "w:val") / 20; id == styleBody && squeeze >= 0 && squeeze <= 1 {
				l.Squeeze = squeeze
			}
			if m := sizeTag.FindStringSubmatch(s); m != nil {
				if half, err := strconv.Atoi(m[1]); err == nil && half >= 12 && half <= 96 {
					*to = float64(half) / 2
				}
			}
		}
	}
}

// body is the size in which running text is drawn.
func (l Layout) body() float64 { return l.Body - l.Squeeze }

// attribute is the number of an attribute, 0 when there is none.
func attribute(tag, name string) float64 {
	_, rest, ok := strings.Cut(tag, " "+name+`="`)
	if !ok {
		return 0
	}
	value, _, _ := strings.Cut(rest, `"`)
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return 0
	}
	return n
}
