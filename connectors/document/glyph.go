package document

import (
	"strings"
	"sync"

	"golang.org/x/image/font/sfnt"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

// Fonts are the two faces of the PDF: TrueType with glyf outlines. The PDF library writes into
// the bytes while it draws: hand over a copy that is used once.
type Fonts struct{ Regular, Bold []byte }

// coverage answers which characters a face can draw.
type coverage struct {
	font *sfnt.Font
	buf  sfnt.Buffer
	seen map[rune]bool
}

func newCoverage(data []byte) (*coverage, error) {
	f, err := sfnt.Parse(data)
	if err != nil {
		return nil, &survey.Error{Code: survey.CodeInternal, Op: "document.font", Detail: "字体文件无法读取", Err: err}
	}
	return &coverage{font: f, seen: map[rune]bool{}}, nil
}

// has tells whether the face draws r. The PDF writer knows the Basic Multilingual Plane only.
func (c *coverage) has(r rune) bool {
	known, ok := c.seen[r]
	if !ok {
		g, err := c.font.GlyphIndex(&c.buf, r)
		known = err == nil && g != 0 && r <= 0xFFFF
		c.seen[r] = known
	}
	return known
}

// Printable gives the question whether both faces draw a character. It may be asked from several goroutines.
func Printable(fonts Fonts) (func(r rune) bool, error) {
	regular, err := newCoverage(fonts.Regular)
	if err != nil {
		return nil, err
	}
	bold, err := newCoverage(fonts.Bold)
	if err != nil {
		return nil, err
	}
	var one sync.Mutex
	return func(r rune) bool {
		one.Lock()
		defer one.Unlock()
		return regular.has(r) && bold.has(r)
	}, nil
}

// check looks every character up and fails with E0206 naming the first one that is missing and the field it stands in.
func (c *coverage) check(all []place) error {
	for _, place := range all {
		for _, r := range place.text {
			if r != '\n' && !c.has(r) {
				return survey.Fail(survey.CodeGlyph, "document.pdf", "“%s”中的字符“%c”（U+%04X）", place.label, r, r)
			}
		}
	}
	return nil
}

// place is one printed text with the words that name it to a person.
type place struct{ label, text string }

// places lists everything that a paper prints.
func places(a *apply.Application) []place {
	out := []place{{"标题", a.Title}, {"申报表编号", a.Number}, {"填报日期", a.Date}, {"说明", strings.Join(a.Notes, "\n")}}
	for _, s := range a.Sections {
		out = append(out, place{"标题", s.Title}, place{s.Title, strings.Join(s.Text, "\n")})
		for _, f := range s.Fields {
			out = append(out, place{"栏目名", f.Label}, place{f.Label, f.Value}, place{f.Label, f.Source})
			for _, o := range f.Options {
				out = append(out, place{f.Label, o.Text})
			}
		}
		for _, t := range s.Tables {
			out = append(out, place{"标题", t.Title}, place{t.Title, strings.Join(t.Columns, "\n")}, place{t.Title, strings.Join(t.Total, "\n")})
			for _, r := range t.Rows {
				for i, cell := range r {
					out = append(out, place{t.Title + " " + column(t, i), cell})
				}
			}
		}
	}
	return out
}

func column(t apply.Table, i int) string {
	if i < len(t.Columns) {
		return t.Columns[i]
	}
	return ""
}
