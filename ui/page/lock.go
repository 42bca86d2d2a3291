package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

func init() { Register("lock", newLock) }

// lock is shown instead of everything else while the case file is locked. The window turns on by itself once a verb has unlocked it.
type lock struct {
	a      Actions
	secret *part.TextField
	body   fyne.CanvasObject
}

func newLock(a Actions) Page {
	p := &lock{a: a, secret: part.NewPasswordField(part.FieldSpec{Label: a.T("lock.secret")})}
	p.secret.OnSubmit(func(string) { p.open() })
	p.body = part.Middle(part.Sized(460, 0, part.Card(a.T("lock.title"), nil, part.VStack(14, part.Body(a.T("lock.text")), p.secret,
		part.HStack(10, part.Spacer(), part.Primary(a.T("lock.unlock"), "", p.open))))))
	return p
}

// Parts implements Page; there is a body only.
func (p *lock) Parts() (header, body, foot fyne.CanvasObject) { return nil, p.body, nil }

// Show implements Page: the cursor waits in the field.
func (p *lock) Show(*wizard.State) { p.secret.Focus() }

// open tries the secret; why it is refused, and how long to wait, stands beside the field.
func (p *lock) open() {
	secret := p.secret.Value()
	if secret == "" {
		return
	}
	p.secret.SetValue("")
	var refused error
	p.a.Run(p.a.T("lock.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		refused = d.Unlock(ctx, secret)
		return nil, nil
	}, func(error) {
		if refused != nil {
			p.secret.SetError(p.a.ErrorText(refused))
		}
	})
}
