package document

import (
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

func TestCharacterThatCannotBeDrawnIsNamed(t *testing.T) {
	for _, c := range []struct{ name, sign string }{{"𰻝面机械有限公司", "𰻝"}, {"𬭚业有限公司", "𬭚"}, {"株洲\uE001公司", "U+E001"}, {"株洲☑公司", "☑"}} {
		in := input(2)
		in.Case.Firm.Name = c.name
		_, err := PDF(apply.Fill(in), nil, "", fonts(t))
		if survey.CodeOf(err) != survey.CodeGlyph || !strings.Contains(survey.DetailOf(err), c.sign) || !strings.Contains(survey.DetailOf(err), "申报单位") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestRareButOfficialCharactersAreDrawn(t *testing.T) {
	in := input(2)
	in.Case.Firm.Name = "昇鑫镕堃喆犇翀㎡￥〇公司"
	data, err := PDF(apply.Fill(in), nil, "", fonts(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := bare(pdfText(t, data)); !strings.Contains(got, in.Case.Firm.Name) {
		t.Error("the name is not in the PDF's text")
	}
}
