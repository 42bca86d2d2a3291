package wizard

import (
	"context"

	"github.com/shangyuntong/shangyun/survey"
)

// BackupState is what there is of backups: the copies, newest first, the second place ("" when there is none) and what is wrong in
// words ("" when nothing is).
type BackupState struct {
	Copies  []Copy `json:"copies"`
	Second  string `json:"second"`
	Problem string `json:"problem"`
}

// BackupState tells what there is of backups.
func (d *Desk) BackupState(ctx context.Context) (st BackupState, err error) {
	if d.Backups == nil {
		return st, noBackups()
	}
	if st.Copies, err = d.Backups.Backups(ctx); err != nil {
		return st, err
	}
	if st.Second, err = d.Settings.Setting(ctx, BackupFolder); err != nil {
		return st, err
	}
	st.Problem, err = d.Settings.Setting(ctx, BackupProblem)
	return st, err
}

// BackupNow makes a backup, in the second place as well.
func (d *Desk) BackupNow(ctx context.Context) error {
	if d.Backups == nil {
		return noBackups()
	}
	return d.Backups.Backup(ctx, d.Now())
}

// BackupDue makes a backup when the newest is older than a day; a failure is kept as the backups' problem and stops nobody's work.
func (d *Desk) BackupDue(ctx context.Context) error {
	if d.Backups == nil {
		return nil
	}
	return d.Backups.DueBackup(ctx, d.Now())
}

// SecondPlace names a second folder for backups, "" for none, and makes a backup at once.
func (d *Desk) SecondPlace(ctx context.Context, folder string) error {
	if d.Backups == nil {
		return noBackups()
	}
	return d.Backups.SecondPlace(ctx, folder, d.Now())
}

// Restore (恢复) brings all cases back to a backup and goes on with them. What was there is set aside; the place of it is given.
func (d *Desk) Restore(ctx context.Context, from Copy) (aside string, err error) {
	if d.Backups == nil {
		return "", noBackups()
	}
	return d.Backups.Restore(ctx, from, d.Now())
}

func noBackups() error {
	return survey.Fail(survey.CodeNotReady, "wizard.backup", "这个程序没有备份")
}
