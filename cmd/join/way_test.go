package join

import (
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

// TestTheWayToTheTopIsProved: the sample's way to 四级 is beyond our own search; with the engine it is proved, and no dearer.
func TestTheWayToTheTopIsProved(t *testing.T) {
	data, err := Sample()
	if err != nil {
		t.Fatal(err)
	}
	c, err := survey.DecodeCase(data)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Thinking()
	if err != nil {
		t.Fatal(err)
	}
	st := d.Derive(t.Context(), c)
	way, err := d.Way(t.Context(), st, 4)
	if err != nil || !way.Proved || !way.Feasible {
		t.Fatalf("proved %v, feasible %v, %v", way.Proved, way.Feasible, err)
	}
	own, err := recommend.WayTo(t.Context(), recommend.WayFrom{Questions: st.Questions, Catalog: st.Catalog, Assessment: st.Assessment, Case: c}, 4)
	if err != nil {
		t.Fatal(err)
	}
	if len(own.Asks) < len(way.Asks) || len(own.Asks) == len(way.Asks) && own.Cost < way.Cost {
		t.Errorf("our own search found %d asks, %s; the proved way %d, %s", len(own.Asks), own.Cost, len(way.Asks), way.Cost)
	}
	last := way.Steps[len(way.Steps)-1].After
	if last.Level != 4 {
		t.Errorf("after the last step: %+v", last)
	}
	sum := way.Cost
	for _, s := range way.Steps {
		sum -= s.Cost
	}
	if sum != 0 {
		t.Errorf("%s of the cost stands at no step", sum)
	}
}
