package recommend

import (
	"time"

	"github.com/shangyuntong/shangyun/survey/money"
)

// Status says what a Result proves.
type Status string

// The statuses.
const (
	StatusOptimal    Status = "optimal"    // proved: nothing that the model allows is better
	StatusFeasible   Status = "feasible"   // an answer, whose distance to the best is at most that to the bounds
	StatusInfeasible Status = "infeasible" // proved: the model allows nothing
	StatusUnknown    Status = "unknown"    // the node limit came before any answer
)

// Result is the answer to a model file. Objective and Bound are the net cost of the chosen offers and the least that any set of offers of the
// same weight can cost net; without Terms net is the sum of the prices; both are null without an answer. Weight and WeightBound are there only for a model with needs that are no must.
type Result struct {
	Status      Status     `json:"status"`
	Objective   *money.Fen `json:"objective"`
	Bound       *money.Fen `json:"bound"`
	Chosen      []string   `json:"chosen"`           // offer ids, ascending
	Absent      []string   `json:"absent,omitempty"` // ids that requires or excludes name and no offer has
	Weight      *int64     `json:"weight,omitempty"`
	WeightBound *int64     `json:"weightBound,omitempty"`
	Gross       *money.Fen `json:"gross,omitempty"`  // with Terms: before aid and awards
	Aid         *money.Fen `json:"aid,omitempty"`    // with Terms: of all layers
	Awards      *money.Fen `json:"awards,omitempty"` // with Terms
	Layers      []LayerAid `json:"layers,omitempty"`
	Levels      []string   `json:"levels,omitempty"` // that are reached
	Cash        *money.Fen `json:"cash,omitempty"`   // with Terms or a limit on it: paid in the first year, before any aid
	Nodes       int        `json:"nodes"`
	MS          float64    `json:"ms"` // milliseconds, as the caller measured them
}

// ResultOf writes a solution of m down; took is how long the caller waited for it.
func ResultOf(m Model, s Solution, took time.Duration) Result {
	r := Result{Chosen: []string{}, Nodes: s.Nodes, MS: float64(took.Microseconds()) / 1000}
	switch {
	case s.Feasible && s.Optimal:
		r.Status = StatusOptimal
	case s.Feasible:
		r.Status = StatusFeasible
	case s.Optimal:
		r.Status = StatusInfeasible
	default:
		r.Status = StatusUnknown
	}
	if !s.Feasible {
		return r
	}
	r.Objective, r.Bound, r.Chosen = &s.Net, &s.Bound, append(r.Chosen, s.Chosen...)
	if m.Terms != nil {
		r.Gross, r.Aid, r.Awards, r.Layers, r.Levels, r.Cash = &s.Cost, &s.Aid, &s.Awards, s.Layers, s.Levels, &s.Cash
	}
	if m.Cash != nil {
		r.Cash = &s.Cash
	}
	if m.wishes() {
		r.Weight, r.WeightBound = &s.Weight, &s.WeightBound
	}
	return r
}

// wishes tells whether the weight of an answer is open.
func (m *Model) wishes() bool {
	for _, n := range m.Needs {
		if !n.Must {
			return true
		}
	}
	return false
}
