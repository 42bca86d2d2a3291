package client

import (
	"context"
	"errors"
	"net/http"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Send brings sub to the portal of e and gives its verified receipt. open gives
// the bytes of an attachment by its SHA-256; tell (may be nil) is told how far
// each file and all of them are. Sending again after any failure, or after
// success, is safe, goes on where it ended and gives the same receipt.
//
// The codes: E0003 cancelled, E0501–E0506 the line, E0601 refused, E0602 and
// E0603 a receipt that does not hold, E0604 other content under this number,
// E0201 an attachment that changed since sealing.
func (c *Client) Send(ctx context.Context, e submit.Enrolment, sub submit.Sealed, open func(sha string) ([]byte, error), tell func(submit.Progress)) (submit.Receipt, error) {
	if tell == nil {
		tell = func(submit.Progress) {}
	}
	k := call{op: "client.announce", method: http.MethodPut, address: e.Address, as: &e, body: sub.Bytes, send: portal.TypeJSON}
	k.path = portal.RevisionPath(sub.Submission.ID, sub.Submission.Revision)
	var answer portal.Announced
	if err := c.json(ctx, k, nil, &answer); err != nil {
		return submit.Receipt{}, err
	}
	if err := c.putMissing(ctx, e, sub, answer.Missing, open, tell); err != nil {
		return submit.Receipt{}, err
	}
	k = call{op: "client.commit", method: http.MethodPut, address: e.Address, as: &e, path: k.path + "/commit"}
	var receipt submit.Receipt
	if err := c.json(ctx, k, portal.Commit{ManifestSHA256: sub.SHA256}, &receipt); err != nil {
		return submit.Receipt{}, err
	}
	return c.verified(ctx, e, sub, receipt)
}

func (c *Client) putMissing(ctx context.Context, e submit.Enrolment, sub submit.Sealed, missing []string, open func(string) ([]byte, error), tell func(submit.Progress)) error {
	sizes := map[string]int64{}
	for _, b := range sub.Submission.Attachments {
		sizes[b.SHA256] = b.Size
	}
	lacking := map[string]bool{}
	done, total := sub.TotalSize(), sub.TotalSize()
	for _, digest := range missing {
		size, ours := sizes[digest]
		if !ours || lacking[digest] {
			return survey.Fail(survey.CodePortalAnswer, "client.announce", "索要了清单以外的附件")
		}
		lacking[digest], done = true, done-size
	}
	tell(submit.Progress{All: done, Total: total})
	for _, b := range sub.Submission.Attachments { // in the manifest's order
		if !lacking[b.SHA256] {
			continue
		}
		err := c.putBlob(ctx, e, b, open, func(safe int64) {
			tell(submit.Progress{File: b.Name, Done: safe, Size: b.Size, All: done + safe, Total: total})
		})
		if err != nil {
			return err
		}
		delete(lacking, b.SHA256)
		done += b.Size
	}
	return nil
}

func (c *Client) putBlob(ctx context.Context, e submit.Enrolment, b submit.Blob, open func(string) ([]byte, error), tell func(safe int64)) error {
	const op = "client.blob"
	bytes, err := open(b.SHA256)
	if err != nil {
		return &survey.Error{Code: survey.CodeFileMissing, Op: op, Detail: b.Name, Err: err}
	}
	if int64(len(bytes)) != b.Size || submit.Digest(bytes) != b.SHA256 {
		return survey.Fail(survey.CodeFileBroken, op, "%s 在封存之后变了", b.Name)
	}
	if b.Size > c.whole {
		return c.upload(ctx, e, b, bytes, tell)
	}
	tell(0)
	k := call{op: op, method: http.MethodPut, address: e.Address, path: portal.BlobPath(b.SHA256), as: &e, body: bytes, send: portal.TypeBlob}
	var stored portal.Stored
	err = c.json(ctx, k, nil, &stored)
	var p *portal.Problem
	if errors.As(err, &p) && p.Kind() == portal.TooLarge && p.Limit > 0 && p.Limit < b.Size { // this portal takes less in one piece
		return c.upload(ctx, e, b, bytes, tell)
	}
	if err != nil {
		return err
	}
	if stored.SHA256 != b.SHA256 || stored.Size != b.Size {
		return survey.Fail(survey.CodePortalAnswer, op, "对 %s 的回答不符", b.Name)
	}
	tell(b.Size)
	return nil
}

// verified holds the receipt against the pinned key; when another key signed,
// the portal is asked once for the signed rotations since.
func (c *Client) verified(ctx context.Context, e submit.Enrolment, sub submit.Sealed, r submit.Receipt) (submit.Receipt, error) {
	err := e.Keys.Verify(r, sub)
	if survey.CodeOf(err) == survey.CodePortalKey {
		key, asked := c.Key(ctx, e.Address)
		if asked != nil {
			return submit.Receipt{}, asked
		}
		err = submit.Keyring{Pinned: e.Keys.Pinned, Rotations: key.Rotations}.Verify(r, sub)
	}
	if err != nil {
		return submit.Receipt{}, err
	}
	return r, nil
}

// Receipt asks for the receipt of a revision that was sent before, verified as in Send.
func (c *Client) Receipt(ctx context.Context, e submit.Enrolment, sub submit.Sealed) (submit.Receipt, error) {
	k := call{op: "client.receipt", method: http.MethodGet, address: e.Address, as: &e}
	k.path = portal.RevisionPath(sub.Submission.ID, sub.Submission.Revision) + "/receipt"
	var r submit.Receipt
	if err := c.json(ctx, k, nil, &r); err != nil {
		return submit.Receipt{}, err
	}
	return c.verified(ctx, e, sub, r)
}

// Status asks where a request stands.
func (c *Client) Status(ctx context.Context, e submit.Enrolment, id string) (portal.Status, error) {
	var s portal.Status
	k := call{op: "client.status", method: http.MethodGet, address: e.Address, as: &e, path: portal.RequestPath(id)}
	return s, c.json(ctx, k, nil, &s)
}
