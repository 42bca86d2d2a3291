package wizard

import (
	"context"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/money"
)

// FirmBeside (企业对比) is what one firm shows beside others. All of it is derived again from the case; amounts are ceilings and forecasts.
type FirmBeside struct {
	ID         string             `json:"id"`
	Name       string             `json:"name"`
	Region     string             `json:"region"`
	Industry   string             `json:"industry"`
	Code       survey.Code        `json:"code,omitempty"` // why the case could not be read; the rest is then empty
	Detail     string             `json:"detail,omitempty"`
	Assessed   bool               `json:"assessed"`
	Level      int                `json:"level"` // 0–4
	LevelName  string             `json:"levelName,omitempty"`
	Score      assess.Points      `json:"score"`
	Dimensions []assess.Dimension `json:"dimensions"`
	Machines   int                `json:"machines"`            // 生产设备
	Digital    string             `json:"digital,omitempty"`   // percent, "" while nothing counts
	Networked  string             `json:"networked,omitempty"` // as Digital
	Bundle     *money.Fen         `json:"bundle,omitempty"`    // first-year cost of the recommended bundle; nil when there is none
	Lines      int                `json:"lines,omitempty"`     // of the bundle
	Claim      *money.Fen         `json:"claim,omitempty"`     // 测算上限 of one application; nil when nothing can be computed
	Measure    string             `json:"measure,omitempty"`   // it is filed under
	Next       StepKey            `json:"next,omitempty"`
	Open       int                `json:"open,omitempty"`
	Sent       bool               `json:"sent"` // the newest request has its receipt
}

// Compare lays firms beside each other, in the order of ids. A case that cannot be read is a row with its code and stops nothing; tell, when
// given, hears before each how many are done. E0320 for none; cancelling ends it with E0003.
func (d *Desk) Compare(ctx context.Context, ids []string, tell func(done int)) ([]FirmBeside, error) {
	if len(ids) == 0 {
		return nil, survey.Fail(survey.CodeNothingMarked, "wizard.compare", "没有选企业")
	}
	out := make([]FirmBeside, 0, len(ids))
	for i, id := range ids {
		if ctx.Err() != nil {
			return nil, survey.Wrap(survey.CodeCancelled, "wizard.compare", ctx.Err())
		}
		if tell != nil {
			tell(i)
		}
		st, err := d.View(ctx, id)
		if err != nil {
			out = append(out, FirmBeside{ID: id, Code: survey.CodeOf(err), Detail: survey.DetailOf(err)})
			continue
		}
		out = append(out, beside(st))
	}
	return out, nil
}

func beside(st *State) FirmBeside {
	c, a := st.Case, st.Assessment
	f := FirmBeside{ID: c.ID, Name: c.Firm.Name, Region: c.Firm.Region, Industry: c.Firm.Industry, Dimensions: a.Dimensions}
	if len(a.Open) < len(a.Items)+len(a.Scenes) {
		f.Assessed, f.Level, f.LevelName, f.Score = true, a.Level, a.LevelName, a.Score
	}
	n := inventory.Count(c.Assets)
	f.Machines = n.Machines
	for _, r := range inventory.Rates(n) {
		switch r.Key {
		case "digital":
			f.Digital = r.Percent
		case "networked":
			f.Networked = r.Percent
		}
	}
	if f.Assessed && st.BundleError == nil && len(st.Bundle.Lines) > 0 { // what is chosen before any answer says nothing about the firm
		cost := st.Bundle.FirstYear
		f.Bundle, f.Lines = &cost, len(st.Bundle.Lines)
	}
	f.Claim = st.Claims.Conservative.Amount
	for _, m := range st.Claims.Measures {
		if m.ID == st.Claims.Filing {
			f.Measure = m.Name
		}
	}
	f.Sent = len(st.Requests) > 0 && st.Requests[0].Receipt != nil
	for _, s := range st.Steps {
		if s.State != "done" {
			f.Next, f.Open = s.Key, s.Open
			break
		}
	}
	return f
}
