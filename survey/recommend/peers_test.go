package recommend_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

// peers are the solvers that read the exported files; each gives the best value, or "" when it proves that there is none.
var peers = map[string]func(t *testing.T, file string) string{"cbc": cbc, "glpsol": glpk}

func needPeers(t *testing.T) {
	t.Helper()
	if os.Getenv("SHANGYUN_PEERS") != "1" {
		t.Skip("SHANGYUN_PEERS is not 1: cbc and glpsol are not run (make test-peers)")
	}
	for name := range peers {
		if _, err := exec.LookPath(name); err != nil {
			t.Fatalf("%s is missing: installer/deps.sh peers", name)
		}
	}
}

func cbc(t *testing.T, file string) string {
	t.Helper()
	out := file + ".cbc"
	said, err := exec.CommandContext(t.Context(), "cbc", file, "ratioGap", "0", "allowableGap", "0", "sec", "120", "solve", "solution", out).CombinedOutput()
	if err != nil {
		t.Fatalf("cbc: %v\n%s", err, said)
	}
	if bytes.Contains(said, []byte("rror")) && !bytes.Contains(said, []byte("0 errors")) {
		t.Fatalf("cbc cannot read the file:\n%s", said)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatalf("cbc: %v\n%s", err, said)
	}
	first, _, _ := strings.Cut(string(data), "\n")
	switch {
	case strings.HasPrefix(first, "Optimal"):
		_, value, _ := strings.Cut(first, "objective value ")
		return strings.TrimSpace(value)
	case strings.HasPrefix(first, "Infeasible"), strings.HasPrefix(first, "Integer infeasible"):
		return ""
	}
	t.Fatalf("cbc gave no proof: %s\n%s", first, said)
	return ""
}

func glpk(t *testing.T, file string) string {
	t.Helper()
	out := file + ".glpk"
	said, err := exec.CommandContext(t.Context(), "glpsol", "--lp", file, "--cuts", "--tmlim", "120", "--write", out).CombinedOutput()
	if err != nil {
		t.Fatalf("glpsol: %v\n%s", err, said)
	}
	if bytes.Contains(said, []byte("HAS NO PRIMAL FEASIBLE")) || bytes.Contains(said, []byte("HAS NO INTEGER FEASIBLE")) {
		return ""
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatalf("glpsol: %v\n%s", err, said)
	}
	for line := range strings.Lines(string(data)) { // s mip rows columns status value
		if f := strings.Fields(line); len(f) == 6 && f[0] == "s" {
			switch f[4] {
			case "o":
				return f[5]
			case "n":
				return ""
			}
		}
	}
	t.Fatalf("glpsol gave no proof\n%s", said)
	return ""
}

// tally counts the comparisons and the time each solver took.
type tally struct {
	stages, infeasible, gaps int
	took                     map[string]time.Duration
}

func (n *tally) String() string {
	return fmt.Sprintf("%d stages equal in both, %d models infeasible in all, %d not proved by ours; %v", n.stages, n.infeasible, n.gaps, n.took)
}

// compare solves m and holds every stage of the exported files against both peers.
func compare(t *testing.T, n *tally, name string, m recommend.Model) recommend.Solution {
	t.Helper()
	m.Ties = recommend.TiesAny
	m.Limit = 50_000
	if n.took == nil {
		n.took = map[string]time.Duration{}
	}
	began := time.Now()
	s, err := recommend.Exact{}.Solve(context.Background(), m)
	n.took["exact"] += time.Since(began)
	if err != nil {
		t.Fatal(name, err)
	}
	if !s.Optimal {
		n.gap(t, name, m, s)
		return s
	}
	if !s.Feasible {
		n.infeasible++
	}
	for k, stage := range recommend.Stages(m, s) {
		file := filepath.Join(t.TempDir(), fmt.Sprintf("%d-%s.lp", k, stage.Goal))
		if err := os.WriteFile(file, stage.LP, 0o600); err != nil {
			t.Fatal(err)
		}
		for peer, solve := range peers {
			began := time.Now()
			got := solve(t, file)
			n.took[peer] += time.Since(began)
			if !same(t, got, stage.Value) {
				t.Fatalf("%s, stage %s: %s says %q, ours is %q\n%s", name, stage.Goal, peer, got, stage.Value, stage.LP)
			}
		}
		if s.Feasible {
			n.stages++
		}
	}
	return s
}

// gap holds the bounds of an answer that is not proved against the best value of the first stage that a peer proves.
func (n *tally) gap(t *testing.T, name string, m recommend.Model, s recommend.Solution) {
	t.Helper()
	stage := recommend.Stages(m, s)[0]
	file := filepath.Join(t.TempDir(), "gap.lp")
	if err := os.WriteFile(file, stage.LP, 0o600); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	best, err := strconv.ParseFloat(cbc(t, file), 64)
	n.took["cbc"] += time.Since(began)
	if err != nil || !s.Feasible {
		t.Fatalf("%s: cbc says %v, ours %+v", name, best, s)
	}
	var low, high float64
	if stage.Goal == "weight" {
		low, high = float64(s.Weight), float64(s.WeightBound)
	} else {
		low, high = float64(s.Bound)/100, float64(s.Cost)/100
	}
	t.Logf("%s: not proved in %d nodes, %s between %v and %v, best %v", name, s.Nodes, stage.Goal, low, high, best)
	if best < low-0.001 || best > high+0.001 {
		t.Errorf("%s: the gap is not true", name)
	}
	n.gaps++
}

