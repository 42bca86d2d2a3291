package part

import (
	"strings"

	"fyne.io/fyne/v2"
)

// AskText is a question for one line of text.
type AskText struct {
	Ask                // OnYes and Danger are not used
	Label, Placeholder string
	OnText             func(string) // told the trimmed text
}

// Prompt is the overlay for such a question; Enter is yes, Escape is no.
type Prompt struct {
	*Overlay
	Field               *TextField
	YesButton, NoButton *Button
}

// NewPrompt makes the question; call ShowOn on it.
func NewPrompt(a AskText) *Prompt {
	p := &Prompt{Field: NewTextField(FieldSpec{Label: a.Label, Placeholder: a.Placeholder})}
	no := func() {
		p.Close()
		if a.OnNo != nil {
			a.OnNo()
		}
	}
	yes := func() {
		p.Close()
		if a.OnText != nil {
			a.OnText(strings.TrimSpace(p.Field.Value()))
		}
	}
	p.NoButton = Secondary(or(a.No, word("cancel")), "", no)
	p.YesButton = Primary(or(a.Yes, word("yes")), "", yes)
	escape(no, p.YesButton, p.NoButton)
	p.Field.entry.onEscape = func() bool { no(); return true }
	p.Field.OnSubmit(func(string) { yes() })
	words := VStack(10, Heading(a.Title))
	if a.Text != "" {
		words.Add(Body(a.Text))
	}
	words.Add(p.Field)
	p.Overlay = newOverlay(dialogCard(words, p.NoButton, p.YesButton), 460)
	return p
}

// ShowOn opens the question with the keyboard in the field.
func (p *Prompt) ShowOn(c fyne.Canvas) { p.Open(c, p.Field.entry) }
