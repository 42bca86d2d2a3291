package wizard

import (
	"context"

	"github.com/shangyuntong/shangyun/survey/recommend"
)

// Way finds the cheapest set of steps from a state to a level, 0 the next one. It touches no store; a level that the edition does not have
// gives E0305. Large ones take seconds; ctx ends them, and then the way found so far is not proved.
func (d *Desk) Way(ctx context.Context, st *State, level int) (recommend.Way, error) {
	return recommend.WayTo(ctx, recommend.WayFrom{
		Questions: st.Questions, Catalog: st.Catalog, Assessment: st.Assessment, Case: st.Case, Engine: d.Engine,
	}, level)
}
