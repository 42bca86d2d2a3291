package wizard

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Bundling is how a bundle is made.
type Bundling struct {
	Leaving
	Say      Say                     // words of the history's table
	Progress func(done, total int64) // bytes of contents; may be nil
}

// Bundle (资料包) writes everything of one firm as one readable zip to w, after the consent: 说明.txt, the exchange file, the history of every
// fact, the log, the sealed requests byte for byte with their receipts and papers, all attachments, and a list of SHA-256. One content is in
// memory at a time. What it wrote is of no use when it fails: the caller throws it away. It fails with
// E0308 while the folder is locked.
func (d *Desk) Bundle(ctx context.Context, id string, to Bundling, w io.Writer) error {
	l := to.Leaving
	l.Kind = LeavesBundle
	st, err := d.Open(ctx, id)
	if err != nil {
		return err
	}
	if err := d.Leave(ctx, id, l); err != nil {
		return err
	}
	b := &bundle{d: d, ctx: ctx, st: st, zip: zip.NewWriter(w), at: d.Now().UTC(), Bundling: to, names: map[string]bool{}}
	if err := b.weigh(); err != nil {
		return err
	}
	for _, part := range []func() error{b.facts, b.history, b.log, b.requests, b.attachments, b.readme, b.list} {
		if err := ctx.Err(); err != nil {
			return survey.Wrap(survey.CodeCancelled, "wizard.bundle", err)
		}
		if err := part(); err != nil {
			return err
		}
	}
	return b.zip.Close()
}

// bundle is one zip being written.
type bundle struct {
	d   *Desk
	ctx context.Context
	st  *State
	zip *zip.Writer
	at  time.Time
	Bundling
	done, total int64
	names       map[string]bool
	sums        []string            // "digest  name"
	absent      []string            // contents that are not on this computer
	sealed      []submit.Submission // in the order of State.Requests
}

// weigh reads the requests and adds up what is going to be written.
func (b *bundle) weigh() error {
	for _, a := range b.st.Case.Attachments {
		b.total += a.Size
	}
	for _, r := range b.st.Requests {
		raw, err := b.d.Outbox.Bytes(b.ctx, r.ID, r.Revision)
		if err != nil {
			return err
		}
		s, err := submit.Parse(raw)
		if err != nil {
			return survey.Wrap(survey.CodeStoreDamaged, "wizard.bundle", err)
		}
		b.sealed = append(b.sealed, s.Submission)
		for _, a := range s.Submission.Attachments {
			b.total += a.Size
		}
	}
	return nil
}

// summed hashes what goes through it into the zip.
type summed struct {
	io.Writer
	sum hash.Hash
}

func (s summed) Write(p []byte) (int, error) {
	s.sum.Write(p)
	return s.Writer.Write(p)
}

// file writes one entry; names never leave the zip's own folder, because every part of them is made by FileName.
func (b *bundle) file(name string, fill func(w io.Writer) error) error {
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.at})
	if err != nil {
		return err
	}
	s := summed{w, sha256.New()}
	if err := fill(s); err != nil {
		return err
	}
	b.sums = append(b.sums, hex.EncodeToString(s.sum.Sum(nil))+"  "+name)
	return nil
}

func (b *bundle) data(name string, data []byte) error {
	return b.file(name, func(w io.Writer) error { _, err := w.Write(data); return err })
}

func (b *bundle) json(name string, v any) error {
	return b.file(name, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return survey.Wrap(survey.CodeInternal, "wizard.bundle", e.Encode(v))
	})
}

// table writes rows as CSV with a byte order mark, which WPS and Excel need to read Chinese, and no cell that they take for a formula.
func (b *bundle) table(name string, rows [][]string) error {
	return b.file(name, func(w io.Writer) error {
		if _, err := io.WriteString(w, "\uFEFF"); err != nil {
			return err
		}
		c := csv.NewWriter(w)
		c.UseCRLF = true
		for _, row := range rows {
			for i, s := range row {
				if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
					row[i] = "'" + s
				}
			}
			if err := c.Write(row); err != nil {
				return err
			}
		}
		c.Flush()
		return c.Error()
	})
}

// content writes the bytes of an attachment, or notes that they are not here.
func (b *bundle) content(name, sha string, size int64) error {
	if err := b.ctx.Err(); err != nil {
		return survey.Wrap(survey.CodeCancelled, "wizard.bundle", err)
	}
	data, err := b.d.Blobs.Get(b.ctx, sha)
	switch {
	case survey.CodeOf(err) == survey.CodeUnknownItem:
		b.absent = append(b.absent, name+"（SHA-256 "+sha+"）")
	case err != nil:
		return err
	default:
		if err := b.data(name, data); err != nil {
			return err
		}
	}
	if b.done += size; b.Progress != nil {
		b.Progress(b.done, b.total)
	}
	return nil
}

// name gives a path that is not taken yet.
func (b *bundle) name(folder, base string) string {
	for n := 1; ; n++ {
		try := folder + base
		if n > 1 {
			try = fmt.Sprintf("%s%d-%s", folder, n, base)
		}
		if !b.names[strings.ToLower(try)] {
			b.names[strings.ToLower(try)] = true
			return try
		}
	}
}
