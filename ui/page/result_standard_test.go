package page_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestTheResultShowsOtherStandards(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepResult)
	st := s.ui.State()
	list := assess.Standards(st.Standards, st.Case, st.Assessment.Level)
	if len(list) < 10 {
		t.Fatalf("%d figures", len(list))
	}
	for _, f := range list {
		s.sees(f.Standard, f.Name, f.Value, f.Source, f.Note, s.ui.T("standard."+f.Kind))
	}
}
