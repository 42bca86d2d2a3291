package cmd

import (
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

// TestLinesArePartedAndJoinedAndUndone walks split, join and un-merge through a real case file.
func TestLinesArePartedAndJoinedAndUndone(t *testing.T) {
	d := openTable(t)
	st, err := d.Open(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	first := survey.Asset{}
	for _, a := range st.Case.Assets {
		if a.Count > 1 && a.Value != nil {
			first = a
			break
		}
	}
	before, machines := len(st.Case.Assets), st.Assessment.Rates.Machines
	st, key, err := d.Split(t.Context(), d.id, first.ID, 1)
	if err != nil || len(st.Case.Assets) != before+1 || st.Assessment.Rates.Machines != machines {
		t.Fatalf("%d lines, %d machines: %v", len(st.Case.Assets), st.Assessment.Rates.Machines, err)
	}
	if st, err = d.Join(t.Context(), d.id, first.ID, key); err != nil || len(st.Case.Assets) != before {
		t.Fatalf("%d lines after joining: %v", len(st.Case.Assets), err)
	}
	for _, step := range []int{before + 1, before} {
		turned, err := d.Undo(t.Context(), d.id)
		if err != nil || len(turned.Case.Assets) != step {
			t.Fatalf("undo: %d lines, want %d: %v", len(turned.Case.Assets), step, err)
		}
	}
	if _, _, err := d.Unmerge(t.Context(), d.id, first.ID, 99); survey.CodeOf(err) != survey.CodeUnknownItem {
		t.Errorf("a witness that is not there: %v", err)
	}
	if _, err := d.Join(t.Context(), d.id, first.ID, first.ID); survey.CodeOf(err) != survey.CodeField {
		t.Errorf("a line with itself: %v", err)
	}
}
