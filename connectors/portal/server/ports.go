package server

import (
	"context"
	"io"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Store is what the server needs to be kept, in parts; an engine gives all of them with the errors of package inbox.
type Store interface {
	Receiving
	Uploading
	Reading
	Listing
	Deciding
	Answering
	Enrolling
	Owning
	Accounting
	Admitting
	Keying
	Routing
	Telling
	Exporting
	Settling
	Leading
}

// Receiving takes requests in. When it returns without an error, what it took survives a power cut.
type Receiving interface {
	Announce(ctx context.Context, device string, sealed submit.Sealed, at time.Time) (submit.State, []string, error)
	PutBlob(ctx context.Context, device, digest string, r io.Reader, at time.Time) (int64, error)
	Commit(ctx context.Context, device, id string, n int, digest string, at time.Time, issue inbox.Issue) (submit.Receipt, error)
	Healthy(ctx context.Context) error
	Ready(ctx context.Context) error
}

// Uploading takes a blob in pieces.
type Uploading interface {
	AddUpload(ctx context.Context, u inbox.Upload, at time.Time) error
	Upload(ctx context.Context, device, id string, at time.Time) (inbox.Upload, error)
	Append(ctx context.Context, id string, offset int64, r io.Reader) (int64, error)
	FinishUpload(ctx context.Context, u inbox.Upload, at time.Time) error
	DropUpload(ctx context.Context, u inbox.Upload) error
}

// Reading gives single requests to whoever may see them.
type Reading interface {
	Request(ctx context.Context, w inbox.Who, id string) (inbox.Row, error)
	RequestFor(ctx context.Context, device, id string) (inbox.Row, error)
	Revision(ctx context.Context, w inbox.Who, id string, n int) (submit.Sealed, *submit.Receipt, error)
	Blob(ctx context.Context, device, digest string) (io.ReadSeekCloser, error)
	BlobOf(ctx context.Context, w inbox.Who, id string, n int, digest string) (io.ReadSeekCloser, error)
}

// Listing gives many requests.
type Listing interface {
	List(ctx context.Context, w inbox.Who, q inbox.Query) ([]inbox.Row, int, error)
	Count(ctx context.Context, w inbox.Who, q inbox.Query) (int, error)
	Counts(ctx context.Context, w inbox.Who, q inbox.Query) (map[submit.State]int, error)
	Changes(ctx context.Context, w inbox.Who, after int64, limit int) ([]inbox.Change, int64, error)
}

// Deciding moves requests.
type Deciding interface {
	Decide(ctx context.Context, w inbox.Who, id string, r inbox.Ruling, at time.Time, sign inbox.SignDecision) (inbox.Outcome, error)
	Decisions(ctx context.Context, w inbox.Who, id string) ([]inbox.DecisionRow, error)
	Proposal(ctx context.Context, id string) (*inbox.Proposal, error)
	Assign(ctx context.Context, w inbox.Who, id, login string, at time.Time) error
}

// Answering keeps what operators say.
type Answering interface {
	Answer(ctx context.Context, w inbox.Who, id string, a submit.Answer, version int, at time.Time, sign inbox.SignAnswer) (submit.Answer, error)
	Answers(ctx context.Context, w inbox.Who, id string) ([]submit.Answer, error)
	PutFile(ctx context.Context, digest string, size int64, r io.Reader, at time.Time) error
	AnswerFile(ctx context.Context, w inbox.Who, id, digest string) (io.ReadSeekCloser, error)
}

// Enrolling makes devices known and knows them again.
type Enrolling interface {
	AddCode(ctx context.Context, by inbox.Who, c inbox.Code, at time.Time) error
	Enrol(ctx context.Context, code string, d inbox.Device, secret string, at time.Time) error
	Authorise(ctx context.Context, id, secret string) (inbox.Device, error)
	Device(ctx context.Context, id string) (inbox.Device, error)
}

// Owning looks after devices.
type Owning interface {
	Devices(ctx context.Context, w inbox.Who) ([]inbox.Device, error)
	On(ctx context.Context, device string) ([]inbox.Row, error)
	Revoke(ctx context.Context, w inbox.Who, id string, since, at time.Time) error
	Seen(ctx context.Context, d inbox.Device, at time.Time) error
}

// Accounting keeps the people.
type Accounting interface {
	PutAccount(ctx context.Context, by inbox.Who, a inbox.Account, at time.Time) error
	EndAccount(ctx context.Context, by inbox.Who, login string, at time.Time) error
	SetPassword(ctx context.Context, by inbox.Who, login, hash string, at time.Time) error
	Accounts(ctx context.Context) ([]inbox.Account, error)
}

// Admitting logs people in.
type Admitting interface {
	Account(ctx context.Context, login string, at time.Time) (inbox.Account, string, error)
	Failed(ctx context.Context, login string, at time.Time) error
	Bind(ctx context.Context, login, subject string, at time.Time) (inbox.Account, error)
	Begin(ctx context.Context, login, hash, how string, at, until time.Time) error
	Session(ctx context.Context, hash string, at time.Time) (inbox.Account, error)
	End(ctx context.Context, hash string) error
}

// Keying keeps the keys of programs.
type Keying interface {
	AddKey(ctx context.Context, by inbox.Who, k inbox.AccessKey, secret string, at time.Time) error
	EndKey(ctx context.Context, by inbox.Who, id string, at time.Time) error
	KeyHolder(ctx context.Context, id, secret string) (inbox.Account, error)
	AccessKeys(ctx context.Context) ([]inbox.AccessKey, error)
}

// Routing keeps the platform operators.
type Routing interface {
	PutOperator(ctx context.Context, by inbox.Who, o inbox.Operator, at time.Time) error
	Operators(ctx context.Context) ([]inbox.Operator, error)
}

// Telling keeps the hooks and what they are still to be told.
type Telling interface {
	AddHook(ctx context.Context, by inbox.Who, h inbox.Hook, at time.Time) error
	EndHook(ctx context.Context, by inbox.Who, id string, at time.Time) error
	Hooks(ctx context.Context) ([]inbox.Hook, error)
	Deliveries
}

// Deliveries are the changes on their way to hooks.
type Deliveries interface {
	Due(ctx context.Context, at time.Time, hold time.Duration, limit int) ([]inbox.Delivery, error)
	Told(ctx context.Context, d inbox.Delivery, state string, next time.Time, problem string) error
	Dead(ctx context.Context, limit int) ([]inbox.Delivery, error)
	Again(ctx context.Context, by inbox.Who, hook string, at time.Time) error
}

// Exporting keeps the batches, and which papers were checked.
type Exporting interface {
	Export(ctx context.Context, w inbox.Who, ids []string, at time.Time) (inbox.Batch, error)
	Batches(ctx context.Context) ([]inbox.Batch, error)
	BatchItems(ctx context.Context, id string) ([]inbox.Exported, error)
	Check(ctx context.Context, w inbox.Who, id string, n, position int, done bool, at time.Time) error
	Checked(ctx context.Context, id string, n int) (map[int]string, error)
}

// Settling keeps settings and the audit.
type Settling interface {
	Setting(ctx context.Context, name string) (string, error)
	EnsureSetting(ctx context.Context, name, value string) (string, error)
	Configure(ctx context.Context, by inbox.Who, name, value string, at time.Time) error
	Audit(ctx context.Context, q inbox.AuditQuery) ([]inbox.AuditRow, error)
	CheckAudit(ctx context.Context) error
}

// Leading is the work that one instance does for all.
type Leading interface {
	Lead(ctx context.Context, do func(context.Context) error) (bool, error)
	Sweep(ctx context.Context, before time.Time) error
}

var _ Store = (*inbox.Store)(nil)
