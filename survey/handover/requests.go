package handover

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// What travels between a laptop and a portal by parcel.
const (
	KindRequests = "requests" // 报送: sealed requests with their attachments, to a portal
	KindWords    = "words"    // 回执与办理结果: what a portal says about them, back to the laptop
)

// Names inside such parcels.
const (
	RequestFolder = "request/"
	BlobFolder    = "blob/"
	WordsFile     = "words.json"
)

// SchemaWords marks the JSON of what a portal says.
const SchemaWords = "shangyun-words/1"

// RequestFile is the name of a revision's sealed bytes.
func RequestFile(id string, revision int) string {
	return RequestFolder + id + "/" + strconv.Itoa(revision) + ".json"
}

// Words is what a portal says about the requests of one device: receipts, decisions, answers, each under its signature, and the changes of
// its key. Requests it could not take are named with the reason; what is named there was not received.
type Words struct {
	Schema    string               `json:"schema"`
	Portal    string               `json:"portal"`
	Rotations []submit.KeyRotation `json:"rotations"`
	Receipts  []submit.Receipt     `json:"receipts"`
	Decisions []submit.Decision    `json:"decisions"`
	Answers   []submit.Answer      `json:"answers"`
	Refused   []Refusal            `json:"refused"`
}

// Refusal says why a revision was not taken.
type Refusal struct {
	ID       string `json:"id"`
	Revision int    `json:"revision"`
	Why      string `json:"why"`
}

// Encode gives the JSON of the words.
func (w Words) Encode() ([]byte, error) {
	w.Schema = SchemaWords
	return json.Marshal(w)
}

// DecodeWords reads them strictly; E0209 otherwise. Signatures are the caller's to verify.
func DecodeWords(data []byte) (Words, error) {
	var w Words
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(&w)
	if _, more := d.Token(); err != nil || more != io.EOF || w.Schema != SchemaWords {
		return Words{}, survey.Fail(survey.CodeParcel, "handover.words", "办理结果不合格式，也许出自更新的版本")
	}
	return w, nil
}

// ReadRequests takes a parcel of requests apart: the sealed revisions, the lower ones of a request first, and the attachments by their
// digest. What is not sealed, stands under another name, or is neither fails with E0209 as a whole: a signed parcel has no room for it.
func ReadRequests(p Parcel) ([]submit.Sealed, map[string][]byte, error) {
	bad := func(what string) ([]submit.Sealed, map[string][]byte, error) {
		return nil, nil, survey.Fail(survey.CodeParcel, "handover.requests", "%s", what)
	}
	if p.Manifest.Kind != KindRequests {
		return bad("不是报送包")
	}
	var all []submit.Sealed
	blobs := map[string][]byte{}
	for _, f := range p.Files {
		switch {
		case strings.HasPrefix(f.Name, RequestFolder):
			s, err := submit.Parse(f.Data)
			if err != nil || f.Name != RequestFile(s.Submission.ID, s.Submission.Revision) {
				return bad("其中一份申请没有正确封存")
			}
			all = append(all, s)
		case f.Name == BlobFolder+submit.Digest(f.Data):
			blobs[submit.Digest(f.Data)] = f.Data
		default:
			return bad("附件与编号不符")
		}
	}
	slices.SortStableFunc(all, func(a, b submit.Sealed) int {
		return cmp.Or(cmp.Compare(a.Submission.ID, b.Submission.ID), cmp.Compare(a.Submission.Revision, b.Submission.Revision))
	})
	return all, blobs, nil
}
