package page_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestTheWayIsTickedLive(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepResult)
	before := s.ui.State()
	w, err := recommend.WayTo(t.Context(), recommend.WayFrom{Questions: before.Questions, Catalog: before.Catalog, Assessment: before.Assessment, Case: before.Case}, 0)
	if err != nil || len(w.Steps) == 0 {
		t.Fatalf("%+v, %v", w, err)
	}
	s.tap(s.ui.T("way.go"))
	last := w.Steps[len(w.Steps)-1]
	s.sees(w.Steps[0].Title, last.After.LevelName, s.ui.T("way.cost", w.Cost.Display()))
	s.tap(w.Steps[0].Title)
	s.misses(s.ui.T("way.after", last.After.Score.String(), last.After.LevelName))
	if s.ui.State() != before {
		t.Error("ticking a step changed the case")
	}
}
