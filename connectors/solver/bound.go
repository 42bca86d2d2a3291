package solver

import (
	"math"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/recommend/exact"
)

// tolerance is how far a bound of HiGHS, whose objective is in whole steps, may be off.
const tolerance = 1e-3

// whole turns a bound in steps into a true one in the units of the program: up to the next whole step, less what may be off.
func whole(b float64, p exact.Question) int64 {
	b = math.Ceil(b - tolerance - 1e-9*math.Abs(b))
	if math.IsNaN(b) || math.Abs(b) > 1<<52 || math.Abs(b) > math.MaxInt64/2/float64(p.Step) {
		return math.MinInt64
	}
	return int64(b) * p.Step
}

// boundOf reads the bound in a line of the log of HiGHS's search:
//
//	Src  Proc. InQueue |  Leaves   Expl. | BestBound       BestSol              Gap |   Cuts   InLp Confl. | LpIters     Time
//	 L     305      62       116   0.02%   31812.935119    32806              3.03%     1158      6   2028     10075     0.1s
func boundOf(line string) (float64, bool) {
	f := strings.Fields(line)
	if len(f) == 13 {
		f = f[1:] // a letter that says where an answer came from
	}
	if len(f) != 12 || !strings.HasSuffix(f[3], "%") || !strings.HasSuffix(f[11], "s") {
		return 0, false
	}
	v, err := strconv.ParseFloat(f[4], 64)
	return v, err == nil && !math.IsInf(v, 0) && !math.IsNaN(v)
}
