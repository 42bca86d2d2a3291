package recommend

import (
	"errors"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

// Numbers that are none, or that no amount or weight can hold, are named like every other fault and never reckoned with.
func TestNumbersThatAreNoneOrTooLargeAreNamed(t *testing.T) {
	offer := func(price string) string {
		return `{"needs":["n1"],"offers":[{"id":"o","price":` + price + `,"covers":["n1"]}]}`
	}
	for _, c := range []struct {
		fault Fault
		file  string
	}{
		{FaultPrice, offer(`"NaN"`)}, {FaultPrice, offer(`"Infinity"`)}, {FaultPrice, offer(`"-Inf"`)}, {FaultPrice, offer(`"1e308"`)}, {FaultPrice, offer(`1e400`)}, {FaultSyntax, offer(`NaN`)},
		{FaultPrice, offer(`"` + strings.Repeat("9", 400) + `"`)}, {FaultPrice, offer(`"92233720368547758.08"`)}, {FaultPrice, offer(`"９.00"`)}, {FaultPrice, offer(`""`)}, {FaultPrice, offer(`null`)},
		{FaultNumber, `{"needs":[{"id":"n1","weight":1e400}],"offers":[]}`}, {FaultNumber, `{"needs":[{"id":"n1","weight":9223372036854775808}],"offers":[]}`},
		{FaultNumber, `{"needs":[{"id":"n1","weight":1.5}],"offers":[]}`}, {FaultBudget, `{"needs":["n1"],"offers":[],"budget":"NaN"}`}, {FaultNumber, `{"needs":["n1"],"offers":[],"limit":1e30}`},
	} {
		_, _, err := ParseModel([]byte(c.file))
		var m *ModelError
		if !errors.As(err, &m) || m.Fault != c.fault || survey.CodeOf(err) != survey.CodeModel {
			t.Errorf("%.90s: %v, want %s", c.file, err, c.fault)
		}
	}
}
