package page

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// shownCopies is how many copies are listed before a person asks for all.
const shownCopies = 5

// backupCard is the part of the settings about backups: how things stand, a backup now, the second place, and bringing a copy back.
type backupCard struct {
	a     Actions
	place *part.Slot
	all   bool // every copy is listed
}

func newBackupCard(a Actions) *backupCard { return &backupCard{a: a, place: part.NewSlot(nil)} }

// show asks what there is and lays the card out for it; without backups nothing is shown.
func (c *backupCard) show() {
	var st wizard.BackupState
	var none bool
	c.a.Run("", func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		if none = d.Backups == nil; !none {
			st, err = d.BackupState(ctx)
		}
		return nil, err
	}, func(err error) {
		if err == nil && !none {
			c.lay(st)
		}
	})
}

func (c *backupCard) lay(st wizard.BackupState) {
	list := part.VStack(12, keyValues(120, view.BackupRows(c.a.T, st, c.a.Install().Folder)))
	if st.Problem != "" {
		list.Add(part.Notice(part.Warn, c.a.T("backup.problem", st.Problem)))
	}
	buttons := part.Flow(10, part.Primary(c.a.T("backup.now"), "saved", c.now), part.Secondary(c.a.T("backup.second.choose"), "usb", c.choose))
	if st.Second != "" {
		buttons.Add(part.Secondary(c.a.T("backup.second.drop"), "", func() { c.second("") }))
	}
	list.Add(buttons)
	list.Add(part.Muted(c.a.T("backup.note")))
	if len(st.Copies) > 0 {
		list.Add(part.Hairline())
		list.Add(part.Strong(c.a.T("backup.copies")))
	}
	for i, b := range st.Copies {
		if i == shownCopies && !c.all {
			list.Add(part.HStack(0, part.TextButton(c.a.T("backup.more", len(st.Copies)), "chevron-down", func() { c.all = true; c.lay(st) })))
			break
		}
		list.Add(part.HStack(10, part.Body(view.LocalTime(b.At)), part.Tag(view.CopyPlace(c.a.T, b)), part.Spacer(),
			part.Secondary(c.a.T("backup.restore"), "", func() { c.restore(b) })))
	}
	c.place.Set(part.Card(c.a.T("backup.section"), nil, list))
}

// verb runs one of the backups' verbs; a failure is told as a message, and the card shows what is true afterwards.
func (c *backupCard) verb(do func(ctx context.Context, d *wizard.Desk) error, said string) {
	c.a.Run(c.a.T("backup.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return nil, do(ctx, d)
	}, func(err error) {
		if err == nil {
			c.a.Say(said)
		}
		c.show()
	})
}

func (c *backupCard) now() {
	c.verb(func(ctx context.Context, d *wizard.Desk) error { return d.BackupNow(ctx) }, c.a.T("backup.done"))
}

func (c *backupCard) choose() { c.a.PickFolder(c.a.T("backup.second.title"), c.second) }

func (c *backupCard) second(folder string) {
	said := c.a.T("backup.second.set", folder)
	if folder == "" {
		said = c.a.T("backup.second.dropped")
	}
	c.verb(func(ctx context.Context, d *wizard.Desk) error { return d.SecondPlace(ctx, folder) }, said)
}

// restore asks once, saying what time the copy is from and what becomes of the present file.
func (c *backupCard) restore(b wizard.Copy) {
	at := view.LocalTime(b.At)
	c.a.Ask(c.a.T("backup.restore.title", at), c.a.T("backup.restore.text", at), c.a.T("backup.restore"), func() {
		var aside string
		c.a.Run(c.a.T("backup.restoring"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
			aside, err = d.Restore(ctx, b)
			return nil, err
		}, func(err error) {
			if err == nil {
				c.a.Reload(c.a.T("backup.restored", at, view.LastName(aside)))
			}
		})
	})
}

// keyValues are rows of words.
func keyValues(width float32, rows [][2]string) fyne.CanvasObject {
	pairs := make([]part.Pair, len(rows))
	for i, r := range rows {
		pairs[i] = part.Pair{Key: r[0], Value: r[1]}
	}
	return part.KeyValue(width, pairs...)
}
