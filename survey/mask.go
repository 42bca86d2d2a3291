package survey

import (
	"regexp"
	"strings"
)

// private are the fields that identify a person or an account: telephone and bank account. 个人信息保护法 asks for the least that is needed to be shown.
var private = map[string]bool{"firm.contact.phone": true, "firm.bank.account": true, "project.agent.phone": true}

// Private tells whether the value of a field path is shown masked wherever it is not being edited.
func Private(path string) bool { return private[path] }

// Mask (掩码) hides a number that identifies a person or an account: the first three and the last four characters stay, of fewer than eight
// nothing does.
func Mask(s string) string {
	r := []rune(s)
	if len(r) < 8 {
		return strings.Repeat("*", len(r))
	}
	return string(r[:3]) + strings.Repeat("*", len(r)-7) + string(r[len(r)-4:])
}

// MaskField is Mask for a private field; the value of every other path stays as it is.
func MaskField(path, value string) string {
	if Private(path) {
		return Mask(value)
	}
	return value
}

// MaskDraft is MaskField for a text that could not be taken: it may hold a number that belongs elsewhere.
func MaskDraft(path, text string) string { return MaskIn(MaskField(path, text)) }

// numbers are whole words of a text that read as a mobile telephone, a citizen's number of 18 characters with its date of birth, or a bank
// card. 统一社会信用代码 (18 characters, but no date in it) and invoice numbers (8, 10, 12 or 20 digits) are none of these.
var numbers = regexp.MustCompile(`(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|\d{19}|\d{16,17}`)

// MaskIn hides the telephone, citizen's and bank card numbers inside a text, for messages and logs.
func MaskIn(text string) string {
	at := numbers.FindAllStringIndex(text, -1)
	if at == nil {
		return text
	}
	var b strings.Builder
	end := 0
	for _, x := range at {
		if wordByte(text, x[0]-1) || wordByte(text, x[1]) {
			continue // a part of a longer word, e.g. of a digest
		}
		b.WriteString(text[end:x[0]])
		b.WriteString(Mask(text[x[0]:x[1]]))
		end = x[1]
	}
	return b.String() + text[end:]
}

func wordByte(s string, i int) bool {
	if i < 0 || i >= len(s) {
		return false
	}
	c := s[i]
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_'
}

// Masked gives a copy of the case for looking at: private fields and drafts of them are masked. It must never be stored.
func (c *Case) Masked() *Case {
	out := c.Clone()
	out.Firm.Contact.Phone, out.Firm.Bank.Account = Mask(c.Firm.Contact.Phone), Mask(c.Firm.Bank.Account)
	out.Project.Agent.Phone = Mask(c.Project.Agent.Phone)
	for path, text := range out.Drafts {
		out.Drafts[path] = MaskDraft(path, text)
	}
	return out
}
