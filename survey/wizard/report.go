package wizard

import (
	"context"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/report"
)

// ReportOf makes the diagnosis report (诊断报告) of a state that is at hand: one PDF with its data inside. It touches no store; equal states give
// equal bytes.
func (d *Desk) ReportOf(st *State) (File, error) {
	if d.Reporter == nil {
		return File{}, survey.Fail(survey.CodeNotReady, "wizard.report", "此程序不带报告生成")
	}
	in := report.Input{
		Case: st.Case, Assessment: &st.Assessment, Bundle: &st.Bundle, Claims: &st.Claims, Questionnaire: st.Questions, Catalog: st.Catalog,
		Policy: st.Policy, Others: st.Standards, Adviser: d.By, Program: d.Program,
	}
	if st.Questions != nil && st.Catalog != nil {
		if way, err := d.Way(context.Background(), st, 0); err == nil { // bounded by work, not by time
			in.Way = &way
		}
	}
	r := report.Make(in)
	data, err := report.Data(in, r)
	if err != nil {
		return File{}, err
	}
	return d.Reporter.Report(r, data)
}

// TakeReport is ReportOf for writing it to a file, after the consent.
func (d *Desk) TakeReport(ctx context.Context, id string, l Leaving) ([]File, error) {
	l.Kind = LeavesReport
	st, err := d.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	f, err := d.ReportOf(st) // first: what cannot be made does not leave
	if err != nil {
		return nil, err
	}
	return []File{f}, d.Leave(ctx, id, l)
}
