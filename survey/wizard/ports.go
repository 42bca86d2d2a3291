package wizard

import (
	"context"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/handover"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/report"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Change is one fact to be written or, with Gone, to be taken out of the case. The store keeps the old row as history.
type Change struct {
	survey.Fact
	Gone bool
}

// Cases keeps cases as facts. Save is one durable transaction: all changes or none.
type Cases interface {
	List(ctx context.Context) ([]Entry, error)
	Create(ctx context.Context, c *survey.Case, by string, at time.Time) error
	Load(ctx context.Context, id string) (*survey.Case, error)
	Save(ctx context.Context, id string, changes []Change, by string, at time.Time) error
}

// Blobs keeps attachment bytes by their SHA-256. Put is durable when it returns and changes nothing for known bytes.
type Blobs interface {
	Put(ctx context.Context, data []byte) (sha string, err error)
	Get(ctx context.Context, sha string) ([]byte, error)
}

// Request is one sealed revision in the outbox.
type Request struct {
	ID       string          `json:"id"`
	Revision int             `json:"revision"`
	Kind     submit.Kind     `json:"kind"`
	CaseID   string          `json:"caseId"`
	SHA256   string          `json:"sha256"`
	State    submit.State    `json:"state"`
	Sealed   time.Time       `json:"sealed"`
	Attempts int             `json:"attempts"`
	Problem  string          `json:"problem,omitempty"` // code of the last failure
	Detail   string          `json:"detail,omitempty"`  // of the last failure; without one what the portal said, see Said
	Receipt  *submit.Receipt `json:"receipt,omitempty"`
	NextAt   time.Time       `json:"nextAt,omitzero"` // before which the queue does not try again; zero: at any time
	From     string          `json:"from,omitempty"`  // who sent it, when another computer did and a parcel told
}

// Outbox keeps sealed requests until long after their receipt. Put with the same id, revision and bytes changes nothing; other bytes
// under the same number are refused unless nothing has left yet.
type Outbox interface {
	Put(ctx context.Context, s submit.Sealed, at time.Time) error
	Requests(ctx context.Context, caseID string) ([]Request, error)
	Bytes(ctx context.Context, id string, revision int) ([]byte, error)
	Mark(ctx context.Context, r Request, at time.Time) error
	// Waiting gives the requests of all cases that have no receipt, in the order in which they were sealed.
	Waiting(ctx context.Context) ([]Request, error)
	// Revisions gives the revisions of one request, the highest first.
	Revisions(ctx context.Context, id string) ([]Request, error)
}

// Settings keeps small values of the installation. An absent key gives "".
type Settings interface {
	Setting(ctx context.Context, key string) (string, error)
	PutSetting(ctx context.Context, key, value string) error
}

// LockState is how the case file is guarded now.
type LockState struct {
	Locked    bool          `json:"locked"`
	Protected bool          `json:"protected"` // a passphrase is set
	Wait      time.Duration `json:"wait"`      // before the next try after wrong ones
	Keyring   bool          `json:"keyring"`   // the system's keyring opens it as well
	Agencies  []string      `json:"agencies"`  // age recipients that open it as well
	Cipher    string        `json:"cipher"`    // CipherAES or CipherSM4, "" when nothing is sealed
	Number    string        `json:"number"`    // tells locks apart; no secret
}

// The ciphers that a case file can be sealed with; no certification is claimed for either.
const (
	CipherAES = "aes-256-gcm"
	CipherSM4 = "sm4-gcm"
)

// Lock guards the case file by a passphrase. While locked every verb of the other ports fails with E0308, except that Cases.List gives ids
// and times. Unlock takes the passphrase, the recovery code or the text of an age identity file. Protect sets or changes the passphrase; the first time it gives the recovery
// code, which is to be shown once. Unprotect leaves the file readable to whoever has it.
type Lock interface {
	LockState(at time.Time) LockState
	Unlock(ctx context.Context, secret string, at time.Time) error
	Lock()
	Protect(ctx context.Context, old, passphrase string, at time.Time) (recovery string, err error)
	Unprotect(ctx context.Context, passphrase string, at time.Time) error
	NewRecovery(ctx context.Context, passphrase string, at time.Time) (recovery string, err error)
}

// Ways are the other ways into a guarded case file, and what it is sealed with. Keyring and Recipient need a passphrase to be set: they
// are never the only way in. An empty recipient takes all of them away. ChooseCipher fails with E0401 once something is stored.
type Ways interface {
	UnlockKeyring(ctx context.Context) error
	Keyring(ctx context.Context, on bool, at time.Time) error
	Recipient(ctx context.Context, recipient string, at time.Time) error
	ChooseCipher(ctx context.Context, cipher string, at time.Time) error
}

// Copy is one backup (备份): when it was made and where it lies.
type Copy struct {
	At     time.Time `json:"at"`
	Path   string    `json:"path"`
	Second bool      `json:"second"` // in the second place
}

// Settings of the backups.
const (
	BackupFolder  = "backup.folder"  // a second place, "" when there is none
	BackupProblem = "backup.problem" // what is wrong in words, "" when nothing is
)

// Backups copies the case file and brings it back. Restore goes on with the restored file; what was there is set aside and its place
// given. It fails with E0307 when a request that waits to be sent is not in the copy.
type Backups interface {
	Backups(ctx context.Context) ([]Copy, error)
	Backup(ctx context.Context, at time.Time) error
	DueBackup(ctx context.Context, at time.Time) error // one when the newest is older than a day
	SecondPlace(ctx context.Context, folder string, at time.Time) error
	Restore(ctx context.Context, from Copy, at time.Time) (aside string, err error)
}

// Scanner describes this computer.
type Scanner interface {
	Describe(ctx context.Context, at time.Time) (survey.Asset, error)
}

// Software lists what is installed on this computer.
type Software interface {
	Installed(ctx context.Context) (inventory.Installed, error)
}

// Ledger is what an importer made of a file.
type Ledger struct {
	Format   string          `json:"format"` // ledger, nmap or glpi
	Sheet    string          `json:"sheet"`
	Columns  []string        `json:"columns"`          // "第 3 列 原值（万元）→ 原值，单位万元"
	Layout   *survey.Layout  `json:"layout,omitempty"` // how the columns were read; nil where there are none
	Agreed   bool            `json:"agreed"`           // by a layout that a person has agreed to
	Samples  [][]string      `json:"samples"`          // the first rows under the header, cell by cell as Layout.Columns
	Assets   []survey.Asset  `json:"assets"`           // without ids
	Systems  []survey.System `json:"systems,omitempty"`
	Problems []string        `json:"problems"` // rows or cells that need a person, with their place
	Skipped  []string        `json:"skipped"`  // rows left out, with the reason
}

// Importer reads the firm's own equipment list, or what another inventory tool wrote. layouts are those that were agreed before: the one
// of the same header decides how the columns are read; systems are those that the list may name as the place its data go to. Fields lists
// what a column can be read as.
type Importer interface {
	Ledger(name string, data []byte, in Reading) (Ledger, error)
	Fields() []ColumnField
}

// Reading is what an import knows besides the bytes.
type Reading struct {
	Systems []survey.System
	Layouts []survey.Layout
	At      time.Time
}

// ColumnField is one thing that a column can hold.
type ColumnField struct {
	Key  string `json:"key"`
	Name string `json:"name"` // Chinese
}

// InvoiceReader reads the invoices in a file: those that can be taken and, as Problems, everything that needs a person.
type InvoiceReader interface {
	Invoices(name string, data []byte, at time.Time) (InvoicesBrought, error)
}

// File is one document made from a form.
type File struct {
	Name string `json:"name"`
	Role string `json:"role"`
	Type string `json:"type"`
	Data []byte `json:"-"`
}

// Filler writes the papers of one form: DOCX, PDF, XLSX and JSON from one data set.
type Filler interface {
	Fill(a apply.Application, request []byte) ([]File, error)
}

// ReceiptPrinter is a Filler that writes a receipt as a page to print.
type ReceiptPrinter interface {
	Receipt(r submit.Receipt, s submit.Sealed, e submit.Enrolment) (File, error)
}

// Dossiers writes the whole 材料包 of an application but for the files of the case.
type Dossiers interface {
	Dossier(d apply.Dossier, tasks []apply.Task, request []byte) ([]File, error)
	Calendar(tasks []apply.Task, form apply.Application) File
}

// Reporter draws a diagnosis report (诊断报告) with its data inside.
type Reporter interface {
	Report(r report.Report, data []byte) (File, error)
}

// Device is how this installation names itself to a portal.
type Device struct {
	ID     string `json:"id"` // UUIDv7
	Name   string `json:"name"`
	Secret string `json:"secret"` // 64 hex digits, of enrolments with a secret; older portals know no other
	Key    string `json:"key"`    // 64 hex digits, seed of the device's key; the same again makes a repeated enrolment safe
}

// Registrar gets to know a portal.
type Registrar interface {
	Fingerprint(ctx context.Context, address string) (string, error)
	Enrol(ctx context.Context, address, code, fingerprint string, by Device) (submit.Enrolment, error)
	Rotations(ctx context.Context, address string) ([]submit.KeyRotation, error)
}

// Sender delivers requests. Send is repeatable: the same request gives the same receipt. Prove holds what the portal has byte for byte
// against the sealed bytes and the attachments and gives how many bytes were compared.
type Sender interface {
	Send(ctx context.Context, e submit.Enrolment, s submit.Sealed, open func(sha string) ([]byte, error), tell func(submit.Progress)) (submit.Receipt, error)
	Prove(ctx context.Context, e submit.Enrolment, s submit.Sealed, open func(sha string) ([]byte, error)) (int64, error)
}

// Histories reads what every save did to a case and writes the saves that take one back. What is stored is never rewritten.
type Histories interface {
	// Saves lists the saves of a case, oldest first; the first is the one that made it. Facts come without Old and New.
	Saves(ctx context.Context, caseID string) ([]Saved, error)
	// Changes lists the saves after a moment (the zero time: all), newest first, with Old and New of every fact.
	Changes(ctx context.Context, caseID string, since time.Time) ([]Saved, error)
	// Recall gives some changes of a case again with Old and New.
	Recall(ctx context.Context, caseID string, changes []FactChange) ([]FactChange, error)
	// SaveMarked is Cases.Save together with a mark, in the same durable transaction; the mark is kept even when nothing changes.
	SaveMarked(ctx context.Context, id string, changes []Change, m Mark, by string, at time.Time) error
}

// Threads keeps the whole history of cases for hand-overs.
type Threads interface {
	// Threads gives the facts of a case with every revision that is known, none when there is no such case; with forked only those that
	// more than one line of is known.
	Threads(ctx context.Context, caseID string, forked bool) ([]handover.Thread, error)
	// Graft is one durable transaction: it writes the revisions that are new in the threads, making the case when it is not here.
	Graft(ctx context.Context, g Graft) error
	// Parcels lists what was taken into a case, the newest last.
	Parcels(ctx context.Context, caseID string) ([]Received, error)
}

// Graft is what a parcel adds to a case, after thinking.
type Graft struct {
	CaseID   string
	Created  time.Time
	AsOf     survey.Date
	Threads  []handover.Thread // of Threads and handover.MergeAll
	Requests []handover.Sent
	From     Received
	By       string
	At       time.Time
}

// Received is a parcel that was taken.
type Received struct {
	ID    string          `json:"id"`
	Name  string          `json:"name"` // of the sender, as he is known here
	Made  time.Time       `json:"made"`
	Taken time.Time       `json:"taken"`
	Log   []handover.Line `json:"log,omitempty"` // of the sender's computer, to be read only
}

// Parcels seals and opens parcels. Open fails with E0209 for one that is changed, not for this identity or from nobody known.
type Parcels interface {
	NewIdentity() (secret string, err error)
	Card(secret, name string) (handover.Card, error)
	CheckCard(c handover.Card) error
	Seal(secret string, m handover.Manifest, to []handover.Card, files []handover.File) ([]byte, error)
	Open(secret string, known []handover.Card, data []byte) (handover.Parcel, error)
}

// Clock gives the time; the only clock of the thinking rooms.
type Clock func() time.Time
