package wizard

import (
	"context"
	"errors"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Deed (行为) is what a line of the log says was done with a firm's data.
type Deed string

// The deeds.
const (
	DeedBegin   Deed = "begin"   // 起始: the log begins here, or goes on in a restored copy
	DeedView    Deed = "view"    // 查看: a person opened the case
	DeedChange  Deed = "change"  // 修改: facts were written
	DeedExport  Deed = "export"  // 导出: something readable left the case file
	DeedSend    Deed = "send"    // 报送: bytes went to a portal or a platform
	DeedParcel  Deed = "parcel"  // 交接: a sealed parcel was made or taken in
	DeedConsent Deed = "consent" // 同意: a person agreed to an export or a sending
	DeedDelete  Deed = "delete"  // 删除: the key, the rows and the contents were destroyed
)

// Logged is one line of the log of a firm's data (操作记录).
type Logged struct {
	Seq    int64     `json:"seq"` // from 1, without gaps, over all cases of the folder
	CaseID string    `json:"caseId"`
	Deed   Deed      `json:"deed"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`    // "" when the firm's key was destroyed
	What   string    `json:"what"`  // what was shown, changed or left, in words
	Where  string    `json:"where"` // where it went: a file's name, a portal, a person; "" when it stayed here

	Facts map[string]int `json:"facts,omitempty"` // of a change: how many facts of which kind were written
}

// Count is how many facts the line is about.
func (l Logged) Count() int64 {
	n := 0
	for _, k := range l.Facts {
		n += k
	}
	return int64(n)
}

// Masked gives the line with telephone, identity and account numbers hidden.
func (l Logged) Masked() Logged {
	l.By, l.What, l.Where = survey.MaskIn(l.By), survey.MaskIn(l.What), survey.MaskIn(l.Where)
	return l
}

// LogCheck is how the log was found. Problem is "" for a log without a gap.
type LogCheck struct {
	Lines   int64  `json:"lines"`
	Head    string `json:"head"`    // digest of the newest line, in hex: write it down to hold it against a later one
	Known   int64  `json:"known"`   // the line whose digest was written down earlier; 0 without one
	Bad     int64  `json:"bad"`     // the first line that is changed, missing or out of its place; 0 when none is
	Problem string `json:"problem"` // in words
}

// Audit keeps the log. It only ever grows; each line carries a keyed digest of the line before.
type Audit interface {
	// Log appends one line durably; Seq is given by the store.
	Log(ctx context.Context, l Logged) error
	// Logged gives the lines of a case, oldest first; "" gives those of all cases.
	Logged(ctx context.Context, caseID string) ([]Logged, error)
	// VerifyLog goes through the whole log. head is a digest that was written down earlier, "" for none.
	VerifyLog(ctx context.Context, head string) (LogCheck, error)
}

// log notes a deed. When it cannot be noted the deed must not happen: callers log first.
func (d *Desk) log(ctx context.Context, caseID string, deed Deed, what, where string) error {
	if d.Audit == nil {
		return nil
	}
	return d.Audit.Log(ctx, Logged{CaseID: caseID, Deed: deed, At: d.Now().UTC(), By: d.By, What: what, Where: where})
}

// View (查看) is Open for a person who is going to look at the case. It is noted once per case until this desk is locked or ends; when it cannot be
// noted the case stays closed.
func (d *Desk) View(ctx context.Context, id string) (*State, error) {
	st, err := d.Open(ctx, id)
	if err != nil || d.viewed[id] { // what cannot be shown was not seen
		return st, err
	}
	if err := d.log(ctx, id, DeedView, "打开案卷", ""); err != nil {
		return nil, err
	}
	if d.viewed == nil {
		d.viewed = map[string]bool{}
	}
	d.viewed[id] = true
	return st, nil
}

// NoteExport notes that something readable of a case is about to leave: what, and to which file or folder. When it fails nothing may leave.
func (d *Desk) NoteExport(ctx context.Context, id, what, where string) error {
	return d.log(ctx, id, DeedExport, what, where)
}

// sending notes that something is about to go to a portal, lets it go, and notes how it ended.
func (d *Desk) sending(ctx context.Context, caseID, what, where string, do func() (done string, err error)) error {
	if err := d.log(ctx, caseID, DeedSend, what, where); err != nil {
		return err
	}
	done, err := do()
	if err != nil {
		done = "未完成（" + string(survey.CodeOf(err)) + "）"
	}
	if noted := d.log(context.WithoutCancel(ctx), caseID, DeedSend, what+"："+done, where); noted != nil {
		return errors.Join(err, noted)
	}
	return err
}

// CheckLog goes through the whole log; head is a digest that was written down earlier, "" for none. It fails with E0401 when the case file keeps
// no log.
func (d *Desk) CheckLog(ctx context.Context, head string) (LogCheck, error) {
	if d.Audit == nil {
		return LogCheck{}, errNoLog
	}
	return d.Audit.VerifyLog(ctx, head)
}

// Fault is the failure that a check found, E0309 naming the first bad line; nil when the log is whole.
func (c LogCheck) Fault() error {
	if c.Problem == "" {
		return nil
	}
	return survey.Fail(survey.CodeLogBroken, "wizard.checklog", "%s", c.Problem)
}

var errNoLog = survey.Fail(survey.CodeNotReady, "wizard.log", "这个程序没有操作记录")

// LogOf gives the log of one firm's data, oldest first; E0401 when the case file keeps none.
func (d *Desk) LogOf(ctx context.Context, caseID string) ([]Logged, error) {
	if d.Audit == nil {
		return nil, errNoLog
	}
	return d.Audit.Logged(ctx, caseID)
}