// same compares to the fen: a peer's value is a float written out.
func same(t *testing.T, got, want string) bool {
	t.Helper()
	if got == "" || want == "" {
		return got == want
	}
	var a, b big.Rat
	if _, ok := a.SetString(got); !ok {
		t.Fatalf("no number: %q", got)
	}
	if _, ok := b.SetString(want); !ok {
		t.Fatalf("no number: %q", want)
	}
	a.Sub(&a, &b)
	return a.Abs(&a).Cmp(big.NewRat(1, 1000)) < 0
}

func TestPeersReachTheSameObjectiveOnRandomModels(t *testing.T) {
	needPeers(t)
	r := rand.New(rand.NewPCG(11, 12))
	var n tally
	for k := range 40 {
		m := recommend.RandomModel(r, 8+r.IntN(25), 3+r.IntN(10))
		compare(t, &n, fmt.Sprintf("random model %d", k), m)
	}
	if n.stages < 40 || n.infeasible == 0 || n.infeasible > 30 {
		t.Errorf("one-sided: %v", &n)
	}
	t.Log(&n)
}

func TestPeersReachTheSameObjectiveOnAppShapedModels(t *testing.T) {
	needPeers(t)
	for _, c := range []struct {
		needs, offers int
		hard          bool
		percent       int64
	}{{20, 60, false, 0}, {20, 60, true, 0}, {20, 60, true, 60}, {30, 120, false, 60}, {40, 200, false, 0},
		{30, 120, true, 60}, {40, 200, true, 0}, {80, 800, false, 0}} {
		var n tally
		for seed := range uint64(2) {
			m := recommend.AppModel(seed, c.needs, c.offers, c.hard)
			for i := range m.Needs {
				m.Needs[i].Must = c.percent == 0 && i%3 > 0
			}
			if c.percent > 0 {
				m = recommend.WithBudget(m, c.percent)
			}
			compare(t, &n, fmt.Sprintf("%+v seed %d", c, seed), m)
		}
		t.Logf("%+v: %v", c, &n)
	}
}

// answer puts the sample's answers into its case.
func answer(t *testing.T, c *survey.Case) {
	t.Helper()
	data, err := assets.Sample.ReadFile("sample/答卷.json")
	if err != nil {
		t.Fatal(err)
	}
	var sheet struct {
		Answers map[string]string
		Scenes  map[string]int
	}
	if err := json.Unmarshal(data, &sheet); err != nil {
		t.Fatal(err)
	}
	for item, letters := range sheet.Answers {
		c.Answers = append(c.Answers, survey.Answer{Item: item, Options: strings.Split(letters, "")})
	}
	for scene, level := range sheet.Scenes {
		c.Scenes = append(c.Scenes, survey.SceneAnswer{Scene: scene, Level: level})
	}
}

// sampleModel is the model of the sample firm by its facts and answers; wide asks for every need of the catalog.
func sampleModel(t *testing.T, wide bool) recommend.Model {
	t.Helper()
	data, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		t.Fatal(err)
	}
	c, err := survey.DecodeCase(data)
	if err != nil {
		t.Fatal(err)
	}
	answer(t, c)
	qs, err := pack.Questionnaires(assets.Questions)
	if err != nil {
		t.Fatal(err)
	}
	cat, err := pack.Catalog(assets.Catalog)
	if err != nil {
		t.Fatal(err)
	}
	if wide {
		for _, n := range cat.Needs {
			c.Plan.Needs = append(c.Plan.Needs, survey.NeedChoice{Need: n.Key, Want: survey.Yes})
		}
	}
	m, _ := recommend.ModelOf(cat, assess.Run(qs[0], c), c)
	if wide { // wishes, so that a budget has something to choose
		for i := range m.Needs {
			m.Needs[i].Must = false
		}
	}
	if len(m.Needs) == 0 || wide && len(m.Needs) < 20 || len(m.Offers) < 20 {
		t.Fatalf("the sample's model is small: %d needs, %d offers", len(m.Needs), len(m.Offers))
	}
	t.Logf("%d needs, %d offers", len(m.Needs), len(m.Offers))
	return m
}

func TestPeersReachTheSameObjectiveOnTheSampleCase(t *testing.T) {
	needPeers(t)
	for _, wide := range []bool{false, true} {
		m := sampleModel(t, wide)
		m.Budget = nil
		var n tally
		all := compare(t, &n, "sample", m)
		for _, percent := range []int64{5, 20, 50, 80} {
			b := all.Cost / 100 * money.Fen(percent)
			m.Budget = &b
			compare(t, &n, fmt.Sprintf("sample with %d %% of the money", percent), m)
		}
		m.Budget, m.VendorsFirst = nil, true
		compare(t, &n, "sample with fewest vendors", m)
		t.Log(&n)
	}
}
