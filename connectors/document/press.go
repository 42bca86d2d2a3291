package document

import (
	"bytes"
	"strings"
	"sync"

	"codeberg.org/go-pdf/fpdf"

	"github.com/shangyuntong/shangyun/survey/apply"
)

// press holds the two faces for a set of papers, cut once to the characters that these papers print: a PDF reads a face of some hundred
// characters instead of eight thousand. What is cut depends on the papers alone, so the same papers give the same bytes. It may be used from
// several goroutines.
type press struct {
	whole, cut Fonts
	holds      map[rune]bool
}

// ownWords are the characters that the printer writes besides those of its forms. A paper that prints another one is set with the whole faces.
const ownWords = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~" +
	"　—…、。：；（），公共加印号后处录成打报据摘数文无明未末法生登盖目章编行表要见记说送附"

// newPress checks that both faces draw every character of the forms and cuts the faces. It fails with E0206 naming the
// first one that is missing.
func newPress(fonts Fonts, forms ...*apply.Application) (*press, error) {
	regular, err := newCoverage(fonts.Regular)
	if err != nil {
		return nil, err
	}
	bold, err := newCoverage(fonts.Bold)
	if err != nil {
		return nil, err
	}
	x := &press{whole: fonts, holds: map[rune]bool{}}
	var set strings.Builder
	keep := func(text string) {
		for _, r := range text {
			if r != '\n' && !x.holds[r] {
				x.holds[r] = true
				set.WriteRune(r)
			}
		}
	}
	keep(ownWords)
	for _, a := range forms {
		all := places(a)
		for _, c := range [...]*coverage{regular, bold} {
			if err := c.check(all); err != nil {
				return nil, err
			}
		}
		for _, p := range all {
			keep(p.text)
		}
	}
	var wait sync.WaitGroup
	wait.Go(func() { x.cut.Regular = cutFace(fonts.Regular, set.String()) })
	x.cut.Bold = cutFace(fonts.Bold, set.String())
	wait.Wait()
	return x, nil
}

// cutFace gives a face with the characters of set only. The library writes into what it reads.
func cutFace(face []byte, set string) []byte { return fpdf.UTF8CutFont(bytes.Clone(face), set) }

// print sets a paper with the cut faces; when it prints a character that they lack, with the whole ones.
func (x *press) print(j paper) *printer {
	if p := j.set(x.cut, x.holds); p.missed == 0 {
		return p
	}
	return j.set(x.whole, nil)
}
