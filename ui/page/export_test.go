package page

import "fyne.io/fyne/v2"

// LockCard is the settings' card about the passphrase alone.
func LockCard(a Actions) fyne.CanvasObject {
	c := newLockCard(a)
	c.show()
	return c.place
}
