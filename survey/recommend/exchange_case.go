package recommend

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// ModelOf is the model that Recommend solves for a case, with the names of its needs and offers.
func ModelOf(cat *Catalog, a assess.Assessment, c *survey.Case) (Model, Names) {
	q := ask(cat, Needs(cat, a, c), QuantitiesOf(a, c), c)
	n := Names{Needs: map[string]string{}, Offers: map[string]string{}}
	for _, need := range q.model.Needs {
		n.Needs[need.ID] = q.needTitle(need.ID)
	}
	for _, o := range q.model.Offers {
		n.Offers[o.ID] = q.title(o.ID)
	}
	return q.model, n
}
