package join

import (
	"context"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/connectors/document"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/manual"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// ManualName is what the user's manual is called as a file.
const ManualName = "上云通用户手册.pdf"

// Reading is what there is to read: the user's manual, the adviser's field guide, the terms, their pictures and the manual as a paper.
type Reading struct {
	Manual, Guide manual.Manual
	Terms         []manual.Term
	Picture       func(name string) []byte
	PDF           func(ctx context.Context) (wizard.File, error)
}

// Help reads the manuals and the glossary that are built in.
func Help() (Reading, error) {
	h := Reading{Picture: picture}
	var err error
	if h.Manual, err = text("manual.md"); err != nil {
		return h, err
	}
	if h.Guide, err = text("adviser.md"); err != nil {
		return h, err
	}
	words, err := text("glossary.md")
	if err != nil {
		return h, err
	}
	h.Terms, err = manual.Glossary(words)
	h.PDF = func(context.Context) (wizard.File, error) {
		data, err := document.Manual(h.Manual, h.Terms, Version, picture, printFonts())
		return wizard.File{Name: ManualName, Data: data}, err
	}
	return h, err
}

func text(name string) (manual.Manual, error) {
	data, err := assets.Manual.ReadFile("manual/" + name)
	if err != nil {
		return manual.Manual{}, survey.Wrap(survey.CodeManual, "join.help", err)
	}
	return manual.Parse(string(data))
}

func picture(name string) []byte {
	data, err := assets.Manual.ReadFile("manual/" + name)
	if err != nil {
		return nil
	}
	return data
}
