package report

import (
	"encoding/json"
	"maps"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// Schema is the version mark of the attached data.
const Schema = "shangyun-report/1"

// Data gives the data that are attached to the report as JSON: the report as printed, and all that it was made from. The bank account is left
// out and telephone numbers are masked. Equal inputs give equal bytes.
func Data(in Input, r Report) ([]byte, error) {
	c := in.Case.Masked()
	c.Firm.Bank = survey.Bank{}
	maps.DeleteFunc(c.Drafts, func(path, _ string) bool { return strings.HasPrefix(path, "firm.bank.") })
	data, err := json.Marshal(struct {
		Schema     string             `json:"schema"`
		Report     Report             `json:"report"`
		Case       *survey.Case       `json:"case"`
		Assessment *assess.Assessment `json:"assessment"`
		Bundle     *recommend.Bundle  `json:"bundle,omitempty"`
		Claims     *subsidy.Claims    `json:"claims,omitempty"`
		Way        *recommend.Way     `json:"way,omitempty"`
	}{Schema, r, c, in.Assessment, in.Bundle, in.Claims, in.Way})
	return data, survey.Wrap(survey.CodeInternal, "report.data", err)
}
