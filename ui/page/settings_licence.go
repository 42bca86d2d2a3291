package page

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/part"
)

// Part is one thing of others that the program is made of, with the text of its licence.
type Part struct{ Name, Version, Licence, Text string }

// licences lets the person read under which licence each part stands.
func (p *settings) licences() fyne.CanvasObject {
	parts := p.a.Install().Parts
	if len(parts) == 0 {
		return nil
	}
	options := make([]part.Option, len(parts))
	for i, x := range parts {
		options[i] = part.Option{Value: strconv.Itoa(i), Text: strings.TrimSpace(x.Name + " " + x.Version + " · " + x.Licence)}
	}
	text := part.NewSlot(nil)
	f := part.NewSelectField(part.FieldSpec{Label: p.a.T("licence.part"), Placeholder: p.a.T("licence.choose"), Hint: p.a.T("licence.hint", len(parts))}, options)
	f.Listen(func(v string) {
		if i, err := strconv.Atoi(v); err == nil {
			text.Set(part.InnerCard(part.Sized(0, 260, part.Scroll(part.Body(parts[i].Text)))))
		}
	}, nil)
	return part.Card(p.a.T("licence.section"), nil, part.VStack(12, part.Muted(p.a.T("licence.note")), f, text))
}
