package wizard

import (
	"context"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// SnapshotNow names the assessment as it stands, beside T0–T9, in State.Compare.
const SnapshotNow = "now"

// Freeze keeps the assessment as it stands under a label T0–T9, with today's date. A label is used once: what is frozen does not change;
// to freeze it again it must be removed (list "snapshots") first. Note says what it stands for, e.g. 改造前.
func (d *Desk) Freeze(ctx context.Context, id, label, note string) (*State, error) {
	if !survey.IsSnapshotLabel(label) {
		return nil, survey.Fail(survey.CodeField, "wizard.freeze", "评测编号只能是 T0 到 T9")
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		if old := c.Snapshot(label); old != nil {
			return survey.Fail(survey.CodeField, "wizard.freeze", "%s 已于 %s 定稿，不再改动；请用下一个编号", label, old.Date)
		}
		a := assess.Run(d.Packs.Questions, c)
		if len(a.Open) == len(a.Items)+len(a.Scenes) {
			return survey.Fail(survey.CodeNotReady, "wizard.freeze", "还没有评测，先答题再定稿")
		}
		s := assess.Freeze(&a, label, d.today(), d.By, d.Now())
		s.Note = keepDraft(strings.TrimSpace(note))
		c.Snapshots = append(c.Snapshots, s)
		slices.SortStableFunc(c.Snapshots, func(a, b survey.Snapshot) int { return strings.Compare(a.Label, b.Label) })
		return nil
	})
}

// NextSnapshot gives the first label not used yet, "" when all ten are.
func (st *State) NextSnapshot() string {
	for n := '0'; n <= '9'; n++ {
		if label := "T" + string(n); st.Case.Snapshot(label) == nil {
			return label
		}
	}
	return ""
}

// Compare sets two frozen assessments, or one and the present one (SnapshotNow), beside each other.
func (st *State) Compare(from, to string) (assess.Comparison, error) {
	a, err := st.snapshot(from)
	if err != nil {
		return assess.Comparison{}, err
	}
	b, err := st.snapshot(to)
	if err != nil {
		return assess.Comparison{}, err
	}
	return assess.Compare(a, b), nil
}

func (st *State) snapshot(label string) (*survey.Snapshot, error) {
	if label == SnapshotNow {
		s := assess.Freeze(&st.Assessment, SnapshotNow, st.Case.AsOf, "", st.Case.Created)
		return &s, nil
	}
	if s := st.Case.Snapshot(label); s != nil {
		return s, nil
	}
	return nil, survey.Fail(survey.CodeUnknownItem, "wizard.snapshot", "没有 %s 的定稿评测", clip(label))
}
