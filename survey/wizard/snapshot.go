package wizard

import (
	"context"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/pack"
)

// SnapshotNow names the assessment as it stands, beside T0–T9, in State.Compare.
const SnapshotNow = "now"

// Freeze keeps the assessment as it stands under a label T0–T9, with today's date and the whole text of the questions. A label is used once: what is frozen does not change;
// to freeze it again it must be removed (list "snapshots") first. Note says what it stands for, e.g. 改造前.
func (d *Desk) Freeze(ctx context.Context, id, label, note string) (*State, error) {
	if !survey.IsSnapshotLabel(label) {
		return nil, survey.Fail(survey.CodeField, "wizard.freeze", "评测编号只能是 T0 到 T9")
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		if old := c.Snapshot(label); old != nil {
			return survey.Fail(survey.CodeField, "wizard.freeze", "%s 已于 %s 定稿，不再改动；请用下一个编号", label, old.Date)
		}
		q := d.Packs.Questions
		a := assess.Run(q, c)
		if len(a.Open) == len(a.Items)+len(a.Scenes) {
			return survey.Fail(survey.CodeNotReady, "wizard.freeze", "还没有评测，先答题再定稿")
		}
		s := assess.Freeze(&a, label, d.today(), d.By, d.Now())
		s.Note = keepDraft(strings.TrimSpace(note))
		c.Snapshots = append(c.Snapshots, s)
		if c.Edition(q.Digest) == nil {
			e, err := survey.EditionOf(q.Edition, q.Title, q.File)
			if err != nil {
				return survey.Wrap(survey.CodePack, "wizard.freeze", err)
			}
			c.Editions = append(c.Editions, e)
		}
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

// Sheet gives a frozen assessment with the whole text that it followed. One that an earlier program froze without its text gives E0111.
func (st *State) Sheet(label string) (assess.Sheet, error) {
	if label == SnapshotNow {
		label = ""
	}
	s, err := st.snapshot(label)
	if err != nil {
		return assess.Sheet{}, err
	}
	e := st.Case.Edition(s.Digest)
	if e == nil {
		return assess.Sheet{}, survey.Fail(survey.CodeNoText, "wizard.sheet", "%s", s.Label)
	}
	file, err := e.File()
	if err != nil {
		return assess.Sheet{}, survey.Wrap(survey.CodeStoreDamaged, "wizard.sheet", err)
	}
	q, err := pack.KeptQuestionnaire(e.Edition, file)
	if err != nil {
		return assess.Sheet{}, err
	}
	return assess.SheetOf(q, s), nil
}

// dropEditions takes out the texts that no frozen assessment follows any more.
func dropEditions(c *survey.Case) {
	c.Editions = slices.DeleteFunc(c.Editions, func(e survey.Edition) bool {
		return !slices.ContainsFunc(c.Snapshots, func(s survey.Snapshot) bool { return s.Digest == e.Digest })
	})
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
