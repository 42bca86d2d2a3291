package survey_test

import (
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

// The short way through plain Chinese words gives what the long way gives.
func TestNormalizeTextFoldsEveryWayOfTyping(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " 车 ": "车", "车削": "车削", "ＣＮＣ　车": "cnc 车", "CNC": "cnc", "\u3000磨\u00a0": "磨", "工序７": "工序7", "é": "é", "É": "é", "一\t": "一", "䀀鿿": "䀀鿿", "（粗）车": "(粗)车",
	} {
		if got := survey.NormalizeText(in); got != want || got != strings.ToLower(survey.HalfWidth(in)) {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}
