package view

import (
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// OutlookSum adds up the dimensions once the bundle works.
func OutlookSum(st *wizard.State) (sum assess.Points) {
	_, dims, _ := outlook(st)
	for _, p := range dims {
		sum += p
	}
	return sum
}
