package page

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

func init() { Register("lock", newLock) }

// lock is shown instead of everything else while the case file is locked. The window turns on by itself once a verb has unlocked it.
type lock struct {
	a      Actions
	secret *part.TextField
	unlock *part.Button
	wait   *part.Slot
	waits  bool
	body   fyne.CanvasObject
}

func newLock(a Actions) Page {
	p := &lock{a: a, secret: part.NewPasswordField(part.FieldSpec{Label: a.T("lock.secret")}), wait: part.NewSlot(nil)}
	p.secret.OnSubmit(func(string) { p.typed() })
	p.unlock = part.Primary(a.T("lock.unlock"), "", p.typed)
	language := part.Link("English", func() { a.Apply("language", "en") })
	if a.Setting("language") == "en" {
		language = part.Link("中文", func() { a.Apply("language", "zh") })
	}
	p.body = part.Middle(part.Sized(460, 0, part.Card(a.T("lock.title"), language, part.VStack(14, part.Body(a.T("lock.text")), p.secret, p.wait,
		part.HStack(10, part.TextButton(a.T("lock.identity"), "key", p.agency), part.Spacer(), p.unlock)))))
	return p
}

// Parts implements Page; there is a body only.
func (p *lock) Parts() (header, body, foot fyne.CanvasObject) { return nil, p.body, nil }

// Show implements Page: the cursor waits in the field.
func (p *lock) Show(*wizard.State) { p.secret.Focus() }

// Count implements Counter: while a try has to wait nothing can be typed, and the seconds are told.
func (p *lock) Count(left time.Duration) {
	if left <= 0 {
		p.wait.Set(nil)
		p.secret.Enable()
		p.unlock.Enable()
		if p.waits {
			p.secret.SetError("")
			p.secret.Focus()
		}
		p.waits = false
		return
	}
	p.waits = true
	p.secret.Disable()
	p.unlock.Disable()
	p.wait.Set(part.Notice(part.Warn, view.LockWait(p.a.T, left)))
}

func (p *lock) typed() {
	secret := p.secret.Value()
	if secret == "" || p.waits {
		return
	}
	p.secret.SetValue("")
	p.open(secret)
}

// agency opens by the identity file of an agency that the owner let in.
func (p *lock) agency() {
	p.a.PickFile(p.a.T("lock.identity.title"), nil, func(_ string, data []byte) { p.open(string(data)) })
}

// open tries a secret; why it is refused stands beside the field.
func (p *lock) open(secret string) {
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
