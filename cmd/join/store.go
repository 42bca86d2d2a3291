package join

import (
	"context"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/connectors/casedb"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Store opens the case file alone. A damaged one is said to be together with the time of the newest backup.
func Store(ctx context.Context, dir string) (*casedb.DB, error) {
	db, err := casedb.Open(ctx, dir)
	if survey.CodeOf(err) != survey.CodeStoreDamaged || err == nil {
		return db, err
	}
	copies, listErr := casedb.Rescue(dir)
	if listErr != nil || len(copies) == 0 {
		return nil, err
	}
	return nil, &survey.Error{Code: survey.CodeStoreDamaged, Op: "join.store", Err: err,
		Detail: survey.DetailOf(err) + "；最新的备份是 " + copies[0].At.Local().Format("2006年1月2日 15:04") + " 的，可用 shangyunctl backup restore 恢复"}
}

// Plain takes the hint for the command line off an error of Store again.
func Plain(err error) error {
	var e *survey.Error
	if errors.As(err, &e) && e.Op == "join.store" {
		return e.Err
	}
	return err
}

// Copies lists the backups inside a folder that cannot be opened, CopiesIn those in another place, newest first.
func Copies(dir string) ([]wizard.Copy, error) { return casedb.Rescue(dir) }

// CopiesIn lists the backups in another place, newest first.
func CopiesIn(place string) ([]wizard.Copy, error) { return casedb.BackupsIn(place) }

// Restore brings a closed folder back to a backup; what it holds is set aside.
func Restore(ctx context.Context, dir string, from wizard.Copy) error {
	_, err := casedb.Restore(ctx, dir, from, time.Now())
	return err
}

// guard is the case file's lock; after unlocking it sees to the backup that is due.
type guard struct{ *casedb.DB }

// Unlock implements wizard.Lock.
func (g guard) Unlock(ctx context.Context, secret string, at time.Time) error {
	if err := g.DB.Unlock(ctx, secret, at); err != nil {
		return err
	}
	g.due(ctx)
	return nil
}

// UnlockKeyring implements wizard.Ways.
func (g guard) UnlockKeyring(ctx context.Context) error {
	if err := g.DB.UnlockKeyring(ctx); err != nil {
		return err
	}
	g.due(ctx)
	return nil
}

// due makes the daily backup. Its failure stops nobody's work; the case file keeps it in words under casedb.BackupProblem.
func (g guard) due(ctx context.Context) { _ = g.DueBackup(ctx, time.Now()) }
