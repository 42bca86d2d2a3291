package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

func init() { Register("guard", newGuard) }

// guard asks once, at the first start, how the case file is to be guarded: by a passphrase, or not at all after a warning. What was chosen
// is kept under "lock.chosen".
type guard struct {
	a     Actions
	place *part.Slot
	body  fyne.CanvasObject

	fresh, again *part.TextField
	cipher       *part.SelectField
	keyring      *part.Check
}

func newGuard(a Actions) Page {
	p := &guard{a: a, place: part.NewSlot(nil)}
	p.fresh = part.NewPasswordField(part.FieldSpec{Label: a.T("lock.new"), Hint: a.T("lock.new.hint")})
	p.again = part.NewPasswordField(part.FieldSpec{Label: a.T("lock.again")})
	p.again.OnSubmit(func(string) { p.protect() })
	p.cipher = part.NewSelectField(part.FieldSpec{Label: a.T("lock.cipher"), Hint: a.T("lock.cipher.hint")}, []part.Option{
		{Value: wizard.CipherAES, Text: a.T("lock.cipher." + wizard.CipherAES)}, {Value: wizard.CipherSM4, Text: a.T("lock.cipher." + wizard.CipherSM4)}})
	p.cipher.SetValue(wizard.CipherAES)
	p.keyring = part.NewCheck(a.T("guard.keyring"), false, nil)
	p.body = part.Middle(part.Sized(560, 0, p.place))
	p.place.Set(part.Card(a.T("guard.title"), nil, part.VStack(12, part.Body(a.T("guard.text")), part.Columns(12, nil, p.fresh, p.again), p.cipher, p.keyring,
		part.HStack(10, part.TextButton(a.T("guard.none"), "", p.none), part.Spacer(), part.Primary(a.T("guard.set"), "lock", p.protect)))))
	return p
}

// Parts implements Page; there is a body only.
func (p *guard) Parts() (header, body, foot fyne.CanvasObject) { return nil, p.body, nil }

// Show implements Page: the cursor waits in the first field.
func (p *guard) Show(*wizard.State) { p.fresh.Focus() }

func (p *guard) protect() {
	fresh, cipher, keyring := p.fresh.Value(), p.cipher.Value(), p.keyring.On()
	if fresh != p.again.Value() {
		p.again.SetError(p.a.T("lock.different"))
		return
	}
	p.again.SetError("")
	var code string
	var refused, without error
	p.a.Run(p.a.T("lock.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		if cipher != d.LockState().Cipher {
			if refused = d.ChooseCipher(ctx, cipher); refused != nil {
				return nil, nil
			}
		}
		if code, refused = d.Protect(ctx, "", fresh); refused == nil && keyring {
			without = d.UseKeyring(ctx, true)
		}
		return nil, nil
	}, func(error) {
		switch {
		case refused != nil && survey.CodeOf(refused) == survey.CodeNotReady:
			p.cipher.SetError(p.a.ErrorText(refused))
			return
		case refused != nil:
			p.fresh.SetError(p.a.ErrorText(refused))
			return
		case without != nil:
			p.a.Say(p.a.ErrorText(without))
		}
		p.a.Keep(wizard.GuardSetting, "passphrase")
		p.fresh.SetValue("")
		p.again.SetValue("")
		p.place.Set(part.BareCard(part.PadAll(16, recoveryCard(p.a, code, func() { p.a.Reload("") }))))
	})
}

// none leaves the case file readable to whoever has it, after one clear warning.
func (p *guard) none() {
	p.a.Ask(p.a.T("guard.none.title"), p.a.T("guard.none.text"), p.a.T("guard.none.yes"), func() {
		p.a.Keep(wizard.GuardSetting, wizard.GuardNone)
		p.a.Reload("")
	})
}
