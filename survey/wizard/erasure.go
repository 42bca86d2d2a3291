package wizard

import (
	"context"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Deletion (删除) is the record of a firm whose data were erased. It stays after the firm's data are gone and names the firm no more once
// its certificate was handed over.
type Deletion struct {
	CaseID      string    `json:"caseId"`
	Begun       time.Time `json:"begun"`
	Finished    time.Time `json:"finished"`              // zero while there is work left for the next start
	Left        int       `json:"left"`                  // copies that could not be reached
	Certificate string    `json:"certificate,omitempty"` // SHA-256 of the certificate handed over, "" before
	Erased      *Erased   `json:"erased,omitempty"`      // nil once the certificate was handed over
}

// Erased is what a certificate tells of a deletion. The desk fills the first part, the store the second.
type Erased struct {
	Firm       string `json:"firm"`
	CreditCode string `json:"creditCode"` // masked
	By         string `json:"by"`         // who asked for it at this desk
	LogLines   int64  `json:"logLines"`   // lines of the log, all firms, after the deletion was noted
	LogHead    string `json:"logHead"`    // digest of the newest line

	Key       string          `json:"key"` // number of the destroyed key
	Facts     int             `json:"facts"`
	Revisions int             `json:"revisions"`
	Requests  []ErasedRequest `json:"requests"`
	Contents  []ErasedContent `json:"contents"` // attachments and papers that no other firm names
	Shared    int             `json:"shared"`   // contents that stay because another firm names them as well
	Copies    int             `json:"copies"`   // backups and folders set aside from which it was erased as well
	Left      []string        `json:"left"`     // what could not be reached, in words
}

// ErasedRequest names a sealed request that was erased; its digest lets a receipt be held against the certificate.
type ErasedRequest struct {
	ID       string `json:"id"`
	Revision int    `json:"revision"`
	SHA256   string `json:"sha256"`
	Receipt  string `json:"receipt"` // number, "" when none came
}

// ErasedContent names a content that was erased.
type ErasedContent struct {
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"` // bytes
}

// Retainer keeps until when a firm's data are to be kept; "" is without end. It fails with E0305 when there is no such case.
type Retainer interface {
	Retain(ctx context.Context, caseID string, until survey.Date) error
}

// Eraser erases one firm for good and keeps the record of it.
type Eraser interface {
	// Erase destroys the key first, then the copies, rows and contents. What a crash leaves is finished at the next start. It fails with
	// E0305 when there is no such case and E0307 while a request is unsent.
	Erase(ctx context.Context, caseID string, e Erased, at time.Time) (Deletion, error)
	// Deletions gives all records, oldest first.
	Deletions(ctx context.Context) ([]Deletion, error)
	// HandedOver keeps the digest of the certificate and forgets the firm's name.
	HandedOver(ctx context.Context, caseID, sha256 string) error
}
