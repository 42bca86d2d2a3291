package survey

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
)

// Edition is the whole text of the questions that frozen assessments followed: the file to the byte, kept once in a case however many
// assessments follow it (see Snapshot.Digest), so that T0 can be read in full when the program has long gone on to another text.
type Edition struct {
	Digest  string `json:"digest"`  // SHA-256 of the file, 64 hex digits
	Edition string `json:"edition"` // e.g. "miit-2024"
	Title   string `json:"title"`
	Text    string `json:"text"` // the file, gzip, base64
}

// maxEdition is the size that an edition's file may have, in bytes.
const maxEdition = 4 << 20

var errEdition = errors.New("the text of the edition is not the one that its digest names")

// EditionOf packs the file of an edition.
func EditionOf(edition, title string, file []byte) (Edition, error) {
	if len(file) == 0 || len(file) > maxEdition {
		return Edition{}, errors.New("an edition is a file of up to 4 MB")
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return Edition{}, err
	}
	if _, err := z.Write(file); err != nil {
		return Edition{}, err
	}
	if err := z.Close(); err != nil {
		return Edition{}, err
	}
	sum := sha256.Sum256(file)
	return Edition{Digest: hex.EncodeToString(sum[:]), Edition: edition, Title: title, Text: base64.StdEncoding.EncodeToString(b.Bytes())}, nil
}

// File unpacks the text and holds it against its digest.
func (e *Edition) File() ([]byte, error) {
	packed, err := base64.StdEncoding.DecodeString(e.Text)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	file, err := io.ReadAll(io.LimitReader(z, maxEdition+1))
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(file); len(file) > maxEdition || hex.EncodeToString(sum[:]) != e.Digest {
		return nil, errEdition
	}
	return file, nil
}

// Edition finds the kept text of an edition by its digest, nil when there is none.
func (c *Case) Edition(digest string) *Edition {
	for i := range c.Editions {
		if c.Editions[i].Digest == digest {
			return &c.Editions[i]
		}
	}
	return nil
}
