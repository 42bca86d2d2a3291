package wizard

import (
	"context"
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// RoleOther is the role of a file that proves an answer but is none of the documents asked for.
const RoleOther = "其他材料"

// AttachProof keeps a file as the proof of an answer: of an item ("Q8") or a scene ("finance"). Without a document named it fills the
// first one that is still missing, RoleOther when none is.
func (d *Desk) AttachProof(ctx context.Context, id, key, document string, file File) (*State, error) {
	st, err := d.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	if !st.Assesses(key) {
		return nil, survey.Fail(survey.CodeUnknownItem, "wizard.proof", "没有采集项或场景 %s", clip(key))
	}
	if document = strings.TrimSpace(document); document == "" {
		document = RoleOther
		for _, p := range assess.ProofsOf(&st.Assessment, st.Case.Attachments, key) {
			if p.Missing {
				document = p.Document
				break
			}
		}
	}
	return d.Attach(ctx, id, file.Name, document, key, file.Type, file.Data)
}

// Assesses tells whether key is an item or a scene of the assessment.
func (st *State) Assesses(key string) bool {
	for i := range st.Assessment.Items {
		if st.Assessment.Items[i].Key == key {
			return true
		}
	}
	for i := range st.Assessment.Scenes {
		if st.Assessment.Scenes[i].Key == key {
			return true
		}
	}
	return false
}

// ProofHead are the columns of ProofRows.
func ProofHead() []string {
	return []string{"编号", "题目或场景", "官方名称", "答案", "要看的材料", "状态", "文件", "大小（字节）", "SHA-256"}
}

// ProofRows is the printable evidence index of a state, one row for each document and file.
func ProofRows(st *State) [][]string {
	var out [][]string
	for _, p := range assess.Proofs(&st.Assessment, st.Case.Attachments) {
		state, size := "已附", fmt.Sprint(p.Size)
		switch {
		case p.Missing:
			state, size = "缺", ""
		case p.Extra:
			state = "另附"
		}
		out = append(out, []string{p.Key, p.Title, p.Term, p.Answer, p.Document, state, p.File, size, p.SHA256})
	}
	return out
}
