package client

import (
	"bytes"
	"context"
	"net/http"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// FetchManifest brings back the manifest as the portal holds it.
func (c *Client) FetchManifest(ctx context.Context, e submit.Enrolment, id string, revision int) ([]byte, error) {
	return c.do(ctx, call{
		op: "client.manifest", method: http.MethodGet, address: e.Address, as: &e,
		path: portal.RevisionPath(id, revision) + "/manifest", want: portal.TypeJSON, limit: portal.MaxManifest,
	})
}

// FetchBlob brings back one attachment as the portal holds it.
func (c *Client) FetchBlob(ctx context.Context, e submit.Enrolment, sha string) ([]byte, error) {
	return c.do(ctx, call{
		op: "client.fetch", method: http.MethodGet, address: e.Address, as: &e,
		path: portal.BlobPath(sha), want: portal.TypeBlob, limit: portal.MaxPut,
	})
}

// Prove fetches the manifest and every attachment and holds them byte for byte
// against sub and open; it gives how many bytes were compared. E0603 names what differs.
func (c *Client) Prove(ctx context.Context, e submit.Enrolment, sub submit.Sealed, open func(sha string) ([]byte, error)) (int64, error) {
	const op = "client.prove"
	there, err := c.FetchManifest(ctx, e, sub.Submission.ID, sub.Submission.Revision)
	if err != nil {
		return 0, err
	}
	if !bytes.Equal(there, sub.Bytes) {
		return 0, survey.Fail(survey.CodeReceipt, op, "门户保存的清单与本机不同")
	}
	compared := int64(len(there))
	seen := map[string]bool{}
	for _, b := range sub.Submission.Attachments {
		if seen[b.SHA256] {
			continue
		}
		seen[b.SHA256] = true
		here, err := open(b.SHA256)
		if err != nil {
			return compared, &survey.Error{Code: survey.CodeFileMissing, Op: op, Detail: b.Name, Err: err}
		}
		if there, err = c.FetchBlob(ctx, e, b.SHA256); err != nil {
			return compared, err
		}
		if !bytes.Equal(there, here) {
			return compared, survey.Fail(survey.CodeReceipt, op, "门户保存的 %s 与本机不同", b.Name)
		}
		compared += b.Size
	}
	return compared, nil
}
